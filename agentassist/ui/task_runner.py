# SPDX-License-Identifier: Apache-2.0
"""Work off the UI thread, in lanes, with the result brought back to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from agentassist.errors import Cancelled

_PAINT_MS = 60


class Lane(StrEnum):
    """Where a job runs; each lane is a queue of its own.

    `STORE` is one wide on every database: what happens in a contact is written in the
    order it happened. Pages, searches and articles are read beside it in `READ`.
    """

    STORE = "store"
    READ = "read"
    MODEL = "model"
    IO = "io"


@dataclass(eq=False, slots=True)
class Task:
    """A job under way. `cancelled` may be asked by the job; a cancelled task delivers nothing."""

    lane: Lane
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None] | None = None
    key: str = ""
    _stop: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Drop the result; a job that asks `cancelled` ends early."""
        self._stop.set()

    def cancelled(self) -> bool:
        """True once nobody waits for the result."""
        return self._stop.is_set()


class TaskRunner(QObject):
    """Runs blocking jobs in lanes and delivers each result on the thread that made the runner.

    Signals:
        failed: a job raised and had no handler of its own.
    A newer job with the same key drops the result of the older one. The owner calls
    `close()`, which refuses new work, lets the store write what waits, drops the rest and
    joins the threads.
    """

    failed = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(self, read_width: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        widths = {Lane.STORE: 1, Lane.READ: read_width, Lane.MODEL: 1, Lane.IO: 4}
        self._pools = {
            lane: ThreadPoolExecutor(width, thread_name_prefix=f"agentassist-{lane}")
            for lane, width in widths.items()
        }
        self._latest: dict[str, Task] = {}
        self._running: set[Task] = set()
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        lane: Lane,
        job: Callable[[], Any],
        done: Callable[[Any], None] = lambda _result: None,
        failed: Callable[[BaseException], None] | None = None,
        key: str = "",
    ) -> Task:
        """Run `job` in `lane`, then `done` with its result on the UI thread."""
        task = self._begun(lane, done, failed, key)
        self._start(task, job)
        return task

    def submit_after_paint(
        self,
        lane: Lane,
        job: Callable[[], Any],
        done: Callable[[Any], None] = lambda _result: None,
        failed: Callable[[BaseException], None] | None = None,
        key: str = "",
    ) -> Task:
        """Run a job of second rank once what is being shown now has been painted.

        Until then it would take the interpreter away from the painting.
        """
        task = self._begun(lane, done, failed, key)
        QTimer.singleShot(_PAINT_MS, self, lambda: self._start(task, job))
        return task

    def _begun(
        self,
        lane: Lane,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None,
        key: str,
    ) -> Task:
        task = Task(lane, done, failed, key)
        if not self._closed:
            self._supersede(task)
            self._running.add(task)
        return task

    def _start(self, task: Task, job: Callable[[], Any]) -> None:
        if self._closed:
            task.cancel()
            self._running.discard(task)
        else:
            self._pools[task.lane].submit(self._work, task, job)

    def cancel(self, key: str) -> None:
        """Drop the result of the job with this key, if one is under way."""
        if task := self._latest.pop(key, None):
            task.cancel()

    @property
    def idle(self) -> bool:
        """True when nothing is under way."""
        return not self._running

    def close(self) -> None:
        """Refuse new work, finish what the store has to write, drop the rest, and wait."""
        self._closed = True
        for task in self._running:
            if task.lane is not Lane.STORE:
                task.cancel()
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane is not Lane.STORE)

    def _supersede(self, task: Task) -> None:
        if task.key:
            self.cancel(task.key)
            self._latest[task.key] = task

    def _work(self, task: Task, job: Callable[[], Any]) -> None:
        result: Any = None
        error: BaseException | None = None
        if not task.cancelled():
            try:
                result = job()
            except Exception as caught:
                error = caught
        self._finished.emit(task, result, error)

    def _deliver(self, task: Task, result: Any, error: BaseException | None) -> None:
        self._running.discard(task)
        if self._closed or task.cancelled() or isinstance(error, Cancelled):
            return
        if self._latest.get(task.key) is task:
            del self._latest[task.key]
        if error is None:
            task.done(result)
        else:
            (task.failed or self.failed.emit)(error)
