# SPDX-License-Identifier: Apache-2.0
"""Transactions hold, writers take turns, and a kill loses nothing that was acknowledged."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from agentassist.domain.history import Channel, PurchaseLine
from agentassist.errors import Problem, Unavailable, UserError
from agentassist.storage import engine
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database, opened
from agentassist.storage.faults import Busy
from agentassist.storage.history import History
from tests.storage.build import customer, interaction, purchase, stored

WRITER = """
import sys
from uuid import UUID
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.storage.database import Database
from agentassist.storage.history import History

database = Database.open(sys.argv[1])
number = 0
while True:
    batch = range(number, number + 50)
    with database.transaction() as connection:
        for n in batch:
            row = Interaction(new_id(), UUID(sys.argv[2]), Channel.CALL, "x", None,
                              source=sys.argv[3], source_ref=str(n))
            History(connection).add_interactions([row])
    number += 50
    print(number, flush=True)
"""


def count(database: Database) -> int:
    with database.reading() as connection:
        return Customers(connection).count()


def test_a_block_that_fails_leaves_no_trace(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        stored(connection).name.split(sep=str(1 // 0))
    assert count(database) == 0


def test_reading_refuses_to_write(database: Database) -> None:
    with pytest.raises(UserError), database.reading() as connection:
        stored(connection)
    with database.transaction() as connection:
        stored(connection)
    assert count(database) == 1


def test_a_reader_sees_one_moment_and_never_waits(database: Database) -> None:
    with database.reading() as reader:
        before = Customers(reader).count()
        with database.transaction() as writer:
            stored(writer)
            assert Customers(reader).count() == before
        assert Customers(reader).count() == before
    assert count(database) == before + 1


def test_the_guard_runs_before_every_use(database_url: str) -> None:
    uses: list[str] = []
    database = Database.open(database_url, guard=lambda: uses.append("used"))
    for act in (database.check, lambda: count(database), database.upgrade):
        uses.clear()
        act()
        assert uses
    database.close()

    def refuse() -> None:
        raise RuntimeError("not on this thread")

    with pytest.raises(RuntimeError, match="not on this thread"):
        Database.open(database_url, guard=refuse)


def test_concurrent_writers_lose_nothing(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id

    def write(writer: int) -> int:
        added = 0
        for number in range(20):
            with database.transaction() as connection:
                rows = [interaction(owner, source="x", source_ref=f"{number}")]
                rows.append(interaction(owner, source=f"w{writer}", source_ref=f"{number}"))
                added += History(connection).add_interactions(rows)
        return added

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(write, range(4)))
    with database.reading() as connection:
        assert History(connection).timeline_counts(owner) == {Channel.CALL: 100}
    assert sum(added) == 100


def test_two_imports_of_one_record_at_once_store_it_once(database: Database) -> None:
    barrier = threading.Barrier(4)

    def save(_: int) -> int:
        barrier.wait()
        try:
            with database.transaction() as connection:
                Customers(connection).save(customer("Ann", source="crm", source_ref="1"))
        except UserError:
            return 0
        return 1

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(save, range(4))) >= 1
    assert count(database) == 1


def test_a_writer_that_waits_too_long_is_told_so(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    with opened(database_url) as database:
        if database.path is None:
            pytest.skip("PostgreSQL locks rows, not the database")
        with database.transaction():
            with pytest.raises(Busy, match="Try again"), database.transaction():
                pass
            assert count(database) == 0


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.3])
def test_a_kill_loses_nothing_that_was_acknowledged(database_url: str, delay: float) -> None:
    with opened(database_url) as database, database.transaction() as connection:
        owner = stored(connection).id
    acknowledged: list[int] = []
    for source in ("first", "second"):
        command = [sys.executable, "-c", WRITER, database_url, str(owner), source]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            lines = [writer.stdout.readline()]
            time.sleep(delay)
            os.kill(writer.pid, signal.SIGKILL)
            lines += writer.stdout.readlines()
        acknowledged.append(int(lines[-1]))
    with opened(database_url) as database:
        assert database.check() == []
        with database.reading() as connection:
            query = "SELECT count(*) FROM interactions GROUP BY source ORDER BY source"
            found = [row[0] for row in connection.execute(text(query))]
    assert [number % 50 for number in found] == [0, 0]
    for kept, told in zip(found, acknowledged, strict=True):
        assert kept - told in {0, 50}


def test_a_value_that_no_column_holds_is_a_sentence(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
    huge = purchase(owner, lines=(PurchaseLine("Lamp", quantity=10**30),))
    with pytest.raises(UserError, match="too large"), database.transaction() as connection:
        History(connection).add_purchases([huge])
    with database.reading() as connection:
        assert History(connection).purchases(owner) == ()


def test_a_key_that_no_index_holds_is_a_sentence(database: Database) -> None:
    if database.path is not None:
        pytest.skip("SQLite indexes keys of any length")
    key = random.Random(1).randbytes(3_000).hex()
    with pytest.raises(UserError, match="too long"), database.transaction() as connection:
        History(connection).add_interactions([interaction(None, source="x", source_ref=key)])


def test_errors_never_quote_what_was_stored(database: Database) -> None:
    secret = customer("Very Secret", source="crm", source_ref="secret-ref")
    with database.transaction() as connection:
        Customers(connection).add(secret)
    with pytest.raises(UserError) as caught, database.transaction() as connection:
        Customers(connection).add(secret)
    assert caught.value.__suppress_context__
    assert "ecret" not in str(caught.value)


def test_a_bug_in_a_statement_stays_a_bug(database: Database) -> None:
    with pytest.raises(DBAPIError), database.reading() as connection:
        connection.execute(text("SELECT nonsense FROM customers"))


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://h/d", "postgresql://u@h/d"],
)
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(UserError, match="no database address"):
        Database.open(url)


def test_a_server_that_does_not_answer_is_unavailable_and_its_password_hidden() -> None:
    url = "postgresql+psycopg://ben:hunter2@127.0.0.1:1/agentassist"
    with pytest.raises(Unavailable, match="does not answer") as caught:
        Database.open(url)
    assert isinstance(caught.value, Problem)
    assert "hunter2" not in str(caught.value)
    assert "ben:***@" in str(caught.value)


def test_a_server_that_restarts_is_used_again(database: Database) -> None:
    if database.path is not None:
        pytest.skip("SQLite has no server")
    with pytest.raises(Unavailable):
        _lose_the_connection(database)
    assert count(database) == 0


def _lose_the_connection(database: Database) -> None:
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with database.transaction() as victim:
        Customers(victim).count()
        with database.transaction() as killer:
            killer.execute(text(f"{kill} AND datname = current_database()"))
        Customers(victim).count()


def test_writers_of_one_file_take_turns_in_order_of_their_locks(database: Database) -> None:
    if database.path is None:
        pytest.skip("PostgreSQL writes at the same time")
    spans: list[tuple[float, float]] = []

    def write(_: int) -> None:
        with database.transaction() as connection:
            begun = time.monotonic()
            stored(connection)
            time.sleep(0.02)
            spans.append((begun, time.monotonic()))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    spans.sort()
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
