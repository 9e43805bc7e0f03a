# SPDX-License-Identifier: Apache-2.0
"""What was agreed becomes steps and promises with the time that was meant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.agreement import Due, agreed, due_at, lines
from agentassist.domain.identifiers import new_id
from agentassist.domain.verdict import Offer, Owner
from agentassist.domain.wrap_up import LineKind

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_ZONES = ("UTC", "Asia/Seoul", "America/Los_Angeles", "Europe/Berlin", "Pacific/Apia")
_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))


def offer(owner: Owner = Owner.US, hours: int = 24) -> Offer:
    return Offer("credit", "store credit", owner, hours, steps=("Mail the code", "Credit it"))


def test_an_alternative_is_due_within_its_hours() -> None:
    made = agreed(new_id(), "Late return", offer(), "Sam", NOON, "en")
    assert (made.text, made.owner, made.due_at) == ("store credit", "Sam", NOON.replace(day=5))
    customer, call = new_id(), new_id()
    promise = made.promise(customer, call)
    assert (promise.id, promise.customer_id, promise.call_id) == (made.id, customer, call)
    assert (promise.text, promise.owner, promise.due_at) == (made.text, "Sam", made.due_at)


def test_what_the_customer_does_alone_is_a_reminder() -> None:
    made = agreed(new_id(), "x", offer(Owner.CUSTOMER), "Sam", NOON, "en")
    assert made.text == "Ask how it went: store credit"
    korean = agreed(new_id(), "x", offer(Owner.CUSTOMER), "Sam", NOON, "ko")
    assert korean.text == "어떻게 되었는지 여쭙기: store credit"


def test_what_is_done_at_once_leaves_nothing_to_promise() -> None:
    made = agreed(new_id(), "x", offer(hours=0), "Sam", NOON, "en")
    assert made.due_at == NOON + timedelta(hours=1)
    assert not made.settled
    assert made.ticked(0, done=True).ticked(1, done=True).settled
    assert not agreed(new_id(), "x", offer(), "Sam", NOON, "en").ticked(0, done=True).settled


def test_steps_are_lines_of_the_summary() -> None:
    made = agreed(new_id(), "x", offer(), "Sam", NOON, "en").ticked(1, done=True)
    assert [(line.kind, line.text) for line in lines([made])] == [
        (LineKind.DONE, "Credit it"),
        (LineKind.OPEN, "Mail the code"),
    ]
    assert [x.kind for x in lines([made.ticked(1, done=False)])] == [LineKind.OPEN] * 2


def test_a_day_ends_at_six() -> None:
    seoul = ZoneInfo("Asia/Seoul")
    assert due_at(Due.HOUR, NOON, seoul) == NOON + timedelta(hours=1)
    morning = datetime(2026, 3, 4, 0, 30, tzinfo=UTC)  # half past nine in Seoul
    assert due_at(Due.TODAY, morning, seoul) == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    assert due_at(Due.TODAY, NOON, seoul) == datetime(2026, 3, 4, 14, 59, tzinfo=UTC)
    assert due_at(Due.TOMORROW, NOON, seoul) == datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


def test_tomorrow_is_six_on_the_wall_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)  # the night to the 29th is an hour short
    assert due_at(Due.TOMORROW, before, berlin) == datetime(2026, 3, 29, 16, 0, tzinfo=UTC)
    leap = datetime(2028, 2, 28, 12, 0, tzinfo=UTC)
    assert due_at(Due.TOMORROW, leap, UTC) == datetime(2028, 2, 29, 18, 0, tzinfo=UTC)


@given(_MOMENTS, st.sampled_from(_ZONES), st.sampled_from(Due))
def test_nothing_is_due_before_it_is_promised(now: datetime, zone: str, due: Due) -> None:
    until = due_at(due, now, ZoneInfo(zone))
    assert now <= until <= now + timedelta(hours=43)
    assert until.tzinfo is UTC
