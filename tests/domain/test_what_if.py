# SPDX-License-Identifier: Apache-2.0
"""Past decisions decided again: the short way must say what the long way says."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.domain.decision import NotInForce, decide
from agentassist.domain.facts import (
    FactSpec,
    FactType,
    FactValue,
    Source,
    Value,
    from_json,
    to_json,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.policy import Bundle
from agentassist.domain.policy_coverage import Coverage, rules
from agentassist.domain.verdict import Answer, VerdictKind
from agentassist.domain.what_if import PastCase, replay
from tests.policy_samples import BREAKFAST, FEE, SIM, good, shipped

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OTHER = good(
    breakfast=BREAKFAST.replace(">= 12", ">= 14").replace("< 95", "< 30"),
    fee=FEE.replace("> 6000", "> 3000"),
    sim=SIM.replace(', "caller.pin_ok is yes"', "").replace(
        'facts = {"caller.verified" = true}\nexpect = "refuse"', 'expect = "refuse"'
    ),
)


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    if spec.type is FactType.BOOL:
        return st.booleans() | st.just("yes")
    if spec.type is FactType.ENUM:
        return st.sampled_from(spec.values) | st.just("other")
    numbers = st.integers(spec.low - 1, spec.high + 1)
    if spec.type is FactType.INT:
        return numbers | st.booleans()
    return st.builds(Money, numbers, st.sampled_from([spec.currency, spec.currency, "XXX"]))


@st.composite
def cases(draw: st.DrawFn, bundle: Bundle) -> PastCase:
    """Draw a past decision; its facts may be old, of the wrong type or out of range."""
    policy = draw(st.sampled_from(sorted(bundle.policies)))
    chosen = draw(st.lists(st.sampled_from(sorted(bundle.facts)), max_size=8, unique=True))
    facts: dict[str, FactValue] = {}
    for key in chosen:
        value: Value = draw(values(bundle.facts[key]))
        age = timedelta(minutes=draw(st.sampled_from([-5, 0, 1, 10, 11, 240, 241, 2000])))
        facts[key] = FactValue(value, Source.AGENT, AT - age)
    answer = draw(st.sampled_from([Answer.ACCEPTED, Answer.IGNORED]))
    return PastCase(new_id(), policy, VerdictKind.YES, answer, AT, to_json(facts))


def long_way(bundle: Bundle, case: PastCase) -> VerdictKind:
    try:
        return decide(bundle, case.policy_id, from_json(case.facts), at=case.at).kind
    except NotInForce:
        return VerdictKind.YES


@settings(max_examples=60)
@given(st.lists(cases(good()), max_size=40))
def test_the_matrix_is_that_of_deciding_each_again(past: list[PastCase]) -> None:
    told = replay(good(), OTHER, past, UTC)
    wanted = Counter((long_way(good(), case), long_way(OTHER, case)) for case in past)
    assert told.matrix == wanted
    assert told.skipped == 0
    falls = {(b, a): n for (b, a), n in wanted.items() if b is VerdictKind.REFUSE and a is not b}
    assert told.protected_flips == sum(falls.values())
    assert len(told.protected) == told.protected_flips


@settings(max_examples=30)
@given(st.lists(cases(shipped()), max_size=60))
def test_shipped_policies_over_themselves_change_nothing(past: list[PastCase]) -> None:
    told = replay(shipped(), shipped(), past)
    assert told.flips == 0
    assert told.lost == ()
    assert all(x.agreed_before == x.agreed_after for x in told.costs)
    assert all(x.offered_before == x.offered_after for x in told.costs)
    assert sum(told.matrix.values()) == len(past)


@settings(max_examples=30)
@given(st.lists(cases(shipped()), max_size=40))
def test_every_decision_fires_a_rule(past: list[PastCase]) -> None:
    run = Coverage(shipped())
    for case in past:
        run.add(case)
    assert run.skipped == 0
    assert set(run.uses) == set(rules(shipped()))
    assert sum(run.uses.values()) >= len(past)


def case(policy: str, facts: dict[str, Value], answer: Answer, offer: str = "") -> PastCase:
    known = {key: FactValue(value, Source.AGENT, AT) for key, value in facts.items()}
    kind = VerdictKind.DECLINE
    return PastCase(new_id(), policy, kind, answer, AT, to_json(known), offer_id=offer)


def test_money_follows_what_the_customer_took() -> None:
    declined: dict[str, Value] = {"hotel.hour": 14, "hotel.occupancy_pct": 50}
    told = replay(
        good(),
        OTHER,
        [
            case("hotel.breakfast.late", declined, Answer.ACCEPTED, "room_service"),
            case("hotel.breakfast.late", declined, Answer.ACCEPTED, "fireside"),
            case("hotel.breakfast.late", declined, Answer.IGNORED),
        ],
    )
    (cost,) = told.costs
    assert (cost.agreed_before, cost.agreed_after) == (500, 1000)
    assert (cost.offered_before, cost.offered_after) == (0, 1500)


def test_a_granted_amount_is_money_too() -> None:
    fee: dict[str, Value] = {
        "caller.verified": True,
        "caller.is_account_holder": True,
        "bank.fee": Money(4000, "USD"),
    }
    told = replay(good(), OTHER, [case("bank.fee.refund", fee, Answer.ACCEPTED)])
    (cost,) = told.costs
    assert (cost.agreed_before, cost.agreed_after) == (4000, 0)
    assert told.policies == {"bank.fee.refund": 1}


def test_a_policy_that_is_gone_says_yes_and_unreadable_facts_are_skipped() -> None:
    without = good()
    alone = {k: v for k, v in without.policies.items() if k != "hotel.breakfast.late"}
    declined: dict[str, Value] = {"hotel.hour": 14, "hotel.occupancy_pct": 50}
    good_case = case("hotel.breakfast.late", declined, Answer.ACCEPTED)
    bad = [replace(good_case, facts=text) for text in ("", "[]", '{"hotel.hour": 3}', "null")]
    told = replay(without, replace(without, policies=alone), [good_case, *bad])
    assert told.matrix == {(VerdictKind.DECLINE, VerdictKind.YES): 1}
    assert told.skipped == len(bad)


def test_a_policy_that_is_split_in_two_is_asked_by_its_request() -> None:
    split = good(
        breakfast=BREAKFAST.replace(
            'id = "hotel.breakfast.late"',
            'id = "hotel.breakfast.any"\nrequest = "hotel.breakfast.late"',
        ).replace(">= 12", ">= 14")
    )
    hours: list[dict[str, Value]] = [{"hotel.hour": h, "hotel.occupancy_pct": 9} for h in (13, 15)]
    past = [case("hotel.breakfast.late", values, Answer.ACCEPTED) for values in hours]
    named = good(
        breakfast='request = "hotel.breakfast.late"\n'
        + BREAKFAST.replace('id = "hotel.breakfast.late"', 'id = "hotel.breakfast.any"')
    )
    again = [replace(one, policy_id="hotel.breakfast.any") for one in past]
    for before, cases_ in ((good(), past), (named, again)):
        told = replay(before, split, cases_, UTC)
        assert told.matrix == {
            (VerdictKind.DECLINE, VerdictKind.YES): 1,
            (VerdictKind.DECLINE, VerdictKind.DECLINE): 1,
        }


def test_a_policy_that_begins_at_midnight_is_told_apart() -> None:
    dated = good(breakfast="valid_from = 2026-03-02\n" + BREAKFAST)
    declined: dict[str, Value] = {"hotel.occupancy_pct": 50}
    one = case("hotel.breakfast.late", declined, Answer.ACCEPTED)
    past = [replace(one, at=AT + timedelta(hours=hours)) for hours in range(48)]
    told = replay(good(), dated, past, UTC)
    wanted = Counter((long_way(good(), x), long_way(dated, x)) for x in past)
    assert told.matrix == wanted
