# SPDX-License-Identifier: Apache-2.0
"""`agentassist db` says what it did, and exits with 1 and a sentence when it could not."""

import json
import sqlite3
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli.db import app
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database, opened
from agentassist.storage.revision import HEAD
from tests.storage.build import stored


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    monkeypatch.delenv("AGENTASSIST_DATA_DIR", raising=False)


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder)])


def customers(folder: Path) -> int:
    with _database(folder) as database, database.reading() as connection:
        return Customers(connection).count()


def add_customer(folder: Path) -> None:
    with _database(folder) as database, database.transaction() as connection:
        stored(connection)


def _database(folder: Path) -> AbstractContextManager[Database]:
    return opened(f"sqlite:///{folder / 'agentassist.db'}")


def test_upgrade_says_what_it_did(tmp_path: Path) -> None:
    first, second = run(tmp_path, "upgrade"), run(tmp_path, "upgrade")
    assert (first.exit_code, first.output) == (0, f"The database was upgraded to {HEAD}.\n")
    assert (second.exit_code, second.output) == (0, "The database is up to date.\n")


def test_check_finds_a_missing_upgrade_and_a_changed_audit(tmp_path: Path) -> None:
    early = run(tmp_path, "check")
    assert (early.exit_code, "Run `agentassist db upgrade`." in early.output) == (1, True)
    run(tmp_path, "upgrade")
    assert run(tmp_path, "check").output == "The database is sound.\n"
    with closing(sqlite3.connect(tmp_path / "agentassist.db")) as connection:
        connection.execute("INSERT INTO audit_head VALUES (1, 5, 'x')")
        connection.commit()
    spoilt = run(tmp_path, "check", "--json")
    assert spoilt.exit_code == 1
    assert json.loads(spoilt.stdout)["faults"] == ["The audit was cut after entry 0."]


def test_a_backup_is_restored_over_changed_and_over_damaged_data(tmp_path: Path) -> None:
    desk, copy = tmp_path / "desk", tmp_path / "copy.db"
    run(desk, "upgrade")
    add_customer(desk)
    assert run(desk, "backup", str(copy)).exit_code == 0
    add_customer(desk)
    assert run(desk, "restore", str(copy)).exit_code == 0
    assert customers(desk) == 1
    for damage in (b"no database at all" * 300, b""):
        (desk / "agentassist.db").write_bytes(damage)
        done = run(desk, "restore", str(copy))
        assert (done.exit_code, customers(desk)) == (0, 1)
    kept = sorted(path.name.split("-")[0] for path in desk.glob("agentassist.*-*.db"))
    assert kept == ["agentassist.before", "agentassist.before", "agentassist.damaged"]


@pytest.mark.parametrize("words", [["restore", "absent.db"], ["backup", "absent/copy.db"]])
def test_what_cannot_be_done_is_a_sentence(tmp_path: Path, words: list[str]) -> None:
    run(tmp_path, "upgrade")
    done = run(tmp_path, words[0], str(tmp_path / words[1]))
    assert done.exit_code == 1
    assert "absent" in done.output
    assert "Traceback" not in done.output


def test_a_newer_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    run(tmp_path, "upgrade")
    with closing(sqlite3.connect(tmp_path / "agentassist.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    for command in ("upgrade", "check"):
        done = run(tmp_path, command)
        assert done.exit_code == 1
        assert "Update the program" in done.output
