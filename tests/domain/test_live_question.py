# SPDX-License-Identifier: Apache-2.0
"""The open request is kept across turns, and only another request takes its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.call import Speaker
from agentassist.domain.live_question import Asked, LiveQuestion
from agentassist.domain.turn_gate import Attention
from agentassist.services.live_text import load_gate

LATE = "I missed the return date for the lamp. Can I still send it back?"
C, A = Speaker.CUSTOMER, Speaker.AGENT
LINES = st.tuples(
    st.sampled_from(Speaker),
    st.sampled_from(
        [
            LATE, "hello", "ok", "yes please", "4 5 5 6", "my name is Ann", "it is the linen one",
            "when do I get my money back?", "also I want to change my address", "um", "",
            "Do you want to change your seat?", "네", "배송이 아직 안 왔어요", "환불해주세요",
        ]
    ),
)  # fmt: skip


@pytest.fixture
def live() -> LiveQuestion:
    return LiveQuestion(load_gate())


def heard(live: LiveQuestion, *lines: str) -> Asked:
    asked = live.asked
    for line in lines:
        asked = live.hear(C, line)
    return asked


def test_greetings_ask_nothing(live: LiveQuestion) -> None:
    assert heard(live, "Hello", "good morning", "um") == Asked(
        "", Attention.SILENT, live.asked.score
    )


@pytest.mark.parametrize(
    "quiet",
    ["ok", "thank you", "yes", "4 5 5 6", "my name is Ann Lee", "order number is MP-204817",
     "네 감사합니다", "공일공 일이삼사 오육칠팔", "", "😀"],
)  # fmt: skip
def test_the_request_stays_while_other_things_are_said(live: LiveQuestion, quiet: str) -> None:
    asked = heard(live, LATE, quiet)
    assert asked.text == LATE
    assert asked.attention is Attention.SILENT
    assert asked.topic == 1


def test_a_detail_stands_behind_its_request(live: LiveQuestion) -> None:
    asked = heard(live, LATE, "I was in hospital, so I could not come earlier.")
    assert asked.text == f"{LATE} I was in hospital, so I could not come earlier."
    assert asked.topic == 1
    assert heard(live, "Where do I send it?").text == f"{LATE} Where do I send it?"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LATE, "And I would like to change the e-mail address of my account"),
        ("my parcel has not arrived", "how do I cancel my subscription?"),
        ("비밀번호를 바꾸고 싶은데요", "그리고 어제 주문한 가방이 아직 안 왔어요"),
    ],
)
def test_another_request_takes_the_place(live: LiveQuestion, first: str, second: str) -> None:
    before, after = heard(live, first), heard(live, second)
    assert after.topic == before.topic + 1
    assert first not in after.text
    assert after.attention is Attention.SEARCH


def test_a_request_that_is_said_again_is_no_other(live: LiveQuestion) -> None:
    asked = heard(live, "I want to return a lamp", "I said I want to return a lamp I bought in May")
    assert asked.topic == 1
    assert asked.text == "I said I want to return a lamp I bought in May"


def test_the_agent_asks_nothing(live: LiveQuestion) -> None:
    heard(live, LATE)
    asked = live.hear(A, "I can check the delivery of your order, which address is it?")
    assert (asked.text, asked.attention) == (LATE, Attention.SILENT)
    assert heard(live, "yes please").text == LATE


def test_a_yes_takes_up_what_the_agent_offers_when_nothing_is_asked(live: LiveQuestion) -> None:
    live.hear(A, "Hello. How can I help you?")
    assert heard(live, "yes").text == ""
    live.hear(A, "May I have your order number, please?")
    assert heard(live, "sure").text == ""
    live.hear(A, "Would you like to change your seat assignment?")
    asked = heard(live, "yes please")
    assert asked == Asked(
        "Would you like to change your seat assignment?", Attention.QUIET, asked.score, 1
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("May I have your order number, please?", "I don't have the order ID with me right now."),
        ("Can you tell me your account number?", "I forgot it."),
        ("성함이 어떻게 되세요?", "김철수인데 잘 안 들리세요?"),
    ],
)
def test_what_answers_a_question_for_a_name_or_number_is_no_request(
    live: LiveQuestion, question: str, answer: str
) -> None:
    heard(live, LATE)
    live.hear(A, question)
    asked = heard(live, answer)
    assert (asked.text, asked.attention, asked.topic) == (LATE, Attention.SILENT, 1)
    live.hear(A, question)
    assert heard(live, "I would like to cancel another order").topic == 2


def test_the_newest_revision_of_a_line_counts(live: LiveQuestion) -> None:
    live.hear(C, "I want", key=1)
    live.hear(C, "I want to return", key=1)
    live.hear(A, "Of course", key=2)
    asked = live.hear(C, "I want to return a lamp", key=1)
    assert asked.text == "I want to return a lamp"
    assert asked.topic == 1


def test_a_line_that_is_taken_back_asks_nothing(live: LiveQuestion) -> None:
    live.hear(C, LATE, key=1)
    assert live.hear(C, "hello", key=1).text == ""


@given(st.lists(LINES, max_size=8), LINES)
def test_peeking_keeps_nothing(lines: list[tuple[Speaker, str]], last: tuple[Speaker, str]) -> None:
    live = LiveQuestion(load_gate())
    for line in lines:
        live.hear(*line)
    before = live.asked
    peeked = live.peek(*last)
    assert live.asked == before
    assert live.hear(*last) == peeked


@given(st.lists(LINES, min_size=1, max_size=8), st.data())
def test_revisions_end_where_the_last_texts_do(
    lines: list[tuple[Speaker, str]], data: st.DataObject
) -> None:
    """However lines were revised on the way, only their last texts matter."""
    revised, plain = LiveQuestion(load_gate()), LiveQuestion(load_gate())
    for key, (speaker, text) in enumerate(lines):
        for end in data.draw(st.lists(st.integers(0, len(text)), max_size=3)):
            revised.hear(speaker, text[:end], key)
        revised.hear(speaker, text, key)
        plain.hear(speaker, text)
    key = data.draw(st.integers(0, len(lines) - 1))
    revised.hear(lines[key][0], "something else", key)
    revised.hear(*lines[key], key)
    assert revised.asked == plain.asked


@given(st.lists(LINES, max_size=10))
def test_the_topic_never_goes_back_and_silence_keeps_the_text(
    lines: list[tuple[Speaker, str]],
) -> None:
    live = LiveQuestion(load_gate())
    for line in lines:
        before, after = live.asked, live.hear(*line)
        assert after.topic >= before.topic
        if after.attention is Attention.SILENT:
            assert (after.text, after.topic) == (before.text, before.topic)
        assert bool(after.text) == (after.topic > 0)
