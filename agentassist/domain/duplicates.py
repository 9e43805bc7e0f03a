# SPDX-License-Identifier: Apache-2.0
"""Duplicate candidates: what is suggested to a person, and what may be merged without one."""

from dataclasses import dataclass
from uuid import UUID

from agentassist.domain.comparison import Comparison, Veto
from agentassist.domain.customer import Customer
from agentassist.domain.grouping import Bounds

SUGGEST = -1.0
"""The score from which a pair is shown to a person: one to two."""

NOT_SHOWN = frozenset({Veto.NOT_SAME, Veto.NAME})
"""Pairs that nobody is asked about: told apart before, or with nothing alike in their names."""

SURE = Bounds(least=6.0, score=6.0, average=0.0)
"""What the first look joins, to count people instead of records."""

MERGE = Bounds(least=0.0, score=4.0, average=-3.0)
"""What is merged without a person: sixteen to one by two kinds of information at the least."""

POSSIBLE = Bounds(least=-2.0, score=SUGGEST, average=-4.0, kinds=1, vetoes=False)
"""What is suggested, joined to people."""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two customers who may be one, the one who was known first before the other."""

    one: UUID
    other: UUID
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer who may be the same person as the one that was asked about, and why."""

    customer: Customer
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class DuplicatesFound:
    """What a search found.

    Attributes:
        records: how many were compared.
        certain: pairs that join the groups that may be merged, each with its evidence.
        suggested: pairs for a person to judge, the likeliest first.
        people: the groups of records that `certain` and earlier merges make.
        possible: the same with what is suggested.
    """

    records: int
    certain: tuple[DuplicatePair, ...]
    suggested: tuple[DuplicatePair, ...]
    people: tuple[tuple[UUID, ...], ...]
    possible: tuple[tuple[UUID, ...], ...]


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """How far a search is: the name of the step, and how much of it is done."""

    step: str
    done: int
    total: int
