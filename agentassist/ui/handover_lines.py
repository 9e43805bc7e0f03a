# SPDX-License-Identifier: Apache-2.0
"""Shift hand-over inside the queue: what is left to the next, and what others left."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from agentassist.domain.handover import Handover
from agentassist.domain.queue import QueueItem
from agentassist.ui.formats import day_and_clock
from agentassist.ui.widgets import GAP, MARGIN, button, clear, column, label, panel, row


class HandoverForm(QFrame):
    """Leaves what is mine to a colleague or to whoever comes next.

    Signals:
        given: the ids, the note, and to whom (empty: whoever comes next).
        left: the agent changed their mind.
    """

    given = Signal(object, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._items: tuple[UUID, ...] = ()
        self._title = label("", "strong", wrap=True)
        self.to = QLineEdit()
        self.to.setPlaceholderText(self.tr("To whom? Empty: whoever comes next"))
        self.to.setAccessibleName(self.tr("To whom"))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(self.tr("What the next one should know"))
        self.note.setAccessibleName(self.tr("Note for the next shift"))
        self.note.setMaximumHeight(self.note.fontMetrics().lineSpacing() * 5)
        self.send = button(self.tr("Hand over"), self._give, "primary")
        back = button(self.tr("Cancel"), self._leave, "quiet")
        foot = row(None, back, self.send)
        layout = column(self._title, self.to, self.note, foot, parent=self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self.hide()

    def ask(self, items: Sequence[QueueItem]) -> None:
        """Open for what is mine."""
        self._items = tuple(key for item in items for key in item.keys)
        self._title.setText(self.tr("Hand over what is mine: {count}").format(count=len(items)))
        self.show()
        self.note.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _give(self) -> None:
        self.hide()
        self.given.emit(self._items, self.note.toPlainText().strip(), self.to.text().strip())
        self.note.clear()
        self.to.clear()


class LeftBox(QWidget):
    """What others left for this agent, each with a button that takes it.

    Signals:
        taken: the id of a hand-over.
    """

    taken = Signal(object)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.buttons: list[QPushButton] = []
        self._column = column(parent=self)
        self.hide()

    def show_left(self, left: Sequence[Handover]) -> None:
        """Show hand-overs, oldest first."""
        clear(self._column)
        self.buttons = []
        for handover in left:
            self._column.addWidget(self._card(handover))
        self.setVisible(bool(left))

    def sentence(self, handover: Handover) -> str:
        """Return who left it when, and what they wrote."""
        who = handover.from_agent or self.tr("a colleague")
        when = day_and_clock(handover.at, self._now())
        said = self.tr("Left by {name}, {time}").format(name=who, time=when)
        return f"{said}: {handover.note}" if handover.note else said

    def _card(self, handover: Handover) -> QFrame:
        card = panel("inset")
        about = self.tr("Lines: {count}").format(count=len(handover.items))
        take = button(self.tr("Take over"), lambda: self.taken.emit(handover.id), "primary")
        self.buttons.append(take)
        text = label(self.sentence(handover), wrap=True)
        layout = row(text, label(about, "small"), take, parent=card, margin=GAP)
        layout.setStretch(0, 1)
        return card
