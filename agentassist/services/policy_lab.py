# SPDX-License-Identifier: Apache-2.0
"""The policy lab: policies drafted, tried, reviewed, put in force and taken back.

Everything blocks; the desk calls it in a lane. A draft holds whatever its author writes,
also what is wrong; only what the check finds sound gets in force. Every step stands in
the audit, in the transaction that makes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path as Folder
from uuid import UUID

from agentassist.domain.facts import from_json
from agentassist.domain.policy import ProtectedPolicy
from agentassist.domain.policy_draft import Draft, DraftState, Outcome
from agentassist.domain.policy_form import PolicyForm, TestForm
from agentassist.domain.policy_speech import Spoken, spoken
from agentassist.domain.staff import Person
from agentassist.domain.two_people import TwoReason
from agentassist.domain.verdict import Verdict
from agentassist.domain.what_if import WhatIf
from agentassist.errors import UserError
from agentassist.intake.policy_files import read_folders
from agentassist.intake.policy_forms import form_of, read_toml
from agentassist.intake.policy_single import policy_id_of, title_of
from agentassist.intake.policy_writer import write
from agentassist.services import lab_trial
from agentassist.services.lab_drafts import DraftStore, small_enough
from agentassist.services.lab_review import LabReview
from agentassist.services.lab_rows import (
    Choices,
    FactChoice,
    HistoryRow,
    LabFault,
    PolicyRow,
    RuleUse,
    Slider,
    Standing,
)
from agentassist.services.lab_shelf import Loader, Shelf, is_policy, missing, shelf_of
from agentassist.services.measures import PolicyMeasures, measures
from agentassist.services.policies import PolicyService
from agentassist.services.policy_source import folder_hash
from agentassist.services.what_if import Progress, Stop, coverage, what_if
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.past_decisions import PastDecisions

__all__ = [
    "Choices",
    "Draft",
    "DraftState",
    "FactChoice",
    "HistoryRow",
    "LabFault",
    "Outcome",
    "PolicyLab",
    "PolicyRow",
    "Progress",
    "RuleUse",
    "Slider",
    "Spoken",
    "Standing",
    "Stop",
]


class PolicyLab:
    """Everything the lab's window and command line do.

    Methods that write take the `revision` the person saw: when another save came first,
    UserError says who saved. `person` is who does it; reviewing and putting in force take
    a lead or a supervisor. A `draft_id` of None looks at what is in force. `zone` is where
    the company is (None: where this machine is).
    """

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
        self._review = LabReview(database, self._store, self._loader, now, policies.refresh, zone)

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
            uses, rules = past.uses(since), past.overrides(since)
        overrides: dict[str, int] = {}
        for (policy_id, _), times in rules.items():
            overrides[policy_id] = overrides.get(policy_id, 0) + times
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
        return self._store.write(draft_id, revision, person, act, title=title.strip()[:120])

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

    def file_text(self, draft_id: UUID | None, file: str) -> str:
        """Return the TOML of any file (facts.toml, authority.toml), empty for a new one."""
        return self._shelf(draft_id).files.get(file, "")

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

    # Trying

    def check(self, draft_id: UUID) -> tuple[LabFault, ...]:
        """Return every fault of a draft; empty: sound."""
        return self._loader.faults(self._shelf(draft_id))

    def spoken(self, draft_id: UUID | None, policy_id: str, language: str) -> tuple[Spoken, ...]:
        """Return the policy as sentences. Raises UserError while its text is not readable."""
        bundle, policy = self._loader.trial(self._shelf(draft_id), policy_id)
        return spoken(policy, bundle, language)

    def sliders(self, draft_id: UUID | None, policy_id: str, language: str) -> tuple[Slider, ...]:
        """Return the facts that this policy and the guards before it look at."""
        bundle, policy = self._loader.trial(self._shelf(draft_id), policy_id)
        return lab_trial.sliders(bundle, policy, language)

    def try_facts(
        self, draft_id: UUID | None, policy_id: str, values: Mapping[str, str], language: str
    ) -> Verdict:
        """Decide on facts as people write them; a missing or empty one is unknown.

        Works while other policies of the draft are faulty. Raises UserError for a wrong
        value, or while this policy itself cannot be read.
        """
        bundle, policy = self._loader.trial(self._shelf(draft_id), policy_id)
        at = self._now()
        facts = lab_trial.facts_from(bundle, values, at)
        return lab_trial.decided(bundle, policy.id, facts, at, language)

    def add_test(
        self,
        draft_id: UUID,
        policy_id: str,
        values: Mapping[str, str],
        revision: int,
        person: Person,
    ) -> Draft:
        """Make a test of facts that were tried: it expects what is decided now."""
        bundle, policy = self._loader.trial(self._shelf(draft_id), policy_id)
        at = self._now()
        facts = lab_trial.facts_from(bundle, values, at)
        test = lab_trial.test_of(bundle, policy, facts, at)
        return self._add_test(draft_id, policy_id, test, revision, person)

    def test_of_decision(
        self, draft_id: UUID, decision_id: UUID, revision: int, person: Person
    ) -> Draft:
        """Make this call a test: the facts it had, and the verdict that was given on them.

        Where the policy says something else by now, the check tells it as a failing test.
        """
        with self._database.reading() as connection:
            decision = Calls(connection).decision(decision_id)
        if decision is None:
            raise UserError("This decision is not stored any more.")
        bundle, policy = self._loader.trial(self._shelf(draft_id), decision.policy_id)
        facts = lab_trial.test_facts(bundle, policy, from_json(decision.facts), decision.at)
        test = TestForm(facts=facts, expect=lab_trial.expected(decision.verdict))
        return self._add_test(draft_id, policy.id, test, revision, person)

    # Reviewing

    def standing(self, draft_id: UUID) -> Standing:
        """Return what was changed, what is missing, and who must look."""
        return self._review.standing(draft_id)

    def submit(self, draft_id: UUID, revision: int, person: Person, note: str = "") -> Draft:
        """Send a sound draft for review."""
        return self._review.submit(draft_id, revision, person, note)

    def review(
        self, draft_id: UUID, revision: int, outcome: Outcome, note: str, person: Person
    ) -> Draft:
        """Approve a draft or send it back, with a note.

        Approving takes somebody who wrote nothing in it.
        """
        return self._review.review(draft_id, revision, outcome, note, person)

    def activate(
        self,
        draft_id: UUID,
        revision: int,
        person: Person,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Draft:
        """Put a draft in force. Desks that run notice with their next contact.

        Raises UserError when it is faulty, needs another pair of eyes, was overtaken, drops
        a protected policy, or would turn a past refusal into something else (named).
        """
        return self._review.activate(draft_id, revision, person, progress, stop)

    def rebase(self, draft_id: UUID, revision: int, person: Person) -> Draft:
        """Move a draft over what is in force now, keeping what it changed."""
        return self._review.rebase(draft_id, revision, person)

    def discard(self, draft_id: UUID, person: Person) -> Draft:
        """Put a draft away; `restore` brings it back."""
        return self._review.discard(draft_id, person)

    def restore(self, draft_id: UUID, person: Person) -> Draft:
        """Bring a discarded draft back, as a draft."""
        return self._review.restore(draft_id, person)

    def history(self, limit: int = 50) -> tuple[HistoryRow, ...]:
        """Return what was put in force, the newest first."""
        return self._review.history(limit)

    def rollback_needs(self, digest: str) -> tuple[TwoReason, ...]:
        """Return why a second person must sign a rollback; empty: one is enough."""
        return self._review.rollback_needs(digest)

    def rollback(self, digest: str, person: Person, second: Person | None = None) -> HistoryRow:
        """Put a bundle in force again that was in force before (also to undo a rollback).

        `second` signs too where protected policies or money change (`rollback_needs`).
        """
        return self._review.rollback(digest, person, second)

    # Past decisions

    def what_if(
        self,
        draft_id: UUID,
        since: datetime | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
        language: str = "en",
    ) -> WhatIf:
        """Replay past decisions over a sound draft. Raises Cancelled when stopped."""
        shelf = self._shelf(draft_id)
        before, loaded = self._loader.load(shelf.active).bundle, self._loader.load(shelf.files)
        if before is None or loaded.bundle is None:
            raise UserError("Mend the faults of this draft first: what-if needs sound policies.")
        after = loaded.bundle
        return what_if(
            self._database,
            before,
            after,
            since,
            progress,
            stop,
            language=language,
            zone=self._zone,
        )

    def simulate(
        self,
        folder: Folder,
        since: datetime | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> WhatIf:
        """Replay past decisions over the policies of a folder. Raises its first fault."""
        files, unread = read_folders([folder])
        before, loaded = self._loader.load(self._shelf(None).active), self._loader.load(files)
        if before.bundle is None or loaded.bundle is None or unread:
            raise (*unread, *loaded.faults, *before.faults)[0]
        sides = (before.bundle, loaded.bundle)
        return what_if(self._database, *sides, since, progress, stop, zone=self._zone)

    def measures(self, since: datetime | None = None) -> PolicyMeasures:
        """Return whether the house says yes: declines, alternatives, overrides, promises."""
        return measures(self._database, since, self._now)

    def coverage(
        self,
        since: datetime | None = None,
        language: str = "en",
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> tuple[RuleUse, ...]:
        """Return how often each rule in force decided, those never used too."""
        bundle = self._loader.load(self._shelf(None).files).bundle
        if bundle is None:
            raise UserError("The policies in force cannot be read. Run the policy check.")
        return coverage(self._database, bundle, since, language, progress, stop, zone=self._zone)

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

    def _add_test(
        self, draft_id: UUID, policy_id: str, test: TestForm, revision: int, person: Person
    ) -> Draft:
        form = self.form(draft_id, policy_id)
        if test in form.tests:
            raise UserError("This policy has that very test already.")
        added = replace(form, tests=(*form.tests, test))
        return self.save(draft_id, policy_id, added, revision, person)


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
