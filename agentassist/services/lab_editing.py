# SPDX-License-Identifier: Apache-2.0
"""Policies of a draft listed, read and written; every save is a revision with a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path as Folder
from uuid import UUID

from agentassist.domain.policy import ProtectedPolicy
from agentassist.domain.policy_draft import Draft
from agentassist.domain.policy_form import PolicyForm
from agentassist.domain.staff import Person
from agentassist.errors import UserError
from agentassist.intake.policy_files import read_folders
from agentassist.intake.policy_forms import form_of, read_toml
from agentassist.intake.policy_single import policy_id_of, title_of
from agentassist.intake.policy_writer import write
from agentassist.services import lab_trial
from agentassist.services.lab_drafts import DraftStore, named, small_enough
from agentassist.services.lab_rows import (
    Choices,
    PolicyRow,
)
from agentassist.services.lab_shelf import Loader, Shelf, is_policy, missing, shelf_of
from agentassist.services.policies import PolicyService
from agentassist.services.policy_source import folder_hash
from agentassist.storage.database import Database
from agentassist.storage.past_decisions import PastDecisions


class LabEditing:
    """What the lab shows and writes. `zone` is where the company is (None: this machine)."""

    def __init__(
        self,
        database: Database,
        policies: PolicyService,
        now: Callable[[], datetime],
        *,
        zone: tzinfo | None = None,
    ) -> None:
        self._database = database
        self._service = policies
        self._zone = zone
        self._clock = now
        self._store = DraftStore(database, now)
        self._loader = Loader()

    # Looking

    @property
    def hint(self) -> UserError | None:
        """That the policy folder has changes that are not in force; None: it has not."""
        return self._service.hint

    def policies(
        self, language: str, draft_id: UUID | None = None, since: datetime | None = None
    ) -> tuple[PolicyRow, ...]:
        """Return the policies in force, or as a draft has them, by sector and title."""
        shelf = self._shelf(draft_id)
        with self._database.reading() as connection:
            past = PastDecisions(connection)
            uses, overrides = past.uses(since), past.overridden(since)
        rows = (
            replace(row, uses=uses.get(row.id, 0), overrides=overrides.get(row.id, 0))
            for row in shelf.rows(language)
        )
        return tuple(sorted(rows, key=lambda row: (row.sector, row.title.casefold(), row.id)))

    def drafts(self, *, closed: bool = False) -> tuple[Draft, ...]:
        """Return the open drafts, the latest changed first; with `closed` all of them."""
        return self._store.drafts(closed=closed)

    def draft(self, draft_id: UUID) -> Draft:
        """Return one draft. Raises UserError when it is not there."""
        return self._store.draft(draft_id)

    def choices(self, draft_id: UUID | None, language: str) -> Choices:
        """Return what a form may choose from."""
        shelf = self._shelf(draft_id)
        bundle = self._loader.load(shelf.files).bundle or self._loader.load(shelf.active).bundle
        if bundle is None:
            raise UserError("The policies in force cannot be read. Run the policy check.")
        return lab_trial.choices(bundle, language)

    # Editing

    def begin(self, title: str, person: Person) -> Draft:
        """Begin a draft over the policies in force."""
        return self._store.begin(title, person, {})

    def import_folder(self, folder: Folder, title: str, person: Person) -> Draft:
        """Make a draft of what a folder has otherwise than what is in force.

        Files that are not in the folder are taken out. Raises UserError when a file cannot
        be read, or when nothing differs.
        """
        files, unread = read_folders([folder])
        if unread:
            raise unread[0]
        active = self._shelf(None).active
        differs = {name: files.get(name, "") for name in {*files, *active}}
        differs = {name: text for name, text in differs.items() if text != active.get(name, "")}
        if not differs:
            raise UserError("The folder says what is in force: there is nothing to import.")
        return self._store.begin(title, person, differs, folder_hash(files))

    def rename(self, draft_id: UUID, title: str, revision: int, person: Person) -> Draft:
        """Give a draft another title."""
        act = "policy draft renamed"
        return self._store.write(draft_id, revision, person, act, title=named(title))

    def form(self, draft_id: UUID | None, policy_id: str) -> PolicyForm:
        """Return a policy as a form. Raises BadInput, with the line, when it is not TOML."""
        shelf = self._shelf(draft_id)
        file = _file(shelf, policy_id)
        return form_of(read_toml(shelf.files[file], file))

    def template(self, policy_id: str, sector: str, category: str = "") -> PolicyForm:
        """Return a new policy to begin with; with a `category` a protected one."""
        return lab_trial.template(policy_id, sector, category)

    def save(
        self, draft_id: UUID, policy_id: str, form: PolicyForm, revision: int, person: Person
    ) -> Draft:
        """Write a form into the policy's file; what was not touched stays byte for byte.

        A `policy_id` that is not there yet makes a new file in the sector's folder.
        """
        shelf = self._shelf(draft_id)
        file = shelf.file_of(policy_id)
        text = write(shelf.files.get(file, ""), form, file)
        return self._put(
            draft_id, file or _new_file(shelf, form.id, form.sector), text, revision, person
        )

    def text(self, draft_id: UUID | None, policy_id: str) -> str:
        """Return the TOML of a policy."""
        shelf = self._shelf(draft_id)
        return shelf.files[_file(shelf, policy_id)]

    def save_text(
        self, draft_id: UUID, policy_id: str, text: str, revision: int, person: Person
    ) -> Draft:
        """Keep the TOML of a policy as it was typed, sound or not."""
        if not text.strip():
            raise UserError("To take a policy out, remove it: an empty text says nothing.")
        file = _file(self._shelf(draft_id), policy_id)
        return self._put(draft_id, file, text, revision, person)

    def place_of(self, text: str, name: str) -> str:
        """Return the file in which a text belongs: that of its policy, else a new one."""
        shelf, policy_id = self._shelf(None), policy_id_of(text)
        if not policy_id or not is_policy(name):
            return name
        sector = (title_of(text) or ("", "", "", "", 1))[2] or "common"
        return shelf.file_of(policy_id) or _new_file(shelf, policy_id, sector)

    def save_file(
        self, draft_id: UUID, file: str, text: str, revision: int, person: Person
    ) -> Draft:
        """Keep the TOML of any file, sound or not. An empty text takes it out."""
        return self._put(draft_id, file, text if text.strip() else "", revision, person)

    def remove(self, draft_id: UUID, policy_id: str, revision: int, person: Person) -> Draft:
        """Take a policy out. A protected one is refused."""
        shelf = self._shelf(draft_id)
        file = _file(shelf, policy_id)
        active = self._loader.load(shelf.active).bundle
        policy = active.policies.get(policy_id) if active else None
        retired = self._retired(shelf)
        if isinstance(policy, ProtectedPolicy) and policy_id not in retired:
            raise UserError(
                "{policy} is protected and stays. To give it up, name it in `retired` in "
                "authority.toml first.",
                policy=policy_id,
            )
        return self._put(draft_id, file, "", revision, person)

    def revert(self, draft_id: UUID, policy_id: str, revision: int, person: Person) -> Draft:
        """Give a policy the text it has in force (or take out one that is new)."""
        shelf = self._shelf(draft_id)
        file = shelf.file_of(policy_id) or Shelf(shelf.active, {}).file_of(policy_id)
        if not file:
            raise missing(policy_id)
        return self._put(draft_id, file, shelf.active.get(file, ""), revision, person)

    def _now(self) -> datetime:
        """Return the time where the company is: policies begin and end with its days."""
        return self._clock().astimezone(self._zone)

    def _retired(self, shelf: Shelf) -> frozenset[str]:
        """Return the protected policies that the draft gives up on purpose."""
        bundle = self._loader.load(shelf.files).bundle
        return bundle.authority.retired if bundle else frozenset()

    def _shelf(self, draft_id: UUID | None) -> Shelf:
        draft = self._store.draft(draft_id) if draft_id is not None else None
        return shelf_of(self._database, draft)

    def _put(self, draft_id: UUID, file: str, text: str, revision: int, person: Person) -> Draft:
        """Give a file of a draft a text; one as in force is no change."""
        kept = small_enough(text)
        draft, shelf = self._store.draft(draft_id), self._shelf(draft_id)
        if kept == shelf.files.get(file, "") and draft.revision == revision:
            return draft
        files = {name: old for name, old in draft.files.items() if name != file}
        if kept != shelf.active.get(file, ""):
            files[file] = kept
        act = "policy draft saved"
        return self._store.write(draft_id, revision, person, act, files=files)


def _file(shelf: Shelf, policy_id: str) -> str:
    file = shelf.file_of(policy_id)
    if not file:
        raise missing(policy_id)
    return file


def _new_file(shelf: Shelf, policy_id: str, sector: str) -> str:
    """Return a free name: hotel.breakfast.late stands in hotel/breakfast_late.toml."""
    bare = policy_id.removeprefix(f"{sector}.").replace(".", "_") or "policy"
    name, number = f"{sector}/{bare}", 2
    while f"{name}.toml" in {*shelf.files, *shelf.active}:
        name, number = f"{sector}/{bare}_{number}", number + 1
    return f"{name}.toml"
