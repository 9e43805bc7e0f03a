# SPDX-License-Identifier: Apache-2.0
"""Names compared word by word, in any order; what a word weighs follows from its rarity."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from agentassist.domain.comparison import Alike, How, NameMatch
from agentassist.domain.nicknames import may_be_called
from agentassist.domain.person import Person

Share = Callable[[str], float]
"""The share of all records whose name has a word."""

_TYPED_RIGHT = 0.85
_MOST_BITS_OF_WORD = 11.0
_MOST_BITS = 16.0
_OFF_SHORT_FORM = 2.0
_OFF_SPELLING = 1.5
_OFF_SIMILAR = 2.5
_OFF_PER_UNLIKE = 8.0
_OFF_INITIAL = 5.0
_LEAST_SIMILAR = 0.5
_SIMILAR = 0.65
_SAME_LETTERS = 0.75
"""Words that share fewer of their letters, and are not similar, are two words."""
_UNCLEAR = 0.4
_SIMILAR_WHOLE = 0.85
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class NameResult:
    """What the comparison of two names says, in bits.

    `family_differs` tells that a name agrees in part, and not in the family name.
    """

    match: NameMatch
    how: How
    weight: float
    family_differs: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two words that may be one; `off` is what the difference takes from the weight."""

    off: float
    mine: int
    theirs: int
    how: How


def compare_names(
    one: Person, other: Person, share: Share, alike: Alike, contradicted: float = -3.5
) -> NameResult:
    """Compare the names of two records; a word that contradicts weighs `contradicted`."""
    if not one.names or not other.names:
        return NameResult(NameMatch.UNKNOWN, How.SAME, 0.0)
    if _same_reading(one, other):
        return _whole(one, other, share, How.SPELT_OTHERWISE, _OFF_SPELLING)
    exactly = one.hangul and other.hangul
    chosen = _chosen(one.names, other.names, _equal if exactly else alike)
    left = min(len(one.names), len(other.names)) - len(chosen)
    if left and not exactly:
        joined = _joined(one.names, other.names, alike)
        if joined:
            return _whole(one, other, share, How.SIMILAR, _OFF_SIMILAR * (2 - joined))
    unlike = left and (exactly or _unlike(one.names, other.names, chosen))
    against = left * contradicted * (1.0 if unlike else _UNCLEAR)
    return _judged(one, other, chosen, share, against, unlike=bool(unlike))


def _equal(one: str, other: str) -> float:
    """Compare given names in Hangul: brothers share a syllable, and a slip is for a person."""
    return float(one == other)


def _unlike(mine: tuple[str, ...], theirs: tuple[str, ...], chosen: list[_Pair]) -> bool:
    """Tell whether the words left on both sides are two names for sure.

    One word alone is a given name here and a family name there, as often as not.
    """
    if not chosen and len(mine) == len(theirs) == 1:
        return False
    my_rest = [word for at, word in enumerate(mine) if all(at != pair.mine for pair in chosen)]
    their_rest = [
        word for at, word in enumerate(theirs) if all(at != pair.theirs for pair in chosen)
    ]
    return not any(_wreck(one, other) for one in my_rest for other in their_rest)


@lru_cache(_REMEMBERED)
def _wreck(one: str, other: str) -> bool:
    """Tell whether a word may be another one with its letters jumbled, doubled or lost."""
    common = sum(min(one.count(letter), other.count(letter)) for letter in set(one))
    shorter, longer = sorted((len(one), len(other)))
    within = common == shorter and 2 * shorter >= longer
    return within or 2 * common >= _SAME_LETTERS * (shorter + longer)


def _judged(
    one: Person,
    other: Person,
    chosen: list[_Pair],
    share: Share,
    against: float,
    *,
    unlike: bool,
) -> NameResult:
    bits = math.fsum(
        max(_LEAST_SIMILAR, _bits(share, one.names[pair.mine], other.names[pair.theirs]) - pair.off)
        for pair in chosen
    )
    weight = min(_MOST_BITS, bits) + against
    if unlike:
        match = NameMatch.MIXED if chosen else NameMatch.NONE
        how = How.IN_PART if chosen else How.DIFFERENT
        return NameResult(match, how, weight, bool(chosen) and _family_differs(one, other, chosen))
    if not chosen:
        return NameResult(NameMatch.UNKNOWN, How.DIFFERENT, weight)
    worst = max((pair.how for pair in chosen), key=_ORDER.index)
    if against or (len(chosen) == 1 and max(len(one.names), len(other.names)) > 1):
        return NameResult(NameMatch.PART, How.IN_PART if worst is How.SAME else worst, weight)
    return NameResult(NameMatch.WHOLE if len(chosen) > 1 else NameMatch.PART, worst, weight)


def _family_differs(one: Person, other: Person, chosen: list[_Pair]) -> bool:
    mine, theirs = _family(one), _family(other)
    return all(pair.mine != mine and pair.theirs != theirs for pair in chosen)


def _family(person: Person) -> int:
    """Return where the family name stands, as far as the order can be trusted."""
    return 0 if person.hangul else len(person.names) - 1


_ORDER = (How.SAME, How.SPELT_OTHERWISE, How.SHORT_FORM, How.SIMILAR)


def _same_reading(one: Person, other: Person) -> bool:
    """Hangul says exactly what a name is: two names in it are compared by their letters."""
    return not (one.hangul and other.hangul) and not one.readings.isdisjoint(other.readings)


def _whole(one: Person, other: Person, share: Share, how: How, off: float) -> NameResult:
    """Weigh names that agree as wholes by the words of the one that says less."""
    bits = min(sum(_bits(share, word, word) for word in each.names) for each in (one, other))
    same = set(one.names) == set(other.names)
    weight = max(_LEAST_SIMILAR, min(_MOST_BITS, bits if same else bits - off))
    return NameResult(NameMatch.WHOLE, How.SAME if same else how, weight)


def _chosen(mine: tuple[str, ...], theirs: tuple[str, ...], alike: Alike) -> list[_Pair]:
    """Pair each word with at most one other, the likeliest pairs first."""
    chosen: list[_Pair] = []
    found = _pairs(mine, theirs, alike)
    for pair in sorted(
        found, key=lambda item: (item.off, sorted((mine[item.mine], theirs[item.theirs])))
    ):
        if all(pair.mine != item.mine and pair.theirs != item.theirs for item in chosen):
            chosen.append(pair)
    return chosen


def _pairs(mine: tuple[str, ...], theirs: tuple[str, ...], alike: Alike) -> Iterator[_Pair]:
    for i, word in enumerate(mine):
        for j, their in enumerate(theirs):
            pair = _pair(i, j, word, their, alike)
            if pair:
                yield pair


def _pair(i: int, j: int, word: str, their: str, alike: Alike) -> _Pair | None:
    if word == their:
        return _Pair(0.0, i, j, How.SAME)
    if may_be_called(word, their):
        return _Pair(_OFF_SHORT_FORM, i, j, How.SHORT_FORM)
    if 1 in (len(word), len(their)):
        return _Pair(_OFF_INITIAL, i, j, How.SHORT_FORM) if word[0] == their[0] else None
    near = alike(word, their)
    if near < _SIMILAR:
        return None
    return _Pair(_OFF_SIMILAR + _OFF_PER_UNLIKE * (1 - near), i, j, How.SIMILAR)


def _joined(mine: tuple[str, ...], theirs: tuple[str, ...], alike: Alike) -> float:
    """Compare without blanks, for a blank too many or too few; 0 where that does not help."""
    whole, turned = "".join(theirs), "".join(theirs[-1:] + theirs[:-1])
    near = max(alike("".join(mine), whole), alike("".join(mine), turned))
    return near if near >= _SIMILAR_WHOLE else 0.0


def _bits(share: Share, word: str, their: str) -> float:
    """Return what it says that both have this word: the rarer, the more."""
    often = max(share(word), share(their)) if word != their else share(word)
    return min(_MOST_BITS_OF_WORD, math.log2(_TYPED_RIGHT / often)) if often < _TYPED_RIGHT else 0.0
