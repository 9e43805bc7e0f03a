# SPDX-License-Identifier: Apache-2.0
"""Small steps between rows and domain objects that every repository takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from agentassist.domain.money import Money

Item = TypeVar("Item")

CHUNK = 500
"""Rows of one statement or one round trip; also the most parameters of an IN list."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
UNKNOWN_TIME = -(1 << 63)
"""Position of what has no time: before everything that has one."""


def position_of(moment: datetime | None) -> int:
    """Return microseconds since 1970, or what sorts before all of them."""
    if moment is None:
        return UNKNOWN_TIME
    if moment.utcoffset() is None:
        raise ValueError("a time without a zone cannot be stored")
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(position: int) -> datetime:
    """Return the moment of a position that has one."""
    return _EPOCH + timedelta(microseconds=position)


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that clash with nothing, and return how many there were."""
    if not rows:
        return 0
    made = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = made.insert(table).on_conflict_do_nothing()
    counted = {"preserve_rowcount": True}
    return connection.execute(statement, list(rows), execution_options=counted).rowcount


def upsert(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, or overwrite the one with the same primary key."""
    made = postgresql if connection.dialect.name == "postgresql" else sqlite
    keys = [column.name for column in table.primary_key]
    statement = made.insert(table).values(row)
    changed = {name: statement.excluded[name] for name in row if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def known_references(
    connection: Connection, table: Table, references: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Row[Any]]:
    """Return the rows of `table` that came from these (source, source_ref)."""
    pair = tuple_(table.c.source, table.c.source_ref)
    found: dict[tuple[str, str], Row[Any]] = {}
    for chunk in chunks({reference for reference in references if reference[1]}):
        for row in connection.execute(select(table).where(pair.in_(chunk))):
            found[row.source, row.source_ref] = row
    return found


def by_ids(
    connection: Connection, column: ColumnElement[UUID], ids: Iterable[UUID]
) -> Iterator[Row[Any]]:
    """Yield the rows of the column's table whose `column` is one of `ids`, any order."""
    table = getattr(column, "table")  # noqa: B009  # a column of a table has one
    for chunk in chunks(ids):
        yield from connection.execute(select(table).where(column.in_(chunk)))


def streamed(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """Yield rows as they arrive, never holding more than a chunk of them."""
    with connection.execute(query, execution_options={"yield_per": CHUNK}) as rows:
        yield from rows


def money(minor: int | None, currency: str | None) -> Money | None:
    """Join the two columns of an amount."""
    return None if minor is None else Money(minor, currency or "")


def money_columns(name: str, amount: Money | None) -> dict[str, Any]:
    """Split an amount into its two columns."""
    return {
        f"{name}_minor": amount.minor if amount else None,
        f"{name}_currency": amount.currency if amount else None,
    }
