# SPDX-License-Identifier: Apache-2.0
"""Addresses compared piece by piece: house number, street, quarter, town, postal code."""

import math
from collections.abc import Callable, Iterator

from agentassist.domain.comparison import Alike, Clue, Field, How
from agentassist.domain.person import Person

Share = Callable[[str, str], float]

_STAYED = 0.85
_MOST_BITS_OF_PIECE = 9.0
_MOST_BITS = 15.0
_SIMILAR = 0.7
_OFF_SIMILAR = 2.0
_LEAST_SIMILAR = 0.5
_MOVED = -1.0
_MOST_MOVED = -3.0
_OTHER_NUMBER = -1.0
_SLIP_OF_CODE = 3.0
_SWAPPED_NUMBER = 2.0
_OTHER_CODE = -1.5
_SHORTEST_WITHIN = 5


def compare_places(one: Person, other: Person, share: Share, alike: Alike) -> Iterator[Clue]:
    """Yield what the addresses say, all together at most what a birth date says."""
    bits = 0.0
    clue = _address(one, other, share, alike)
    if clue:
        bits = clue.weight
        yield clue
    if one.postal_code and other.postal_code:
        yield _code(one.postal_code, other.postal_code, share, alike, _MOST_BITS - max(0.0, bits))


def _address(one: Person, other: Person, share: Share, alike: Alike) -> Clue | None:
    places = list(_places(one.places, other.places, share, alike))
    numbers = list(_numbers(one.numbers, other.numbers, share))
    if not places and not numbers:
        return None
    agree = sum(weight for weight in places + numbers if weight > 0)
    against = sum(weight for weight in places + numbers if weight < 0)
    weight = min(_MOST_BITS, agree) + max(_MOST_MOVED, against)
    texts = (" ".join(person.numbers + person.places) for person in (one, other))
    return Clue(Field.ADDRESS, _how(agree, against, one, other), weight, *texts)


def _how(agree: float, against: float, one: Person, other: Person) -> How:
    if not agree:
        return How.DIFFERENT
    if (one.numbers, one.places) == (other.numbers, other.places):
        return How.SAME
    return How.IN_PART if against else How.SIMILAR


def _places(
    mine: tuple[str, ...], theirs: tuple[str, ...], share: Share, alike: Alike
) -> Iterator[float]:
    """Yield a weight for each piece that is in both, and for each that is in neither."""
    same = [place for place in mine if place in theirs]
    yield from (_bits("place", place, share) for place in same)
    my_rest = [place for place in mine if place not in same]
    their_rest = [place for place in theirs if place not in same]
    for one, other in _matched(my_rest, their_rest, alike):
        my_rest.remove(one)
        their_rest.remove(other)
        bits = min(_bits("place", one, share), _bits("place", other, share))
        yield max(_LEAST_SIMILAR, bits - _OFF_SIMILAR)
    yield from (_MOVED for _ in range(min(len(my_rest), len(their_rest))))


def _matched(mine: list[str], theirs: list[str], alike: Alike) -> Iterator[tuple[str, str]]:
    """Yield pieces that are alike, each once, the likest first."""
    found = [(_near(one, other, alike), one, other) for one in mine for other in theirs]
    near = [item for item in found if item[0] >= _SIMILAR]
    taken: set[str] = set()
    for _, one, other in sorted(near, key=lambda item: (-item[0], *sorted(item[1:]))):
        if taken.isdisjoint((f"1 {one}", f"2 {other}")):
            taken |= {f"1 {one}", f"2 {other}"}
            yield one, other


def _near(one: str, other: str, alike: Alike) -> float:
    if min(len(one), len(other)) >= _SHORTEST_WITHIN and (one in other or other in one):
        return 1.0
    return alike(one, other)


def _numbers(mine: tuple[str, ...], theirs: tuple[str, ...], share: Share) -> Iterator[float]:
    if not mine or not theirs:
        return
    same = [number for number in mine if number in theirs]
    if same:
        yield max(_bits("number", number, share) for number in same)
    elif any(sorted(one) == sorted(other) for one in mine for other in theirs):
        yield _SWAPPED_NUMBER
    else:
        yield _OTHER_NUMBER


def _code(one: str, other: str, share: Share, alike: Alike, most: float) -> Clue:
    if one == other:
        bits = _bits("postal_code", one, share)
        return Clue(Field.POSTAL_CODE, How.SAME, min(most, bits), one, other)
    longest = max(len(one), len(other))
    if round((1 - alike(one, other)) * longest) == 1:
        return Clue(Field.POSTAL_CODE, How.SIMILAR, min(most, _SLIP_OF_CODE), one, other)
    return Clue(Field.POSTAL_CODE, How.DIFFERENT, _OTHER_CODE, one, other)


def _bits(field: str, value: str, share: Share) -> float:
    often = share(field, value)
    if often >= _STAYED:
        return 0.0
    return min(_MOST_BITS_OF_PIECE, math.log2(_STAYED / often))
