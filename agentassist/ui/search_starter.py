# SPDX-License-Identifier: Apache-2.0
"""Brings the search up in steps, each usable: words, then the model, then what is new."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from agentassist.errors import Cancelled
from agentassist.ui.task_runner import Lane, Task, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_LOOK_MS = 30_000


class SearchStarter(QObject):
    """Words answer at once; the model follows; encoding rests while a call is live.

    Signals:
        state_changed: a sentence and the kind of chip to show it in.
        model_loaded: both halves answer about what was encoded before.
        ready: both halves answer about everything.
        settled: nothing waits to be encoded; another model may answer than before.
        failed: the model cannot be had; words go on answering.
    """

    state_changed = Signal(str, str)
    model_loaded = Signal()
    ready = Signal()
    settled = Signal()
    failed = Signal(object)
    _stepped = Signal(int, int)
    _exporting = Signal(int, int)

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._busy = busy
        self._encoding: Task | None = None
        self._paused = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._refresh)
        self._stepped.connect(self._show_encoding)
        self._exporting.connect(self._show_export)

    def start(self) -> None:
        """Load the index of words, then go on by itself."""
        self._runner.submit(Lane.MODEL, self._desk.index.open, lambda _: self._words_ready())

    def resume(self) -> None:
        """Go on encoding after a call."""
        if self._paused:
            self._encode()

    def close(self) -> None:
        """Stop the child process and the encoding, if they run."""
        self._look.stop()
        self._desk.models.cancel_export()
        if self._encoding:
            self._encoding.cancel()

    def _words_ready(self) -> None:
        if self._desk.models.can_answer:
            self._load()
            return
        self.state_changed.emit(self.tr("keywords only, the model is being prepared"), "caution")
        self._runner.submit(Lane.IO, self._export, lambda _: self._load(), self.failed.emit)

    def _export(self) -> None:
        self._desk.models.prepare(lambda step, of, _text: self._exporting.emit(step, of))

    def _load(self) -> None:
        self.state_changed.emit(self.tr("keywords only, the model is loading"), "caution")
        self._runner.submit(
            Lane.MODEL, self._desk.index.load_model, lambda _: self._loaded(), self.failed.emit
        )

    def _loaded(self) -> None:
        self.model_loaded.emit()
        self._encode()

    def _encode(self) -> None:
        self._paused = False
        self._encoding = self._runner.submit(Lane.IO, self._update, self._encoded)

    def _update(self) -> bool:
        """Encode what has no vector; return whether it came to the end."""
        from agentassist.services.encoding import encode_all  # noqa: PLC0415  loads libraries

        desk = self._desk
        try:
            if desk.models.waiting and not desk.models.ready:
                self._export()
            encode_all(desk.index, desk.models, self._stepped.emit, self._interrupted)
        except Cancelled:
            return False
        return True

    def _refresh(self) -> None:
        """Look for articles that others have published, and for another choice of model."""
        self._runner.submit(Lane.MODEL, self._look_for_news, self._refreshed, key="refresh")

    def _look_for_news(self) -> bool:
        published = self._desk.index.refresh()
        return self._desk.models.look_again() or published

    def _refreshed(self, changed: bool) -> None:  # noqa: FBT001  a result, not an option
        if changed:
            self._encode()
        else:
            self._runner.submit(Lane.IO, self._learn, key="learn")

    def _learn(self) -> bool:
        """Learn Korean words where there are new ones; a call puts it off to the next look."""
        return self._desk.index.learn_korean(self._interrupted)

    def _interrupted(self) -> bool:
        return self._busy() or (self._encoding is not None and self._encoding.cancelled())

    def _encoded(self, complete: bool) -> None:  # noqa: FBT001  a result, not an option
        self._paused = not complete
        self.state_changed.emit(self.tr("search is ready"), "yes")
        if complete:
            self.settled.emit()
        if complete and not self._look.isActive():
            self._look.start()
            self.ready.emit()

    def _show_export(self, step: int, of: int) -> None:
        text = self.tr("keywords only, preparing the model: step {step} of {of}")
        self.state_changed.emit(text.format(step=step, of=of), "caution")

    def _show_encoding(self, done: int, total: int) -> None:
        if done < total:
            text = self.tr("reading articles: {done} of {total}")
            self.state_changed.emit(text.format(done=done, total=total), "accent")
