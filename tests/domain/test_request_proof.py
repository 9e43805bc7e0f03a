# SPDX-License-Identifier: Apache-2.0
"""What the check says about a request is what decisions do: exactly one policy speaks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.domain.condition import parse, truth
from agentassist.domain.policy import AnyPolicy, Bundle, Policy
from agentassist.domain.request_proof import prove_requests
from agentassist.domain.scoping import speaker
from agentassist.domain.verdict import Truth
from tests.policy_samples import AT, good

BUNDLE = good()
BASE = BUNDLE.policies["hotel.breakfast.late"]
NAMES = ("a", "b", "c")
DAY = AT.date()
DAYS = [DAY + timedelta(days=n) for n in range(-1, 4)]
SCOPES = (
    "customer.tier is gold",
    "customer.tier is basic",
    "hotel.hour < 12",
    "hotel.hour between 6 and 18",
    "caller.verified is yes",
)
CASES = [
    {"customer.tier": tier, "hotel.hour": hour, "caller.verified": sure}
    for tier, hour, sure in product(("basic", "gold"), (0, 6, 12, 19), (True, False))
]


@st.composite
def policies(draw: st.DrawFn) -> list[Policy]:
    number = draw(st.integers(1, 3))
    ends = st.none() | st.sampled_from(DAYS[1:-1])
    made = []
    for name in NAMES[:number]:
        texts = draw(st.lists(st.sampled_from(SCOPES), max_size=2, unique=True))
        others = [other for other in NAMES[:number] if other != name]
        overrides = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
        first, last = draw(ends), draw(ends)
        made.append(
            replace(
                BASE,
                id=name,
                request="request",
                scope=tuple(parse(text, BUNDLE.facts) for text in texts),
                overrides=tuple(overrides),
                valid_from=min(first, last) if first and last else first,
                valid_until=max(first, last) if first and last else last,
            )
        )
    return [policy for policy in made if isinstance(policy, Policy)]


def bundle(row: Sequence[AnyPolicy]) -> Bundle:
    return replace(BUNDLE, policies={policy.id: policy for policy in row})


def speaks_for_all(one: Bundle, row: Sequence[Policy]) -> bool:
    """True when in each case and on each day that any is valid, one overrides the others."""
    spoken = set()
    for case, day in product(CASES, DAYS):
        valid = [policy for policy in row if policy.in_force(day)]
        inside = [policy for policy in valid if truth(policy.scope, case) is Truth.TRUE]
        over = one.index.overridden
        leaders = [
            policy
            for policy in inside
            if all(other is policy or other.id in over[policy.id] for other in inside)
        ]
        if valid and len(leaders) != 1:
            return False
        spoken |= {policy.id for policy in leaders}
    return spoken == {policy.id for policy in row}


def is_circular(one: Bundle) -> bool:
    return any(key in found for key, found in one.index.overridden.items())


@settings(max_examples=400)
@given(policies())
def test_the_check_finds_what_is_wrong_and_nothing_else(row: list[Policy]) -> None:
    one = bundle(row)
    sound = speaks_for_all(one, row) and not is_circular(one)
    assert (list(prove_requests(one)) == []) == sound


@settings(max_examples=300)
@given(policies(), st.sampled_from(CASES), st.sampled_from(DAYS), st.randoms())
def test_where_nothing_is_wrong_exactly_one_speaks_in_any_order(
    row: list[Policy], case: dict[str, bool | int | str], day: date, draw: object
) -> None:
    one, other = bundle(row), bundle(list(reversed(row)))
    who = speaker(one.index, "request", case, day)
    assert speaker(other.index, "request", case, day) == who
    if not list(prove_requests(one)) and any(policy.in_force(day) for policy in row):
        assert who.policy is not None
        assert truth(who.policy.scope, case) is Truth.TRUE


@settings(max_examples=300)
@given(policies(), st.sampled_from(CASES), st.sampled_from(DAYS), st.data())
def test_a_missing_fact_is_asked_for_or_does_not_matter(
    row: list[Policy], case: dict[str, bool | int | str], day: date, data: st.DataObject
) -> None:
    """With less known, the same policy speaks or something is asked: never another one."""
    one = bundle(row)
    if list(prove_requests(one)):
        return
    full = speaker(one.index, "request", case, day)
    gone = data.draw(st.sampled_from(sorted(case)))
    less = speaker(one.index, "request", {k: v for k, v in case.items() if k != gone}, day)
    if less.policy is not None:
        assert less.policy is full.policy
    elif full.policy is not None:
        assert less.unknown == (gone,)
        assert full.policy in less.possible
