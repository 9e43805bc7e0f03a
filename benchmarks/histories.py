# SPDX-License-Identifier: Apache-2.0
"""Databases with a million interactions: many customers of ordinary size and a few long ones.

Rows go in past the services, in the order of time, so that the history of one customer
lies scattered over the whole table, as it does after years of work.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, create_engine, insert

from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.history import Channel, Direction
from agentassist.domain.identifiers import new_id
from agentassist.storage.database import opened
from agentassist.storage.schema.customers import TAIL_DIGITS, contact_points, customers
from agentassist.storage.schema.history import interactions
from benchmarks import words
from benchmarks.options import Options

_FORMAT = 2
_BATCH = 5_000
_TEXTS = 5_000
_YEARS = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHANNELS = [Channel.CALL, Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.NOTE]


@dataclass(frozen=True, slots=True)
class Population:
    """`total` interactions: of `ordinary` customers together, and of one for each of `long`."""

    total: int
    ordinary: int
    long: tuple[int, ...]

    @property
    def name(self) -> str:
        """Name it in the cache."""
        return f"history-{self.total}-v{_FORMAT}"


FULL = Population(1_000_000, 200_000, (100, 10_000, 100_000))
SMALL = Population(50_000, 8_000, (100, 10_000))


def number_of(long: int) -> str:
    """Return the telephone number of the customer with a history of this length."""
    return f"+1206{long % 10**7:07}"


def prepared(options: Options, population: Population) -> Path:
    """Return the SQLite file; it is kept in the cache: copy it before changing it."""
    folder = options.cache / population.name
    if not folder.is_dir():
        making = options.folder(f"{folder.name}.making")
        (making / "agentassist.db").unlink(missing_ok=True)
        fill(f"sqlite:///{making / 'agentassist.db'}", population)
        making.rename(folder)
    return folder / "agentassist.db"


def fill(url: str, population: Population) -> None:
    """Set up the database at `url` and fill it."""
    with opened(url) as database:
        database.upgrade()
        with database.transaction() as connection:
            owners = _add_customers(connection, population)
            _add_interactions(connection, owners)
    if url.startswith("postgresql"):
        _vacuum(url)


def _vacuum(url: str) -> None:
    """Do what a server does by itself minutes later: without it no index covers a count."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # One after the other: in one statement, the planner is told of no visible pages.
        for statement in ("CHECKPOINT", "ANALYZE", "VACUUM"):
            connection.exec_driver_sql(statement)
    engine.dispose()


def _add_customers(connection: Connection, population: Population) -> list[UUID]:
    """Insert the customers; return the owner of each interaction, in order of time."""
    chance = random.Random(7)
    ordinary = [new_id() for _ in range(population.ordinary)]
    long = {new_id(): length for length in population.long}
    numbers = [f"+1212{place:07}" for place in range(population.ordinary)]
    numbers += [number_of(length) for length in population.long]
    everyone = [*ordinary, *long]
    _insert(connection, customers, (_customer(*one) for one in enumerate(everyone)))
    pairs = zip(everyone, numbers, strict=True)
    _insert(connection, contact_points, (_phone(*pair) for pair in pairs))
    owners = [owner for owner, length in long.items() for _ in range(length)]
    owners += chance.choices(ordinary, k=population.total - len(owners))
    chance.shuffle(owners)
    return owners


def _add_interactions(connection: Connection, owners: Sequence[UUID]) -> None:
    """Insert with the indexes dropped, and make them afterwards: three times as fast."""
    for index in interactions.indexes:
        index.drop(connection)
    _insert(connection, interactions, _interactions(owners))
    for index in interactions.indexes:
        index.create(connection)


def _interactions(owners: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    sentences = words.Sentences(words.english())
    texts = [sentences.several(3) for _ in range(_TEXTS)]
    step = timedelta(days=365 * _YEARS) / len(owners)
    began = datetime.now(UTC) - timedelta(days=365 * _YEARS)
    for place, owner in enumerate(owners):
        at = began + step * place
        yield {
            "id": new_id(),
            "customer_id": owner,
            "channel": _CHANNELS[place * 7 % len(_CHANNELS)],
            "position": (at - _EPOCH) // timedelta(microseconds=1),
            "occurred_at": at,
            "zone": "UTC",
            "direction": Direction.INBOUND,
            "subject": "",
            "text": texts[place * 13 % _TEXTS],
            "author": "Dana",
            "status": "",
            "conversation_id": None,
            "source": "bench",
            "source_ref": str(place),
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
