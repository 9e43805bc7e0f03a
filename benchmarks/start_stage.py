# SPDX-License-Identifier: Apache-2.0
"""What happens in a measured start: the window, the first answers, one call, the memory."""

import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # no stubs are installed
from PySide6.QtCore import QTimer

from agentassist.app import Application
from agentassist.cli.desk import run_desk
from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.settings import Settings
from benchmarks.painted import Painted, card_page, shown
from benchmarks.start_child import CALLER, KEYWORD_QUESTION, MEANING_QUESTION

_SETTLE_MS = 1500
_GIVE_UP_MS = 60_000


def run(began: float, folder: Path, model: Path, marks: dict[str, float]) -> dict[str, float]:
    """Run the desk as its command does until everything was seen once; return its memory."""
    watches: list[_Watch] = []

    def prepare(application: Application) -> None:
        marks["built"] = time.perf_counter() - began
        watches.append(_Watch(application, began, marks))

    run_desk(Settings(data_dir=folder, language="en", model=model), prepare)
    return watches[0].memory


def _memory() -> dict[str, float]:
    """Return the memory of this process in MB: resident, and its own alone (unique)."""
    full = psutil.Process().memory_full_info()
    return {"rss": full.rss / 1e6, "uss": full.uss / 1e6}


class _Watch:
    """Asks as soon as the desk can be asked, and writes down when each answer is painted."""

    def __init__(self, application: Application, began: float, marks: dict[str, float]) -> None:
        self._application = application
        self._began = began
        self._marks = marks
        self.memory: dict[str, float] = {}
        self._before: tuple[object, ...] = ()
        self._questions = deque((KEYWORD_QUESTION, MEANING_QUESTION))
        knowledge = application.window.panes.knowledge
        self._window = Painted(application.window, lambda: True)
        self._cards = Painted(
            card_page(knowledge), lambda: bool(knowledge.cards) and shown(knowledge) != self._before
        )
        timeline = application.window.panes.timeline
        self._timeline = Painted(timeline.view.viewport(), lambda: timeline.model.rowCount() > 0)
        self._window.seen.connect(lambda at: self._mark("window", at))
        self._cards.seen.connect(self._answered)
        self._timeline.seen.connect(self._called)
        application.ready.connect(self._opened)
        QTimer.singleShot(_GIVE_UP_MS, application.window.close)

    def _mark(self, name: str, at: float) -> None:
        self._marks.setdefault(name, at - self._began)

    def _opened(self) -> None:
        self._mark("database", time.perf_counter())
        # The application starts the search in this same turn of the event loop: after it.
        self._later(self._ask)

    def _ask(self) -> None:
        knowledge = self._application.window.panes.knowledge
        self._before = shown(knowledge)
        self._cards.arm()
        knowledge.searched.emit(self._questions[0])

    def _answered(self, at: float) -> None:
        card = self._application.window.panes.knowledge.cards[0]
        self._mark("meaning" if card.suggestion.semantic else "keyword", at)
        if card.suggestion.semantic:
            self._later(self._call)
        else:
            self._questions.rotate()
            self._later(self._ask)

    def _call(self) -> None:
        event = CallEvent(CallEventKind.RINGING, "first", datetime.now(UTC), remote=CALLER)
        self._application.switchboard.reported.emit(event)

    def _called(self, at: float) -> None:
        self._mark("timeline", at)
        QTimer.singleShot(_SETTLE_MS, self._end)

    def _end(self) -> None:
        self.memory = _memory()
        self._application.window.close()

    @staticmethod
    def _later(act: Callable[[], object]) -> None:
        QTimer.singleShot(0, act)
