# SPDX-License-Identifier: Apache-2.0
"""What can be done instead of a bare no: one quiet frame, never a dialog, never the focus."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.ui.widgets import GAP, MARGIN, Flow, button, column, label

_QUOTED = 60


class Way(Enum):
    """What there is to put beside a no: a prompt on screen, a request to pick, or time."""

    PROMPT = auto()
    PICK = auto()
    FIND_OUT = auto()


class RefusalHint(QFrame):
    """Hidden until the draft turns the customer down with nothing beside it.

    Signals:
        requests_wanted: the agent wants to pick what the customer asks for.
        find_out_wanted: the agent would rather find out.
        closed: the agent leaves it at that; holds the words it was about.
    """

    requests_wanted = Signal()
    find_out_wanted = Signal()
    closed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("verdict", "decline")
        self._words = ""
        self._text = label("", wrap=True)
        self._pick = button(self.tr("Pick the request"), self.requests_wanted.emit, "quiet")
        self._find = button(self.tr("Let me find out"), self.find_out_wanted.emit, "quiet")
        self._close = button(self.tr("Leave it so"), self._leave, "quiet")
        ways = Flow(gap=GAP)
        for made in (self._pick, self._find, self._close):
            ways.add(made)
        column(self._text, ways, parent=self, margin=MARGIN, gap=GAP)
        self.hide()

    @property
    def words(self) -> str:
        """The words it is about, empty while it is hidden."""
        return self._words

    def show_ways(self, words: str, way: Way) -> None:
        """Say what can stand beside `words`; a prompt for it may be on screen above."""
        self._words = words
        told = {
            Way.PROMPT: self.tr("“{words}” need not be the end. Offer what stands above first."),
            Way.PICK: self.tr("“{words}” need not be the end. What do they ask for?"),
            Way.FIND_OUT: self.tr("“{words}” need not be the end. Promise to find out more."),
        }[way]
        text = told.format(words=_cut(words))
        self._text.setText(text)
        self.setAccessibleName(text)
        self._pick.setVisible(way is not Way.PROMPT)
        self.show()

    def drop(self) -> None:
        """Say nothing any more."""
        self._words = ""
        self.hide()

    def _leave(self) -> None:
        words = self._words
        self.drop()
        self.closed.emit(words)


def _cut(words: str) -> str:
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
