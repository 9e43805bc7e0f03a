# SPDX-License-Identifier: Apache-2.0
"""How a kind of file is read, under a name: saved once, used for every file of the kind."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from agentassist.domain.identifiers import new_id
from agentassist.domain.import_run import SavedMapping
from agentassist.storage.schema.imports import saved_mappings


class SavedMappings:
    """Reads and writes mappings on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, mapping: SavedMapping, at: datetime) -> None:
        """Keep a mapping; one of the same name is overwritten."""
        row: dict[str, Any] = asdict(mapping) | {"changed_at": at}
        changed = update(saved_mappings).where(saved_mappings.c.name == mapping.name).values(row)
        if not self._connection.execute(changed).rowcount:
            self._connection.execute(insert(saved_mappings).values(row | {"id": new_id()}))

    def get(self, name: str) -> SavedMapping | None:
        """Return the mapping of this name."""
        return next((found for found in self.all() if found.name == name), None)

    def all(self) -> tuple[SavedMapping, ...]:
        """Return all mappings by their names."""
        columns = (saved_mappings.c[name] for name in ("name", "kind", "columns", "options"))
        rows = self._connection.execute(select(*columns).order_by(saved_mappings.c.name))
        return tuple(SavedMapping(**row._asdict()) for row in rows)

    def delete(self, name: str) -> bool:
        """Forget a mapping; False when there is none of this name."""
        gone = delete(saved_mappings).where(saved_mappings.c.name == name)
        return self._connection.execute(gone).rowcount > 0
