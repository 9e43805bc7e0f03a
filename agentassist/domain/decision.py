# SPDX-License-Identifier: Apache-2.0
"""From facts to a verdict. No score, no text and no mood comes in here.

The order of evaluation: guards by facts, then the protected proof, then the listed
declines in three values, then authority, then the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agentassist.domain import wording
from agentassist.domain.authority import GOODWILL, weigh
from agentassist.domain.condition import Condition, Operator
from agentassist.domain.facts import Facts, FactSpec, FactType, Plain, Text, both, known, shown
from agentassist.domain.money import Money
from agentassist.domain.policy import (
    GUARD_FACTS,
    Allow,
    Alternative,
    AnyPolicy,
    Bundle,
    Decline,
    Guard,
    Policy,
    ProtectedPolicy,
    YesWith,
    canonical,
)
from agentassist.domain.policy_cases import cells
from agentassist.domain.ranking import Past, offer, rank, safe_offer
from agentassist.domain.spending import Spent
from agentassist.domain.verdict import (
    Authority,
    ConditionResult,
    Offer,
    Question,
    Truth,
    Verdict,
    VerdictKind,
    Wording,
)
from agentassist.errors import UserError

Values = Mapping[str, Plain | None]

_SAFE_PATHS = 2
_NOTHING = Text("")


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one decision looks at. `values` has the facts that count now; without one: unknown."""

    bundle: Bundle
    facts: Facts
    values: Values
    at: datetime
    language: str
    role: str
    past: Past
    spent: Spent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules of an ordinary policy say, before authority and words."""

    kind: VerdictKind
    declines: tuple[Decline, ...] = ()
    options: tuple[Alternative, ...] = ()
    extras: tuple[YesWith, ...] = ()
    unknown: tuple[str, ...] = ()


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
) -> Verdict:
    """Return the verdict on one request at the moment `at` (aware, UTC).

    `role` is who asks, for authority, and `spent` what was spent of it: it says who signs,
    never what is answered. `past` is what this customer answered to offers before.
    Raises UserError when the bundle has no such policy.
    """
    policy = bundle.policies.get(policy_id)
    if policy is None:
        raise UserError(
            "There is no policy {policy} in the active policies. Pick one from the list.",
            policy=policy_id,
        )
    specs = bundle.facts
    values = {key: known(specs[key], fact, at) for key, fact in facts.items() if key in specs}
    scene = _Scene(bundle, facts, values, at, language, role, past or {}, spent or {})
    if isinstance(policy, ProtectedPolicy):
        return _protected(scene, policy)
    return _guarded(scene, policy)


def to_bytes(verdict: Verdict) -> bytes:
    """Write a verdict so that equal verdicts are equal bytes."""
    return canonical(verdict)


# 1. Guards


def _guarded(scene: _Scene, policy: Policy) -> Verdict:
    """Pass the guards that stand before an ordinary policy, then look at its rules."""
    given: list[Text] = []
    looked: list[Condition] = []
    for guard in _guards(policy):
        stop, condition = _pass(scene, policy, guard, looked)
        if stop is not None:
            return replace(stop, why=_why(scene, looked))
        given.extend([condition] if condition.en else [])
    verdict = _ordinary(scene, policy, given)
    return replace(verdict, why=_why(scene, (*looked, *policy.conditions())))


def _guards(policy: Policy) -> tuple[Guard, ...]:
    account = tuple(GUARD_FACTS) if policy.account_bound else ()
    return (*account, *((policy.touches,) if policy.touches else ()))


def _pass(
    scene: _Scene, policy: Policy, guard: Guard, looked: list[Condition]
) -> tuple[Verdict | None, Text]:
    """Return what stops the request here, else the condition under which it goes on.

    What was looked at on the way is added to `looked`.
    """
    fact = GUARD_FACTS.get(guard)
    if fact is not None:
        looked.append(Condition(f"{fact} is yes", fact, Operator.IS, (True,)))
        if scene.values.get(fact) is True:
            return None, _NOTHING
    guardian = scene.bundle.guardian(guard)
    if (
        fact is not None
        and fact in scene.bundle.facts
        and (guardian is None or scene.values.get(fact) is None)
    ):
        return _question(scene, policy, fact), _NOTHING
    if guardian is None:
        raise UserError(
            "{policy} needs a protected policy behind it that the active policies lack. "
            "Run the policy check.",
            policy=policy.id,
        )
    looked.extend(guardian.conditions())
    rule = _proven(scene, guardian)
    return (_stopped(scene, policy, guardian), _NOTHING) if rule is None else (None, rule.condition)


def _stopped(scene: _Scene, policy: Policy, guardian: ProtectedPolicy) -> Verdict:
    refusal = _refusal(scene, guardian)
    version = policy.version
    return replace(refusal, policy_id=policy.id, policy_version=version, guarded_by=guardian.id)


# 2. Protected


def _protected(scene: _Scene, policy: ProtectedPolicy) -> Verdict:
    rule = _proven(scene, policy)
    if rule is None:
        return _refusal(scene, policy)
    extra = (rule.condition,) if rule.condition.en else ()
    return replace(
        _blank(scene, policy, VerdictKind.YES_WITH),
        conditions=tuple(text.say(scene.language) for text in extra),
        category=policy.category.value,
        why=_why(scene, policy.conditions()),
        wording=wording.yes(policy.yes, extra, scene.language, signed=False),
        exception=policy.exception,
    )


def _proven(scene: _Scene, policy: ProtectedPolicy) -> Allow | None:
    """Return the first rule whose every fact is proven. An empty rule proves nothing."""
    rules = (r for r in policy.allow if r.when and truth(r.when, scene.values) is Truth.TRUE)
    return next(rules, None)


def _refusal(scene: _Scene, policy: ProtectedPolicy) -> Verdict:
    paths = tuple(safe_offer(path, scene.language) for path in policy.safe_paths[:_SAFE_PATHS])
    first = paths[0].text if paths else ""
    return replace(
        _blank(scene, policy, VerdictKind.REFUSE),
        alternatives=paths,
        category=policy.category.value,
        missing=_missing(scene, policy),
        why=_why(scene, policy.conditions()),
        wording=wording.refuse(policy.refuse, first, scene.language),
        exception=policy.exception,
    )


def _missing(scene: _Scene, policy: ProtectedPolicy) -> tuple[str, ...]:
    """Name the facts that the rule nearest to its proof still lacks."""
    lacks = [_unproven(scene, rule) for rule in policy.allow if rule.when]
    fewest = min(lacks, key=len) if lacks else ()
    return _called(scene, fewest)


def _called(scene: _Scene, facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(scene.bundle.facts[fact].called(scene.language) for fact in facts)


def _unproven(scene: _Scene, rule: Allow) -> tuple[str, ...]:
    facts = (c.fact for c in rule.when if c.truth(scene.values.get(c.fact)) is not Truth.TRUE)
    return tuple(dict.fromkeys(facts))


# 3. Ordinary


def _ordinary(scene: _Scene, policy: Policy, given: Sequence[Text]) -> Verdict:
    outcome = judge(policy, scene.values)
    match outcome.kind:
        case VerdictKind.DECLINE:
            return _decline(scene, policy, outcome)
        case VerdictKind.ASK:
            return _question(scene, policy, _most_settling(scene, policy, outcome.unknown))
        case _:
            return _agree(scene, policy, (*given, *(rule.condition for rule in outcome.extras)))


def judge(policy: Policy, values: Values) -> Outcome:
    """Weigh the rules of an ordinary policy in three values; nothing else is looked at."""
    fired = tuple(rule for rule in policy.declines if truth(rule.when, values) is Truth.TRUE)
    if fired:
        return _judge_fired(fired, values)
    extras = tuple(rule for rule in policy.yes_with if truth(rule.when, values) is Truth.TRUE)
    rules = (*(rule.when for rule in policy.declines), *(rule.when for rule in policy.yes_with))
    unknown = _unknown(rules, values)
    if policy.amount and values.get(policy.amount) is None:
        unknown = tuple(dict.fromkeys((*unknown, policy.amount)))
    if unknown:
        return Outcome(VerdictKind.ASK, unknown=unknown)
    return Outcome(VerdictKind.YES_WITH if extras else VerdictKind.YES, extras=extras)


def _judge_fired(fired: tuple[Decline, ...], values: Values) -> Outcome:
    """Decline only with an alternative in hand; else ask what would open one."""
    options = tuple(option for rule in fired for option in rule.alternatives)
    ready = tuple(option for option in options if truth(option.when, values) is Truth.TRUE)
    if ready:
        return Outcome(VerdictKind.DECLINE, fired, ready)
    return Outcome(VerdictKind.ASK, unknown=_unknown((option.when for option in options), values))


def truth(when: Iterable[Condition], values: Values) -> Truth:
    """AND over conditions; an empty list is true."""
    return both(condition.truth(values.get(condition.fact)) for condition in when)


def _unknown(rules: Iterable[Sequence[Condition]], values: Values) -> tuple[str, ...]:
    """Return the facts that keep a rule undecided, in the author's order."""
    undecided = (when for when in rules if truth(when, values) is Truth.UNKNOWN)
    facts = (c.fact for when in undecided for c in when if values.get(c.fact) is None)
    return tuple(dict.fromkeys(facts))


def _most_settling(scene: _Scene, policy: Policy, unknown: Sequence[str]) -> str:
    """Return the fact after whose answer a verdict is likeliest; ties in author's order."""
    if len(unknown) == 1:
        return unknown[0]
    conditions = policy.conditions()

    def settled(fact: str) -> float:
        values = cells(scene.bundle.facts[fact], conditions)
        kinds = [judge(policy, {**scene.values, fact: value}).kind for value in values]
        return sum(kind is not VerdictKind.ASK for kind in kinds) / len(kinds)

    return max(unknown, key=settled)


def _decline(scene: _Scene, policy: Policy, outcome: Outcome) -> Verdict:
    chosen = rank(policy, outcome.options, scene.past, scene.bundle.weights, scene.at)
    offers = tuple(_signed_offer(scene, policy, option) for option in chosen)
    reasons = tuple(rule.reason.say(scene.language) for rule in outcome.declines)
    return replace(
        _blank(scene, policy, VerdictKind.DECLINE),
        reasons=reasons,
        alternatives=offers,
        wording=wording.decline([x.text for x in offers], reasons[0], scene.language),
        authority=_authority(scene, policy),
    )


# 4. Authority and words


def _agree(scene: _Scene, policy: Policy, extra: Sequence[Text]) -> Verdict:
    authority = _authority(scene, policy)
    return replace(
        _blank(scene, policy, VerdictKind.YES_WITH if extra else VerdictKind.YES),
        conditions=tuple(text.say(scene.language) for text in extra),
        wording=wording.yes(policy.yes, extra, scene.language, signed=not authority.within),
        authority=authority,
    )


def _authority(scene: _Scene, policy: Policy) -> Authority:
    """Compare the amount with what is left to the role; where there is none, nobody signs."""
    amount = scene.values.get(policy.amount) if policy.amount else None
    if not isinstance(amount, int):
        return Authority(role=scene.role, action=policy.action)
    rules = scene.bundle.authority
    currency = scene.bundle.facts[policy.amount].currency or rules.currency
    return weigh(rules, policy.action, scene.role, Money(amount, currency), scene.spent)


def _signed_offer(scene: _Scene, policy: Policy, option: Alternative) -> Offer:
    """Put an alternative in words; one that costs says who signs it."""
    made = offer(scene.bundle, policy, option, scene.language)
    if made.cost is None:
        return made
    rules = scene.bundle.authority
    return replace(made, authority=weigh(rules, GOODWILL, scene.role, made.cost, scene.spent))


def _question(scene: _Scene, policy: AnyPolicy, fact: str) -> Verdict:
    spec = scene.bundle.facts[fact]
    sentence = spec.ask.say(scene.language)
    return replace(
        _blank(scene, policy, VerdictKind.ASK),
        question=Question(fact, sentence, _answers(spec)),
        missing=_called(scene, (fact,)),
        wording=wording.ask(sentence),
    )


def _answers(spec: FactSpec) -> tuple[str, ...]:
    return ("yes", "no") if spec.type is FactType.BOOL else spec.values


def _blank(scene: _Scene, policy: AnyPolicy, kind: VerdictKind) -> Verdict:
    title = policy.title.say(scene.language)
    return Verdict(kind, policy.id, policy.version, scene.bundle.digest, title, wording=Wording(""))


def _why(scene: _Scene, conditions: Iterable[Condition]) -> tuple[ConditionResult, ...]:
    distinct = {condition.text: condition for condition in conditions}
    return tuple(_result(scene, condition) for condition in distinct.values())


def _result(scene: _Scene, condition: Condition) -> ConditionResult:
    """Show one condition with the value that was seen, where it came from and its age.

    A value too old to count is shown with its age: that is why it is unknown.
    """
    fact = scene.facts.get(condition.fact)
    verdict = condition.truth(scene.values.get(condition.fact))
    if fact is None:
        return ConditionResult(condition.text, condition.fact, "", verdict)
    age = max(0, int((scene.at - fact.at).total_seconds()))
    value = shown(scene.bundle.facts[condition.fact], fact.value)
    return ConditionResult(condition.text, condition.fact, value, verdict, fact.source.value, age)
