# SPDX-License-Identifier: Apache-2.0
"""From draft to in force and back: who must look, what must hold, and the way back.

Two people for protected policies and for more money; otherwise the author alone. Putting
in force is the last of many looks: sound, not overtaken, seen by a second person where
needed, no protected policy dropped, and no past refusal that would fall.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.policy import Bundle
from agentassist.domain.policy_changes import changes
from agentassist.domain.policy_draft import (
    OPEN,
    Draft,
    DraftState,
    Outcome,
    Review,
    is_second,
    may_decide,
)
from agentassist.domain.staff import Person
from agentassist.domain.two_people import TwoReason, needs_two
from agentassist.domain.what_if import WhatIf
from agentassist.errors import UserError
from agentassist.services.lab_drafts import DraftStore, signed
from agentassist.services.lab_rows import HistoryRow, LabFault, Standing
from agentassist.services.lab_shelf import Loader, Shelf, shelf_of, stored_active
from agentassist.services.policy_source import dropped, folder_hash
from agentassist.services.what_if import Progress, Stop, what_if
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.policies import LAB, ROLLBACK, Policies
from agentassist.storage.policy_drafts import PolicyDrafts, stale

_NAMED = 3
_APPROVED = "policy draft approved"


class LabReview:
    """Takes drafts through review, puts them in force, and takes them back."""

    def __init__(
        self,
        database: Database,
        store: DraftStore,
        loader: Loader,
        now: Callable[[], datetime],
        took_effect: Callable[[], object],
        zone: tzinfo | None = None,
    ) -> None:
        self._database = database
        self._store = store
        self._loader = loader
        self._now = now
        self._took_effect = took_effect
        self._zone = zone

    def standing(self, draft_id: UUID) -> Standing:
        """Return what was changed, what is missing, and who must look."""
        draft = self._store.draft(draft_id)
        shelf = shelf_of(self._database, draft)
        faults = self._loader.faults(shelf)
        before, after = self._sides(shelf)
        reviews = self._reviews(draft_id)
        return Standing(
            draft,
            changes(before, after) if before and after else (),
            needs_two(before, after) if before and after else (),
            faults,
            reviews,
            self._conflicts(draft),
            self._approved_by(draft, reviews),
        )

    def submit(self, draft_id: UUID, revision: int, person: Person, note: str) -> Draft:
        """Send a sound draft for review."""
        standing = self.standing(draft_id)
        _fresh(standing.draft, revision)
        if not standing.changes and not standing.faults:
            raise UserError("This draft changes nothing: there is nothing to review.")
        _sound(standing.faults)

        def step(_: Connection, draft: Draft) -> Draft:
            return replace(draft, state=DraftState.IN_REVIEW, note=note.strip())

        return self._store.step(draft_id, revision, person, "policy draft submitted", step)

    def review(
        self, draft_id: UUID, revision: int, outcome: Outcome, note: str, person: Person
    ) -> Draft:
        """Approve a draft or send it back, with a note."""
        signed(person)
        _decider(person)

        def step(connection: Connection, draft: Draft) -> Draft:
            if outcome is Outcome.APPROVED and not is_second(person, draft):
                raise UserError(
                    "You wrote in this draft: somebody else with the role of a lead or a "
                    "supervisor must approve it."
                )
            said = Review(draft.revision, person.login, outcome, note.strip(), self._now())
            PolicyDrafts(connection).review(draft.id, said)
            approved = outcome is Outcome.APPROVED
            return replace(draft, state=DraftState.REVIEWED if approved else DraftState.DRAFT)

        states = frozenset({DraftState.IN_REVIEW, DraftState.REVIEWED})
        act = _APPROVED if outcome is Outcome.APPROVED else "policy draft sent back"
        content = folder_hash(self._store.draft(draft_id).files)
        details = {"note": note.strip(), "content": content}
        return self._store.step(draft_id, revision, person, act, step, states, details)

    def activate(
        self,
        draft_id: UUID,
        revision: int,
        person: Person,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Draft:
        """Put a draft in force; see `PolicyLab.activate`."""
        signed(person)
        _decider(person)
        active = stored_active(self._database)
        standing = self.standing(draft_id)
        _fresh(standing.draft, revision)
        _ready(standing)
        if standing.two:
            self._unchanged(standing.draft)
        shelf = shelf_of(self._database, standing.draft)
        before, after = self._sides(shelf)
        if before is None or after is None:
            raise UserError("The policies in force cannot be read. Run the policy check.")
        zone = self._zone
        falls = what_if(
            self._database, before, after, None, progress, stop, refusals=True, zone=zone
        )
        _none_falls(falls)

        def step(connection: Connection, draft: Draft) -> Draft:
            policies = Policies(connection)
            newest = policies.newest()
            if newest is None or newest.digest != active.digest:
                raise UserError("Other policies came in force just now: look again, then repeat.")
            policies.save_bundle(after.digest, shelf.files, self._now())
            policies.activate(after.digest, self._now(), person.login, LAB, draft.id)
            _retire(connection, self._now())
            return replace(draft, state=DraftState.ACTIVE)

        details: dict[str, object] = {
            "bundle": after.digest,
            "before": active.digest,
            "second": standing.approved_by,
            "two": [str(why) for why in standing.two],
        }
        made = self._store.step(
            draft_id, revision, person, "policies put in force", step, OPEN, details
        )
        self._took_effect()
        return made

    def rebase(self, draft_id: UUID, revision: int, person: Person) -> Draft:
        """Move a draft over what is in force now, keeping what it changed."""
        digest = stored_active(self._database).digest
        return self._store.write(
            draft_id, revision, person, "policy draft rebased", base_digest=digest
        )

    def discard(self, draft_id: UUID, person: Person) -> Draft:
        """Put a draft away."""
        return self._move(draft_id, person, OPEN, DraftState.DISCARDED, "policy draft discarded")

    def restore(self, draft_id: UUID, person: Person) -> Draft:
        """Bring a discarded draft back, as a draft."""
        states = frozenset({DraftState.DISCARDED})
        return self._move(draft_id, person, states, DraftState.DRAFT, "policy draft restored")

    def history(self, limit: int) -> tuple[HistoryRow, ...]:
        """Return what was put in force, the newest first."""
        with self._database.reading() as connection:
            rows = Policies(connection).activations(limit)
            titles = {d.id: d.title for d in PolicyDrafts(connection).drafts(DraftState)}
        return tuple(
            HistoryRow(
                row.id,
                row.digest,
                row.activated_at,
                row.actor,
                row.source,
                row.draft_id,
                titles.get(row.draft_id, "") if row.draft_id else "",
                place == 0,
            )
            for place, row in enumerate(rows)
        )

    def rollback_needs(self, digest: str) -> tuple[TwoReason, ...]:
        """Return why a second person must sign this rollback; empty: one is enough."""
        before, after = self._rollback_sides(digest)
        return needs_two(before, after)

    def rollback(self, digest: str, person: Person, second: Person | None) -> HistoryRow:
        """Put a bundle in force again; see `PolicyLab.rollback`."""
        signed(person)
        _decider(person)
        before, after = self._rollback_sides(digest)
        for fault in dropped(before, after):
            raise fault
        _second(needs_two(before, after), person, second)
        with self._database.transaction() as connection:
            audit = Audit(connection, now=self._now)
            audit.take_turn()
            policies = Policies(connection)
            current = policies.newest()
            draft_id = next(
                (a.draft_id for a in policies.activations(500) if a.digest == digest), None
            )
            policies.activate(digest, self._now(), person.login, ROLLBACK, draft_id)
            _retire(connection, self._now(), draft_id)
            told = {"bundle": digest, "before": current.digest if current else ""}
            told |= {"second": second.login if second else ""}
            audit.append("policies rolled back", person.login, digest, told)
        self._took_effect()
        return self.history(1)[0]

    def _rollback_sides(self, digest: str) -> tuple[Bundle, Bundle]:
        active = stored_active(self._database)
        with self._database.reading() as connection:
            stored = Policies(connection).bundle(digest)
        if stored is None or digest == active.digest:
            raise UserError("Pick policies from the history that are not in force now.")
        before = self._loader.load(active.files).bundle
        loaded = self._loader.load(stored.files)
        if loaded.faults:
            raise loaded.faults[0]
        if before is None or loaded.bundle is None:
            raise UserError("The policies in force cannot be read. Run the policy check.")
        return before, loaded.bundle

    def _move(
        self,
        draft_id: UUID,
        person: Person,
        states: frozenset[DraftState],
        state: DraftState,
        act: str,
    ) -> Draft:
        def step(_: Connection, draft: Draft) -> Draft:
            return replace(draft, state=state)

        return self._store.step(draft_id, None, person, act, step, states)

    def _sides(self, shelf: Shelf) -> tuple[Bundle | None, Bundle | None]:
        return self._loader.load(shelf.active).bundle, self._loader.load(shelf.files).bundle

    def _reviews(self, draft_id: UUID) -> tuple[Review, ...]:
        with self._database.reading() as connection:
            return PolicyDrafts(connection).reviews(draft_id)

    def _conflicts(self, draft: Draft) -> tuple[str, ...]:
        """Return the files that were changed in force after the draft began."""
        active = stored_active(self._database)
        if draft.state not in OPEN or draft.base_digest == active.digest:
            return ()
        with self._database.reading() as connection:
            stored = Policies(connection).bundle(draft.base_digest)
        base = stored.files if stored else {}
        return tuple(
            file
            for file, text in sorted(draft.files.items())
            if active.files.get(file, "") not in (base.get(file, ""), text)
        )

    def _unchanged(self, draft: Draft) -> None:
        """Compare what was approved, as the audit has it, with what is there now."""
        with self._database.reading() as connection:
            entries = Audit(connection).entries(str(draft.id))
            approved = [e.details.get("content") for e in entries if e.kind == _APPROVED]
        if approved[-1:] != [folder_hash(draft.files)]:
            raise UserError(
                "This draft is not what was approved: save it again and send it for review."
            )

    def _approved_by(self, draft: Draft, reviews: tuple[Review, ...]) -> str:
        """Return who approved this very revision; a later "sent back" takes it away."""
        if draft.state is not DraftState.REVIEWED:
            return ""
        said = [review for review in reviews if review.revision == draft.revision]
        approved = [review for review in said if review.outcome is Outcome.APPROVED]
        return approved[-1].reviewer if approved else ""


def _decider(person: Person) -> None:
    if not may_decide(person):
        raise UserError("This takes the login of a lead or a supervisor.")


def _fresh(draft: Draft, revision: int) -> None:
    if draft.revision != revision:
        raise stale(draft)


def _sound(faults: tuple[LabFault, ...]) -> None:
    if faults:
        raise UserError(
            "This draft still has faults ({number}): mend them first.", number=len(faults)
        )


def _ready(standing: Standing) -> None:
    """Refuse a draft that is not ready, with what to do next."""
    _sound(standing.faults)
    if standing.conflicts:
        raise UserError(
            "{files} was changed in force since this draft began: look at both, then move the "
            "draft over what is in force.",
            files=", ".join(standing.conflicts),
        )
    if not standing.changes:
        raise UserError("This draft changes nothing: there is nothing to put in force.")
    if standing.two and not standing.approved_by:
        raise UserError("Two people must look at this change: send it for review first.")


def _none_falls(result: WhatIf) -> None:
    if result.protected_flips:
        named = "; ".join(f"{x.title} ({x.at:%Y-%m-%d})" for x in result.protected[:_NAMED])
        raise UserError(
            "{number} past refusals of protected requests would fall: {named}. Protected "
            "requests stay refused: take this change back.",
            number=result.protected_flips,
            named=named,
        )


def _second(reasons: tuple[TwoReason, ...], person: Person, second: Person | None) -> None:
    """Check the second signature of a rollback, where one is needed."""
    if not reasons:
        return
    if second is None or not may_decide(second):
        raise UserError("A second lead or supervisor must sign this rollback.")
    if second.login.casefold() == person.login.casefold():
        raise UserError("Two different people must sign this rollback.")


def _retire(connection: Connection, at: datetime, revived: UUID | None = None) -> None:
    """Let drafts that were in force be retired; `revived` is the one in force again."""
    store = PolicyDrafts(connection)
    for draft in store.drafts([DraftState.ACTIVE, DraftState.RETIRED]):
        state = DraftState.ACTIVE if draft.id == revived else DraftState.RETIRED
        if draft.state is not state:
            store.change(replace(draft, state=state, changed_at=at), draft.revision)
