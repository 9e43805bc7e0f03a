# SPDX-License-Identifier: Apache-2.0
"""A note or a promise is written below the timeline, on the entry that is selected."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateTimeEdit, QFrame, QLineEdit, QPlainTextEdit, QWidget

from agentassist.domain.history import Interaction
from agentassist.domain.promise import Promise
from agentassist.ui.widgets import GAP, button, column, em, label, row
from agentassist.ui.words import word

_LINES = 2.6


class _Field(QPlainTextEdit):
    """Ctrl+Enter saves, Esc gives up, Tab goes on."""

    saved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(em(_LINES) + 2 * GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the two keys; the rest is typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class EntryEditor(QFrame):
    """Hidden until a note or a promise is to be written.

    Signals:
        noted: the Interaction and the text of a note on it.
        pinned: the Interaction and why it is pinned.
        promised: a Promise, ready to store.
        opened: something is to be written.
        left: the agent is done here, one way or the other.
    What was typed stays until it is stored: `done` closes.
    """

    noted = Signal(object, str)
    pinned = Signal(object, str)
    promised = Signal(object)
    opened = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self._item: Interaction | None = None
        self._promise: Promise | None = None
        self._pins = False
        self._head = label("", "section")
        self.field = _Field()
        self.field.saved.connect(self._save)
        self.field.left.connect(self.done)
        self.owner = QLineEdit()
        self.owner.setAccessibleName(self.tr("Who keeps it"))
        self.owner.setPlaceholderText(self.tr("Who keeps it"))
        self.due = QDateTimeEdit()
        self.due.setCalendarPopup(True)
        self.due.setAccessibleName(self.tr("Due"))
        self._whose = QWidget()
        row(self.owner, self.due, parent=self._whose)
        save = button(self.tr("Save"), self._save, "primary", "Ctrl+Enter")
        buttons = row(None, button(self.tr("Cancel"), self.done, "quiet", "Esc"), save)
        column(self._head, self.field, self._whose, buttons, parent=self, margin=GAP, gap=GAP)
        self.hide()

    def write_note(self, item: Interaction) -> None:
        """Write a note on an entry."""
        self._open(item, self.tr("Note on {entry}"), self.tr("What should the next one know?"))

    def write_pin(self, item: Interaction, note: str = "") -> None:
        """Write why an entry is pinned."""
        self._open(item, self.tr("Pinned: {entry}"), self.tr("Why is this pinned?"))
        self._pins = True
        self.field.setPlainText(note)
        self.field.selectAll()

    def write_promise(self, item: Interaction, promise: Promise) -> None:
        """Write a promise that an entry leads to; `promise` is what it begins as."""
        self._open(item, self.tr("Promise from {entry}"), self.tr("What is promised?"))
        self._promise = promise
        self._whose.show()
        self.field.setPlainText(promise.text)
        self.field.selectAll()
        self.owner.setText(promise.owner)
        self.due.setDateTime(QDateTime.fromSecsSinceEpoch(int(promise.due_at.timestamp())))

    def done(self) -> None:
        """Close, and give the keys back."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def drop(self) -> None:
        """Close without a word: another customer is shown."""
        self.hide()
        self.field.clear()

    def _open(self, item: Interaction, head: str, hint: str) -> None:
        self._item, self._promise, self._pins = item, None, False
        about = item.subject or item.text[:40]
        self._head.setText(head.format(entry=f"{word(item.channel)} · {about}"))
        self.field.clear()
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self._whose.hide()
        self.show()
        self.field.setFocus()
        self.opened.emit()

    def _save(self) -> None:
        text = self.field.toPlainText().strip()
        if self._item is None:
            return
        if self._promise is not None:
            due = datetime.fromtimestamp(self.due.dateTime().toSecsSinceEpoch(), UTC)
            owner = self.owner.text().strip()
            self.promised.emit(replace(self._promise, text=text, owner=owner, due_at=due))
        elif self._pins:
            self.pinned.emit(self._item, text)
        else:
            self.noted.emit(self._item, text)
