# SPDX-License-Identifier: Apache-2.0
"""Contradictions forbid, until there are many more of them than twins and parents."""

from agentassist.domain.comparison import Clue, Comparison, DateMatch, Field, How, NameMatch
from agentassist.domain.trust import STRICT, measured

HOME = Clue(Field.ADDRESS, How.SAME, 14.0)
PEOPLE = 2_000


def pair(
    name: NameMatch = NameMatch.WHOLE, born: DateMatch = DateMatch.SAME, *clues: Clue
) -> Comparison:
    return Comparison(20.0, (HOME, *clues), (), name, born)


def test_without_pairs_everything_forbids() -> None:
    assert measured([], PEOPLE) == STRICT


def test_a_few_twins_and_parents_change_nothing() -> None:
    twins = [pair(NameMatch.MIXED)] * 15
    parents = [pair(born=DateMatch.GENERATION)] * 15
    trust = measured([*twins, *parents, *[pair()] * 200], PEOPLE)
    assert trust.names_forbid
    assert trust.dates_forbid


def test_more_twins_than_there_can_be_are_wrong_names() -> None:
    trust = measured([*[pair(NameMatch.MIXED)] * 100, *[pair()] * 200], PEOPLE)
    assert not trust.names_forbid
    assert trust.dates_forbid
    assert STRICT.name < trust.name < 0


def test_dates_of_brothers_with_one_name_are_wrong() -> None:
    wrong = [pair(born=DateMatch.APART)] * 10 + [pair(born=DateMatch.GENERATION)] * 30
    assert not measured([*wrong, *[pair()] * 200], PEOPLE).dates_forbid


def test_id_numbers_that_contradict_all_else_are_wrong() -> None:
    other = Clue(Field.ID_NUMBER, How.DIFFERENT, -7.0)
    same = Clue(Field.ID_NUMBER, How.SAME, 20.0)
    sure = [pair(NameMatch.WHOLE, DateMatch.SAME, same)] * 200
    few = [pair(NameMatch.WHOLE, DateMatch.SAME, other)]
    assert measured([*sure, *few], PEOPLE).ids_forbid
    assert not measured([*sure, *few * 20], PEOPLE).ids_forbid
