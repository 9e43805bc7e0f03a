# SPDX-License-Identifier: Apache-2.0
"""The audit takes entries and gives them back; every change of the past shows."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text

from agentassist.domain.audit import BEGINNING
from agentassist.errors import UserError
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from tests.storage.build import NOON, at

ENTRIES = 12
TAMPERINGS = 1_000


def fill(connection: Connection) -> None:
    for number in range(ENTRIES):
        audit = Audit(connection, now=lambda number=number: at(number))
        audit.append("opened", f"agent {number % 3}", f"customer {number % 2}", {"n": number})


@contextmanager
def unprotected(connection: Connection) -> Iterator[None]:
    """Do as the owner of the database could: switch the triggers off."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        yield
        return
    connection.execute(text("DROP TRIGGER audit_no_update"))
    connection.execute(text("DROP TRIGGER audit_no_delete"))
    yield


def tamper(connection: Connection, chance: random.Random) -> str:
    chosen = {"p": chance.randint(1, ENTRIES), "q": chance.randint(1, ENTRIES)}
    while chosen["p"] == chosen["q"]:
        chosen["q"] = chance.randint(1, ENTRIES)
    field = chance.choice(["kind", "actor", "subject", "details", "hash", "previous"])
    acts = {
        "edit": [f"UPDATE audit SET {field} = {field} || 'x' WHERE position = :p"],
        "time": ["UPDATE audit SET at = '2020-01-01 00:00:00' WHERE position = :p"],
        "delete": ["DELETE FROM audit WHERE position = :p"],
        "cut": ["DELETE FROM audit WHERE position >= :p"],
        "reorder": [
            "UPDATE audit SET position = -1 WHERE position = :p",
            "UPDATE audit SET position = :p WHERE position = :q",
            "UPDATE audit SET position = :q WHERE position = -1",
        ],
        "double": [
            "INSERT INTO audit SELECT position + 100, at, kind, actor, subject, details, "
            "previous, hash FROM audit WHERE position = :p"
        ],
        "head": ["DELETE FROM audit_head"],
    }
    if field in {"hash", "previous"}:
        acts["edit"] = [f"UPDATE audit SET {field} = '{'f' * 64}' WHERE position = :p"]
    name = chance.choice(sorted(acts))
    for statement in acts[name]:
        needed = {key: value for key, value in chosen.items() if f":{key}" in statement}
        connection.execute(text(statement), needed)
    return f"{name} {field} {chosen}"


def test_entries_come_back_as_they_were_written(database: Database) -> None:
    with database.transaction() as connection:
        audit = Audit(connection, now=lambda: NOON)
        first = audit.append("merge", "ben", "customer 1", {"why": "같은 사람", "n": 1})
        second = audit.append("undo", "eve", "customer 2", {})
    with database.reading() as connection:
        audit = Audit(connection)
        assert list(audit.entries()) == [first, second]
        assert list(audit.entries("customer 2")) == [second]
        assert audit.verify() == []
    assert (first.position, first.previous, first.at) == (1, BEGINNING, NOON)
    assert (first.kind, first.actor, first.details) == (
        "merge",
        "ben",
        {"why": "같은 사람", "n": 1},
    )
    assert (second.position, second.previous) == (2, first.hash)


def test_an_empty_audit_is_sound(database: Database) -> None:
    with database.reading() as connection:
        assert Audit(connection).verify() == []


@pytest.mark.parametrize("act", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_an_entry(database: Database, act: str) -> None:
    with database.transaction() as connection:
        fill(connection)
    with pytest.raises(UserError), database.transaction() as connection:
        connection.execute(text(act))
    assert database.check() == []


def test_the_database_refuses_to_empty_the_audit(database: Database) -> None:
    if database.path is not None:
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(UserError), database.transaction() as connection:
        connection.execute(text("TRUNCATE audit"))


def test_every_tampering_shows(database: Database) -> None:
    chance = random.Random(20260301)
    with database.transaction() as connection:
        fill(connection)
        with unprotected(connection):
            for _ in range(TAMPERINGS):
                nested = connection.begin_nested()
                done = tamper(connection, chance)
                assert Audit(connection).verify() != [], done
                nested.rollback()
        assert Audit(connection).verify() == []


def test_writers_take_turns(database: Database) -> None:
    def write(number: int) -> None:
        for _ in range(10):
            with database.transaction() as connection:
                Audit(connection).append("opened", f"agent {number}", "customer", {})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with database.reading() as connection:
        assert [entry.position for entry in Audit(connection).entries()] == list(range(1, 41))
    assert database.check() == []
