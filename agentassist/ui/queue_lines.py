# SPDX-License-Identifier: Apache-2.0
"""What opens inside the queue instead of a dialog: the reason why a line is done."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from agentassist.domain.loop import LoopKind, Why
from agentassist.domain.queue import QueueItem
from agentassist.ui.widgets import GAP, MARGIN, Flow, button, column, label


class DoneLine(QFrame):
    """Asks why a line is done: one press, or a reason of one's own.

    Signals:
        settled: a QueueItem and the reason.
        left: the agent changed their mind.
    """

    settled = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._item: QueueItem | None = None
        self._title = label("", "strong")
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Another reason, then Enter"))
        self._field.setAccessibleName(self.tr("Why it is done"))
        self._field.returnPressed.connect(self._own)
        self.reasons = Flow()
        layout = column(self._title, self.reasons, self._field, parent=self, margin=GAP)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self.hide()

    def ask(self, item: QueueItem) -> None:
        """Open for a line."""
        self._item = item
        who = item.name or item.subject
        self._title.setText(self.tr("Done with {name}: why?").format(name=who))
        self._field.clear()
        self.reasons.clear()
        for why, text in self._usual(item):
            self.reasons.add(button(text, partial(self._settle, why)))
        self.show()
        self._field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _usual(self, item: QueueItem) -> list[tuple[str, str]]:
        if item.kind is LoopKind.PROMISE:
            return [("kept", self.tr("Promise kept"))]
        usual = [
            ("answered elsewhere", self.tr("Answered elsewhere")),
            ("no answer needed", self.tr("No answer needed")),
            ("duplicate", self.tr("Duplicate")),
        ]
        confirmed = (Why.CONFIRMED.value, self.tr("Customer confirmed"))
        return [confirmed, *usual] if item.complaint else usual

    def _own(self) -> None:
        if text := self._field.text().strip():
            self._settle(text)

    def _settle(self, why: str) -> None:
        if self._item is not None:
            self.hide()
            self.settled.emit(self._item, why)
