# SPDX-License-Identifier: Apache-2.0
"""Records that may be the same person as the customer on screen, each one press away."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from agentassist.ui.evidence import Shown, in_short
from agentassist.ui.widgets import TIGHT, Flow, button, column

_SHOWN = 2


class PerhapsAlso(QWidget):
    """Hidden as long as there is nobody.

    Signals:
        merge_wanted: the id of a customer to look at beside the one on screen.
    """

    merge_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: Sequence[Shown] = ()
        self._flow = Flow(gap=TIGHT)
        self._flow.setMinimumWidth(1)  # a long name does not make the column wider
        layout = column(self._flow, parent=self)
        layout.setContentsMargins(0, TIGHT, 0, 0)
        self.hide()

    def show_candidates(self, candidates: Sequence[Shown]) -> None:
        """Offer the likeliest ones."""
        self._candidates = candidates
        self._flow.clear()
        for candidate in candidates[:_SHOWN]:
            self._flow.add(self._chip(candidate))
        self.setVisible(bool(candidates))

    def open_first(self) -> None:
        """Look at the likeliest one."""
        if self._candidates:
            self.merge_wanted.emit(self._candidates[0].customer.id)

    def clear(self) -> None:
        """Offer nobody."""
        self.show_candidates(())

    def _chip(self, candidate: Shown) -> QPushButton:
        found = in_short(candidate)
        text = self.tr("Perhaps also: {name} ({evidence})") if found else self._bare()
        shown = text.format(name=candidate.customer.name, evidence=found)
        key: UUID = candidate.customer.id
        hint = self.tr("Ctrl+M: look at both side by side")
        made = button(
            shown.replace("&", "&&"), lambda: self.merge_wanted.emit(key), "perhaps", hint
        )
        made.setAccessibleName(shown)
        return made

    def _bare(self) -> str:
        return self.tr("Perhaps also: {name}")
