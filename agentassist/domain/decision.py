# SPDX-License-Identifier: Apache-2.0
"""From facts to a verdict. No score, no text and no mood comes in here.

The order of evaluation: who speaks (see `scoping`), guards by facts, then the protected
proof, then the listed declines in three values, then authority, then the words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agentassist.domain.authority import GOODWILL, weigh
from agentassist.domain.condition import Condition, Operator, Values, truth, undecided
from agentassist.domain.discovery import discover
from agentassist.domain.facts import Facts, FactSpec, FactType, Plain, Text, known, shown
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
from agentassist.domain.ranking import Past, offer, rank, safe_offer
from agentassist.domain.scoping import Speaker, speaker
from agentassist.domain.spending import Spent
from agentassist.domain.tones import Said, Voice
from agentassist.domain.verdict import (
    Authority,
    ConditionResult,
    Offer,
    Question,
    Truth,
    Verdict,
    VerdictKind,
)
from agentassist.errors import UserError

__all__ = ("NotInForce", "Outcome", "Values", "decide", "judge", "to_bytes", "truth")

_SAFE_PATHS = 2
_NOTHING = Text("")


class NotInForce(UserError):
    """No policy answers this request on this day."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one decision looks at. `values` has the facts that count now; without one: unknown.

    `asked` is the policy or the request that was asked about, `day` that of the company.
    """

    bundle: Bundle
    asked: str
    day: date
    facts: Facts
    values: Values
    at: datetime
    language: str
    role: str
    past: Past
    spent: Spent
    need: str | None

    @property
    def voice(self) -> Voice:
        """What words the answer is put in."""
        return Voice(self.bundle.frames, self.language)


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
    scene = _Scene(
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


def _answer(scene: _Scene, who: Speaker) -> Verdict:
    if who.policy is not None:
        return _guarded(scene, who.policy, who.looked)
    if who.possible:
        return _which(scene, who)
    if who.protected:
        return _all_protected(scene, who)
    raise NotInForce(
        "{policy} is not in force on {day}. Pick another request.",
        policy=scene.asked,
        day=scene.day.isoformat(),
    )


def _which(scene: _Scene, who: Speaker) -> Verdict:
    """Ask what tells the policies of a request apart, behind the guards that all share."""
    policy = next((p for p in who.possible if p.id == scene.asked), who.possible[0])
    looked = list(who.looked)
    for guard in (g for g in policy.guards() if all(g in p.guards() for p in who.possible)):
        stop, _ = _pass(scene, policy, guard, looked)
        if stop is not None:
            return replace(stop, why=_why(scene, looked))
    index = scene.bundle.index

    def settled(fact: str, value: Plain) -> bool:
        return not speaker(index, scene.asked, {**scene.values, fact: value}, scene.day).unknown

    everyone: tuple[AnyPolicy, ...] = (*who.protected, *who.possible)
    fact = _most_settling(scene, everyone, who.unknown, settled)
    return replace(_question(scene, policy, fact), why=_why(scene, looked))


def _all_protected(scene: _Scene, who: Speaker) -> Verdict:
    """Where it is open which protected policy it is, every one of them must be proven."""
    lacking = (policy for policy in who.protected if _proven(scene, policy) is None)
    policy = next(lacking, who.protected[0])
    every = (c for each in who.protected for c in each.conditions())
    return replace(_protected(scene, policy), why=_why(scene, (*who.looked, *every)))


# 1. Guards


def _guarded(scene: _Scene, policy: Policy, scope: Sequence[Condition]) -> Verdict:
    """Pass the guards that stand before an ordinary policy, then look at its rules."""
    given: list[Text] = []
    looked = list(scope)
    for guard in policy.guards():
        stop, condition = _pass(scene, policy, guard, looked)
        if stop is not None:
            return replace(stop, why=_why(scene, looked))
        given.extend([condition] if condition.en else [])
    verdict = _ordinary(scene, policy, given)
    return replace(verdict, why=_why(scene, (*looked, *scene.bundle.index.rules[policy.id])))


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
    behind = scene.bundle.index.guardians(guard, policy.sector)
    asks = fact is not None and fact in scene.bundle.facts
    if fact is not None and asks and (not behind or scene.values.get(fact) is None):
        return _question(scene, policy, fact), _NOTHING
    if not behind:
        raise UserError(
            "{policy} needs a protected policy behind it that the active policies lack. "
            "Run the policy check.",
            policy=policy.id,
        )
    looked.extend(c for guardian in behind for c in guardian.conditions())
    return _proof(scene, policy, behind, never=guard is Guard.UNVERIFIED)


def _proof(
    scene: _Scene, policy: Policy, behind: Sequence[ProtectedPolicy], *, never: bool
) -> tuple[Verdict | None, Text]:
    """Ask every protected policy behind a guard for its proof; `never`: none is enough.

    Nobody but the verified caller gets past the guard that asks for verification.
    """
    rules = [(guardian, _proven(scene, guardian)) for guardian in behind]
    for guardian, rule in rules:
        if rule is None or never:
            return _stopped(scene, policy, guardian), _NOTHING
    said = (rule.condition for _, rule in rules if rule is not None and rule.condition.en)
    return None, next(said, _NOTHING)


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
    verdict = _blank(scene, policy, VerdictKind.YES_WITH)
    return replace(
        _say(verdict, scene.voice.yes(policy.yes, extra, signed=False)),
        conditions=tuple(text.say(scene.language) for text in extra),
        category=policy.category.value,
        why=_why(scene, policy.conditions()),
        exception=policy.exception,
    )


def _proven(scene: _Scene, policy: ProtectedPolicy) -> Allow | None:
    """Return the first rule whose every fact is proven. An empty rule proves nothing."""
    rules = (r for r in policy.allow if r.when and truth(r.when, scene.values) is Truth.TRUE)
    return next(rules, None)


def _refusal(scene: _Scene, policy: ProtectedPolicy) -> Verdict:
    paths = tuple(safe_offer(path, scene.language) for path in policy.safe_paths[:_SAFE_PATHS])
    return replace(
        _say(_blank(scene, policy, VerdictKind.REFUSE), scene.voice.refuse(policy.refuse, paths)),
        alternatives=paths,
        category=policy.category.value,
        missing=_missing(scene, policy),
        why=_why(scene, policy.conditions()),
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
            return _ask(scene, policy, outcome)
        case _:
            return _agree(scene, policy, (*given, *(rule.condition for rule in outcome.extras)))


def _ask(scene: _Scene, policy: Policy, outcome: Outcome) -> Verdict:
    def settled(fact: str, value: Plain) -> bool:
        return judge(policy, {**scene.values, fact: value}).kind is not VerdictKind.ASK

    fact = _most_settling(scene, (policy,), outcome.unknown, settled)
    return _question(scene, policy, fact)


def judge(policy: Policy, values: Values) -> Outcome:
    """Weigh the rules of an ordinary policy in three values; nothing else is looked at."""
    fired = tuple(rule for rule in policy.declines if truth(rule.when, values) is Truth.TRUE)
    if fired:
        return _judge_fired(fired, values)
    extras = tuple(rule for rule in policy.yes_with if truth(rule.when, values) is Truth.TRUE)
    rules = (*(rule.when for rule in policy.declines), *(rule.when for rule in policy.yes_with))
    unknown = undecided(rules, values)
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
    return Outcome(VerdictKind.ASK, unknown=undecided((option.when for option in options), values))


def _most_settling(
    scene: _Scene,
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


def _decline(scene: _Scene, policy: Policy, outcome: Outcome) -> Verdict:
    chosen = rank(policy, outcome.options, scene.past, scene.bundle.weights, scene.at, scene.need)
    offers = tuple(_signed_offer(scene, policy, option) for option in chosen)
    reasons = tuple(rule.reason.say(scene.language) for rule in outcome.declines)
    asked = discover(policy, outcome.options, scene.need, scene.language)
    voice = scene.voice
    said = voice.ask(asked.sentence) if asked else voice.decline(offers, reasons[0])
    return replace(
        _say(_blank(scene, policy, VerdictKind.DECLINE), said),
        reasons=reasons,
        alternatives=offers,
        authority=_authority(scene, policy),
        discovery=asked,
    )


# 4. Authority and words


def _agree(scene: _Scene, policy: Policy, extra: Sequence[Text]) -> Verdict:
    authority = _authority(scene, policy)
    verdict = _blank(scene, policy, VerdictKind.YES_WITH if extra else VerdictKind.YES)
    return replace(
        _say(verdict, scene.voice.yes(policy.yes, extra, signed=not authority.within)),
        conditions=tuple(text.say(scene.language) for text in extra),
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
        _say(_blank(scene, policy, VerdictKind.ASK), scene.voice.ask(sentence)),
        question=_asked(spec, scene.language),
        missing=_called(scene, (fact,)),
    )


def _asked(spec: FactSpec, language: str) -> Question:
    sentence = spec.ask.say(language)
    if spec.type is FactType.BOOL:
        return Question(spec.key, sentence, ("yes", "no"))
    if spec.type is FactType.ENUM:
        names = spec.named_values(language)
        return Question(spec.key, sentence, spec.values, names=names)
    low, high = (_bound(spec, number) for number in (spec.low, spec.high))
    return Question(spec.key, sentence, (), spec.currency, low, high)


def _bound(spec: FactSpec, number: int) -> str:
    money = spec.type is FactType.MONEY
    return shown(spec, Money(number, spec.currency) if money else number)


def _blank(scene: _Scene, policy: AnyPolicy, kind: VerdictKind) -> Verdict:
    title = policy.title.say(scene.language)
    return Verdict(kind, policy.id, policy.version, scene.bundle.digest, title)


def _say(verdict: Verdict, said: Said) -> Verdict:
    return replace(verdict, wording=said.wording, hurried=said.hurried, upset=said.upset)


def _why(scene: _Scene, conditions: Iterable[Condition]) -> tuple[ConditionResult, ...]:
    distinct = {condition.text: condition for condition in conditions}
    return tuple(_result(scene, condition) for condition in distinct.values())


def _result(scene: _Scene, condition: Condition) -> ConditionResult:
    """Show one condition with the value that was seen, where it came from and its age.

    A value too old to count is shown with its age: that is why it is unknown.
    """
    fact = scene.facts.get(condition.fact)
    verdict = condition.truth(scene.values.get(condition.fact))
    spec = scene.bundle.facts[condition.fact]
    language = scene.language
    name, names = spec.called(language), spec.named_values(language)
    if fact is None:
        return ConditionResult(condition.text, spec.key, "", verdict, name=name, names=names)
    age = max(0, int((scene.at - fact.at).total_seconds()))
    value, source = shown(spec, fact.value), fact.source.value
    return ConditionResult(condition.text, spec.key, value, verdict, source, age, name, names)
