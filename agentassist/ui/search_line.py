# SPDX-License-Identifier: Apache-2.0
"""How far a search through a long history has come, and a way to stop it."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.ui.formats import day
from agentassist.ui.widgets import GAP, TIGHT, button, label, row


class Found(Enum):
    """What can be said of a search."""

    NOTHING_SOUGHT = auto()
    SO_FAR = auto()
    ALL = auto()


class SearchLine(QFrame):
    """Hidden unless a search has more to look through.

    Signals:
        stopped: the agent has seen enough.
        resumed: the agent wants to go on.
    """

    stopped = Signal()
    resumed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self._now = now
        self._stopped = False
        self._reached: datetime | None = None
        self._text = label("", "small")
        self.stop_button = button(self.tr("Stop"), self._toggle, "act")
        layout = row(self._text, None, self.stop_button, parent=self, gap=GAP)
        layout.setContentsMargins(GAP, TIGHT, GAP, TIGHT)
        self.hide()

    def show_found(self, found: Found, reached: datetime | None = None) -> None:
        """Say how far back was looked."""
        self._reached = reached
        self.setVisible(found is Found.SO_FAR)
        self._write()

    def go_on(self) -> None:
        """Begin a new search."""
        self._stopped = False
        self.hide()

    def _toggle(self) -> None:
        self._stopped = not self._stopped
        self._write()
        (self.stopped if self._stopped else self.resumed).emit()

    def _write(self) -> None:
        when = day(self._reached, self._now()) if self._reached else ""
        text = self.tr("Stopped at {day}") if self._stopped else self.tr("Searched back to {day}")
        self._text.setText(text.format(day=when))
        self.stop_button.setText(self.tr("Go on") if self._stopped else self.tr("Stop"))
