# SPDX-License-Identifier: Apache-2.0
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.fusion import Ballot, starts_of

UNIT = st.floats(0, 1, width=32)


def ballot(*passages: tuple[float, ...], **more: object) -> Ballot:
    size = len(passages)
    zeros = np.zeros(size, dtype=np.float32)
    flat = np.array([one for own in passages for one in own], dtype=np.float32)
    given = {
        "covers": np.zeros(len(flat), dtype=np.float32),
        "answers": zeros,
        "questions": zeros,
        "votes": zeros,
        "rare": 0.0,
        "words": 20,
    }
    given |= more
    return Ballot(starts_of([len(own) for own in passages]), flat, **given)  # type: ignore[arg-type]


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_three_good_passages_beat_one_that_is_a_little_better() -> None:
    scores = ballot((0.6, 0.58, 0.57), (0.62, 0.3, 0.2)).scores()
    assert scores[0] > scores[1]


def test_a_short_article_is_not_punished_for_being_short() -> None:
    scores = ballot((0.6,), (0.6, 0.3, 0.2)).scores()
    assert scores[0] > scores[1]


def test_votes_decide_between_equals_and_may_count_against() -> None:
    scores = ballot((0.5,), (0.5,), (0.5,), votes=column(0.2, 0.0, -0.2)).scores()
    assert scores[0] > scores[1] > scores[2]


def test_words_count_more_in_a_short_query_and_most_for_a_code() -> None:
    def gain(**more: object) -> float:
        with_words = ballot((0.5,), covers=column(0.8), **more).scores()[0]
        return float(with_words - ballot((0.5,), **more).scores()[0])

    assert gain(words=200) < gain(words=3) < gain(words=3, rare=0.8)


def test_the_short_answer_counts_in_long_talk() -> None:
    def gain(words: int) -> float:
        with_answer = ballot((0.5,), answers=column(0.7), words=words).scores()[0]
        return float(with_answer - ballot((0.5,), words=words).scores()[0])

    assert gain(2) < gain(20) < gain(200)


def test_without_a_model_only_words_and_votes_count() -> None:
    scores = ballot((0.0,), (0.0, 0.0), covers=column(0.5, 0.5, 0.2)).scores()
    assert scores[1] > scores[0] > 0


@given(st.lists(st.lists(UNIT, min_size=1, max_size=5), min_size=1, max_size=6))
def test_the_order_of_passages_and_of_articles_does_not_matter(given: list[list[float]]) -> None:
    plain = ballot(*map(tuple, given)).scores()
    turned = ballot(*(tuple(reversed(own)) for own in reversed(given))).scores()
    assert np.allclose(plain, turned[::-1], atol=1e-6)


@given(st.lists(st.lists(UNIT, min_size=1, max_size=4), min_size=1, max_size=5))
def test_the_passage_to_show_is_the_closest(given: list[list[float]]) -> None:
    made = ballot(*map(tuple, given))
    for one, own in enumerate(given):
        assert made.cosines[made.best()[one]] == np.float32(max(own))
