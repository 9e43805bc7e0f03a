# SPDX-License-Identifier: Apache-2.0
"""Databases with millions of interactions: many customers of ordinary size and a few long ones.

Rows go in past the services, in the order of time, so that the history of one customer
lies scattered over the whole table, as it does after years of work.
"""

import random
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, repeat
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, create_engine, insert

from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.history import Channel, Direction
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.storage.database import opened
from agentassist.storage.merges import Merges
from agentassist.storage.schema.customers import TAIL_DIGITS, contact_points, customers
from agentassist.storage.schema.history import interactions
from benchmarks import sqlite_rows, words
from benchmarks.options import Options

_FORMAT = 3
_BATCH = 5_000
_TEXTS = 5_000
_YEARS = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIRECTIONS = [Direction.INBOUND, Direction.INBOUND, Direction.OUTBOUND, Direction.INTERNAL]
_STATUSES = ["", "", "", "", "solved", "closed", "open"]
_CHANNELS = [Channel.CALL, Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.NOTE]


@dataclass(frozen=True, slots=True)
class Population:
    """`total` interactions: of `ordinary` customers together, and of one for each of `long`.

    `merged` are as many customers, each with so many interactions, who are one person.
    """

    total: int
    ordinary: int
    long: tuple[int, ...]
    merged: tuple[int, int]

    @property
    def name(self) -> str:
        """Name it in the cache."""
        return f"history-{self.total}-v{_FORMAT}"

    @property
    def longest(self) -> int:
        """The length of the longest history of one customer."""
        return max(self.long)


LARGE = Population(10_000_000, 200_000, (100, 10_000, 100_000), (10, 10_000))
FULL = Population(1_000_000, 200_000, (100, 10_000, 100_000), (10, 10_000))
SMALL = Population(50_000, 8_000, (100, 10_000), (10, 100))


def chosen(options: Options) -> Population:
    """Return the population of an extent."""
    return SMALL if options.quick else LARGE if options.large else FULL


def number_of(long: int) -> str:
    """Return the telephone number of the customer with a history of this length."""
    return f"+1206{long % 10**7:07}"


def merged_number(place: int = 0) -> str:
    """Return the telephone number of one of the merged customers."""
    return f"+1253{place:07}"


def prepared(options: Options, population: Population) -> Path:
    """Return the SQLite file; it is kept in the cache: copy it before changing it."""
    folder = options.cache / population.name
    if not folder.is_dir():
        rmtree(options.cache / f"{folder.name}.making", ignore_errors=True)
        making = options.folder(f"{folder.name}.making")
        fill(f"sqlite:///{making / 'agentassist.db'}", population)
        making.rename(folder)
    return folder / "agentassist.db"


def fill(url: str, population: Population) -> None:
    """Set up the database at `url` and fill it, the indexes last: three times as fast."""
    with opened(url) as database:
        database.upgrade()
        file = database.path
        with database.transaction() as connection:
            owners = _add_customers(connection, population)
            for index in interactions.indexes:
                index.drop(connection)
    if file is not None:
        sqlite_rows.write(file, interactions, _interactions(owners))
        return
    with opened(url) as database, database.transaction() as connection:
        _insert(connection, interactions, _interactions(owners))
        for index in interactions.indexes:
            index.create(connection)
    _vacuum(url)


def _vacuum(url: str) -> None:
    """Do what a server does by itself minutes later: without it no index covers a count."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # One after the other: in one statement, the planner is told of no visible pages.
        for statement in ("CHECKPOINT", "ANALYZE", "VACUUM"):
            connection.exec_driver_sql(statement)
    engine.dispose()


@dataclass(frozen=True, slots=True)
class _Owners:
    """Whose each interaction is, in order of time: places in `keys`, four bytes each."""

    keys: list[UUID]
    places: "array[int]"


def _add_customers(connection: Connection, population: Population) -> _Owners:
    """Insert the customers; return the owner of each interaction."""
    lengths = [*population.long, *[population.merged[1]] * population.merged[0]]
    keys = [new_id() for _ in range(population.ordinary + len(lengths))]
    numbers = [f"+1212{place:07}" for place in range(population.ordinary)]
    numbers += [number_of(length) for length in population.long]
    numbers += [merged_number(place) for place in range(population.merged[0])]
    _insert(connection, customers, (_customer(*one) for one in enumerate(keys)))
    pairs = zip(keys, numbers, strict=True)
    _insert(connection, contact_points, (_phone(*pair) for pair in pairs))
    _merge(connection, keys[-population.merged[0] :])
    return _Owners(keys, _places(population, lengths))


def _places(population: Population, lengths: Sequence[int]) -> "array[int]":
    chance = random.Random(7)
    places = array("I")
    for place, length in enumerate(lengths, population.ordinary):
        places.extend(repeat(place, length))
    for _ in range(population.total - len(places)):
        places.append(int(chance.random() * population.ordinary))
    chance.shuffle(places)
    return places


def _merge(connection: Connection, keys: Sequence[UUID]) -> None:
    for key in keys[1:]:
        Merges(connection).add(Merge(new_id(), key, keys[0], datetime.now(UTC), "bench"))


def _interactions(owners: _Owners) -> Iterator[dict[str, Any]]:
    sentences = words.Sentences(words.english())
    texts = [sentences.several(3) for _ in range(_TEXTS)]
    total = len(owners.places)
    step = timedelta(days=365 * _YEARS) // total
    began = datetime.now(UTC) - timedelta(days=365 * _YEARS)
    for place, owner in enumerate(owners.places):
        at = began + step * place
        yield {
            "id": new_id(),
            "customer_id": owners.keys[owner],
            "channel": _CHANNELS[place * 7 % len(_CHANNELS)],
            "position": (at - _EPOCH) // timedelta(microseconds=1),
            "occurred_at": at,
            "zone": "UTC",
            "direction": _DIRECTIONS[place * 3 % len(_DIRECTIONS)],
            "subject": "",
            "text": texts[place * 13 % _TEXTS],
            "author": "Dana",
            "status": _STATUSES[place * 11 % len(_STATUSES)],
            "conversation_id": None,
            "source": "bench",
            "source_ref": f"{place:09}",
            "attributes": {},
        }


def _customer(place: int, key: UUID) -> dict[str, Any]:
    name = f"Customer {place}"
    return {
        "id": key,
        "name": name,
        "name_folded": name.casefold(),
        "language": "en",
        "tier": "gold",
        "time_zone": "America/New_York",
        "address": "1 Main Street",
        "postal_code": f"{place % 10**5:05}",
        "source": "bench",
        "source_ref": str(place),
        "birth_date": "",
    }


def _phone(owner: UUID, number: str) -> dict[str, Any]:
    return {
        "customer_id": owner,
        "kind": ContactKind.PHONE,
        "value": number,
        "ordinal": 0,
        "shown": number,
        "label": "",
        "tail": number[-TAIL_DIGITS:][::-1],
        "standing": Standing.OWN,
    }


def _insert(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        connection.execute(insert(table), batch)
