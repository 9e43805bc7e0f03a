# SPDX-License-Identifier: Apache-2.0
"""Rows by the thousand: one statement for many of them, all or none.

What SQLAlchemy does to each value of each row costs more than the database itself. Here the
values are plain already, in the form in which SQLite keeps them; PostgreSQL casts them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Connection, Integer, Table, Uuid
from sqlalchemy.exc import IntegrityError

from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.history import Channel, Direction
from agentassist.domain.names import name_key
from agentassist.storage.customers import fold, tail_of
from agentassist.storage.rows import position_of
from agentassist.storage.schema.customers import NAME_LENGTH, contact_points, customers
from agentassist.storage.schema.history import conversations, interactions
from agentassist.storage.schema.types import UtcDateTime, canonical_json, clean

BulkRow = tuple[str | int | None, ...]
"""The values of one row in the order of its table's columns."""

Point = tuple[ContactKind, str, str, str, Standing]
"""A contact point: kind, value, shown, label, standing."""

_ASKED_AT_ONCE = 4_000
"""Keys that one query asks for."""
_WORDS = {word: word.value for words in (Channel, Direction, ContactKind) for word in words}
_STANDINGS = {standing: standing.value for standing in Standing}
_NOTHING = "{}"


class Bulk:
    """Inserts and looks up many rows on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postgres = connection.dialect.name == "postgresql"

    def insert_all(self, rows: Mapping[Table, Sequence[BulkRow]]) -> bool:
        """Insert all rows of all tables; False, and nothing done, when one of them clashes."""
        try:
            with self._connection.begin_nested():
                for table, given in rows.items():
                    self._insert(table, given, "")
        except IntegrityError:
            return False
        return True

    def insert_new(self, table: Table, rows: Sequence[BulkRow]) -> int:
        """Insert the rows that clash with nothing, and return how many there were."""
        return self._insert(table, rows, " ON CONFLICT DO NOTHING")

    def _insert(self, table: Table, rows: Sequence[BulkRow], ending: str) -> int:
        if not rows:
            return 0
        if self._postgres:
            arrays = tuple(list(values) for values in zip(*rows, strict=True))
            return self._run(_unnested(table, ending), arrays)
        return self._run(_one(table, ending), list(rows))

    def _run(self, statement: str, values: Any) -> int:
        return self._connection.exec_driver_sql(statement, values).rowcount

    def by_reference(
        self, table: Table, columns: str, source: str, references: Sequence[str]
    ) -> dict[str, tuple[Any, ...]]:
        """Map keys in `source` to the columns named, those of keys that are there."""
        found: dict[str, tuple[Any, ...]] = {}
        for start in range(0, len(references), _ASKED_AT_ONCE):
            some = references[start : start + _ASKED_AT_ONCE]
            statement, values = self._looked_up(table, columns, source, some)
            for row in self._connection.exec_driver_sql(statement, values):
                found[row[0]] = tuple(hex_of(value) for value in row[1:])
        return found

    def _looked_up(
        self, table: Table, columns: str, source: str, references: Sequence[str]
    ) -> tuple[str, tuple[Any, ...]]:
        # The names are ours; everything from outside is a parameter.
        start = f"SELECT source_ref, {columns} FROM {table.name} WHERE source = "  # noqa: S608
        if self._postgres:
            return f"{start}%s AND source_ref = ANY(%s)", (source, list(references))
        marks = ",".join("?" * len(references))
        return f"{start}? AND source_ref IN ({marks})", (source, *references)


def hex_of(value: Any) -> Any:
    """Return a key as 32 digits, on either database; anything else as it is."""
    return value.hex if isinstance(value, UUID) else value


@cache
def _one(table: Table, ending: str) -> str:
    marks = ",".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({_names(table)}) VALUES ({marks}){ending}"  # noqa: S608


@cache
def _unnested(table: Table, ending: str) -> str:
    names = _names(table)
    read = ",".join(
        f"r.{name} AT TIME ZONE 'UTC'" if isinstance(column.type, UtcDateTime) else f"r.{name}"
        for name, column in table.columns.items()
    )
    arrays = ",".join(f"%s::{_array(column.type)}[]" for column in table.columns)
    start = f"INSERT INTO {table.name} ({names})"
    return f"{start} SELECT {read} FROM unnest({arrays}) AS r({names}){ending}"  # noqa: S608


def _names(table: Table) -> str:
    return ",".join(table.columns.keys())


def _array(kind: object) -> str:
    known = ((Uuid, "uuid"), (UtcDateTime, "timestamp"), (BigInteger, "bigint"), (Integer, "int"))
    return next((name for one, name in known if isinstance(kind, one)), "text")


def interaction_row(
    key: str,
    owner: str | None,
    thread: str | None,
    channel: Channel,
    at: datetime | None,
    direction: Direction,
    said: tuple[str, str, str, str, str, str, str],
    attributes: Mapping[str, str],
) -> BulkRow:
    """Return the row of an interaction; keys are 32 hexadecimal digits.

    `said` is (zone, subject, text, author, status, source, source_ref).
    """
    zone, subject, text, author, status, source, reference = _cleaned(said)
    return (
        key,
        owner,
        _WORDS[channel],
        position_of(at),
        at.isoformat(" ", "microseconds")[:26] if at else None,
        zone,
        _WORDS[direction],
        subject,
        text,
        author,
        status,
        thread,
        source,
        reference or None,
        canonical_json(attributes) if attributes else _NOTHING,
    )


def customer_rows(
    key: str,
    said: tuple[str, str, str, str, str, str, str, str, str, str],
    points: Sequence[Point],
) -> tuple[BulkRow, list[BulkRow]]:
    """Return the row of a customer, and those of the contact points that it owns.

    `said` is (name, language, tier, time_zone, address, postal_code, source, source_ref,
    birth_date, organisation).
    """
    name, language, tier, zone, address, code, source, reference, born, group = _cleaned(said)
    lives = (language, tier, zone, address, code)
    origin = (source, reference or None)
    row = (key, name, fold(name), *lives, *origin, born, name_key(name)[:NAME_LENGTH], group)
    rows: list[BulkRow] = []
    for ordinal, (kind, *texts, standing) in enumerate(points):
        value, shown, label = _cleaned(texts)
        tail = tail_of(value) if kind is ContactKind.PHONE else None
        rows.append((key, _WORDS[kind], value, ordinal, shown, label, tail, _STANDINGS[standing]))
    return row, rows


def conversation_row(
    key: str, owner: str | None, topic: str, source: str, reference: str
) -> BulkRow:
    """Return the row of a conversation."""
    topic, source, reference = _cleaned((topic, source, reference))
    return key, owner, topic, source, reference or None


def _cleaned(texts: Sequence[str]) -> Sequence[str]:
    """Return the texts as the database can hold them; nearly all are so already."""
    joined = "".join(texts)
    if joined.isascii() and "\x00" not in joined:
        return texts
    return [clean(text) for text in texts]


CUSTOMERS, POINTS = customers, contact_points
INTERACTIONS, CONVERSATIONS = interactions, conversations
