# SPDX-License-Identifier: Apache-2.0
"""One thing that a customer does again and again, as it is shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from agentassist.domain.history import Channel


class PatternKind(StrEnum):
    """What repeats."""

    ORDERS_MONTHLY = "orders monthly"
    ORDERS_EVERY = "orders every"
    CONTACTS_WEEKDAY = "contacts weekday"
    QUESTION_EVERY = "question every"
    RETURNS = "returns"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One thing that repeats. `seen` of `among` occurrences show it.

    `number` is the day of the month, the day of the week (Monday is 0), or the days between
    two occurrences, by kind; `words` is what a question is about, or the item ordered.
    `fits_now` says that today is the day. `sources` are interactions, the newest first.
    """

    kind: PatternKind
    seen: int
    among: int
    number: int
    last: date
    words: str = ""
    channel: Channel | None = None
    fits_now: bool = False
    sources: tuple[UUID, ...] = ()
