# SPDX-License-Identifier: Apache-2.0
"""Which proofs of identity a caller told, and what only sounds like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.call import Speaker
from agentassist.domain.proof import Proof, told

ACCOUNT, PIN, BIRTH = Proof.ACCOUNT_NUMBER, Proof.PIN, Proof.BIRTH_DATE
MAIDEN, PET = Proof.MAIDEN_NAME, Proof.PET_NAME


def heard(*lines: str) -> set[Proof]:
    """Return the proofs of a conversation; a line that begins with > is the agent's."""
    said = (
        (Speaker.AGENT, line[1:]) if line.startswith(">") else (Speaker.CUSTOMER, line)
        for line in lines
    )
    return set(told(said))


@pytest.mark.parametrize(
    ("text", "proofs"),
    [
        ("my account number is 48151623", {ACCOUNT}),
        ("it is 4815 1623 4242 and the PIN is 2342", {ACCOUNT, PIN}),
        ("PIN 2342, born on 3 May 1961", {PIN, BIRTH}),
        ("03/05/1961", {BIRTH}),
        ("1961년 5월 3일생입니다", {BIRTH}),
        ("계좌번호는 481516234242이에요", {ACCOUNT}),
        ("my pin is [code]", {PIN}),
        ("my mother's maiden name was Okafor", {MAIDEN}),
        ("maiden name Okafor, I can't remember my pin", {MAIDEN}),
        ("I had a pet. His name was Biscuit", {PET}),
        ("somebody took $3000 from me", set()),
        ("they took 3000 dollars", set()),
        ("I don't know my PIN", set()),
        ("I forgot my mother's maiden name", set()),
        ("", set()),
    ],
)
def test_what_is_told_unasked(text: str, proofs: set[Proof]) -> None:
    assert heard(text) == proofs


@pytest.mark.parametrize(
    ("question", "answer", "proofs"),
    [
        ("What was your mother's maiden name?", "okafor", {MAIDEN}),
        ("What was your mother's maiden name?", "It was Okafor, I think", {MAIDEN}),
        ("And the name of your first pet?", "Biscuit!", {PET}),
        ("And the name of your first pet?", "why", set()),
        ("And the name of your first pet?", "no", set()),
        ("And the name of your first pet?", "I have no idea", set()),
        ("Your mother's maiden name and your pet?", "Okafor and Biscuit", {MAIDEN, PET}),
        ("처음 키운 반려동물 이름이 무엇인가요?", "초코", {PET}),
        ("처음 키운 반려동물 이름이 무엇인가요?", "네", set()),
        ("What is your full name?", "Ada Okafor", set()),
    ],
)
def test_an_answer_is_read_by_its_question(question: str, answer: str, proofs: set[Proof]) -> None:
    assert heard(f">{question}", answer) == proofs


def test_two_pins_can_be_tried_until_the_caller_cannot_choose() -> None:
    lines = (">Your PIN, please?", "either 2342 or 4815")
    assert heard(*lines) == {PIN}
    assert heard(*lines, ">Which PIN is it?", "either one, I can't tell") == set()


@given(st.lists(st.tuples(st.sampled_from(list(Speaker)), st.text(max_size=80)), max_size=8))
def test_nothing_that_is_said_breaks_it(lines: list[tuple[Speaker, str]]) -> None:
    assert told(lines) <= set(Proof)
