# SPDX-License-Identifier: Apache-2.0
"""What changed is told, and what sources disagree about is asked."""

from dataclasses import replace
from datetime import timedelta

from agentassist.domain.conflict import conflicts
from agentassist.domain.decision import decide
from agentassist.domain.fact_news import fact_news, same_answer
from agentassist.domain.facts import FactValue, Source, Value
from tests.policy_samples import AT, good, shipped

SPECS = shipped().facts


def fact(value: Value, source: Source = Source.ORDER) -> FactValue:
    return FactValue(value, source, AT)


def told(before: dict[str, FactValue], after: dict[str, FactValue]) -> list[tuple[str, str, str]]:
    looked_at = before.keys() | after.keys()
    found = fact_news(SPECS, before, after, looked_at, "en")
    return [(item.fact, item.was, item.now) for item in found]


def test_a_fact_that_changed_is_told() -> None:
    before, after = {"order.status": fact("pending")}, {"order.status": fact("shipped")}
    assert told(before, after) == [("order.status", "pending", "shipped")]
    assert told(before, {}) == [("order.status", "pending", "")]
    assert told({}, after) == [("order.status", "", "shipped")]
    (news,) = fact_news(SPECS, before, after, ["order.status"], "ko")
    assert news.name == "주문 상태"


def test_what_the_agent_found_out_and_the_clock_are_no_news() -> None:
    assert told({}, {"order.status": fact("shipped", Source.AGENT)}) == []
    before, after = ({"hotel.time": fact(minute, Source.CLOCK)} for minute in (600, 601))
    assert told(before, after) == []
    assert told({"order.status": fact("pending")}, {"order.status": fact("pending")}) == []


def test_what_no_verdict_read_is_no_news() -> None:
    before, after = {"order.status": fact("pending")}, {"order.status": fact("shipped")}
    assert list(fact_news(SPECS, before, after, ["customer.tier"], "en")) == []
    assert list(fact_news({}, before, after, ["order.status"], "en")) == []


def test_the_same_answer_may_have_older_facts() -> None:
    bundle, later = good(), AT + timedelta(minutes=3)
    facts = {"hotel.hour": FactValue(14, Source.CLOCK, AT)}
    one = decide(bundle, "hotel.breakfast.late", facts, at=AT)
    other = decide(bundle, "hotel.breakfast.late", facts, at=later)
    assert one != other
    assert same_answer(one, other)
    assert not same_answer(one, replace(other, reasons=("another",)))


def test_only_fresh_values_that_differ_are_a_conflict() -> None:
    record = {"order.status": fact("shipped"), "customer.tier": fact("gold", Source.CRM)}
    noted = {"order.status": fact("pending", Source.AGENT)}
    (found,) = conflicts(SPECS, record, noted, AT)
    assert found.key == ("order.status", "shipped", "pending")
    assert list(conflicts(SPECS, record, {"order.status": fact("shipped")}, AT)) == []
    assert list(conflicts(SPECS, record, noted, AT + timedelta(days=2))) == []
    assert list(conflicts(SPECS, record, {}, AT)) == []
