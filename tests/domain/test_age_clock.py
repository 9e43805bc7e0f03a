# SPDX-License-Identifier: Apache-2.0
"""The age clock: working hours, zones, summer time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.age_clock import Age, AgeClock, Hours, age, share
from agentassist.domain.history import Channel

FRIDAY = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
WEEK = frozenset({1, 2, 3, 4, 5})
OFFICE = Hours(UTC, time(9), time(18), WEEK)


def clock(minutes: int, hours: Hours = OFFICE) -> AgeClock:
    return AgeClock({Channel.EMAIL: timedelta(minutes=minutes)}, hours)


def test_without_hours_every_minute_counts() -> None:
    assert clock(480, Hours()).due(Channel.EMAIL, FRIDAY) == FRIDAY + timedelta(hours=8)


def test_only_working_time_counts() -> None:
    assert clock(60).due(Channel.EMAIL, FRIDAY) == FRIDAY + timedelta(hours=1)
    assert clock(480).due(Channel.EMAIL, FRIDAY) == datetime(2026, 3, 9, 15, 30, tzinfo=UTC)
    night = datetime(2026, 3, 7, 3, tzinfo=UTC)
    assert clock(60).due(Channel.EMAIL, night) == datetime(2026, 3, 9, 10, tzinfo=UTC)


def test_the_same_day_ends_with_the_working_day() -> None:
    assert clock(0).due(Channel.EMAIL, FRIDAY) == FRIDAY.replace(hour=18, minute=0)
    late = FRIDAY.replace(hour=19)
    assert clock(0).due(Channel.EMAIL, late) == datetime(2026, 3, 9, 18, tzinfo=UTC)
    seoul = Hours(ZoneInfo("Asia/Seoul"))
    assert clock(0, seoul).due(Channel.EMAIL, FRIDAY) == datetime(2026, 3, 7, 15, tzinfo=UTC)


def test_nine_stays_nine_when_the_clocks_change() -> None:
    new_york = Hours(ZoneInfo("America/New_York"), time(9), time(17))
    before = datetime(2026, 3, 7, 23, tzinfo=UTC)  # Saturday, 18:00; the night loses an hour
    assert clock(60, new_york).due(Channel.EMAIL, before) == datetime(2026, 3, 8, 14, tzinfo=UTC)


def test_fine_soon_late() -> None:
    due = FRIDAY + timedelta(minutes=100)
    ages = [age(FRIDAY, due, FRIDAY + timedelta(minutes=n)) for n in (0, 74, 75, 99, 100)]
    assert ages == [Age.FINE, Age.FINE, Age.SOON, Age.SOON, Age.LATE]
    assert share(FRIDAY, due, FRIDAY + timedelta(minutes=50)) == 0.5


_MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(_MOMENTS, st.integers(1, 5_000))
def test_a_due_time_is_working_time_and_never_too_early(moment: datetime, minutes: int) -> None:
    due = clock(minutes).due(Channel.EMAIL, moment)
    assert due >= moment + timedelta(minutes=minutes)
    assert due.isoweekday() in WEEK
    assert time(9) <= due.time() <= time(18)


@given(_MOMENTS, _MOMENTS)
def test_who_came_earlier_is_never_due_later(one: datetime, two: datetime) -> None:
    first, second = sorted((one, two))
    assert clock(300).due(Channel.EMAIL, first) <= clock(300).due(Channel.EMAIL, second)
