# SPDX-License-Identifier: Apache-2.0
"""Past decisions decided again under a draft: what would have been different.

Both sides are computed: what is in force and the draft look at the same stored facts, at
the time of the decision. Orders that depend on the person (what a customer turned down
before, the need that was named) are left out: they choose between alternatives, never a
verdict.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from uuid import UUID

from agentassist.domain.decision import NotInForce, decide
from agentassist.domain.fact_cells import Cell as FactCell
from agentassist.domain.fact_cells import CellReader, Row
from agentassist.domain.facts import FactSpec, FactValue, from_json, plain
from agentassist.domain.policy import Bundle, Policy
from agentassist.domain.policy_speech import value_text
from agentassist.domain.verdict import Answer, Verdict, VerdictKind

Cell = tuple[VerdictKind, VerdictKind]
"""The verdict before and after."""

EXAMPLES = 5
"""How many decisions of each cell are kept to look at."""
MOST_PROTECTED = 100
"""How many refusals that would fall are named; all of them are counted."""

_YES = frozenset({VerdictKind.YES, VerdictKind.YES_WITH})


@dataclass(frozen=True, slots=True)
class PastCase:
    """A stored decision, as far as it is decided again."""

    id: UUID
    policy_id: str
    verdict: VerdictKind
    answer: Answer
    at: datetime
    facts: str
    title: str = ""
    request: str = ""
    offer_id: str = ""
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One past decision of a cell of the matrix; `facts` are shown as `name value`."""

    decision_id: UUID
    policy_id: str
    title: str
    request: str
    at: datetime
    facts: tuple[str, ...]
    before: VerdictKind
    after: VerdictKind
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """An alternative that was shown before and would not be any more, and how often."""

    policy_id: str
    alternative: str
    offer: str
    times: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Minor units of `currency`, before and after.

    `agreed`: for decisions that the customer accepted. `offered`: what the first
    alternative, or the yes, would cost in all of them.
    """

    currency: str
    agreed_before: int = 0
    agreed_after: int = 0
    offered_before: int = 0
    offered_after: int = 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The result. `matrix` counts each pair of verdicts that was met.

    `protected` are refusals that would not be refusals any more (`protected_flips` of
    them): with any, the draft may not be put in force. `skipped` counts decisions of
    policies that are in neither bundle, or whose facts cannot be read. `policies` counts
    verdicts of another kind, by policy. A request without a policy is a yes.
    """

    decisions: int = 0
    skipped: int = 0
    matrix: Mapping[Cell, int] = field(default_factory=dict)
    examples: Mapping[Cell, tuple[Example, ...]] = field(default_factory=dict)
    lost: tuple[Lost, ...] = ()
    costs: tuple[Cost, ...] = ()
    protected: tuple[Example, ...] = ()
    protected_flips: int = 0
    policies: Mapping[str, int] = field(default_factory=dict)

    @property
    def flips(self) -> int:
        """How many verdicts would be of another kind."""
        return sum(n for (before, after), n in self.matrix.items() if before is not after)


@dataclass(frozen=True, slots=True)
class _Side:
    """What one bundle says in one cell. `costs` by alternative, in the order shown."""

    kind: VerdictKind
    costs: Mapping[str, int] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)
    amount: str = ""
    currency: str = ""

    def spends(self, facts: Row, offer_id: str = "") -> int:
        """Return minor units: the amount of a yes, or an alternative (the first one)."""
        if self.kind in _YES:
            value = facts.get(self.amount, {}).get("minor")
            return value if type(value) is int else 0
        if not self.costs:
            return 0
        return self.costs.get(offer_id, next(iter(self.costs.values())))


@dataclass(slots=True)
class _Pair:
    """Both sides of one cell."""

    before: _Side
    after: _Side
    lost: tuple[str, ...]
    flips: bool
    falls: bool
    spends: bool


class Replay:
    """Takes past decisions one by one.

    `language` is that of what is shown, `zone` where the company is (None: this machine).
    """

    def __init__(
        self, before: Bundle, after: Bundle, language: str = "en", zone: tzinfo | None = None
    ) -> None:
        self._before = before
        self._after = after
        self._language = language
        self._zone = zone
        self._readers: dict[str, CellReader | None] = {}
        self._pairs: dict[tuple[str, FactCell], _Pair] = {}
        self._met: dict[tuple[str, FactCell], int] = {}
        self._seen = self._skipped = 0
        self._examples: dict[Cell, list[Example]] = {}
        self._protected: list[Example] = []
        self._money: dict[str, list[int]] = {}

    def add(self, case: PastCase) -> None:
        """Decide one past decision again."""
        self._seen += 1
        reader = self._reader(case.policy_id)
        if reader is None:
            self._skipped += 1
            return
        try:
            facts: Row = json.loads(case.facts)
            key = (case.policy_id, reader.cell(facts, case.at))
            pair = self._pairs.get(key)
            if pair is None:
                pair = self._pairs[key] = self._pair(case)
        except (ValueError, TypeError, KeyError, AttributeError):
            self._skipped += 1
            return
        self._met[key] = self._met.get(key, 0) + 1
        if pair.spends:
            self._spend(pair, facts, case)
        self._keep(pair, case)

    def result(self) -> WhatIf:
        """Add up what was met."""
        matrix: Counter[Cell] = Counter()
        policies: Counter[str] = Counter()
        lost: Counter[tuple[str, str, str]] = Counter()
        falls = 0
        for key, times in self._met.items():
            pair, policy_id = self._pairs[key], key[0]
            matrix[pair.before.kind, pair.after.kind] += times
            policies[policy_id] += times * pair.flips
            falls += times * pair.falls
            for option in pair.lost:
                lost[policy_id, option, pair.before.offers[option]] += times
        ranked = sorted(lost.items(), key=lambda item: (-item[1], item[0]))
        return WhatIf(
            self._seen,
            self._skipped,
            dict(matrix),
            {cell: tuple(kept) for cell, kept in self._examples.items()},
            tuple(Lost(*key, times) for key, times in ranked),
            tuple(Cost(currency, *sums) for currency, sums in sorted(self._money.items())),
            tuple(self._protected),
            falls,
            {policy: times for policy, times in policies.most_common() if times},
        )

    def _reader(self, policy_id: str) -> CellReader | None:
        if policy_id not in self._readers:
            known = policy_id in self._before.index.reads or policy_id in self._after.index.reads
            self._readers[policy_id] = self._made(policy_id) if known else None
        return self._readers[policy_id]

    def _made(self, policy_id: str) -> CellReader:
        policy = self._before.policies.get(policy_id)
        asked = (policy_id, policy.asked if policy else policy_id)
        return CellReader((self._before, self._after), asked, self._zone)

    def _pair(self, case: PastCase) -> _Pair:
        before = _side(self._before, case, case.verdict, self._zone)
        after = _side(self._after, self._asked(case), VerdictKind.YES, self._zone)
        shown_after = after.offers if after.kind is VerdictKind.DECLINE else {}
        declines = before.kind is VerdictKind.DECLINE and after.kind is VerdictKind.DECLINE
        lost = tuple(option for option in before.offers if option not in shown_after)
        refused = before.kind is VerdictKind.REFUSE
        return _Pair(
            before,
            after,
            lost if declines else (),
            before.kind is not after.kind,
            refused and after.kind is not VerdictKind.REFUSE,
            any((before.costs, after.costs, before.amount, after.amount)),
        )

    def _asked(self, case: PastCase) -> PastCase:
        """Ask for the request where the draft answers it by other policies."""
        policy = self._before.policies.get(case.policy_id)
        if policy is None or case.policy_id in self._after.index.reads:
            return case
        return replace(case, policy_id=policy.asked)

    def _spend(self, pair: _Pair, facts: Row, case: PastCase) -> None:
        accepted = case.answer is Answer.ACCEPTED
        for place, one in enumerate((pair.before, pair.after)):
            sums = self._money.setdefault(one.currency, [0, 0, 0, 0]) if one.currency else None
            if sums is not None:
                sums[2 + place] += one.spends(facts)
                sums[place] += one.spends(facts, case.offer_id) if accepted else 0

    def _keep(self, pair: _Pair, case: PastCase) -> None:
        kept = self._examples.setdefault((pair.before.kind, pair.after.kind), [])
        if len(kept) < EXAMPLES:
            kept.append(self._example(pair, case))
        if pair.falls and len(self._protected) < MOST_PROTECTED:
            self._protected.append(self._example(pair, case))

    def _example(self, pair: _Pair, case: PastCase) -> Example:
        known = from_json(case.facts)
        specs = {**self._before.facts, **self._after.facts}
        told = (self._told(specs[key], fact) for key, fact in known.items() if key in specs)
        return Example(
            case.id,
            case.policy_id,
            case.title,
            case.request,
            case.at,
            tuple(told),
            pair.before.kind,
            pair.after.kind,
            case.call_id,
        )

    def _told(self, spec: FactSpec, fact: FactValue) -> str:
        value = value_text(spec, plain(fact.value), self._language)
        return f"{spec.called(self._language)} {value}"


def decided(bundle: Bundle, case: PastCase, zone: tzinfo | None) -> Verdict | None:
    """Decide a past case under a bundle; None where no policy of it answers on that day."""
    if case.policy_id not in bundle.index.reads:
        return None
    day = case.at.astimezone(zone).date()
    facts = from_json(case.facts)
    try:
        return decide(bundle, case.policy_id, facts, at=case.at, day=day, need="")
    except NotInForce:
        return None


def _side(bundle: Bundle, case: PastCase, without: VerdictKind, zone: tzinfo | None) -> _Side:
    """Decide under one bundle; `without` is the verdict where no policy of it answers."""
    verdict = decided(bundle, case, zone)
    if verdict is None:
        return _Side(without)
    offers = {option.id: option.text for option in verdict.alternatives}
    costs = _costs(verdict)
    amount = _amount(bundle, verdict)
    currency = bundle.authority.currency if any(costs.values()) else ""
    if amount:
        currency = bundle.facts[amount].currency
    return _Side(verdict.kind, costs if currency else {}, offers, amount, currency)


def _costs(verdict: Verdict) -> dict[str, int]:
    if verdict.kind is not VerdictKind.DECLINE:
        return {}
    return {x.id: x.cost.minor if x.cost else 0 for x in verdict.alternatives}


def _amount(bundle: Bundle, verdict: Verdict) -> str:
    """Return the money fact that a yes grants."""
    policy = bundle.policies.get(verdict.policy_id)
    if verdict.kind not in _YES or not isinstance(policy, Policy):
        return ""
    return policy.amount if policy.amount in bundle.facts else ""


def replay(
    before: Bundle, after: Bundle, cases: Iterable[PastCase], zone: tzinfo | None = None
) -> WhatIf:
    """Decide past decisions again, all of them at once."""
    run = Replay(before, after, zone=zone)
    for case in cases:
        run.add(case)
    return run.result()
