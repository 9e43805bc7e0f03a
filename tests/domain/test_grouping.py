# SPDX-License-Identifier: Apache-2.0
"""Records become people, and strangers are never chained."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.comparison import Clue, Comparison, Field, How, Veto
from agentassist.domain.grouping import Bounds, Groups, grow

BOUNDS = Bounds(least=0.0, score=4.0, average=-3.0, kinds=1)
Scores = Mapping[tuple[int, int], float]


def joined(
    scores: Scores, *apart: tuple[int, int], veto: Veto = Veto.BIRTH_DATE
) -> list[list[int]]:
    def compare(one: int, other: int) -> Comparison:
        pair = (min(one, other), max(one, other))
        score = scores.get(pair, -10.0)
        vetoes = (veto,) if pair in apart else ()
        return Comparison(score, (Clue(Field.NAME, How.SAME, score),), vetoes)

    groups: Groups[int] = Groups()
    grow(groups, [(score, *pair) for pair, score in scores.items()], compare, BOUNDS)
    return sorted(sorted(group) for group in groups.all())


def test_a_sure_pair_is_joined_and_an_unsure_one_is_not() -> None:
    assert joined({(1, 2): 8.0, (3, 4): 2.0}) == [[1, 2]]


def test_who_resembles_both_does_not_make_them_one() -> None:
    assert joined({(1, 2): 9.0, (2, 3): 6.0, (1, 3): -15.0}) == [[1, 2]]


def test_a_veto_anywhere_in_the_groups_forbids() -> None:
    scores = {(1, 2): 12.0, (3, 4): 12.0, (2, 3): 11.0, (1, 3): 9.0, (2, 4): 9.0, (1, 4): 9.0}
    assert joined(scores) == [[1, 2, 3, 4]]
    assert joined(scores, (1, 4)) == [[1, 2], [3, 4]]


def test_what_was_not_enough_is_tried_again() -> None:
    scores = {(1, 2): 9.0, (2, 3): 5.0, (1, 3): -4.0, (3, 4): 4.5, (2, 4): 8.0, (1, 4): 8.0}
    assert joined(scores) == [[1, 2, 3, 4]]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
        st.floats(-12, 20),
        max_size=25,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_pairs_does_not_matter(
    scores: dict[tuple[int, int], float], random: object
) -> None:
    shuffled = list(scores.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    groups = joined(scores)
    assert joined(dict(shuffled)) == groups
    flat = [one for group in groups for one in group]
    assert len(flat) == len(set(flat))
