# SPDX-License-Identifier: Apache-2.0
"""From facts to a verdict. No score, no text and no mood comes in here.

The order of evaluation: who speaks (see `scoping`), guards by facts, then the protected
proof, then the listed declines in three values (see `judging`), then authority and words
(see `telling`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from agentassist.domain.condition import Condition, Operator, Values, truth
from agentassist.domain.facts import Facts, Plain, Text, known
from agentassist.domain.judging import Outcome, judge
from agentassist.domain.policy import (
    GUARD_FACTS,
    Allow,
    AnyPolicy,
    Bundle,
    Guard,
    Policy,
    ProtectedPolicy,
    canonical,
)
from agentassist.domain.ranking import Past
from agentassist.domain.scoping import Speaker, speaker
from agentassist.domain.spending import Spent
from agentassist.domain.telling import (
    Scene,
    agreed,
    declined,
    opened,
    question,
    refusal,
    stopped,
)
from agentassist.domain.verdict import Truth, Verdict, VerdictKind
from agentassist.errors import UserError

__all__ = ("NotInForce", "Outcome", "Values", "decide", "judge", "to_bytes", "truth")

_NOTHING = Text("")
_PASSED = {
    fact: Condition(f"{fact} is yes", fact, Operator.IS, (True,)) for fact in GUARD_FACTS.values()
}


class NotInForce(UserError):
    """No policy answers this request on this day."""


def decide(
    bundle: Bundle,
    policy_id: str,
    facts: Facts,
    *,
    at: datetime,
    language: str = "en",
    role: str = "agent",
    past: Past | None = None,
    spent: Spent | None = None,
    need: str | None = None,
    day: date | None = None,
) -> Verdict:
    """Return the verdict on one request at the moment `at` (aware, UTC).

    `policy_id` names a policy, or a type of request: of the policies that answer the same
    request, the one speaks whose scope and validity fit. `role` is who asks, for authority,
    and `spent` what was spent of it: it says who signs, never what is answered. `past` is
    what this customer answered to offers before; `need` is what they are after: None as
    long as nobody asked, empty where they would not say. `day` is that of the company's
    calendar (None: the date of `at` in its own zone).

    Raises UserError when the bundle has no such policy, NotInForce when none speaks on
    this day.
    """
    reads = bundle.index.reads.get(policy_id)
    if reads is None:
        raise UserError(
            "There is no policy {policy} in the active policies. Pick one from the list.",
            policy=policy_id,
        )
    specs = bundle.facts
    values = {key: known(specs[key], facts[key], at) for key in reads & facts.keys() & specs.keys()}
    scene = Scene(
        bundle=bundle,
        asked=policy_id,
        day=day or at.date(),
        facts=facts,
        values=values,
        at=at,
        language=language,
        role=role,
        past=past or {},
        spent=spent or {},
        need=need,
    )
    return _answer(scene, speaker(bundle.index, policy_id, values, scene.day))


def to_bytes(verdict: Verdict) -> bytes:
    """Write a verdict so that equal verdicts are equal bytes."""
    return canonical(verdict)


# 0. Who speaks


def _answer(scene: Scene, who: Speaker) -> Verdict:
    scene.looked.extend(who.looked)
    if who.policy is not None:
        return _guarded(scene, who.policy)
    if who.possible:
        return _which(scene, who)
    if who.protected:
        return _all_protected(scene, who.protected)
    raise NotInForce(
        "{policy} is not in force on {day}. Pick another request.",
        policy=scene.asked,
        day=scene.day.isoformat(),
    )


def _which(scene: Scene, who: Speaker) -> Verdict:
    """Ask what tells the policies of a request apart, behind the guards that all share."""
    policy = next((p for p in who.possible if p.id == scene.asked), who.possible[0])
    for guard in (g for g in policy.guards() if all(g in p.guards() for p in who.possible)):
        stop, _ = _pass(scene, policy, guard)
        if stop is not None:
            return stop
    index = scene.bundle.index

    def settled(fact: str, value: Plain) -> bool:
        return not speaker(index, scene.asked, {**scene.values, fact: value}, scene.day).unknown

    everyone: tuple[AnyPolicy, ...] = (*who.protected, *who.possible)
    return question(scene, policy, _most_settling(scene, everyone, who.unknown, settled))


def _all_protected(scene: Scene, policies: Sequence[ProtectedPolicy]) -> Verdict:
    """Where it is open which protected policy it is, every one of them must be proven."""
    scene.looked.extend(_proofs(policies))
    rules = [(policy, _proven(scene, policy)) for policy in policies]
    lacking = next((policy for policy, rule in rules if rule is None), None)
    if lacking is not None:
        return refusal(scene, lacking)
    policy, rule = rules[0]
    return opened(scene, policy, rule) if rule is not None else refusal(scene, policy)


def _proofs(policies: Iterable[ProtectedPolicy]) -> Iterator[Condition]:
    return (condition for policy in policies for condition in policy.conditions())


# 1. Guards


def _guarded(scene: Scene, policy: Policy) -> Verdict:
    """Pass the guards that stand before an ordinary policy, then look at its rules."""
    given: list[Text] = []
    for guard in policy.guards():
        stop, condition = _pass(scene, policy, guard)
        if stop is not None:
            return stop
        given.extend([condition] if condition.en else [])
    scene.looked.extend(scene.bundle.index.rules[policy.id])
    return _ordinary(scene, policy, given)


def _pass(scene: Scene, policy: Policy, guard: Guard) -> tuple[Verdict | None, Text]:
    """Return what stops the request here, else the condition under which it goes on."""
    fact = GUARD_FACTS.get(guard, "")
    if fact:
        scene.looked.append(_PASSED[fact])
        if scene.values.get(fact) is True:
            return None, _NOTHING
    behind = scene.bundle.index.guardians(guard, policy.sector)
    if fact in scene.bundle.facts and (not behind or scene.values.get(fact) is None):
        return question(scene, policy, fact), _NOTHING
    if not behind:
        raise UserError(
            "{policy} needs a protected policy behind it that the active policies lack. "
            "Run the policy check.",
            policy=policy.id,
        )
    scene.looked.extend(_proofs(behind))
    return _proof(scene, policy, behind, never=guard is Guard.UNVERIFIED)


def _proof(
    scene: Scene, policy: Policy, behind: Sequence[ProtectedPolicy], *, never: bool
) -> tuple[Verdict | None, Text]:
    """Ask every protected policy behind a guard for its proof; `never`: none is enough.

    Nobody but the verified caller gets past the guard that asks for verification.
    """
    rules = [(guardian, _proven(scene, guardian)) for guardian in behind]
    for guardian, rule in rules:
        if rule is None or never:
            return stopped(scene, policy, guardian), _NOTHING
    said = (rule.condition for _, rule in rules if rule is not None and rule.condition.en)
    return None, next(said, _NOTHING)


# 2. Protected


def _proven(scene: Scene, policy: ProtectedPolicy) -> Allow | None:
    """Return the first rule whose every fact is proven. An empty rule proves nothing."""
    rules = (r for r in policy.allow if r.when and truth(r.when, scene.values) is Truth.TRUE)
    return next(rules, None)


# 3. Ordinary


def _ordinary(scene: Scene, policy: Policy, given: Sequence[Text]) -> Verdict:
    outcome = judge(policy, scene.values)
    match outcome.kind:
        case VerdictKind.DECLINE:
            return declined(scene, policy, outcome)
        case VerdictKind.ASK:
            return _ask(scene, policy, outcome)
        case _:
            return agreed(scene, policy, (*given, *(rule.condition for rule in outcome.extras)))


def _ask(scene: Scene, policy: Policy, outcome: Outcome) -> Verdict:
    def settled(fact: str, value: Plain) -> bool:
        return judge(policy, {**scene.values, fact: value}).kind is not VerdictKind.ASK

    return question(scene, policy, _most_settling(scene, (policy,), outcome.unknown, settled))


def _most_settling(
    scene: Scene,
    policies: Iterable[AnyPolicy],
    unknown: Sequence[str],
    settled: Callable[[str, Plain], bool],
) -> str:
    """Return the fact after whose answer a verdict is likeliest; ties in author's order."""
    if len(unknown) == 1:
        return unknown[0]
    every = tuple(policies)

    def share(fact: str) -> float:
        rows = (scene.bundle.index.cells(policy, fact) for policy in every)
        values = dict.fromkeys(value for row in rows for value in row)
        return sum(settled(fact, value) for value in values) / len(values)

    return max(unknown, key=share)
