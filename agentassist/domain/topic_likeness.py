# SPDX-License-Identifier: Apache-2.0
"""Which of the matters of these days a text is about, by the words they share."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from agentassist.domain.likeness import has_korean

_WITHIN = timedelta(days=10)
_COMPARED = 60
_RARE = 3
_FEWEST_SHARED = 3
_FEWEST_SHARED_KOREAN = 4
_LEAST = 0.28


@dataclass(frozen=True, slots=True)
class _Told:
    case_id: UUID
    terms: frozenset[str]
    at: datetime
    order: str


class Topics:
    """Remembers the words of the latest interactions it was given.

    Only words that few of them use count: what everybody says of everything tells nothing.
    """

    def __init__(self) -> None:
        self._told: deque[_Told] = deque(maxlen=_COMPARED)

    def add(self, case_id: UUID, terms: frozenset[str], at: datetime | None, order: str) -> None:
        """Remember what an interaction of a case said; without a time it is of no day."""
        if terms and at is not None:
            self._told.append(_Told(case_id, terms, at, order))

    def rename(self, old: UUID, new: UUID) -> None:
        """Count what was said of one case for another."""
        for place, told in enumerate(self._told):
            if told.case_id == old:
                self._told[place] = replace(told, case_id=new)

    def like(self, terms: frozenset[str], at: datetime | None, order: str) -> UUID | None:
        """Return the case whose words are closest, None when none is close enough."""
        if not terms or at is None:
            return None
        near = [told for told in self._told if abs(told.at - at) <= _WITHIN]
        alike = [(told, told.terms & terms) for told in near if not _differ(order, told.order)]
        alike = [(told, shared) for told, shared in alike if len(shared) >= _FEWEST_SHARED]
        if not alike:
            return None
        usual = _usual(near, frozenset().union(*(shared for _, shared in alike)))
        scores = ((_score(terms, told, shared, usual), told.case_id) for told, shared in alike)
        score, case_id = max(scores)
        return case_id if score >= _LEAST else None


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _usual(near: list[_Told], terms: frozenset[str]) -> frozenset[str]:
    """Return which of the terms more than a few cases have."""
    cases = ((term, {told.case_id for told in near if term in told.terms}) for term in terms)
    return frozenset(term for term, having in cases if len(having) > _RARE)


def _score(
    terms: frozenset[str], told: _Told, shared: frozenset[str], usual: frozenset[str]
) -> float:
    """Return which part of the shorter text is shared, 0 when that is too little to tell."""
    telling = shared - usual
    enough = _FEWEST_SHARED_KOREAN if any(map(has_korean, telling)) else _FEWEST_SHARED
    if len(telling) < enough:
        return 0.0
    return len(telling) / max(1, min(len(terms - usual), len(told.terms - usual)))
