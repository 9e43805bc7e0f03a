# SPDX-License-Identifier: Apache-2.0
"""Where a draft stands: what changed, who must look, and the next step as one button."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from agentassist.domain.money import Money
from agentassist.domain.policy_changes import Change, ChangeKind
from agentassist.domain.policy_draft import Draft, DraftState, Outcome, is_second, may_decide
from agentassist.domain.staff import Person
from agentassist.services.policy_lab import Standing
from agentassist.ui.formats import amount
from agentassist.ui.lab_inputs import Line, Page
from agentassist.ui.lab_since import ProgressLine
from agentassist.ui.lab_words import lab_word
from agentassist.ui.widgets import (
    GAP,
    TIGHT,
    Flow,
    button,
    chip,
    clear,
    column,
    em,
    label,
    restyle,
    row,
    scrolled,
)
from agentassist.ui.words import template_sentence

_LOOKS = {DraftState.IN_REVIEW: "caution", DraftState.REVIEWED: "yes", DraftState.ACTIVE: "yes"}
_SIGNS = {ChangeKind.ADDED: ("+", "yes"), ChangeKind.REMOVED: ("−", "danger"),
          ChangeKind.CHANGED: ("~", "accent")}  # fmt: skip
_MOST_LINES = 7


class ReviewBar(QFrame):
    """The foot of the lab while a draft is open.

    Signals:
        submitted, activated, discarded, rebased: the person presses the step.
        reviewed: an Outcome and a note.
        fault_wanted: the first fault is to be shown.
        what_if_wanted: past decisions are to be replayed.
        renamed: another name of the draft.
        left: the person goes back to what is in force.
    """

    submitted = Signal()
    activated = Signal()
    discarded = Signal()
    rebased = Signal()
    reviewed = Signal(object, str)
    fault_wanted = Signal()
    what_if_wanted = Signal()
    renamed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "panel")
        self._standing: Standing | None = None
        self._draft: Draft | None = None
        self._state = chip("")
        self._title = Line(self.tr("Name of the draft"))
        self._title.editingFinished.connect(self._rename)
        self.progress = ProgressLine()
        self._saved = label("", "small")
        self._next = label("", "small", wrap=True)
        self.faults = button("", self.fault_wanted.emit, "late")
        self.changes_button = button("", self._fold, "filter")
        self.changes_button.setCheckable(True)
        self.what_if = button(self.tr("What if…"), self.what_if_wanted.emit)
        self.submit = button(self.tr("Send for review"), self.submitted.emit, "primary")
        self.approve = button(self.tr("Approve"), lambda: self._say(Outcome.APPROVED), "primary")
        self.send_back = button(self.tr("Send back"), lambda: self._say(Outcome.SENT_BACK))
        self.activate = button(self.tr("Put in force"), self.activated.emit, "primary")
        self.rebase = button(self.tr("Take over what is in force"), self.rebased.emit)
        self.leave = button(self.tr("Close the draft"), self.left.emit, "quiet")
        self.discard = button(self.tr("Discard"), self.discarded.emit, "quiet")
        self.note = Page(self.tr("Note to the author"), 1, 3)
        self.note.setPlaceholderText(self.tr("Note to the author"))
        self._lines: QVBoxLayout = column(gap=TIGHT)
        self._diff = self._scroll()
        self._arrange()
        self.hide()

    def show_standing(self, standing: Standing, person: Person | None) -> None:
        """Show where the draft stands, for the person who is signed in."""
        self._standing = standing
        draft = standing.draft
        self.show_draft(draft)
        self._show_faults(standing)
        self._show_changes(standing.changes)
        self._next.setText(self._next_step(standing))
        self._show_steps(standing, person)

    def show_draft(self, draft: Draft) -> None:
        """Show the draft's name and state while the rest is being worked out."""
        self._state.setText(lab_word(draft.state))
        restyle(self._state, "chip", _LOOKS.get(draft.state, "accent"))
        self._draft = draft
        if not self._title.hasFocus():
            self._title.show_text(draft.title)
        self.show()

    def show_saved(self, text: str) -> None:
        """Say whether everything is saved."""
        self._saved.setText(text)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far putting it in force is."""
        text = self.tr("Checking past decisions: {done} of {total}")
        self.progress.show_progress(text.format(done=f"{done:,}", total=f"{total:,}"), done, total)

    def clear(self) -> None:
        """Show no draft."""
        self._standing = None
        self.hide()

    def _show_faults(self, standing: Standing) -> None:
        count = len(standing.faults)
        self.faults.setText(self.tr("%n fault(s)", "", count))
        self.faults.setAccessibleName(self.faults.text())
        self.faults.setVisible(bool(count))
        self.rebase.setVisible(bool(standing.conflicts))

    def _show_changes(self, changes: Sequence[Change]) -> None:
        self.changes_button.setText(self.tr("%n change(s)", "", len(changes)))
        self.changes_button.setVisible(bool(changes))
        clear(self._lines)
        for change in changes:
            self._lines.addWidget(_ChangeLine(change))
        lines = min(_MOST_LINES, 2 * len(changes)) * self.fontMetrics().lineSpacing() * 1.5
        self._diff.setFixedHeight(round(lines))
        self._diff.setVisible(self.changes_button.isChecked() and bool(changes))

    def _show_steps(self, standing: Standing, person: Person | None) -> None:
        draft, sound = standing.draft, not standing.faults and bool(standing.changes)
        reviewing = draft.state is DraftState.IN_REVIEW
        ready = standing.ready and bool(standing.changes)
        self.submit.setVisible(draft.state is DraftState.DRAFT and bool(standing.two))
        self.submit.setEnabled(sound)
        for made in (self.approve, self.send_back, self.note):
            made.setVisible(reviewing)
        second = person is None or is_second(person, draft)
        self.approve.setEnabled(sound and second)
        self.approve.setToolTip("" if second else self.tr("Somebody else must look at it."))
        self.activate.setVisible(not reviewing and (not standing.two or ready))
        self.activate.setEnabled(ready and (person is None or may_decide(person)))
        self.what_if.setEnabled(sound)

    def _next_step(self, standing: Standing) -> str:
        if standing.conflicts:
            text = self.tr("Meanwhile something else was put in force: {files}")
            return text.format(files=", ".join(standing.conflicts))
        lines = []
        if standing.two:
            why = (template_sentence(reason.template, reason.values) for reason in standing.two)
            lines.append(self.tr("Two people look at this:") + " " + " ".join(dict.fromkeys(why)))
        elif standing.faults:
            lines.append(self.tr("What it changes is told once its faults are mended."))
        elif standing.changes:
            lines.append(self.tr("No second person is needed for this change."))
        else:
            lines.append(self.tr("Nothing was changed yet."))
        for review in standing.reviews[-1:]:
            said = self.tr("{name} {outcome}").format(
                name=review.reviewer, outcome=lab_word(review.outcome)
            )
            lines.append(f"{said}: {review.note}" if review.note else said)
        return "  ·  ".join(lines)

    def _say(self, outcome: Outcome) -> None:
        note = self.note.toPlainText().strip()
        if outcome is Outcome.SENT_BACK and not note:
            self.note.setPlaceholderText(self.tr("Say what to change, then send it back"))
            self.note.setFocus()
            return
        self.reviewed.emit(outcome, note)
        self.note.show_text("")

    def _rename(self) -> None:
        title = self._title.text().strip()
        if self._draft is not None and title and title != self._draft.title:
            self.renamed.emit(title)

    def _fold(self) -> None:
        self._diff.setVisible(self.changes_button.isChecked())

    def _scroll(self) -> QWidget:
        content = QWidget()
        column(self._lines, None, parent=content)
        area = scrolled(content)
        area.hide()
        return area

    def _arrange(self) -> None:
        about, steps = Flow(GAP), Flow(GAP)
        self._title.setMinimumWidth(em(17))
        for part in (self._state, self._title, self._saved, self.changes_button, self.faults):
            about.add(part)
        for made in (self.submit, self.activate, self.approve, self.send_back, self.what_if,
                     self.rebase, self.discard, self.leave):  # fmt: skip
            steps.add(made)
        head = row(about, steps, gap=GAP)
        head.setStretch(0, 1)
        parts = (head, self._next, self._diff, self.progress, self.note)
        column(*parts, parent=self, margin=GAP, gap=TIGHT)

    def step_buttons(self) -> tuple[QPushButton, ...]:
        """Return the steps, for tests and for the keyboard."""
        return (self.submit, self.approve, self.send_back, self.activate, self.discard)


class _ChangeLine(QWidget):
    """One difference: a sign, what it is, and the values before and after."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        sign, look = _SIGNS[change.kind]
        mark = chip(f"{sign} {lab_word(change.kind)}", look)
        what = " · ".join(filter(None, (change.policy_id, lab_word(change.what), change.id)))
        money = [chip(_more(change), "caution")] if change.money and change.money.minor else []
        head = row(mark, label(what, "strong"), *money, None, gap=GAP)
        values = " → ".join(filter(None, (change.before, change.after)))
        lines = [label(values, "small", wrap=True)] if values else []
        column(head, *lines, parent=self, gap=0)


def _more(change: Change) -> str:
    assert change.money is not None  # noqa: S101  the caller looked
    more = change.money
    sign = "+" if more.minor > 0 else "−"
    return sign + amount(Money(abs(more.minor), more.currency))
