# SPDX-License-Identifier: Apache-2.0
"""Turns are read alike in English and Korean, and whatever is thrown at them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.turn import read
from agentassist.domain.turn_tokens import fold, is_datum

SMALL_TALK = [
    "Hi", "hello, good morning!", "Thank you very much", "ok", "okay thanks bye", "No, thanks.",
    "yes please", "Are you still there?", "That's all, thank you for your help", "how are you",
    "Take your time", "um, uh, hello?", "have a nice day", "higood morning", "one moment please",
    "안녕하세요", "네", "네 맞아요", "아니요 괜찮습니다", "감사합니다", "수고하세요", "여보세요?",
    "어 그 네 알겠습니다", "잠시만요", "좋은 하루 되세요", "😀", "...", "?", "",
]  # fmt: skip


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_has_no_substance(text: str) -> None:
    turn = read(text)
    assert (turn.substance, turn.content, turn.asked) == ("", (), "")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Hi, um, my parcel has not arrived.", "my parcel has not arrived."),
        ("Thank you. And when do I get MP-204817?", "when do I get MP-204817?"),
        ("uh yeah so I was charged twice", "I was charged twice"),
        ("That would be great. Where is my money?", "Where is my money?"),
        ("I need to return an item, can you help me with that?", "I need to return an item,"),
        ("Great, thanks! Where is it? I like cats.", "Where is it?"),
        ("I lost my card. My name is Ann Lee. It was here.", "I lost my card."),
        ("It is the linen one. From May.", "It is the linen one. From May."),
        ("Is the morning flight fine?", "Is the morning flight fine?"),
        ("can you also help me transfer money", "can you also help me transfer money"),
        ("안녕하세요 어 그 비밀번호를 바꾸고 싶은데요", "비밀번호를 바꾸고 싶은데요"),
        ("네 감사합니다. 그런데 환불은 언제 되나요?", "환불은 언제 되나요?"),
    ],
)
def test_what_is_searched_for_is_what_was_said_without_what_is_kind(said: str, asked: str) -> None:
    assert read(said).asked == asked


@pytest.mark.parametrize(
    "text",
    ["123456", "4 5 5 6", "three one four one five", "A34 L95", "k 89 g 56", "M as in 4",
     "double seven dash two", "공일공 일이삼사 오육칠팔"],
)  # fmt: skip
def test_what_is_read_out_is_data(text: str) -> None:
    turn = read(text)
    assert turn.data >= len(turn.substance.split()) / 2


def test_words_that_only_begin_like_a_number_are_none() -> None:
    assert not is_datum("이사")
    assert not is_datum("일정을")
    assert not is_datum("order")
    assert is_datum("삼일사일오")
    assert is_datum("psr400")


def test_folding_hears_no_difference_in_signs() -> None:
    assert fold("I'D like—MY  “Bill”") == fold("i’d LIKE my bill") == "id like my bill"


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    turn = read(text)
    assert fold(text) == turn.folded
    assert set(turn.substance.split()) <= set(turn.folded.split())
    assert set(turn.asked.split()) <= set(text.split())
    assert set(turn.content) <= set(turn.substance.split())
    assert bool(turn.asked) <= bool(turn.substance)


@given(st.text(alphabet="abc xyz?!", max_size=60))
def test_reading_what_is_asked_again_changes_nothing(text: str) -> None:
    asked = read(text).asked
    assert read(asked).asked == asked


def test_a_megabyte_is_read_like_a_page() -> None:
    began = time.perf_counter()
    turn = read("thank you so much for " * 50_000)
    assert time.perf_counter() - began < 1
    assert len(turn.folded) <= 2_000
