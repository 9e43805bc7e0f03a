# SPDX-License-Identifier: Apache-2.0
"""When two people must look at a change: protected policies, and more money.

Everything that could open a protected request or cost more counts, also where it stands
in another file: the facts that a proof reads, the guards before a policy, the limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from agentassist.domain.facts import FactType
from agentassist.domain.policy import (
    GUARD_FACTS,
    AnyPolicy,
    Bundle,
    Decline,
    Limit,
    Policy,
    ProtectedPolicy,
)
from agentassist.domain.policy_changes import costs


@dataclass(frozen=True, slots=True)
class TwoReason:
    """Why two people must look; a sentence as a template with its values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def needs_two(before: Bundle, after: Bundle) -> tuple[TwoReason, ...]:
    """Return why this change needs a second person; empty: its author alone decides."""
    found: list[TwoReason] = []
    for policy_id in sorted({*before.policies, *after.policies}):
        old, new = before.policies.get(policy_id), after.policies.get(policy_id)
        if old != new:
            found += _policy(policy_id, old, new, before, after)
    found += _facts(before, after)
    found += _limits(before, after)
    found += _wows(before, after)
    return tuple(_distinct(found))


def _distinct(reasons: list[TwoReason]) -> Iterator[TwoReason]:
    seen: set[str] = set()
    for reason in reasons:
        if str(reason) not in seen:
            seen.add(str(reason))
            yield reason


def _policy(
    policy_id: str, old: AnyPolicy | None, new: AnyPolicy | None, before: Bundle, after: Bundle
) -> Iterator[TwoReason]:
    if isinstance(old, ProtectedPolicy) or isinstance(new, ProtectedPolicy):
        yield TwoReason("{policy} is a protected policy.", {"policy": policy_id})
        return
    if new is None:
        yield from _taken_out(policy_id, old, before)
        return
    yield from _guards(old, new)
    yield from _costs(old, new)
    if _spends(old, before) or _spends(new, after):
        yield from _opened(old, new)


def _taken_out(policy_id: str, old: AnyPolicy | None, before: Bundle) -> Iterator[TwoReason]:
    if isinstance(old, Policy) and (old.account_bound or old.touches):
        yield TwoReason("{policy} stood behind a safeguard and is gone.", {"policy": policy_id})
    if _spends(old, before):
        yield TwoReason("{policy} decided about money and is gone.", {"policy": policy_id})


def _guards(old: Policy | None, new: Policy) -> Iterator[TwoReason]:
    """Find safeguards that no longer stand before a policy."""
    if old is None:
        return
    if old.account_bound and not new.account_bound:
        yield TwoReason("{policy} no longer asks who is calling.", {"policy": new.id})
    if old.touches and new.touches is not old.touches:
        yield TwoReason("{policy} leaves its safeguard.", {"policy": new.id})


def _costs(old: Policy | None, new: Policy) -> Iterator[TwoReason]:
    was = costs(old) if old else {}
    for option, cost in costs(new).items():
        values = {"policy": new.id, "alternative": option, "before": was.get(option, 0)}
        if option not in was:
            yield TwoReason(
                "{policy} offers {alternative}, which costs us {after}.", {**values, "after": cost}
            )
        elif cost > was[option]:
            yield TwoReason(
                "{policy}: {alternative} costs us {after} instead of {before}.",
                {**values, "after": cost},
            )


def _spends(policy: AnyPolicy | None, bundle: Bundle) -> bool:
    """True for a policy that grants amounts, decides on amounts, or offers what costs."""
    if not isinstance(policy, Policy):
        return False
    read = (bundle.facts[c.fact] for c in policy.conditions() if c.fact in bundle.facts)
    money = any(spec.type is FactType.MONEY for spec in read)
    return bool(policy.action or policy.amount or costs(policy)) or money


def _opened(old: Policy | None, new: Policy) -> Iterator[TwoReason]:
    """Find what may let more money through: rules gone or changed, a wider scope."""
    if old is None:
        yield TwoReason("{policy} is new and decides about money.", {"policy": new.id})
        return
    there = {rule.id: rule for rule in new.declines}
    for rule in old.declines:
        values = {"policy": new.id, "decline": rule.id}
        if rule.id not in there:
            yield TwoReason("{policy} no longer declines {decline}.", values)
        elif _when(there[rule.id]) != _when(rule):
            yield TwoReason("{policy}: {decline} has other conditions.", values)
    if (old.action, old.amount) != (new.action, new.amount):
        yield TwoReason("{policy} grants another amount.", {"policy": new.id})
    if _reach(old) != _reach(new):
        yield TwoReason("{policy} speaks in other cases.", {"policy": new.id})


def _when(rule: Decline) -> tuple[object, ...]:
    """Return the conditions of a decline and of its alternatives that cost."""
    options = ((x.id, x.when) for x in rule.alternatives if x.cost)
    return (frozenset(rule.when), *sorted(options, key=lambda pair: pair[0]))


def _reach(policy: Policy) -> tuple[object, ...]:
    dates = (policy.valid_from, policy.valid_until)
    return (policy.request, frozenset(policy.scope), frozenset(policy.overrides), *dates)


def _facts(before: Bundle, after: Bundle) -> Iterator[TwoReason]:
    """Find facts of a proof that are declared otherwise: an older one may count now."""
    proofs = [p for p in before.policies.values() if isinstance(p, ProtectedPolicy)]
    read = {condition.fact for policy in proofs for condition in policy.conditions()}
    for fact in sorted(read | set(GUARD_FACTS.values())):
        if fact in before.facts and before.facts[fact] != after.facts.get(fact):
            yield TwoReason("{fact} is part of a proof.", {"fact": fact})


def _limits(before: Bundle, after: Bundle) -> Iterator[TwoReason]:
    rules, others = before.authority, after.authority
    if rules.currency != others.currency:
        yield TwoReason("The currency of the limits changes.")
    for policy in sorted(others.retired ^ rules.retired):
        yield TwoReason("{policy} is a protected policy.", {"policy": policy})
    old, new = _purses(rules.limits), _purses(others.limits)
    for purse in dict.fromkeys((*old, *new)):
        values = {"action": purse[0], "role": purse[1]}
        if purse not in new:
            yield TwoReason("There is no limit on {action} by a {role} any more.", values)
        elif _raised(old.get(purse), new[purse]):
            yield TwoReason("The limit on {action} by a {role} rises.", values)


def _purses(limits: tuple[Limit, ...]) -> dict[tuple[str, str, str], Limit]:
    return {(limit.action, limit.role, limit.currency): limit for limit in limits}


def _raised(old: Limit | None, new: Limit) -> bool:
    """Compare limits; a limit of None is no limit. A role that is new may sign more."""
    if old is None:
        return True
    pairs = (
        (old.per_action, new.per_action),
        (old.per_customer, new.per_customer),
        (old.per_day, new.per_day),
    )
    return any(was is not None and (now is None or now > was) for was, now in pairs)


def _wows(before: Bundle, after: Bundle) -> Iterator[TwoReason]:
    was = {wow.id: wow.cost for wow in before.wows}
    for wow in after.wows:
        if wow.cost > was.get(wow.id, 0):
            yield TwoReason("The surprise {wow} costs more.", {"wow": wow.id})
