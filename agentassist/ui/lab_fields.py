# SPDX-License-Identifier: Apache-2.0
"""The fields of the form: each shows its part of the policy and tells when it is changed."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QDate, QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QPushButton, QWidget

from agentassist.domain.facts import Text
from agentassist.domain.policy_form import NeedForm, PolicyForm
from agentassist.ui.lab_conditions import ConditionRows
from agentassist.ui.lab_context import FormContext, Piece
from agentassist.ui.lab_document import Path, part
from agentassist.ui.lab_inputs import Choice, Line, Page
from agentassist.ui.widgets import GAP, TIGHT, Flow, button, column, label, row

_SHORT = 60


def both_names(name: str) -> tuple[str, str]:
    """Return what the English and the Korean field of a sentence are called."""
    english = QCoreApplication.translate("lab", "{name}, English").format(name=name)
    return english, QCoreApplication.translate("lab", "{name}, Korean").format(name=name)


class TextPair(Piece):
    """A sentence in both languages, side by side."""

    def __init__(self, context: FormContext, path: Path, name: str) -> None:
        super().__init__()
        self._context, self.path = context, path
        english, korean = both_names(name)
        self._en, self._ko = Page(english, 1, 5), Page(korean, 1, 5)
        for field in (self._en, self._ko):
            field.setPlaceholderText("English" if field is self._en else "한국어")
            field.edited.connect(self._changed)
        _pair(self, name, self._en, self._ko, context.slot(path))

    def show_form(self, form: PolicyForm) -> None:
        """Show the sentence of the form."""
        now: Text = part(form, self.path)
        for field, text in ((self._en, now.en), (self._ko, now.ko)):
            if _line(field) != text:
                field.show_text(text)

    def _changed(self) -> None:
        en, ko = (_line(field) for field in (self._en, self._ko))
        self._context.change(self.path, Text(en, ko))


class LinesPair(Piece):
    """Sentences in both languages, one a line."""

    def __init__(self, context: FormContext, path: Path, name: str, least: int = 3) -> None:
        super().__init__()
        self._context = context
        self._paths = (path, (*path[:-1], f"{path[-1]}_ko"))
        english, korean = both_names(name)
        self._pages = (Page(english, least), Page(korean, least))
        for page, placeholder in zip(self._pages, ("English", "한국어"), strict=True):
            page.setPlaceholderText(placeholder)
        for page, where in zip(self._pages, self._paths, strict=True):
            page.edited.connect(lambda text, at=where: context.change(at, _lines(text)))
        _pair(self, name, *self._pages, context.slot(path))

    def show_form(self, form: PolicyForm) -> None:
        """Show the sentences; blank lines that somebody is typing stay."""
        for page, where in zip(self._pages, self._paths, strict=True):
            items = part(form, where)
            if _lines(page.toPlainText()) != items:
                page.show_text("\n".join(items))


class TextListPair(Piece):
    """A list of sentences with their Korean, a line each; used for steps."""

    def __init__(self, context: FormContext, path: Path, name: str) -> None:
        super().__init__()
        self._context, self.path = context, path
        self._en, self._ko = (Page(said, 1) for said in both_names(name))
        for page in (self._en, self._ko):
            page.edited.connect(self._changed)
        _pair(self, name, self._en, self._ko, context.slot(path))

    def show_form(self, form: PolicyForm) -> None:
        """Show the steps of the form."""
        steps: Sequence[Text] = part(form, self.path)
        if steps != self._read():
            self._en.show_text("\n".join(step.en for step in steps))
            self._ko.show_text("\n".join(step.ko for step in steps))

    def _read(self) -> tuple[Text, ...]:
        en, ko = _lines(self._en.toPlainText()), _lines(self._ko.toPlainText())
        return tuple(Text(text, ko[at] if at < len(ko) else "") for at, text in enumerate(en))

    def _changed(self) -> None:
        self._context.change(self.path, self._read())


class LineField(Piece):
    """One line that is the same in every language."""

    def __init__(self, context: FormContext, path: Path, name: str, hint: str = "") -> None:
        super().__init__()
        self.path = path
        self._line = Line(name, hint)
        self._line.edited.connect(lambda text: context.change(path, text.strip()))
        column(label(name, "section"), self._line, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the line; blanks that somebody is typing stay."""
        text = part(form, self.path)
        if self._line.text().strip() != text:
            self._line.show_text(text)


class ChoiceField(Piece):
    """One of a list."""

    def __init__(
        self, context: FormContext, path: Path, name: str, options: Iterable[tuple[str, object]]
    ) -> None:
        super().__init__()
        self.path = path
        self._choice = Choice(name, options)
        self._choice.picked.connect(lambda value: context.change(path, value))
        column(label(name, "section"), self._choice, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the chosen one."""
        self._choice.show_value(part(form, self.path))


class TickField(Piece):
    """A yes or no."""

    def __init__(self, context: FormContext, path: Path, text: str) -> None:
        super().__init__()
        self.path = path
        self._tick = QCheckBox(text)
        self._tick.toggled.connect(lambda on: context.change(path, on))
        column(self._tick, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show whether it is ticked."""
        with QSignalBlocker(self._tick):
            self._tick.setChecked(part(form, self.path))


class SeveralField(Piece):
    """Any of a list, as buttons to press. `options` follow the form; `optional`: none is None."""

    def __init__(
        self,
        context: FormContext,
        path: Path,
        name: str,
        options: Callable[[PolicyForm], Sequence[tuple[str, str]]],
        *,
        optional: bool = False,
    ) -> None:
        super().__init__()
        self._context, self.path, self._options = context, path, options
        self._none: tuple[str, ...] | None = None if optional else ()
        self._made: dict[str, QPushButton] = {}
        self._shown: Sequence[tuple[str, str]] = ()
        self._flow = Flow()
        self._name = name
        column(label(name, "section"), self._flow, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show which are chosen; a chosen one that is no option any more is shown too."""
        chosen: tuple[str, ...] = part(form, self.path) or ()
        options = list(self._options(form))
        options += [(key, key) for key in chosen if key not in dict(map(_turned, options))]
        if options != self._shown:
            self._fill(options)
        for key, made in self._made.items():
            made.setChecked(key in chosen)

    def _fill(self, options: Sequence[tuple[str, str]]) -> None:
        self._shown = options
        self._flow.clear()
        self._made = {}
        for text, key in options:
            made = button(text, self._changed, "filter")
            made.setAccessibleDescription(self._name)
            made.setCheckable(True)
            self._made[key] = made
            self._flow.add(made)

    def _changed(self) -> None:
        chosen = tuple(key for key, made in self._made.items() if made.isChecked())
        self._context.change(self.path, chosen or self._none)


class ConditionsField(Piece):
    """Conditions, all of which must hold."""

    def __init__(self, context: FormContext, path: Path, name: str) -> None:
        super().__init__()
        self.path = path
        self._rows = ConditionRows(context.specs, self.tr("Add a condition"))
        self._rows.changed.connect(lambda texts: context.change(path, texts))
        column(label(name, "section"), self._rows, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the conditions of the form."""
        self._rows.show_conditions(part(form, self.path))


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


def _turned(option: tuple[str, str]) -> tuple[str, str]:
    return option[1], option[0]


def _pair(holder: QWidget, name: str, en: QWidget, ko: QWidget, fault: QWidget) -> None:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP)
    grid.addWidget(en, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(ko, 0, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    column(label(name, "section"), grid, fault, parent=holder, gap=TIGHT)


def _line(field: Page) -> str:
    return " ".join(field.toPlainText().split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
