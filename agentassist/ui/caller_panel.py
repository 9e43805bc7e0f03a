# SPDX-License-Identifier: Apache-2.0
"""The screens for a caller who is not one known customer: none, many, maybe, or no number."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.domain.call import Call
from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.identity import Attempt, Candidate, Means, Outcome, Recognition
from agentassist.ui.candidate_list import CandidateList, RowAction
from agentassist.ui.evidence import Shown, is_guess
from agentassist.ui.search_field import SearchField
from agentassist.ui.widgets import GAP, MARGIN, Flow, button, column, label, scrolled
from agentassist.ui.words import word


class CallerPanel(QFrame):
    """Asks who it is, never in a dialog. Takes 1-9, A, M, N, S and ? while it has the frame.

    Signals:
        chosen: the id of the customer the agent picked.
        search_wanted: text to look for among all customers.
        created: the name of a customer to add with this number.
        attached: the id of a customer whose number this is from now on.
        shared: several people use this number.
        closed: the agent goes back to the customer who was on screen.
        merge_wanted: the id of a customer who is the same person as the one on screen.
    """

    chosen = Signal(object)
    attached = Signal(object)
    merge_wanted = Signal(object)
    search_wanted = Signal(str)
    created = Signal(str)
    shared = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.setAccessibleName(self.tr("Who is calling"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._call: Call | None = None
        self._current: UUID | None = None
        self._naming = False
        self._title = label("", "title", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._search = self._search_field()
        self._people = CandidateList()
        self._people.chosen.connect(self.chosen)
        self._people.armed.connect(self._await_number)
        self._why = label("", "muted", wrap=True)
        self._why.hide()
        content = QWidget()
        parts = (self._title, self._about, self._search, self._people, self._buttons(), self._why)
        column(*parts, None, parent=content, margin=MARGIN, gap=GAP)
        column(scrolled(content), parent=self)

    def show_recognition(self, call: Call, recognition: Recognition) -> None:
        """Show the screen of an outcome."""
        self._call, self._current, self._naming = call, None, False
        candidates = recognition.candidates
        self._title.setText(self._headline(recognition, call.remote))
        self._about.setText(self._advice(recognition))
        self._why.setText(self._explain(recognition.attempts))
        self._why.hide()
        self._explain_button.setVisible(recognition.outcome is Outcome.NO_MATCH)
        self._create_button.show()
        self._share_button.setVisible(len(candidates) > 1 and all(map(_owns_number, candidates)))
        self._search.clear()
        self._people.show_candidates(candidates, self._actions())

    def show_found(self, candidates: tuple[Candidate, ...]) -> None:
        """Show what a search by hand found."""
        self._about.setText(
            self.tr("Choose the caller. The number can be added with one key: A.")
            if candidates
            else self.tr("Nobody found. Try another spelling, or add a new customer.")
        )
        self._people.show_candidates(candidates, self._actions())

    def show_shared(self) -> None:
        """Show that several people use the number."""
        people = tuple(map(_with_shared_number, self._people.candidates))
        self._share_button.hide()
        self._people.show_candidates(people, self._actions())

    def show_search(self, current: UUID | None, call: Call | None) -> None:
        """Make ready to look somebody up beside the customer who is on screen, if one is."""
        self._current, self._call = current, call
        self._create_button.setVisible(call is not None)
        self._share_button.hide()
        self._explain_button.hide()
        self._why.hide()
        self._title.setText(self.tr("Find a customer"))
        self._about.setText("")
        self._people.show_candidates(())

    def choose_first(self) -> None:
        """Choose the first person of the list."""
        self.chosen.emit(self._people.candidates[0].customer.id)

    def focus_search(self) -> None:
        """Put the cursor into the search field; only ever at the agent's own wish."""
        self._search.take_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let numbers choose, and letters act."""
        if self._people.press(event) or self._letter(event):
            return
        if event.key() == Qt.Key.Key_Escape and self._current:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def explain(self) -> None:
        """Show what was tried, or hide it again."""
        self._why.setVisible(not self._why.isVisible())

    def _letter(self, event: QKeyEvent) -> bool:
        acts = {
            Qt.Key.Key_N: (self._create_button, self._create),
            Qt.Key.Key_S: (self._share_button, self.shared.emit),
            Qt.Key.Key_Question: (self._explain_button, self.explain),
        }
        found = acts.get(Qt.Key(event.key()))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if found is None or not plain or found[0].isHidden():
            return False
        found[1]()
        return True

    def _search_field(self) -> SearchField:
        field = SearchField(self.tr("Find a customer"))
        field.returnPressed.connect(self._ask)
        field.went_down.connect(lambda: self._people.focus_first())
        field.left.connect(self._leave_field)
        return field

    def _leave_field(self) -> None:
        """Give the keys of the list their meaning again."""
        self._naming = False
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _buttons(self) -> QWidget:
        self._create_button = button(self.tr("&New customer"), self._create, hint="N")
        self._share_button = button(
            self.tr("Shared number"),
            self.shared.emit,
            "quiet",
            self.tr("S: several people use it, such as a family"),
        )
        self._explain_button = button(self.tr("Why no &match?"), self.explain, "quiet", "?")
        flow = Flow(gap=GAP)
        for made in (self._create_button, self._share_button, self._explain_button):
            flow.add(made)
        return flow

    def _actions(self) -> tuple[RowAction, ...]:
        add = RowAction(
            Qt.Key.Key_A,
            self.tr("Add number"),
            self.tr("Add this number to {name}"),
            self.attached.emit,
            self._may_attach,
        )
        merge = RowAction(
            Qt.Key.Key_M,
            self.tr("Merge…"),
            self.tr("{name} is the same person as the one on screen"),
            self.merge_wanted.emit,
            lambda item: self._current not in (None, item.customer.id),
        )
        return add, merge

    def _may_attach(self, candidate: Shown) -> bool:
        remote = self._call.remote if self._call else ""
        return bool(remote) and not _owns_number(candidate)

    def _headline(self, recognition: Recognition, number: str) -> str:
        candidates = recognition.candidates
        if len(candidates) == 1:
            return self.tr("Perhaps {name}").format(name=candidates[0].customer.name)
        if candidates and all(map(is_guess, candidates)):
            return self.tr("Perhaps one of these %n", "", len(candidates))
        if recognition.outcome is Outcome.MANY_MATCHES:
            return self.tr("%n customers fit", "", len(candidates))
        if recognition.outcome is Outcome.NO_NUMBER:
            return self.tr("The caller withholds the number")
        return self.tr("Nobody known with {number}").format(number=number)

    def _advice(self, recognition: Recognition) -> str:
        candidates = recognition.candidates
        if candidates and all(map(is_guess, candidates)):
            return self.tr("The number is a guess. Ask for the name; A makes the number theirs.")
        if len(candidates) == 1:
            return self.tr("Others may use this number too. Ask for the name.")
        if candidates:
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

    def _await_number(self, action: str) -> None:
        text = self.tr("{action}: press the number of the person.")
        self._about.setText(text.format(action=action))

    def _ask(self) -> None:
        text = self._search.text().strip()
        if text and self._naming:
            self._create()
        elif text:
            self.search_wanted.emit(text)

    def _create(self) -> None:
        name, self._naming = self._search.text().strip(), False
        if name:
            self.created.emit(name)
        else:
            self._naming = True
            self._about.setText(self.tr("Type the customer's name above and press Enter."))
            self._search.setFocus()


def _owns_number(candidate: Shown) -> bool:
    """Tell whether the caller's number is known to be this person's, alone or with others."""
    return isinstance(candidate, Candidate) and any(
        item.kind is ContactKind.PHONE
        and item.means is not Means.LAST_DIGITS
        and item.standing is not Standing.MAYBE
        for item in candidate.evidence
    )


def _with_shared_number(candidate: Shown) -> Shown:
    if not isinstance(candidate, Candidate):
        return candidate
    evidence = tuple(
        replace(item, standing=Standing.SHARED) if item.kind is ContactKind.PHONE else item
        for item in candidate.evidence
    )
    return replace(candidate, evidence=evidence)
