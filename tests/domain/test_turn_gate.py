# SPDX-License-Identifier: Apache-2.0
"""The shipped gate, on sentences of trades it was not fitted on, in both languages."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.turn import read
from agentassist.domain.turn_gate import Attention, Past, features
from agentassist.services.live_text import load_gate
from tests.domain.test_turn import SMALL_TALK

REQUESTS = [
    "My internet is not working since yesterday",
    "I'd like to order a large pepperoni pizza",
    "I lost my phone and want to file a claim",
    "what is the routing number for my account",
    "can you help me transfer money to my savings account?",
    "how do I add my daughter to the insurance",
    "the app keeps crashing when I open it",
    "is breakfast included in my room?",
    "비밀번호를 바꾸고 싶은데요",
    "배송이 아직 안 왔어요",
    "환불해주세요",
    "와이파이가 자꾸 끊겨요",
    "카드를 잃어버렸는데 어떻게 해야 하나요",
    "예약을 다음 주로 변경할 수 있을까요?",
]
DATA = [
    "my name is John Smith", "it's 555 0134", "order number is MP-204817", "A34 L95", "4 5 5 6",
    "three one four one five nine", "john dot smith at gmail dot com", "zip code is 10023",
    "제 이름은 김철수입니다", "공일공 일이삼사 오육칠팔", "주문번호는 12345번이요", "삼일사일오",
]  # fmt: skip
ASKED = Past().after(read("I want to return a lamp that is broken"))


def attention(text: str, past: Past) -> Attention:
    gate, turn = load_gate(), read(text)
    return gate.attention(turn, gate.score(turn, past))


@pytest.mark.parametrize("text", REQUESTS)
def test_a_first_request_is_searched_for(text: str) -> None:
    assert attention(text, Past()) is Attention.SEARCH


@pytest.mark.parametrize("text", REQUESTS)
def test_a_second_request_is_never_passed_over(text: str) -> None:
    assert attention(text, ASKED) is not Attention.SILENT


@pytest.mark.parametrize("past", [Past(), ASKED], ids=["first", "later"])
@pytest.mark.parametrize("text", [*SMALL_TALK, *DATA])
def test_small_talk_and_data_are_silent(text: str, past: Past) -> None:
    assert attention(text, past) is Attention.SILENT


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_a_score_is_a_probability_and_features_are_small(
    text: str,
    asked: bool,
    said: bool,
) -> None:
    past, turn = Past(asked, said), read(text)
    assert 0 <= load_gate().score(turn, past) <= 1
    assert all(0 <= value <= 3 for value in features(turn, past).values())


def test_every_feature_has_a_weight_and_the_bounds_are_in_order() -> None:
    gate = load_gate()
    assert set(gate.weights) == set(features(read("hello"), Past()))
    assert 0 < gate.quiet < gate.search < 1


def test_a_past_grows_by_requests_alone() -> None:
    past = Past().after(read("hello")).after(read("4 5 5 6"))
    assert past == Past()
    past = past.after(read("I want to return the lamp"))
    assert past.asked
    assert past.open == read("I want to return the lamp").terms
    assert past.after(read("ok thanks")) == past


def _lines() -> Iterator[str]:
    for _ in range(50):
        yield from (*REQUESTS, *DATA)


def test_it_costs_less_than_a_millisecond() -> None:
    gate, lines = load_gate(), list(_lines())
    began = time.perf_counter()
    for line in lines:
        gate.score(read(line), ASKED)
    assert (time.perf_counter() - began) / len(lines) < 0.001
