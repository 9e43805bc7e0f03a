# SPDX-License-Identifier: Apache-2.0
"""Two records side by side before they become one, and what was merged before."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.merge import MergePreview, Move, choosing, turned
from agentassist.ui.evidence import Chip, Shown, comparison_chips
from agentassist.ui.field_choices import FieldChoices
from agentassist.ui.holdings_text import in_words
from agentassist.ui.merge_history import MergeHistory
from agentassist.ui.person_picker import PersonPicker
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    TIGHT,
    Flow,
    button,
    chip,
    column,
    label,
    row,
    scrolled,
)

if TYPE_CHECKING:
    from agentassist.services.merging import MergeRecord


class MergePanel(QFrame):
    """First whom to merge with, then both records with what they become; never a dialog.

    Signals:
        picked: the id of the customer to look at beside the one on screen.
        search_wanted: text to look for among all customers.
        merge_wanted: the MergePreview as the agent left it, and the reason.
        apart_wanted: the MergePreview of two who are two people.
        split_wanted: the id of a merge to undo.
        return_wanted: the id of a move to undo.
        doubt_wanted: the id of somebody who may be the same person after all.
        closed: the agent goes back without merging.
    """

    picked = Signal(object)
    search_wanted = Signal(str)
    merge_wanted = Signal(object, str)
    apart_wanted = Signal(object)
    split_wanted = Signal(object)
    return_wanted = Signal(object)
    doubt_wanted = Signal(object)
    closed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(self.tr("Merge"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._preview: MergePreview | None = None
        self._title = label("", "title", wrap=True)
        self.picker = PersonPicker(self.tr("Find the other record"))
        self.picker.chosen.connect(self.picked)
        self.picker.search_wanted.connect(self.search_wanted)
        self.picker.left.connect(self.closed)
        self.history = MergeHistory(now)
        self.history.split_wanted.connect(self.split_wanted)
        self.history.return_wanted.connect(self.return_wanted)
        self.history.doubt_wanted.connect(self.doubt_wanted)
        self._pair = self._pair_part()
        content = QWidget()
        parts = (self.picker, self._pair, self.history)
        column(*parts, None, parent=content, margin=MARGIN, gap=MARGIN)
        head = row(self._title, button(self.tr("Cancel"), self.closed.emit, "quiet", "Esc"))
        head.setStretch(0, 1)
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        self._scroll = scrolled(content)
        layout = column(head, self._scroll, self._foot_part(), parent=self, gap=GAP)
        layout.setStretch(1, 1)

    def show_customer(
        self,
        customer: Customer,
        merges: "tuple[MergeRecord, ...]" = (),
        moves: tuple[Move, ...] = (),
        apart: tuple[Customer, ...] = (),
    ) -> None:
        """Ask whom to merge with, and list what was merged before."""
        self._preview = None
        self._title.setText(self.tr("Merge {name} with …").format(name=customer.name))
        self.picker.show_candidates(())
        self.picker.show()
        self._pair.hide()
        self._foot.hide()
        self.history.show_history(merges, moves, apart)

    def show_people(self, candidates: Sequence[Shown]) -> None:
        """Offer people to merge with: suggested ones, or what a search found."""
        self.picker.show_candidates(candidates)

    def show_preview(self, preview: MergePreview) -> None:
        """Show two records and what they would become."""
        self.picker.hide()
        self.history.hide()
        self._pair.show()
        self._foot.show()
        self._reason.clear()
        self._show(preview)
        self._choices.focus_first()

    def shows_pair(self) -> bool:
        """Tell whether two records are on screen side by side."""
        return self._preview is not None and self.isVisible()

    def show_fault(self, sentence: str) -> None:
        """Say above the buttons why it was not done."""
        self._fault.setText(sentence)
        self._fault.show()

    def clear(self) -> None:
        """Forget both records."""
        self._preview = None
        self.picker.show_candidates(())
        self.history.clear()
        self._pair.hide()
        self._foot.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Merge with Ctrl+Enter, turn with S, choose with a number, leave with Esc."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key is Qt.Key.Key_Escape:
            self.closed.emit()
        elif enter and held == Qt.KeyboardModifier.ControlModifier and self._preview:
            self._merge()
        elif key is Qt.Key.Key_S and not held and self._preview:
            self._turn()
        elif self._preview or not self.picker.press(event):
            super().keyPressEvent(event)

    def _pair_part(self) -> QWidget:
        self._chips = Flow(gap=TIGHT)
        self._choices = FieldChoices()
        self._choices.taken.connect(self._take)
        self._moves, self._stays, self._both = (label("", wrap=True) for _ in range(3))
        lists = QFrame()
        lists.setProperty("look", "inset")
        column(self._moves, self._stays, self._both, parent=lists, margin=GAP, gap=TIGHT)
        self._reason = QLineEdit()
        self._reason.setAccessibleName(self.tr("Reason"))
        holder = QWidget()
        column(self._chips, self._choices, lists, self._reason, parent=holder, gap=MARGIN)
        return holder

    def _foot_part(self) -> QWidget:
        self._fault = label("", "fault", wrap=True)
        buttons = Flow(gap=GAP)
        self.merge_button = button(self.tr("Merge"), self._merge, "primary", self.tr("Ctrl+Enter"))
        for made in (
            self.merge_button,
            button(self.tr("Switch direction"), self._turn, "", "S"),
            button(self.tr("Not the same person"), self._apart, "quiet"),
        ):
            buttons.add(made)
        self._foot = QWidget()
        layout = column(self._fault, buttons, parent=self._foot, gap=GAP)
        layout.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        return self._foot

    def _show(self, preview: MergePreview) -> None:
        self._preview = preview
        self._fault.hide()
        self._title.setText(self.tr("One person?"))
        self._show_chips([*self._apart_chip(preview), *comparison_chips(preview.comparison)])
        self._choices.show_preview(preview)
        moves, stays = in_words(preview.moves), in_words(preview.stays)
        self._moves.setText(self.tr("Joins the history: {list}").format(list=moves))
        self._stays.setText(self.tr("Is there already: {list}").format(list=stays))
        both = ", ".join(map(_shown, preview.both))
        self._both.setText(self.tr("On both: {list}").format(list=both))
        self._both.setVisible(bool(both))
        needed = preview.needs_reason
        self._reason.setPlaceholderText(
            self.tr("Why they are one person all the same (needed)")
            if needed
            else self.tr("Reason (may stay empty)")
        )

    def _apart_chip(self, preview: MergePreview) -> list[Chip]:
        return [(self.tr("found to be two people"), "danger")] if preview.apart else []

    def _show_chips(self, chips: list[Chip]) -> None:
        self._chips.clear()
        for text, look in chips or [(self.tr("nothing in common"), "caution")]:
            self._chips.add(chip(text, look))

    def _take(self, names: frozenset[str]) -> None:
        if self._preview:
            self._show(choosing(self._preview, names))

    def _turn(self) -> None:
        if self._preview:
            self._show(turned(self._preview))

    def _merge(self) -> None:
        reason = self._reason.text().strip()
        if self._preview and self._preview.needs_reason and not reason:
            self.show_fault(self.tr("Something speaks against it. Write why they are one person."))
            self._reason.setFocus()
            self._scroll.ensureWidgetVisible(self._reason)
        elif self._preview:
            self.merge_wanted.emit(self._preview, reason)

    def _apart(self) -> None:
        if self._preview:
            self.apart_wanted.emit(self._preview)


def _shown(point: ContactPoint) -> str:
    """Return a contact point for the eye; an id number never in full."""
    return point.shown or ("•••" if point.kind is ContactKind.ID_NUMBER else point.value)
