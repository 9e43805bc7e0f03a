# SPDX-License-Identifier: Apache-2.0
"""Which customers are one person: open merge records, followed in both directions."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from agentassist.domain.merge import Join, Merge
from agentassist.errors import UserError
from agentassist.storage.rows import chunks
from agentassist.storage.schema.customers import merges


class Merges:
    """The merge records. They form trees: each customer has at most one survivor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, merge: Merge) -> None:
        """Join two customers.

        Raises:
            UserError: they are joined already, in this direction or the other.
        """
        if self.survivor(merge.survivor_id) == self.survivor(merge.customer_id):
            raise UserError("These two are one customer already.")
        if self.survivor(merge.customer_id) != merge.customer_id:
            raise UserError("This customer was merged before. Undo that merge first.")
        self._connection.execute(insert(merges).values(asdict(merge)))

    def undo(self, merge_id: UUID, by: str, at: datetime) -> Merge:
        """Part two customers again; nothing of either was changed meanwhile.

        Raises:
            UserError: there is no such merge, or it was undone before.
        """
        open_one = (merges.c.id == merge_id, merges.c.undone_at.is_(None))
        row = self._connection.execute(select(merges).where(*open_one)).one_or_none()
        if row is None:
            raise UserError("This merge was undone already.")
        changed = update(merges).where(*open_one).values(undone_at=at, undone_by=by)
        self._connection.execute(changed)
        return replace(Merge(**row._asdict()), undone_at=at, undone_by=by)

    def get(self, merge_id: UUID) -> Merge | None:
        """Return one merge, undone or not."""
        row = self._connection.execute(select(merges).where(merges.c.id == merge_id)).one_or_none()
        return Merge(**row._asdict()) if row else None

    def of(self, customer_id: UUID) -> tuple[Merge, ...]:
        """Return every merge that a customer, or one merged with it, took part in.

        Oldest first, undone ones too.
        """
        group = self.group(customer_id)
        either = merges.c.customer_id.in_(group) | merges.c.survivor_id.in_(group)
        query = select(merges).where(either).order_by(merges.c.merged_at, merges.c.id)
        return tuple(Merge(**row._asdict()) for row in self._connection.execute(query))

    def any_open(self) -> bool:
        """True when anybody at all is merged."""
        query = select(merges.c.id).where(merges.c.undone_at.is_(None)).limit(1)
        return self._connection.execute(query).first() is not None

    def survivor(self, customer_id: UUID) -> UUID:
        """Return the customer that this one is now part of; itself when it is not merged."""
        return self.survivors([customer_id])[customer_id]

    def survivors(self, customer_ids: Iterable[UUID]) -> dict[UUID, UUID]:
        """Map each customer to the one it is now part of, in the order given."""
        result = {customer_id: customer_id for customer_id in customer_ids}
        while step := self._next(set(result.values())):
            result = {start: step.get(end, end) for start, end in result.items()}
        return result

    def _next(self, customer_ids: Iterable[UUID]) -> dict[UUID, UUID]:
        query = select(merges.c.customer_id, merges.c.survivor_id).where(
            merges.c.undone_at.is_(None)
        )
        found: dict[UUID, UUID] = {}
        for chunk in chunks(customer_ids):
            rows = self._connection.execute(query.where(merges.c.customer_id.in_(chunk)))
            found |= {row.customer_id: row.survivor_id for row in rows}
        return found

    def group(self, customer_id: UUID) -> tuple[UUID, ...]:
        """Return all customers that are one person with this one, the survivor first."""
        return tuple(self.members([self.survivor(customer_id)]))

    def members(self, survivor_ids: Iterable[UUID]) -> dict[UUID, UUID]:
        """Map each of these, and every customer merged into one of them, to that one."""
        result = {survivor_id: survivor_id for survivor_id in survivor_ids}
        newest = result
        while newest := self._absorbed(newest):
            result = result | newest
        return result

    def joins(self, survivor_ids: Iterable[UUID]) -> list[Join]:
        """Return the open merges into any of these, in the order they were made."""
        query = (
            select(merges.c.customer_id, merges.c.survivor_id, merges.c.chosen)
            .where(merges.c.undone_at.is_(None))
            .order_by(merges.c.merged_at, merges.c.id)
        )
        found: list[Join] = []
        for chunk in chunks(survivor_ids):
            rows = self._connection.execute(query.where(merges.c.survivor_id.in_(chunk)))
            found += [Join(**row._asdict()) for row in rows]
        return found

    def _absorbed(self, owners: dict[UUID, UUID]) -> dict[UUID, UUID]:
        query = (
            select(merges.c.customer_id, merges.c.survivor_id)
            .where(merges.c.undone_at.is_(None))
            .order_by(merges.c.merged_at, merges.c.id)
        )
        found: dict[UUID, UUID] = {}
        for chunk in chunks(owners):
            rows = self._connection.execute(query.where(merges.c.survivor_id.in_(chunk)))
            found |= {row.customer_id: owners[row.survivor_id] for row in rows}
        return found
