# SPDX-License-Identifier: Apache-2.0
"""Policy bundles: the files of every one that was in force, and which one is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from agentassist.domain.identifiers import new_id
from agentassist.errors import UserError
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.policies import policy_activations, policy_bundles


@dataclass(frozen=True, slots=True)
class StoredBundle:
    """A bundle as it was loaded: file names with their text, found by its digest."""

    digest: str
    files: Mapping[str, str]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Activation:
    """Since when, and by whom, a bundle was put in force."""

    id: UUID
    digest: str
    activated_at: datetime
    actor: str
    source: str = "folder"
    draft_id: UUID | None = None


class Policies:
    """Reads and writes policy bundles on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_bundle(self, digest: str, files: Mapping[str, str], at: datetime) -> None:
        """Keep a bundle; one that is kept already stays as it is."""
        row = {"digest": digest, "files": files, "saved_at": at}
        insert_new(self._connection, policy_bundles, [row])

    def bundle(self, digest: str) -> StoredBundle | None:
        """Return a bundle."""
        query = select(policy_bundles).where(policy_bundles.c.digest == digest)
        row = self._connection.execute(query).one_or_none()
        return StoredBundle(**row._asdict()) if row else None

    def activate(self, digest: str, at: datetime, actor: str = "") -> None:
        """Put a bundle in force; one that is in force already stays so.

        Raises:
            UserError: it was never saved.
        """
        if self.bundle(digest) is None:
            raise UserError("The policy bundle {digest} is not stored.", digest=digest[:12])
        if (current := self._newest()) is not None and current.digest == digest:
            return
        row = {"id": new_id(), "digest": digest, "activated_at": at, "actor": actor}
        self._connection.execute(insert(policy_activations).values(row))

    def active(self) -> StoredBundle | None:
        """Return the bundle in force; None before the first one."""
        newest = self._newest()
        return None if newest is None else self.bundle(newest.digest)

    def activations(self, limit: int = 50) -> tuple[Activation, ...]:
        """Return what was put in force, the newest first."""
        query = select(policy_activations).order_by(policy_activations.c.id.desc()).limit(limit)
        return tuple(Activation(**row._asdict()) for row in self._connection.execute(query))

    def _newest(self) -> Activation | None:
        return next(iter(self.activations(1)), None)
