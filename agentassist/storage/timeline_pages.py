# SPDX-License-Identifier: Apache-2.0
"""Pages of a history in both directions, under any filter, at the price of a page.

A filter that an index answers is read in order from that index. For any other, such as a
word in a text, one call looks through a bounded stretch and hands back a short page with
the cursor of the next stretch: whoever asks can show progress, and stop.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    literal,
    select,
    tuple_,
    union,
)

from agentassist.domain.history import Interaction, TimelineFilter, TimelinePage
from agentassist.errors import UserError
from agentassist.storage.merges import Merges
from agentassist.storage.rows import UNKNOWN_TIME, moment_of, position_of
from agentassist.storage.schema.history import interactions
from agentassist.storage.timeline_plan import Plan, Planner

SCANNED = 4_000
"""Rows that one call looks through, when no index leads to those that are wanted."""

_FIELDS = tuple(item.name for item in fields(Interaction))
_COLUMNS = [interactions.c[name] for name in _FIELDS]
_KEY = tuple_(interactions.c.position, interactions.c.id)
_LAST_ID = (1 << 128) - 1

_Key: TypeAlias = tuple[int, UUID]
_Condition: TypeAlias = ColumnElement[bool]


class TimelinePages:
    """Pages of one customer, and of all who are the same person."""

    def __init__(self, connection: Connection, customer_id: UUID) -> None:
        self._connection = connection
        self._planner = Planner(connection, Merges(connection).group(customer_id))

    def older(self, chosen: TimelineFilter, cursor: str | None, size: int) -> TimelinePage:
        """Return what comes after the cursor, or the newest page when it is None.

        Raises:
            UserError: `cursor` is none that a page carried.
        """
        after = None if cursor is None else _parse(cursor)
        rows, end = self._read(chosen, after, size, newest_first=True)
        before = _key(rows[0]) if rows else after and _beside(after, -1)
        newer = _at(before) if after else None
        return TimelinePage(_items(rows), _at(end), newer, _moment(end, rows, size))

    def newer(self, chosen: TimelineFilter, cursor: str, size: int) -> TimelinePage:
        """Return what comes before the cursor, newest first as on any page.

        Raises:
            UserError: `cursor` is none that a page carried.
        """
        before = _parse(cursor)
        rows, end = self._read(chosen, before, size, newest_first=False)
        rows.reverse()
        after = _key(rows[-1]) if rows else _beside(before, 1)
        return TimelinePage(_items(rows), _at(after), _at(end), _moment(end, rows, size))

    def oldest(self, chosen: TimelineFilter, size: int) -> TimelinePage:
        """Return the page at the far end of a history."""
        rows, end = self._read(chosen, None, size, newest_first=False)
        rows.reverse()
        return TimelinePage(_items(rows), None, _at(end), _moment(end, rows, size))

    def around(self, chosen: TimelineFilter, key: _Key, size: int) -> TimelinePage:
        """Return the stretch in whose middle `key` (position and id) stands."""
        above, newer = self._read(chosen, key, size // 2, newest_first=False)
        after = _beside(key, 1)
        below, older = self._read(chosen, after, size - size // 2, newest_first=True)
        above.reverse()
        return TimelinePage(_items([*above, *below]), _at(older), _at(newer))

    def _read(
        self, chosen: TimelineFilter, start: _Key | None, size: int, *, newest_first: bool
    ) -> tuple[list[Row[Any]], _Key | None]:
        """Return up to `size` rows beyond `start`, and where to go on; None at the end."""
        plan = self._planner.plan(chosen)
        end = self._reach(plan, start, newest_first) if plan.rest else None
        if not plan.ways:
            return [], None
        query = self._query(plan, start, end, size + 1, newest_first)
        rows = list(self._connection.execute(query))
        if len(rows) > size:
            return rows[:size], _key(rows[size - 1])
        return rows, end

    def _query(
        self,
        plan: Plan,
        start: _Key | None,
        end: _Key | None,
        limit: int,
        newest_first: bool,  # noqa: FBT001
    ) -> Select[Any]:
        """Return one query over all ways: each is read in its own order, and only keys of it.

        Ten merged customers, or ten words for one state, so cost little more than one.
        """
        key = (interactions.c.position, interactions.c.id)
        whole = select(interactions.c.position, *_COLUMNS)
        bounds = (*plan.rest, *_until(end, newest_first))
        if len(plan.ways) == 1:
            return _ordered(whole.where(*plan.ways, *bounds), start, newest_first).limit(limit)
        each = [
            select(
                _ordered(select(*key).where(way, *bounds), start, newest_first)
                .limit(limit)
                .subquery()
            )
            for way in plan.ways
        ]
        found = union(*each).subquery()
        ids = select(found.c.id).order_by(*_order(found.c, newest_first)).limit(limit)
        return _ordered(whole.where(interactions.c.id.in_(ids)), None, newest_first)

    def _reach(self, plan: Plan, start: _Key | None, newest_first: bool) -> _Key | None:  # noqa: FBT001
        """Return the key up to which the ways are read now; None when that is all of them."""
        place = SCANNED // max(1, len(plan.ways))
        ends: list[_Key] = []
        for way in plan.ways:
            query = select(interactions.c.position, interactions.c.id).where(way)
            query = _ordered(query, start, newest_first).offset(place).limit(1)
            ends += ((row.position, row.id) for row in self._connection.execute(query))
        return (max if newest_first else min)(ends, default=None)


def _ordered(query: Select[Any], start: _Key | None, newest_first: bool) -> Select[Any]:  # noqa: FBT001
    if start is not None:
        beyond = tuple_(*map(literal, start))
        query = query.where(beyond > _KEY if newest_first else beyond < _KEY)
    return query.order_by(*_order(interactions.c, newest_first))


def _order(columns: Any, newest_first: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:  # noqa: FBT001
    if newest_first:
        return columns.position.desc(), columns.id.desc()
    return columns.position, columns.id


def _until(end: _Key | None, newest_first: bool) -> Iterator[_Condition]:  # noqa: FBT001
    if end is not None:
        last = tuple_(*map(literal, end))
        yield last <= _KEY if newest_first else last >= _KEY


def key_at(moment: datetime) -> _Key:
    """Return the place of a moment: just before all that is at it or later."""
    return position_of(moment), UUID(int=0)


def key_of(item: Interaction) -> _Key:
    """Return the place of an interaction."""
    return position_of(item.occurred_at), item.id


def _items(rows: Sequence[Row[Any]]) -> tuple[Interaction, ...]:
    return tuple(_interaction(row) for row in rows)


def _interaction(row: Row[Any]) -> Interaction:
    given = row._asdict()
    del given["position"]
    return Interaction(**given)


def _key(row: Row[Any]) -> _Key:
    return row.position, row.id


def _beside(key: _Key, step: int) -> _Key:
    """Return the nearest place after (1) or before (-1) a key, so that a page includes it."""
    return key[0], UUID(int=min(max(key[1].int + step, 0), _LAST_ID))


def _moment(end: _Key | None, rows: Sequence[Row[Any]], size: int) -> datetime | None:
    """Return how far a page that is not full has looked; None for one that is full or last."""
    if end is None or len(rows) == size or end[0] == UNKNOWN_TIME:
        return None
    return moment_of(end[0])


def _at(key: _Key | None) -> str | None:
    return None if key is None else f"{key[0]}.{key[1].hex}"


def _parse(cursor: str) -> _Key:
    try:
        position, key = cursor.split(".")
        return int(position), UUID(key)
    except ValueError:
        raise UserError(
            "This place in the history is not known. Open the customer again."
        ) from None
