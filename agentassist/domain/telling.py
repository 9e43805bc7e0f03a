# SPDX-License-Identifier: Apache-2.0
"""From what the rules say to the verdict that is shown: words, offers, authority and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypedDict

from agentassist.domain.authority import GOODWILL, weigh
from agentassist.domain.condition import Condition, Values
from agentassist.domain.discovery import discover
from agentassist.domain.facts import Facts, FactSpec, FactType, Text, shown, worth
from agentassist.domain.judging import Outcome
from agentassist.domain.money import Money
from agentassist.domain.policy import Allow, Alternative, AnyPolicy, Bundle, Policy, ProtectedPolicy
from agentassist.domain.ranking import Past, offer, rank, safe_offer
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
    Wording,
)

_SAFE_PATHS = 2


@dataclass(frozen=True, slots=True)
class Scene:
    """What one decision looks at. `values` has the facts that count now; without one: unknown.

    `asked` is the policy or the request that was asked about, `day` that of the company.
    `looked` fills up with the conditions that were looked at: the why of the verdict.
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
    looked: list[Condition] = field(default_factory=list)

    @property
    def voice(self) -> Voice:
        """What words the answer is put in."""
        return Voice(self.bundle.frames, self.language)


class _Base(TypedDict):
    """What every verdict has."""

    policy_id: str
    policy_version: int
    bundle: str
    title: str
    why: tuple[ConditionResult, ...]
    wording: Wording
    hurried: Wording
    upset: Wording


def _base(scene: Scene, policy: AnyPolicy, said: Said) -> _Base:
    return {
        "policy_id": policy.id,
        "policy_version": policy.version,
        "bundle": scene.bundle.digest,
        "title": policy.title.say(scene.language),
        "why": _why(scene),
        "wording": said.wording,
        "hurried": said.hurried,
        "upset": said.upset,
    }


# Protected


def opened(scene: Scene, policy: ProtectedPolicy, rule: Allow) -> Verdict:
    """Say yes under the condition of the proof."""
    extra = (rule.condition,) if rule.condition.en else ()
    return Verdict(
        VerdictKind.YES_WITH,
        **_base(scene, policy, scene.voice.yes(policy.yes, extra, signed=False)),
        conditions=tuple(text.say(scene.language) for text in extra),
        category=policy.category.value,
        exception=policy.exception,
    )


def refusal(scene: Scene, policy: ProtectedPolicy) -> Verdict:
    """Say no, kindly, with the safe paths and the proof that is missing."""
    paths = tuple(safe_offer(path, scene.language) for path in policy.safe_paths[:_SAFE_PATHS])
    return Verdict(
        VerdictKind.REFUSE,
        **_base(scene, policy, scene.voice.refuse(policy.refuse, paths)),
        alternatives=paths,
        category=policy.category.value,
        missing=_missing(scene, policy),
        exception=policy.exception,
    )


def stopped(scene: Scene, policy: Policy, guardian: ProtectedPolicy) -> Verdict:
    """Refuse in the words of the protected policy that stands before an ordinary one."""
    version = policy.version
    return replace(
        refusal(scene, guardian),
        policy_id=policy.id,
        policy_version=version,
        guarded_by=guardian.id,
    )


def _missing(scene: Scene, policy: ProtectedPolicy) -> tuple[str, ...]:
    """Name the facts that the rule nearest to its proof still lacks."""
    lacks = [_unproven(scene, rule) for rule in policy.allow if rule.when]
    fewest = min(lacks, key=len) if lacks else ()
    return _called(scene, fewest)


def _called(scene: Scene, facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(scene.bundle.facts[fact].called(scene.language) for fact in facts)


def _unproven(scene: Scene, rule: Allow) -> tuple[str, ...]:
    facts = (c.fact for c in rule.when if c.truth(scene.values.get(c.fact)) is not Truth.TRUE)
    return tuple(dict.fromkeys(facts))


# Ordinary


def declined(scene: Scene, policy: Policy, outcome: Outcome) -> Verdict:
    """Say what can be done instead, or ask first which of the needs it is."""
    chosen = rank(policy, outcome.options, scene.past, scene.bundle.weights, scene.at, scene.need)
    offers = tuple(_signed_offer(scene, policy, option) for option in chosen)
    reasons = tuple(rule.reason.say(scene.language) for rule in outcome.declines)
    asked = discover(policy, outcome.options, scene.need, scene.language)
    voice = scene.voice
    said = voice.ask(asked.sentence) if asked else voice.decline(offers, reasons[0])
    return Verdict(
        VerdictKind.DECLINE,
        **_base(scene, policy, said),
        reasons=reasons,
        alternatives=offers,
        authority=_authority(scene, policy),
        discovery=asked,
    )


def agreed(scene: Scene, policy: Policy, extra: Sequence[Text]) -> Verdict:
    """Say yes, under conditions where there are any, and who signs."""
    authority = _authority(scene, policy)
    return Verdict(
        VerdictKind.YES_WITH if extra else VerdictKind.YES,
        **_base(scene, policy, scene.voice.yes(policy.yes, extra, signed=not authority.within)),
        conditions=tuple(text.say(scene.language) for text in extra),
        authority=authority,
    )


def _authority(scene: Scene, policy: Policy) -> Authority:
    """Compare the amount with what is left to the role; where there is none, nobody signs."""
    amount = scene.values.get(policy.amount) if policy.amount else None
    if not isinstance(amount, int):
        return Authority(role=scene.role, action=policy.action)
    rules = scene.bundle.authority
    currency = scene.bundle.facts[policy.amount].currency or rules.currency
    return weigh(rules, policy.action, scene.role, Money(amount, currency), scene.spent)


def _signed_offer(scene: Scene, policy: Policy, option: Alternative) -> Offer:
    """Put an alternative in words; one that costs says who signs it."""
    made = offer(scene.bundle, policy, option, scene.language)
    if made.cost is None:
        return made
    rules = scene.bundle.authority
    return replace(made, authority=weigh(rules, GOODWILL, scene.role, made.cost, scene.spent))


def question(scene: Scene, policy: AnyPolicy, fact: str) -> Verdict:
    """Ask for a fact."""
    spec = scene.bundle.facts[fact]
    sentence = spec.ask.say(scene.language)
    return Verdict(
        VerdictKind.ASK,
        **_base(scene, policy, scene.voice.ask(sentence)),
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
    low, high = (shown(spec, worth(spec, number)) for number in (spec.low, spec.high))
    return Question(spec.key, sentence, (), spec.currency, low, high)


# Why


def _why(scene: Scene) -> tuple[ConditionResult, ...]:
    distinct = {condition.text: condition for condition in scene.looked}
    return tuple([_result(scene, condition) for condition in distinct.values()])


def _result(scene: Scene, condition: Condition) -> ConditionResult:
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
