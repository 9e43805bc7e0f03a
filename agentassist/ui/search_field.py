# SPDX-License-Identifier: Apache-2.0
"""The field in which people are looked up, by whatever is at hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SearchField(QLineEdit):
    """A line that Down and Esc leave.

    Signals:
        went_down: the agent goes on to what was found.
        left: the agent is done with the field.
    """

    went_down = Signal()
    left = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Name, number, e-mail, order…"))
        self.setAccessibleName(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell that the field is left."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def take_cursor(self) -> None:
        """Put the cursor into the field; only ever at the agent's own wish."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
