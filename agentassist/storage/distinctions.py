# SPDX-License-Identifier: Apache-2.0
"""Pairs of records that somebody found to be two people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select

from agentassist.storage.merges import Merges
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.customers import not_same


class Distinctions:
    """Reads and writes such pairs; merged records count as one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: UUID, other: UUID, actor: str, at: datetime, reason: str = "") -> bool:
        """Say that two are two people; return whether it is new."""
        first, second = sorted((one, other))
        row = {"one_id": first, "other_id": second, "actor": actor, "at": at, "reason": reason}
        return insert_new(self._connection, not_same, [row]) > 0

    def remove(self, one: UUID, other: UUID) -> None:
        """Take it back, for every record that belongs to the two."""
        ours, theirs = self._groups(one, other)
        self._connection.execute(delete(not_same).where(_between(ours, theirs)))

    def between(self, one: UUID, other: UUID) -> bool:
        """Tell whether somebody found these two to be two people."""
        ours, theirs = self._groups(one, other)
        query = select(not_same.c.one_id).where(_between(ours, theirs)).limit(1)
        return self._connection.execute(query).first() is not None

    def of(self, customer_id: UUID) -> frozenset[UUID]:
        """Return who is known to be somebody else than this customer, as they are read now."""
        merges = Merges(self._connection)
        group = merges.group(customer_id)
        columns = (not_same.c.one_id, not_same.c.other_id)
        either = or_(*(column.in_(group) for column in columns))
        rows = self._connection.execute(select(*columns).where(either))
        others = {key for row in rows for key in row if key not in group}
        return frozenset(merges.survivors(others).values())

    def pairs(self) -> frozenset[tuple[UUID, UUID]]:
        """Return all pairs of records as they were noted, the smaller key first."""
        rows = self._connection.execute(select(not_same.c.one_id, not_same.c.other_id))
        return frozenset((row.one_id, row.other_id) for row in rows)

    def _groups(self, one: UUID, other: UUID) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
        merges = Merges(self._connection)
        return merges.group(one), merges.group(other)


def _between(ours: tuple[UUID, ...], theirs: tuple[UUID, ...]) -> ColumnElement[bool]:
    first, second = not_same.c.one_id, not_same.c.other_id
    return or_(and_(first.in_(ours), second.in_(theirs)), and_(first.in_(theirs), second.in_(ours)))
