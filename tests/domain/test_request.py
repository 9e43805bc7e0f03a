# SPDX-License-Identifier: Apache-2.0
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.request import (
    LONGEST,
    Matcher,
    RequestMatch,
    Similarity,
    clauses,
    disguised,
    is_negated,
    normalise,
)
from agentassist.domain.verdict import Match
from agentassist.errors import Unavailable
from tests.policy_samples import shipped

HOTEL = Matcher(shipped(), sector="hotel")
RETAIL = Matcher(shipped(), sector="retail")
TELECOM = Matcher(shipped(), sector="telecom")
BANK = Matcher(shipped(), sector="bank")


def found(matcher: Matcher, text: str) -> dict[str, Match]:
    return {item.policy_id: item.match for item in matcher.match(text)}


# Reading


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Can   I\tStill ", "can i still"),
        ("pass\u200bword", "password"),
        ("ＰＩＮ", "pin"),
        ("Straße", "strasse"),
        ("\u1100\u1161", "가"),
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
        ("a b c", "a b c"),
    ],
)
def test_a_disguised_word_is_seen(text: str, plain: str) -> None:
    assert disguised(text) == plain


def test_clauses_are_tried_beside_the_whole() -> None:
    text = "i missed it, can i still eat? thanks"
    assert clauses(text) == (text, "i missed it", "can i still eat", "thanks")
    assert clauses("one clause") == ("one clause",)
    assert clauses("반품은 아니지만 교환하고 싶어요")[1:] == ("반품은 아니지만", "교환하고 싶어요")


@pytest.mark.parametrize(
    "text",
    ["i do not want a refund", "don't cancel it", "never mind the breakfast", "no need for that",
     "반품하고 싶지 않아요", "취소하지 마세요", "안 가요", "환불 말고 교환이요", "필요 없어요"],
)  # fmt: skip
def test_negation_is_heard(text: str) -> None:
    assert is_negated(text)


@pytest.mark.parametrize(
    "text",
    ["can i return it", "why can't i return it", "could you not make an exception",
     "i know it is late", "반품하고 싶어요", "안내해 주세요", "지금 가도 되나요"],
)  # fmt: skip
def test_a_question_is_no_negation(text: str) -> None:
    assert not is_negated(text)


# Ordinary policies, by words


@pytest.mark.parametrize(
    ("matcher", "text", "policy"),
    [
        (HOTEL, "Can I still get breakfast?", "hotel.breakfast.late"),
        (HOTEL, "hello, we missed breakfast, is there anything left", "hotel.breakfast.late"),
        (HOTEL, "could we have a late check-out?", "hotel.checkout.late"),
        (RETAIL, "I missed the return date, sorry", "retail.return.late"),
        (RETAIL, "please stop my order", "retail.order.cancel"),
        (BANK, "I sent the money to the wrong account", "bank.transfer.undo"),
        (HOTEL, "조식을 놓쳤어요. 방법이 없을까요?", "hotel.breakfast.late"),
        (HOTEL, "레이트 체크아웃 되나요?", "hotel.checkout.late"),
        (RETAIL, "반품 기간이 지났는데 될까요", "retail.return.late"),
        (RETAIL, "배송 중인데 주문 취소되나요", "retail.order.cancel"),
        (BANK, "수수료를 환불해 주세요", "bank.fee.refund"),
        (TELECOM, "약정을 중도 해지하려고요", "telecom.contract.leave_early"),
    ],
)
def test_a_request_is_shown(matcher: Matcher, text: str, policy: str) -> None:
    assert found(matcher, text).get(policy) is Match.SHOW


@pytest.mark.parametrize(
    ("matcher", "text"),
    [
        (HOTEL, "is there parking"),
        (HOTEL, "can I bring my dog"),
        (HOTEL, "breakfast was cold"),
        (RETAIL, "where is my parcel"),
        (RETAIL, "when will my refund arrive"),
        (RETAIL, "thank you, have a nice day"),
        (BANK, "what does the account cost"),
        (HOTEL, "주차 되나요"),
        (HOTEL, "조식은 얼마인가요"),
        (RETAIL, "안녕하세요"),
        (RETAIL, ""),
        (RETAIL, "\u200b\u200b"),
        (RETAIL, "الطقس جميل"),
    ],
)
def test_what_no_policy_is_about_stays_silent(matcher: Matcher, text: str) -> None:
    assert Match.SHOW not in found(matcher, text).values()


@pytest.mark.parametrize(
    ("matcher", "text", "policy"),
    [
        (RETAIL, "I don't want to cancel my order", "retail.order.cancel"),
        (HOTEL, "we do not need a late check-out", "hotel.checkout.late"),
        (RETAIL, "주문을 취소하고 싶지 않아요", "retail.order.cancel"),
    ],
)
def test_negation_lowers_a_match_to_a_button(matcher: Matcher, text: str, policy: str) -> None:
    assert found(matcher, text).get(policy) is Match.OFFER


def test_a_negated_clause_does_not_silence_the_next() -> None:
    text = "I don't want a voucher, can I still return this?"
    assert found(RETAIL, text).get("retail.return.late") is Match.SHOW


def test_two_requests_in_one_sentence_are_both_shown() -> None:
    got = found(HOTEL, "can I still get breakfast? and can I have a late check-out")
    assert got["hotel.breakfast.late"] is Match.SHOW
    assert got["hotel.checkout.late"] is Match.SHOW


def test_the_evidence_is_the_example_that_came_nearest() -> None:
    (match,) = HOTEL.match("can i still get breakfast")
    assert match == RequestMatch(
        "hotel.breakfast.late",
        Match.SHOW,
        "can I still get breakfast",
        "can i still get breakfast",
        match.score,
        protected=False,
    )
    assert match.score > 0.99


def test_other_sectors_stay_out() -> None:
    assert not found(BANK, "can I still get breakfast?")
    assert found(Matcher(shipped()), "can I still get breakfast?")


# Protected detectors


@pytest.mark.parametrize(
    ("matcher", "text", "policy"),
    [
        (RETAIL, "tell me my password", "common.credential.disclose"),
        (RETAIL, "what is the cvv on file", "common.credential.disclose"),
        (BANK, "t3ll me my p4ssw0rd", "common.credential.disclose"),
        (BANK, "tell me my pass\u200bword", "common.credential.disclose"),
        (BANK, "tell me my p a s s w o r d", "common.credential.disclose"),
        (BANK, "비밀번호 좀 알려주세요", "common.credential.disclose"),
        (BANK, "인증번호가 안 오는데 불러 주세요", "common.credential.disclose"),
        (BANK, "I do not want my password, no, just tell me", "common.credential.disclose"),
        (BANK, "can you check my husband's balance", "common.account.someone_else"),
        (BANK, "어머니 계좌 잔액 좀 확인해 주세요", "common.account.someone_else"),
        (TELECOM, "please activate the new SIM card", "telecom.sim.swap"),
        (TELECOM, "유심 좀 바꿔 주세요", "telecom.sim.swap"),
        (HOTEL, "could you unlock the gate for us", "hotel.pool.gate"),
        (HOTEL, "밤에 수영장 문 좀 열어 주세요", "hotel.pool.gate"),
        (BANK, "skip the verification, I am in a hurry", "common.account.unverified"),
    ],
)
def test_act_and_object_close_together_show_a_protected_policy(
    matcher: Matcher, text: str, policy: str
) -> None:
    first = matcher.match(text)[0]
    assert found(matcher, text).get(policy) is Match.SHOW
    assert first.protected


@pytest.mark.parametrize(
    ("matcher", "text", "policy"),
    [
        (BANK, "there is something odd with the password field", "common.credential.disclose"),
        (TELECOM, "my sim has bad reception", "telecom.sim.swap"),
        (HOTEL, "the pool is lovely", "hotel.pool.gate"),
        (BANK, "비밀번호 화면이 이상해요", "common.credential.disclose"),
    ],
)
def test_the_object_alone_gives_a_quiet_chip(matcher: Matcher, text: str, policy: str) -> None:
    assert found(matcher, text).get(policy) is Match.OFFER


def test_an_act_far_away_does_not_count() -> None:
    far = "tell me about the rooms and the view and the food, then password"
    assert found(BANK, far)["common.credential.disclose"] is Match.OFFER


def test_words_inside_words_do_not_count() -> None:
    assert "common.credential.disclose" not in found(
        HOTEL, "the spinning class and the shopping list"
    )
    assert "telecom.sim.swap" not in found(TELECOM, "it is simply too expensive")


# By meaning


def by_table(scores: dict[str, float]) -> Matcher:
    def similarity(_text: str, sentences: Sequence[str]) -> list[float]:
        return [scores.get(sentence, 0.0) for sentence in sentences]

    return Matcher(shipped(), similarity, sector="hotel")


@pytest.mark.parametrize(
    ("score", "against", "match"),
    [
        (0.80, 0.0, Match.SHOW),
        (0.60, 0.0, Match.SHOW),
        (0.59, 0.0, Match.OFFER),
        (0.47, 0.0, Match.OFFER),
        (0.46, 0.0, None),
        (0.80, 0.79, Match.OFFER),
        (0.80, 0.81, None),
    ],
)
def test_three_tiers_and_counter_examples(
    score: float, against: float, match: Match | None
) -> None:
    matcher = by_table(
        {"we missed breakfast, can we get something": score, "breakfast was cold": against}
    )
    assert found(matcher, "anything").get("hotel.breakfast.late") is match


def test_likeness_alone_gives_a_protected_policy_a_chip_only() -> None:
    matcher = by_table({"we want to swim at night": 0.95})
    assert found(matcher, "anything") == {"hotel.pool.gate": Match.OFFER}


def test_a_model_has_no_vote_in_a_language_it_does_not_speak() -> None:
    asked: list[str] = []

    def similarity(text: str, sentences: Sequence[str]) -> list[float]:
        asked.append(text)
        return [0.0] * len(sentences)

    matcher = Matcher(shipped(), similarity, sector="hotel")
    assert found(matcher, "조식을 놓쳤어요")["hotel.breakfast.late"] is Match.SHOW
    assert not asked


def test_a_clause_is_compared_once_with_everything() -> None:
    asked: list[str] = []

    def similarity(text: str, sentences: Sequence[str]) -> list[float]:
        asked.append(text)
        return [0.1] * len(sentences)

    Matcher(shipped(), similarity).match("we overslept, can I still get breakfast")
    assert asked == [
        "we overslept, can i still get breakfast",
        "we overslept",
        "can i still get breakfast",
    ]


def no_model(_text: str, sentences: Sequence[str]) -> list[float]:
    return [0.0] * len(sentences)


def closed_model(_text: str, _sentences: Sequence[str]) -> list[float]:
    raise Unavailable("The language model is closed. Keyword search goes on.")


@pytest.mark.parametrize("similarity", [no_model, closed_model])
def test_without_a_model_words_are_compared(similarity: Similarity) -> None:
    matcher = Matcher(shipped(), similarity, sector="hotel")
    assert found(matcher, "can I still get breakfast")["hotel.breakfast.late"] is Match.SHOW


@given(st.text(max_size=200))
def test_any_text_is_matched_without_a_fault(text: str) -> None:
    for item in Matcher(shipped()).match(text):
        assert item.policy_id in shipped().policies


def test_a_megabyte_is_cut_and_quick() -> None:
    began = time.perf_counter()
    RETAIL.match("can I still return this, " * 40_000)
    RETAIL.match("p4 " * 300_000)
    RETAIL.match("a " * 300_000)
    assert time.perf_counter() - began < 2
