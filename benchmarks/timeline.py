# SPDX-License-Identifier: Apache-2.0
"""From the ring to the painted timeline, in the real window, in a database of a million."""

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
from benchmarks import histories, models
from benchmarks.figures import Budget, Figure, figure
from benchmarks.histories import Population, number_of
from benchmarks.options import Options
from benchmarks.stage import Stage
from tests import servers

_REPEATS = 30
_REPEATS_QUICK = 5
_BUDGET = Budget(100, on_p95=True)


def measure(options: Options) -> list[Figure]:
    """Measure the window on SQLite, then the service alone on SQLite and PostgreSQL."""
    population = histories.SMALL if options.quick else histories.FULL
    repeats = _REPEATS_QUICK if options.quick else _REPEATS
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        data_dir = Path(folder)
        file = histories.prepared(options, population)
        url = f"sqlite:///{shutil.copy(file, data_dir / 'agentassist.db')}"
        figures = _window(Stage(data_dir, models.exported(options)), population, repeats)
        figures += _service("SQLite", url, population, repeats)
    return figures + ([] if options.quick else _on_postgresql(population, repeats))


def _window(stage: Stage, population: Population, repeats: int) -> list[Figure]:
    with closing(stage):
        stage.start()
        _call(stage, population.long[0])  # what is loaded by the first call alone
        times = _interleaved(population, repeats, partial(_call, stage))
    note = f"ring to paint in the window, SQLite, {population.total:,} interactions"
    return _figures("call to painted timeline", population, times, _BUDGET, note)


def _call(stage: Stage, length: int) -> float:
    seconds = stage.call(number_of(length))
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
        pop.open(_ring(population.long[0]))
        times = _interleaved(population, repeats, lambda length: _timed(pop, length))
    note = f"recognise, record the call, read the first page; {population.total:,} interactions"
    return _figures(f"screen pop on {kind}, service alone", population, times, None, note)


def _timed(pop: ScreenPop, length: int) -> float:
    event = _ring(length)
    began = time.perf_counter()
    pop.open(event)
    return time.perf_counter() - began


def _ring(length: int) -> CallEvent:
    return CallEvent(
        CallEventKind.RINGING, str(new_id()), datetime.now(UTC), remote=number_of(length)
    )


def _interleaved(
    population: Population, repeats: int, one: Callable[[int], float]
) -> dict[int, list[float]]:
    """Take turns between the customers, so that a slow moment of the machine meets all."""
    times: dict[int, list[float]] = {length: [] for length in population.long}
    for _ in range(repeats):
        for length in population.long:
            times[length].append(one(length))
    return times


def _figures(
    name: str,
    population: Population,
    times: dict[int, list[float]],
    budget: Budget | None,
    note: str,
) -> list[Figure]:
    return [
        figure(
            f"{name}, customer of {length:,}",
            "ms",
            [1000 * one for one in times[length]],
            budget,
            note,
        )
        for length in population.long
    ]
