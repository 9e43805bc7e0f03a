# SPDX-License-Identifier: Apache-2.0
"""One quiet line that suggests a small surprise; it asks for nothing and counts nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.domain.money import Money
from agentassist.ui.formats import amount
from agentassist.ui.widgets import GAP, MARGIN, button, column, label, row


class SurpriseLine(QFrame):
    """Hidden most of the time.

    Signals:
        accepted: the agent does it.
        passed: not now.
    """

    accepted = Signal()
    passed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "inset")
        self._title = label(self.tr("A small surprise?"), "section")
        self._text = label("", wrap=True)
        self.take = button(self.tr("I do this"), self.accepted.emit, "quiet")
        self.later = button(self.tr("Not now"), self.passed.emit, "quiet")
        keys = row(None, self.take, self.later, gap=GAP)
        layout = column(self._title, self._text, keys, parent=self, gap=0)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        self.hide()

    def suggest(self, text: str, cost: Money | None) -> None:
        """Show a hint and what it costs."""
        if cost is not None:
            text += " " + self.tr("(costs us {amount})").format(amount=amount(cost))
        self._text.setText(text)
        self.setAccessibleName(self.tr("A small surprise: {hint}").format(hint=text))
        for made in (self.take, self.later):
            made.show()
        self.show()

    def say(self, text: str) -> None:
        """Say what became of it."""
        self._text.setText(text)
        self.take.hide()
        self.later.hide()
        self.show()

    def drop(self) -> None:
        """Say nothing any more."""
        self.hide()
