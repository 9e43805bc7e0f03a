# SPDX-License-Identifier: Apache-2.0
"""When two people must look at a change: protected policies, and more money.

Everything that could open a protected request or cost more counts, also where it stands
in another file: the facts that a proof reads, the guards before a policy, the limits.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from agentassist.domain import policy_cases
from agentassist.domain.amounts import written
from agentassist.domain.authority import limit_for
from agentassist.domain.decision import judge
from agentassist.domain.facts import FactType, shown
from agentassist.domain.policy import (
    GUARD_FACTS,
    AnyPolicy,
    Authority,
    Bundle,
    Limit,
    Policy,
    ProtectedPolicy,
)
from agentassist.domain.policy_changes import costs
from agentassist.domain.staff import ROLES
from agentassist.domain.verdict import VerdictKind


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
    dearer = list(_costs(old, new, after.authority.currency))
    yield from dearer
    if old is None and _grants(new, after):
        yield TwoReason("{policy} is new and decides about money.", {"policy": policy_id})
    elif old is not None and (_spends(old, before) or _spends(new, after)):
        yield from _reached(old, new)
        yield from () if dearer else _opened(old, new, before, after)


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


def _costs(old: Policy | None, new: Policy, currency: str) -> Iterator[TwoReason]:
    was = costs(old) if old else {}
    for option, cost in costs(new).items():
        values = {"policy": new.id, "alternative": option, "after": written(cost, currency)}
        if option not in was:
            yield TwoReason("{policy} offers {alternative}, which costs us {after}.", values)
        elif cost > was[option]:
            yield TwoReason(
                "{policy}: {alternative} costs us {after} instead of {before}.",
                {**values, "before": written(was[option], currency)},
            )


def _grants(policy: AnyPolicy | None, bundle: Bundle) -> bool:
    """True for a policy that grants amounts, or decides on them."""
    if not isinstance(policy, Policy):
        return False
    read = (bundle.facts[c.fact] for c in policy.conditions() if c.fact in bundle.facts)
    money = any(spec.type is FactType.MONEY for spec in read)
    return bool(policy.action or policy.amount) or money


def _spends(policy: AnyPolicy | None, bundle: Bundle) -> bool:
    """True for a policy that grants amounts, or offers what costs."""
    return _grants(policy, bundle) or bool(policy and costs(policy))


def _reached(old: Policy, new: Policy) -> Iterator[TwoReason]:
    if (old.action, old.amount) != (new.action, new.amount):
        yield TwoReason("{policy} grants another amount.", {"policy": new.id})
    if _reach(old) != _reach(new):
        yield TwoReason("{policy} speaks in other cases.", {"policy": new.id})


def _reach(policy: Policy) -> tuple[object, ...]:
    dates = (policy.valid_from, policy.valid_until)
    return (policy.request, frozenset(policy.scope), frozenset(policy.overrides), *dates)


def _opened(old: Policy, new: Policy, before: Bundle, after: Bundle) -> Iterator[TwoReason]:
    """Find the first case in which more money may be given than before, in all cases."""
    specs = {**before.facts, **after.facts}
    axes = policy_cases.axes((*old.conditions(), *new.conditions()), specs)
    if policy_cases.count(axes) > policy_cases.LARGEST:
        yield TwoReason("{policy} decides about money in very many cases.", {"policy": new.id})
        return
    was, now = _grants(old, before), _grants(new, after)
    for case in policy_cases.cases(axes):
        (granted, most), (grants, may) = _given(old, case, was), _given(new, case, now)
        if (grants and not granted) or (may > most and not granted):
            told = ", ".join(f"{key} {shown(specs[key], case[key])}" for key in case)
            template = "{policy} may give more than before: {case}."
            yield TwoReason(template, {"policy": new.id, "case": told})
            return


def _given(policy: Policy, case: policy_cases.Case, grants: bool) -> tuple[bool, int]:  # noqa: FBT001
    """Return whether the request is granted, and the dearest alternative in this case."""
    outcome = judge(policy, case)
    if outcome.kind in (VerdictKind.YES, VerdictKind.YES_WITH):
        return grants, 0
    return False, max((option.cost for option in outcome.options), default=0)


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
    for action, role, currency in _purses(rules, others):
        old = limit_for(rules, action, currency, role)
        if _raised(old, limit_for(others, action, currency, role)):
            values = {"action": action, "role": role}
            yield TwoReason("The limit on {action} for the role {role} rises.", values)


def _purses(*rules: Authority) -> list[tuple[str, str, str]]:
    """Return every action, role and currency that limits may be about."""
    lines = [(line, line.currency or each.currency) for each in rules for line in each.limits]
    roles = dict.fromkeys((*ROLES, *(line.role for line, _ in lines)))
    purses = dict.fromkeys((line.action, currency) for line, currency in lines)
    return [(action, role, currency) for action, currency in purses for role in roles]


def _raised(old: Limit | None, new: Limit | None) -> bool:
    """Compare what holds for a role: no line at all, and None in a line, is no limit."""
    if new is None or old is None:
        return new is None and old is not None
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
