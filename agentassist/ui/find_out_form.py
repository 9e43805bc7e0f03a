# SPDX-License-Identifier: Apache-2.0
"""The inline frame of "let me find out": what, by whom and until when."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from agentassist.domain.agreement import Due
from agentassist.ui.widgets import GAP, MARGIN, Flow, button, column, label
from agentassist.ui.words import word


@dataclass(frozen=True, slots=True)
class FoundOut:
    """What the agent promises to find out."""

    text: str
    owner: str
    due: Due


class FindOutForm(QFrame):
    """Hidden until it is wanted. Choosing a time makes the promise; Escape goes back.

    Signals:
        promised: a FoundOut.
        left: the agent does not promise anything.
    """

    promised = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("verdict", "ask")
        self.setAccessibleName(self.tr("Let me find out"))
        self._why = label("", "muted", wrap=True)
        self._say = label("", "say", wrap=True)
        self.what = QLineEdit()
        self.what.setPlaceholderText(self.tr("What do you find out?"))
        self.what.setAccessibleName(self.what.placeholderText())
        self.owner = QComboBox()
        self.owner.setEditable(True)
        self.owner.setAccessibleName(self.tr("Who finds out"))
        times = Flow(gap=GAP)
        for due in Due:
            times.add(button(word(due), partial(self._promise, due), "primary"))
        times.add(button(self.tr("Not now"), self._leave, "quiet"))
        column(
            self._why, self._say, self.what, self.owner, times,
            parent=self, margin=MARGIN, gap=GAP,
        )  # fmt: skip
        self.hide()

    def ask(self, what: str, owners: list[str], why: str = "") -> None:
        """Open it for `what`; the first of the owners is chosen. The focus stays where it is."""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._say.setText(self.tr("“Let me find out for you. When may I call you back?”"))
        self.what.setText(what)
        self.what.setCursorPosition(0)
        self.owner.clear()
        self.owner.addItems(list(dict.fromkeys(filter(None, owners))))
        self.show()

    def drop(self) -> None:
        """Close it without a word."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _promise(self, due: Due) -> None:
        text = self.what.text().strip()
        if not text:
            self.what.setFocus()
            return
        self.hide()
        self.promised.emit(FoundOut(text, self.owner.currentText().strip(), due))

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
