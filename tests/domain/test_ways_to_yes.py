# SPDX-License-Identifier: Apache-2.0
from itertools import product

import pytest

from agentassist.domain.decision import decide
from agentassist.domain.facts import FactValue, Sensitivity, Source, Value, parse_value
from agentassist.domain.money import Money
from agentassist.domain.policy import ProtectedPolicy
from agentassist.domain.verdict import Span, Verdict, VerdictKind, WayToYes
from agentassist.domain.ways_to_yes import Way, ways_to_yes
from tests.policy_samples import AT, shipped

BUNDLE = shipped()
YES = (VerdictKind.YES, VerdictKind.YES_WITH)
LATE = {"order.is_defective": False, "customer.tier": "silver", "order.days_since_delivery": 35}


def verdict(policy_id: str, **changed: Value) -> Verdict:
    values = {key.replace("__", "."): value for key, value in changed.items()}
    facts = {key: FactValue(value, Source.AGENT, AT) for key, value in values.items()}
    return decide(BUNDLE, policy_id, facts, at=AT)


def ways(found: Verdict) -> tuple[Way, ...]:
    return ways_to_yes(BUNDLE, found, at=AT)


def late() -> Verdict:
    return verdict("retail.return.late", **{k.replace(".", "__"): v for k, v in LATE.items()})


def test_each_single_fact_that_would_make_it_a_yes() -> None:
    assert ways(late()) == (
        (WayToYes("order.is_defective", "a fault", "no", (Span("yes", "yes"),)),),
        (WayToYes("customer.tier", "level", "silver", (Span("gold", "gold"),)),),
        (WayToYes("order.days_since_delivery", "days since delivery", "35", (Span("", "30"),)),),
    )


def test_they_are_told_in_the_language_that_is_asked_for() -> None:
    (first, *_) = ways_to_yes(BUNDLE, late(), at=AT, language="ko")
    assert first[0].name == "불량 여부"


def test_a_refusal_names_the_proof_that_is_missing_whole() -> None:
    (proof,) = ways(verdict("telecom.sim.swap", caller__verified=True))
    assert [item.fact for item in proof] == [
        "caller.is_account_holder",
        "telecom.sim_pin_ok",
        "telecom.old_number_confirmed",
    ]


def test_where_nothing_is_allowed_there_is_no_way() -> None:
    assert ways(verdict("common.credential.disclose", caller__verified=True)) == ()


def test_a_yes_needs_no_way() -> None:
    caller = {"caller__verified": True, "caller__is_account_holder": True}
    found = verdict("retail.order.cancel", **caller, order__status="pending")
    assert found.kind in YES
    assert ways(found) == ()


def test_money_is_written_as_facts_are() -> None:
    found = verdict(
        "bank.fee.refund",
        caller__verified=True,
        caller__is_account_holder=True,
        bank__is_our_mistake=True,
        bank__fee=Money(9000, "USD"),
    )
    spans = {item.fact: item for way in ways(found) for item in way if len(way) == 1}
    assert spans["bank.fee"].now == "9000 USD"
    assert spans["bank.fee"].needed == (Span("", "6000 USD"),)


def ends(policy_id: str, item: WayToYes) -> list[Value]:
    """The outermost values that are said to serve."""
    spec = BUNDLE.facts[item.fact]
    low, high = (str(spec.low), str(spec.high))
    written = [text for span in item.needed for text in (span.low or low, span.high or high)]
    return [parse_value(spec, text) for text in dict.fromkeys(written)]


@pytest.mark.parametrize("policy", BUNDLE.policies.values(), ids=lambda policy: policy.id)
def test_what_is_told_is_what_happens(policy) -> None:  # type: ignore[no-untyped-def]
    """Every way, taken at each end of what it names, gives a yes (or asks for the amount)."""
    for test in policy.tests:
        values = dict(test.facts)
        facts = {key: FactValue(value, Source.AGENT, AT) for key, value in values.items()}
        found = decide(BUNDLE, policy.id, facts, at=AT)
        for way in ways(found):
            assert isinstance(policy, ProtectedPolicy) or len(way) <= 2 or found.guarded_by
            for chosen in product(*(ends(policy.id, item) for item in way)):
                changed = dict(zip((item.fact for item in way), chosen, strict=True))
                new = {k: FactValue(v, Source.AGENT, AT) for k, v in (values | changed).items()}
                then = decide(BUNDLE, policy.id, new, at=AT)
                asked = then.question.fact if then.question else ""
                if not found.guarded_by:
                    assert then.kind in YES or asked == getattr(policy, "amount", ""), (way, then)


def test_a_protected_way_never_reads_what_a_customer_is_worth() -> None:
    for policy in BUNDLE.policies.values():
        if isinstance(policy, ProtectedPolicy):
            told = [item.fact for way in ways(verdict(policy.id)) for item in way]
            assert all(BUNDLE.facts[fact].sensitivity is not Sensitivity.STANDING for fact in told)
