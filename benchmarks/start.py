# SPDX-License-Identifier: Apache-2.0
"""The start of the desk: to a usable window, to the first answers, and the memory it takes."""

import shutil
import time
from pathlib import Path
from typing import Any

from benchmarks import knowledge, models
from benchmarks.children import run_child
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options

_PASSAGES = 10_000
_PASSAGES_QUICK = 1_000
_REPEATS = 10
_REPEATS_QUICK = 2
_MOMENTS = (
    ("window", "start to usable window", 0.5),
    ("database", "start to ready for calls", None),
    ("keyword", "start to first keyword suggestion", 1.0),
    ("meaning", "start to first semantic suggestion", 1.5),
)


def measure(options: Options) -> list[Figure]:
    """Start the desk again and again; the first time counts as cold."""
    count = _PASSAGES_QUICK if options.quick else _PASSAGES
    folder = options.cache / "start"
    shutil.rmtree(folder, ignore_errors=True)
    knowledge.copied(options, count, folder)
    model = models.exported(options)
    repeats = _REPEATS_QUICK if options.quick else _REPEATS
    cold, *warm = [_start(folder, model) for _ in range(repeats + 1)]
    note = f"{count:,} passages, sample data, webhook on"
    return [*_times(warm, note), *_first(cold), *_memory(warm, note), _torch(warm)]


def _start(folder: Path, model: Path) -> dict[str, Any]:
    began = time.perf_counter()
    answer: dict[str, Any] = run_child("start_child", repr(began), str(folder), str(model))
    return answer


def _times(starts: list[dict[str, Any]], note: str) -> list[Figure]:
    return [
        figure(name, "s", _marks(starts, mark), Budget(limit) if limit else None, note)
        for mark, name, limit in _MOMENTS
    ]


def _first(cold: dict[str, Any]) -> list[Figure]:
    note = "first of this run; the system's caches were not dropped"
    return [
        figure(f"{name}, first", "s", _marks([cold], mark), Budget(2 * limit), note)
        for mark, name, limit in _MOMENTS
        if limit
    ]


def _memory(starts: list[dict[str, Any]], note: str) -> list[Figure]:
    return [
        figure(
            "memory of the desk, resident", "MB", _values(starts, "rss"), Budget(350),
            f"{note}, one call; the only process",
        ),
        figure("memory of the desk, its own alone", "MB", _values(starts, "uss"), None, note),
    ]  # fmt: skip


def _torch(starts: list[dict[str, Any]]) -> Figure:
    found = [float("torch" in one["loaded"]) for one in starts]
    return figure("torch loaded in the desk", "", found, Budget(0, on_p95=True))


def _marks(starts: list[dict[str, Any]], mark: str) -> list[float]:
    return [one["marks"][mark] for one in starts]


def _values(starts: list[dict[str, Any]], name: str) -> list[float]:
    return [one["memory"][name] for one in starts]
