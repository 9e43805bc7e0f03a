# SPDX-License-Identifier: Apache-2.0
"""The real desk in this process, and the moments at which something is on its screen.

The event loop runs as it does for an agent (`QEventLoop.exec`): workers get the
interpreter while the window has nothing to do.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance

from agentassist.app import Application, build
from agentassist.domain.call import CallEvent, CallEventKind, Speaker
from agentassist.domain.identifiers import new_id
from agentassist.domain.wrap_up import Disposition
from agentassist.settings import Settings
from agentassist.ui.call_controller import CallController
from agentassist.ui.contact import Contact
from agentassist.ui.garbage import collect_rarely
from agentassist.ui.task_runner import Lane
from agentassist.ui.wrap_up_panel import Filled
from benchmarks.painted import Painted, card_page, shown

if TYPE_CHECKING:  # services are loaded behind the window: that is part of a start
    from agentassist.services.desk import Desk

T = TypeVar("T")

_SECONDS = 120.0


def wait_for(signal: SignalInstance, act: Callable[[], object], seconds: float = _SECONDS) -> None:
    """Act, then run the event loop until the signal comes.

    Raises:
        TimeoutError: it did not come.
    """
    loop = QEventLoop()
    came: list[bool] = []

    def end(*_result: object) -> None:
        came.append(True)
        loop.quit()

    limit = QTimer(loop, singleShot=True, interval=int(seconds * 1000))
    limit.timeout.connect(loop.quit)
    limit.start()
    signal.connect(end)
    QTimer.singleShot(0, act)
    loop.exec()
    signal.disconnect(end)
    if not came:
        raise TimeoutError(f"nothing came for {seconds} s")


def rest(seconds: float) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class Stage:
    """The desk on a data folder. `close` it."""

    def __init__(
        self, data_dir: Path, model: Path | None = None, policies: Path | None = None
    ) -> None:
        settings = Settings(
            data_dir=data_dir, language="en", model=model, policies=policies, webhook=False
        )
        self.application: Application = build(settings)
        collect_rarely((self.application.ready, self.application.searching))
        self.panes = self.application.window.panes
        self._before: tuple[object, ...] = ()
        self._reference = ""
        viewport = self.panes.timeline.view.viewport()
        self.timeline_painted = Painted(viewport, self._shows_caller)
        self.cards_painted = Painted(card_page(self.panes.knowledge), self._shows_new_cards)

    def start(self) -> None:
        """Start and wait until both halves of the search answer."""
        wait_for(self.application.searching, self.application.start)

    def call(self, number: str) -> float:
        """Let a call ring; return the seconds until the caller's timeline is painted."""
        self._reference = str(new_id())
        event = CallEvent(
            CallEventKind.RINGING, self._reference, datetime.now(UTC), remote=number, queue="bench"
        )
        return self.timed(
            self.timeline_painted, lambda: self.application.switchboard.reported.emit(event)
        )

    def ask(self, text: str) -> float:
        """Enter a line as the customer; return the seconds until its cards are painted."""
        self._before = shown(self.panes.knowledge)
        line = self.panes.conversation.line
        return self.timed(self.cards_painted, lambda: line.entered.emit(Speaker.CUSTOMER, text))

    def close_contact(self) -> None:
        """Open the wrap-up of the contact on screen."""
        self._calls().close_contact()

    def save(self) -> float:
        """Save the contact on screen; return the seconds until the desk is free again."""
        calls = self._calls()
        began = time.perf_counter()
        filled = Filled(Disposition.RESOLVED, (), (), "")
        wait_for(calls.finished, lambda: self.panes.wrap_up.saved.emit(filled))
        return time.perf_counter() - began

    def in_model_lane(self, job: Callable[["Desk"], T]) -> T:
        """Run a job where the searches run; return its result."""
        desk, runner = self.application.desk, self.application.runner
        if desk is None:
            raise RuntimeError("the desk is not started")
        results: list[T] = []
        loop = QEventLoop()

        def done(result: T) -> None:
            results.append(result)
            loop.quit()

        runner.submit(Lane.MODEL, partial(job, desk), done)
        loop.exec()
        return results[0]

    @property
    def contact(self) -> Contact | None:
        """The contact on screen."""
        return self._calls().contact

    def close(self) -> None:
        """End the desk."""
        self.application.close()

    def _calls(self) -> CallController:
        calls = self.application.calls
        if calls is None:
            raise RuntimeError("the desk is not started")
        return calls

    def timed(self, painted: Painted, act: Callable[[], object]) -> float:
        """Act; return the seconds until it is painted."""
        times: list[float] = []
        painted.arm()
        painted.seen.connect(times.append)

        def begin() -> None:
            times.append(time.perf_counter())
            act()

        wait_for(painted.seen, begin)
        painted.seen.disconnect(times.append)
        return times[1] - times[0]

    def _shows_caller(self) -> bool:
        contact = self.contact if self.application.calls else None
        rows = self.panes.timeline.model.rowCount()
        return rows > 0 and contact is not None and contact.call.reference == self._reference

    def _shows_new_cards(self) -> bool:
        cards = self.panes.knowledge.cards
        new = shown(self.panes.knowledge) != self._before
        return bool(cards) and new and cards[0].isVisible()
