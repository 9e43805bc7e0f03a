# SPDX-License-Identifier: Apache-2.0
"""Stored facts cut into the cells that policies can tell apart.

Two past decisions whose facts fall into the same cells get the same verdict, so a million
decisions come down to the few thousand cells that they fall into.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, tzinfo
from functools import partial
from typing import Any

from agentassist.domain.condition import Condition
from agentassist.domain.facts import FactSpec, FactType
from agentassist.domain.policy import Bundle, ProtectedPolicy
from agentassist.domain.policy_cases import cells

Row = Mapping[str, Mapping[str, Any]]
"""Facts as `facts.to_json` writes them."""
Cell = tuple[object, ...]
Part = Callable[[Row, datetime], object]
Read = Callable[[Mapping[str, Any]], object]


class CellReader:
    """Reads the cell that stored facts fall into, for one policy of some bundles.

    `asked` are the names it is asked by: its own id and that of its request. `zone` is where
    the company is (None: this machine): a policy may begin or end with a day.
    """

    def __init__(
        self, bundles: Iterable[Bundle], asked: Iterable[str], zone: tzinfo | None = None
    ) -> None:
        names = tuple(asked)
        parts: dict[tuple[object, ...], Part] = {}
        dated = False
        for bundle in bundles:
            dated = dated or _dated(bundle, names)
            read = {fact for name in names for fact in bundle.index.reads.get(name, ())}
            for fact in sorted(read):
                if fact in bundle.facts:
                    spec = bundle.facts[fact]
                    edges = cells(spec, _conditions(bundle, fact))
                    parts[spec, edges] = _part(spec, edges)
        self._parts = tuple(parts.values())
        self._dated = dated
        self._zone = zone

    def cell(self, facts: Row, at: datetime) -> Cell:
        """Return the cell; None stands for what is unknown at that moment."""
        found = tuple([part(facts, at) for part in self._parts])
        return (*found, at.astimezone(self._zone).date()) if self._dated else found


def _dated(bundle: Bundle, names: Iterable[str]) -> bool:
    protected = (p for p in bundle.policies.values() if isinstance(p, ProtectedPolicy))
    answering = (p for name in names for p in bundle.index.answering.get(name, ()))
    near = (*answering, *protected)
    return any(policy.valid_from or policy.valid_until for policy in near)


def _conditions(bundle: Bundle, fact: str) -> list[Condition]:
    """Return every condition on a fact, of all policies: more cells, but never too few."""
    policies = bundle.policies.values()
    rows = (condition for p in policies for condition in (*p.scope, *p.conditions()))
    return [condition for condition in rows if condition.fact == fact]


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
