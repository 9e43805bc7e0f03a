# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.facts import (
    FactSpec,
    FactType,
    FactValue,
    Source,
    Text,
    Unit,
    Value,
    both,
    from_json,
    known,
    parse_value,
    shown,
    to_json,
)
from agentassist.domain.money import Money
from agentassist.domain.verdict import Truth
from agentassist.errors import UserError

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ASK = Text("What is it?", "무엇인가요?")
BOOL = FactSpec("a.bool", FactType.BOOL, ASK)
INT = FactSpec("a.int", FactType.INT, ASK, low=-5, high=10)
TIME = FactSpec("a.time", FactType.INT, ASK, high=1439, unit=Unit.DAY_TIME)
ENUM = FactSpec("a.enum", FactType.ENUM, ASK, values=("red", "blue"))
MONEY = FactSpec("a.money", FactType.MONEY, ASK, high=1_000, currency="USD")


@pytest.mark.parametrize(
    ("spec", "text", "value"),
    [
        (BOOL, " yes ", True),
        (BOOL, "FALSE", False),
        (BOOL, "네", True),
        (BOOL, "아니요", False),
        (INT, "-5", -5),
        (INT, "10", 10),
        (TIME, "10:30", 630),
        (TIME, "0:05", 5),
        (TIME, "23:59", 1439),
        (TIME, "630", 630),
        (ENUM, "red", "red"),
        (MONEY, "500", Money(500, "USD")),
        (MONEY, "500 USD", Money(500, "USD")),
    ],
)
def test_values_are_read_as_people_write_them(spec: FactSpec, text: str, value: Value) -> None:
    assert parse_value(spec, text) == value


@pytest.mark.parametrize(
    ("spec", "text", "sentence"),
    [
        (BOOL, "maybe", "maybe is not a value of a.bool: write yes or no."),
        (BOOL, "1", "1 is not a value of a.bool: write yes or no."),
        (INT, "11", "11 is not a value of a.int: write -5 to 10."),
        (INT, "1.5", "1.5 is not a value of a.int: write -5 to 10."),
        (INT, "10:30", "10:30 is not a value of a.int: write -5 to 10."),
        (INT, "9" * 30, f"{'9' * 30} is not a value of a.int: write -5 to 10."),
        (INT, "", "Nothing is not a value of a.int: write -5 to 10."),
        (TIME, "24:00", "24:00 is not a value of a.time: write 00:00 to 23:59."),
        (ENUM, "Red", "Red is not a value of a.enum: write one of red, blue."),
        (MONEY, "500 KRW", "500 KRW is not a value of a.money: write 0 USD to 1000 USD."),
        (MONEY, "5.00", "5.00 is not a value of a.money: write 0 USD to 1000 USD."),
    ],
)
def test_a_wrong_value_is_answered_with_the_right_ones(
    spec: FactSpec, text: str, sentence: str
) -> None:
    with pytest.raises(UserError) as caught:
        parse_value(spec, text)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("spec", "value"),
    [
        (BOOL, 1),
        (INT, True),
        (INT, 11),
        (INT, "5"),
        (ENUM, "green"),
        (MONEY, 500),
        (MONEY, Money(500, "EUR")),
        (MONEY, Money(1_001, "USD")),
    ],
)
def test_a_value_of_another_type_or_range_is_unknown(spec: FactSpec, value: Value) -> None:
    assert known(spec, FactValue(value, Source.AGENT, AT), AT) is None


def test_a_missing_fact_is_unknown() -> None:
    assert known(BOOL, None, AT) is None


@pytest.mark.parametrize(
    ("age", "value"),
    [(timedelta(minutes=10), 3), (timedelta(minutes=10, seconds=1), None), (-timedelta(days=2), 3)],
)
def test_an_old_fact_is_unknown(age: timedelta, value: int | None) -> None:
    spec = FactSpec("a.int", FactType.INT, ASK, high=10, max_age=timedelta(minutes=10))
    assert known(spec, FactValue(3, Source.CLOCK, AT - age), AT) == value


def test_korean_falls_back_to_english() -> None:
    assert Text("yes", "네").say("ko-KR") == "네"
    assert Text("yes").say("ko") == "yes"
    assert Text("yes", "네").say("en") == "yes"


def test_and_in_three_values() -> None:
    for one, other in product(Truth, Truth):
        seen = {one, other}
        if Truth.FALSE in seen:
            expected = Truth.FALSE
        elif Truth.UNKNOWN in seen:
            expected = Truth.UNKNOWN
        else:
            expected = Truth.TRUE
        assert both((one, other)) is expected
    assert both(()) is Truth.TRUE


VALUES = st.one_of(
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.text(max_size=8),
    st.builds(Money, st.integers(0, 10**9), st.sampled_from(["USD", "KRW"])),
)
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]))


@given(
    st.dictionaries(
        st.text(max_size=5), st.builds(FactValue, VALUES, st.sampled_from(Source), MOMENTS)
    )
)
def test_facts_survive_json(facts: dict[str, FactValue]) -> None:
    text = to_json(facts)
    assert from_json(text) == facts
    assert to_json(dict(reversed(facts.items()))) == text
    assert to_json(from_json(text)) == text


@given(st.sampled_from([BOOL, INT, TIME, ENUM, MONEY]), st.data())
def test_what_is_shown_can_be_read(spec: FactSpec, data: st.DataObject) -> None:
    values = {
        FactType.BOOL: st.booleans(),
        FactType.ENUM: st.sampled_from(spec.values or ("",)),
        FactType.INT: st.integers(spec.low, spec.high),
        FactType.MONEY: st.builds(Money, st.integers(spec.low, spec.high), st.just(spec.currency)),
    }
    value = data.draw(values[spec.type])
    assert parse_value(spec, shown(spec, value)) == value
