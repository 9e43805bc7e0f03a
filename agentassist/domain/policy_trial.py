# SPDX-License-Identifier: Apache-2.0
"""The author's own tests of a policy, run through the engine (R11)."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from agentassist.domain import policy_cases
from agentassist.domain.condition import Condition
from agentassist.domain.decision import decide, truth
from agentassist.domain.facts import FactValue, Value, plain, worth
from agentassist.domain.findings import Finding, Path
from agentassist.domain.policy import AnyPolicy, Bundle, PolicyTest, ProtectedPolicy
from agentassist.domain.request_proof import seasons
from agentassist.domain.scoping import speaker
from agentassist.domain.verdict import Truth, Verdict, VerdictKind

_TEST_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def prove_tests(bundle: Bundle, policy: AnyPolicy) -> list[Finding]:
    """Run the author's tests; return those that fail and the rules that none fires."""
    day = quiet_day(bundle, policy)
    failed = [
        finding
        for index, test in enumerate(policy.tests)
        for finding in _failure(bundle, policy, day, index)
    ]
    return failed or list(_untested(policy))


def quiet_day(bundle: Bundle, policy: AnyPolicy) -> date:
    """Return a day on which a policy is valid, with as few others of its request as can be."""
    others = [p for p in bundle.index.answering[policy.id] if p.id != policy.id]
    days = [_TEST_TIME.date(), *seasons((policy, *others))]
    valid = [day for day in days if policy.in_force(day)]
    return min(valid or days, key=lambda day: sum(other.in_force(day) for other in others))


def _failure(bundle: Bundle, policy: AnyPolicy, day: date, index: int) -> Iterator[Finding]:
    test = policy.tests[index]
    verdict = _verdict(bundle, policy, day, test)
    expected, got = _expected(test), _got(test, verdict)
    if verdict.policy_id != policy.id:
        yield Finding(
            "R11",
            ("test", index),
            "Test {number} is answered by {other}: add the facts of this policy's scope.",
            {"number": index + 1, "other": verdict.policy_id},
        )
    elif expected != got:
        yield Finding(
            "R11",
            ("test", index),
            "Test {number} expects {expected}, but the policy says {got}.",
            {"number": index + 1, "expected": expected, "got": got},
        )


def _verdict(bundle: Bundle, policy: AnyPolicy, day: date, test: PolicyTest) -> Verdict:
    """Return what is said in the case of a test.

    Where it leaves open which policy of the request speaks, and does not ask for that, it is
    taken to be a case of this one: a new policy beside it does not break its tests.
    """
    verdict = _decided(bundle, policy, day, test.facts)
    if verdict.kind is not VerdictKind.ASK or test.expect is VerdictKind.ASK:
        return verdict
    inside = _inside(bundle, policy, day, test.facts)
    return verdict if inside is None else _decided(bundle, policy, day, inside)


def _decided(bundle: Bundle, policy: AnyPolicy, day: date, values: Mapping[str, Value]) -> Verdict:
    specs = bundle.facts
    facts = {key: FactValue(value, specs[key].source, _TEST_TIME) for key, value in values.items()}
    return decide(bundle, policy.id, facts, at=_TEST_TIME, day=day)


def _inside(
    bundle: Bundle, policy: AnyPolicy, day: date, given: Mapping[str, Value]
) -> Mapping[str, Value] | None:
    """Return the facts with those of scopes filled in so that this policy speaks."""
    known = {key: plain(value) for key, value in given.items()}
    if not speaker(bundle.index, policy.id, known, day).unknown:
        return None
    scopes = [c for each in bundle.index.answering[policy.id] for c in each.scope]
    axes = policy_cases.axes([c for c in scopes if c.fact not in known], bundle.facts)
    for case in policy_cases.cases(axes):
        who = speaker(bundle.index, policy.id, {**known, **case}, day)
        if policy in (who.policy, *who.protected):
            return {**given, **{key: worth(bundle.facts[key], x) for key, x in case.items()}}
    return None


def _expected(test: PolicyTest) -> str:
    options = sorted(test.alternatives) if test.alternatives is not None else None
    return _summary(test.expect, options, test.asks)


def _got(test: PolicyTest, verdict: Verdict) -> str:
    options = sorted(option.id for option in verdict.alternatives)
    asked = verdict.question.fact if verdict.question else "nothing"
    return _summary(
        verdict.kind,
        options if test.alternatives is not None else None,
        asked if test.asks else "",
    )


def _summary(kind: VerdictKind, options: list[str] | None, asks: str) -> str:
    named = f" with {', '.join(options) or 'nothing'}" if options is not None else ""
    return f'"{kind.value}"{named}{f" for {asks}" if asks else ""}'


def _untested(policy: AnyPolicy) -> Iterator[Finding]:
    for path, name, when in _rules(policy):
        if not any(_fires(when, test) for test in policy.tests):
            yield Finding(
                "R11", path, 'No test fires "{name}": add a [[test]] for it.', {"name": name}
            )


def _rules(policy: AnyPolicy) -> Iterator[tuple[Path, str, tuple[Condition, ...]]]:
    if isinstance(policy, ProtectedPolicy):
        for index, allow in enumerate(policy.allow):
            yield ("allow", index), f"allow {index + 1}", allow.when
        return
    for index, rule in enumerate(policy.declines):
        yield ("decline", index), rule.id, rule.when
    for index, extra in enumerate(policy.yes_with):
        yield ("yes_with", index), extra.id, extra.when


def _fires(when: tuple[Condition, ...], test: PolicyTest) -> bool:
    values = {key: plain(value) for key, value in test.facts.items()}
    return truth(when, values) is Truth.TRUE
