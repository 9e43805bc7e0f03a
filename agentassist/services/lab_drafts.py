# SPDX-License-Identifier: Apache-2.0
"""Drafts in the database: each step once, by one person at a time, and in the audit."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.identifiers import new_id
from agentassist.domain.policy_draft import OPEN, Draft, DraftState
from agentassist.domain.staff import Person
from agentassist.errors import UserError
from agentassist.intake.policy_files import LARGEST_BYTES
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.policies import Policies
from agentassist.storage.policy_drafts import PolicyDrafts, stale

Step = Callable[[Connection, Draft], Draft]

_TITLE = 120


class DraftStore:
    """Reads drafts and takes their steps."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def draft(self, draft_id: UUID) -> Draft:
        """Return one draft. Raises UserError when it is not there."""
        with self._database.reading() as connection:
            return PolicyDrafts(connection).draft(draft_id)

    def drafts(self, *, closed: bool) -> tuple[Draft, ...]:
        """Return drafts, the latest changed first."""
        with self._database.reading() as connection:
            return PolicyDrafts(connection).drafts(DraftState if closed else OPEN)

    def begin(
        self, title: str, person: Person, files: Mapping[str, str], folder: str = ""
    ) -> Draft:
        """Begin a draft over what is in force."""
        signed(person)
        at = self._now()
        with self._database.transaction() as connection:
            active = Policies(connection).newest()
            if active is None:
                raise UserError("No policies are in force yet. Run the policy check.")
            draft = Draft(
                new_id(),
                named(title),
                active.digest,
                dict(files),
                DraftState.DRAFT,
                person.login,
                1,
                at,
                at,
                editors=(person.login,) if files else (),
                folder=folder,
            )
            PolicyDrafts(connection).add(draft)
            self._note(connection, "policy draft begun", person, draft, {})
        return draft

    def write(
        self, draft_id: UUID, revision: int, person: Person, act: str, **changes: Any
    ) -> Draft:
        """Save content: the draft is a draft again, at its next revision."""

        def step(_: Connection, draft: Draft) -> Draft:
            others = tuple(login for login in draft.editors if login != person.login)
            return replace(
                draft,
                state=DraftState.DRAFT,
                revision=draft.revision + 1,
                editors=(*others, person.login),
                **changes,
            )

        return self.step(draft_id, revision, person, act, step)

    def step(
        self,
        draft_id: UUID,
        revision: int | None,
        person: Person,
        act: str,
        step: Step,
        states: frozenset[DraftState] = OPEN,
        details: Mapping[str, object] | None = None,
    ) -> Draft:
        """Take one step, alone: nobody else's comes in between.

        Raises UserError when somebody saved since `revision` (None: any), or when the draft
        is not in one of `states`.
        """
        signed(person)
        with self._database.transaction() as connection:
            Audit(connection, now=self._now).take_turn()
            store = PolicyDrafts(connection)
            draft = store.draft(draft_id)
            if revision is not None and draft.revision != revision:
                raise stale(draft)
            if draft.state not in states:
                raise UserError("This draft has moved on meanwhile: open it again.")
            made = replace(step(connection, draft), changed_at=self._now())
            store.change(made, draft.revision)
            self._note(connection, act, person, made, details or {})
        return made

    def _note(
        self,
        connection: Connection,
        act: str,
        person: Person,
        draft: Draft,
        details: Mapping[str, object],
    ) -> None:
        told = {"title": draft.title, "revision": draft.revision, **details}
        Audit(connection, now=self._now).append(act, person.login, str(draft.id), told)


def signed(person: Person) -> None:
    """Refuse somebody who has not signed in."""
    if not person.login:
        raise UserError("Sign in first: every step of a policy carries a name.")


def named(title: str) -> str:
    """Return a title that can be shown in a list. Raises UserError for an empty one."""
    bare = " ".join(title.split())[:_TITLE]
    if not bare:
        raise UserError("Give the draft a title that says what it changes.")
    return bare


def small_enough(text: str) -> str:
    """Return the text of a file as it is kept. Raises UserError when it is too large."""
    kept = text.replace("\r\n", "\n")
    if len(kept.encode()) > LARGEST_BYTES:
        raise UserError("One policy is one page: at most {most} KB.", most=LARGEST_BYTES // 1024)
    return kept
