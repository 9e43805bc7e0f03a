# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.unfinished import unfinished_word


def may_become(typed: str, term: str) -> bool:
    unfinished = unfinished_word(typed)
    return unfinished is not None and any(
        first <= term and (term <= last or term.startswith(last))
        for first, last in unfinished.ranges
    )


@pytest.mark.parametrize("typed", ["화", "환", "환ㅂ", "환부", "환불", "돈은 환부"])
def test_each_step_of_typing_may_become_the_word(typed: str) -> None:
    assert may_become(typed, "m환불")


@pytest.mark.parametrize(
    ("typed", "word"), [("반", "바나나"), ("닭", "달걀"), ("앉", "안주"), ("값", "갑시")]
)
def test_a_final_letter_may_move_to_the_next_syllable(typed: str, word: str) -> None:
    assert may_become(typed, "m" + word)


@pytest.mark.parametrize(("typed", "word"), [("환부", "환전"), ("환불", "환부"), ("바", "가방")])
def test_what_begins_otherwise_may_not(typed: str, word: str) -> None:
    assert not may_become(typed, "m" + word)


@pytest.mark.parametrize("typed", ["", " ", "refund ", "환불 ", "r", "é", "?", "ré"])
def test_nothing_is_unfinished_after_a_blank_or_too_little(typed: str) -> None:
    assert unfinished_word(typed) is None


def test_latin_words_go_on_with_any_letter() -> None:
    assert may_become("my Refu", "refund")
    assert not may_become("my refu", "reform")


@given(st.text(st.characters(min_codepoint=0x1100, max_codepoint=0xD7A3, categories=["Lo"])))
def test_ranges_of_any_hangul_are_in_order(text: str) -> None:
    unfinished = unfinished_word(text)
    assert unfinished is None or all(first <= last for first, last in unfinished.ranges)
