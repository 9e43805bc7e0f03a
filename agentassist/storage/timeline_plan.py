# SPDX-License-Identifier: Apache-2.0
"""How to find what a filter leaves: which indexes lead there, and what remains to be checked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, or_, select, text

from agentassist.domain.history import Channel, TimelineFilter
from agentassist.domain.state_kind import StateKind, kind_of_state
from agentassist.storage.rows import UNKNOWN_TIME, position_of
from agentassist.storage.schema.history import interactions, pins
from agentassist.storage.schema.loops import loops

_MOST_IDS = 500
_MOST_WAYS = 100
_MOST_WORDS = 8
_HAS_STATUS = text("interactions.status <> ''")  # as the index says it, or it is not used

_Condition: TypeAlias = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an index leads to, one condition for each stretch of it, and what remains to check."""

    ways: tuple[_Condition, ...]
    rest: tuple[_Condition, ...]


class Planner:
    """Plans for one customer, `group` being all records of that person."""

    def __init__(self, connection: Connection, group: Sequence[UUID]) -> None:
        self._connection = connection
        self._group = tuple(group)

    def plan(self, chosen: TimelineFilter) -> Plan:
        """Return how to read what a filter leaves."""
        rest = [*self._text(chosen), *_directions(chosen)]
        times = tuple(span(chosen.since, chosen.until))
        ways: list[_Condition]
        if chosen.pinned:
            ways = [interactions.c.id.in_(self._pinned())]
            rest += [*_channels(chosen), *self._states(chosen)]
            if case := list(self._case(chosen)):
                rest.append(or_(*case))
        elif chosen.case:
            ways = list(self._case(chosen))
            rest += [*_channels(chosen), *self._states(chosen)]
        elif chosen.states:
            ways = list(self._state_ways(chosen))
            rest += _channels(chosen)
        else:
            ways = list(self._channel_ways(chosen))
        return Plan(tuple(and_(way, *times) for way in ways), tuple(rest))

    def _channel_ways(self, chosen: TimelineFilter) -> Iterator[_Condition]:
        every = not chosen.channels or len(chosen.channels) == len(Channel)
        wanted = None if every else sorted(chosen.channels)
        return self._each_member(interactions.c.channel, wanted)

    def _state_ways(self, chosen: TimelineFilter) -> Iterator[_Condition]:
        for way in self._each_member(interactions.c.status, self._statuses(chosen)):
            yield and_(way, _HAS_STATUS)
        if ids := self._looped(chosen):
            yield interactions.c.id.in_(ids)

    def _each_member(
        self, column: ColumnElement[Any], wanted: Sequence[str] | None
    ) -> Iterator[_Condition]:
        """Yield a way for each customer and value; one for all where they are too many.

        Databases refuse a query that joins some hundreds.
        """
        owner = interactions.c.customer_id
        if len(self._group) * len(wanted or "1") > _MOST_WAYS:
            everybody = owner.in_(self._group)
            yield everybody if wanted is None else and_(everybody, column.in_(wanted))
            return
        for member in self._group:
            if wanted is None:
                yield owner == member
                continue
            for value in wanted:
                yield and_(owner == member, column == value)

    def _states(self, chosen: TimelineFilter) -> Iterator[_Condition]:
        if chosen.states:
            told = interactions.c.status.in_(self._statuses(chosen))
            yield or_(told, interactions.c.id.in_(self._looped(chosen)))

    def _statuses(self, chosen: TimelineFilter) -> list[str]:
        """Return the words that this customer's interactions have for the states."""
        known = self.statuses()
        return [word for word in known if kind_of_state(word) in chosen.states]

    def statuses(self) -> list[str]:
        """Return the distinct words for states, skipping through the index from one to the next."""
        found: set[str] = set()
        for member in self._group:
            mine = select(interactions.c.status).where(
                interactions.c.customer_id == member, _HAS_STATUS
            )
            query = mine.order_by(interactions.c.status).limit(1)
            last = self._connection.execute(query).scalar()
            while last is not None:
                found.add(last)
                last = self._connection.execute(query.where(interactions.c.status > last)).scalar()
        return sorted(found)

    def _looped(self, chosen: TimelineFilter) -> list[UUID]:
        """Return what opened a loop that is open, or that was closed, as the states ask."""
        kinds = []
        if StateKind.OPEN in chosen.states:
            kinds.append(loops.c.closed_at.is_(None))
        if StateKind.ANSWERED in chosen.states:
            kinds.append(loops.c.closed_at.is_not(None))
        if not kinds:
            return []
        query = select(loops.c.origin_id).where(loops.c.customer_id.in_(self._group), or_(*kinds))
        query = query.order_by(loops.c.opened_at.desc()).limit(_MOST_IDS)
        return self._mine(self._connection.execute(query).scalars())

    def _pinned(self) -> list[UUID]:
        query = select(pins.c.interaction_id).where(pins.c.customer_id.in_(self._group))
        newest = query.order_by(pins.c.pinned_at.desc()).limit(_MOST_IDS)
        return self._mine(self._connection.execute(newest).scalars())

    def _case(self, chosen: TimelineFilter) -> Iterator[_Condition]:
        """Yield the ways to a case; where its number stands in a text, only in its own time."""
        if (case := chosen.case) is None:
            return
        if case.ids:
            yield interactions.c.id.in_(sorted(case.ids))
        if case.conversations:
            yield interactions.c.conversation_id.in_(sorted(case.conversations))
        if case.number:
            named = self._contains(case.number)
            for member in self._group:
                mine = interactions.c.customer_id == member
                yield and_(mine, named, *span(case.since, case.until))

    def _text(self, chosen: TimelineFilter) -> Iterator[_Condition]:
        for word in chosen.text.split()[:_MOST_WORDS]:
            yield self._contains(word)

    def _contains(self, word: str) -> _Condition:
        return contains(word, self._connection.dialect.name)

    def _mine(self, ids: Iterable[UUID]) -> list[UUID]:
        """Return the ids that are this customer's, whatever a pin or a loop says."""
        if not (given := list(ids)):
            return []
        query = select(interactions.c.id, interactions.c.customer_id)
        rows = self._connection.execute(query.where(interactions.c.id.in_(given)))
        return [row.id for row in rows if row.customer_id in self._group]


def _directions(chosen: TimelineFilter) -> Iterator[_Condition]:
    if chosen.directions:
        yield interactions.c.direction.in_(sorted(chosen.directions))


def _channels(chosen: TimelineFilter) -> Iterator[_Condition]:
    if chosen.channels:
        yield interactions.c.channel.in_(sorted(chosen.channels))


def span(since: datetime | None, until: datetime | None) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that an interaction lies in a span of time; none without one."""
    if since is not None:
        yield interactions.c.position >= position_of(since)
    if until is not None:
        yield interactions.c.position < position_of(until)
        if since is None:
            yield interactions.c.position > UNKNOWN_TIME


def contains(word: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a text or a subject has the word in it, whatever its case."""
    pattern = re.sub(r"([\\%_])", r"\\\1", word)
    columns = (interactions.c.text, interactions.c.subject)
    if dialect == "postgresql":
        return or_(*(column.ilike(f"%{pattern}%", escape="\\") for column in columns))
    # SQLite's LIKE folds the case of ASCII by itself, so other text is tried in its usual ways.
    ways = {pattern, pattern.lower(), pattern.upper(), pattern.title(), pattern.capitalize()}
    tried = [pattern] if pattern.isascii() else sorted(ways)
    return or_(*(column.like(f"%{way}%", escape="\\") for way in tried for column in columns))
