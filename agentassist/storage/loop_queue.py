# SPDX-License-Identifier: Apache-2.0
"""What stands in the queue: open loops and promises, each with whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from agentassist.domain.history import Interaction
from agentassist.domain.loop import Loop
from agentassist.domain.promise import Promise
from agentassist.errors import UserError
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks, position_of
from agentassist.storage.schema.customers import customers
from agentassist.storage.schema.history import interactions, promises
from agentassist.storage.schema.loops import loops


@dataclass(frozen=True, slots=True)
class Whose:
    """The customer a line of the queue belongs to, merges resolved."""

    id: UUID
    name: str
    tier: str


class LoopQueue:
    """Reads the queue on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def loops(self, now: datetime, since: datetime, most: int) -> list[Loop]:
        """Return the open loops since a time that nobody has put off, the newest `most`."""
        query = select(loops).where(
            loops.c.closed_at.is_(None),
            loops.c.opened_at >= since,
            or_(loops.c.snoozed_until.is_(None), loops.c.snoozed_until <= now),
        )
        newest = query.order_by(loops.c.opened_at.desc(), loops.c.id).limit(most)
        return [
            Loop(**(row._asdict() | {"refs": frozenset(row.refs.split())}))
            for row in self._connection.execute(newest)
        ]

    def promises(self, until: datetime, most: int) -> list[Promise]:
        """Return the promises that are not kept and due by then, the first due first."""
        query = select(promises).where(promises.c.kept_at.is_(None), promises.c.due_at <= until)
        due = query.order_by(promises.c.due_at, promises.c.id).limit(most)
        return [Promise(**row._asdict()) for row in self._connection.execute(due)]

    def thread(self, loop: Loop, most: int) -> list[Interaction]:
        """Return what was said in the place of a loop since it was opened, oldest first."""
        if loop.conversation_id:
            here: ColumnElement[bool] = interactions.c.conversation_id == loop.conversation_id
        elif loop.customer_id:
            group = Merges(self._connection).group(loop.customer_id)
            mine = interactions.c.customer_id.in_(group)
            here = and_(mine, interactions.c.channel == loop.channel)
        else:
            here = interactions.c.id == loop.origin_id
        begin = interactions.c.position >= position_of(loop.opened_at)
        columns = [interactions.c[item.name] for item in fields(Interaction)]
        order = (interactions.c.position, interactions.c.id)
        query = select(*columns).where(here, begin).order_by(*order).limit(most)
        return [Interaction(**row._asdict()) for row in self._connection.execute(query)]

    def of_customer(self, customer_id: UUID, since: datetime) -> list[Loop]:
        """Return what is open with a customer since a time, the first opened first."""
        group = Merges(self._connection).group(customer_id)
        query = select(loops).where(
            loops.c.customer_id.in_(group), loops.c.closed_at.is_(None), loops.c.opened_at >= since
        )
        rows = self._connection.execute(query.order_by(loops.c.opened_at, loops.c.id))
        return [Loop(**(row._asdict() | {"refs": frozenset(row.refs.split())})) for row in rows]

    def whose(self, customer_ids: Iterable[UUID]) -> dict[UUID, Whose]:
        """Map customers to who they are now."""
        survivors = Merges(self._connection).survivors(customer_ids)
        query = select(customers.c.id, customers.c.name, customers.c.tier)
        known: dict[UUID, Whose] = {}
        for chunk in chunks(set(survivors.values())):
            for row in self._connection.execute(query.where(customers.c.id.in_(chunk))):
                known[row.id] = Whose(row.id, row.name, row.tier)
        return {key: known[end] for key, end in survivors.items() if end in known}

    def promise(self, promise_id: UUID) -> Promise:
        """Return one promise.

        Raises:
            UserError: there is none with this id.
        """
        query = select(promises).where(promises.c.id == promise_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UserError("This promise is no longer there. Open the customer again.")
        return Promise(**row._asdict())

    def give_promise(self, promise_id: UUID, owner: str) -> Promise:
        """Give a promise another owner; return it as it was before."""
        before = self.promise(promise_id)
        mine = promises.c.id == promise_id
        self._connection.execute(update(promises).where(mine).values(owner=owner))
        return before

    def take_back_kept(self, promise_id: UUID) -> None:
        """Open a promise again that was marked as kept by mistake."""
        mine = promises.c.id == promise_id
        self._connection.execute(update(promises).where(mine).values(kept_at=None))
