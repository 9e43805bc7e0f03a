# SPDX-License-Identifier: Apache-2.0
"""Surprises keep to their ledger and their budget, on every desk and over merges."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agentassist.domain.call import Call
from agentassist.domain.customer import Customer
from agentassist.domain.facts import FactValue, Source
from agentassist.domain.identifiers import new_id
from agentassist.domain.policy import Bundle, Wow
from agentassist.domain.wow import REST, WowAnswer
from agentassist.errors import UserError
from agentassist.services.authority import Budgets
from agentassist.services.merging import Merging
from agentassist.services.wow import Moment, Surprises
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.wows import Wows
from tests.policy_samples import shipped
from tests.storage.build import stored, stored_call

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class Clock:
    """A time that a test can move."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def surprises(database: Database, clock: Callable[[], datetime], agent: str = "Sam") -> Surprises:
    return Surprises(database, Budgets(database, agent, clock, zone=UTC), agent, clock)


@pytest.fixture
def service(database: Database, clock: Clock) -> Surprises:
    return surprises(database, clock)


@pytest.fixture
def ann(database: Database) -> Customer:
    with database.transaction() as connection:
        return stored(connection)


def moment(database: Database, customer: Customer, *told: str, **more: object) -> Moment:
    with database.transaction() as connection:
        call: Call = stored_call(connection, str(new_id()), customer_id=customer.id)
    facts = {key: FactValue(value=True, source=Source.AGENT, at=NOON) for key in told}
    made = Moment(call_id=call.id, customer_id=customer.id, facts=facts, hurried=False)
    return replace(made, **more)  # type: ignore[arg-type]


def wow(bundle: Bundle, wow_id: str) -> Wow:
    return next(item for item in bundle.wows if item.id == wow_id)


def test_a_hint_comes_once_and_then_not_for_a_season(
    service: Surprises, database: Database, ann: Customer, clock: Clock
) -> None:
    bundle, now = shipped(), moment(database, ann, "told.new_baby")
    found = service.hint(bundle, now)
    assert found is not None
    entry = service.give(bundle, found, now, "en")
    assert (entry.wow_id, entry.amount, entry.currency) == ("baby_welcome", 800, "USD")
    with database.reading() as connection:
        assert Wows(connection).of_customer(ann.id) == (entry,)
        assert [item.kind for item in Audit(connection).entries()] == ["surprise"]
    told = {"told.new_baby": FactValue(value=True, source=Source.AGENT, at=NOON + REST)}
    assert service.hint(bundle, now) is None
    clock.at = NOON + REST - timedelta(seconds=1)
    assert service.hint(bundle, replace(now, facts=told)) is None
    clock.at = NOON + REST
    assert service.hint(bundle, replace(now, facts=told)) is not None


def test_a_hint_that_is_passed_over_costs_nothing(
    service: Surprises, database: Database, ann: Customer
) -> None:
    bundle, now = shipped(), moment(database, ann, "told.new_baby")
    service.pass_over(bundle, wow(bundle, "baby_welcome"), now, "ko")
    with database.reading() as connection:
        (entry,) = Wows(connection).of_customer(ann.id)
        assert Wows(connection).last_given(ann.id) is None
    assert (entry.answer, entry.amount) == (WowAnswer.NOT_NOW, 0)
    assert "그림책" in entry.hint
    assert service.hint(bundle, now) is not None
    passed = replace(now, passed=frozenset({"baby_welcome"}))
    assert service.hint(bundle, passed) is None


def test_what_is_open_anywhere_keeps_it_back(
    service: Surprises, database: Database, ann: Customer
) -> None:
    bundle, now = shipped(), moment(database, ann, "told.new_baby")
    assert service.hint(bundle, replace(now, promises=1)) is None
    assert service.hint(bundle, replace(now, open_here=1)) is None
    assert service.hint(bundle, replace(now, open_here=1, recovery=True)) is not None


def test_the_day_has_a_budget(service: Surprises, database: Database) -> None:
    """Three books at 800 leave 600 of 3,000."""
    bundle = shipped()
    for name in ("Ann", "Bea", "Cleo"):
        with database.transaction() as connection:
            one = stored(connection, name)
        now = moment(database, one, "told.new_baby")
        service.give(bundle, wow(bundle, "baby_welcome"), now, "en")
    with database.transaction() as connection:
        last = stored(connection, "Dora")
    now = moment(database, last, "told.new_baby", "told.birthday")
    assert service.hint(bundle, now) == wow(bundle, "birthday_wish")
    late = moment(database, last, "told.new_baby")
    assert service.hint(bundle, late) is None
    with pytest.raises(UserError, match="used up"):
        service.give(bundle, wow(bundle, "baby_welcome"), late, "en")
    with database.reading() as connection:
        assert Wows(connection).of_customer(last.id) == ()


def test_two_desks_do_not_spend_one_purse_twice(
    database: Database, ann: Customer, clock: Clock
) -> None:
    """The purse of one customer holds a thousand; both desks saw it full."""
    bundle, book = shipped(), wow(shipped(), "baby_welcome")
    now = moment(database, ann, "told.new_baby")

    def give(agent: str) -> bool:
        try:
            surprises(database, clock, agent).give(bundle, book, now, "en")
        except UserError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(give, ["Sam", "Kim"])) == [False, True]


def test_a_merge_carries_the_rest_over(
    service: Surprises, database: Database, ann: Customer, clock: Clock
) -> None:
    bundle, now = shipped(), moment(database, ann, "told.birthday")
    service.give(bundle, wow(bundle, "birthday_wish"), now, "en")
    with database.transaction() as connection:
        twin = stored(connection, "Anne Lee")
    other = moment(database, twin, "told.birthday")
    assert service.hint(bundle, other) is not None
    merging = Merging(database, "Sam", clock)
    merging.merge(twin.id, ann.id)
    assert service.hint(bundle, other) is None
