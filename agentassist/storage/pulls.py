# SPDX-License-Identifier: Apache-2.0
"""How far each live system was read."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from agentassist.domain.clock import utc_now
from agentassist.storage.rows import upsert
from agentassist.storage.schema.imports import pulls


class Pulls:
    """Reads and writes cursors on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cursor(self, system: str, address: str) -> Mapping[str, str]:
        """Return where to go on, empty before the first page."""
        query = select(pulls.c.cursor).where(pulls.c.system == system, pulls.c.address == address)
        found = self._connection.execute(query).scalar()
        return dict(found) if found else {}

    def save(self, system: str, address: str, cursor: Mapping[str, str]) -> None:
        """Remember where to go on."""
        row = {"system": system, "address": address, "cursor": dict(cursor)}
        upsert(self._connection, pulls, row | {"changed_at": utc_now()})
