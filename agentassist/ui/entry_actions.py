# SPDX-License-Identifier: Apache-2.0
"""What can be done to an entry of a timeline, as small buttons over its head."""

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from agentassist.domain.history import Interaction
from agentassist.ui.icons import icon
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import em, row

_EDGE = 3


class Act(StrEnum):
    """An act on an entry; the value is the name of its icon."""

    PIN = "pin"
    NOTE = "note"
    PROMISE = "promise"
    LINK = "link"
    MOVE = "switch"
    CASE = "case"
    FOLD = "fold"
    ANSWERED = "answered"


_BUTTONS = (Act.PIN, Act.NOTE, Act.PROMISE, Act.LINK, Act.MOVE, Act.CASE)


class EntryActions(QFrame):
    """Shown for the entry under the pointer, else for the selected one.

    Signals:
        acted: an Act and the Interaction it is done to.
    The mouse alone reaches it: every act has a key of the list.
    """

    acted = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "actions")
        self._theme = theme
        self._item: Interaction | None = None
        self._buttons = {act: self._button(act) for act in _BUTTONS}
        row(*self._buttons.values(), parent=self, margin=1, gap=0)
        self.hide()

    def show_for(self, item: Interaction, *, pinned: bool, in_case: bool) -> None:
        """Offer the acts of an entry."""
        self._item = item
        names = self.names(pinned=pinned)
        for act, shown in self._buttons.items():
            shown.setToolTip(names[act])
            shown.setAccessibleName(names[act])
            shown.setIcon(icon(act.value, self._ink(lit=act is Act.PIN and pinned)))
        self._buttons[Act.CASE].setVisible(in_case)

    def place(self, area: QRect) -> None:
        """Lie over the right end of an entry's head."""
        self.adjustSize()
        self.move(area.right() - self.width() - _EDGE, area.top() + _EDGE)
        self.show()
        self.raise_()

    def names(self, *, pinned: bool) -> dict[Act, str]:
        """Return what each act is called, with its key."""
        return {
            Act.PIN: self.tr("Unpin (P)") if pinned else self.tr("Pin (P)"),
            Act.NOTE: self.tr("Add a note (N)"),
            Act.PROMISE: self.tr("Make a promise (R)"),
            Act.LINK: self.tr("Link an article (L)"),
            Act.MOVE: self.tr("Move to another customer (M)"),
            Act.CASE: self.tr("Show only this case (C)"),
            Act.FOLD: self.tr("Fold or unfold the case (F)"),
            Act.ANSWERED: self.tr("Go to what it answers (U)"),
        }

    def _button(self, act: Act) -> QPushButton:
        made = QPushButton()
        made.setProperty("look", "act")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setIconSize(QSize(em(0.9), em(0.9)))
        made.clicked.connect(lambda: self.acted.emit(act, self._item) if self._item else None)
        return made

    def _ink(self, *, lit: bool) -> str:
        return self._theme.colours.caution if lit else self._theme.colours.accent
