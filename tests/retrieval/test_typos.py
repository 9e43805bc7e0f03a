# SPDX-License-Identifier: Apache-2.0
import time
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.postings import Segment, build
from agentassist.retrieval.typos import Spelling, errors_allowed

KNOWN = [
    "refund",
    "parcel",
    "configur",
    "ax4410",
    "smtp",
    "sent",
    "m환불",
    "m배송지",
    "m로밍",
    "é",
    "1환",
]


@pytest.fixture(scope="module")
def segment() -> Segment:
    return build([dict.fromkeys(KNOWN, 1.0)], 0)


def near(segment: Segment, term: str) -> list[str]:
    return [segment.term(place) for place in Spelling(segment).near(term)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("refnud", "refund"),
        ("refunf", "refund"),
        ("rfund", "refund"),
        ("refuund", "refund"),
        ("confgur", "configur"),
        ("cnfiguer", "configur"),
        ("smpt", "smtp"),
        ("oarcel", "parcel"),
        ("m환뷸", "m환불"),
        ("m환부", "m환불"),
        ("m배손지", "m배송지"),
    ],
)
def test_a_typo_is_near_what_was_meant(segment: Segment, typed: str, meant: str) -> None:
    assert near(segment, typed) == [meant]


@pytest.mark.parametrize(
    "typed",
    [
        "ax4411",
        "ax441",
        "pencil",
        "went",
        "ref",
        "m항공",
        "m환",
        "환뷸",
        "1한",
        "",
        "refundrefund",
        "x" * 99,
    ],
)
def test_what_is_far_or_a_code_or_too_short_is_not(segment: Segment, typed: str) -> None:
    assert near(segment, typed) == []


def test_the_nearest_come_first_and_the_common_before_the_rare() -> None:
    rows = [{"parcel": 1.0, "partel": 1.0}, {"partel": 1.0}]
    assert near(build(rows, 0), "parsel") == ["partel", "parcel"]


def test_nothing_is_near_in_an_empty_index() -> None:
    assert Spelling(build((), 0)).near("refund") == []


@given(st.text(max_size=40))
def test_any_word_may_be_asked(text: str) -> None:
    assert 0 <= errors_allowed(text) <= 2
    Spelling(build([{"refund": 1.0}], 0)).near(text)


def test_a_large_vocabulary_is_sifted_quickly() -> None:
    words = ("".join(letters) for letters in product("abcdefghij", repeat=6))
    spelling = Spelling(build([dict.fromkeys(islice(words, 0, 600_000, 3), 1.0)], 0))
    spelling.near("abcdxx")
    begun = time.thread_time()
    for _ in range(10):
        spelling.near("abcdxx")
    assert time.thread_time() - begun < 1
