# SPDX-License-Identifier: Apache-2.0
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.likeness import Likeness, has_korean, terms

SENTENCES = [
    "can i still get breakfast",
    "cancel my order",
    "조식 먹을 수 있나요",
    "주문을 취소해 주세요",
]
LIKENESS = Likeness(SENTENCES)


def test_english_is_compared_by_stems_without_small_words() -> None:
    assert terms("can you cancel the orders") == ["cancel", "order"]


def test_korean_endings_do_not_matter() -> None:
    assert terms("취소해 주세요") == terms("취소하고 싶어요") == ["취소"]


def test_the_nearest_sentence_scores_most() -> None:
    for text, nearest in (
        ("get breakfast?", 0),
        ("cancelling an order", 1),
        ("취소 부탁드려요", 3),
    ):
        scores = LIKENESS(text, SENTENCES)
        assert max(range(4), key=scores.__getitem__) == nearest


def test_nothing_in_common_is_zero() -> None:
    assert LIKENESS("where is the pool", SENTENCES) == [0.0] * 4
    assert LIKENESS("", SENTENCES) == [0.0] * 4


@given(st.text(max_size=40))
def test_scores_stay_between_nothing_and_the_same(text: str) -> None:
    scores = LIKENESS(text, [*SENTENCES, text])
    assert all(0.0 <= score <= 1.0 for score in scores)
    assert scores[-1] > 0.999 or not terms(text)


def test_korean_is_seen() -> None:
    assert has_korean("I want 조식")
    assert not has_korean("breakfast")
