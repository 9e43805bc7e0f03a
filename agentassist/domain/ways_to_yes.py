# SPDX-License-Identifier: Apache-2.0
"""Which facts, were they others, would turn a verdict into a yes.

Found by asking the engine itself about every cell of one fact, then of two, from the facts
that the verdict shows: so what is told is what would happen. It takes milliseconds, not
microseconds, and is therefore no part of the verdict.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations, groupby, product

from agentassist.domain.condition import Condition
from agentassist.domain.decision import decide
from agentassist.domain.facts import FactSpec, FactType, FactValue, Plain, Value, parse_value, shown
from agentassist.domain.money import Money
from agentassist.domain.policy import (
    GUARD_FACTS,
    Allow,
    AnyPolicy,
    Bundle,
    Policy,
    ProtectedPolicy,
)
from agentassist.domain.policy_cases import cells
from agentassist.domain.verdict import Span, Truth, Verdict, VerdictKind, WayToYes

Way = tuple[WayToYes, ...]
Values = Mapping[str, Value]

_FACTS = 2
_WAYS = 3
_YES = frozenset({VerdictKind.YES, VerdictKind.YES_WITH})


def ways_to_yes(
    bundle: Bundle,
    verdict: Verdict,
    *,
    at: datetime,
    language: str = "en",
    day: date | None = None,
) -> tuple[Way, ...]:
    """Return at most three ways, each the facts that would have to change together.

    No way contains a smaller one; the fewest facts come first. For a refusal it is the proof
    that its nearest rule lacks. Nothing for a yes, and where the bundle lacks the policy.
    """
    policy = bundle.policies.get(verdict.guarded_by or verdict.policy_id)
    if policy is None or verdict.kind in _YES:
        return ()
    known = _shown(bundle, verdict)
    if isinstance(policy, ProtectedPolicy):
        return _proofs(bundle, policy, known, language)
    return _Search(bundle, policy, known, at, language, day or at.date()).ways()


def _shown(bundle: Bundle, verdict: Verdict) -> dict[str, Value]:
    """Return the facts that counted, read back from the conditions that the verdict lists."""
    return {
        item.fact: parse_value(bundle.facts[item.fact], item.value)
        for item in verdict.why
        if item.value and item.truth is not Truth.UNKNOWN
    }


# Refused: the proof that is missing


def _proofs(
    bundle: Bundle, policy: ProtectedPolicy, known: Values, language: str
) -> tuple[Way, ...]:
    ways = [_proof(bundle, rule, known, language) for rule in policy.allow if rule.when]
    return tuple(sorted(filter(None, ways), key=len)[:_WAYS])


def _proof(bundle: Bundle, rule: Allow, known: Values, language: str) -> Way:
    facts = dict.fromkeys(condition.fact for condition in rule.when)
    lacking = (fact for fact in facts if not _proven(rule, fact, known))
    return tuple(_needed(bundle.facts[fact], rule, known, language) for fact in lacking)


def _proven(rule: Allow, fact: str, known: Values) -> bool:
    value = known.get(fact)
    about = (condition for condition in rule.when if condition.fact == fact)
    return value is not None and all(condition.holds(_bare(value)) for condition in about)


def _needed(spec: FactSpec, rule: Allow, known: Values, language: str) -> WayToYes:
    about = [condition for condition in rule.when if condition.fact == spec.key]
    axis = cells(spec, about)
    good = [cell for cell in axis if all(condition.holds(cell) for condition in about)]
    return _way(spec, known.get(spec.key), axis, good, language)


# Ordinary: what the engine says to other facts


class _Search:
    """Looks for the smallest changes that make the engine say yes."""

    def __init__(
        self,
        bundle: Bundle,
        policy: Policy,
        known: Values,
        at: datetime,
        language: str,
        day: date,
    ) -> None:
        self._bundle = bundle
        self._policy = policy
        self._known = known
        self._at = at
        self._day = day
        self._language = language
        conditions = _conditions(bundle.index.answering[policy.id])
        facts = dict.fromkeys(condition.fact for condition in conditions)
        guards = GUARD_FACTS.values() if policy.account_bound else ()
        facts |= dict.fromkeys(fact for fact in guards if fact in bundle.facts)
        self._axes = {fact: cells(bundle.facts[fact], conditions) for fact in facts}

    def ways(self) -> tuple[Way, ...]:
        found: dict[tuple[str, ...], Way] = {}
        for number in range(1, _FACTS + 1):
            for facts in combinations(self._axes, number):
                if len(found) < _WAYS and not any(set(less) <= set(facts) for less in found):
                    self._try(facts, found)
        return tuple(found.values())

    def _try(self, facts: tuple[str, ...], found: dict[tuple[str, ...], Way]) -> None:
        good = [
            cell
            for cell in product(*(self._axes[fact] for fact in facts))
            if self._yes(facts, cell)
        ]
        if box := _box(good, len(facts)):
            found[facts] = tuple(
                _way(
                    self._bundle.facts[fact],
                    self._known.get(fact),
                    self._axes[fact],
                    chosen,
                    self._language,
                )
                for fact, chosen in zip(facts, box, strict=True)
            )

    def _yes(self, facts: Sequence[str], cell: Sequence[Plain]) -> bool:
        changed = {
            fact: _worth(self._bundle.facts[fact], value)
            for fact, value in zip(facts, cell, strict=True)
        }
        values = {**self._known, **changed}
        given = {
            key: FactValue(value, self._bundle.facts[key].source, self._at)
            for key, value in values.items()
        }
        verdict = decide(self._bundle, self._policy.id, given, at=self._at, day=self._day)
        asked = verdict.question.fact if verdict.question else ""
        only_amount = bool(asked) and asked == self._policy.amount and asked not in self._axes
        return verdict.kind in _YES or only_amount


def _conditions(policies: Iterable[AnyPolicy]) -> tuple[Condition, ...]:
    """Return what decides between the policies that answer one request, and within them."""
    return tuple(c for policy in policies for c in (*policy.scope, *policy.conditions()))


def _box(good: Sequence[tuple[Plain, ...]], facts: int) -> tuple[list[Plain], ...]:
    """Return for each fact the values that go with the first of the others that serve.

    Where all combinations of them serve, it is all of them; else the largest block that
    begins with the first fact's first value: what is told must be true as it stands.
    """
    if not good:
        return ()
    if facts == 1:
        return ([cell[0] for cell in good],)
    by_first = {
        first: frozenset(cell[1] for cell in group)
        for first, group in groupby(good, key=lambda cell: cell[0])
    }
    widest = max(by_first.values(), key=len)
    firsts = [first for first, seconds in by_first.items() if seconds >= widest]
    return firsts, [cell[1] for cell in good if cell[0] == firsts[0] and cell[1] in widest]


def _way(
    spec: FactSpec, now: Value | None, axis: Sequence[Plain], good: Sequence[Plain], language: str
) -> WayToYes:
    written = "" if now is None else shown(spec, now)
    spans = tuple(_spans(spec, axis, good))
    names = spec.named_values(language)
    return WayToYes(spec.key, spec.called(language), written, spans, names)


def _spans(spec: FactSpec, axis: Sequence[Plain], good: Sequence[Plain]) -> Iterator[Span]:
    """Join neighbouring cells; a cell reaches to the value before the next one begins."""
    if spec.type in (FactType.BOOL, FactType.ENUM):
        for value in good:
            yield Span(_written(spec, value), _written(spec, value))
        return
    places = [axis.index(value) for value in good]
    for _, group in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        low, after = int(axis[run[0]]), run[-1] + 1
        high = int(axis[after]) - 1 if after < len(axis) else spec.high
        yield Span(
            _written(spec, low) if low > spec.low else "",
            _written(spec, high) if high < spec.high else "",
        )


def _written(spec: FactSpec, value: Plain) -> str:
    return shown(spec, _worth(spec, value))


def _worth(spec: FactSpec, value: Plain) -> Value:
    return Money(int(value), spec.currency) if spec.type is FactType.MONEY else value


def _bare(value: Value) -> Plain:
    return value.minor if isinstance(value, Money) else value
