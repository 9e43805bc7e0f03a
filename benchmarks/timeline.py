# SPDX-License-Identifier: Apache-2.0
"""From the ring to the painted timeline, then through all of it, in the real window."""

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.domain.clock import utc_now
from agentassist.domain.identifiers import new_id
from agentassist.services.identity import Identity
from agentassist.services.screen_pop import ScreenPop
from agentassist.storage.database import opened
from benchmarks import histories, models, scrolling
from benchmarks.figures import Budget, Figure, figure
from benchmarks.histories import Population, merged_number, number_of
from benchmarks.options import Options
from benchmarks.stage import Stage
from tests import servers

_MERGED = 0
_REPEATS = 30
_REPEATS_QUICK = 5
_BUDGET = Budget(100, on_p95=True)


def measure(options: Options) -> list[Figure]:
    """Measure the window on SQLite, then the service alone on SQLite and PostgreSQL.

    The data folder lies in the cache: ten million interactions do not fit everywhere.
    """
    population = histories.chosen(options)
    repeats = _REPEATS_QUICK if options.quick else _REPEATS
    model = models.exported(options)
    with TemporaryDirectory(prefix="agentassist-bench-", dir=options.cache) as folder:
        data_dir = Path(folder)
        file = histories.prepared(options, population)
        url = f"sqlite:///{shutil.copy(file, data_dir / 'agentassist.db')}"
        figures = _window(Stage(data_dir, model), population, repeats)
        figures += scrolling.measure(data_dir, model, population)
        figures += _service("SQLite", url, population, repeats)
    return figures + (_on_postgresql(histories.FULL, repeats) if options.extent == "full" else [])


def _window(stage: Stage, population: Population, repeats: int) -> list[Figure]:
    with closing(stage):
        stage.start()
        _call(stage, population, population.long[0])  # what is loaded by the first call alone
        times = _interleaved(population, repeats, partial(_call, stage, population))
    note = f"ring to paint in the window, SQLite, {population.total:,} interactions"
    return _figures("call to painted timeline", population, times, _BUDGET, note)


def _call(stage: Stage, population: Population, length: int) -> float:
    seconds = stage.call(_number(population, length))
    stage.save()
    return seconds


def _on_postgresql(population: Population, repeats: int) -> list[Figure]:
    try:
        server = servers.start()
    except servers.NoServer:
        return []
    with ExitStack() as ending:
        ending.callback(server.close)
        url = server.empty()
        histories.fill(url, population)
        return _service("PostgreSQL", url, population, repeats)


def _service(kind: str, url: str, population: Population, repeats: int) -> list[Figure]:
    with opened(url) as database:
        pop = ScreenPop(database, Identity(database, "US"), utc_now)
        pop.open(_ring(number_of(population.long[0])))
        numbers = partial(_number, population)
        times = _interleaved(population, repeats, lambda length: _timed(pop, numbers(length)))
    note = f"recognise, record the call, read the first page; {population.total:,} interactions"
    return _figures(f"screen pop on {kind}, service alone", population, times, None, note)


def _timed(pop: ScreenPop, number: str) -> float:
    event = _ring(number)
    began = time.perf_counter()
    pop.open(event)
    return time.perf_counter() - began


def _ring(number: str) -> CallEvent:
    return CallEvent(CallEventKind.RINGING, str(new_id()), datetime.now(UTC), remote=number)


def _number(population: Population, length: int) -> str:
    """Return the number of a customer of this length; `_MERGED` are many who are one."""
    return merged_number(population.merged[0] - 1) if length == _MERGED else number_of(length)


def _interleaved(
    population: Population, repeats: int, one: Callable[[int], float]
) -> dict[int, list[float]]:
    """Take turns between the customers, so that a slow moment of the machine meets all."""
    callers = (*population.long, _MERGED)
    times: dict[int, list[float]] = {length: [] for length in callers}
    for _ in range(repeats):
        for length in callers:
            times[length].append(one(length))
    return times


def _figures(
    name: str,
    population: Population,
    times: dict[int, list[float]],
    budget: Budget | None,
    note: str,
) -> list[Figure]:
    many, each = population.merged
    names = {length: f"customer of {length:,}" for length in population.long}
    names[_MERGED] = f"{many} merged customers of {each:,}"
    return [
        figure(f"{name}, {who}", "ms", [1000 * one for one in times[length]], budget, note)
        for length, who in names.items()
    ]
