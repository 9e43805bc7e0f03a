# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.utterance import (
    LONGEST,
    clauses,
    disguised,
    latin_part,
    normalise,
    sentences,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Can   I\tStill ", "can i still"),
        ("pass\u200bword", "password"),
        ("ＰＩＮ", "pin"),
        ("Straße", "strasse"),
        ("\u1100\u1161", "가"),
        ("ㅂㅣㅁㅣㄹ번호", "비밀번호"),
        ("ㅂㅣ밀번호", "비밀번호"),
        ("비미ㄹ번호", "비밀번호"),
        ("ㅇㅣㄴㅈㅡㅇ", "인증"),
        ("ㅋㅋㅋ", "ᄏᄏᄏ"),
        ("pa\u034fss\ufe0fwo\u3164rd", "password"),
        ("one\r\n\r\n  two", "one\ntwo"),
        ("\ud800pin", "pin"),
        ("\x00\x1b", ""),
    ],
)
def test_an_utterance_is_folded(text: str, folded: str) -> None:
    assert normalise(text) == folded


@given(st.text(max_size=300))
def test_folding_is_stable_and_short(text: str) -> None:
    folded = normalise(text)
    assert len(folded) <= LONGEST
    assert "  " not in folded
    assert normalise(folded) == normalise(normalise(folded))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("p4ssw0rd", "password"),
        ("my p a s s w o r d please", "my password please"),
        ("pаsswоrd", "password"),
        ("p@$$word", "password"),
        ("order mp-204817 at 10:30", "order mp-204817 at 10:30"),
        ("p.i.n. please", "pin. please"),
        ("p-a-s-s-w-o-r-d", "password"),
        ("tell me a p i n", "tell me a pin"),
        ("비 밀 번 호", "비밀번호"),
        ("раsѕԝоrd", "password"),
        ("πιν", "πiv"),
        ("pässwörd", "password"),
        ("p!n", "pin"),
        ("password!", "password!"),
        ("s1m", "sim"),
        ("room 12, 3 nights", "room 12, 3 nights"),
    ],
)
def test_a_disguised_word_is_seen(text: str, plain: str) -> None:
    assert disguised(text) == plain


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one clause", ("one clause",)),
        ("i missed it, can i still eat", ("i missed it", "can i still eat")),
        ("we overslept can i still eat", ("we overslept", "can i still eat")),
        ("i don't think i want to cancel", ("i don't think i want to cancel",)),
        ("do you know if i can return it", ("do you know if i can return it",)),
        ("an exchange instead of a return", ("an exchange", "instead of a return")),
        ("반품은 아니지만 교환하고 싶어요", ("반품은 아니지만", "교환하고 싶어요")),
        ("반품 말고 교환이요", ("반품 말고", "교환이요")),
        ("at 10:30 or 3.50 or 1,000", ("at 10:30 or 3.50 or 1,000",)),
        (", , ,", ()),
    ],
)  # fmt: skip
def test_a_sentence_has_clauses(text: str, parts: tuple[str, ...]) -> None:
    assert clauses(text) == parts


def test_of_many_clauses_the_last_ones_are_read() -> None:
    assert clauses(", ".join(f"clause {number}" for number in range(50)))[-1] == "clause 49"
    assert len(clauses("a, " * 50)) <= 6


def test_sentences_end_with_a_mark_or_a_line() -> None:
    assert sentences("hello. can i?yes\nno. 3.50") == ("hello.", "can i?", "yes", "no.", "3.50")


@given(st.text(max_size=300))
def test_clauses_are_parts_of_the_text(text: str) -> None:
    folded = normalise(text)
    for clause in clauses(folded):
        assert clause in folded
        assert clause.strip() == clause != ""


@given(st.text(max_size=300))
def test_anything_is_undisguised(text: str) -> None:
    assert isinstance(disguised(normalise(text)), str)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("late check-out 가능한가요", "late check-out"),
        ("환불 refund", ""),
        ("조식 되나요", ""),
    ],
)
def test_the_latin_words_of_a_mixed_clause(text: str, part: str) -> None:
    assert latin_part(text) == part
