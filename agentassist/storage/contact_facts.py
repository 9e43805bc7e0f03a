# SPDX-License-Identifier: Apache-2.0
"""What the numbers for leads are counted from, a row at a time or counted by the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, case, func, select

from agentassist.domain.contact_walk import Approach
from agentassist.domain.history import Channel, Direction
from agentassist.domain.loop import LoopKind
from agentassist.domain.same_topic import topic
from agentassist.storage.loop_events import SPOKEN
from agentassist.storage.merges import Merges
from agentassist.storage.rows import UNKNOWN_TIME, position_of, streamed
from agentassist.storage.schema.customers import merges
from agentassist.storage.schema.history import interactions, promises
from agentassist.storage.schema.loops import loops

_BEGINNING = 300


@dataclass(frozen=True, slots=True)
class Waited:
    """A message and its answer; `closed_at` is None while there is none.

    `answered` is False for what was settled without one: by hand, or where it came from.
    """

    channel: Channel
    opened_at: datetime
    closed_at: datetime | None
    answered: bool


@dataclass(frozen=True, slots=True)
class PromiseCounts:
    """Promises by how they ended; `overdue` are not kept though their time has passed."""

    early: int
    late: int
    overdue: int


class ContactFacts:
    """Reads what is counted, on one connection, never holding more than one customer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def linked(self, since: datetime | None) -> dict[Channel, tuple[int, int]]:
        """Return by channel how many contacts have a customer, and how many there are."""
        query = select(
            interactions.c.channel, func.count(interactions.c.customer_id), func.count()
        ).where(*_spoken(since))
        rows = self._connection.execute(query.group_by(interactions.c.channel))
        return {row[0]: (row[1], row[2]) for row in rows}

    def waited(self, since: datetime | None) -> Iterator[Waited]:
        """Yield every message that waited for an answer."""
        columns = (
            loops.c.channel,
            loops.c.opened_at,
            loops.c.closed_at,
            loops.c.closing_id,
            loops.c.closed_why,
        )
        query = select(*columns).where(loops.c.kind == LoopKind.UNANSWERED)
        if since is not None:
            query = query.where(loops.c.opened_at >= since)
        for row in streamed(self._connection, query):
            answered = row.closing_id is not None and row.closed_why == "answered"
            yield Waited(row.channel, row.opened_at, row.closed_at, answered)

    def approaches(self, since: datetime | None) -> Iterator[tuple[UUID, Approach]]:
        """Yield how customers turned to us, by customer and time; merged ones are one."""
        mine = interactions.c.customer_id.is_not(None)
        inbound = interactions.c.direction == Direction.INBOUND
        query = select(
            interactions.c.customer_id,
            interactions.c.occurred_at,
            interactions.c.channel,
            interactions.c.conversation_id,
            interactions.c.subject,
            func.substr(interactions.c.text, 1, _BEGINNING).label("text"),
        ).where(*_spoken(since), inbound, mine, interactions.c.position > UNKNOWN_TIME)
        order = (interactions.c.customer_id, interactions.c.position, interactions.c.id)
        people = self._merged()
        held: dict[UUID, list[Approach]] = {}
        for row in streamed(self._connection, query.order_by(*order)):
            about = topic(row.conversation_id, row.subject, row.text)
            approach = Approach(row.occurred_at, row.channel, about)
            if row.customer_id in people:
                held.setdefault(people[row.customer_id], []).append(approach)
            else:
                yield row.customer_id, approach
        for survivor, approaches in held.items():
            for approach in sorted(approaches, key=lambda item: item.at):
                yield survivor, approach

    def promises(self, since: datetime | None, now: datetime) -> PromiseCounts:
        """Count the promises that were due since a time, by how they ended."""
        kept, due = promises.c.kept_at, promises.c.due_at
        query = select(
            func.count(case((kept <= due, 1))),
            func.count(case((kept > due, 1))),
            func.count(case(((kept.is_(None)) & (due < now), 1))),
        )
        if since is not None:
            query = query.where(due >= since)
        return PromiseCounts(*self._connection.execute(query).one())

    def _merged(self) -> dict[UUID, UUID]:
        query = select(merges.c.customer_id, merges.c.survivor_id)
        pairs = self._connection.execute(query.where(merges.c.undone_at.is_(None)))
        return Merges(self._connection).survivors({key for row in pairs for key in row})


def _spoken(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    spoken = interactions.c.channel.in_(SPOKEN)
    return (spoken,) if since is None else (spoken, interactions.c.position >= position_of(since))
