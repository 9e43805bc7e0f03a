# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.order_numbers import normal_number, normal_numbers, order_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("about MP-204817 and mp-204817", ["MP-204817", "mp-204817"]),
        ("Return #W6067464 via paypal_3738584", ["W6067464"]),
        ("Order ID: 3348917502, thanks", ["3348917502"]),
        ("order #445566", ["445566"]),
        ("my order #1042 from the shop", ["1042"]),
        ("주문번호 12345678 문의", ["12345678"]),
        ("예약번호 HG-73915로 2박", ["HG-73915"]),
        ("account MP-ACC-20417, member HG-M-33917", []),
        ("call +1 303-555-0142 in 2026, E27 bulb, ISO 9001", []),
        ("", []),
    ],
)
def test_order_numbers_are_found_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert order_numbers(text) == numbers


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for written in order_numbers(text):
        assert written in text
        assert normal_number(written)


def test_numbers_are_compared_however_they_are_written() -> None:
    text = "About MP-204817 and MP204817, also #55012. Call 4155550134."
    assert normal_numbers(text) == {"MP204817", "55012"}
