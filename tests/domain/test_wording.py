# SPDX-License-Identifier: Apache-2.0
import pytest

from agentassist.domain import wording
from agentassist.domain.verdict import Wording


@pytest.mark.parametrize(
    "text",
    ["No, sir", "we cannot", "we can't", "we can’t", "won't do", "Unfortunately it is",
     "our policy is", "As I said", "other customers",
     "I'm afraid it is", "we are not able to", "like I already told you", "another department",
     "the system won't", "the back office", "every other guest", "I guarantee it",
     "안 됩니다", "불가합니다", "규정상 그렇습니다", "도와드릴 수 없습니다", "어렵습니다",
     "말씀드렸듯이", "다른 고객님들도", "다른 부서로", "무조건 됩니다"],
)  # fmt: skip
def test_words_that_close_the_door(text: str) -> None:
    assert wording.hard_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "I know",
        "noon",
        "a canteen",
        "your insurance policy",
        "nothing to pay",
        "안내해 드립니다",
        "our guarantee covers it",
        "the department store",
        "no matter where",
        "수 있습니다",
    ],
)
def test_words_that_do_not(text: str) -> None:
    assert not wording.hard_words(text)


@pytest.mark.parametrize(
    "text", ["", " - ", "never", "please wait", "Sorry about that", "see the website",
             "check our site", "n/a", "기다려 주세요", "홈페이지에서 확인"],
)  # fmt: skip
def test_an_offer_that_offers_nothing(text: str) -> None:
    assert wording.is_hollow(text)


@pytest.mark.parametrize("text", ["a place on the waiting list", "a website for you", "조식 메뉴"])
def test_an_offer_that_offers_something(text: str) -> None:
    assert not wording.is_hollow(text)


def test_length_is_counted_in_words_and_characters() -> None:
    assert not wording.excess(Wording(" ".join(["w"] * 35), "x" * 140))
    assert wording.excess(Wording(" ".join(["w"] * 36), "")) == "36 words, at most 35"
    assert wording.excess(Wording("w", "x" * 141)) == "141 characters, at most 140"


def test_a_refusal_may_say_no_but_nothing_cold() -> None:
    assert not wording.unkind_words("I can't open it now: nobody would see a swimmer.")
    assert not wording.unkind_words("안전을 위해 열어 드릴 수 없습니다.")
    assert wording.unkind_words("Our policy is to keep it shut.") == "Our policy"
    assert wording.unkind_words("다른 고객님도 마찬가지입니다") == "다른 고객"
