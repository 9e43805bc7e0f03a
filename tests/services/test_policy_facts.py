# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import Customer
from agentassist.domain.facts import Source
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.services.policy_facts import answered, gather
from tests.policy_samples import shipped

SPECS = shipped().facts
AT = datetime(2026, 3, 6, 22, 15, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")


def call(**context: str) -> Call:
    return Call(new_id(), "ref", CallState.TALKING, "+1", context=context)


def essentials(*purchases: Purchase, tier: str = "Gold") -> Essentials:
    return Essentials(Customer(new_id(), "Grace", tier=tier), purchases=purchases)


def purchase(number: str, status: str, days: int = 3) -> Purchase:
    return Purchase(new_id(), new_id(), number, status=status, ordered_at=AT - timedelta(days=days))


def test_the_clock_is_read_where_the_company_is() -> None:
    here = gather(SPECS, None, None, AT, UTC)
    there = gather(SPECS, None, None, AT, SEOUL)
    assert (here["hotel.time"].value, here["hotel.is_weekend"].value) == (22 * 60 + 15, False)
    assert (there["hotel.time"].value, there["hotel.is_weekend"].value) == (7 * 60 + 15, True)
    assert here["hotel.time"].source is Source.CLOCK
    assert here["hotel.time"].at == AT


def test_the_night_the_clocks_change() -> None:
    zone = ZoneInfo("Europe/Paris")
    before = gather(SPECS, None, None, datetime(2026, 3, 29, 0, 59, tzinfo=UTC), zone)
    after = gather(SPECS, None, None, datetime(2026, 3, 29, 1, 0, tzinfo=UTC), zone)
    assert (before["hotel.time"].value, after["hotel.time"].value) == (119, 180)


def test_the_tier_comes_from_the_record() -> None:
    known = gather(SPECS, essentials(), None, AT, UTC)
    assert (known["customer.tier"].value, known["customer.tier"].source) == ("gold", Source.CRM)


@pytest.mark.parametrize("tier", ["", "platinum"])
def test_a_tier_nobody_declared_stays_unknown(tier: str) -> None:
    assert "customer.tier" not in gather(SPECS, essentials(tier=tier), None, AT, UTC)


@pytest.mark.parametrize(
    ("status", "known"),
    [
        ("Shipped", "shipped"),
        ("processed", "packed"),
        ("pending (item modified)", "pending"),
        ("return requested", "delivered"),
        ("canceled", "cancelled"),
        ("on the moon", None),
    ],
)
def test_the_only_order_is_the_one_it_is_about(status: str, known: str | None) -> None:
    got = gather(SPECS, essentials(purchase("MP-1", status)), None, AT, UTC)
    fact = got.get("order.status")
    assert (fact.value if fact else None) == known
    assert got["price.days_since_purchase"].value == 3


def test_which_of_two_orders_is_not_guessed() -> None:
    record = essentials(purchase("MP-1", "shipped"), purchase("MP-2", "pending"))
    assert "order.status" not in gather(SPECS, record, call(), AT, UTC)
    named = gather(SPECS, record, call(order="mp-2"), AT, UTC)
    assert named["order.status"].value == "pending"
    assert "order.status" not in gather(SPECS, record, call(order="MP-3"), AT, UTC)


def test_a_menu_that_takes_no_dash_names_the_order_too() -> None:
    record = essentials(purchase("MP-1", "shipped"), purchase("MP-2", "pending"))
    named = gather(SPECS, record, call(order="mp2"), AT, UTC)
    assert named["order.status"].value == "pending"


def test_the_day_of_delivery_is_counted_from() -> None:
    arrived = replace(purchase("MP-1", "delivered"), delivered_at=AT - timedelta(days=9, hours=5))
    got = gather(SPECS, essentials(arrived), None, AT, UTC)["order.days_since_delivery"]
    assert (got.value, got.source) == (9, Source.ORDER)
    unknown = gather(SPECS, essentials(purchase("MP-1", "delivered")), None, AT, UTC)
    assert "order.days_since_delivery" not in unknown


def test_an_order_from_the_future_has_no_age() -> None:
    record = essentials(purchase("MP-1", "shipped", days=-5))
    assert "price.days_since_purchase" not in gather(SPECS, record, None, AT, UTC)


def test_what_a_voice_menu_settled_is_taken_over() -> None:
    known = gather(SPECS, None, call(verified="yes", **{"telecom.sim_pin_ok": "no"}), AT, UTC)
    assert (known["caller.verified"].value, known["caller.verified"].source) == (True, Source.CALL)
    assert known["telecom.sim_pin_ok"].value is False
    assert "caller.is_account_holder" not in known


def test_the_number_alone_proves_nothing() -> None:
    known = gather(SPECS, essentials(), call(), AT, UTC)
    assert not {key for key in known if key.startswith("caller.")}


def test_answers_that_do_not_fit_stay_unknown() -> None:
    got = answered(SPECS, {"caller.verified": "네", "order.status": "lost", "nothing": "1"}, AT)
    assert {key: fact.value for key, fact in got.items()} == {"caller.verified": True}
    assert got["caller.verified"].source is Source.AGENT


def test_a_leap_day_is_a_day() -> None:
    at = datetime(2028, 2, 29, 23, 59, tzinfo=timezone(timedelta(hours=0)))
    assert gather(SPECS, None, None, at, UTC)["hotel.time"].value == 1_439


SINCE = "order.days_since_delivery"


def days(zone: ZoneInfo, delivered: str, now: str) -> object:
    arrived = replace(purchase("MP-1", "delivered"), delivered_at=datetime.fromisoformat(delivered))
    return gather(SPECS, essentials(arrived), None, datetime.fromisoformat(now), zone)[SINCE].value


@pytest.mark.parametrize(
    ("delivered", "now", "passed"),
    [
        ("2026-03-01T23:30:00+09:00", "2026-03-01T23:59:59+09:00", 0),
        ("2026-03-01T23:30:00+09:00", "2026-03-02T00:00:00+09:00", 1),
        ("2026-03-01T00:10:00+09:00", "2026-03-31T23:50:00+09:00", 30),
        ("2028-02-28T12:00:00+09:00", "2028-02-29T12:00:00+09:00", 1),
        ("2028-02-28T12:00:00+09:00", "2028-03-01T00:00:00+09:00", 2),
        ("2025-12-31T23:59:00+09:00", "2026-01-01T00:01:00+09:00", 1),
    ],
)
def test_days_are_those_of_the_companys_calendar(delivered: str, now: str, passed: int) -> None:
    assert days(SEOUL, delivered, now) == passed


@pytest.mark.parametrize(
    ("delivered", "now", "passed"),
    [
        ("2026-03-28T23:30:00+01:00", "2026-03-29T23:30:00+02:00", 1),
        ("2026-03-01T00:30:00+01:00", "2026-03-31T00:15:00+02:00", 30),
        ("2026-10-24T23:30:00+02:00", "2026-10-25T00:10:00+02:00", 1),
        ("2026-10-25T00:10:00+02:00", "2026-10-25T23:50:00+01:00", 0),
    ],
)
def test_a_day_with_another_length_is_a_day(delivered: str, now: str, passed: int) -> None:
    assert days(ZoneInfo("Europe/Paris"), delivered, now) == passed
