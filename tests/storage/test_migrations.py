# SPDX-License-Identifier: Apache-2.0
"""Migrating gives exactly the declared tables; a kill in the middle leaves nothing."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from agentassist.errors import NewerData, UserError
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database, opened
from agentassist.storage.migrations.run import differences, revisions
from agentassist.storage.revision import HEAD, KNOWN

KILLED = """
import os, signal, sys
from sqlalchemy import event
from agentassist.storage.database import Database

database = Database.open(sys.argv[1])
left = int(sys.argv[2])

def count(connection, cursor, statement, *rest):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database._engine, "before_cursor_execute", count)
database.upgrade()
print("done")
"""


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    assert revisions() == KNOWN


def test_migrating_an_empty_database_gives_the_declared_tables(empty_url: str) -> None:
    with opened(empty_url) as database:
        assert database.revision is None
        assert database.upgrade() is None
        assert database.revision == HEAD
        with database.reading() as connection:
            assert differences(connection) == []


def test_upgrading_again_changes_nothing(database: Database) -> None:
    assert database.upgrade() is None
    assert database.up_to_date


def test_opening_an_up_to_date_database_does_not_load_alembic(database_url: str) -> None:
    program = (
        "import sys\n"
        "from agentassist.storage.database import opened\n"
        "with opened(sys.argv[1]) as database: database.upgrade()\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, database_url], check=True)


def test_a_database_of_a_newer_version_is_refused(database_url: str) -> None:
    with opened(database_url) as database, database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerData, match="newer version of the program"):
        Database.open(database_url)


def test_a_database_without_tables_says_how_to_set_it_up(empty_url: str) -> None:
    with opened(empty_url) as database:
        assert database.check() == [
            f"The tables are of another version (none, this program needs {HEAD}). "
            "Run `agentassist db upgrade`."
        ]
        with pytest.raises(UserError, match="agentassist db upgrade"), database.reading() as it:
            Customers(it).count()


@pytest.mark.parametrize("statement", [1, 4, 5, 9, 20, 40, 60])
def test_a_kill_while_upgrading_leaves_an_empty_database(empty_url: str, statement: int) -> None:
    command = [sys.executable, "-c", KILLED, empty_url, str(statement)]
    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (killed.returncode, killed.stdout) == (-9, "")
    with opened(empty_url) as database:
        assert database.revision is None
        database.upgrade()
        assert database.check() == []
        with database.reading() as connection:
            assert differences(connection) == []
