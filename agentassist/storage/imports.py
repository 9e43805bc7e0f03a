# SPDX-License-Identifier: Apache-2.0
"""What is remembered of imports: how far each came, and the rows that it left out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select

from agentassist.domain.import_run import ImportRun, LeftOut
from agentassist.domain.importing import RecordKind
from agentassist.storage.rows import chunks, upsert
from agentassist.storage.schema.imports import imports, quarantine


class Imports:
    """Reads and writes on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, run: ImportRun) -> None:
        """Insert a run, or say how far it is now."""
        upsert(self._connection, imports, asdict(run))

    def find(self, fingerprint: str, kind: RecordKind) -> ImportRun | None:
        """Return the newest run of this file, read in this way."""
        mine = (imports.c.fingerprint == fingerprint, imports.c.kind == kind)
        query = select(imports).where(*mine).order_by(imports.c.id.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return _run(row) if row else None

    def is_newest(self, run: ImportRun) -> bool:
        """True when no other rows of this kind came in since."""
        newer = select(imports.c.id).where(
            imports.c.kind == run.kind, imports.c.changed_at > run.changed_at
        )
        return self._connection.execute(newer.limit(1)).first() is None

    # Rows left out

    def leave_out(self, rows: Iterable[LeftOut]) -> None:
        """Keep rows until they come in."""
        for chunk in chunks(rows):
            self._connection.execute(insert(quarantine), [_plain(row) for row in chunk])

    def left_out(self, kinds: Sequence[RecordKind] = ()) -> list[LeftOut]:
        """Return the rows that wait, of all kinds when none is named."""
        query = select(quarantine).order_by(quarantine.c.import_id, quarantine.c.id)
        if kinds:
            wanted = select(imports.c.id).where(imports.c.kind.in_(kinds))
            query = query.where(quarantine.c.import_id.in_(wanted))
        return [_left_out(row) for row in self._connection.execute(query)]

    def take_in(self, ids: Sequence[UUID]) -> int:
        """Forget rows: they are in now, or nobody wants them. Return how many there were."""
        return sum(
            self._connection.execute(delete(quarantine).where(quarantine.c.id.in_(chunk))).rowcount
            for chunk in chunks(ids)
        )

    def replace_older(self, run: ImportRun) -> None:
        """Forget what earlier runs of the same file left out: this one read all of it again."""
        older = select(imports.c.id).where(
            imports.c.file == run.file, imports.c.kind == run.kind, imports.c.id != run.id
        )
        self._connection.execute(delete(quarantine).where(quarantine.c.import_id.in_(older)))


def _run(row: Row[Any]) -> ImportRun:
    return replace(ImportRun(**row._asdict()), kind=RecordKind(row.kind))


def _plain(row: LeftOut) -> dict[str, Any]:
    return asdict(row) | {"content": json.dumps(dict(row.content), ensure_ascii=False)}


def _left_out(row: Row[Any]) -> LeftOut:
    return LeftOut(**row._asdict() | {"content": json.loads(row.content)})
