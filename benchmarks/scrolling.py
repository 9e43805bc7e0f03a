# SPDX-License-Identifier: Apache-2.0
"""Scrolling through a whole history and filtering it: how long the window waits, and memory."""

from pathlib import Path
from typing import Any

from benchmarks.children import run_child
from benchmarks.figures import Budget, Figure, figure
from benchmarks.gaps import gap_note
from benchmarks.histories import Population, number_of

_GAP = Budget(50, on_p95=True)
_NOWHERE = "qzxqzx"
_SECONDS = 1800.0


def measure(data_dir: Path, model: Path, population: Population) -> list[Figure]:
    """Measure the longest history of a population in a process of its own."""
    told: dict[str, Any] = run_child(
        "scroll_child", str(data_dir), str(model), number_of(population.longest), _NOWHERE,
        seconds=_SECONDS,
    )  # fmt: skip
    return [*_memory(told, population), *_gaps(told), *_filters(told, population)]


def _memory(told: dict[str, Any], population: Population) -> list[Figure]:
    scroll = told["scroll"]
    note = (
        f"{population.longest:,} entries in {scroll['seconds']:.0f} s and back in "
        f"{scroll['back']:.0f} s, {scroll['pages']:.0f} pages; at most {scroll['held']:.0f} "
        f"entries held"
    )
    named = {
        "memory before scrolling": told["before"],
        "memory after scrolling through everything": told["after"],
        "memory after every filter": told["last"],
    }
    return [figure(name, "MB", [value], None, note) for name, value in named.items()]


def _gaps(told: dict[str, Any]) -> list[Figure]:
    return [
        figure(f"longest gap: {phase}", "ms", [1000 * gap["late"]], _GAP, gap_note([gap]))
        for phase, gap in told["gaps"].items()
    ]


def _filters(told: dict[str, Any], population: Population) -> list[Figure]:
    note = f"from the choice to the end of the search, {population.longest:,} entries"
    return [
        figure(f"filter a history by {name}", "ms", [1000 * seconds], None, note)
        for name, seconds in told["filters"].items()
    ]
