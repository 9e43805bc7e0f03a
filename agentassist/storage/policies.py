# SPDX-License-Identifier: Apache-2.0
"""Policy bundles: the files of every one that was in force, and which one is now."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select

from agentassist.domain.identifiers import new_id
from agentassist.errors import UserError
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.policies import policy_activations, policy_bundles

FOLDER, LAB, ROLLBACK = "folder", "lab", "rollback"
"""Where an activation comes from. What the lab put in force stays over the folder."""


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
    source: str = FOLDER
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

    def activate(
        self,
        digest: str,
        at: datetime,
        actor: str = "",
        source: str = FOLDER,
        draft_id: UUID | None = None,
    ) -> None:
        """Put a bundle in force; one that is in force already stays so.

        Raises:
            UserError: it was never saved.
        """
        if self.bundle(digest) is None:
            raise UserError("The policy bundle {digest} is not stored.", digest=digest[:12])
        current = self.newest()
        if current is not None and (current.digest, current.source) == (digest, source):
            return
        made = Activation(new_id(), digest, at, actor, source, draft_id)
        self._connection.execute(insert(policy_activations).values(asdict(made)))

    def active(self) -> StoredBundle | None:
        """Return the bundle in force; None before the first one."""
        newest = self.newest()
        return None if newest is None else self.bundle(newest.digest)

    def activations(self, limit: int = 50, source: str = "") -> tuple[Activation, ...]:
        """Return what was put in force, the newest first; with `source` only from there."""
        query = select(policy_activations)
        if source:
            query = query.where(policy_activations.c.source == source)
        query = query.order_by(policy_activations.c.id.desc()).limit(limit)
        return tuple(Activation(**row._asdict()) for row in self._connection.execute(query))

    def newest(self) -> Activation | None:
        """Return what was put in force last: one row by its key, cheap enough for each call."""
        return next(iter(self.activations(1)), None)
