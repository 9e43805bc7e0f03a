# SPDX-License-Identifier: Apache-2.0
"""Who is calling: the outcome of a look-up, with evidence a person can read."""

from dataclasses import dataclass
from enum import StrEnum

from agentassist.domain.customer import ContactKind, Customer


class Outcome(StrEnum):
    """Each outcome has a screen of its own."""

    NO_NUMBER = "no number"
    NO_MATCH = "no match"
    ONE_MATCH = "one match"
    MANY_MATCHES = "many matches"


class Means(StrEnum):
    """How an identifier led to a customer, the surest first."""

    EXACT = "exact"
    WITHOUT_EXTENSION = "without extension"
    LAST_DIGITS = "last digits"
    PURCHASE = "purchase"


@dataclass(frozen=True, slots=True)
class Identifier:
    """What the caller came with: a number, an address, a handle, an account, an order."""

    kind: ContactKind
    value: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look-up that was made; the attempts together answer "why no match"."""

    kind: ContactKind
    means: Means
    value: str
    found: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a customer is a candidate: what was compared, and how it agreed."""

    kind: ContactKind
    means: Means
    value: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be the caller."""

    customer: Customer
    evidence: tuple[Evidence, ...]

    @property
    def certain(self) -> bool:
        """True when at least one identifier agreed in full."""
        return any(item.means is not Means.LAST_DIGITS for item in self.evidence)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The result of looking a caller up."""

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    attempts: tuple[Attempt, ...] = ()


def recognise(candidates: tuple[Candidate, ...], attempts: tuple[Attempt, ...]) -> Recognition:
    """Judge the candidates: a guess by last digits never stands beside a certain match."""
    certain = tuple(candidate for candidate in candidates if candidate.certain)
    kept = certain or candidates
    return Recognition(_outcome(len(kept), attempts), kept, attempts)


def _outcome(found: int, attempts: tuple[Attempt, ...]) -> Outcome:
    if found > 1:
        return Outcome.MANY_MATCHES
    if found == 1:
        return Outcome.ONE_MATCH
    return Outcome.NO_MATCH if attempts else Outcome.NO_NUMBER
