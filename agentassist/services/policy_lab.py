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
from agentassist.domain.policy_draft import Draft, DraftState, Outcome
from agentassist.domain.policy_form import TestForm
from agentassist.domain.policy_speech import Spoken, spoken
from agentassist.domain.staff import Person
from agentassist.domain.two_people import TwoReason
from agentassist.domain.verdict import Verdict
from agentassist.domain.what_if import WhatIf
from agentassist.errors import UserError
from agentassist.intake.policy_files import read_folders
from agentassist.services import lab_trial
from agentassist.services.lab_editing import LabEditing
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
from agentassist.services.measures import PolicyMeasures, measures
from agentassist.services.policies import PolicyService
from agentassist.services.what_if import Progress, Stop, coverage, what_if
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database

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


class PolicyLab(LabEditing):
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
        super().__init__(database, policies, now, zone=zone)
        self._review = LabReview(database, self._store, self._loader, now, policies.refresh, zone)

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

    def _add_test(
        self, draft_id: UUID, policy_id: str, test: TestForm, revision: int, person: Person
    ) -> Draft:
        form = self.form(draft_id, policy_id)
        if test in form.tests:
            raise UserError("This policy has that very test already.")
        added = replace(form, tests=(*form.tests, test))
        return self.save(draft_id, policy_id, added, revision, person)
