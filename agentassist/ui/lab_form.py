# SPDX-License-Identifier: Apache-2.0
"""A policy as a form: what customers say, when we decline, what we offer instead, and tests."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, QPoint, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QVBoxLayout, QWidget

from agentassist.domain.policy_form import NeedForm, PolicyForm
from agentassist.services.policy_lab import Choices, LabFault
from agentassist.ui.lab_cards import Section
from agentassist.ui.lab_context import FormContext, Piece
from agentassist.ui.lab_document import (
    Path,
    moved_item,
    part,
    with_item,
    with_part,
    without_item,
)
from agentassist.ui.lab_fields import (
    ChoiceField,
    ConditionsField,
    LineField,
    LinesPair,
    SeveralField,
    TextPair,
    TickField,
)
from agentassist.ui.lab_inputs import Page
from agentassist.ui.lab_rules import Row, allows, declines, safe_paths, yes_with
from agentassist.ui.lab_tests_field import tests
from agentassist.ui.lab_words import category_word, guard_word, sector_word
from agentassist.ui.widgets import GAP, MARGIN, TIGHT, clear, column, row, scrolled

Pieces = Sequence[Piece]


class NeedsField(Piece):
    """What the customer is after: a word a line, with its Korean beside it."""

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._context = context
        self.path = ("needs",)
        self._ids = Page(self.tr("Needs, one word each"), 2)
        self._names = Page(self.tr("Needs, Korean"), 2)
        self._ids.setPlaceholderText("eat_now")
        self._names.setPlaceholderText("지금 식사")
        for page in (self._ids, self._names):
            page.edited.connect(self._changed)
        column(row(self._ids, self._names), context.slot(("needs",)), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the needs."""
        if form.needs != self._read():
            self._ids.show_text("\n".join(need.id for need in form.needs))
            self._names.show_text("\n".join(need.name_ko for need in form.needs))

    def _read(self) -> tuple[NeedForm, ...]:
        ids = [line.strip() for line in self._ids.toPlainText().splitlines() if line.strip()]
        names = [line.strip() for line in self._names.toPlainText().splitlines()]
        names += [""] * len(ids)
        return tuple(
            NeedForm(id="_".join(key.split()), name_ko=names[at]) for at, key in enumerate(ids)
        )

    def _changed(self) -> None:
        self._context.change(("needs",), self._read())


class DayField(Piece):
    """A day, or none."""

    def __init__(self, context: FormContext, path: Path, name: str) -> None:
        super().__init__()
        self._context, self.path = context, path
        self._given = QCheckBox(name)
        self._day = QDateEdit(QDate.currentDate())
        self._day.setCalendarPopup(True)
        self._day.setAccessibleName(name)
        self._given.toggled.connect(self._changed)
        self._day.dateChanged.connect(self._changed)
        column(self._given, self._day, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the day."""
        day = part(form, self.path)
        with QSignalBlocker(self._given), QSignalBlocker(self._day):
            self._given.setChecked(day is not None)
            if day is not None:
                self._day.setDate(QDate(day.year, day.month, day.day))
        self._day.setEnabled(day is not None)

    def _changed(self) -> None:
        day = self._day.date().toPython() if self._given.isChecked() else None
        self._context.change(self.path, day)


class LabForm(QWidget):
    """The form of one policy. It holds no state of its own beyond what it shows.

    Signals:
        edited: the whole form after a change, and what the change belongs to (a step of
            undo goes on while that stays the same).
    """

    edited = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._form: PolicyForm | None = None
        self._choices: Choices | None = None
        self._sections: list[Section] = []
        self._page = QWidget()
        self._list: QVBoxLayout = column(parent=self._page, gap=GAP)
        self._list.setContentsMargins(0, 0, MARGIN, MARGIN)
        self.area = scrolled(self._page)
        self.context: FormContext | None = None
        column(self.area, parent=self)

    @property
    def form(self) -> PolicyForm | None:
        """What is shown."""
        return self._form

    def show_form(self, form: PolicyForm, choices: Choices) -> None:
        """Show a form; one of the same policy keeps its widgets, and so the caret."""
        before = self._form
        same = before is not None and (before.id, bool(before.protected)) == (
            form.id,
            bool(form.protected),
        )
        self._form = form
        if not same or choices != self._choices or not self._sections:
            self._build(choices)
        for section in self._sections:
            section.show_form(form)

    def show_faults(self, faults: Iterable[LabFault]) -> None:
        """Say each fault beside its field."""
        if self.context is not None:
            self.context.show_faults(faults)
            for section in self._sections:
                section.unfold_faulty()

    def go_to(self, path: Path) -> None:
        """Bring the part of the form that a path of the file names into sight."""
        for section in self._sections:
            found = section.part_at(path)
            if found is not None:
                found.take_focus()
                # What was opened just now gets its place with the next layout.
                QTimer.singleShot(0, self, partial(self._bring_up, found))
                return

    def _bring_up(self, part_: QWidget) -> None:
        top = part_.mapTo(self._page, QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top - GAP)

    def clear(self) -> None:
        """Show nothing."""
        self._form = None
        self._sections = []
        clear(self._list)

    def _build(self, choices: Choices) -> None:
        clear(self._list)
        self._choices = choices
        if self.context is not None:
            self.context.deleteLater()
        context = self.context = FormContext(choices, self)
        context.changed.connect(self._change)
        context.added.connect(lambda path, item: self._become(with_item(self._form, path, item)))
        context.removed.connect(lambda path: self._become(without_item(self._form, path)))
        context.moved.connect(lambda path, by: self._become(moved_item(self._form, path, by)))
        protected = self._form is not None and bool(self._form.protected)
        self._sections = self._protected(context) if protected else self._ordinary(context)
        self._list.addWidget(context.slot(()))
        for section in self._sections:
            self._list.addWidget(section)
        self._list.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _change(self, path: Path, value: Any) -> None:
        self._become(with_part(self._form, path, value), path)

    def _become(self, form: PolicyForm, step: object = None) -> None:
        self._form = form
        for section in self._sections:
            section.show_form(form)
        self.edited.emit(form, step)

    def _ordinary(self, context: FormContext) -> list[Section]:
        return [
            self._about(context),
            self._said(context),
            Section(
                self.tr("What they are after"),
                self.tr("The needs behind the request. Every alternative must meet one of them."),
                (NeedsField(context), self._discovery(context)),
                folded=True,
            ),
            Section(
                self.tr("We say yes, unless …"),
                self.tr("What is not listed here is a yes. Each ground brings its alternatives."),
                (TextPair(context, ("yes",), self.tr("The yes")), declines(context)),
            ),
            Section(
                self.tr("Yes, if …"),
                self.tr("Still a yes, with something to do first."),
                (yes_with(context),),
            ),
            self._tests(context),
            self._more(context),
        ]

    def _protected(self, context: FormContext) -> list[Section]:
        return [
            self._about(context),
            self._said(context),
            self._detector(context),
            Section(
                self.tr("A clear, kind no"),
                self.tr("The answer, unless every fact of a proof below is known to be true."),
                (TextPair(context, ("refuse",), self.tr("The no")),),
            ),
            Section(
                self.tr("The safe path"),
                self.tr("What the customer can do at once. At least one."),
                (safe_paths(context),),
            ),
            Section(
                self.tr("Proof that opens it"),
                self.tr("Without a proof the answer is always no."),
                (TextPair(context, ("yes",), self.tr("The yes")), allows(context)),
            ),
            self._tests(context),
            self._guards(context),
        ]

    def _about(self, context: FormContext) -> Section:
        sectors = [(sector_word(x), x) for x in context.choices.sectors]
        line = Row(
            ChoiceField(context, ("sector",), self.tr("Sector"), sectors),
            LineField(context, ("owner",), self.tr("Who keeps it true")),
        )
        pieces: list[Piece] = [TextPair(context, ("title",), self.tr("Title")), line]
        if self._form is not None and self._form.protected:
            kinds = [(category_word(x), x) for x in context.choices.categories]
            pieces.append(ChoiceField(context, ("protected",), self.tr("Protects"), kinds))
        return Section(self.tr("The request"), "", pieces)

    def _said(self, context: FormContext) -> Section:
        return Section(
            self.tr("What customers say"),
            self.tr("In their own words, one a line: five or more, and three that sound alike."),
            (
                LinesPair(context, ("examples",), self.tr("Means this"), 5),
                LinesPair(context, ("counter",), self.tr("Sounds alike, means something else")),
            ),
            folded=True,
        )

    def _discovery(self, context: FormContext) -> Piece:
        return TextPair(context, ("discovery",), self.tr("A question that finds out which"))

    def _tests(self, context: FormContext) -> Section:
        return Section(
            self.tr("Tests"),
            self.tr("Every rule needs a case. The panel on the right makes one of what you try."),
            (tests(context),),
        )

    def _detector(self, context: FormContext) -> Section:
        return Section(
            self.tr("Words that raise the shield"),
            self.tr("An act word near an object word brings up the banner."),
            (
                LinesPair(context, ("act",), self.tr("Act words")),
                LinesPair(context, ("object",), self.tr("Object words")),
            ),
        )

    def _guards(self, context: FormContext) -> Section:
        guards = [(guard_word(x), x) for x in context.choices.guards]
        dual: list[tuple[str, object]] = [
            (self.tr("None"), ""),
            (self.tr("Two people sign"), "dual_control"),
        ]
        pieces: Pieces = (
            SeveralField(context, ("guards",), self.tr("Stands guard over"), lambda _form: guards),
            ChoiceField(context, ("exception",), self.tr("Exception"), dual),
            *self._validity(context),
        )
        return Section(self.tr("More"), "", pieces, folded=True)

    def _more(self, context: FormContext) -> Section:
        touches: list[tuple[str, object]] = [(self.tr("Nothing of it"), "")]
        touches += [(guard_word(x), x) for x in context.choices.touches]
        actions: list[tuple[str, object]] = [(self.tr("None"), "")]
        actions += [(x.replace("_", " "), x) for x in context.choices.actions]
        money: list[tuple[str, object]] = [(self.tr("None"), "")]
        money += [(f.name, f.key) for f in context.choices.facts if f.currency]
        pieces: Pieces = (
            TickField(context, ("account_bound",), self.tr("Only for a verified account holder")),
            Row(
                ChoiceField(context, ("touches",), self.tr("Changes sensitive data"), touches),
                ChoiceField(context, ("action",), self.tr("Asks authority for"), actions),
                ChoiceField(context, ("amount",), self.tr("Up to the amount"), money),
            ),
            ConditionsField(context, ("scope",), self.tr("Only speaks when all of these hold")),
            *self._validity(context),
        )
        return Section(self.tr("More"), "", pieces, folded=True)

    def _validity(self, context: FormContext) -> Pieces:
        return (
            Row(
                LineField(context, ("request",), self.tr("Answers the request type")),
                DayField(context, ("valid_from",), self.tr("Valid from")),
                DayField(context, ("valid_until",), self.tr("Valid until")),
            ),
        )
