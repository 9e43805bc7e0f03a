# SPDX-License-Identifier: Apache-2.0
"""What may be done with one order, read off the policies that have a button for orders.

A policy says by itself what its button is called and in which state of an order it makes
sense (`[order_button]`). Whether it is a plain yes, needs a question first, or is one of the
listed declines follows from its rules and what is known of the order; nothing is promised
here that `decide` would not say.
"""

from collections.abc import Iterator
from datetime import date, datetime

from agentassist.domain.decision import Values, truth
from agentassist.domain.facts import Facts, FactType, Source, known
from agentassist.domain.order_action import OrderAction, Stand
from agentassist.domain.policy import Bundle, Policy
from agentassist.domain.policy_cases import cells
from agentassist.domain.scoping import speaker
from agentassist.domain.verdict import Truth

_LONGEST = 400


def order_actions(
    bundle: Bundle, facts: Facts, at: datetime, language: str, day: date | None = None
) -> tuple[OrderAction, ...]:
    """Return the actions for an order whose `facts` are known, the open ones first.

    `at` is the moment (aware, UTC): a fact that is too old counts as unknown; `day` that of
    the company's calendar (None: the date of `at` in its own zone).
    """
    specs = bundle.facts
    values = {key: known(specs[key], fact, at) for key, fact in facts.items() if key in specs}
    found = [
        _action(bundle, policy, values, language, sure=sure)
        for policy, sure in _speaking(bundle, values, day or at.date())
        if _fits(policy, values)
    ]
    return tuple(sorted(found, key=lambda item: list(Stand).index(item.stand)))


def _speaking(bundle: Bundle, values: Values, day: date) -> Iterator[tuple[Policy, bool]]:
    """Yield the policy that answers each request, True; where that is open, one that may."""
    for request in dict.fromkeys(policy.asked for policy in bundle.policies.values()):
        who = speaker(bundle.index, request, values, day)
        if who.policy is not None:
            yield who.policy, True
        else:
            yield from [(policy, False) for policy in who.possible if policy.button][:1]


def _fits(policy: Policy, values: Values) -> bool:
    button = policy.button
    return button is not None and truth(button.when, values) is Truth.TRUE


def _action(
    bundle: Bundle, policy: Policy, values: Values, language: str, *, sure: bool
) -> OrderAction:
    assert policy.button is not None  # noqa: S101  only policies with one fit
    stand = _stand(policy, values) if sure else Stand.ASK
    left = _days_left(bundle, policy, values) if stand is Stand.OPEN else None
    return OrderAction(policy.id, policy.button.label.say(language), stand, left)


def _stand(policy: Policy, values: Values) -> Stand:
    truths = {truth(rule.when, values) for rule in policy.declines}
    if Truth.TRUE in truths:
        return Stand.INSTEAD
    return Stand.ASK if Truth.UNKNOWN in truths else Stand.OPEN


def _days_left(bundle: Bundle, policy: Policy, values: Values) -> int | None:
    """Return how many days pass before a decline could be true, by the facts that count days."""
    ends = [
        end for key in _day_counts(bundle, values) for end in _ends(bundle, policy, values, key)
    ]
    return min(ends, default=None)


def _day_counts(bundle: Bundle, values: Values) -> Iterator[str]:
    for key, value in values.items():
        spec = bundle.facts[key]
        counts = spec.type is FactType.INT and spec.source is Source.ORDER and ".days_since_" in key
        if counts and value is not None:
            yield key


def _ends(bundle: Bundle, policy: Policy, values: Values, key: str) -> Iterator[int]:
    today = values[key]
    for edge in cells(bundle.facts[key], policy.conditions()):
        ahead = isinstance(edge, int) and isinstance(today, int) and 0 < edge - today <= _LONGEST
        if ahead and _stand(policy, {**values, key: edge}) is not Stand.OPEN:
            yield int(edge) - 1 - int(today or 0)
            return
