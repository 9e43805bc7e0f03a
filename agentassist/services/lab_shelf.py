# SPDX-License-Identifier: Apache-2.0
"""The files of a draft over those in force, and what can be read of them."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from threading import Lock

from agentassist.domain.policy import AnyPolicy, Bundle
from agentassist.domain.policy_draft import OPEN, Draft
from agentassist.errors import UserError
from agentassist.intake.policy_faults import PolicyFault
from agentassist.intake.policy_files import Loaded, load_texts
from agentassist.intake.policy_single import (
    path_at,
    policy_id_of,
    read_authority,
    read_facts,
    read_policy,
    title_of,
)
from agentassist.services.lab_rows import LabFault, PolicyRow
from agentassist.services.policy_source import dropped, folder_hash
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies, StoredBundle

_KEPT = 6
_UNREAD = ("", "", "", "", 1)
_BESIDE = ("facts.toml", "authority.toml", "ranking.toml", "wow.toml")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The texts a draft (or what is in force) consists of, by file."""

    files: Mapping[str, str]
    active: Mapping[str, str]

    def file_of(self, policy_id: str) -> str:
        """Return the file of a policy, empty when there is none."""
        return next((file for file, found in self.policies() if found == policy_id), "")

    def policies(self) -> Iterator[tuple[str, str]]:
        """Yield the files that hold policies, with their ids (empty: not readable)."""
        for file in sorted(self.files):
            if is_policy(file):
                yield file, policy_id_of(self.files[file])

    def changed(self) -> Iterator[str]:
        """Yield the files with policies that are not as in force."""
        for file, text in sorted(self.files.items()):
            if is_policy(file) and text != self.active.get(file):
                yield file

    def rows(self, language: str) -> Iterator[PolicyRow]:
        """Yield a row for each policy, those that were taken out too."""
        for file in sorted({*self.files, *self.active}):
            if is_policy(file):
                yield self._row(file, language)

    def _row(self, file: str, language: str) -> PolicyRow:
        now, was = self.files.get(file, ""), self.active.get(file, "")
        title, korean, sector, category, version = title_of(now) or title_of(was) or _UNREAD
        name = policy_id_of(now or was) or file
        state = "removed" if not now else "new" if not was else "changed" if now != was else ""
        shown = (korean if language.startswith("ko") else "") or title or name
        return PolicyRow(name, shown, sector, category, version, file, state=state)


def is_policy(file: str) -> bool:
    """True for a file that holds a policy."""
    folders = file.split("/")
    return folders[-1] not in _BESIDE and "wording" not in folders[:-1]


class Loader:
    """Loads sets of files, and remembers the last few: a draft is looked at many times."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: OrderedDict[str, Loaded] = OrderedDict()

    def load(self, files: Mapping[str, str]) -> Loaded:
        """Load and prove files."""
        key = folder_hash(files)
        known = self._known(key)
        if known is not None:
            return known
        loaded = load_texts(files)
        with self._lock:
            self._loaded[key] = loaded
            while len(self._loaded) > _KEPT:
                self._loaded.popitem(last=False)
        return loaded

    def _known(self, key: str) -> Loaded | None:
        with self._lock:
            if key in self._loaded:
                self._loaded.move_to_end(key)
            return self._loaded.get(key)

    def faults(self, shelf: Shelf) -> tuple[LabFault, ...]:
        """Return every fault, also that a protected policy is gone."""
        loaded = self.load(shelf.files)
        gone = dropped(self.load(shelf.active).bundle, loaded.bundle)
        return tuple(lab_fault(fault, shelf.files) for fault in (*loaded.faults, *gone))

    def trial(self, shelf: Shelf, policy_id: str) -> tuple[Bundle, AnyPolicy]:
        """Return a bundle in which one policy can be tried, though others may be faulty.

        Nothing is proven for it, so that it follows what is typed. Raises PolicyFault while
        this policy cannot be read, UserError when it is not there.
        """
        file = shelf.file_of(policy_id)
        if not file:
            raise missing(policy_id)
        known = self._known(folder_hash(shelf.files))
        bundle = known.bundle if known else None
        if bundle is None:
            bundle = self._patched(shelf, file)
        return bundle, bundle.policies[policy_id]

    def _patched(self, shelf: Shelf, file: str) -> Bundle:
        """Put what a draft changes over what is in force; other files only where they stand."""
        base = self.load(shelf.active).bundle
        if base is None:
            raise UserError("The policies in force cannot be read. Run the policy check.")
        facts = {**base.facts, **read_facts(shelf.files)}
        rules = read_authority(shelf.files) or base.authority
        policies = dict(base.policies)
        for name in shelf.changed():
            try:
                policy = read_policy(shelf.files[name], name, facts)
            except UserError:
                if name == file:
                    raise
                continue
            policies[policy.id] = policy
        return replace(base, facts=facts, policies=policies, authority=rules)


def missing(policy_id: str) -> UserError:
    """Say that there is no such policy."""
    return UserError("There is no policy {policy} here. Pick one from the list.", policy=policy_id)


def lab_fault(fault: PolicyFault, files: Mapping[str, str]) -> LabFault:
    """Turn a fault with a line into one with the field it belongs to."""
    place = fault.place
    text = files.get(place.file, "")
    path = path_at(text, place.file, place.line, place.field) if text and place.line else ()
    policy_id = policy_id_of(text) if is_policy(place.file) else ""
    return LabFault(
        fault.rule, place.file, place.line, path, policy_id, fault.template, fault.values
    )


def stored_active(database: Database) -> StoredBundle:
    """Return what is in force. Raises UserError before anything ever was."""
    with database.reading() as connection:
        active = Policies(connection).active()
    if active is None:
        raise UserError("No policies are in force yet. Run the policy check and mend its faults.")
    return active


def shelf_of(database: Database, draft: Draft | None) -> Shelf:
    """Return the files of a draft: over what is in force while it is open.

    A draft that is closed is shown over what it began with.
    """
    active = stored_active(database)
    if draft is None:
        return Shelf(active.files, active.files)
    if draft.state in OPEN:
        return Shelf(draft.over(active.files), active.files)
    with database.reading() as connection:
        base = Policies(connection).bundle(draft.base_digest)
    files = base.files if base else active.files
    return Shelf(draft.over(files), files)
