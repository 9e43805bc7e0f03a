# SPDX-License-Identifier: Apache-2.0
"""The queue of open loops in a database of a million: building, refreshing, opening, painting."""

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication
from sqlalchemy import select, text

from agentassist.domain.age_clock import AgeClock
from agentassist.domain.clock import utc_now
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import LoopKind
from agentassist.domain.queue import QueueItem
from agentassist.services.contact_numbers import contact_numbers
from agentassist.services.open_loops import OpenLoops, QueueRules
from agentassist.storage.database import Database, opened
from agentassist.storage.history import History
from agentassist.storage.schema.customers import customers
from agentassist.ui.queue_panel import QueuePanel
from agentassist.ui.theme import Theme
from benchmarks import histories
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options

_NEW = 100
_REPEATS = 20
_LINES = 10_000
_GAP = Budget(50, on_p95=True)


def measure(options: Options) -> list[Figure]:
    """Measure the service on SQLite, then the list in the window."""
    population = histories.SMALL if options.quick else histories.FULL
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        copy = shutil.copy(histories.prepared(options, population), Path(folder) / "bench.db")
        with opened(f"sqlite:///{copy}") as database:
            _answer_some(database)
            figures = _service(database, population.total)
    return figures + _window()


def _answer_some(database: Database) -> None:
    """Let two of five entries be ours: the sample histories are all from customers."""
    statement = "UPDATE interactions SET direction = 'outbound' WHERE source_ref % 5 IN (1, 4)"
    with database.transaction() as connection:
        connection.execute(text(statement))


def _service(database: Database, total: int) -> list[Figure]:
    loops = OpenLoops(database, QueueRules(AgeClock({Channel.EMAIL: timedelta(hours=8)})))
    building = _seconds(loops.refresh)
    note = f"SQLite, {total:,} interactions of {histories.FULL.ordinary:,} customers"
    nothing = [_seconds(loops.refresh) for _ in range(_REPEATS)]
    new = [_after_new(database, loops) for _ in range(_REPEATS)]
    reading = [_seconds(loops.queue) for _ in range(_REPEATS)]
    shown = f"{len(loops.queue()):,} lines of the last 30 days"
    counting = _seconds(lambda: contact_numbers(database, AgeClock()))
    return [
        figure("open loops, first build", "rows/s", [total / building], None, note),
        figure("open loops, refresh with nothing new", "ms", _ms(nothing), None, note),
        figure(f"open loops, refresh after {_NEW} new", "ms", _ms(new), None, note),
        figure("open loops, read the queue", "ms", _ms(reading), None, shown),
        figure("numbers for leads", "rows/s", [total / counting], None, note),
    ]


def _after_new(database: Database, loops: OpenLoops) -> float:
    with database.transaction() as connection:
        owners = connection.execute(select(customers.c.id).limit(_NEW)).scalars()
        History(connection).add_interactions(
            Interaction(new_id(), owner, Channel.EMAIL, "Where is MP-204817?", utc_now())
            for owner in owners
        )
    return _seconds(loops.refresh)


def _window() -> list[Figure]:
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication([])
    theme = Theme(application, "light")
    panel = QueuePanel(theme, utc_now)
    panel.resize(1366, 700)
    panel.show()
    lines = [_line(place) for place in range(_LINES)]
    showing = [_seconds(lambda: _painted(panel, lambda: panel.show_queue(lines))) for _ in range(9)]
    bar = panel.view.verticalScrollBar()
    scrolling = [
        _seconds(lambda place=place: _painted(panel, lambda: bar.setValue(place)))
        for place in range(0, bar.maximum(), max(1, bar.maximum() // 200))
    ]
    theme.close()
    panel.deleteLater()
    note = f"{_LINES:,} lines, offscreen"
    return [
        figure("open loops, show and paint the list", "ms", _ms(showing), None, note),
        figure("open loops, paint after a jump", "ms", _ms(scrolling), _GAP, note),
    ]


def _painted(panel: QueuePanel, act: Callable[[], object]) -> None:
    act()
    panel.grab()


def _line(place: int) -> QueueItem:
    began = utc_now() - timedelta(minutes=place)
    return QueueItem(
        new_id(), LoopKind.UNANSWERED, Channel.EMAIL, f"Where is my parcel {place}?", began,
        began + timedelta(hours=8), new_id(), f"Customer {place}", "gold",
    )  # fmt: skip


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _ms(seconds: list[float]) -> list[float]:
    return [1000 * one for one in seconds]
