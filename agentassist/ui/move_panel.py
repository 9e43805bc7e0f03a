# SPDX-License-Identifier: Apache-2.0
"""Whose a conversation is: another customer's, or nobody's."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from agentassist.domain.history import Interaction
from agentassist.ui.evidence import Shown
from agentassist.ui.formats import day_and_clock
from agentassist.ui.person_picker import PersonPicker
from agentassist.ui.widgets import GAP, MARGIN, button, column, label, row, scrolled
from agentassist.ui.words import word

_EXCERPT = 160


class MovePanel(QFrame):
    """Shows one contact and asks whose it is; never a dialog.

    Signals:
        moved: the Interaction, the id of its customer (None for nobody), and whether it goes
            without its conversation.
        search_wanted: text to look for among all customers.
        closed: the agent goes back without moving.
    """

    moved = Signal(object, object, bool)
    search_wanted = Signal(str)
    closed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._item: Interaction | None = None
        self.setProperty("look", "panel")
        self.setAccessibleName(self.tr("Move this conversation"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._what = label("", "small", wrap=True)
        self._text = label("", wrap=True)
        self._alone = QCheckBox(self.tr("Only this contact, not its whole conversation"))
        self.picker = PersonPicker(self.tr("Whose is it?"))
        self.picker.chosen.connect(self._give)
        self.picker.search_wanted.connect(self.search_wanted)
        self.picker.left.connect(self.closed)
        self._fault = label("", "fault", wrap=True)
        nobody = button(self.tr("Not this customer, nobody known"), lambda: self._give(None))
        box = QFrame()
        box.setProperty("look", "inset")
        column(self._what, self._text, parent=box, margin=GAP, gap=0)
        content = QWidget()
        parts = (box, self._alone, self.picker, nobody, self._fault)
        column(*parts, None, parent=content, margin=MARGIN, gap=MARGIN)
        back = button(self.tr("Cancel"), self.closed.emit, "quiet", "Esc")
        head = row(label(self.tr("Move this conversation"), "title", wrap=True), back)
        head.setStretch(0, 1)
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        column(head, scrolled(content), parent=self, gap=GAP).setStretch(1, 1)

    def show_contact(self, item: Interaction) -> None:
        """Ask whose a contact is."""
        self._item = item
        at = day_and_clock(item.occurred_at, self._now()) if item.occurred_at else ""
        facts = (word(item.channel), at, item.author)
        self._what.setText(" · ".join(filter(None, facts)))
        text = " ".join((item.subject or item.text).split())
        self._text.setText(text[:_EXCERPT])
        self._alone.setChecked(False)
        self._alone.setVisible(item.conversation_id is not None)
        self._fault.hide()
        self.picker.clear()
        self.picker.focus_field()

    def show_fault(self, sentence: str) -> None:
        """Say why it was not moved."""
        self._fault.setText(sentence)
        self._fault.show()

    def show_people(self, candidates: Sequence[Shown]) -> None:
        """Show what a search found."""
        self.picker.show_candidates(candidates)

    def clear(self) -> None:
        """Forget the contact."""
        self._item = None
        self._what.setText("")
        self._text.setText("")
        self.picker.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with a number, leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not self.picker.press(event):
            super().keyPressEvent(event)

    def _give(self, customer_id: object) -> None:
        if self._item:
            self.moved.emit(self._item, customer_id, self._alone.isChecked())
