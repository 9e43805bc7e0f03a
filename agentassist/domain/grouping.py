# SPDX-License-Identifier: Apache-2.0
"""Records joined to people by the scores of pairs, without chaining strangers.

Groups grow from the surest pair on. Two groups become one when a pair between them is sure
enough, all pairs between them together speak for it (average linkage), and none is forbidden:
one record that resembles both father and son does not make them one.
"""

import math
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from agentassist.domain.comparison import Comparison, Veto, together

Key = TypeVar("Key", bound=Hashable)
Compare = Callable[[Key, Key], Comparison]

MOST_MEMBERS = 60
"""More records of one person than this are looked at by a person first."""
_SWEEPS = 3
_MOST = 20.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """When groups are joined.

    Attributes:
        least: the score of a pair that is looked at.
        score: what both groups say together, the best of each field.
        average: the mean score of all pairs between them.
        kinds: kinds of information that must speak for it.
        vetoes: whether a veto on any pair between them forbids it.
    """

    least: float
    score: float
    average: float
    kinds: int = 2
    vetoes: bool = True


class Groups(Generic[Key]):
    """Disjoint groups of keys; a key that was never joined is alone."""

    def __init__(self, joined: Iterable[tuple[Key, Key]] = ()) -> None:
        self._group: dict[Key, list[Key]] = {}
        for one, other in joined:
            self.join(one, other)

    def of(self, key: Key) -> list[Key]:
        """Return the group of a key, itself included."""
        return self._group.get(key) or [key]

    def together(self, one: Key, other: Key) -> bool:
        """True when both are in one group."""
        return one == other or other in self.of(one)

    def join(self, one: Key, other: Key) -> None:
        """Make one group of two."""
        if not self.together(one, other):
            larger, smaller = sorted((self.of(one), self.of(other)), key=len, reverse=True)
            larger = self._group.setdefault(larger[0], larger)
            larger += smaller
            for key in smaller:
                self._group[key] = larger

    def all(self) -> list[list[Key]]:
        """Return the groups of more than one."""
        return list({id(group): group for group in self._group.values()}.values())


def grow(
    groups: Groups[Key],
    pairs: Iterable[tuple[float, Key, Key]],
    compare: Compare[Key],
    bounds: Bounds,
) -> list[tuple[Key, Key]]:
    """Join groups along `pairs` (score, one, other); return the pairs that joined two.

    Pairs with the highest score come first, and ties are broken by the keys, so that the result
    does not depend on the order of the records. What was not enough is tried again when its
    groups have grown.
    """
    left = [pair for pair in pairs if pair[0] >= bounds.least]
    left.sort(key=lambda item: (-item[0], item[1], item[2]))
    joining: list[tuple[Key, Key]] = []
    for _ in range(_SWEEPS):
        before = len(joining)
        for _, one, other in left:
            if not groups.together(one, other) and _belong(groups, one, other, compare, bounds):
                groups.join(one, other)
                joining.append((one, other))
        if len(joining) == before:
            break
        left = [pair for pair in left if not groups.together(pair[1], pair[2])]
    return joining


def _belong(
    groups: Groups[Key], one: Key, other: Key, compare: Compare[Key], bounds: Bounds
) -> bool:
    mine, theirs = groups.of(one), groups.of(other)
    if len(mine) + len(theirs) > MOST_MEMBERS:
        return False
    found = [compare(left, right) for left in mine for right in theirs]
    if math.fsum(min(_MOST, item.score) for item in found) < bounds.average * len(found):
        return False
    said = together(found)
    forbidden = Veto.NOT_SAME in said.vetoes or (bounds.vetoes and said.vetoes)
    return not forbidden and said.score >= bounds.score and said.kinds >= bounds.kinds
