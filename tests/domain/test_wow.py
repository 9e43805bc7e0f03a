# SPDX-License-Identifier: Apache-2.0
"""A surprise is suggested under all its conditions, and under none of them broken."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.authority import limit_for
from agentassist.domain.condition import parse
from agentassist.domain.facts import FactValue, Source, Text, Value
from agentassist.domain.policy import Bundle, Wow
from agentassist.domain.wow import ACTION, FRAUD, REST, Situation, hint, volunteered
from tests.policy_samples import AT, shipped


def fact(value: Value = True) -> FactValue:
    return FactValue(value, Source.AGENT, AT)


def well(**more: object) -> Situation:
    situation = Situation(facts={"told.new_baby": fact()}, at=AT, hurried=False, left=1_000)
    return replace(situation, **more)  # type: ignore[arg-type]


def suggested(situation: Situation, bundle: Bundle | None = None) -> str:
    found = hint(bundle or shipped(), situation)
    return found.id if found else ""


def test_it_is_suggested_when_all_is_well() -> None:
    assert suggested(well()) == "baby_welcome"


def test_a_recovery_is_a_reason_of_its_own() -> None:
    assert suggested(well(open=2)) == ""
    assert suggested(well(open=2, recovery=True)) == "baby_welcome"


BROKEN: dict[str, dict[str, object]] = {
    "something is open": {"open": 1},
    "in a hurry": {"hurried": True},
    "nobody knows whether in a hurry": {"hurried": None},
    "a request was refused": {"refused": True},
    "a warning of fraud": {"facts": {"told.new_baby": fact(), FRAUD: fact()}},
    "no budget": {"left": 799},
    "surprised lately": {"last_at": AT - REST + timedelta(seconds=1)},
    "passed over in this contact": {"passed": frozenset({"baby_welcome"})},
    "nothing was told": {"facts": {}},
    "told otherwise": {"facts": {"told.new_baby": fact(False)}},
    "not declared as told": {"facts": {"customer.tier": fact("gold")}},
    "told long ago": {"facts": {"told.new_baby": replace(fact(), at=AT - timedelta(days=2))}},
}


@pytest.mark.parametrize("more", BROKEN.values(), ids=BROKEN.keys())
def test_one_broken_condition_is_enough(more: dict[str, object]) -> None:
    assert suggested(well(**more)) == ""


def test_the_limits_are_exact() -> None:
    assert suggested(well(left=800)) == "baby_welcome"
    assert suggested(well(last_at=AT - REST)) == "baby_welcome"
    no_fraud = {"told.new_baby": fact(), FRAUD: fact(False)}
    assert suggested(well(facts=no_fraud)) == "baby_welcome"


def test_the_least_costly_comes_first() -> None:
    both = {"told.new_baby": fact(), "told.birthday": fact()}
    assert suggested(well(facts=both)) == "birthday_wish"
    assert suggested(well(facts=both, passed=frozenset({"birthday_wish"}))) == "baby_welcome"
    assert suggested(well(facts=both, left=0)) == "birthday_wish"


def test_a_surprise_may_have_conditions_and_a_sector() -> None:
    bundle = shipped()
    made = Wow(
        id="gold",
        hint=Text("x"),
        volunteered="told.new_baby",
        when=(parse("customer.tier is gold", bundle.facts),),
        sector="hotel",
    )
    only = replace(bundle, wows=(made,))
    told = {"told.new_baby": fact()}
    assert suggested(well(), only) == ""
    gold = well(facts=told | {"customer.tier": fact("gold")})
    assert suggested(gold, only) == "gold"
    assert suggested(replace(gold, sector="hotel"), only) == "gold"
    assert suggested(replace(gold, sector="bank"), only) == ""
    assert suggested(well(facts=told | {"customer.tier": fact("basic")}), only) == ""


def test_only_what_is_told_unasked_opens_one() -> None:
    """A surprise for a fact that is asked for would be a sales pitch."""
    bundle = shipped()
    asked = Wow(id="tier", hint=Text("x"), volunteered="customer.tier")
    tiers = well(facts={"customer.tier": fact("gold")})
    assert suggested(tiers, replace(bundle, wows=(asked,))) == ""


def test_those_that_ship_answer_to_what_is_told_and_fit_the_budget() -> None:
    bundle = shipped()
    told = set(volunteered(bundle))
    assert 4 <= len(bundle.wows) <= 6
    assert {wow.volunteered for wow in bundle.wows} <= told
    assert all(wow.hint.ko and wow.hint.en for wow in bundle.wows)
    alone = limit_for(bundle.authority, ACTION, bundle.authority.currency, "agent")
    assert alone is not None
    assert all(wow.cost <= alone.per_action for wow in bundle.wows)


@given(
    st.builds(
        Situation,
        facts=st.dictionaries(
            st.sampled_from([*volunteered(shipped()), FRAUD]), st.booleans().map(fact)
        ),
        at=st.just(AT),
        open=st.integers(0, 2),
        recovery=st.booleans(),
        hurried=st.sampled_from([True, False, None]),
        refused=st.booleans(),
        left=st.integers(0, 1_000),
        last_at=st.none() | st.integers(0, 200).map(lambda days: AT - timedelta(days=days)),
    )
)
def test_whatever_is_suggested_holds_every_condition(situation: Situation) -> None:
    found = hint(shipped(), situation)
    if found is not None:
        assert situation.hurried is False
        assert not situation.refused
        assert situation.recovery or situation.open == 0
        assert found.cost <= situation.left
        assert situation.facts[found.volunteered].value is True
        assert FRAUD not in situation.facts or situation.facts[FRAUD].value is False
        assert situation.last_at is None or AT - situation.last_at >= REST
