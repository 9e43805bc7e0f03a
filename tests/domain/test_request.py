# SPDX-License-Identifier: Apache-2.0
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.policy import ProtectedPolicy
from agentassist.domain.request import Matcher, Meaning, RequestMatch
from agentassist.domain.thresholds import Thresholds
from agentassist.domain.utterance import normalise
from agentassist.domain.verdict import Match
from agentassist.errors import Unavailable
from tests.policy_samples import shipped

ALL = Matcher(shipped())
HOTEL = Matcher(shipped(), sector="hotel")
RETAIL = Matcher(shipped(), sector="retail")
TELECOM = Matcher(shipped(), sector="telecom")
BANK = Matcher(shipped(), sector="bank")


def found(matcher: Matcher, text: str) -> dict[str, Match]:
    return {item.policy_id: item.match for item in matcher.match(text)}


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
    assert match.score > 0.7


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


@dataclass(frozen=True, slots=True)
class Table:
    """Stands for a model with the likeness of a table to whatever is said."""

    scores: Mapping[str, float]
    asked: list[str] = field(default_factory=list)
    model: str = "table"
    closed: bool = False

    def speaks(self, language: str) -> bool:
        return language == "en"

    def likeness(self, texts: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        if self.closed:
            raise Unavailable("The language model is closed. Keyword search goes on.")
        self.asked.extend(texts)
        return [[self.scores.get(sentence, 0.0) for sentence in sentences] for _ in texts]


USUAL = Thresholds(show=0.6, offer=0.4, margin=0.05, types={"hotel.pool.gate": 0.7})


def by_table(table: Table, sector: str = "hotel") -> Matcher:
    return Matcher(shipped(), lambda: table, sector, {("en", "table"): USUAL})


# Three examples count: 0.7, 0.2 and 0.1 of their likeness.
@pytest.mark.parametrize(
    ("best", "others", "against", "match"),
    [
        (0.80, 0.60, 0.0, Match.SHOW),
        (0.80, 0.14, 0.0, Match.SHOW),
        (0.80, 0.13, 0.0, Match.OFFER),
        (0.50, 0.17, 0.0, Match.OFFER),
        (0.50, 0.16, 0.0, None),
        (0.80, 0.60, 0.76, Match.OFFER),
        (0.80, 0.60, 0.80, None),
    ],
)
def test_three_tiers_and_counter_examples(
    best: float, others: float, against: float, match: Match | None
) -> None:
    scores = {
        "we missed breakfast, can we get something": best,
        "can i still get breakfast": others,
        "is it too late for breakfast": others,
        "breakfast was cold": against,
    }
    matcher = by_table(Table(scores))
    assert found(matcher, "could it be anything").get("hotel.breakfast.late") is match


def test_two_types_that_are_equally_near_are_both_offered() -> None:
    near = dict.fromkeys(examples("hotel.breakfast.late"), 0.9)
    also = dict.fromkeys(examples("hotel.checkout.late"), 0.87)
    assert found(by_table(Table(near | also)), "could it be anything") == {
        "hotel.breakfast.late": Match.OFFER,
        "hotel.checkout.late": Match.OFFER,
    }


def test_at_most_three_buttons() -> None:
    near = {text: 0.5 for id_ in shipped().policies for text in examples(id_)}
    assert len(found(by_table(Table(near), sector=""), "could it be anything")) == 3


def examples(policy: str) -> list[str]:
    return [normalise(text) for text in shipped().policies[policy].examples["en"]]


@pytest.mark.parametrize(("score", "match"), [(0.95, Match.OFFER), (0.65, None)])
def test_likeness_alone_gives_a_protected_policy_a_chip_only(
    score: float, match: Match | None
) -> None:
    table = Table(dict.fromkeys(examples("hotel.pool.gate"), score))
    assert found(by_table(table), "could it be anything").get("hotel.pool.gate") is match


def test_a_model_has_no_vote_in_a_language_it_does_not_speak() -> None:
    table = Table({})
    assert found(by_table(table), "조식을 놓쳤어요")["hotel.breakfast.late"] is Match.SHOW
    assert not table.asked


def test_a_model_that_was_not_calibrated_has_no_vote() -> None:
    table = Table({})
    matcher = Matcher(shipped(), lambda: table, "hotel")
    assert found(matcher, "can I still get breakfast")["hotel.breakfast.late"] is Match.SHOW
    assert not table.asked


def test_all_clauses_are_compared_at_once() -> None:
    table = Table({})
    by_table(table).match("our alarm was broken, can I still get breakfast")
    assert table.asked == [
        "our alarm was broken, can i still get breakfast",
        "our alarm was broken",
        "can i still get breakfast",
    ]


@pytest.mark.parametrize("meaning", [lambda: None, lambda: Table({}, closed=True)])
def test_without_a_model_words_are_compared(meaning: Callable[[], Meaning | None]) -> None:
    matcher = Matcher(shipped(), meaning, "hotel", {("en", "table"): USUAL})
    assert found(matcher, "can I still get breakfast")["hotel.breakfast.late"] is Match.SHOW


# Several policies of one type


def test_policies_that_answer_one_type_of_request_are_one_match() -> None:
    policy = shipped().policies["hotel.breakfast.late"]
    twin = replace(policy, id="hotel.breakfast.summer", request=policy.id)
    both = replace(shipped(), policies={**shipped().policies, twin.id: twin})
    matcher = Matcher(both, sector="hotel")
    assert len(found(matcher, "can I still get breakfast")) == 1


# Bad input


def test_mixed_korean_and_english_is_offered_at_least() -> None:
    assert "hotel.checkout.late" in found(HOTEL, "late check-out 가능한가요")


@given(st.text(max_size=200))
def test_any_text_is_matched_without_a_fault(text: str) -> None:
    for item in ALL.match(text):
        assert item.policy_id in shipped().policies


@pytest.mark.parametrize(
    "text",
    [
        "can I still return this, " * 40_000,
        "p4 " * 300_000,
        "a " * 300_000,
        "\u200b" * 1_000_000,
        "ㅂㅣ" * 300_000,
        "tell me my password " * 40_000,
        "don't want " * 90_000,
        "'" * 1_000_000,
        "\n" * 1_000_000,
        "안 되나요 " * 150_000,
        "if " * 300_000,
        "비밀번호" * 250_000,
    ],
)
def test_a_megabyte_is_cut_and_quick(text: str) -> None:
    assert seconds(text) < 0.15


@given(st.text(max_size=400))
def test_an_utterance_is_matched_in_time(text: str) -> None:
    assert seconds(text) < 0.05


def seconds(text: str) -> float:
    """Return how long matching takes, at the better of a few times: others work here too."""

    def once() -> float:
        began = time.thread_time()
        ALL.match(text)
        return time.thread_time() - began

    return min(once() for _ in range(3))


@given(st.sampled_from(sorted(shipped().protected())), st.data())
def test_nothing_around_an_attempt_silences_it(policy_id: str, data: st.DataObject) -> None:
    policy = shipped().policies[policy_id]
    assert isinstance(policy, ProtectedPolicy)
    language = data.draw(st.sampled_from(sorted(policy.object)))
    thing = data.draw(st.sampled_from(policy.object[language]))
    before = data.draw(st.sampled_from(["", "I don't want ", "what if ", "he said ", "안 ", '"']))
    after = data.draw(st.sampled_from(["", " already", " 말고", " said nobody", '"', " 싫어요"]))
    assert policy_id in found(ALL, f"{before}{thing}{after}")
