# SPDX-License-Identifier: Apache-2.0
"""What may be done with an order is what its policies would answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.condition import parse
from agentassist.domain.decision import decide
from agentassist.domain.facts import FactValue, Source, Value
from agentassist.domain.order_action import OrderAction, Stand
from agentassist.domain.order_actions import order_actions
from agentassist.domain.verdict import VerdictKind
from tests.policy_samples import AT, shipped

BUNDLE = shipped()
RETURN, CANCEL, MATCH = "retail.return.late", "retail.order.cancel", "retail.price.match"
STATES = BUNDLE.facts["order.status"].values


def known(**values: Value) -> dict[str, FactValue]:
    names = {
        "status": "order.status",
        "delivered": "order.days_since_delivery",
        "bought": "price.days_since_purchase",
        "tier": "customer.tier",
        "faulty": "order.is_defective",
    }
    return {names[key]: FactValue(value, Source.ORDER, AT) for key, value in values.items()}


def actions(language: str = "en", **values: Value) -> dict[str, OrderAction]:
    found = order_actions(BUNDLE, known(**values), AT, language)
    return {item.policy_id: item for item in found}


def test_an_order_in_an_unknown_state_has_none() -> None:
    assert actions() == {}
    assert actions(bought=3, tier="gold") == {}


def test_a_pending_one_can_be_cancelled() -> None:
    found = actions(status="pending", bought=1)
    assert (found[CANCEL].label, found[CANCEL].stand) == ("Cancel", Stand.OPEN)
    assert RETURN not in found
    assert actions("ko", status="pending")[CANCEL].label == "취소"


def test_the_policy_that_applies_has_the_button() -> None:
    """One for gold members beside that for all: once, and open only where it is known."""
    general = BUNDLE.policies[CANCEL]
    gold = replace(
        general,
        id="retail.order.cancel.gold",
        request=CANCEL,
        scope=(parse("customer.tier is gold", BUNDLE.facts),),
        overrides=(CANCEL,),
        valid_until=AT.date(),
    )
    bundle = replace(BUNDLE, policies={**BUNDLE.policies, gold.id: gold})

    def found(day: date, **values: Value) -> list[tuple[str, Stand]]:
        shown = order_actions(bundle, known(status="pending", **values), AT, "en", day)
        return [(x.policy_id, x.stand) for x in shown if x.policy_id.startswith(CANCEL)]

    today, tomorrow = AT.date(), AT.date() + timedelta(days=1)
    assert found(today, tier="gold") == [(gold.id, Stand.OPEN)]
    assert found(today, tier="basic") == [(CANCEL, Stand.OPEN)]
    assert found(today) == [(CANCEL, Stand.ASK)]
    assert found(tomorrow, tier="gold") == [(CANCEL, Stand.OPEN)]


def test_one_that_is_on_its_way_has_another_way() -> None:
    assert actions(status="shipped")[CANCEL].stand is Stand.INSTEAD


@pytest.mark.parametrize(
    ("tier", "days", "left"),
    [("basic", 9, 21), ("basic", 30, 0), ("gold", 9, 51), ("silver", 0, 30)],
)
def test_a_return_is_open_until_the_day_before_a_decline_begins(
    tier: str, days: int, left: int
) -> None:
    found = actions(status="delivered", delivered=days, tier=tier)[RETURN]
    assert (found.stand, found.days_left) == (Stand.OPEN, left)


def test_later_it_needs_a_question_and_then_another_way() -> None:
    late = {"status": "delivered", "delivered": 35, "tier": "basic"}
    assert actions(**late)[RETURN].stand is Stand.ASK
    assert actions(**late, faulty=False)[RETURN].stand is Stand.INSTEAD
    assert actions(**late, faulty=True)[RETURN].stand is Stand.OPEN


def test_without_the_day_of_delivery_nothing_is_promised() -> None:
    found = actions(status="delivered", tier="basic")[RETURN]
    assert (found.stand, found.days_left) == (Stand.ASK, None)


def test_a_fact_that_is_too_old_counts_as_unknown() -> None:
    facts = known(status="pending")
    later = AT + timedelta(days=2)
    assert order_actions(BUNDLE, facts, later, "en") == ()


def test_open_ones_come_first() -> None:
    stands = [item.stand for item in actions(status="shipped", bought=5).values()]
    assert stands == sorted(stands, key=list(Stand).index)


@given(
    st.sampled_from(STATES),
    st.integers(0, 200),
    st.integers(0, 40),
    st.sampled_from(["basic", "silver", "gold"]),
)
def test_an_open_action_is_never_declined_and_one_instead_always_is(
    status: str, delivered: int, bought: int, tier: str
) -> None:
    facts = known(status=status, delivered=delivered, bought=bought, tier=tier)
    caller = {"caller.verified": True, "caller.is_account_holder": True}
    proven = {key: FactValue(value, Source.CALL, AT) for key, value in caller.items()}
    for action in order_actions(BUNDLE, facts, AT, "en"):
        kind = decide(BUNDLE, action.policy_id, {**facts, **proven}, at=AT).kind
        if action.stand is Stand.INSTEAD:
            assert kind in (VerdictKind.DECLINE, VerdictKind.ASK)
        if action.stand is Stand.OPEN:
            assert kind is not VerdictKind.DECLINE
        if action.days_left:
            later = known(status=status, delivered=delivered + action.days_left, tier=tier)
            assert decide(BUNDLE, action.policy_id, later, at=AT).kind is not VerdictKind.DECLINE
