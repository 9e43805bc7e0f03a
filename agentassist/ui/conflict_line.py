# SPDX-License-Identifier: Apache-2.0
"""Two sources that disagree about one fact: a question with a key for each answer."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from agentassist.ui.widgets import GAP, MARGIN, Flow, button, column, label


class ConflictLine(QFrame):
    """Hidden until sources disagree.

    Signals:
        settled: the place of the value that is right, among those that were shown.
    """

    settled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("verdict", "ask")
        self._text = label("", wrap=True)
        self._ways = Flow(gap=GAP)
        column(self._text, self._ways, parent=self, margin=MARGIN, gap=GAP)
        self.hide()

    def ask(self, name: str, said: Sequence[tuple[str, str]]) -> None:
        """Ask which is right: `said` are (source, value), each one in words."""
        told = ", ".join(
            self.tr("{value} ({source})").format(source=source, value=value)
            for source, value in said
        )
        fact = name[:1].upper() + name[1:]
        text = self.tr("{fact}: {told}. Which is right?").format(fact=fact, told=told)
        self._text.setText(text)
        self.setAccessibleName(text)
        self._ways.clear()
        for place, (_, value) in enumerate(said):
            self._ways.add(button(value, partial(self._settle, place)))
        self.show()

    @property
    def ways(self) -> tuple[QPushButton, ...]:
        """The keys, in the order of what was said."""
        return tuple(self._ways.findChildren(QPushButton))

    def drop(self) -> None:
        """Ask nothing any more."""
        self.hide()

    def _settle(self, place: int) -> None:
        self.hide()
        self.settled.emit(place)
