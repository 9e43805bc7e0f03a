# SPDX-License-Identifier: Apache-2.0
"""A stretch of history as rows: days, the heads of cases, and the interactions."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from agentassist.domain.cases import Case
from agentassist.domain.history import Interaction
from agentassist.ui.formats import day

Key: TypeAlias = tuple[str, object]
CaseOf: TypeAlias = Callable[[UUID], Case | None]
DayOf: TypeAlias = Callable[[Interaction], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A day (only `text`), the head of a case (`case` alone), or an interaction.

    `key` stays the same while pages come and go. `case` of an interaction is the one it
    shares with others. `joined` continues the conversation above; `apart` begins another
    one on the same day. `hidden` is how many interactions a folded head stands for.
    """

    key: Key
    text: str = ""
    interaction: Interaction | None = None
    case: Case | None = None
    joined: bool = False
    apart: bool = False
    hidden: int = 0

    @property
    def is_head(self) -> bool:
        """True for the head of a case."""
        return self.case is not None and self.interaction is None

    @property
    def is_choice(self) -> bool:
        """True for what can be selected: an interaction, and the head of a folded case."""
        return self.interaction is not None or self.hidden > 0


def rows_of(
    items: Sequence[Interaction], case_of: CaseOf, folded: Collection[UUID], day_of: DayOf
) -> Iterator[Row]:
    """Yield the rows of interactions that follow each other, newest first.

    Neighbours of one case stand under one head, even across days. A case that is folded
    shows its head alone.
    """
    last: Interaction | None = None
    last_case: Case | None = None
    shown_day = None
    for at, item in enumerate(items):
        case = _shared(case_of(item.id))
        begins = case is not None and (last_case is None or case.id != last_case.id)
        hides = case is not None and case.id in folded
        if begins or not hides:
            today = day_of(item)
            new_day = today != shown_day
            if new_day:
                yield Row(("day", today), today)
                shown_day = today
        if case is not None and begins:
            run = _run(items, at, case, case_of) if hides else 0
            yield Row(("case", (case.id, item.id)), case=case, hidden=run)
        if not hides:
            joined = _joined(item, last)
            apart = not joined and not new_day and not begins
            yield Row(("entry", item.id), "", item, case, joined, apart)
        last, last_case = item, case


def heading(item: Interaction, now: datetime) -> str:
    """Return the day of an interaction in words."""
    if item.occurred_at is None:
        return QCoreApplication.translate("TimelineModel", "Date unknown")
    return day(item.occurred_at, now)


def _shared(case: Case | None) -> Case | None:
    return case if case is not None and case.count > 1 else None


def _run(items: Sequence[Interaction], at: int, case: Case, case_of: CaseOf) -> int:
    """Return how many neighbours from `at` on belong to the case."""
    end = at
    while end < len(items) and (found := case_of(items[end].id)) and found.id == case.id:
        end += 1
    return end - at


def _joined(item: Interaction, last: Interaction | None) -> bool:
    return (
        last is not None
        and item.conversation_id is not None
        and item.conversation_id == last.conversation_id
    )
