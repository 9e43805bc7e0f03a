# SPDX-License-Identifier: Apache-2.0
"""What has changed since the loops were last brought up to date.

New interactions are those with ids above a mark: ids are UUIDv7 and grow with time. Others
may write smaller ones late, because their clock is behind or their transaction was long: the
ids of the last hour before the mark are counted, and read again when there are more of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, or_, select

from agentassist.domain.call import Call, CallState
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import arrival
from agentassist.domain.merge import MovedKind
from agentassist.storage.loop_events import SPOKEN
from agentassist.storage.rows import UNKNOWN_TIME, upsert
from agentassist.storage.schema.calls import calls, wrap_ups
from agentassist.storage.schema.customers import customers, merges
from agentassist.storage.schema.history import interactions, moved, moves
from agentassist.storage.schema.loops import loop_marks, loops

OVERLAP = timedelta(hours=1)
_UNFINISHED_CALLS = timedelta(days=2)
_RINGING = timedelta(minutes=15)
_FIRST = UUID(int=0)
_ROW = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the interactions were read; `built` is False until all were read once."""

    read_to: UUID = _FIRST
    late: int = 0
    built_to: UUID = _FIRST
    calls_to: UUID = _FIRST
    built: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """A contact that was not read yet; `at` is when it took place."""

    id: UUID
    customer_id: UUID | None
    conversation_id: UUID | None
    at: datetime


class LoopNews:
    """Reads what is new on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self) -> Mark:
        """Return how far the interactions were read."""
        row = self._connection.execute(select(loop_marks)).one_or_none()
        if row is None:
            return Mark()
        keys = (row.read_to, row.built_to, row.calls_to)
        read_to, built_to, calls_to = (key or _FIRST for key in keys)
        return Mark(read_to, row.late, built_to, calls_to, row.built, row.changed_at)

    def save(self, mark: Mark, now: datetime) -> None:
        """Keep how far the interactions were read."""
        values = {name: getattr(mark, name) for name in ("read_to", "late", "built_to", "built")}
        row = {"id": _ROW, "calls_to": mark.calls_to, "changed_at": now}
        upsert(self._connection, loop_marks, values | row)

    def newest(self, now: datetime) -> UUID:
        """Return the largest id there is, at most that of this moment."""
        query = select(interactions.c.id).where(interactions.c.id <= id_of(now, last=True))
        newest = query.order_by(interactions.c.id.desc()).limit(1)
        return self._connection.execute(newest).scalar_one_or_none() or _FIRST

    def count_late(self, read_to: UUID) -> int:
        """Count the ids of the hour up to a mark."""
        inside = (interactions.c.id > _begin(read_to), interactions.c.id <= read_to)
        return self._connection.execute(select(func.count()).where(*inside)).scalar_one()

    def since(self, mark: Mark) -> UUID:
        """Return the id after which to read: before the mark when something came late."""
        late = self.count_late(mark.read_to) != mark.late
        return _begin(mark.read_to) if late else mark.read_to

    def after(self, key: UUID, size: int) -> list[News]:
        """Return the next contacts with larger ids, by id; channels without answers are left out.

        What has no time has no clock either, and is left out too.
        """
        query = _news().where(interactions.c.id > key)
        return self._taken(query.order_by(interactions.c.id).limit(size))

    def nobodys(self, key: tuple[int, UUID], size: int) -> tuple[list[News], tuple[int, UUID]]:
        """Return the next contacts of no known customer, and where the ones after them begin."""
        place = (interactions.c.position, interactions.c.id)
        later = or_(place[0] > key[0], (place[0] == key[0]) & (place[1] > key[1]))
        query = _news(*place[:1]).where(interactions.c.customer_id.is_(None), later)
        rows = self._connection.execute(query.order_by(*place).limit(size)).all()
        return [_read(row) for row in rows], (rows[-1].position, rows[-1].id) if rows else key

    def others_in(self, conversations: list[UUID]) -> set[UUID]:
        """Return everybody who takes part in these conversations."""
        query = select(interactions.c.customer_id).distinct()
        mine = interactions.c.conversation_id.in_(conversations)
        known = interactions.c.customer_id.is_not(None)
        return set(self._connection.execute(query.where(mine, known)).scalars())

    def customers_after(self, key: UUID, size: int) -> list[UUID]:
        """Return the next customers by id."""
        query = select(customers.c.id).where(customers.c.id > key)
        return list(self._connection.execute(query.order_by(customers.c.id).limit(size)).scalars())

    def customers_left(self, key: UUID) -> int:
        """Count the customers with a larger id."""
        query = select(func.count()).select_from(customers).where(customers.c.id > key)
        return self._connection.execute(query).scalar_one()

    def regrouped(self, since: datetime) -> tuple[set[UUID], set[UUID]]:
        """Return who and which contacts got another place since a time.

        That is who was merged or parted, contacts that were moved between customers, and
        contacts behind open loops of nobody whose customer is known by now.
        """
        when = or_(merges.c.merged_at >= since, merges.c.undone_at >= since)
        pairs = select(merges.c.customer_id, merges.c.survivor_id).where(when)
        people = {key for row in self._connection.execute(pairs) for key in row}
        loose: set[UUID] = set()
        when = or_(moves.c.moved_at >= since, moves.c.undone_at >= since)
        given = select(moves.c.to_customer_id, moved.c.before, moved.c.row_id).join(moved)
        contacts = moved.c.kind == MovedKind.INTERACTION
        for owner, before, contact in self._connection.execute(given.where(when, contacts)):
            people |= {owner, before} - {None}
            loose.add(contact)
        for origin_id, customer_id in self._linked():
            people.add(customer_id)
            loose.add(origin_id)
        return people, loose

    def _linked(self) -> list[tuple[UUID, UUID]]:
        query = (
            select(interactions.c.id, interactions.c.customer_id)
            .join(loops, loops.c.origin_id == interactions.c.id)
            .where(
                loops.c.customer_id.is_(None),
                loops.c.closed_at.is_(None),
                interactions.c.customer_id.is_not(None),
            )
        )
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def missed_calls(self, mark: Mark, now: datetime) -> Iterator[Interaction]:
        """Yield the calls that nobody took, as entries of the history; known ones again."""
        query = (
            select(calls)
            .outerjoin(wrap_ups, wrap_ups.c.call_id == calls.c.id)
            .where(
                wrap_ups.c.call_id.is_(None),
                calls.c.id > mark.calls_to,
                calls.c.state == CallState.ENDED,
                calls.c.direction == Direction.INBOUND,
                calls.c.answered_at.is_(None),
                calls.c.ended_at < now - _RINGING,
            )
        )
        for row in self._connection.execute(query):
            yield _missed(Call(**row._asdict()))

    @staticmethod
    def after_calls(mark: Mark, now: datetime) -> Mark:
        """Return the mark after calls were looked at; those of two days stay in sight."""
        return replace(mark, calls_to=max(mark.calls_to, id_of(now - _UNFINISHED_CALLS)))

    def _taken(self, query: Any) -> list[News]:
        return [_read(row) for row in self._connection.execute(query)]


def id_of(moment: datetime, *, last: bool = False) -> UUID:
    """Return the first, or the last, UUIDv7 of a moment."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | ((1 << 80) - 1 if last else 0))


def _begin(read_to: UUID) -> UUID:
    return id_of(max(arrival(_FIRST), arrival(read_to) - OVERLAP))


def _news(*more: Any) -> Any:
    wanted = (
        interactions.c.id,
        interactions.c.customer_id,
        interactions.c.conversation_id,
        interactions.c.occurred_at,
    )
    return select(*wanted, *more).where(
        interactions.c.channel.in_(SPOKEN), interactions.c.position > UNKNOWN_TIME
    )


def _read(row: Row[Any]) -> News:
    return News(row.id, row.customer_id, row.conversation_id, row.occurred_at)


def _missed(call: Call) -> Interaction:
    return Interaction(
        id=new_id(),
        customer_id=call.customer_id,
        channel=Channel.CALL,
        text=call.remote or call.queue,
        occurred_at=call.started_at,
        subject=call.remote,
        author=call.queue,
        status="missed",
        source="desk",
        source_ref=f"missed:{call.id}",
    )
