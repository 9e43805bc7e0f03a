# SPDX-License-Identifier: Apache-2.0
"""What one shift has left to the next."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select, update

from agentassist.domain.handover import Handover
from agentassist.errors import UserError
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.loops import handovers


class Handovers:
    """Reads and writes hand-overs on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, handover: Handover) -> None:
        """Insert a hand-over; the same one twice is one."""
        row = asdict(handover) | {"items": [str(item) for item in handover.items]}
        insert_new(self._connection, handovers, [row])

    def waiting(self) -> tuple[Handover, ...]:
        """Return what nobody has taken yet, oldest first."""
        query = select(handovers).where(handovers.c.taken_at.is_(None))
        rows = self._connection.execute(query.order_by(handovers.c.at, handovers.c.id))
        return tuple(_handover(row) for row in rows)

    def take(self, handover_id: UUID, by: str, at: datetime) -> Handover:
        """Mark it as taken.

        Raises:
            UserError: somebody else was faster.
        """
        mine = (handovers.c.id == handover_id, handovers.c.taken_at.is_(None))
        row = self._connection.execute(select(handovers).where(*mine)).one_or_none()
        if row is None:
            raise UserError("Somebody has taken this over already.")
        changed = update(handovers).where(*mine).values(taken_at=at, taken_by=by)
        self._connection.execute(changed)
        return replace(_handover(row), taken_at=at, taken_by=by)


def _handover(row: Row[Any]) -> Handover:
    given = row._asdict()
    return Handover(**(given | {"items": tuple(UUID(item) for item in row.items)}))
