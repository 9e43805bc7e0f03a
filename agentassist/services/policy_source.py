# SPDX-License-Identifier: Apache-2.0
"""Which policies are in force: those of the folder, or what the policy lab put over it.

The folder is the seed. From the first draft that is put in force the stored bundle
counts, on every desk; what changes in the folder afterwards is a hint, until it is
imported as a draft. What is not sound never gets in: the last good bundle stays.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from agentassist.domain.policy import Bundle
from agentassist.domain.policy_draft import DraftState
from agentassist.errors import Place, Problem, Unavailable, UserError
from agentassist.intake.policy_faults import FILE, PolicyFault
from agentassist.intake.policy_files import AUTHORITY, Loaded, load_texts, read_folders
from agentassist.storage.database import Database
from agentassist.storage.policies import FOLDER, Activation, Policies, StoredBundle
from agentassist.storage.policy_drafts import PolicyDrafts
from agentassist.storage.schema.types import canonical_json

_TAKEN_OVER = frozenset(set(DraftState) - {DraftState.DISCARDED})


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be in force: a bundle or None (keep what is), and every problem.

    `hint` says that the folder holds changes that are not in force.
    """

    bundle: Bundle | None
    problems: tuple[Problem, ...] = ()
    hint: UserError | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database says: the newest bundle and where it came from."""

    bundle: StoredBundle | None = None
    activation: Activation | None = None
    known: frozenset[str] = frozenset()

    @property
    def is_labs(self) -> bool:
        """True when the policy lab put it in force."""
        return self.activation is not None and self.activation.source != FOLDER


class PolicySource:
    """Finds the bundle that is in force. `folders` are read in order, ours first."""

    def __init__(
        self, database: Database, folders: Iterable[Path], now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._folders = tuple(folders)
        self._now = now
        self._seen: UUID | None = None

    def find(self, current: Bundle | None) -> Found:
        """Return what is to be in force, `current` being what is.

        A database that does not answer is reported, but does not keep good policies out.
        """
        problems: list[Problem] = []
        stored = self._stored(problems)
        kept = load_texts(stored.bundle.files) if stored.bundle else None
        if kept is not None and stored.is_labs:
            faults = [*kept.faults, *dropped(current, kept.bundle)]
            if not faults:
                self._keep(kept, stored, problems)
                return Found(kept.bundle, tuple(problems), self._hint(stored))
            problems += faults
        return self._folder(current, kept.bundle if kept else None, problems)

    def newer(self, current: Bundle | None) -> Bundle | None:
        """Return what another desk's lab has put in force since; None: nothing new.

        Reads one row when there is nothing new; what is not sound here counts as nothing
        new. Raises Unavailable when the database does.
        """
        with self._database.reading() as connection:
            policies = Policies(connection)
            newest = policies.newest()
            if newest is None or newest.source == FOLDER or newest.id == self._seen:
                return None
            self._seen = newest.id
            if current is not None and newest.digest == current.digest:
                return None
            stored = policies.bundle(newest.digest)
        loaded = load_texts(stored.files) if stored else None
        if loaded is None or loaded.bundle is None or dropped(current, loaded.bundle):
            return None
        return loaded.bundle

    def _folder(
        self, current: Bundle | None, stored: Bundle | None, problems: list[Problem]
    ) -> Found:
        files, unread = read_folders(self._folders)
        loaded = load_texts(files)
        faults = [*unread, *loaded.faults, *dropped(current or stored, loaded.bundle)]
        if loaded.bundle is None or faults:
            return Found(stored if current is None else None, (*faults, *problems))
        self._store(loaded, problems)
        return Found(loaded.bundle, tuple(problems))

    def _stored(self, problems: list[Problem]) -> _Stored:
        try:
            with self._database.reading() as connection:
                policies = Policies(connection)
                newest = policies.newest()
                if newest is None:
                    return _Stored()
                known = PolicyDrafts(connection).folders(_TAKEN_OVER)
                seed = next(iter(policies.activations(1, FOLDER)), None)
                seeded = policies.bundle(seed.digest) if seed else None
                known |= {folder_hash(seeded.files)} if seeded else set()
                self._seen = newest.id
                return _Stored(policies.bundle(newest.digest), newest, known)
        except Unavailable as problem:
            problems.append(problem)
            return _Stored()

    def _hint(self, stored: _Stored) -> UserError | None:
        files, unread = read_folders(self._folders)
        same = stored.bundle is not None and files == stored.bundle.files
        if unread or same or folder_hash(files) in stored.known:
            return None
        return UserError(
            "The policy folder has changes that are not in force: import it as a draft in "
            "the policy lab."
        )

    def _keep(self, loaded: Loaded, stored: _Stored, problems: list[Problem]) -> None:
        """Keep the files under the digest that this version of the program gives them."""
        if loaded.bundle is None or stored.bundle is None:
            return
        if loaded.bundle.digest == stored.bundle.digest:
            return
        try:
            with self._database.transaction() as connection:
                Policies(connection).save_bundle(loaded.bundle.digest, loaded.files, self._now())
        except Unavailable as problem:
            problems.append(problem)

    def _store(self, loaded: Loaded, problems: list[Problem]) -> None:
        if loaded.bundle is None or problems:
            return
        try:
            with self._database.transaction() as connection:
                policies = Policies(connection)
                policies.save_bundle(loaded.bundle.digest, loaded.files, self._now())
                policies.activate(loaded.bundle.digest, self._now())
        except Unavailable as problem:
            problems.append(problem)


def folder_hash(files: Mapping[str, str]) -> str:
    """Return the sha256 of the texts of a folder."""
    return hashlib.sha256(canonical_json(dict(files)).encode()).hexdigest()


def dropped(before: Bundle | None, after: Bundle | None) -> list[PolicyFault]:
    """Refuse a bundle without a protected policy that was in force, unless it was retired."""
    if before is None or after is None:
        return []
    gone = before.protected() - after.protected() - after.authority.retired
    return [
        PolicyFault(
            FILE,
            Place(AUTHORITY),
            "The protected policy {policy} is gone. Put its file back, or name it in `retired` "
            "in authority.toml.",
            policy=policy,
        )
        for policy in sorted(gone)
    ]
