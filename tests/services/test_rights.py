# SPDX-License-Identifier: Apache-2.0
"""The rights that docs/it.md gives to desks are enough to sign, and not enough to forge."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text, update
from sqlalchemy.exc import ProgrammingError

from agentassist.domain.basis import Basis
from agentassist.domain.deciding import decision
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.override import Asked, Signature
from agentassist.domain.verdict import Answer, Match, Prompt
from agentassist.errors import Problem, UserError
from agentassist.services.authority import Budgets
from agentassist.services.overrides import Signatures
from agentassist.services.staff import Staff
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database, opened
from agentassist.storage.schema.spending import overrides
from tests.policy_samples import AT, facts, good
from tests.servers import PostgresServer
from tests.storage.build import stored_call

IT = Path(__file__).resolve().parents[2] / "docs" / "it.md"
WORD = "correct horse 7"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_RIGHTS = re.compile(r"^ *((?:CREATE ROLE agentassist_agents|GRANT|REVOKE) [^;]+);", re.MULTILINE)


@pytest.fixture
def owner(postgres: PostgresServer) -> Iterator[str]:
    url = postgres.migrated()
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in _RIGHTS.findall(IT.read_text(encoding="utf-8")):
            connection.execute(text(statement))
    yield url
    with engine.begin() as connection:
        connection.execute(text("DROP OWNED BY agentassist_agents"))
        connection.execute(text("DROP ROLE agentassist_agents"))
    engine.dispose()
    postgres.drop(url)


@pytest.fixture
def desk(owner: str) -> Iterator[Database]:
    url = make_url(owner).update_query_dict({"options": "-c role=agentassist_agents"})
    with opened(url.render_as_string(hide_password=False)) as database:
        yield database


def test_a_desk_can_sign_in_count_and_sign(owner: str, desk: Database) -> None:
    with opened(owner) as database:
        Staff(database, lambda: NOON, log_n=8).add("mina", "Mina Park", "lead", WORD)
    staff = Staff(desk, lambda: NOON, log_n=8)
    with pytest.raises(UserError, match="do not match"):
        staff.sign_in("mina", "wrong wrong")
    bundle, values = good(), {"caller.verified": True, "caller.is_account_holder": True}
    basis = Basis(
        policy="bank.fee.refund", facts=facts({**values, "bank.fee": Money(4_500, "USD")}), at=AT
    )
    verdict = basis.verdict(bundle)
    asked = Asked(id=new_id(), verdict=verdict, basis=basis, reason="Twice delayed")
    budgets = Budgets(desk, "Sam", lambda: NOON, zone=UTC)
    Signatures(desk, staff, budgets, "Sam", lambda: NOON).sign(
        asked, (Signature("mina", WORD),), bundle
    )
    prompt = Prompt(verdict, Match.SHOW, "", "", "en", basis=basis)
    with desk.transaction() as connection:
        call = stored_call(connection)
        one = decision(prompt, Answer.ACCEPTED, call, key=asked.id, at=NOON)
        Calls(connection).add_decision(one)
    assert desk.check() == []


def test_a_desk_can_make_no_login_and_rewrite_nothing(desk: Database) -> None:
    with pytest.raises(Problem):
        Staff(desk, log_n=8).add("sam", "Sam", "lead", WORD)
    with pytest.raises(Problem):
        Staff(desk, log_n=8).set_role("sam", "supervisor")
    with pytest.raises((Problem, ProgrammingError)), desk.transaction() as connection:
        connection.execute(update(overrides).values(reason="x"))
