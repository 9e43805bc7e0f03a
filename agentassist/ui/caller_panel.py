# SPDX-License-Identifier: Apache-2.0
"""The screens for a caller who is not one known customer: none, many, or no number."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from agentassist.domain.call import Call
from agentassist.domain.identity import Attempt, Candidate, Evidence, Outcome, Recognition
from agentassist.ui.widgets import (
    GAP,
    MARGIN,
    ChoiceButton,
    button,
    clear,
    column,
    label,
    row,
    scrolled,
)
from agentassist.ui.words import word

_KEYED = 9


class CallerPanel(QFrame):
    """Asks who it is, never in a dialog.

    Signals:
        chosen: the id of the customer the agent picked.
        search_wanted: text to look for among all customers.
        created: the name of a customer to add with this number.
        attached: the id of a customer whose number this is from now on.
    """

    chosen = Signal(object)
    attached = Signal(object)
    search_wanted = Signal(str)
    created = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(self.tr("Who is calling"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._candidates: tuple[Candidate, ...] = ()
        self._call: Call | None = None
        self._title = label("", "title", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Name, number, e-mail, order…"))
        self._search.setAccessibleName(self.tr("Find a customer"))
        self._search.returnPressed.connect(self._ask)
        self._found = column(gap=GAP)
        self._why = label("", "muted", wrap=True)
        self._why.hide()
        content = QWidget()
        column(
            self._title,
            self._about,
            self._search,
            self._found,
            self._buttons(),
            self._why,
            None,
            parent=content,
            margin=MARGIN,
        )
        column(scrolled(content), parent=self)

    def show_recognition(self, call: Call, recognition: Recognition) -> None:
        """Show the screen of an outcome."""
        self._call = call
        self._title.setText(self._headline(recognition, call.remote))
        self._about.setText(self._advice(recognition.outcome))
        self._why.setText(self._explain(recognition.attempts))
        self._why.hide()
        self._explain_button.setVisible(recognition.outcome is Outcome.NO_MATCH)
        self._create_button.setVisible(recognition.outcome is not Outcome.MANY_MATCHES)
        self._search.clear()
        self._show(recognition.candidates)

    def show_found(self, candidates: tuple[Candidate, ...]) -> None:
        """Show what a search by hand found."""
        self._about.setText(
            self.tr("Choose the caller. The number can be added with one click.")
            if candidates
            else self.tr("Nobody found. Try another spelling, or add a new customer.")
        )
        self._show(candidates)

    def focus_search(self) -> None:
        """Put the cursor into the search field; only ever at the agent's own wish."""
        self._search.setFocus()
        self._search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let 1-9 choose a candidate."""
        number = event.key() - Qt.Key.Key_0
        if 1 <= number <= len(self._candidates[:_KEYED]):
            self.chosen.emit(self._candidates[number - 1].customer.id)
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        self._create_button = button(self.tr("&New customer"), self._create)
        self._explain_button = button(self.tr("Why no &match?"), self.explain, "quiet")
        row(self._create_button, self._explain_button, None, parent=holder)
        return holder

    def _headline(self, recognition: Recognition, number: str) -> str:
        if recognition.outcome is Outcome.MANY_MATCHES:
            return self.tr("%n customers fit", "", len(recognition.candidates))
        if recognition.outcome is Outcome.NO_NUMBER:
            return self.tr("The caller withholds the number")
        return self.tr("Nobody known with {number}").format(number=number)

    def _advice(self, outcome: Outcome) -> str:
        if outcome is Outcome.MANY_MATCHES:
            return self.tr("Ask for the name, then press the number beside it.")
        return self.tr("Ask for a name, an order number or an e-mail address and look it up here.")

    def _explain(self, attempts: tuple[Attempt, ...]) -> str:
        tried = [
            self.tr("{kind} {value}: {means}, {found} found").format(
                kind=word(item.kind), value=item.value, means=word(item.means), found=item.found
            )
            for item in attempts
        ]
        return "\n".join(tried) or self.tr("There was nothing to look for.")

    def _show(self, candidates: tuple[Candidate, ...]) -> None:
        clear(self._found)
        self._candidates = candidates
        for place, candidate in enumerate(candidates, start=1):
            self._found.addWidget(self._candidate(place, candidate))

    def _candidate(self, place: int, candidate: Candidate) -> QWidget:
        customer = candidate.customer
        about = [self._evidence(item) for item in candidate.evidence]
        about += filter(None, (customer.tier, customer.postal_code))
        pick = ChoiceButton(
            f"{place}   {customer.name}",
            " · ".join(about),
            lambda: self.chosen.emit(customer.id),
        )
        holder = QWidget()
        layout = row(pick, parent=holder)
        layout.setStretch(0, 1)
        if not candidate.evidence and self._call and self._call.remote:
            layout.addWidget(self._attach(customer.id, customer.name))
        return holder

    def _attach(self, customer_id: UUID, name: str) -> QPushButton:
        made = button(self.tr("Add number"), lambda: self.attached.emit(customer_id), "quiet")
        made.setAccessibleName(self.tr("Add this number to {name}").format(name=name))
        return made

    def _evidence(self, item: Evidence) -> str:
        return self.tr("{means} {kind}").format(means=word(item.means), kind=word(item.kind))

    def _ask(self) -> None:
        if text := self._search.text().strip():
            self.search_wanted.emit(text)

    def _create(self) -> None:
        if name := self._search.text().strip():
            self.created.emit(name)
        else:
            self._about.setText(self.tr("Type the customer's name above, then press New customer."))
            self._search.setFocus()

    def explain(self) -> None:
        """Show what was tried, or hide it again."""
        self._why.setVisible(not self._why.isVisible())
