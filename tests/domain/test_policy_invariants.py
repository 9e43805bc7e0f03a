# SPDX-License-Identifier: Apache-2.0
"""What no set of facts may break, over the policies that ship."""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.domain.condition import Condition
from agentassist.domain.decision import decide, to_bytes
from agentassist.domain.facts import FactSpec, FactType, FactValue, Plain, Source, Value, worth
from agentassist.domain.money import Money
from agentassist.domain.policy import GUARD_FACTS, AnyPolicy, Policy, ProtectedPolicy, bundle
from agentassist.domain.policy_cases import axes, cases
from agentassist.domain.verdict import Verdict, VerdictKind
from tests.policy_laws import Case, breaks
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


def known_to(policy: AnyPolicy) -> st.SearchStrategy[dict[str, FactValue]]:
    """Facts that a policy reads, and the level of the customer."""
    reads = BUNDLE.index.reads[policy.id] & BUNDLE.facts.keys() | {"customer.tier"}
    facts = {key: fact(BUNDLE.facts[key]) for key in sorted(reads)}
    return st.fixed_dictionaries({}, optional=facts)


def cases_of(policies: Sequence[AnyPolicy]) -> st.SearchStrategy[Any]:
    return st.sampled_from(policies).flatmap(lambda p: st.tuples(st.just(p), known_to(p)))


ANY = cases_of(POLICIES)
PROTECTED = cases_of(
    [
        p
        for p in POLICIES
        if all(isinstance(q, ProtectedPolicy) for q in BUNDLE.index.answering[p.id])
    ]
)
Drawn = tuple[AnyPolicy, dict[str, FactValue]]


def verdict(policy: AnyPolicy, known: Mapping[str, FactValue]) -> Verdict:
    return decide(BUNDLE, policy.id, known, at=AT)


def check(policy: AnyPolicy, known: Mapping[str, FactValue]) -> None:
    """Hold every law for one verdict."""
    got = verdict(policy, known)
    assert breaks(BUNDLE, Case(policy.id, known, AT.date()), got) == ""
    if isinstance(BUNDLE.policies[got.policy_id], ProtectedPolicy):
        assert got.kind in (VerdictKind.REFUSE, VerdictKind.YES_WITH)


@settings(max_examples=200)
@given(ANY)
def test_any_facts(drawn: Drawn) -> None:
    check(*drawn)


@settings(max_examples=150)
@given(ANY, st.data())
def test_deleting_a_fact_never_turns_a_refuse_into_a_yes(drawn: Drawn, data: st.DataObject) -> None:
    policy, known = drawn
    before = verdict(policy, known)
    if before.kind is VerdictKind.REFUSE and known:
        gone = data.draw(st.sets(st.sampled_from(sorted(known))))
        left = {key: value for key, value in known.items() if key not in gone}
        assert verdict(policy, left).kind not in YES


TURNED = bundle(
    dict(reversed(BUNDLE.facts.items())),
    dict(reversed(BUNDLE.policies.items())),
    BUNDLE.authority,
    BUNDLE.weights,
    dict(reversed(BUNDLE.frames.items())),
    reversed(BUNDLE.wows),
)


@settings(max_examples=200)
@given(ANY)
def test_the_same_bytes_whatever_the_order(drawn: Drawn) -> None:
    policy, known = drawn
    turned = dict(reversed(known.items()))
    assert to_bytes(decide(TURNED, policy.id, turned, at=AT)) == to_bytes(verdict(policy, known))


@settings(max_examples=100)
@given(ANY)
def test_what_is_shown_gives_what_was_decided(drawn: Drawn) -> None:
    """The facts named in `why` are enough to come to the same verdict again."""
    policy, known = drawn
    before = verdict(policy, known)
    spoke = BUNDLE.policies[before.policy_id]
    amount = {spoke.amount} if isinstance(spoke, Policy) else set()
    seen = {why.fact for why in before.why} | amount
    after = verdict(policy, {key: value for key, value in known.items() if key in seen})
    assert to_bytes(after) == to_bytes(before)


@settings(max_examples=100)
@given(PROTECTED, st.data())
def test_a_protected_verdict_does_not_know_what_a_customer_is_worth(
    drawn: Drawn, data: st.DataObject
) -> None:
    policy, known = drawn
    tier = data.draw(st.sampled_from(["basic", "silver", "gold"]))
    favoured = known | {"customer.tier": FactValue(tier, Source.CRM, AT)}
    plain = {key: value for key, value in known.items() if key != "customer.tier"}
    assert to_bytes(verdict(policy, favoured)) == to_bytes(verdict(policy, plain))


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_every_case_of_every_policy(policy: AnyPolicy) -> None:
    """All cells of all facts that it rests on, guards too, each of them also missing."""
    for facts in _cases(policy):
        check(policy, facts)


def _cases(policy: AnyPolicy) -> Iterator[dict[str, FactValue]]:
    """The facts of guards are combined with one another, and once with every other case."""
    own = axes((*policy.scope, *policy.conditions()), BUNDLE.facts)
    proofs = axes(_proofs(policy), BUNDLE.facts)
    guards = dict.fromkeys(GUARD_FACTS.values(), (True, False))
    ahead = {**proofs, **guards} if isinstance(policy, Policy) and policy.guards() else {}
    for row in _rows(ahead):
        yield _facts(row)
    for row in _rows({key: row for key, row in own.items() if key not in guards}):
        for sure in (True, False):
            yield _facts(dict.fromkeys(guards, sure) | row)


def _proofs(policy: AnyPolicy) -> list[Condition]:
    ahead = policy.guards() if isinstance(policy, Policy) else ()
    rows = (BUNDLE.index.guardians(guard, policy.sector) for guard in ahead)
    return [condition for row in rows for each in row for condition in each.conditions()]


def _rows(table: Mapping[str, Sequence[Plain]]) -> Iterator[dict[str, Plain | None]]:
    for row in product(*((*values, None) for values in table.values())):
        yield dict(zip(table, row, strict=True))


def _facts(row: Mapping[str, Plain | None]) -> dict[str, FactValue]:
    return {
        key: FactValue(worth(BUNDLE.facts[key], value), Source.AGENT, AT)
        for key, value in row.items()
        if value is not None
    }


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_with_all_facts_known_nothing_is_left_to_ask(policy: AnyPolicy) -> None:
    if not isinstance(policy, Policy):
        return
    answering = BUNDLE.index.answering[policy.id]
    amounts = {each.amount for each in answering if isinstance(each, Policy) and each.amount}
    sure = dict.fromkeys(GUARD_FACTS.values(), True) | {
        key: BUNDLE.facts[key].low for key in amounts
    }
    conditions = [c for each in answering for c in (*each.scope, *each.conditions())]
    for case in cases(axes(conditions, BUNDLE.facts)):
        assert verdict(policy, _facts({**sure, **case})).kind is not VerdictKind.ASK


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
