# SPDX-License-Identifier: Apache-2.0
"""What was measured on a set: ours, the baselines of the same run, and the target."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

_HEADS = ("set", "measure", "ours", "best baseline of the run", "ours minus it", "target", "met")


@dataclass(frozen=True, slots=True)
class Difference:
    """Ours minus the best baseline, with the 95 % interval of a paired bootstrap."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of one set.

    `ours` is None where the product has no command for it. `lower` tells that less is
    better. `details` are further figures of ours, `seconds` the time of our commands.
    """

    name: str
    measure: str
    ours: float | None
    baselines: Mapping[str, float]
    target: float
    lower: bool = False
    difference: Difference | None = None
    details: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    note: str = ""

    @property
    def best(self) -> str:
        """The name of the best baseline, empty where there is none."""
        choose = min if self.lower else max
        return choose(self.baselines, key=lambda name: self.baselines[name], default="")

    @property
    def met(self) -> bool | None:
        """Tell whether the target is met; None where nothing was measured."""
        if self.ours is None:
            return None
        return self.ours <= self.target if self.lower else self.ours >= self.target

    def to_json(self) -> dict[str, Any]:
        """Return what a program needs."""
        return asdict(self) | {"best": self.best, "met": self.met}

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Result":
        """Read what `to_json` made."""
        values = {name: value for name, value in given.items() if name not in {"best", "met"}}
        difference = Difference(**values["difference"]) if values["difference"] else None
        return cls(**values | {"difference": difference})


def table(results: Sequence[Result]) -> str:
    """Return the results as a table in Markdown."""
    rows = [_HEADS, ("---",) * len(_HEADS), *(_cells(one) for one in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(one: Result) -> tuple[str, ...]:
    met = {None: "-", True: "yes", False: "**no**"}[one.met]
    best = f"{_short(one.baselines[one.best], one)} ({one.best})" if one.best else "-"
    sign = "≤" if one.lower else "≥"
    ours = one.note or "-" if one.ours is None else _short(one.ours, one)
    return (one.name, one.measure, ours, best, _interval(one), f"{sign} {one.target:g}", met)


def _interval(one: Result) -> str:
    if one.difference is not None:
        found = one.difference
        return f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]"
    if one.ours is None or not one.best:
        return ""
    ahead = one.ours - one.baselines[one.best]
    return f"{ahead:+.1f}" if one.lower else f"{ahead:+.3f}"


def _short(value: float, one: Result) -> str:
    return f"{value:.1f}" if one.lower else f"{value:.3f}"
