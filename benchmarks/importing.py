# SPDX-License-Identifier: Apache-2.0
"""How fast records, articles and vectors come in, beside the least that it could take.

The least for records is one `executemany` of the very rows that the import left behind,
into a database of the same schema, in one transaction.
"""

import csv
import json
import random
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from agentassist.domain.importing import RecordKind
from agentassist.places import samples
from agentassist.retrieval.model_folder import bundled_source
from agentassist.services.curation import import_articles
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.database import opened
from benchmarks import models, words
from benchmarks.children import run_child
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options

_ROWS = 20_000
_ROWS_QUICK = 1_000
_MANY = 1_000_000
_MANY_QUICK = 5_000
_TEXTS = 400
_TEXTS_QUICK = 24
_ROUNDS = 3
_TABLES = {
    RecordKind.CUSTOMERS: ("customers", "contact_points"),
    RecordKind.INTERACTIONS: ("interactions",),
}


def measure(options: Options) -> list[Figure]:
    """Measure records, then articles, then encoding."""
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        rows = _ROWS_QUICK if options.quick else _ROWS
        rounds = 1 if options.quick else _ROUNDS
        figures = _records(Path(folder), rows, rounds)
        figures += _many(Path(folder), _MANY_QUICK if options.quick else _MANY)
        return [*figures, _articles(Path(folder), rounds), *_encoding(options, Path(folder))]


def _records(folder: Path, rows: int, rounds: int) -> list[Figure]:
    files = {
        RecordKind.CUSTOMERS: _customers(folder / "customers.csv", rows),
        RecordKind.INTERACTIONS: _interactions(folder / "interactions.csv", rows),
    }
    speeds: dict[tuple[RecordKind, str], list[float]] = {}
    for number in range(rounds):
        ours, bare = folder / f"ours-{number}.db", folder / f"bare-{number}.db"
        for path in (ours, bare):
            _migrate(path)
        for kind, file in files.items():
            speeds.setdefault((kind, "ours"), []).append(rows / _import(ours, file, kind))
            speeds.setdefault((kind, "bare"), []).append(rows / _copy(ours, bare, kind))
    return [one for kind in files for one in _beside(kind, speeds, rows)]


def _beside(
    kind: RecordKind, speeds: dict[tuple[RecordKind, str], list[float]], rows: int
) -> list[Figure]:
    ours, bare = speeds[kind, "ours"], speeds[kind, "bare"]
    ratios = [least / mine for mine, least in zip(ours, bare, strict=True)]
    return [
        figure(f"import of {kind}", "rows/s", ours, None, f"{rows:,} rows of CSV, checked, linked"),
        figure(f"bare executemany of the same {kind}", "rows/s", bare),
        figure(f"import of {kind}, beside bare", "x slower", ratios, Budget(2)),
    ]


def _many(folder: Path, rows: int) -> list[Figure]:
    """Import a long file of interactions, to see that memory stays flat."""
    ours, bare = folder / "many.db", folder / "many-bare.db"
    for path in (ours, bare):
        _migrate(path)
    people = _customers(folder / "many-people.csv", rows // 10)
    _import(ours, people, RecordKind.CUSTOMERS)
    _copy(ours, bare, RecordKind.CUSTOMERS)
    file = _interactions(folder / "many.csv", rows, rows // 10)
    kind = RecordKind.INTERACTIONS
    told = run_child("import_child", f"sqlite:///{ours}", str(file), kind.value)
    least = _copy(ours, bare, kind)
    size = f"{rows:,} rows of CSV"
    return [
        figure(
            "import of a long file of interactions", "rows/s", [rows / told["seconds"]], None, size
        ),
        figure("the same, beside bare", "x slower", [told["seconds"] / least], Budget(2), size),
        figure(
            "its memory, the last nine tenths beside the first",
            "x",
            [told["most"] / told["early"]],
            Budget(1.15),
            f"{told['most']:.0f} MB at most",
        ),
    ]


def _migrate(path: Path) -> None:
    with opened(f"sqlite:///{path}") as database:
        database.upgrade()


def _import(path: Path, file: Path, kind: RecordKind) -> float:
    with opened(f"sqlite:///{path}") as database:
        began = time.perf_counter()
        (report,) = Importer(database).run(file, ImportOptions(kind=kind))
        seconds = time.perf_counter() - began
    if report.faults:
        raise RuntimeError(f"the import complained: {report.faults[0]}")
    return seconds


def _copy(source: Path, target: Path, kind: RecordKind) -> float:
    """Insert all rows of the tables of a kind with one executemany each; return the seconds."""
    rows = {table: _read(source, table) for table in _TABLES[kind]}
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=FULL")
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for table, given in rows.items():
            places = ",".join("?" * len(given[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", given)
        connection.execute("COMMIT")
        return time.perf_counter() - began


def _read(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def _customers(path: Path, rows: int) -> Path:
    heads = ("customer_id", "first_name", "last_name", "email", "phone", "city", "zip")
    return _write(path, heads, (_customer(number) for number in range(rows)))


def _customer(number: int) -> tuple[object, ...]:
    mail = f"person{number}@example.com"
    phone = f"+1 212 {200 + number // 10_000:03} {number % 10_000:04}"
    return f"c{number}", "Ann", f"Person{number}", mail, phone, "Denver", f"{number % 10**5:05}"


def _interactions(path: Path, rows: int, people: int = 0) -> Path:
    sentences = words.Sentences(words.english())
    chance = random.Random(7)
    began = datetime.now(UTC) - timedelta(days=365)
    heads = ("id", "customer_id", "channel", "at", "text")
    given = (
        (
            f"i{number}",
            f"c{chance.randrange(people or rows)}",
            "email",
            (began + timedelta(minutes=number)).isoformat(),
            sentences.several(2),
        )
        for number in range(rows)
    )
    return _write(path, heads, given)


def _write(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows(rows)
    return path


def _articles(folder: Path, rounds: int) -> Figure:
    speeds = []
    for number in range(rounds):
        path = folder / f"articles-{number}.db"
        _migrate(path)
        with opened(f"sqlite:///{path}") as database:
            began = time.perf_counter()
            report = import_articles(database, samples())
            speeds.append(report.rows / (time.perf_counter() - began))
    return figure("import of articles", "files/s", speeds, None, "the sample articles, cut")


def _encoding(options: Options, folder: Path) -> list[Figure]:
    """Let both engines take turns, each in a process of its own."""
    file = folder / "texts.json"
    file.write_text(json.dumps(_texts(_TEXTS_QUICK if options.quick else _TEXTS)))
    source, exported = bundled_source(), models.exported(options)
    ours, library = [], []
    for _ in range(1 if options.quick else _ROUNDS):
        ours.append(run_child("encode_child", "ours", str(exported), str(file)))
        library.append(run_child("encode_child", "library", str(source), str(file)))
    speed = [[one["passages"] for one in engine] for engine in (ours, library)]
    asked = [[one["question"] for one in engine] for engine in (ours, library)]
    ratios = [mine / theirs for mine, theirs in zip(*speed, strict=True)]
    shares = [mine / theirs for mine, theirs in zip(*asked, strict=True)]
    return [
        figure("encoding of passages", "passages/s", speed[0], None, "80 to 110 words each"),
        figure("the same by sentence-transformers' defaults", "passages/s", speed[1]),
        figure("encoding of a question of 8 tokens", "ms", asked[0]),
        figure("the same by sentence-transformers", "ms", asked[1]),
        figure(
            "a question, beside sentence-transformers", "x", shares, Budget(1 / 3)
        ),
        figure(
            "encoding, beside sentence-transformers", "x", ratios, Budget(1.5, at_least=True)
        ),
    ]  # fmt: skip


def _texts(count: int) -> list[str]:
    sentences = words.Sentences(words.english())
    return [sentences.several(5) for _ in range(count)]
