# SPDX-License-Identifier: Apache-2.0
"""Why two records are, or are not, one person: evidence that a person can read."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

Alike = Callable[[str, str], float]
"""How alike two short texts are, 0 to 1: an edit distance that knows swapped letters."""


class Field(StrEnum):
    """What was compared."""

    NAME = "name"
    BIRTH_DATE = "birth date"
    EMAIL = "e-mail"
    PHONE = "phone"
    HANDLE = "handle"
    ACCOUNT = "account"
    ID_NUMBER = "id number"
    ADDRESS = "address"
    POSTAL_CODE = "postal code"


class How(StrEnum):
    """How two values agree or disagree."""

    SAME = "same"
    SPELT_OTHERWISE = "spelt otherwise"
    SHORT_FORM = "short form"
    SIMILAR = "similar"
    IN_PART = "in part"
    SHARED = "shared by many"
    MAYBE = "maybe the same"
    DIFFERENT = "different"


class NameMatch(StrEnum):
    """How far two names are one, as a whole."""

    UNKNOWN = "unknown"
    WHOLE = "whole"
    PART = "part"
    MIXED = "mixed"
    NONE = "none"


class DateMatch(StrEnum):
    """How two dates of eight digits agree."""

    UNKNOWN = "unknown"
    SAME = "same"
    SLIP = "slip"
    CLOSE = "close"
    APART = "apart"
    GENERATION = "generation"


class Veto(StrEnum):
    """Why two records may not be merged by the program, whatever else agrees."""

    ID_NUMBER = "different id numbers"
    BIRTH_DATE = "different birth dates"
    GIVEN_NAME = "different given names"
    NAME = "different names"
    NOT_SAME = "told apart by a person"


@dataclass(frozen=True, slots=True)
class Clue:
    """One field of two records: how it agrees, what it weighs in bits, and what both say."""

    field: Field
    how: How
    weight: float
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two records have in common.

    `score` is the logarithm to base 2 of the odds that they are one person: 0 is as likely
    as not, 10 a thousand to one.
    """

    score: float
    clues: tuple[Clue, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    name: NameMatch = NameMatch.UNKNOWN
    born: DateMatch = DateMatch.UNKNOWN
    family_differs: bool = False

    @property
    def kinds(self) -> int:
        """How many kinds of information speak for one person by themselves."""
        return len({_KIND[clue.field] for clue in self.clues if clue.weight > _SPEAKS})

    @property
    def contradictions(self) -> tuple[Clue, ...]:
        """What differs although a person has one of it: an id number, a birth date."""
        return tuple(
            clue for clue in self.clues if clue.field in _STRONG and clue.how is not How.SAME
        )

    def turned(self) -> "Comparison":
        """Return the comparison of the other with the one."""
        clues = (replace(clue, one=clue.other, other=clue.one) for clue in self.clues)
        return replace(self, clues=tuple(clues))


_SPEAKS = 1.0
_STRONG = frozenset({Field.ID_NUMBER, Field.BIRTH_DATE})
_KIND = {field: field for field in Field} | {Field.POSTAL_CODE: Field.ADDRESS}


def together(found: Sequence[Comparison]) -> Comparison:
    """Return what all records of one side say of all of the other: the best of each field.

    A veto of any pair is one of both sides. There must be at least one comparison.
    """
    best: dict[Field, Clue] = {}
    for clue in (clue for item in found for clue in item.clues):
        if clue.field not in best or best[clue.field].weight < clue.weight:
            best[clue.field] = clue
    prior = found[0].score - math.fsum(clue.weight for clue in found[0].clues)
    score = prior + math.fsum(clue.weight for clue in best.values())
    vetoes = tuple(dict.fromkeys(veto for item in found for veto in item.vetoes))
    return Comparison(score, tuple(best.values()), vetoes)
