# SPDX-License-Identifier: Apache-2.0
"""How far names, birth dates and id numbers can be trusted in one database, by its own records.

Among records that agree in all else, a field that contradicts is either another person's (a
twin, a parent with the same name) or wrong. Of twins and parents there can be only so many: a
database with many times more contradictions than that has wrong entries, and there such a
contradiction weighs less and forbids nothing. Until that is known, it forbids.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from agentassist.domain.comparison import Comparison, DateMatch, Field, How, NameMatch

_SURE = 8.0
_TWINS = 0.002
"""Pairs of twins in one household who both are customers, for each customer, at most."""
_NAMESAKES = 0.003
"""The same of a parent and a child with one name."""
_MANY_TIMES = 5
_FEWEST = 5
_SHARE_OF_IDS = 0.01
_PARENTS_TO_SIBLINGS = 4.0
_MOST = 0.4
_REACHED = (Field.EMAIL, Field.PHONE, Field.HANDLE, Field.ACCOUNT, Field.ADDRESS, Field.POSTAL_CODE)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a contradiction weighs in bits, and whether it forbids a merge."""

    name: float = -3.5
    birth_date: float = -5.0
    id_number: float = -7.0
    names_forbid: bool = True
    dates_forbid: bool = True
    ids_forbid: bool = True


STRICT = Trust()


def measured(found: Iterable[Comparison], people: int) -> Trust:
    """Return the trust that the pairs of a database of so many people justify."""
    names, dates, ids = _Names(), _Dates(), _Ids()
    for item in found:
        names.take(item)
        dates.take(item)
        ids.take(item)
    return Trust(
        name=_weight(STRICT.name, names.contradict, names.pairs),
        birth_date=_weight(STRICT.birth_date, dates.siblings + dates.parents, dates.pairs),
        id_number=_weight(STRICT.id_number, ids.contradict, ids.pairs),
        names_forbid=names.given < max(_FEWEST, _MANY_TIMES * _TWINS * people),
        dates_forbid=dates.forbid(people),
        ids_forbid=ids.contradict < max(_FEWEST, _SHARE_OF_IDS * ids.pairs),
    )


def _weight(strict: float, contradict: int, pairs: int) -> float:
    """Return the logarithm of how often one person's records contradict, from `strict` up."""
    share = (contradict + 2**strict * _FEWEST) / (pairs + _FEWEST)
    return max(strict, math.log2(min(_MOST, share)))


class _Names:
    """Names among records with one birth date and one address, mailbox, phone or id number."""

    def __init__(self) -> None:
        self.pairs = self.contradict = self.given = 0

    def take(self, item: Comparison) -> None:
        sure = item.born is DateMatch.SAME and (_same_id(item) or _bits(item, _REACHED) > _SURE)
        if sure and item.name in {NameMatch.WHOLE, NameMatch.MIXED}:
            self.pairs += 1
            self.contradict += item.name is NameMatch.MIXED
            self.given += item.name is NameMatch.MIXED and not item.family_differs


class _Dates:
    """Birth dates among records with one name and one address, mailbox, phone or id number."""

    def __init__(self) -> None:
        self.pairs = self.siblings = self.parents = 0

    def take(self, item: Comparison) -> None:
        sure = _same_id(item) or _bits(item, _REACHED) > _SURE
        if sure and item.name is NameMatch.WHOLE and item.born is not DateMatch.UNKNOWN:
            self.pairs += 1
            self.siblings += item.born is DateMatch.APART
            self.parents += item.born is DateMatch.GENERATION

    def forbid(self, people: int) -> bool:
        """Nobody has the name of a brother: years too few for a parent show what is wrong."""
        as_many = self.siblings >= max(_FEWEST, self.parents / _PARENTS_TO_SIBLINGS)
        return not as_many and self.parents < max(_FEWEST, _MANY_TIMES * _NAMESAKES * people)


class _Ids:
    """Id numbers among records with one name, one birth date, and one address or mailbox."""

    def __init__(self) -> None:
        self.pairs = self.contradict = 0

    def take(self, item: Comparison) -> None:
        how = _how(item, Field.ID_NUMBER)
        sure = item.name is NameMatch.WHOLE and item.born is DateMatch.SAME
        if how and sure and _bits(item, _REACHED) > _SURE:
            self.pairs += 1
            self.contradict += how is How.DIFFERENT


def _same_id(item: Comparison) -> bool:
    return _how(item, Field.ID_NUMBER) is How.SAME


def _how(item: Comparison, field: Field) -> How | None:
    return next((clue.how for clue in item.clues if clue.field is field), None)


def _bits(item: Comparison, fields: tuple[Field, ...]) -> float:
    return math.fsum(clue.weight for clue in item.clues if clue.field in fields)
