# SPDX-License-Identifier: Apache-2.0
"""What differs between bundles, when two people must look, and a policy read back."""

from itertools import pairwise

import pytest

from agentassist.domain.amounts import written
from agentassist.domain.policy_changes import ChangeKind, changes
from agentassist.domain.policy_speech import spoken
from agentassist.domain.two_people import needs_two
from tests.policy_samples import AUTHORITY, BREAKFAST, FACTS, FEE, SIM, good, shipped

TIER_LIMIT = AUTHORITY.replace("per_action = 6000", "per_action = 6000\nper_day = 9000")


def reasons(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [str(why) for why in needs_two(good(**before), good(**after))]


def test_the_same_bundle_differs_in_nothing() -> None:
    assert changes(good(), good()) == ()
    assert needs_two(good(), good()) == ()


def test_changes_are_told_rule_by_rule() -> None:
    after = BREAKFAST.replace("cost = 500", "cost = 700").replace(">= 12", ">= 13")
    found = {(x.what, x.id): x for x in changes(good(), good(breakfast=after))}
    assert found.keys() == {("decline", "lunch_setup"), ("alternative", "room_service")}
    option = found["alternative", "room_service"]
    assert option.money is not None
    assert (option.money.minor, option.kind) == (200, ChangeKind.CHANGED)
    assert (option.before, option.after) == ("cost: 500", "cost: 700")
    rule = found["decline", "lunch_setup"]
    assert (rule.before, rule.after) == ("when: hotel.hour >= 12", "when: hotel.hour >= 13")


def test_what_stands_beside_the_policies_is_told_too() -> None:
    found = changes(
        good(), good(authority=AUTHORITY.replace("per_action = 6000", "per_action = 7000"))
    )
    (limit,) = found
    assert (limit.what, limit.id, limit.policy_id) == ("limit", "fee_refund lead", "")
    assert limit.money is not None
    assert limit.money.minor == 1000


WORDS_ONLY = [
    {"breakfast": BREAKFAST.replace("is being set", "is laid")},
    {"breakfast": BREAKFAST.replace("cost = 500", "cost = 400")},
    {"breakfast": BREAKFAST.replace("can I still get", "may I still get")},
    {"fee": FEE.replace("> 6000", "> 5000")},  # declines more
    {"authority": AUTHORITY.replace("per_action = 6000", "per_action = 6000\nper_day = 9000")},
    {"facts": FACTS.replace("how full the house is", "whether the house is full")},
]


@pytest.mark.parametrize("after", WORDS_ONLY)
def test_the_author_alone_changes_words_and_gives_less(after: dict[str, str]) -> None:
    assert changes(good(), good(**after))
    assert reasons({}, after) == []


TWO = [
    ({"sim": SIM.replace("We text", "We write to")}, "telecom.sim.swap is a protected policy."),
    (
        {"breakfast": BREAKFAST.replace("cost = 500", "cost = 700")},
        "hotel.breakfast.late: room_service costs us 7.00 USD instead of 5.00 USD.",
    ),
    (
        {"breakfast": BREAKFAST.replace(">= 12", ">= 11")},
        "hotel.breakfast.late may give more than before: hotel.hour 11, hotel.occupancy_pct 0.",
    ),
    (
        {"fee": FEE.replace("account_bound = true\n", "")},
        "bank.fee.refund no longer asks who is calling.",
    ),
    (
        {"authority": AUTHORITY.replace("per_action = 6000", "per_action = 6001")},
        "The limit on fee_refund for the role lead rises.",
    ),
    (
        {
            "facts": FACTS.replace(
                'name_ko = "본인 확인"', 'name_ko = "본인 확인"\nmax_age_minutes = 9'
            )
        },
        "caller.verified is part of a proof.",
    ),
]


@pytest.mark.parametrize(("after", "reason"), TWO)
def test_protection_and_more_money_take_two(after: dict[str, str], reason: str) -> None:
    assert reason in reasons({}, after)


def test_a_limit_that_is_lifted_takes_two() -> None:
    assert reasons({"authority": TIER_LIMIT}, {}) == [
        "The limit on fee_refund for the role lead rises.",
        "The limit on fee_refund for the role supervisor rises.",
    ]


def limit(action: str, role: str, most: int, more: str = "") -> str:
    return f'[[limit]]\naction = "{action}"\nrole = "{role}"\nper_action = {most}\n{more}\n'


def test_limits_are_compared_as_they_hold_for_each_role() -> None:
    """Without any line an action is not limited; a role without one has the next smaller's."""
    bare = AUTHORITY
    first = {"authority": bare + limit("extra", "agent", 100)}
    rises = "The limit on extra for the role {} rises.".format
    assert reasons({}, first) == []
    assert reasons(first, {}) == [rises("agent"), rises("lead"), rises("supervisor")]
    lead = {"authority": first["authority"] + limit("extra", "lead", 500)}
    assert reasons(first, lead) == [rises("lead"), rises("supervisor")]
    assert reasons(lead, first) == []
    euros = {"authority": first["authority"] + limit("extra", "agent", 1, 'currency = "EUR"')}
    assert reasons(first, euros) == [rises("agent"), rises("lead"), rises("supervisor")][:3]


def test_a_decline_on_an_amount_that_is_loosened_takes_two() -> None:
    stricter = {"fee": FEE.replace("> 6000", "> 5000")}
    assert reasons(stricter, {}) == [
        "bank.fee.refund may give more than before: bank.fee 5001 USD."
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_shipped_policy_is_read_back_rule_by_rule(language: str) -> None:
    bundle = shipped()
    for policy in bundle.policies.values():
        lines = spoken(policy, bundle, language)
        paths = {line.path for line in lines}
        for name, rows in (
            ("decline", getattr(policy, "declines", ())),
            ("allow", getattr(policy, "allow", ())),
            ("safe_path", getattr(policy, "safe_paths", ())),
            ("yes_with", getattr(policy, "yes_with", ())),
        ):
            assert {(name, i) for i in range(len(rows))} <= paths
        assert all(line.text and "{" not in line.text for line in lines)
        assert all(after.depth <= before.depth + 1 for before, after in pairwise(lines))


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(6000, "USD", "60.00 USD"), (5000, "KRW", "5,000 KRW"), (-5, "EUR", "-0.05 EUR")],
)
def test_amounts_are_written_exactly(minor: int, currency: str, text: str) -> None:
    assert written(minor, currency) == text
