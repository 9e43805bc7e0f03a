# SPDX-License-Identifier: Apache-2.0
import pytest

from agentassist.domain import wording
from agentassist.domain.facts import Text
from agentassist.domain.verdict import Wording

YES = Text("Yes, gladly.", "네.")


def test_yes_says_conditions_and_who_signs() -> None:
    said = wording.yes(YES, [Text("It is 5.00.", "5.00입니다.")], "en", signed=True)
    assert said.long == said.short == "Yes, gladly. It is 5.00. My lead signs it now."
    korean = wording.yes(YES, [Text("It is 5.00.", "5.00입니다.")], "ko", signed=True)
    assert korean.long == "네. 5.00입니다. 책임자가 바로 승인해 드립니다."


def test_a_decline_begins_with_what_we_can_do() -> None:
    assert wording.decline(["a table", "a tray"], "It is noon", "en") == Wording(
        "I can offer you a table, or a tray. It is noon.", "I can offer you a table, or a tray."
    )
    assert wording.decline(["자리"], "정오입니다.", "ko") == Wording(
        "지금 해 드릴 수 있는 것은 자리입니다. 정오입니다.", "지금 해 드릴 수 있는 것은 자리입니다."
    )


def test_a_refusal_ends_with_the_safe_path() -> None:
    said = wording.refuse(Text("I keep it shut.", "닫아 둡니다."), "the gym", "en")
    assert said.long == "I keep it shut. The safe way: the gym."


@pytest.mark.parametrize(
    "text",
    ["No, sir", "we cannot", "we can't", "we can’t", "won't do", "Unfortunately it is",
     "our policy is", "As I said", "other customers",
     "안 됩니다", "불가합니다", "규정상 그렇습니다"],
)  # fmt: skip
def test_words_that_close_the_door(text: str) -> None:
    assert wording.hard_words(text)


@pytest.mark.parametrize(
    "text",
    ["I know", "noon", "a canteen", "your insurance policy", "nothing to pay", "안내해 드립니다"],
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
