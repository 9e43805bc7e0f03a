# SPDX-License-Identifier: Apache-2.0
"""What must hold of a protected policy by itself: a full proof, words, and a safe path."""

from collections.abc import Iterator, Mapping

from agentassist.domain import policy_cases, wording
from agentassist.domain.condition import Condition, truth
from agentassist.domain.facts import FactSpec, Sensitivity
from agentassist.domain.findings import (
    Finding,
    Path,
    check_hours,
    check_offer,
    conditions_at,
    lint,
    spoken,
)
from agentassist.domain.policy import GUARD_FACTS, Category, Guard, ProtectedPolicy
from agentassist.domain.ranking import safe_offer
from agentassist.domain.tones import Frames, Voice
from agentassist.domain.verdict import Truth

Specs = Mapping[str, FactSpec]

_LANGUAGES = ("en", "ko")
_WITHOUT_EXCEPTION = frozenset({Category.SAFETY, Category.ETHICS})


def prove_protected(policy: ProtectedPolicy, specs: Specs, frames: Frames) -> Iterator[Finding]:
    """Return the faults of one protected policy (R4, R6, R8, R12 to R15, R19, R20)."""
    if policy.exception and policy.category in _WITHOUT_EXCEPTION:
        yield Finding(
            "R14",
            ("exception",),
            "There is no exception on {category}: remove this line.",
            {"category": policy.category.value},
        )
    yield from lint(("refuse",), policy.refuse, wording.unkind_words)
    yield from _detector(policy)
    for index, path in enumerate(policy.safe_paths):
        yield from check_offer(("safe_path", index, "offer"), path.offer)
        yield from check_hours(("safe_path", index, "within_hours"), path.id, path.within_hours)
    for index, rule in enumerate(policy.allow):
        yield from lint(("allow", index, "condition"), rule.condition)
        yield from _proof(("allow", index, "when"), rule.when, policy.scope, specs)
    yield from _standing(policy, specs)
    yield from _always_there(policy)
    yield from _protected_lengths(policy, frames)


def _standing(policy: ProtectedPolicy, specs: Specs) -> Iterator[Finding]:
    """Find conditions of protected rules, scopes included, on what a customer is worth."""
    for path, condition in conditions_at(policy):
        if specs[condition.fact].sensitivity is Sensitivity.STANDING:
            yield Finding(
                "R13",
                path[:-1],
                "A protected rule may not read {fact}: what a customer is worth proves nothing.",
                {"fact": condition.fact},
            )


def _always_there(policy: ProtectedPolicy) -> Iterator[Finding]:
    """A protected policy does not end by itself, steps aside for none, and guards everybody."""
    for key in ("overrides", "valid_from", "valid_until"):
        if getattr(policy, key):
            message = "A protected policy has no {key}: remove this line."
            yield Finding("R12", (key,), message, {"key": key})
    if policy.scope and policy.guards:
        message = "What stands behind a guard is for everybody: remove `scope` or `guards`."
        yield Finding("R13", ("scope",), message)
    if Guard.UNVERIFIED in policy.guards:
        yield from _verifies(policy)


def _verifies(policy: ProtectedPolicy) -> Iterator[Finding]:
    fact = GUARD_FACTS[Guard.UNVERIFIED]
    for index, rule in enumerate(policy.allow):
        if not any(c.fact == fact and _only_yes(c) for c in rule.when):
            message = 'This stands before unverified callers: add "{fact} is yes" to its proof.'
            yield Finding("R13", ("allow", index, "when"), message, {"fact": fact})


def _detector(policy: ProtectedPolicy) -> Iterator[Finding]:
    missing = {
        "act": policy.act.get("en"),
        "object": policy.object.get("en"),
        "safe_path": policy.safe_paths,
        "refuse": policy.refuse.en.strip(),
    }
    for key, value in missing.items():
        if not value:
            yield Finding("R15", (key,), "A protected policy needs {key}: add it.", {"key": key})


def _only_yes(condition: Condition) -> bool:
    return [value for value in (True, False) if condition.holds(value)] == [True]


def _proof(
    path: Path, when: tuple[Condition, ...], scope: tuple[Condition, ...], specs: Specs
) -> Iterator[Finding]:
    """Check that an allow proves something, and can be met, within the scope of its policy."""
    axes = policy_cases.axes((*scope, *when), specs)
    if policy_cases.exceeds(axes, len(scope) + len(when)):
        yield Finding("R20", path, "This proof has too many cases: use fewer facts.")
        return
    inside = (case for case in policy_cases.cases(axes) if truth(scope, case) is Truth.TRUE)
    seen = {truth(when, case) for case in inside}
    if Truth.FALSE not in seen and seen:
        yield Finding("R13", path, "This `allow` is true for everybody: name the facts to prove.")
    elif Truth.TRUE not in seen:
        yield Finding(
            "R8", path, "This `allow` can never be met: its conditions exclude each other."
        )


def _protected_lengths(policy: ProtectedPolicy, frames: Frames) -> Iterator[Finding]:
    for language in _LANGUAGES:
        voice = Voice(frames, language)
        paths = [safe_offer(path, language) for path in policy.safe_paths[:2]]
        yield from spoken(("refuse",), voice.refuse(policy.refuse, paths))
        for index, rule in enumerate(policy.allow):
            said = voice.yes(policy.yes, [rule.condition], signed=False)
            yield from spoken(("allow", index, "condition"), said)
