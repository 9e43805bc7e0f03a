# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.polarity import is_negated, polarity_of, read
from agentassist.domain.utterance import normalise
from agentassist.domain.verdict import Polarity


@pytest.mark.parametrize(
    "text",
    ["i do not want a refund", "don't cancel it", "never mind the breakfast", "no need for that",
     "please don't change it", "i'm not asking for money", "rather not", "no thanks",
     "we won't need it", "i never wanted that", "instead of a refund", "not a refund",
     "반품하고 싶지 않아요", "취소하지 마세요", "안 갈래요", "환불 말고", "필요 없어요",
     "환불이 아니라", "반품하지 않을게요", "괜찮아요"],
)  # fmt: skip
def test_a_refusal_is_heard(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize(
    "text",
    ["can i return it", "why can't i return it", "could you not make an exception",
     "can't you make an exception", "is there no other way", "couldn't we stay longer",
     "i know it is late", "can i cancel without a fee", "no problem, can i return it",
     "if not, can i exchange it", "is it not possible to return it",
     "반품하고 싶어요", "안내해 주세요", "지금 가도 되나요", "취소 안 되나요", "반품할 수 없나요",
     "왜 안 돼요", "방법이 없을까요", "좀 늦으면 안 될까요", "취소해 주시면 안 되나요"],
)  # fmt: skip
def test_a_question_is_no_refusal(text: str) -> None:
    assert not is_negated(text)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Can I still return this?", Polarity.ASKS),
        ("I said I want a refund!", Polarity.ASKS),
        ("if possible I'd like to stay longer", Polarity.ASKS),
        ("I want to \"return\" this", Polarity.ASKS),
        ("\"can I still return this\"", Polarity.ASKS),
        ("my flight is late, could we stay longer", Polarity.ASKS),
        ("what if I returned it", Polarity.HYPOTHETICAL),
        ("if I wanted to cancel, could I", Polarity.HYPOTHETICAL),
        ("just curious, can one cancel", Polarity.HYPOTHETICAL),
        ("I already returned it", Polarity.PAST),
        ("the fee was refunded last week", Polarity.PAST),
        ("your website says returns are free", Polarity.QUOTED),
        ("she told me \"you can cancel any time\"", Polarity.QUOTED),
        ("my wife wants to return it", Polarity.FOR_OTHER),
        ("I am calling for my mother", Polarity.FOR_OTHER),
        ("I do NOT want to return it", Polarity.REFUSES),
        ("만약 취소하면 어떻게 되나요", Polarity.HYPOTHETICAL),
        ("이미 반품했어요", Polarity.PAST),
        ("취소된다고 하던데", Polarity.QUOTED),
        ("친구가 취소하고 싶대요", Polarity.FOR_OTHER),
        ("취소하지 마세요", Polarity.REFUSES),
        ("취소해 주세요", Polarity.ASKS),
    ],
)  # fmt: skip
def test_how_a_sentence_is_meant(text: str, polarity: Polarity) -> None:
    assert polarity_of(normalise(text)) is polarity


def test_a_hypothesis_holds_for_the_sentence_and_no_further() -> None:
    said = {x.text: x.polarity for x in read("what if i lost it, could i return it? can i cancel")}
    assert said["could i return it"] is Polarity.HYPOTHETICAL
    assert said["can i cancel"] is Polarity.ASKS


def test_a_refusal_holds_for_its_clause() -> None:
    said = read("i don't want a voucher, can i return it")
    assert [x.polarity for x in said] == [Polarity.REFUSES, Polarity.REFUSES, Polarity.ASKS]
    assert said[0].text == "i don't want a voucher, can i return it"


def test_what_was_done_is_only_told_unless_a_wish_is_left() -> None:
    (done,) = read("i already returned it")
    assert done.told
    assert not any(x.told for x in read("i already returned it, can i have my money"))


def test_what_somebody_said_is_only_told_unless_a_wish_is_left() -> None:
    assert all(x.told for x in read('the website says "you can have a late check-out"'))
    assert not any(x.told for x in read("the website says returns are free, can i return this"))


@pytest.mark.parametrize("text", ["oh great, another fee", "thanks for nothing", "참 좋네요"])
def test_sarcasm_is_not_meant_as_it_sounds(text: str) -> None:
    assert all(x.wry for x in read(text))


@given(st.text(max_size=300))
def test_anything_can_be_read(text: str) -> None:
    folded = normalise(text)
    said = read(folded)
    assert len(said) <= 7
    assert all(x.text in folded for x in said)
