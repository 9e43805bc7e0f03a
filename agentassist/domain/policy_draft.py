# SPDX-License-Identifier: Apache-2.0
"""A change of policies on its way: draft, in review, reviewed, active, retired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.staff import Person

DECIDERS = frozenset({"lead", "supervisor"})
"""The roles that may review a draft and put it in force."""


class DraftState(StrEnum):
    """Where a draft stands. One that was sent back is a draft again."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    REVIEWED = "reviewed"
    ACTIVE = "active"
    RETIRED = "retired"
    DISCARDED = "discarded"


OPEN = frozenset({DraftState.DRAFT, DraftState.IN_REVIEW, DraftState.REVIEWED})
"""The states in which a draft may still be edited; an edit makes it a draft again."""


class Outcome(StrEnum):
    """What a reviewer says."""

    APPROVED = "approved"
    SENT_BACK = "sent back"


@dataclass(frozen=True, slots=True)
class Review:
    """What was said about one revision of a draft."""

    revision: int
    reviewer: str
    outcome: Outcome
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A change of policy files.

    `files` are those that differ from the bundle `base_digest` it began with; an empty
    text takes the file out. `revision` counts the saves. `editors` are the logins that
    wrote in it, the latest last; none of them is a second pair of eyes. `folder` is the
    hash of the folder that it was imported from, empty where it was not.
    """

    id: UUID
    title: str
    base_digest: str
    files: Mapping[str, str]
    state: DraftState
    author: str
    revision: int
    created_at: datetime
    changed_at: datetime
    note: str = ""
    editors: tuple[str, ...] = ()
    folder: str = ""

    def over(self, base: Mapping[str, str]) -> dict[str, str]:
        """Return the files that there are once this change is made to `base`."""
        return {name: text for name, text in {**base, **self.files}.items() if text}


def may_decide(person: Person) -> bool:
    """True for those who may review a draft and put it in force."""
    return bool(person.login) and person.role in DECIDERS


def is_second(person: Person, draft: Draft) -> bool:
    """True when `person` neither began nor wrote this draft, and may decide."""
    wrote = {login.casefold() for login in (draft.author, *draft.editors)}
    return may_decide(person) and person.login.casefold() not in wrote
