# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.history import Channel, Direction
from agentassist.domain.money import Money
from agentassist.errors import UserError
from agentassist.intake import values
from agentassist.intake.values import DateOrder

SEOUL = values.zone("Asia/Seoul")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23T14:05:00+09:00", "2026-11-23T05:05"),
        ("2026-11-23 14:05", "2026-11-23T05:05"),
        ("2026-11-23", "2026-11-22T15:00"),
        ("1795410300", "2026-11-23T05:05"),
        ("1795410300000", "2026-11-23T05:05"),
        ("2026.11.23 14:05", "2026-11-23T05:05"),
        ("2026년 11월 23일 오후 2시 5분", "2026-11-23T05:05"),
        ("2026. 11. 23. 오전 12:30", "2026-11-22T15:30"),
        ("23.11.2026 14:05", "2026-11-23T05:05"),
        ("11/23/2026 2:05 PM", "2026-11-23T05:05"),
        ("Mon, 23 Nov 2026 14:05:00 +0900", "2026-11-23T05:05"),
    ],
)
def test_times_are_read_as_people_write_them(text: str, expected: str) -> None:
    found = values.moment(text, SEOUL)
    assert found.isoformat(timespec="minutes") == f"{expected}+00:00"


def test_a_date_of_two_readings_needs_a_word() -> None:
    with pytest.raises(UserError, match="--dates"):
        values.moment("03/04/2026")
    assert values.moment("03/04/2026", order=DateOrder.DAY_FIRST).month == 4
    assert values.moment("03/04/2026", order=DateOrder.MONTH_FIRST).month == 3


@pytest.mark.parametrize("text", ["soon", "2026-13-40", "99.99.2026", "0000-00-00", "1e99"])
def test_no_time_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no time"):
        values.moment(text)


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_a_sentence(text: str) -> None:
    try:
        found = values.moment(text)
    except UserError:
        return
    assert found.tzinfo is UTC


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))
def test_iso_times_come_back(moment: datetime) -> None:
    assert values.moment(moment.isoformat()) == moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("536.65", 53665, "USD"),
        ("1,380.79", 138079, "USD"),
        ("1.380,79 €", 138079, "EUR"),
        ("$12", 1200, "USD"),
        ("50,000원", 50000, "KRW"),
        ("KRW 1,250,000", 1250000, "KRW"),
        ("-3,5", -350, "USD"),
        ("1 234,50 EUR", 123450, "EUR"),
    ],
)
def test_amounts_are_exact(text: str, minor: int, currency: str) -> None:
    assert values.money(text, "usd") == Money(minor, currency)


@pytest.mark.parametrize("text", ["free", "1.234", "NaN", "Infinity", "9" * 40, "KRW 0.5"])
def test_no_exact_amount_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no amount"):
        values.money(text, "USD")


def test_channels_and_directions_have_many_names() -> None:
    assert values.channel("Phone") is Channel.CALL
    assert values.channel("이메일") is Channel.EMAIL
    assert values.channel("Live Chat") is Channel.CHAT
    assert values.direction("수신") is Direction.INBOUND
    with pytest.raises(UserError, match="call, email"):
        values.channel("smoke")
    with pytest.raises(UserError, match="inbound"):
        values.direction("sideways")


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd", "+99:00"])
def test_zones_must_exist(name: str) -> None:
    with pytest.raises(UserError, match="time zone"):
        values.zone(name)
