# SPDX-License-Identifier: Apache-2.0
"""What is pinned, in a line each, above the history; it stays until it is unpinned."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from agentassist.domain.history import PinnedEntry
from agentassist.ui.formats import day
from agentassist.ui.icons import icon
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import TIGHT, button, clear, column, em
from agentassist.ui.words import word

_SHOWN = 3


class PinStrip(QFrame):
    """The newest pins.

    Signals:
        opened: the Interaction that the agent wants to see in its place.
        all_wanted: there are more than fit here.
    """

    opened = Signal(object)
    all_wanted = Signal()

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self.setAccessibleName(self.tr("Pinned"))
        self._theme = theme
        self._now = now
        self._lines = column(parent=self, margin=TIGHT, gap=0)
        self.hide()

    def show_pinned(self, pinned: Sequence[PinnedEntry]) -> None:
        """Show the pins of a customer."""
        clear(self._lines)
        for entry in pinned[:_SHOWN]:
            self._lines.addWidget(self._line(entry))
        if more := len(pinned) - _SHOWN:
            text = self.tr("{count} more").format(count=more)
            if more > 0:
                self._lines.addWidget(button(text, self.all_wanted.emit, "act"))
        self.setVisible(bool(pinned))

    def _line(self, entry: PinnedEntry) -> "_Line":
        item, pin = entry.interaction, entry.pin
        when = day(item.occurred_at, self._now()) if item.occurred_at else ""
        what = item.subject or " ".join(item.text[:80].split())
        text = " · ".join(filter(None, (pin.note, word(item.channel), what, when)))
        made = _Line(text, icon("pin", self._theme.colours.caution))
        by = self.tr("Pinned by {who}, {when}")
        who = (pin.actor or "–").replace("<", "‹")  # a tooltip guesses markup in what it is given
        made.setToolTip(by.format(who=who, when=day(pin.pinned_at, self._now())))
        made.clicked.connect(lambda: self.opened.emit(item))
        return made


class _Line(QPushButton):
    """A button of one line that cuts its text where the room ends."""

    def __init__(self, text: str, mark: object) -> None:
        super().__init__()
        self._text = text
        self.setProperty("look", "line")
        self.setAccessibleName(text)
        self.setIcon(mark)  # type: ignore[arg-type]  # a QIcon
        self.setIconSize(QSize(em(0.8), em(0.8)))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew at the new width."""
        super().resizeEvent(event)
        room = self.width() - em(2)
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
