# SPDX-License-Identifier: Apache-2.0
"""Which rule decided how often, worked out from the facts of past decisions."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, tzinfo

from agentassist.domain.condition import Condition
from agentassist.domain.decision import truth
from agentassist.domain.fact_cells import Cell, CellReader, Row
from agentassist.domain.facts import Plain, from_json, known
from agentassist.domain.policy import AnyPolicy, Bundle, ProtectedPolicy
from agentassist.domain.verdict import Truth, VerdictKind
from agentassist.domain.what_if import PastCase, decided

Rule = tuple[str, str, str]
"""Policy id, kind (decline, yes_with, allow, yes, ask, refuse) and the rule's name or ""."""


class Coverage:
    """Counts the rules of a bundle that fire on past decisions. `uses` is by rule."""

    def __init__(self, bundle: Bundle, zone: tzinfo | None = None) -> None:
        self.skipped = 0
        self._bundle = bundle
        self._zone = zone
        self._readers: dict[str, CellReader] = {}
        self._met: Counter[tuple[str, Cell]] = Counter()
        self._fired: dict[tuple[str, Cell], tuple[Rule, ...]] = {}

    def add(self, case: PastCase) -> None:
        """Count one past decision."""
        if case.policy_id not in self._bundle.index.reads:
            self.skipped += 1
            return
        reader = self._readers.get(case.policy_id)
        if reader is None:
            reader = CellReader((self._bundle,), (case.policy_id,), self._zone)
            self._readers[case.policy_id] = reader
        try:
            facts: Row = json.loads(case.facts)
            key = (case.policy_id, reader.cell(facts, case.at))
            if key not in self._fired:
                self._fired[key] = tuple(fired(self._bundle, case, self._zone))
        except (ValueError, TypeError, KeyError, AttributeError):
            self.skipped += 1
            return
        self._met[key] += 1

    @property
    def uses(self) -> dict[Rule, int]:
        """How often each rule decided; those that never did are there with 0."""
        counted: dict[Rule, int] = dict.fromkeys(rules(self._bundle), 0)
        for key, times in self._met.items():
            for rule in self._fired[key]:
                counted[rule] = counted.get(rule, 0) + times
        return counted


def fired(bundle: Bundle, case: PastCase, zone: tzinfo | None = None) -> Iterator[Rule]:
    """Yield the rules that decided: several declines may be true at once."""
    verdict = decided(bundle, case, zone)
    if verdict is None:
        return
    policy = bundle.policies[verdict.guarded_by or verdict.policy_id]
    values = _values(bundle, case.facts, case.at)
    for kind, rule, when in _named(policy):
        if _decides(kind, verdict.kind) and truth(when, values) is Truth.TRUE:
            yield policy.id, kind, rule
    if verdict.kind in (VerdictKind.YES, VerdictKind.ASK, VerdictKind.REFUSE):
        yield policy.id, verdict.kind.value, ""


def _decides(kind: str, verdict: VerdictKind) -> bool:
    wanted = VerdictKind.DECLINE if kind == "decline" else VerdictKind.YES_WITH
    return verdict is wanted


def _values(bundle: Bundle, facts: str, at: datetime) -> dict[str, Plain | None]:
    specs = bundle.facts
    stored = from_json(facts).items()
    return {key: known(specs[key], fact, at) for key, fact in stored if key in specs}


def _named(policy: AnyPolicy) -> Iterator[tuple[str, str, tuple[Condition, ...]]]:
    if isinstance(policy, ProtectedPolicy):
        yield from (("allow", f"allow {n}", rule.when) for n, rule in enumerate(policy.allow, 1))
        return
    yield from (("decline", rule.id, rule.when) for rule in policy.declines)
    yield from (("yes_with", rule.id, rule.when) for rule in policy.yes_with)


def rules(bundle: Bundle) -> Iterator[Rule]:
    """Yield every rule of a bundle, and the answers that need none."""
    for policy in bundle.policies.values():
        yield from ((policy.id, kind, rule) for kind, rule, _ in _named(policy))
        protected = isinstance(policy, ProtectedPolicy)
        yield from ((policy.id, kind, "") for kind in (["refuse"] if protected else ["yes", "ask"]))
