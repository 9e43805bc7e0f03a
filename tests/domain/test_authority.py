# SPDX-License-Identifier: Apache-2.0
"""Who signs: the tightest of three limits, the smallest role above it, and nothing else."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.authority import GOODWILL, weigh
from agentassist.domain.decision import decide
from agentassist.domain.facts import FactType, FactValue, Source
from agentassist.domain.money import Money
from agentassist.domain.policy import Authority as Rules
from agentassist.domain.policy import Limit
from agentassist.domain.policy_cases import cells
from agentassist.domain.spending import Spending
from agentassist.domain.verdict import Period, VerdictKind
from tests.policy_samples import AT, good, shipped

RULES = Rules(
    currency="USD",
    limits=(
        Limit(action="fee", role="agent", per_action=1_500, per_customer=2_000, per_day=5_000),
        Limit(action="fee", role="lead", per_action=6_000, per_customer=6_000),
        Limit(action="fee", role="supervisor", per_action=20_000),
        Limit(action="fee", role="agent", per_action=20_000, currency="KRW"),
    ),
)


def test_the_tightest_limit_counts_and_names_its_period_and_signer() -> None:
    usd = Money(1_000, "USD")
    for customer, day, left, period, signer in (
        (0, 0, 1_500, Period.ACTION, ""),
        (1_000, 0, 1_000, Period.CUSTOMER, ""),
        (1_001, 0, 999, Period.CUSTOMER, "lead"),
        (0, 4_000, 1_000, Period.DAY, ""),
        (0, 4_001, 999, Period.DAY, "lead"),
        (9_000, 0, 0, Period.CUSTOMER, "supervisor"),
        (2_000, 9_000, 0, Period.CUSTOMER, "lead"),
    ):
        spent = {("fee", "USD"): Spending(customer, day)}
        got = weigh(RULES, "fee", "agent", usd, spent)
        assert (got.limit, got.period, got.signer) == (Money(left, "USD"), period, signer)
        assert got.within is not bool(signer)


def test_exact_limits_are_within() -> None:
    assert weigh(RULES, "fee", "agent", Money(1_500, "USD"), {}).within
    above = weigh(RULES, "fee", "agent", Money(1_501, "USD"), {})
    assert (above.within, above.signer) == (False, "lead")
    most = weigh(RULES, "fee", "lead", Money(20_001, "USD"), {})
    assert (most.within, most.signer) == (False, "")


def test_an_action_that_no_line_names_is_free_and_a_named_one_closed_without_a_line() -> None:
    free = weigh(RULES, "upgrade", "agent", Money(9_999_999, "USD"), {})
    assert free.within
    assert free.limit is None
    euro = weigh(RULES, "fee", "agent", Money(1, "EUR"), {})
    assert (euro.within, euro.limit, euro.signer) == (False, Money(0, "EUR"), "")
    won = weigh(RULES, "fee", "agent", Money(20_000, "KRW"), {})
    assert won.within
    assert not weigh(RULES, "fee", "stranger", Money(1, "USD"), {}).within


def test_a_role_without_a_line_has_that_of_the_next_smaller_one() -> None:
    rules = replace(RULES, limits=RULES.limits[:2])
    assert weigh(rules, "fee", "supervisor", Money(6_000, "USD"), {}).within
    only_lead = replace(RULES, limits=RULES.limits[1:2])
    got = weigh(only_lead, "fee", "agent", Money(1, "USD"), {})
    assert (got.within, got.signer) == (False, "lead")


def test_one_currency_never_pays_for_another() -> None:
    spent = {("fee", "KRW"): Spending(20_000, 20_000)}
    assert weigh(RULES, "fee", "agent", Money(1_500, "USD"), spent).within


@given(
    amount=st.integers(0, 30_000),
    customer=st.integers(0, 30_000),
    day=st.integers(0, 30_000),
    role=st.sampled_from(["agent", "lead", "supervisor"]),
)
def test_the_signer_covers_the_amount_and_is_never_smaller(
    amount: int, customer: int, day: int, role: str
) -> None:
    spent = {("fee", "USD"): Spending(customer, day)}
    got = weigh(RULES, "fee", role, Money(amount, "USD"), spent)
    assert got.limit is not None
    assert got.limit.minor >= 0
    if got.signer:
        assert not got.within
        theirs = {("fee", "USD"): Spending(customer, 0)}
        assert weigh(RULES, "fee", got.signer, Money(amount, "USD"), theirs).within
        assert ("agent", "lead", "supervisor").index(got.signer) > (
            "agent", "lead", "supervisor",
        ).index(role)  # fmt: skip


@given(customer=st.integers(0, 10**9), day=st.integers(0, 10**9))
def test_tight_spending_never_changes_the_answer(customer: int, day: int) -> None:
    bundle = good()
    spent = {
        ("fee_refund", "USD"): Spending(customer, day),
        (GOODWILL, "USD"): Spending(customer, day),
    }
    for policy, values in (
        ("bank.fee.refund", {"caller.verified": True, "caller.is_account_holder": True,
                             "bank.fee": Money(900, "USD"), "customer.tier": "gold"}),
        ("hotel.breakfast.late", {"hotel.hour": 14, "hotel.occupancy_pct": 10}),
    ):  # fmt: skip
        known = {key: FactValue(value, Source.AGENT, AT) for key, value in values.items()}
        free = decide(bundle, policy, known, at=AT)
        tight = decide(bundle, policy, known, at=AT, spent=spent)
        assert tight.kind is free.kind
        assert tight.kind is not VerdictKind.ASK
        assert [x.id for x in tight.alternatives] == [x.id for x in free.alternatives]


def test_an_alternative_that_costs_says_who_signs_it() -> None:
    tight = (Limit(action=GOODWILL, role="agent", per_action=100),
             Limit(action=GOODWILL, role="lead", per_action=5_000))  # fmt: skip
    bundle = replace(good(), authority=Rules(currency="USD", limits=tight))
    known = {
        "hotel.hour": FactValue(14, Source.AGENT, AT),
        "hotel.occupancy_pct": FactValue(10, Source.AGENT, AT),
    }
    got = decide(bundle, "hotel.breakfast.late", known, at=AT)
    assert got.kind is VerdictKind.DECLINE
    costs = [x for x in got.alternatives if x.cost]
    assert costs
    for offer in costs:
        assert offer.authority is not None
        assert (offer.authority.within, offer.authority.signer) == (False, "lead")


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_need_no_signature(amount: int) -> None:
    spent = {("fee", "USD"): Spending(99_999, 99_999)}
    assert weigh(RULES, "fee", "agent", Money(amount, "USD"), spent).within


@given(seed=st.integers(0, 10**9))
def test_spending_never_changes_what_the_shipped_policies_answer(seed: int) -> None:
    chance, bundle = random.Random(seed), shipped()
    specs = list(bundle.facts.values())
    known = {
        spec.key: FactValue(chance.choice(cells(spec, ())), Source.AGENT, AT)
        for spec in chance.sample(specs, len(specs) // 2)
        if spec.type is not FactType.MONEY
    }
    known |= {
        spec.key: FactValue(
            Money(chance.randint(spec.low, spec.high), spec.currency), Source.CRM, AT
        )
        for spec in specs
        if spec.type is FactType.MONEY
    }
    policy = chance.choice(sorted(bundle.policies))
    actions = {line.action for line in bundle.authority.limits}
    spent = {
        (a, "USD"): Spending(chance.randint(0, 10**6), chance.randint(0, 10**6)) for a in actions
    }
    free = decide(bundle, policy, known, at=AT)
    tight = decide(bundle, policy, known, at=AT, spent=spent)
    assert (tight.kind, tight.reasons, tight.conditions) == (
        free.kind,
        free.reasons,
        free.conditions,
    )
    assert [x.id for x in tight.alternatives] == [x.id for x in free.alternatives]
