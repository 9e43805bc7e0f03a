# SPDX-License-Identifier: Apache-2.0
"""What the customer told unasked, ticked with one key: facts, their pace, and our slips."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget


class NotedMenu(QPushButton):
    """A menu of things that can be ticked; it is filled anew each time it opens.

    Signals:
        opened: fill it, with `show_notes`.
        noted: key of a fact, and whether it was told.
        paced: True in a hurry, False not, None nobody knows.
        recovered: whether we make up for something of ours.
    """

    opened = Signal()
    noted = Signal(str, bool)
    paced = Signal(object)
    recovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("&Told me…"), parent)
        self.setProperty("look", "quiet")
        self.setAccessibleName(self.tr("What the customer told unasked"))
        self.setToolTip(self.tr("Note what the customer told unasked (Ctrl+I)"))
        self.clicked.connect(self.opened)
        self._menu = QMenu(self)
        self._menu.setObjectName("noted")

    def show_notes(
        self,
        facts: Sequence[tuple[str, str]],
        told: Collection[str],
        *,
        hurried: bool | None,
        recovery: bool,
    ) -> None:
        """Open the menu: (key, name) of what can be noted, and what was."""
        menu = self._menu
        menu.clear()
        for key, name in facts:
            add = _tick(menu, name, ticked=key in told)
            add.toggled.connect(lambda on, key=key: self.noted.emit(key, on))
        menu.addSeparator()
        for text, value in (
            (self.tr("In a hurry"), True),
            (self.tr("Has time"), False),
        ):
            pace = _tick(menu, text, ticked=hurried is value)
            pace.toggled.connect(lambda on, value=value: self.paced.emit(value if on else None))
        menu.addSeparator()
        ours = _tick(menu, self.tr("We make up for something"), ticked=recovery)
        ours.toggled.connect(self.recovered)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def _tick(menu: QMenu, text: str, *, ticked: bool) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(ticked)
    return action
