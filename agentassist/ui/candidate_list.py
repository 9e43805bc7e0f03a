# SPDX-License-Identifier: Apache-2.0
"""People to choose from, each with a number to press, the evidence, and what else to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from agentassist.ui.evidence import Shown, chip_row, chips_of
from agentassist.ui.widgets import GAP, ChoiceButton, button, clear, column, row

_KEYED = 9


@dataclass(frozen=True, slots=True)
class RowAction:
    """One more thing to do with a person: a letter, a short text, its full name, and for whom.

    `name` holds {name}. `fits` tells whether it makes sense for a person.
    """

    key: Qt.Key
    text: str
    name: str
    act: Callable[[UUID], object]
    fits: Callable[[Shown], bool]


class CandidateList(QWidget):
    """Rows of people. Whoever holds it passes it the keys it gets, through `press`.

    Signals:
        chosen: the id of the customer the agent picked.
        armed: a letter was pressed and a number is awaited; carries the text of the action.
    """

    chosen = Signal(object)
    armed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.candidates: tuple[Shown, ...] = ()
        self._actions: tuple[RowAction, ...] = ()
        self._awaiting: RowAction | None = None
        self._picks: list[ChoiceButton] = []
        self._rows = column(parent=self, gap=GAP)

    def show_candidates(
        self, candidates: Sequence[Shown], actions: tuple[RowAction, ...] = ()
    ) -> None:
        """Show people in place of those before."""
        clear(self._rows)
        self._picks.clear()
        self.candidates, self._actions, self._awaiting = tuple(candidates), actions, None
        for place, candidate in enumerate(candidates, start=1):
            self._rows.addWidget(self._row(place, candidate))

    def press(self, event: QKeyEvent) -> bool:
        """Act on 1-9 and on the letters of the actions; tell whether the key meant something."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < min(len(self.candidates), _KEYED):
            self._take(self.candidates[place])
            return True
        fitting = (action for action in self._actions if action.key == event.key())
        return any(self._begin(action) for action in fitting)

    def focus_first(self) -> None:
        """Put the frame on the first person."""
        if self._picks:
            self._picks[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _begin(self, action: RowAction) -> bool:
        """Act on the person with the frame, or the only one; else wait for a number."""
        fitting = [item for item in self.candidates if action.fits(item)]
        framed = [item for item in fitting if self._has_frame(item)]
        if len(framed or fitting) == 1:
            action.act((framed or fitting)[0].customer.id)
        elif fitting:
            self._awaiting = action
            self.armed.emit(action.text)
        return bool(fitting)

    def _has_frame(self, candidate: Shown) -> bool:
        return self._picks[self.candidates.index(candidate)].hasFocus()

    def _take(self, candidate: Shown) -> None:
        action, self._awaiting = self._awaiting, None
        if action is None:
            self.chosen.emit(candidate.customer.id)
        elif action.fits(candidate):
            action.act(candidate.customer.id)

    def _row(self, place: int, candidate: Shown) -> QWidget:
        customer = candidate.customer
        born = customer.birth_date
        about = " · ".join(filter(None, (customer.tier, customer.postal_code, born)))
        found = chips_of(candidate)
        chips = chip_row(found) if found else None
        pick = ChoiceButton(
            f"{place}   {customer.name}", about, lambda: self._take(candidate), more=chips
        )
        pick.setAccessibleDescription(", ".join(text for text, _ in found))
        self._picks.append(pick)
        holder = QWidget()
        layout = row(pick, parent=holder)
        layout.setStretch(0, 1)
        for action in self._actions:
            if action.fits(candidate):
                layout.addWidget(self._button(action, candidate))
        return holder

    def _button(self, action: RowAction, candidate: Shown) -> QWidget:
        made = button(action.text, lambda: action.act(candidate.customer.id), "quiet")
        made.setAccessibleName(action.name.format(name=candidate.customer.name))
        made.setToolTip(Qt.Key(action.key).name.removeprefix("Key_"))
        return made
