# SPDX-License-Identifier: Apache-2.0
"""An ordinary policy in every case it can meet: nobody may be left without a way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

from agentassist.domain import policy_cases, wording
from agentassist.domain.condition import Condition
from agentassist.domain.decision import Outcome, judge, truth
from agentassist.domain.facts import FactSpec, Plain, shown
from agentassist.domain.findings import Finding, Path, length, rule_names, spoken
from agentassist.domain.frames import FRAMES
from agentassist.domain.policy import Alternative, Authority, Policy, YesWith
from agentassist.domain.policy_cases import Case
from agentassist.domain.tones import Frames, Voice
from agentassist.domain.verdict import Offer, Owner, Truth, VerdictKind, Wording

Specs = Mapping[str, FactSpec]
_LANGUAGES = ("en", "ko")


@dataclass(slots=True)
class _Survey:
    """What was met on the way through all cases."""

    fired: set[str] = field(default_factory=set)
    kinds: set[VerdictKind] = field(default_factory=set)
    extras: set[tuple[YesWith, ...]] = field(default_factory=set)
    declined: dict[tuple[str, ...], Outcome] = field(default_factory=dict)
    stranded: Case | None = None
    unowned: Case | None = None
    unsigned: Case | None = None


def survey(
    policy: Policy, specs: Specs, authority: Authority, frames: Frames = FRAMES
) -> list[Finding]:
    """Look at every case an ordinary policy can meet (R2, R3, R8, R9, R18, R19, R20)."""
    axes = _axes(policy, specs, authority)
    conditions = len(policy.scope) + len(policy.conditions())
    if policy_cases.exceeds(axes, conditions):
        return [
            Finding(
                "R20",
                (),
                "This policy has {number} cases of {conditions} conditions, more than can be "
                "proven ({most} cases at most): split it in two.",
                {
                    "number": policy_cases.count(axes),
                    "conditions": conditions,
                    "most": policy_cases.LARGEST,
                },
            )
        ]
    seen = _survey(policy, axes, _highest(policy, specs, authority))
    if not seen.kinds:
        message = "Nobody is in this scope: its conditions exclude each other."
        return [Finding("R8", ("scope",), message)]
    return [
        *_witnesses(policy, specs, seen),
        *_unreachable(policy, seen),
        *_yes_lengths(policy, seen, frames),
        *_decline_lengths(policy, seen, frames),
    ]


def _axes(policy: Policy, specs: Specs, authority: Authority) -> dict[str, tuple[Plain, ...]]:
    """Return the cells; the amount to be signed is cut where the highest authority ends."""
    conditions = (*policy.scope, *policy.conditions())
    axes = policy_cases.axes(conditions, specs)
    if policy.amount:
        spec = specs[policy.amount]
        highest = authority.highest(policy.action, spec.currency)
        edge = spec.low if highest is None else highest + 1
        cells = policy_cases.cells(spec, conditions)
        extra = {edge} if spec.low <= edge <= spec.high else set()
        axes[policy.amount] = tuple(sorted({*(int(cell) for cell in cells), *extra}))
    return axes


def _highest(policy: Policy, specs: Specs, authority: Authority) -> int | None:
    return authority.highest(policy.action, specs[policy.amount].currency if policy.amount else "")


def _survey(policy: Policy, axes: Mapping[str, Sequence[Plain]], highest: int | None) -> _Survey:
    survey = _Survey()
    for case in policy_cases.cases(axes):
        if policy.scope and truth(policy.scope, case) is not Truth.TRUE:
            continue
        outcome = judge(policy, case)
        survey.kinds.add(outcome.kind)
        survey.fired.update(rule.id for rule in outcome.declines)
        survey.fired.update(option.id for option in outcome.options)
        if outcome.kind is VerdictKind.ASK:
            survey.stranded = survey.stranded or case
        elif outcome.kind is VerdictKind.DECLINE:
            survey.declined.setdefault(_shape(outcome), outcome)
            if all(option.owner is Owner.CUSTOMER for option in outcome.options):
                survey.unowned = survey.unowned or case
        else:
            survey.extras.add(outcome.extras)
            if highest is not None and policy.amount and int(case[policy.amount]) > highest:
                survey.unsigned = survey.unsigned or case
    survey.fired.update(extra.id for extras in survey.extras for extra in extras)
    return survey


def _witnesses(policy: Policy, specs: Specs, survey: _Survey) -> Iterator[Finding]:
    if survey.stranded:
        yield Finding(
            "R2",
            _where(policy, survey.stranded),
            "{case}: no alternative left. Add one without `when`, or widen one.",
            {"case": _told(policy, specs, survey.stranded)},
        )
    if survey.unowned:
        yield Finding(
            "R3",
            _where(policy, survey.unowned),
            "{case}: only the customer would have to act. Add an alternative that we own.",
            {"case": _told(policy, specs, survey.unowned)},
        )
    if survey.unsigned:
        yield Finding(
            "R18",
            ("amount",),
            "{case}: yes, but nobody may sign that much. Add a decline above the highest limit.",
            {"case": _told(policy, specs, survey.unsigned)},
        )


def _where(policy: Policy, case: Case) -> Path:
    index = next(i for i, r in enumerate(policy.declines) if truth(r.when, case) is Truth.TRUE)
    return ("decline", index)


def _told(policy: Policy, specs: Specs, case: Case) -> str:
    """Tell a case in the facts that matter in it: hour 12, occupancy_pct 95."""
    fired = [rule for rule in policy.declines if truth(rule.when, case) is Truth.TRUE]
    whens: list[Iterable[Condition]] = [rule.when for rule in fired]
    whens += [option.when for rule in fired for option in rule.alternatives]
    facts = dict.fromkeys(condition.fact for when in whens for condition in when)
    return ", ".join(f"{key} {shown(specs[key], case[key])}" for key in (facts or case))


def _unreachable(policy: Policy, survey: _Survey) -> Iterator[Finding]:
    for path, name in rule_names(policy):
        if name not in survey.fired:
            yield Finding(
                "R8",
                path[:-1],
                '"{name}" can never be reached: its conditions exclude each other.',
                {"name": name},
            )
    if not survey.kinds & {VerdictKind.YES, VerdictKind.YES_WITH}:
        yield Finding("R9", (), "This policy never says yes: narrow a decline.")


def _yes_lengths(policy: Policy, survey: _Survey, frames: Frames) -> Iterator[Finding]:
    for language in _LANGUAGES:
        for extras in sorted(survey.extras, key=str):
            texts = [extra.condition for extra in extras]
            said = Voice(frames, language).yes(policy.yes, texts, signed=bool(policy.action))
            yield from spoken(("yes",), said)


def _shape(outcome: Outcome) -> tuple[str, ...]:
    return (*(rule.id for rule in outcome.declines), "", *(x.id for x in outcome.options))


def _decline_lengths(policy: Policy, survey: _Survey, frames: Frames) -> Iterator[Finding]:
    """Look at every wording that is reachable; tell one fault for each decline at most."""
    told: set[str] = set()
    met: set[tuple[str, ...]] = set()
    for outcome in survey.declined.values():
        first = outcome.declines[0]
        said = [said for said in _wordings(outcome, frames, met) if wording.excess(said)]
        if said and first.id not in told:
            told.add(first.id)
            yield from length(("decline", policy.declines.index(first)), said[0])


def _wordings(outcome: Outcome, frames: Frames, met: set[tuple[str, ...]]) -> Iterator[Wording]:
    """Yield what is said for each reason with each one or two alternatives not `met` before."""
    options = outcome.options
    chosen = (*permutations(options, 2), *((option,) for option in options))
    for rule, pair in product(outcome.declines, chosen):
        key = (rule.id, *(option.id for option in pair))
        for language in _LANGUAGES if key not in met else ():
            offers = [_in_words(option, language) for option in pair]
            yield from Voice(frames, language).decline(offers, rule.reason.say(language))
        met.add(key)


def _in_words(option: Alternative, language: str) -> Offer:
    """Put as much of an alternative in words as is spoken."""
    return Offer(option.id, option.offer.say(language), option.owner, option.within_hours)
