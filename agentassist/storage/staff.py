# SPDX-License-Identifier: Apache-2.0
"""Who may sign in, and how often a password was wrong."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select, update

from agentassist.storage.rows import insert_new
from agentassist.storage.schema.staff import staff


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One login. `secret` is the salted hash; who is disabled cannot sign in."""

    id: UUID
    login: str
    name: str
    role: str
    secret: str
    created_at: datetime
    wrong: int = 0
    wait_until: datetime | None = None
    disabled_at: datetime | None = None


class StaffRows:
    """Reads and writes logins on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: StaffRow) -> bool:
        """Insert a login; return False when it is taken."""
        return insert_new(self._connection, staff, [asdict(row)]) == 1

    def by_login(self, login: str, *, to_change: bool = False) -> StaffRow | None:
        """Return one login; `to_change` lets no other writer have it until the commit."""
        query = select(staff).where(staff.c.login == login)
        query = query.with_for_update() if to_change else query
        row = self._connection.execute(query).one_or_none()
        return StaffRow(**row._asdict()) if row else None

    def all(self) -> tuple[StaffRow, ...]:
        """Return every login, by name of the login."""
        rows = self._connection.execute(select(staff).order_by(staff.c.login))
        return tuple(StaffRow(**row._asdict()) for row in rows)

    def change(self, row_id: UUID, **columns: Any) -> None:
        """Overwrite columns of a login."""
        self._connection.execute(update(staff).where(staff.c.id == row_id).values(**columns))
