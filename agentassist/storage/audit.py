# SPDX-License-Identifier: Apache-2.0
"""The audit: entries are appended, read and verified, and nothing else."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from agentassist.domain.audit import BEGINNING, AuditEntry, chained
from agentassist.domain.clock import utc_now
from agentassist.storage.rows import insert_new, streamed
from agentassist.storage.schema.audit import audit, audit_head
from agentassist.storage.schema.types import canonical_json, clean

_EMPTY = {"id": 1, "position": 0, "hash": BEGINNING}


class Audit:
    """The chain of entries. A change, a gap, a new order or a cut end shows in `verify`."""

    def __init__(self, connection: Connection, *, now: Callable[[], datetime] = utc_now) -> None:
        self._connection = connection
        self._now = now

    def append(
        self, kind: str, actor: str, subject: str, details: Mapping[str, object]
    ) -> AuditEntry:
        """Add an entry after the last one; writers take turns until their commit.

        Args:
            kind: what was done, in one or two words.
            actor: who did it.
            subject: id of the record it was done to.
            details: anything that JSON can hold; no personal data.
        """
        position, previous = self._lock_head()
        entry = {
            "position": position + 1,
            "at": self._now().astimezone(UTC),
            "kind": clean(kind),
            "actor": clean(actor),
            "subject": clean(subject),
            "details": canonical_json(dict(details)),
        }
        entry |= {"previous": previous, "hash": chained(previous, _canonical(entry))}
        self._connection.execute(insert(audit).values(entry))
        moved = {"position": entry["position"], "hash": entry["hash"]}
        self._connection.execute(update(audit_head).values(moved))
        return _entry(self._connection.execute(_newest()).one())

    def take_turn(self) -> None:
        """Wait for other writers of the audit, and let none in until the commit.

        What is read afterwards is as they left it: a check before a write holds.
        """
        self._lock_head()

    def _lock_head(self) -> tuple[int, str]:
        query = select(audit_head.c.position, audit_head.c.hash).with_for_update()
        if (head := self._connection.execute(query).one_or_none()) is None:
            insert_new(self._connection, audit_head, [_EMPTY])
            head = self._connection.execute(query).one()
        return head.position, head.hash

    def entries(self, subject: str | None = None) -> Iterator[AuditEntry]:
        """Yield entries in order: all of them, or those about one record."""
        query = select(audit).order_by(audit.c.position)
        if subject is not None:
            query = query.where(audit.c.subject == subject)
        for row in streamed(self._connection, query):
            yield _entry(row)

    def of_kind(self, kind: str) -> Iterator[AuditEntry]:
        """Yield the entries about one kind of act, in order."""
        query = select(audit).where(audit.c.kind == kind).order_by(audit.c.position)
        for row in streamed(self._connection, query):
            yield _entry(row)

    def verify(self) -> list[str]:
        """Read the whole chain and name the first fault; empty means untouched.

        One who may change the database's structure can forge a chain as a whole: keep
        the last hash elsewhere from time to time.
        """
        position, previous = 0, BEGINNING
        query = select(audit).order_by(audit.c.position)
        for row in streamed(self._connection, query):
            fields = row._asdict()
            position += 1
            sound = (row.position, row.previous) == (position, previous)
            if not sound or chained(previous, _canonical(fields)) != row.hash:
                return [f"The audit was changed at entry {position}."]
            previous = row.hash
        head = self._connection.execute(select(audit_head)).one_or_none()
        known = (head.position, head.hash) if head else (0, BEGINNING)
        cut = known != (position, previous)
        return [f"The audit was cut after entry {position}."] if cut else []


def _newest() -> Select[Any]:
    return select(audit).order_by(audit.c.position.desc()).limit(1)


def _canonical(fields: Mapping[str, Any]) -> str:
    names = ("position", "kind", "actor", "subject", "details")
    return canonical_json({name: fields[name] for name in names} | {"at": fields["at"].isoformat()})


def _entry(row: Row[Any]) -> AuditEntry:
    return AuditEntry(**(row._asdict() | {"details": json.loads(row.details)}))
