# SPDX-License-Identifier: Apache-2.0
"""Who is calling: the outcome of a look-up, with evidence a person can read."""

from dataclasses import dataclass
from enum import StrEnum

from agentassist.domain.customer import ContactKind, Customer, Standing


class Outcome(StrEnum):
    """Each outcome has a screen of its own."""

    NO_NUMBER = "no number"
    NO_MATCH = "no match"
    MAYBE = "maybe"
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
    """Why a customer is a candidate: what was compared, and how it agreed.

    `standing` is that of the contact point it was found by, and `label` says of a guess
    where it comes from.
    """

    kind: ContactKind
    means: Means
    value: str
    standing: Standing = Standing.OWN
    label: str = ""

    @property
    def certain(self) -> bool:
        """True when it agreed in full, by a point that is nobody else's and no guess."""
        return self.means is not Means.LAST_DIGITS and self.standing is Standing.OWN


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be the caller."""

    customer: Customer
    evidence: tuple[Evidence, ...]

    @property
    def certain(self) -> bool:
        """True when at least one identifier agreed in full and speaks for one customer."""
        return any(item.certain for item in self.evidence)

    @property
    def guessed(self) -> bool:
        """True when nothing but a guess led here: mined from a text, or the last digits."""
        return not any(item.certain or item.standing is Standing.SHARED for item in self.evidence)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The result of looking a caller up."""

    outcome: Outcome
    candidates: tuple[Candidate, ...] = ()
    attempts: tuple[Attempt, ...] = ()


def recognise(candidates: tuple[Candidate, ...], attempts: tuple[Attempt, ...]) -> Recognition:
    """Judge the candidates: a guess never stands beside a match.

    One customer with a shared number alone is not taken for granted: others who share it may
    not be known yet.
    """
    certain = tuple(candidate for candidate in candidates if candidate.certain)
    likely = tuple(candidate for candidate in candidates if not candidate.guessed)
    kept = certain or likely or candidates
    return Recognition(_outcome(kept, attempts), kept, attempts)


def _outcome(kept: tuple[Candidate, ...], attempts: tuple[Attempt, ...]) -> Outcome:
    if len(kept) > 1:
        return Outcome.MANY_MATCHES
    if kept:
        return Outcome.ONE_MATCH if kept[0].certain else Outcome.MAYBE
    return Outcome.NO_MATCH if attempts else Outcome.NO_NUMBER
