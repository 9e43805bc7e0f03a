# SPDX-License-Identifier: Apache-2.0
"""What was signed, each row vouched for by an entry of the audit."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from agentassist.domain.override import Override, OverrideKind
from agentassist.storage.audit import Audit
from agentassist.storage.rows import streamed
from agentassist.storage.schema.spending import overrides
from agentassist.storage.schema.types import canonical_json, clean

KIND = "override"
"""What the audit calls it."""

_DIGEST = "row"


class Overrides:
    """Appends and reads overrides on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, override: Override, chain: Audit) -> None:
        """Insert an override, and the entry of the audit that vouches for it."""
        row = asdict(override)
        self._connection.execute(insert(overrides).values(row))
        told = ("policy_id", "rule", "verdict", "kind", "signer", "amount", "currency")
        details = {name: row[name] for name in told} | {_DIGEST: _digest(row)}
        chain.append(KIND, override.actor, str(override.id), details)

    def get(self, override_id: UUID) -> Override | None:
        """Return one override."""
        query = select(overrides).where(overrides.c.id == override_id)
        row = self._connection.execute(query).one_or_none()
        return _override(row._asdict()) if row else None

    def since(self, at: datetime) -> Iterator[Override]:
        """Yield overrides from a time on, in order."""
        query = select(overrides).where(overrides.c.at >= at)
        for row in streamed(self._connection, query.order_by(overrides.c.at, overrides.c.id)):
            yield _override(row._asdict())

    def verify(self) -> list[str]:
        """Compare each row with what the audit says of it; name the first fault of each kind."""
        vouched = self._vouched()
        faults = []
        for row in streamed(self._connection, select(overrides).order_by(overrides.c.id)):
            fields = row._asdict()
            digest = vouched.pop(str(fields["id"]), None)
            if digest != _digest(fields):
                what = "was changed" if digest else "is not in the audit"
                faults.append(f"The override {fields['id']} {what}.")
                break
        if not faults and vouched:
            faults.append(f"The override {min(vouched)} is in the audit and was taken out.")
        return faults

    def _vouched(self) -> dict[str, str]:
        entries = Audit(self._connection).of_kind(KIND)
        return {entry.subject: str(entry.details.get(_DIGEST, "")) for entry in entries}


def _override(fields: Mapping[str, Any]) -> Override:
    return Override(**{**fields, "kind": OverrideKind(fields["kind"])})


def _digest(row: Mapping[str, Any]) -> str:
    """Return the sha256 of a row as it is stored."""
    told = {name: _plain(value) for name, value in row.items()}
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, str):
        return clean(value)
    return value if isinstance(value, int | None) else str(value)
