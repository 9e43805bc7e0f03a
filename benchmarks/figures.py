# SPDX-License-Identifier: Apache-2.0
"""What a benchmark hands back: figures with their budgets, as rows of a table and as JSON."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

_HEADS = ("figure", "budget", "median", "p95", "n", "met", "note")


@dataclass(frozen=True, slots=True)
class Budget:
    """What a figure may be at most, or must be at least; held against the p95 or the median."""

    limit: float
    at_least: bool = False
    on_p95: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `note` says what was measured and, when missed, why."""

    name: str
    unit: str
    median: float
    p95: float
    count: int
    budget: Budget | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Tell whether the budget is met; None without one."""
        if self.budget is None:
            return None
        held = self.p95 if self.budget.on_p95 else self.median
        limit = self.budget.limit
        return held >= limit if self.budget.at_least else held <= limit

    def to_json(self) -> dict[str, Any]:
        """Return what a program needs."""
        return asdict(self) | {"met": self.met}

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> "Figure":
        """Read what `to_json` made."""
        values = {name: value for name, value in given.items() if name != "met"}
        budget = Budget(**values["budget"]) if values["budget"] else None
        return cls(**values | {"budget": budget})


def figure(
    name: str, unit: str, values: Sequence[float], budget: Budget | None = None, note: str = ""
) -> Figure:
    """Return the median and the p95 of some values; one value is its own p95."""
    return Figure(name, unit, statistics.median(values), p95(values), len(values), budget, note)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile by nearest rank: a value that was really measured."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    rows: list[Sequence[str]] = [_HEADS, ["---"] * len(_HEADS)]
    rows += [_cells(one) for one in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS) - 1)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
    return f"| {' | '.join([*cells, row[-1]])} |"


def _cells(one: Figure) -> tuple[str, ...]:
    met = {None: "", True: "yes", False: "NO"}[one.met]
    shown = [f"{_short(value)} {one.unit}" for value in (one.median, one.p95)]
    return (one.name, _budget(one), *shown, str(one.count), met, one.note)


def _budget(one: Figure) -> str:
    if one.budget is None:
        return ""
    sign = "≥" if one.budget.at_least else "≤"
    of = " p95" if one.budget.on_p95 else ""
    return f"{sign} {_short(one.budget.limit)} {one.unit}{of}"


def _short(value: float) -> str:
    if abs(value) >= 100:  # noqa: PLR2004  three digits say enough
        return f"{value:,.0f}"
    return f"{value:.3g}"
