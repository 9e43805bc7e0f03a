# SPDX-License-Identifier: Apache-2.0
"""What no verdict may break, whatever the facts, and facts drawn to try it.

Values are drawn at and beside the limits of the rules more often than between them, some
too old, some out of range, some of another type; days at and beside the ends of validity.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from agentassist.domain.decision import NotInForce, decide, to_bytes
from agentassist.domain.facts import (
    Facts,
    FactSpec,
    FactType,
    FactValue,
    Sensitivity,
    Source,
    Value,
    known,
    worth,
)
from agentassist.domain.guard_proof import YES, is_breach
from agentassist.domain.money import Money
from agentassist.domain.policy import AnyPolicy, Bundle, Policy, ProtectedPolicy
from agentassist.domain.policy_cases import cells
from agentassist.domain.ranking import OfferRecord, Past
from agentassist.domain.spending import Spending, Spent
from agentassist.domain.verdict import Owner, Verdict, VerdictKind
from tests.policy_samples import AT


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a decision is made from, beside the bundle."""

    asked: str
    facts: Facts
    day: date
    language: str = "en"
    role: str = "agent"
    past: Past = field(default_factory=dict)
    spent: Spent = field(default_factory=dict)
    need: str | None = None

    def verdict(self, bundle: Bundle, facts: Facts | None = None) -> Verdict | None:
        """Return the verdict, of other facts where they are given; None out of season."""
        try:
            return decide(
                bundle,
                self.asked,
                self.facts if facts is None else facts,
                at=AT,
                language=self.language,
                role=self.role,
                past=self.past,
                spent=self.spent,
                need=self.need,
                day=self.day,
            )
        except NotInForce:
            return None


class Draws:
    """Draws cases of one bundle."""

    def __init__(self, bundle: Bundle, seed: int) -> None:
        self._bundle = bundle
        self._random = random.Random(seed)
        self._asked = sorted(bundle.index.answering)

    @cached_property
    def _near(self) -> Mapping[str, Sequence[Value]]:
        """Values at and beside the limits of every rule, by fact."""
        conditions = [
            condition
            for policy in self._bundle.policies.values()
            for condition in (*policy.scope, *policy.conditions())
        ]
        return {
            key: [worth(spec, x) for cell in cells(spec, conditions) for x in _beside(spec, cell)]
            for key, spec in self._bundle.facts.items()
        }

    @cached_property
    def _days(self) -> Sequence[date]:
        ends = {AT.date()}
        for policy in self._bundle.policies.values():
            for end in (policy.valid_from, policy.valid_until):
                if end is not None:
                    ends |= {end + timedelta(days=n) for n in (-1, 0, 1)}
        return sorted(ends)

    def case(self) -> Case:
        """Draw one case."""
        pick = self._random
        asked = pick.choice(self._asked)
        reads = sorted(self._bundle.index.reads[asked] & self._bundle.facts.keys())
        other = pick.choice(sorted(self._bundle.facts))
        names = [name for name in (*reads, other) if pick.random() < 0.85]
        return Case(
            asked,
            {name: self._fact(name) for name in names},
            pick.choice(self._days),
            pick.choice(("en", "ko")),
            pick.choice(("agent", "lead", "supervisor", "nobody")),
            self._past(asked) if pick.random() < 0.3 else {},
            self._spent() if pick.random() < 0.3 else {},
            pick.choice((None, None, "", "money_back")),
        )

    def _fact(self, name: str) -> FactValue:
        pick = self._random
        age = timedelta(minutes=pick.randint(-10, 60_000) if pick.random() < 0.1 else 0)
        return FactValue(self._value(name), pick.choice(list(Source)), AT - age)

    def _value(self, name: str) -> Value:
        pick, spec = self._random, self._bundle.facts[name]
        if pick.random() < 0.02:
            return pick.choice((True, 7, "something else", Money(7, "XXX")))
        if spec.type in (FactType.BOOL, FactType.ENUM) or pick.random() < 0.7:
            return pick.choice(self._near[name])
        return worth(spec, pick.randint(spec.low - 1, spec.high + 1))

    def _past(self, asked: str) -> Past:
        pick = self._random
        return {
            (policy.id, option.id): OfferRecord(
                pick.randint(0, 2), 1, AT - timedelta(days=pick.randint(0, 60))
            )
            for policy in self._bundle.index.answering[asked]
            if isinstance(policy, Policy)
            for rule in policy.declines
            for option in rule.alternatives
            if pick.random() < 0.5
        }

    def _spent(self) -> Spent:
        pick = self._random
        actions = {limit.action for limit in self._bundle.authority.limits}
        return {
            (action, "USD"): Spending(pick.randint(0, 9_000), pick.randint(0, 90_000))
            for action in sorted(actions)
        }

    def some(self, facts: Facts) -> dict[str, FactValue]:
        """Return some of the facts."""
        return {key: fact for key, fact in facts.items() if self._random.random() < 0.6}


def _beside(spec: FactSpec, cell: bool | int | str) -> Sequence[bool | int | str]:
    if spec.type in (FactType.BOOL, FactType.ENUM):
        return (cell,)
    return (int(cell) - 1, int(cell), int(cell) + 1)


def breaks(bundle: Bundle, case: Case, verdict: Verdict, at: datetime = AT) -> str:
    """Return the law that a verdict breaks by itself, empty when it breaks none."""
    laws = {
        "a decline has one or two alternatives, one not left to the customer": _helps(verdict),
        "a question is asked, about something that may be asked": _asks(bundle, verdict),
        "a refusal is kind": _is_kind(verdict),
        "no yes without its proof": not is_breach(bundle, _known(bundle, case.facts, at), verdict),
        "there is something to say": bool(verdict.wording.long and verdict.upset.long),
        "the policy of the request answers": _answers(bundle, case, verdict),
    }
    return ", ".join(law for law, held in laws.items() if not held)


def _known(bundle: Bundle, facts: Facts, at: datetime) -> dict[str, bool | int | str | None]:
    specs = bundle.facts
    return {key: known(specs[key], fact, at) for key, fact in facts.items() if key in specs}


def _helps(verdict: Verdict) -> bool:
    if verdict.kind is not VerdictKind.DECLINE:
        return True
    ours = any(offer.owner is not Owner.CUSTOMER for offer in verdict.alternatives)
    return 1 <= len(verdict.alternatives) <= 2 and ours and bool(verdict.reasons)


def _asks(bundle: Bundle, verdict: Verdict) -> bool:
    if verdict.kind is not VerdictKind.ASK:
        return True
    question = verdict.question
    return question is not None and not bundle.facts[question.fact].volunteered


def _is_kind(verdict: Verdict) -> bool:
    refused = verdict.kind is VerdictKind.REFUSE
    return not refused or bool(verdict.category and verdict.alternatives)


def _answers(bundle: Bundle, case: Case, verdict: Verdict) -> bool:
    policy = bundle.policies[verdict.policy_id]
    return policy in bundle.index.answering[case.asked] and policy.in_force(case.day)


def breaks_beside(bundle: Bundle, case: Case, verdict: Verdict, draws: Draws) -> str:
    """Return the law that a verdict breaks when the facts change, empty when it breaks none."""
    laws = {
        "no fact that goes missing opens a refusal": _stays_shut(bundle, case, verdict, draws),
        "the order of facts leaves no trace": _is(
            bundle, case, verdict, dict(reversed(case.facts.items()))
        ),
        "what is shown gives what was decided": _is(
            bundle, case, verdict, _shown(bundle, case, verdict)
        ),
        "a protected rule does not know what a customer is worth": _is_blind(bundle, case, verdict),
    }
    return ", ".join(law for law, held in laws.items() if not held)


def _is(bundle: Bundle, case: Case, verdict: Verdict, facts: Facts) -> bool:
    other = case.verdict(bundle, facts)
    return other is not None and to_bytes(other) == to_bytes(verdict)


def _stays_shut(bundle: Bundle, case: Case, verdict: Verdict, draws: Draws) -> bool:
    if verdict.kind is not VerdictKind.REFUSE:
        return True
    other = case.verdict(bundle, draws.some(case.facts))
    return other is not None and other.kind not in YES


def _shown(bundle: Bundle, case: Case, verdict: Verdict) -> Facts:
    policy = bundle.policies[verdict.policy_id]
    amount = {policy.amount} if isinstance(policy, Policy) else set()
    seen = {why.fact for why in verdict.why} | amount
    return {key: fact for key, fact in case.facts.items() if key in seen}


def _is_blind(bundle: Bundle, case: Case, verdict: Verdict) -> bool:
    policies: Sequence[AnyPolicy] = bundle.index.answering[case.asked]
    if not all(isinstance(policy, ProtectedPolicy) for policy in policies):
        return True
    specs = bundle.facts
    plain = {
        key: fact
        for key, fact in case.facts.items()
        if specs[key].sensitivity is not Sensitivity.STANDING
    }
    return _is(bundle, case, verdict, plain)
