# SPDX-License-Identifier: Apache-2.0
"""No yes past a guard, and no protected yes, without its full proof: every case is decided.

The rules are read a second time here, on purpose by other code than that which decides
(R13). Each fact of a proof also goes missing: what is not known proves nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product

from agentassist.domain import policy_cases
from agentassist.domain.condition import Condition
from agentassist.domain.decision import decide, judge
from agentassist.domain.facts import FactValue, Plain, Source, shown, worth
from agentassist.domain.findings import Finding
from agentassist.domain.policy import (
    GUARD_FACTS,
    AnyPolicy,
    Bundle,
    Guard,
    Policy,
    ProtectedPolicy,
)
from agentassist.domain.policy_trial import quiet_day
from agentassist.domain.verdict import Verdict, VerdictKind

Known = Mapping[str, Plain | None]
Table = Mapping[str, Sequence[Plain | None]]

YES = frozenset({VerdictKind.YES, VerdictKind.YES_WITH})
_AT = datetime(2026, 1, 1, tzinfo=UTC)
_DECIDED = 200
"""A decision takes about as long as so many conditions."""


def prove_guarding(bundle: Bundle) -> Iterator[tuple[str, Finding]]:
    """Decide every case of every proof; return the policies that open too early (R13)."""
    for policy in bundle.policies.values():
        table = _table(bundle, policy)
        if policy_cases.exceeds(table, _DECIDED):
            message = "The proofs before this have too many cases: use fewer facts in them."
            yield policy.id, Finding("R20", (), message)
        elif table and (case := _opened(bundle, policy, table)) is not None:
            message = "{case}: this is a yes without full proof. Add what must be proven."
            yield policy.id, Finding("R13", (), message, {"case": _told(bundle, case)})


def _table(bundle: Bundle, policy: AnyPolicy) -> Table:
    """Return the values of every fact that a proof reads, each of them also missing."""
    conditions = tuple(_proofs(bundle, policy))
    specs = bundle.facts
    facts = dict.fromkeys(condition.fact for condition in conditions)
    if isinstance(policy, Policy):
        facts |= dict.fromkeys(GUARD_FACTS[g] for g in policy.guards() if g in GUARD_FACTS)
    return {fact: (*policy_cases.cells(specs[fact], conditions), None) for fact in facts}


def _proofs(bundle: Bundle, policy: AnyPolicy) -> Iterator[Condition]:
    if isinstance(policy, ProtectedPolicy):
        yield from (*policy.scope, *policy.conditions())
        return
    for guard in policy.guards():
        for guardian in bundle.index.guardians(guard, policy.sector):
            yield from guardian.conditions()


def _opened(bundle: Bundle, policy: AnyPolicy, table: Table) -> Known | None:
    """Return a case that is a yes although a proof lacks."""
    base = _otherwise_yes(bundle, policy)
    day = quiet_day(bundle, policy)
    for row in product(*table.values()):
        case = {**base, **dict(zip(table, row, strict=True))}
        verdict = decide(bundle, policy.id, _facts(bundle, case), at=_AT, day=day)
        if is_breach(bundle, case, verdict):
            return {fact: case[fact] for fact in table}
    return None


def _otherwise_yes(bundle: Bundle, policy: AnyPolicy) -> Known:
    """Return facts under which only a guard keeps an ordinary policy from a yes."""
    if isinstance(policy, ProtectedPolicy):
        return {}
    scopes = tuple(c for each in bundle.index.answering[policy.id] for c in each.scope)
    conditions = (*policy.scope, *policy.conditions(), *scopes)
    axes = policy_cases.axes(conditions, bundle.facts)
    if policy.amount:
        spec = bundle.facts[policy.amount]
        axes[policy.amount] = policy_cases.cells(spec, conditions)
    open_cases = (case for case in policy_cases.cases(axes) if judge(policy, case).kind in YES)
    mine = (c for c in open_cases if all(x.holds(c[x.fact]) for x in policy.scope))
    return next(mine, {})


def _facts(bundle: Bundle, case: Known) -> dict[str, FactValue]:
    specs = bundle.facts
    known = {key: value for key, value in case.items() if value is not None}
    return {
        key: FactValue(worth(specs[key], value), Source.AGENT, _AT) for key, value in known.items()
    }


def is_breach(bundle: Bundle, case: Known, verdict: Verdict) -> bool:
    """True for a yes in a case that lacks the proof of the policy which spoke."""
    policy = bundle.policies[verdict.policy_id]
    if verdict.kind not in YES:
        return False
    if isinstance(policy, ProtectedPolicy):
        return not _is_proven(policy, case)
    return any(not _is_passed(bundle, policy, guard, case) for guard in policy.guards())


def _is_passed(bundle: Bundle, policy: Policy, guard: Guard, case: Known) -> bool:
    if guard in GUARD_FACTS and case.get(GUARD_FACTS[guard]) is True:
        return True
    behind = bundle.index.guardians(guard, policy.sector)
    return (
        guard is not Guard.UNVERIFIED
        and bool(behind)
        and all(_is_proven(guardian, case) for guardian in behind)
    )


def _is_proven(policy: ProtectedPolicy, case: Known) -> bool:
    return any(
        bool(rule.when) and all(_is_true(condition, case) for condition in rule.when)
        for rule in policy.allow
    )


def _is_true(condition: Condition, case: Known) -> bool:
    value = case.get(condition.fact)
    return value is not None and condition.holds(value)


def _told(bundle: Bundle, case: Known) -> str:
    specs = bundle.facts
    facts = ((key, value) for key, value in case.items() if value is not None)
    return ", ".join(f"{key} {shown(specs[key], value)}" for key, value in facts) or "Nothing known"
