# SPDX-License-Identifier: Apache-2.0
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.analyzer import Analyzer, codes, normalise
from agentassist.retrieval.codes import joined

terms = Analyzer().terms


@pytest.mark.parametrize(
    "text",
    ["AX-4410", "ax4410", "ax 4410", "AX‑4410", "AX–4410", "A\u00adX_4410", "ＡＸ－４４１０"],
)
def test_a_code_is_the_same_however_it_is_parted(text: str) -> None:
    assert "ax4410" in terms(text)
    assert "ax4410" in codes(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("call 1588 1234 56", "call 1588-1234-56"),
        ("(02) 123-4567", "02.123.4567"),
        ("Mail to Support@Example.com.", "support@example.com"),
        ("see https://www.example.com/help/12/", "https://www.example.com/help/12"),
        ("error 0x80070057!", "0X80070057"),
    ],
)
def test_numbers_and_addresses_share_a_code(left: str, right: str) -> None:
    assert codes(left) & codes(right)


@pytest.mark.parametrize(("left", "right"), [("AX-4410", "AX-4411"), ("a@b.com", "a@b.org")])
def test_another_code_is_another(left: str, right: str) -> None:
    assert not codes(left) & codes(right)


@pytest.mark.parametrize("text", ["in 2023", "up 500", "three parcels", "1, 2 and 3", "e-mail"])
def test_plain_talk_gives_no_joined_code(text: str) -> None:
    assert not list(joined(normalise(text)))


@given(st.text())
def test_joined_codes_can_be_kept_as_terms(text: str) -> None:
    assert all(0 < len(code) <= 32 for code in joined(normalise(text)))


@pytest.mark.parametrize("unit", ["1 ", "1-", "a@", "a.", "www.", "(1", "ab 12", "x", "12 34-"])
def test_a_megabyte_takes_linear_time(unit: str) -> None:
    begun = time.perf_counter()
    list(joined(unit * (1_000_000 // len(unit))))
    assert time.perf_counter() - begun < 10
