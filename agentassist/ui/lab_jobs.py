# SPDX-License-Identifier: Apache-2.0
"""A long job with progress and a cancel, off the UI thread."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from agentassist.errors import Cancelled
from agentassist.ui.task_runner import Lane, Task, TaskRunner

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
Work = Callable[[Progress, Stop], Any]

_TOLD_EVERY_SECONDS = 0.06


class LongJob(QObject):
    """One at a time: a newer one stops the older.

    Signals:
        progressed: what is done, and what there is in all (0: not known yet).
        stopped: it was cancelled.
    """

    progressed = Signal(int, int)
    stopped = Signal()

    def __init__(self, runner: TaskRunner, key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._key = runner, key
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """True while somebody waits for it."""
        return self._task is not None

    def start(
        self, work: Work, done: Callable[[Any], None], failed: Callable[[BaseException], None]
    ) -> None:
        """Run `work(progress, stop)`, then `done` or `failed` on the UI thread."""
        box: list[Task] = []

        def stop() -> bool:
            return bool(box) and box[0].cancelled()

        def job() -> Any:
            return work(self._tell_sometimes(), stop)

        self.progressed.emit(0, 0)
        self._task = self._runner.submit(
            Lane.IO, job, lambda result: self._end(done, result),
            lambda error: self._end(failed, error), self._key,
        )  # fmt: skip
        box.append(self._task)

    def cancel(self) -> None:
        """Stop it; nothing is delivered."""
        if self._task is not None:
            self._runner.cancel(self._key)
            self._task.cancel()
            self._task = None
            self.stopped.emit()

    def _end(self, then: Callable[[Any], None], outcome: Any) -> None:
        self._task = None
        if isinstance(outcome, Cancelled):
            self.stopped.emit()
        else:
            then(outcome)

    def _tell_sometimes(self) -> Progress:
        """Return a progress that tells the window a few times a second, not each row."""
        last = 0.0

        def tell(done: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _TOLD_EVERY_SECONDS:
                last = now
                self.progressed.emit(done, total)

        return tell
