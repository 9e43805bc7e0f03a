# SPDX-License-Identifier: Apache-2.0
"""Records joined to people, and chats and notes linked to customers, beside plain rules.

Both sets go through the same two commands, `customers import` and `customers duplicates`, with
no option that knows which set it is.
"""

import csv
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.bench import Bench
from benchmarks.quality.identity_baselines import baselines
from benchmarks.quality.product import Product
from benchmarks.quality.results import Result

PRECISE = 1.0
"""A wrong merge shows one customer the life of another: recall counts without one only."""
SUGGESTED_RECALL = 0.98
SUGGESTED_PRECISION = 0.95


@dataclass(frozen=True, slots=True)
class IdentitySet:
    """A folder of records, without the columns `without`, and the recall that is wanted."""

    name: str
    folder: str
    target: float
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSet:
    """A folder with exports of several channels, and which customer each record belongs to."""

    name: str


def measure(one: IdentitySet, bench: Bench) -> list[Result]:
    """Return recall without a wrong merge, and recall and precision of what is suggested."""
    folder = bench.sets / one.folder
    records = _records(folder / "records.csv", one.without)
    gold = folder / "gold_clusters.csv"
    product = Product(bench.folder("data"))
    run, possible = _runs(product, _written(bench.folder("records.csv"), records), bench)
    bench.keep(run, one.name, "ours")
    found = bench.scorer.score("pairs", gold, run)
    others = {
        name: bench.scorer.score("pairs", gold, _clusters(bench.folder("other.csv"), groups))
        for name, groups in baselines(records).items()
    }
    shown = bench.scorer.score("pairs", gold, possible)
    return [
        _merged(one, found, others, product.seconds),
        Result(one.name, "precision of merges", found["precision"], {}, PRECISE, details=found),
        Result(one.name, "suggested, recall", shown["recall"], {}, SUGGESTED_RECALL, details=shown),
        Result(one.name, "suggested, precision", shown["precision"], {}, SUGGESTED_PRECISION),
    ]


def _merged(
    one: IdentitySet,
    found: Mapping[str, float],
    others: Mapping[str, Mapping[str, float]],
    seconds: float,
) -> Result:
    """Compare with the baselines that merge nobody wrongly."""
    careful = {
        name: score["recall"] for name, score in others.items() if score["precision"] >= PRECISE
    }
    measured = "recall without a wrong merge"
    ours = found["recall"] if found["precision"] >= PRECISE else 0.0
    return Result(one.name, measured, ours, careful, one.target, details=found, seconds=seconds)


def measure_links(one: LinkSet, bench: Bench) -> list[Result]:
    """Return how many chats and notes were given to their customers, and to wrong ones."""
    folder = bench.sets / one.name
    product = Product(bench.folder("data"))
    product.customers(folder)
    run = _links(product.folder / "agentassist.db", bench.folder("links.csv"))
    found = bench.scorer.score("links", folder / "gold_links.csv", run)
    return [
        Result(one.name, "linked", found["recall"], {}, 1.0, details=found),
        Result(one.name, "linked to a wrong person", found["wrong_person"], {}, 0.0, lower=True),
    ]


def _runs(product: Product, records: Path, bench: Bench) -> tuple[Path, Path]:
    product.customers(records)
    run = product.duplicates(bench.folder("run.csv"))
    return run, product.duplicates(bench.folder("possible.csv"), "--suggest")


def _links(database: Path, file: Path) -> Path:
    """Write the customer of each interaction; both by the keys of the system they came from."""
    query = "SELECT i.source_ref, c.source_ref FROM interactions i LEFT JOIN customers c"
    with (
        closing(sqlite3.connect(database)) as connection,
        file.open("w", encoding="utf-8", newline="") as opened,
    ):
        table = csv.writer(opened)
        table.writerow(("record_id", "customer_id"))
        for record, customer in connection.execute(f"{query} ON c.id = i.customer_id"):
            table.writerow((str(record).rpartition(":")[2], customer or ""))
    return file


def _records(file: Path, without: Sequence[str]) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return [{name: value for name, value in row.items() if name not in without} for row in rows]


def _written(file: Path, records: Sequence[Mapping[str, str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.DictWriter(opened, list(records[0]))
        table.writeheader()
        table.writerows(records)
    return file


def _clusters(file: Path, groups: Iterable[Sequence[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(("record_id", "cluster_id"))
        table.writerows((one, group[0]) for group in groups for one in group)
    return file


SETS: Sequence[IdentitySet] = (
    IdentitySet("identity/fake1000", "identity/fake1000", 0.95),
    IdentitySet("identity/febrl3", "identity/febrl3", 0.995),
    IdentitySet("identity/febrl3, no id number", "identity/febrl3", 0.985, ("soc_sec_id",)),
)
LINKS: Sequence[LinkSet] = (LinkSet("history/retail"),)
