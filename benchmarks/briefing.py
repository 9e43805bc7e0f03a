# SPDX-License-Identifier: Apache-2.0
"""How long the briefing takes that follows the first paint, however long the history is."""

import time
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.domain.clock import utc_now
from agentassist.domain.history import Essentials
from agentassist.domain.identifiers import new_id
from agentassist.services.briefing import Briefings
from agentassist.services.identity import Identity
from agentassist.services.screen_pop import ScreenPop
from agentassist.storage.database import Database, opened
from benchmarks import histories
from benchmarks.figures import Figure, figure
from benchmarks.histories import number_of
from benchmarks.options import Options

_REPEATS = 30
_REPEATS_QUICK = 5


def measure(options: Options) -> list[Figure]:
    """Measure the service alone on SQLite, taking turns between the customers."""
    population = histories.SMALL if options.quick else histories.FULL
    repeats = _REPEATS_QUICK if options.quick else _REPEATS
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        file = copy(histories.prepared(options, population), Path(folder) / "agentassist.db")
        with opened(f"sqlite:///{file}") as database:
            times = _times(database, population.long, repeats)
    note = f"highlights, habits and visits; {population.total:,} interactions on SQLite"
    return [
        figure(f"briefing after the paint, customer of {length:,}", "ms", taken, None, note)
        for length, taken in times.items()
    ]


def _times(database: Database, lengths: tuple[int, ...], repeats: int) -> dict[int, list[float]]:
    briefings = Briefings(database, utc_now)
    known = {length: _essentials(database, length) for length in lengths}
    times: dict[int, list[float]] = {length: [] for length in lengths}
    for _ in range(repeats):
        for length, essentials in known.items():
            began = time.perf_counter()
            briefings.brief(essentials)
            times[length].append(1000 * (time.perf_counter() - began))
    return times


def _essentials(database: Database, length: int) -> Essentials:
    pop = ScreenPop(database, Identity(database, "US"), utc_now)
    now = datetime.now(UTC)
    event = CallEvent(CallEventKind.RINGING, str(new_id()), now, remote=number_of(length))
    timeline = pop.open(event).timeline
    assert timeline is not None  # each long history has a number of its own
    return timeline.essentials
