# SPDX-License-Identifier: Apache-2.0
"""What no set of facts may break, over the policies that ship."""

import random
import time
from collections.abc import Mapping
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.domain.decision import decide, to_bytes
from agentassist.domain.facts import FactSpec, FactType, FactValue, Source, Value
from agentassist.domain.money import Money
from agentassist.domain.policy import AnyPolicy, Policy, ProtectedPolicy, bundle
from agentassist.domain.policy_cases import axes, cases
from agentassist.domain.verdict import Owner, Truth, Verdict, VerdictKind
from tests.policy_samples import AT, shipped

BUNDLE = shipped()
POLICIES = list(BUNDLE.policies.values())
YES = (VerdictKind.YES, VerdictKind.YES_WITH)


def values(spec: FactSpec) -> st.SearchStrategy[Value]:
    match spec.type:
        case FactType.BOOL:
            return st.booleans()
        case FactType.ENUM:
            return st.sampled_from((*spec.values, "something else"))
        case FactType.INT:
            return st.integers(spec.low - 1, spec.high + 1)
        case FactType.MONEY:
            return st.builds(
                Money, st.integers(spec.low - 1, spec.high + 1), st.sampled_from(["USD", "KRW"])
            )


def fact(spec: FactSpec) -> st.SearchStrategy[FactValue]:
    age = st.integers(-10, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))
    moment = st.one_of(st.just(AT), age.map(lambda old: AT - old))
    return st.builds(FactValue, values(spec), st.sampled_from(Source), moment)


FACTS = st.fixed_dictionaries({}, optional={key: fact(spec) for key, spec in BUNDLE.facts.items()})
ANY = st.sampled_from(POLICIES)


def verdict(policy: AnyPolicy, known: Mapping[str, FactValue]) -> Verdict:
    return decide(BUNDLE, policy.id, known, at=AT)


def check(policy: AnyPolicy, got: Verdict) -> None:
    """Hold every invariant of one verdict."""
    if got.kind is VerdictKind.DECLINE:
        assert 1 <= len(got.alternatives) <= 2
        assert any(offer.owner is not Owner.CUSTOMER for offer in got.alternatives)
        assert got.reasons
    if got.kind is VerdictKind.ASK:
        assert got.question is not None
    if got.kind is VerdictKind.REFUSE:
        assert got.category
        assert got.alternatives
    assert got.wording.long
    if isinstance(policy, ProtectedPolicy):
        assert got.kind in (VerdictKind.REFUSE, VerdictKind.YES_WITH)
        if got.kind is VerdictKind.YES_WITH:
            truths = {why.condition: why.truth for why in got.why}
            assert any(
                rule.when and all(truths[c.text] is Truth.TRUE for c in rule.when)
                for rule in policy.allow
            )


@settings(max_examples=600)
@given(ANY, FACTS)
def test_any_facts(policy: AnyPolicy, known: dict[str, FactValue]) -> None:
    check(policy, verdict(policy, known))


@settings(max_examples=400)
@given(ANY, FACTS, st.data())
def test_deleting_a_fact_never_turns_a_refuse_into_a_yes(
    policy: AnyPolicy, known: dict[str, FactValue], data: st.DataObject
) -> None:
    before = verdict(policy, known)
    if before.kind is VerdictKind.REFUSE and known:
        gone = data.draw(st.sets(st.sampled_from(sorted(known))))
        left = {key: value for key, value in known.items() if key not in gone}
        assert verdict(policy, left).kind not in YES


@settings(max_examples=200)
@given(ANY, FACTS)
def test_the_same_bytes_whatever_the_order(policy: AnyPolicy, known: dict[str, FactValue]) -> None:
    other = bundle(
        dict(reversed(BUNDLE.facts.items())),
        dict(reversed(BUNDLE.policies.items())),
        BUNDLE.authority,
        BUNDLE.weights,
        dict(reversed(BUNDLE.frames.items())),
        reversed(BUNDLE.wows),
    )
    turned = dict(reversed(known.items()))
    assert to_bytes(decide(other, policy.id, turned, at=AT)) == to_bytes(verdict(policy, known))


@settings(max_examples=300)
@given(ANY, FACTS)
def test_what_is_shown_gives_what_was_decided(
    policy: AnyPolicy, known: dict[str, FactValue]
) -> None:
    """The facts named in `why` are enough to come to the same verdict again."""
    before = verdict(policy, known)
    amount = {policy.amount} if isinstance(policy, Policy) else set()
    seen = {why.fact for why in before.why} | amount
    after = verdict(policy, {key: value for key, value in known.items() if key in seen})
    assert to_bytes(after) == to_bytes(before)


@settings(max_examples=300)
@given(st.sampled_from([p for p in POLICIES if isinstance(p, ProtectedPolicy)]), FACTS, st.data())
def test_a_protected_verdict_does_not_know_what_a_customer_is_worth(
    policy: ProtectedPolicy, known: dict[str, FactValue], data: st.DataObject
) -> None:
    tier = data.draw(st.sampled_from(["basic", "silver", "gold"]))
    favoured = known | {"customer.tier": FactValue(tier, Source.CRM, AT)}
    plain = {key: value for key, value in known.items() if key != "customer.tier"}
    assert to_bytes(verdict(policy, favoured)) == to_bytes(verdict(policy, plain))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_every_case_of_every_policy(policy: AnyPolicy) -> None:
    """All cells of all facts, each of them also missing: nothing is left out."""
    table = axes(policy.conditions(), BUNDLE.facts)
    with_gaps = {key: (*cells, None) for key, cells in table.items()}
    number = 0
    for row in product(*with_gaps.values()):
        known = {
            key: FactValue(value, Source.AGENT, AT)
            for key, value in zip(with_gaps, map(_money, with_gaps, row), strict=True)
            if value is not None
        }
        for sure in (True, False):
            caller = FactValue(sure, Source.CALL, AT)
            guards = {"caller.verified": caller, "caller.is_account_holder": caller}
            check(policy, verdict(policy, guards | known))
            number += 1
    assert number


def _money(key: str, value: bool | int | str | None) -> Value | None:
    spec = BUNDLE.facts[key]
    if spec.type is FactType.MONEY and isinstance(value, int):
        return Money(value, spec.currency)
    return value


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_with_all_facts_known_nothing_is_left_to_ask(policy: AnyPolicy) -> None:
    if not isinstance(policy, Policy):
        return
    fee = {"bank.fee": Money(100, "USD")} if policy.amount else {}
    for case in cases(axes(policy.conditions(), BUNDLE.facts)):
        known: dict[str, Value] = {"caller.verified": True, "caller.is_account_holder": True, **fee}
        for key, value in case.items():
            amount = _money(key, value)
            assert amount is not None
            known[key] = amount
        got = verdict(policy, {k: FactValue(v, Source.AGENT, AT) for k, v in known.items()})
        assert got.kind is not VerdictKind.ASK


def test_a_decision_is_quick() -> None:
    drawn = random.Random(7)
    keys = list(BUNDLE.facts)
    known = [
        {
            key: FactValue(_drawn(BUNDLE.facts[key], drawn), Source.AGENT, AT)
            for key in drawn.sample(keys, 12)
        }
        for _ in range(200)
    ]
    began = time.perf_counter()
    for number in range(2_000):
        decide(BUNDLE, POLICIES[number % len(POLICIES)].id, known[number % len(known)], at=AT)
    each = (time.perf_counter() - began) / 2_000
    assert each < 0.002, f"{each * 1e6:.0f} microseconds a decision"


def _drawn(spec: FactSpec, drawn: random.Random) -> Value:
    if spec.type is FactType.BOOL:
        return drawn.random() < 0.5
    if spec.type is FactType.ENUM:
        return drawn.choice(spec.values)
    number = drawn.randint(spec.low, spec.high)
    return Money(number, spec.currency) if spec.type is FactType.MONEY else number
