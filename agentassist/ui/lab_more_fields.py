# SPDX-License-Identifier: Apache-2.0
"""Fields that few policies need: the button on orders, and whom a policy overrides."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QWidget

from agentassist.domain.policy_form import ButtonForm, PolicyForm
from agentassist.ui.lab_context import FormContext, Piece
from agentassist.ui.lab_document import Path, part
from agentassist.ui.lab_fields import ConditionsField, TextPair
from agentassist.ui.lab_inputs import Line
from agentassist.ui.widgets import GAP, TIGHT, column, label


class OrderButtonField(Piece):
    """Whether the policy is offered on orders, as what, and on which."""

    path = ("button",)

    def __init__(self, context: FormContext) -> None:
        super().__init__()
        self._context = context
        self._kept = ButtonForm()
        self._given = QCheckBox(self.tr("Offered as a button on orders"))
        self._given.toggled.connect(self._toggle)
        self._fields: tuple[Piece, ...] = (
            TextPair(context, ("button", "label"), self.tr("The button says")),
            ConditionsField(context, ("button", "when"), self.tr("On orders for which all hold")),
        )
        self._body = QWidget()
        column(*self._fields, parent=self._body, gap=GAP)
        column(self._given, context.slot(("button",)), self._body, parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the button; without one its fields are hidden."""
        with QSignalBlocker(self._given):
            self._given.setChecked(form.button is not None)
        self._body.setVisible(form.button is not None)
        if form.button is not None:
            self._kept = form.button
            for field in self._fields:
                field.show_form(form)

    def _toggle(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._context.change(self.path, self._kept if on else None)


class IdsField(Piece):
    """Names in the files, parted by commas."""

    def __init__(self, context: FormContext, path: Path, name: str) -> None:
        super().__init__()
        self.path = path
        self._line = Line(name, "retail.return.late, …")
        self._line.edited.connect(lambda text: context.change(path, _ids(text)))
        column(label(name, "section"), self._line, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the names; a comma that somebody is typing stays."""
        ids = part(form, self.path)
        if _ids(self._line.text()) != ids:
            self._line.show_text(", ".join(ids))


def _ids(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
