# SPDX-License-Identifier: Apache-2.0
"""A policy as a form: what customers say, when we decline, what we offer instead, and tests."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from agentassist.domain.policy_form import PolicyForm
from agentassist.services.policy_lab import Choices, LabFault
from agentassist.ui.lab_cards import Section
from agentassist.ui.lab_context import FormContext
from agentassist.ui.lab_document import (
    Path,
    moved_item,
    with_item,
    with_part,
    without_item,
)
from agentassist.ui.lab_sections import Sections
from agentassist.ui.widgets import GAP, MARGIN, column, scrolled


class FormPage(QWidget):
    """The sections of one kind of policy, in an area that scrolls."""

    def __init__(self, context: FormContext, sections: Sequence[Section]) -> None:
        super().__init__()
        self.context, self._sections = context, sections
        self._content = QWidget()
        layout = column(context.slot(()), *sections, None, parent=self._content, gap=GAP)
        layout.setContentsMargins(0, 0, MARGIN, MARGIN)
        self.area = scrolled(self._content)
        column(self.area, parent=self)

    def show_form(self, form: PolicyForm, *, anew: bool) -> None:
        """Show a form; `anew`: it is another policy, so everything is closed again."""
        for section in self._sections:
            if anew:
                section.close_cards()
            section.show_form(form)
        if anew:
            self.context.show_faults(())
            self.area.verticalScrollBar().setValue(0)

    def show_faults(self, faults: Sequence[LabFault]) -> None:
        """Say each fault beside its field; none may hide in what is folded."""
        for section in self._sections:
            if any(section.holds(fault.path) for fault in faults):
                section.unfold()
        self.context.show_faults(faults)

    def go_to(self, path: Path) -> None:
        """Bring the part that a path of the file names into sight."""
        for section in self._sections:
            found = section.part_at(path)
            if found is not None:
                found.take_focus()
                # What was opened just now gets its place with the next layout.
                QTimer.singleShot(0, self, partial(self._bring_up, found))
                return

    def _bring_up(self, part_: QWidget) -> None:
        top = part_.mapTo(self._content, QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top - GAP)


class LabForm(QStackedWidget):
    """The form of one policy. It holds no state of its own beyond what it shows.

    Each kind of policy has a page that is made once: another policy of the kind is shown in
    the fields that are there.

    Signals:
        edited: the whole form after a change, and what the change belongs to (a step of
            undo goes on while that stays the same).
    """

    edited = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._form: PolicyForm | None = None
        self._choices: Choices | None = None
        self._kinds: dict[bool, FormPage] = {}
        self._make = Sections(self)

    @property
    def form(self) -> PolicyForm | None:
        """What is shown."""
        return self._form

    @property
    def context(self) -> FormContext | None:
        """What the fields on screen share."""
        page = self.currentWidget()
        return page.context if isinstance(page, FormPage) else None

    def show_form(self, form: PolicyForm, choices: Choices) -> None:
        """Show a form; one of the same policy keeps the caret and what is open."""
        anew = self._form is None or self._form.id != form.id
        self._form = form
        usable = replace(choices, policies=())
        if usable != self._choices:
            self._choices = usable
            self._drop_pages()
        page = self._page(protected=bool(form.protected))
        self.setCurrentWidget(page)
        page.show_form(form, anew=anew)

    def show_faults(self, faults: Iterable[LabFault]) -> None:
        """Say each fault beside its field."""
        page = self.currentWidget()
        if isinstance(page, FormPage):
            page.show_faults(tuple(faults))

    def go_to(self, path: Path) -> None:
        """Bring the part of the form that a path of the file names into sight."""
        page = self.currentWidget()
        if isinstance(page, FormPage):
            page.go_to(path)

    def clear(self) -> None:
        """Forget what is shown."""
        self._form = None

    def _drop_pages(self) -> None:
        for page in self._kinds.values():
            self.removeWidget(page)
            page.deleteLater()
        self._kinds = {}

    def _page(self, *, protected: bool) -> FormPage:
        if protected not in self._kinds:
            assert self._choices is not None  # noqa: S101  `show_form` sets them first
            context = FormContext(self._choices, self)
            self._listen(context)
            make = self._make.protected if protected else self._make.ordinary
            self._kinds[protected] = FormPage(context, make(context))
            self.addWidget(self._kinds[protected])
        return self._kinds[protected]

    def _listen(self, context: FormContext) -> None:
        context.changed.connect(self._change)
        context.added.connect(lambda path, item: self._become(with_item(self._form, path, item)))
        context.removed.connect(lambda path: self._become(without_item(self._form, path)))
        context.moved.connect(lambda path, by: self._become(moved_item(self._form, path, by)))

    def _change(self, path: Path, value: Any) -> None:
        self._become(with_part(self._form, path, value), path)

    def _become(self, form: PolicyForm, step: object = None) -> None:
        self._form = form
        page = self.currentWidget()
        if isinstance(page, FormPage):
            page.show_form(form, anew=False)
        self.edited.emit(form, step)
