# SPDX-License-Identifier: Apache-2.0
"""An import that is killed at any moment loses nothing that it reported, and doubles nothing.

`AGENTASSIST_KILLS` says how often each import is killed (`make chaos-import`: 200 times).
"""

import csv
import multiprocessing
import os
import random
import time
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from sqlalchemy import func, select

from agentassist.domain.importing import ImportReport, Progress, RecordKind
from agentassist.services import pace
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.database import Database, opened
from agentassist.storage.schema.customers import contact_points, customers
from agentassist.storage.schema.history import conversations, interactions
from agentassist.storage.schema.imports import imports, quarantine

KILLS = int(os.environ.get("AGENTASSIST_KILLS", "6"))
ROWS = 4_000
SMALL = 40
"""Rows of a transaction, so that many moments lie between and within them."""
SEED = 20_261_126

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="needs a fork server"),
    pytest.mark.timeout(120 + 5 * KILLS),
]


def _import(url: str, path: Path, kind: RecordKind, told: Pipe) -> None:
    pace.FEWEST = pace.MOST = SMALL
    with opened(url) as database:
        importer = Importer(database, progress=lambda progress: told.send(progress.rows))
        importer.run(path, ImportOptions(kind=kind, source="crm"))
    told.send(-1)


@pytest.fixture(scope="module")
def spawn() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


class _Killer:
    """Starts an import again and again, and kills it at random moments."""

    def __init__(
        self, context: multiprocessing.context.ForkServerContext, chance: random.Random
    ) -> None:
        self._context = context
        self._chance = chance
        self.kills = 0

    def run(self, url: str, path: Path, kind: RecordKind) -> tuple[int, bool]:
        """Return the last number of rows that was reported, and whether the import ended."""
        hears, tells = self._context.Pipe(duplex=False)
        child = self._context.Process(target=_import, args=(url, path, kind, tells))
        child.start()
        tells.close()
        reported = self._kill_somewhen(child, hears)
        child.join()
        hears.close()
        self.kills += child.exitcode != 0
        assert child.exitcode in {0, -9}
        return reported, child.exitcode == 0

    def _kill_somewhen(self, child: multiprocessing.Process, hears: Pipe) -> int:
        reported, left = 0, self._chance.randrange(1, 20)
        try:
            while (rows := hears.recv()) >= 0:
                reported = rows
                left -= 1
                if not left:
                    time.sleep(self._chance.uniform(0, 0.01))
                    child.kill()
        except EOFError:
            pass
        return reported


def _customers(path: Path) -> Path:
    rows = [
        (f"c{n}", f"Person {n}", f"p{n}@example.com", f"+1212200{n:04}", f"{n % 90_000:05}")
        for n in range(ROWS)
    ]
    return _write(path, ("customer_id", "name", "email", "phone", "zip"), rows)


def _contacts(path: Path) -> Path:
    rows = [
        (f"n{n}", f"c{n % 50}" if n % 3 else "", f"t{n % 700}", f"p{n % 50}@example.com said {n}")
        for n in range(ROWS)
    ]
    bad = [(f"bad{n}", "c1", "", " ") for n in range(40)]
    return _write(path, ("id", "customer_id", "thread", "text"), [*rows[:100], *bad, *rows[100:]])


def _write(path: Path, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


def _count(database: Database, table: object) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()  # type: ignore[arg-type]  # a table


def _noted(database: Database) -> tuple[int, dict[str, int]]:
    """Return how many rows the newest run has noted, and its counts."""
    with database.reading() as connection:
        query = select(imports.c.rows, imports.c.counts).order_by(imports.c.id.desc()).limit(1)
        row = connection.execute(query).one_or_none()
    return (row.rows, row.counts) if row else (0, {})


def _clear(database: Database) -> None:
    with database.transaction() as connection:
        for table in (interactions, conversations, contact_points, customers, imports, quarantine):
            connection.execute(table.delete())


def test_customers_survive(
    database_url: str, tmp_path: Path, spawn: multiprocessing.context.ForkServerContext
) -> None:
    killer = _Killer(spawn, random.Random(SEED))
    path = _customers(tmp_path / "people.csv")
    with opened(database_url) as database:
        while killer.kills < KILLS:
            _clear(database)
            ended = False
            while not ended:
                reported, ended = killer.run(database_url, path, RecordKind.CUSTOMERS)
                rows, counts = _noted(database)
                assert _count(database, customers) == rows == counts.get("new", 0) >= reported
                assert _count(database, contact_points) == 3 * rows
            assert rows == ROWS


def test_interactions_survive(
    database_url: str, tmp_path: Path, spawn: multiprocessing.context.ForkServerContext
) -> None:
    killer = _Killer(spawn, random.Random(SEED + 1))
    people, path = _customers(tmp_path / "people.csv"), _contacts(tmp_path / "contacts.csv")
    with opened(database_url) as database:
        while killer.kills < KILLS:
            _clear(database)
            Importer(database).run(people, ImportOptions(source="crm"))
            ended = False
            while not ended:
                reported, ended = killer.run(database_url, path, RecordKind.INTERACTIONS)
                stored, lost = _count(database, interactions), _count(database, quarantine)
                assert stored + lost >= reported
            _check(database)


def _check(database: Database) -> None:
    """Everything is there once, with its customer and its thread."""
    query = (
        select(interactions.c.source_ref, customers.c.source_ref, interactions.c.text)
        .join(customers, customers.c.id == interactions.c.customer_id)
        .order_by(interactions.c.id)
    )
    with database.reading() as connection:
        found = [tuple(row) for row in connection.execute(query)]
    assert found == [
        (f"note:n{n}", f"c{n % 50}", f"p{n % 50}@example.com said {n}") for n in range(ROWS)
    ]
    assert _count(database, conversations) == 700
    assert _count(database, quarantine) == 40


def test_progress_is_told_after_it_is_stored(database: Database, tmp_path: Path) -> None:
    path, seen = _customers(tmp_path / "people.csv"), []

    def look(progress: Progress) -> None:
        seen.append(progress.rows)
        assert _count(database, customers) == progress.rows

    [report] = Importer(database, progress=look).run(path, ImportOptions())
    assert isinstance(report, ImportReport)
    assert seen[-1] == report.new == ROWS
