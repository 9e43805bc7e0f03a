# SPDX-License-Identifier: Apache-2.0
"""A desk with a long history: scrolled to its end and back, filtered in every way.

Called with the data folder, the model, the telephone number and a word that the history
has nowhere. Prints the longest gap of each phase, the seconds of each filter and the memory.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from agentassist.domain.history import Channel, Direction
from agentassist.domain.state_kind import StateKind
from agentassist.ui.timeline_filters import Period
from agentassist.ui.timeline_panel import TimelinePanel
from benchmarks.gaps import GapMeter
from benchmarks.stage import Stage, rest

_STEP = 2_000
_TICK_MS = 4
_SECONDS = 900.0
_PAGE = 4096
_SETTLE = 0.3


def main(folder: Path, model: Path, number: str, nowhere: str) -> None:
    """Measure and print."""
    _qt = QApplication(["agentassist"])
    meter = GapMeter()
    told: dict[str, Any] = {}
    with closing(Stage(folder, model)) as stage, closing(meter):
        stage.start()
        rest(2)
        meter.enter("the call pops")
        stage.call(number)
        rest(2 * _SETTLE)
        panel = stage.panes.timeline
        told["before"] = memory()
        told["scroll"] = _scroll(panel, meter)
        told["after"] = memory()
        told["filters"] = _filter(stage, meter, nowhere)
        told["last"] = memory()
    told["gaps"] = {phase: asdict(gap) for phase, gap in meter.longest.items()}
    print(json.dumps(told))


def memory() -> float:
    """Return the megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * _PAGE / 1e6


def _scroll(panel: TimelinePanel, meter: GapMeter) -> dict[str, float]:
    """Scroll to the far end in steps of some screens, and back to the top."""
    bar = panel.view.verticalScrollBar()
    seen, most = set[str](), 0

    def down() -> bool:
        nonlocal most
        most = max(most, panel.model.held)
        bar.setValue(bar.value() + _STEP)
        return panel.model.at_oldest and bar.value() == bar.maximum()

    def up() -> bool:
        bar.setValue(bar.value() - _STEP)
        return panel.model.at_newest and bar.value() == 0

    panel.older_wanted.connect(seen.add)
    meter.enter("scrolling back through everything")
    seconds = _until(down)
    meter.enter("scrolling forward again")
    back = _until(up)
    return {"seconds": seconds, "back": back, "pages": len(seen), "held": most}


def _filter(stage: Stage, meter: GapMeter, nowhere: str) -> dict[str, float]:
    panel, runner = stage.panes.timeline, stage.application.runner
    bar = panel.bar

    asked: list[object] = []
    panel.filter_changed.connect(asked.append)

    def settled() -> bool:
        return bool(asked) and runner.idle and not panel.progress.isVisible()

    def timed(name: str, act: Callable[[], object]) -> None:
        asked.clear()
        meter.enter(f"filtering: {name}")
        began = time.perf_counter()
        act()
        _until(settled)
        times[name] = time.perf_counter() - began
        panel.release_filters()
        _until(settled)
        rest(_SETTLE)

    times: dict[str, float] = {}
    chip = panel.chips.chips[Channel.CHAT]
    timed("one channel", chip.click)
    timed("open", lambda: bar.state.setCurrentIndex(bar.state.findData(StateKind.OPEN)))
    box = bar.direction
    timed("internal", lambda: box.setCurrentIndex(box.findData(Direction.INTERNAL)))
    timed("last 30 days", lambda: bar.period.setCurrentIndex(bar.period.findData(Period.MONTH)))
    timed("pinned", lambda: bar.pinned.setChecked(True))
    timed("a usual word", lambda: _type(panel, "the"))
    timed("a word that is nowhere", lambda: _type(panel, nowhere))
    return times


def _type(panel: TimelinePanel, text: str) -> None:
    panel.search.setText(text)
    panel.search.textEdited.emit(text)


def _until(done: Callable[[], bool]) -> float:
    """Run the event loop, trying every few milliseconds, until it is done; return the seconds.

    Raises:
        TimeoutError: it never was.
    """
    began = time.perf_counter()
    loop = QEventLoop()
    timer = QTimer(interval=_TICK_MS)

    def turn() -> None:
        if done():
            loop.quit()
        elif time.perf_counter() - began > _SECONDS:
            loop.exit(1)

    timer.timeout.connect(turn)
    timer.start()
    if loop.exec():
        raise TimeoutError("the timeline did not come to an end")
    return time.perf_counter() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
