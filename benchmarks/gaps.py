# SPDX-License-Identifier: Apache-2.0
"""How late the event loop of the window is, and what the thread did meanwhile."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_TICK_MS = 5
_SCHEDULER = Path("/proc/thread-self/schedstat")


@dataclass(frozen=True, slots=True)
class Gap:
    """Seconds that a tick came late; of these the thread worked, or waited for a processor.

    What is left of `late` it waited for the interpreter, held by another thread.
    """

    late: float = 0.0
    worked: float = 0.0
    waited: float = 0.0


class GapMeter(QObject):
    """A timer of 5 ms in the UI thread; keeps the longest gap of each phase.

    The last tick before the first `enter` does not count. `close` it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest: dict[str, Gap] = {}
        self._phase = ""
        self._last = _now()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def enter(self, phase: str) -> None:
        """Count what follows under this name; the gap under way belongs to the last one."""
        if self._timer.isActive():
            self._tick()
        self._phase = phase
        self.longest.setdefault(phase, Gap())
        self._last = _now()
        self._timer.start()

    def entering(self, phase: str) -> Callable[..., None]:
        """Return a slot that enters a phase."""
        return lambda *_: self.enter(phase)

    def close(self) -> None:
        """Stop."""
        self._timer.stop()

    def _tick(self) -> None:
        now = _now()
        passed, worked, waited = (
            after - before for after, before in zip(now, self._last, strict=True)
        )
        self._last = now
        late = passed - _TICK_MS / 1000
        if late > self.longest[self._phase].late:
            self.longest[self._phase] = Gap(late, worked, waited)


def gap_note(gaps: Sequence[Mapping[str, float]]) -> str:
    """Say what the thread did in the longest of some gaps."""
    worst = max(gaps, key=lambda gap: gap["late"])
    worked, waited = 1000 * worst["worked"], 1000 * worst["waited"]
    others = max(0.0, 1000 * worst["late"] + _TICK_MS - worked - waited)
    return (
        f"p95 is the worst of {len(gaps)} runs: {worked:.0f} ms own work, {waited:.0f} ms waiting "
        f"for a processor, {others:.0f} ms for the interpreter or idle"
    )


def _now() -> tuple[float, float, float]:
    """Return the clock, the processor time of this thread, and its wait for a processor."""
    return time.perf_counter(), time.thread_time(), _waited()


def _waited() -> float:
    try:
        return int(_SCHEDULER.read_text().split()[1]) / 1e9
    except OSError:  # not Linux
        return 0.0
