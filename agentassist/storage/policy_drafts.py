# SPDX-License-Identifier: Apache-2.0
"""Drafts of policies and what reviewers said about them."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from agentassist.domain.identifiers import new_id
from agentassist.domain.policy_draft import Draft, DraftState, Outcome, Review
from agentassist.errors import UserError
from agentassist.storage.rows import upsert
from agentassist.storage.schema.policies import policy_drafts, policy_reviews


class PolicyDrafts:
    """Reads and writes drafts on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, draft: Draft) -> None:
        """Insert a draft."""
        self._connection.execute(insert(policy_drafts).values(asdict(draft)))

    def draft(self, draft_id: UUID) -> Draft:
        """Return one draft. Raises UserError when it is not there."""
        query = select(policy_drafts).where(policy_drafts.c.id == draft_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise UserError("There is no such draft any more. Pick one from the list.")
        return _draft(row)

    def drafts(self, states: Iterable[DraftState]) -> tuple[Draft, ...]:
        """Return the drafts in these states, the latest changed first."""
        wanted = policy_drafts.c.state.in_([state.value for state in states])
        newest = (policy_drafts.c.changed_at.desc(), policy_drafts.c.id.desc())
        rows = self._connection.execute(select(policy_drafts).where(wanted).order_by(*newest))
        return tuple(_draft(row) for row in rows)

    def folders(self, states: Iterable[DraftState]) -> frozenset[str]:
        """Return the hashes of the folders that drafts in these states came from."""
        wanted = policy_drafts.c.state.in_([state.value for state in states])
        query = select(policy_drafts.c.folder).where(wanted, policy_drafts.c.folder != "")
        return frozenset(self._connection.execute(query).scalars())

    def change(self, draft: Draft, revision: int) -> None:
        """Overwrite a draft that still is at `revision`, in one step.

        Raises:
            UserError: somebody saved in between; the sentence says who.
        """
        mine = (policy_drafts.c.id == draft.id, policy_drafts.c.revision == revision)
        row = {key: value for key, value in asdict(draft).items() if key != "id"}
        done = self._connection.execute(update(policy_drafts).where(*mine).values(row))
        if done.rowcount != 1:
            raise stale(self.draft(draft.id))

    def review(self, draft_id: UUID, review: Review) -> None:
        """Add what a reviewer said; said again about one revision, the later word counts."""
        key = (policy_reviews.c.draft_id, policy_reviews.c.revision, policy_reviews.c.reviewer)
        said = (draft_id, review.revision, review.reviewer)
        same = [column == value for column, value in zip(key, said, strict=True)]
        query = select(policy_reviews.c.id).where(*same)
        known = self._connection.execute(query).scalar_one_or_none()
        row = asdict(review) | {"id": known or new_id(), "draft_id": draft_id}
        upsert(self._connection, policy_reviews, row)

    def reviews(self, draft_id: UUID) -> tuple[Review, ...]:
        """Return what was said about a draft, in order."""
        query = select(policy_reviews).where(policy_reviews.c.draft_id == draft_id)
        rows = self._connection.execute(query.order_by(policy_reviews.c.at, policy_reviews.c.id))
        return tuple(
            Review(row.revision, row.reviewer, Outcome(row.outcome), row.note, row.at)
            for row in rows
        )


def stale(draft: Draft) -> UserError:
    """Say who saved in between."""
    return UserError(
        "{person} has saved this draft since you opened it. Open it again, then repeat your "
        "change.",
        person=(draft.editors or (draft.author,))[-1] or "Somebody",
    )


def _draft(row: Row[Any]) -> Draft:
    fields = row._asdict()
    state, editors = DraftState(fields["state"]), tuple(fields["editors"])
    return Draft(**(fields | {"state": state, "editors": editors}))
