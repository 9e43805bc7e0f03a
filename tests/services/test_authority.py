# SPDX-License-Identifier: Apache-2.0
"""Budgets hold between desks, over merges, over midnight, and after a crash."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from agentassist.domain.customer import Customer
from agentassist.domain.history import Channel
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.policy import Authority as Rules
from agentassist.domain.policy import Limit
from agentassist.domain.spending import HELD_FOR, Claim, EntryState, Spending
from agentassist.domain.verdict import Answer, Decision, Period, VerdictKind
from agentassist.domain.wrap_up import Disposition, WrapUp
from agentassist.services.authority import Budgets
from agentassist.services.merging import Merging
from agentassist.services.moving import Moving
from agentassist.services.wrap_up import Closing
from agentassist.storage.authority import AuthorityEntries
from agentassist.storage.database import Database, opened
from agentassist.storage.schema.spending import authority_entries
from tests.storage.build import stored, stored_call

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
RULES = Rules(
    currency="USD",
    limits=(
        Limit(action="fee", role="agent", per_action=1_500, per_customer=2_000, per_day=5_000),
        Limit(action="fee", role="lead", per_action=6_000),
    ),
)


class Clock:
    """A time that a test can move."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def budgets(database: Database, clock: Clock) -> Budgets:
    return Budgets(database, "Sam", clock, zone=UTC)


@pytest.fixture
def ann(database: Database) -> Customer:
    with database.transaction() as connection:
        return stored(connection)


def claim(
    minor: int = 1_000, customer_id: UUID | None = None, call_id: UUID | None = None
) -> Claim:
    return Claim(
        id=new_id(), policy_id="bank.fee.refund", action="fee", amount=Money(minor, "USD"),
        call_id=call_id, customer_id=customer_id,
    )  # fmt: skip


def fee(budgets: Budgets, customer_id: UUID | None = None) -> Spending:
    return budgets.spent(customer_id).get(("fee", "USD"), Spending())


def states(database: Database, call_id: UUID) -> dict[UUID, EntryState]:
    with database.reading() as connection:
        return {x.id: x.state for x in AuthorityEntries(connection).of_call(call_id)}


def test_what_is_held_counts_for_customer_and_day_until_nothing_is_left(
    budgets: Budgets, ann: Customer
) -> None:
    assert fee(budgets, ann.id) == Spending()
    assert budgets.hold(claim(1_500, ann.id), RULES).within
    assert fee(budgets, ann.id) == Spending(1_500, 1_500)
    short = budgets.hold(claim(501, ann.id), RULES)
    assert (short.within, short.period, short.signer) == (False, Period.CUSTOMER, "lead")
    assert short.limit == Money(500, "USD")
    assert fee(budgets, ann.id) == Spending(1_500, 1_500)
    assert budgets.hold(claim(500, ann.id), RULES).within


def test_the_same_claim_twice_is_one(budgets: Budgets, ann: Customer) -> None:
    one = claim(1_500, ann.id)
    assert budgets.hold(one, RULES).within
    assert budgets.hold(one, RULES).within
    assert fee(budgets, ann.id) == Spending(1_500, 1_500)


def test_nothing_is_never_held_and_never_frees_anything(budgets: Budgets, ann: Customer) -> None:
    assert budgets.hold(claim(0, ann.id), RULES).within
    assert budgets.hold(claim(-500, ann.id), RULES).within
    assert fee(budgets, ann.id) == Spending()


def test_what_is_given_back_is_there_again(budgets: Budgets, ann: Customer) -> None:
    one = claim(1_500, ann.id)
    budgets.hold(one, RULES)
    budgets.give_back(one.id)
    budgets.give_back(one.id)
    assert fee(budgets, ann.id) == Spending()


def at_once(database_url: str, names: list[str], minor: int, customer_id: UUID | None) -> int:
    """Let desks spend the same purse at the same moment; return how often it was given."""
    begin = Barrier(len(names))

    def spend(name: str) -> int:
        with opened(database_url) as own:
            budgets = Budgets(own, name, lambda: NOON, zone=UTC)
            budgets.spent(None)
            begin.wait()
            held = (budgets.hold(claim(minor, customer_id), RULES) for _ in range(12))
            return sum(got.within for got in held)

    with ThreadPoolExecutor(len(names)) as pool:
        return sum(pool.map(spend, names))


def total(database_url: str) -> int:
    with opened(database_url) as database, database.reading() as connection:
        return int(connection.execute(select(func.sum(authority_entries.c.amount))).scalar_one())


def test_two_agents_cannot_spend_one_customers_budget(database_url: str, ann_url: UUID) -> None:
    given = at_once(database_url, ["Sam", "Kim", "Lee", "Ada"], 100, ann_url)
    assert (given, total(database_url)) == (20, 2_000)


def test_one_agent_at_two_desks_cannot_spend_one_day_twice(database_url: str) -> None:
    given = at_once(database_url, ["Sam"] * 4, 250, None)
    assert (given, total(database_url)) == (20, 5_000)


@pytest.fixture
def ann_url(database_url: str) -> UUID:
    with opened(database_url) as database, database.transaction() as connection:
        return stored(connection).id


def test_a_customer_is_the_whole_merged_group(
    budgets: Budgets, database: Database, clock: Callable[[], datetime], ann: Customer
) -> None:
    with database.transaction() as connection:
        twin = stored(connection, "Ann Li")
        third = stored(connection, "Anne Lee")
    budgets.hold(claim(1_000, ann.id), RULES)
    budgets.hold(claim(900, twin.id), RULES)
    merging = Merging(database, "Sam", clock)
    merging.merge(ann.id, twin.id, reason="same person")
    merging.merge(third.id, ann.id, reason="same person")
    for member in (ann.id, twin.id, third.id):
        assert fee(budgets, member).customer == 1_900
        assert budgets.hold(claim(101, member), RULES).period is Period.CUSTOMER


def test_after_90_days_a_customer_starts_anew(
    budgets: Budgets, clock: Clock, ann: Customer, database: Database
) -> None:
    with database.transaction() as connection:
        call = stored_call(connection, customer_id=ann.id)
    one = claim(1_500, ann.id, call.id)
    budgets.hold(one, RULES)
    with database.transaction() as connection:
        AuthorityEntries(connection).settle(call.id, {one.id}, ann.id, NOON)
    clock.at = NOON + timedelta(days=90) - timedelta(seconds=1)
    assert fee(budgets, ann.id).customer == 1_500
    clock.at = NOON + timedelta(days=90)
    assert fee(budgets, ann.id).customer == 0


def test_a_reservation_expires(budgets: Budgets, clock: Clock, ann: Customer) -> None:
    budgets.hold(claim(1_500, ann.id), RULES)
    clock.at = NOON + HELD_FOR - timedelta(seconds=1)
    assert fee(budgets, ann.id) == Spending(1_500, 1_500)
    clock.at = NOON + HELD_FOR
    assert fee(budgets, ann.id) == Spending()


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Asia/Seoul", "2026-03-04T14:59:59", "2026-03-04T15:00:00"),
        # The night in which the clock goes forward, and the one in which it goes back.
        ("America/New_York", "2026-03-08T04:59:59", "2026-03-08T05:00:00"),
        ("America/New_York", "2026-03-09T03:59:59", "2026-03-09T04:00:00"),
        ("America/New_York", "2026-11-02T04:59:59", "2026-11-02T05:00:00"),
        ("Europe/London", "2028-02-28T23:59:59", "2028-02-29T00:00:00"),
    ],
)
def test_a_day_is_that_of_the_companys_calendar(
    database: Database, clock: Clock, zone: str, before: str, after: str
) -> None:
    budgets = Budgets(database, "Sam", clock, zone=ZoneInfo(zone))
    clock.at = datetime.fromisoformat(before).replace(tzinfo=UTC)
    budgets.hold(claim(1_000), RULES)
    assert fee(budgets).day == 1_000
    clock.at = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert fee(budgets).day == 0


def wrap_up(call_id: UUID, customer_id: UUID | None, *decisions: Decision) -> WrapUp:
    return WrapUp(
        call_id, customer_id, Channel.CALL, Disposition.RESOLVED, (), NOON, decisions=decisions
    )


def decision(held: Claim, answer: Answer, **more: object) -> Decision:
    made = Decision(
        held.id, held.call_id, held.customer_id, held.policy_id, "b", VerdictKind.YES, answer, NOON
    )
    return replace(made, **more)


def test_the_wrap_up_commits_what_was_given_and_releases_the_rest(
    budgets: Budgets, database: Database, clock: Clock, ann: Customer
) -> None:
    with database.transaction() as connection:
        call = stored_call(connection, customer_id=ann.id)
        other = stored_call(connection, "pbx-2")
    kept, dropped = claim(700, ann.id, call.id), claim(300, ann.id, call.id)
    elsewhere = claim(200, ann.id, other.id)
    for held in (kept, dropped, elsewhere):
        budgets.hold(held, RULES)
    done = wrap_up(call.id, ann.id, decision(kept, Answer.ACCEPTED))
    for _ in range(2):
        Closing(database, "Sam", clock).save(done, call)
        assert states(database, call.id) == {
            kept.id: EntryState.COMMITTED,
            dropped.id: EntryState.RELEASED,
        }
    assert states(database, other.id) == {elsewhere.id: EntryState.RESERVED}
    clock.at = NOON + timedelta(days=2)
    assert fee(budgets, ann.id) == Spending(700, 0)


def test_what_the_customer_declines_afterwards_is_released(
    budgets: Budgets, database: Database, clock: Clock, ann: Customer
) -> None:
    with database.transaction() as connection:
        call = stored_call(connection, customer_id=ann.id)
    held = claim(700, ann.id, call.id)
    budgets.hold(held, RULES)
    said = (
        decision(held, Answer.ACCEPTED),
        decision(held, Answer.DECLINED, id=new_id()),
        decision(held, Answer.IGNORED, id=new_id()),
    )
    Closing(database, "Sam", clock).save(wrap_up(call.id, ann.id, *said), call)
    assert states(database, call.id) == {held.id: EntryState.RELEASED}


def test_what_was_held_before_the_caller_was_known_counts_for_them(
    budgets: Budgets, database: Database, clock: Clock, ann: Customer
) -> None:
    with database.transaction() as connection:
        call = stored_call(connection)
    held = claim(700, None, call.id)
    budgets.hold(held, RULES)
    assert fee(budgets, ann.id).customer == 0
    done = wrap_up(call.id, ann.id, decision(held, Answer.ACCEPTED))
    Closing(database, "Sam", clock).save(done, call)
    assert fee(budgets, ann.id).customer == 700


def test_what_was_held_for_the_wrong_customer_counts_for_the_right_one(
    budgets: Budgets, database: Database, clock: Clock, ann: Customer
) -> None:
    with database.transaction() as connection:
        wrong = stored(connection, "Bo Kim")
        call = stored_call(connection, customer_id=wrong.id)
    held = claim(700, wrong.id, call.id)
    budgets.hold(held, RULES)
    done = wrap_up(call.id, ann.id, decision(held, Answer.ACCEPTED))
    Closing(database, "Sam", clock).save(done, call)
    assert (fee(budgets, ann.id).customer, fee(budgets, wrong.id).customer) == (700, 0)


def test_what_was_given_moves_with_its_contact_and_back(
    budgets: Budgets, database: Database, clock: Clock, ann: Customer
) -> None:
    with database.transaction() as connection:
        other = stored(connection, "Bo Kim")
        call = stored_call(connection, customer_id=ann.id)
    held = claim(700, ann.id, call.id)
    budgets.hold(held, RULES)
    closed = wrap_up(call.id, ann.id, decision(held, Answer.ACCEPTED))
    contact = Closing(database, "Sam", clock).save(closed, call)
    moving = Moving(database, "Sam", clock)
    done = moving.move(contact.id, other.id)
    assert (fee(budgets, ann.id).customer, fee(budgets, other.id).customer) == (0, 700)
    moving.undo(done.move.id)
    assert (fee(budgets, ann.id).customer, fee(budgets, other.id).customer) == (700, 0)
