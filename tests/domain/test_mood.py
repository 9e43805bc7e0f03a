# SPDX-License-Identifier: Apache-2.0
"""A feeling is told by the customer's own words or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.mood import Strength, find_words

LOW, UNHEARD, ANGRY, LEAVING, GLAD = (
    Strength.LOW,
    Strength.UNHEARD,
    Strength.ANGRY,
    Strength.LEAVING,
    Strength.GLAD,
)


@pytest.mark.parametrize(
    ("text", "quote", "strength"),
    [
        (
            "Hi. This is the third time I am writing.",
            "This is the third time I am writing.",
            UNHEARD,
        ),
        ("Still no answer from you", "Still no answer from you", UNHEARD),
        ("I am not happy with it", "I am not happy with it", LOW),
        ("I’m really disappointed. Bye", "I’m really disappointed.", LOW),
        ("It is ridiculous, I am upset", "It is ridiculous, I am upset", ANGRY),
        ("I will never order here again", "I will never order here again", LEAVING),
        ("The driver was so friendly!", "The driver was so friendly!", GLAD),
        ("수수료 때문에 세 번째 문의 중입니다", "수수료 때문에 세 번째 문의 중입니다", UNHEARD),
        ("답변이 아직 없네요. 급합니다", "답변이 아직 없네요.", UNHEARD),
        ("정말 화가 나네요", "정말 화가 나네요", ANGRY),
        ("소비자원에 알리겠습니다", "소비자원에 알리겠습니다", LEAVING),
        ("실망했어요", "실망했어요", LOW),
        ("만족스럽지 않습니다", "만족스럽지 않습니다", LOW),
        ("직원분이 정말 친절했어요", "직원분이 정말 친절했어요", GLAD),
    ],
)
def test_the_very_words(text: str, quote: str, strength: Strength) -> None:
    words = find_words(text)
    assert words is not None
    assert (words.quote, words.strength) == (quote, strength)
    assert words.good is (strength is GLAD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WHERE IS MY ORDER???!!!",
        "Thank you very much for your help, have a wonderful day",
        "I'm not angry, I only ask",
        "I was never disappointed by you",
        "It is not bad at all",
        "This is the third time I order here",
        "the worst-case scenario in your terms",
        "I've got a joke for you",
        "I am happy with any date",
        "The lamp is broken and late, and my card was used for fraud",
        "화나지 않았어요",
        "실망하지 않았습니다",
        "세 번째 구매입니다",
        "사기 전에 물어볼게요",
        "감사합니다, 좋은 하루 되세요",
    ],
)
def test_no_words_no_mood(text: str) -> None:
    assert find_words(text) is None


def test_the_strongest_sentence_is_quoted_and_cut_around_its_words() -> None:
    long = "I ordered a lamp and then a chair and a table and a lot of other things besides, "
    words = find_words(f"Not happy with it. {long * 2}and it is all unacceptable to me and mine.")
    assert words is not None
    assert words.strength is ANGRY
    assert "unacceptable" in words.quote
    assert words.quote.startswith("…")
    assert len(words.quote) <= 92


@given(st.text())
def test_a_quotation_is_part_of_what_was_said(text: str) -> None:
    words = find_words(text)
    if words is not None:
        assert words.quote.strip("…") in text


def test_a_megabyte_is_read_at_once() -> None:
    assert find_words("still no " * 200_000) is None
