# SPDX-License-Identifier: Apache-2.0
"""Stored facts cut into the cells that policies can tell apart.

Two past decisions whose facts fall into the same cells get the same verdict, so a million
decisions come down to the few thousand cells that they fall into.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from agentassist.domain.condition import Condition
from agentassist.domain.facts import FactSpec, FactType
from agentassist.domain.policy import GUARD_FACTS, AnyPolicy, Bundle, Policy, ProtectedPolicy
from agentassist.domain.policy_cases import cells

Row = Mapping[str, Mapping[str, Any]]
"""Facts as `facts.to_json` writes them."""
Cell = tuple[object, ...]
Part = Callable[[Row, datetime], object]
Read = Callable[[Mapping[str, Any]], object]

_QUARTER = 15


class CellReader:
    """Reads the cell that stored facts fall into, for one policy of some bundles."""

    def __init__(self, bundles: Iterable[Bundle], policy_id: str) -> None:
        parts: dict[tuple[str, object], Part] = {}
        dated = False
        for bundle in bundles:
            near = list(_near(bundle, policy_id))
            dated = dated or any(policy.valid_from or policy.valid_until for policy in near)
            conditions = [c for policy in near for c in (*policy.scope, *policy.conditions())]
            for fact in _read(near, conditions):
                if fact in bundle.facts:
                    spec = bundle.facts[fact]
                    edges = tuple(cells(spec, conditions))
                    parts[fact, (spec, edges)] = _part(spec, edges)
        self._parts = tuple(parts.values())
        self._dated = dated

    def cell(self, facts: Row, at: datetime) -> Cell:
        """Return the cell; None stands for what is unknown at that moment."""
        found = tuple([part(facts, at) for part in self._parts])
        if self._dated:
            # A policy begins and ends at midnight somewhere: every zone is full quarters.
            return (*found, at.replace(minute=at.minute // _QUARTER, second=0, microsecond=0))
        return found


def _near(bundle: Bundle, policy_id: str) -> Iterator[AnyPolicy]:
    """Yield every policy that may have a say: those of its request, and the safeguards."""
    asked = bundle.policies.get(policy_id)
    request = (asked.request or asked.id) if asked else policy_id
    for policy in bundle.policies.values():
        guards = policy.guards if isinstance(policy, ProtectedPolicy) else ()
        if guards or (policy.request or policy.id) == request:
            yield policy


def _read(policies: Iterable[AnyPolicy], conditions: Iterable[Condition]) -> dict[str, None]:
    facts = dict.fromkeys(condition.fact for condition in conditions)
    facts |= dict.fromkeys(GUARD_FACTS.values())
    amounts = (p.amount for p in policies if isinstance(p, Policy) and p.amount)
    return facts | dict.fromkeys(amounts)


def _part(spec: FactSpec, edges: tuple[object, ...]) -> Part:
    """Return what reads one fact: its cell, or None where `facts.known` says unknown."""
    key, longest = spec.key, spec.max_age
    read = _reader(spec, edges)

    def part(facts: Row, at: datetime) -> object:
        row = facts.get(key)
        if row is None:
            return None
        if longest is not None and at - datetime.fromisoformat(row["at"]) > longest:
            return None
        return read(row)

    return part


def _reader(spec: FactSpec, edges: tuple[object, ...]) -> Read:
    match spec.type:
        case FactType.BOOL:
            return _boolean
        case FactType.ENUM:
            return partial(_word, frozenset(spec.values))
        case _:
            return _Number(spec, [edge for edge in edges if type(edge) is int])


def _boolean(row: Mapping[str, Any]) -> object:
    value = row.get("value")
    return value if value is True or value is False else None


def _word(values: frozenset[str], row: Mapping[str, Any]) -> object:
    value = row.get("value")
    return value if isinstance(value, str) and value in values else None


class _Number:
    """Finds the cell of an int, or of an amount in the fact's currency."""

    def __init__(self, spec: FactSpec, edges: list[int]) -> None:
        self._low, self._high = spec.low, spec.high
        self._edges = edges
        self._currency = spec.currency if spec.type is FactType.MONEY else ""
        self._name = "minor" if self._currency else "value"

    def __call__(self, row: Mapping[str, Any]) -> object:
        value = row.get(self._name)
        if type(value) is not int or not self._low <= value <= self._high:
            return None
        if self._currency and row.get("currency") != self._currency:
            return None
        return bisect_right(self._edges, value)
