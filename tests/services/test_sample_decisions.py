# SPDX-License-Identifier: Apache-2.0
"""The sample's past decisions: real verdicts, from any day, once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from agentassist.domain.basis import read_given, verdict_hash
from agentassist.domain.facts import from_json
from agentassist.domain.verdict import VerdictKind
from agentassist.intake.policy_files import load_folders
from agentassist.places import resource
from agentassist.services.sample_decisions import load_decisions
from agentassist.services.sample_staff import PASSWORD, PEOPLE, add_sample_staff
from agentassist.services.staff import Staff
from agentassist.storage.database import Database
from agentassist.storage.schema.calls import decisions

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
FOLDER = resource("policies")


def test_each_is_what_the_engine_says(database: Database) -> None:
    assert load_decisions(database, FOLDER, NOW, 200) == 200
    bundle = load_folders([FOLDER]).bundle
    assert bundle is not None
    with database.reading() as connection:
        rows = connection.execute(select(decisions)).all()
    assert len(rows) == 200
    for row in rows:
        verdict = read_given(row.given, from_json(row.facts)).verdict(bundle)
        assert (verdict.kind.value, verdict_hash(verdict)) == (row.verdict, row.verdict_hash)
        assert timedelta(0) < NOW - row.at < timedelta(days=90)
    kinds = Counter(row.verdict for row in rows)
    assert set(kinds) == {kind.value for kind in VerdictKind}


def test_loading_twice_adds_nothing(database: Database) -> None:
    load_decisions(database, FOLDER, NOW, 30)
    load_decisions(database, FOLDER, NOW, 30)
    with database.reading() as connection:
        assert len(connection.execute(select(decisions.c.id)).all()) == 30


def test_faulty_policies_leave_no_past(database: Database, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("id =", encoding="utf-8")
    assert load_decisions(database, tmp_path, NOW) == 0
    assert load_decisions(database, tmp_path / "none", NOW) == 0


def test_the_people_of_the_sample_can_sign_in(database: Database) -> None:
    add_sample_staff(database, NOW)
    staff = Staff(database, lambda: NOW)
    for login, name, role in PEOPLE:
        person = staff.sign_in(login, PASSWORD)
        assert (person.name, person.role) == (name, role)
