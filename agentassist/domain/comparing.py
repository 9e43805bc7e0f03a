# SPDX-License-Identifier: Apache-2.0
"""Two records compared: weights of all fields, and what forbids that they are one.

The model is that of Fellegi and Sunter (1969): each field adds the logarithm of how much
likelier its agreement is in one person's records than in two people's. The second follows from
how common the value is among the records at hand, and the prior from how many records there
are, so that one configuration serves small and large databases.
"""

import math
from collections.abc import Iterator
from functools import lru_cache

from agentassist.domain.comparing_dates import WEIGHTS, compare_dates, same_weight
from agentassist.domain.comparing_names import NameResult, compare_names
from agentassist.domain.comparing_places import compare_places
from agentassist.domain.comparing_points import compare_points
from agentassist.domain.comparison import (
    Alike,
    Clue,
    Comparison,
    DateMatch,
    Field,
    How,
    NameMatch,
    Veto,
)
from agentassist.domain.person import Person
from agentassist.domain.trust import STRICT, Trust
from agentassist.domain.value_counts import ValueCounts

_FEWEST_RECORDS = 100
_REMEMBERED = 50_000
_HOW = {DateMatch.SAME: How.SAME, DateMatch.SLIP: How.SIMILAR, DateMatch.CLOSE: How.SIMILAR}


class Comparer:
    """Compares records of one database.

    `counts` tell how common each value is there, and are complete; `trust` what a contradiction
    means there. `records` is how many there are where only some of them were counted.
    """

    def __init__(
        self, counts: ValueCounts, alike: Alike, trust: Trust = STRICT, records: int = 0
    ) -> None:
        self._share = lru_cache(_REMEMBERED)(counts.share)
        self._alike = alike
        self._trust = trust
        self._prior = -math.log2(max(_FEWEST_RECORDS, counts.records, records))

    def __call__(self, one: Person, other: Person) -> Comparison:
        """Return what speaks for one person, and against."""
        trust = self._trust
        name = compare_names(one, other, self._share_of_word, self._alike, trust.name)
        born = compare_dates(one.birth_date, other.birth_date, self._alike)
        clues = tuple(self._clues(one, other, name, born))
        score = self._prior + math.fsum(clue.weight for clue in clues)
        vetoes = tuple(_vetoes(name, born, clues, trust))
        return Comparison(score, clues, vetoes, name.match, born, name.family_differs)

    def _clues(
        self, one: Person, other: Person, name: NameResult, born: DateMatch
    ) -> Iterator[Clue]:
        share, alike = self._share, self._alike
        if one.names and other.names:
            texts = (" ".join(person.names) for person in (one, other))
            yield Clue(Field.NAME, name.how, name.weight, *texts)
        if born is not DateMatch.UNKNOWN:
            weight = self._weight_of(born, one.birth_date)
            how = _HOW.get(born, How.DIFFERENT)
            yield Clue(Field.BIRTH_DATE, how, weight, one.birth_date, other.birth_date)
        yield from compare_points(one, other, share, alike, self._trust.id_number)
        yield from compare_places(one, other, share, alike)

    def _weight_of(self, born: DateMatch, date: str) -> float:
        if born is DateMatch.SAME:
            return same_weight(self._share("birth_date", date))
        return WEIGHTS.get(born, self._trust.birth_date)

    def _share_of_word(self, word: str) -> float:
        return self._share("name", word)


def _vetoes(
    name: NameResult, born: DateMatch, clues: tuple[Clue, ...], trust: Trust
) -> Iterator[Veto]:
    """Yield what forbids a merge; the same id number, mistyped or not, settles the rest."""
    ids = next((clue.how for clue in clues if clue.field is Field.ID_NUMBER), None)
    if ids in {How.SAME, How.SIMILAR}:
        return
    if ids is How.DIFFERENT and _ids_forbid(name, born, trust):
        yield Veto.ID_NUMBER
    if born is DateMatch.GENERATION and trust.dates_forbid:
        yield Veto.BIRTH_DATE
    if name.match is NameMatch.MIXED and trust.names_forbid and not _married(name, born):
        yield Veto.GIVEN_NAME
    if name.match is NameMatch.NONE and (trust.names_forbid or born is not DateMatch.SAME):
        yield Veto.NAME


def _ids_forbid(name: NameResult, born: DateMatch, trust: Trust) -> bool:
    """Other id numbers forbid, unless a whole name and a birth date tell that one is wrong."""
    confirmed = name.match is NameMatch.WHOLE and born is DateMatch.SAME
    return trust.ids_forbid and not confirmed


def _married(name: NameResult, born: DateMatch) -> bool:
    """A family name changes; a given name with the same birth date beside it is a twin's."""
    return name.family_differs and born is DateMatch.SAME
