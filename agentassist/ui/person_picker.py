# SPDX-License-Identifier: Apache-2.0
"""A search field and the people it finds, to be chosen by number."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from agentassist.ui.candidate_list import CandidateList
from agentassist.ui.evidence import Shown
from agentassist.ui.search_field import SearchField
from agentassist.ui.widgets import GAP, column, label


class PersonPicker(QWidget):
    """Asks for somebody. Down leaves the field for the people.

    Signals:
        search_wanted: text to look for among all customers.
        chosen: the id of the customer the agent picked.
        left: the agent pressed Esc in the field.
    """

    search_wanted = Signal(str)
    chosen = Signal(object)
    left = Signal()

    def __init__(self, what: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = SearchField(what)
        self._field.returnPressed.connect(self._ask)
        self._field.left.connect(self.left)
        self._none = label(self.tr("Nobody found. Try another spelling."), "muted", wrap=True)
        self._none.hide()
        self._people = CandidateList()
        self._people.chosen.connect(self.chosen)
        self._field.went_down.connect(self._people.focus_first)
        column(label(what, "section"), self._field, self._none, self._people, parent=self, gap=GAP)

    def show_candidates(self, candidates: Sequence[Shown]) -> None:
        """Show people; none after a search says so."""
        self._none.setVisible(not candidates and bool(self._field.text().strip()))
        self._people.show_candidates(candidates)

    def clear(self) -> None:
        """Show nobody and an empty field."""
        self._field.clear()
        self.show_candidates(())

    def focus_field(self) -> None:
        """Put the cursor into the field; only ever at the agent's own wish."""
        self._field.take_cursor()

    def press(self, event: QKeyEvent) -> bool:
        """Take a key that the panel around got; tell whether it meant something."""
        return self._people.press(event)

    def _ask(self) -> None:
        if text := self._field.text().strip():
            self.search_wanted.emit(text)
