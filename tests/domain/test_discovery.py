# SPDX-License-Identifier: Apache-2.0
"""The need behind a request: asked before alternatives, and what it does to their order."""

from dataclasses import replace

from agentassist.domain.decision import decide
from agentassist.domain.discovery import discover
from agentassist.domain.facts import FactValue, Source, Text
from agentassist.domain.policy import Bundle, Policy, bundle
from agentassist.domain.verdict import Verdict, VerdictKind
from tests.policy_samples import AT, shipped

ASKS = Text("What would help you most?", "어떤 점이 가장 중요하신가요?")
LATE = "retail.return.late"


def asking(discovery: Text = ASKS) -> Bundle:
    made = shipped()
    policy = made.policies[LATE]
    assert isinstance(policy, Policy)
    policies = {**made.policies, LATE: replace(policy, discovery=discovery)}
    return bundle(made.facts, policies, made.authority, made.weights, made.frames)


def late(need: str | None = None, *, days: int = 35, language: str = "en") -> Verdict:
    values = {
        "order.is_defective": False,
        "customer.tier": "silver",
        "order.days_since_delivery": days,
        "order.item_condition": "worn",
    }
    facts = {key: FactValue(value, Source.AGENT, AT) for key, value in values.items()}
    return decide(asking(), LATE, facts, at=AT, need=need, language=language)


def test_it_is_asked_before_the_alternatives_in_every_tone() -> None:
    verdict = late()
    assert verdict.kind is VerdictKind.DECLINE
    assert verdict.discovery is not None
    assert verdict.discovery.needs == (
        ("money_back", "money back"),
        ("get_rid_of_it", "get rid of it"),
        ("something_that_fits", "something that fits"),
    )
    assert verdict.wording.long == verdict.hurried.long == ASKS.en
    assert verdict.upset.long.endswith(ASKS.en)


def test_it_is_asked_in_korean() -> None:
    verdict = late(language="ko")
    assert verdict.discovery is not None
    assert verdict.discovery.sentence == ASKS.ko
    assert verdict.discovery.needs[0] == ("money_back", "환불")


def test_the_need_puts_what_delivers_it_first() -> None:
    for need, first in (("money_back", "store_credit"), ("something_that_fits", "exchange")):
        verdict = late(need)
        assert verdict.discovery is None
        assert verdict.alternatives[0].id == first


def test_who_would_not_say_is_not_asked_again() -> None:
    verdict = late("")
    assert verdict.discovery is None
    assert [offer.id for offer in verdict.alternatives] == ["exchange", "store_credit"]


def test_a_need_that_the_policy_does_not_know_changes_nothing() -> None:
    assert late("a_pony").alternatives == late("").alternatives


def test_where_nothing_is_gained_nothing_is_asked() -> None:
    policy = asking().policies[LATE]
    assert isinstance(policy, Policy)
    first, second = policy.declines[0].alternatives[:2]
    same = replace(second, delivers=first.delivers)
    assert discover(policy, (first,), None, "en") is None
    assert discover(policy, (first, same), None, "en") is None
    assert discover(policy, (first, second), None, "en") is not None
