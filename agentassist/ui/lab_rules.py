# SPDX-License-Identifier: Apache-2.0
"""The fields of each kind of rule, and what its closed card says."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from agentassist.domain.facts import Text
from agentassist.domain.money import Money
from agentassist.domain.policy_form import (
    AllowForm,
    AlternativeForm,
    DeclineForm,
    PolicyForm,
    SafePathForm,
    YesWithForm,
)
from agentassist.domain.verdict import Owner
from agentassist.ui.formats import amount
from agentassist.ui.lab_cards import Cards
from agentassist.ui.lab_context import FormContext, Piece
from agentassist.ui.lab_document import Path, part
from agentassist.ui.lab_fields import (
    ChoiceField,
    ConditionsField,
    LineField,
    SeveralField,
    TextListPair,
    TextPair,
)
from agentassist.ui.lab_inputs import Amount, Number
from agentassist.ui.widgets import GAP, TIGHT, column, label, row
from agentassist.ui.words import word

translate = QCoreApplication.translate
_WEEK = 168


class HoursField(Piece):
    """Within how many hours; at most a week."""

    def __init__(self, context: FormContext, path: Path) -> None:
        super().__init__()
        self.path = path
        name = self.tr("Within")
        self._number = Number(name, -1, _WEEK, self.tr(" h"))
        self._number.setSpecialValueText(self.tr("not said"))
        self._number.edited.connect(
            lambda hours: context.change(path, None if hours < 0 else hours)
        )
        column(label(name, "section"), self._number, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the hours, or that nobody said them."""
        hours = part(form, self.path)
        self._number.show_value(-1 if hours is None else hours)


class CostField(Piece):
    """What it costs us."""

    def __init__(self, context: FormContext, path: Path) -> None:
        super().__init__()
        self.path = path
        name = self.tr("Costs us")
        self._amount = Amount(name, context.choices.currency)
        self._amount.edited.connect(lambda minor: context.change(path, minor))
        column(label(name, "section"), self._amount, context.slot(path), parent=self, gap=TIGHT)

    def show_form(self, form: PolicyForm) -> None:
        """Show the amount."""
        self._amount.show_value(part(form, self.path))


class Row(Piece):
    """Fields beside each other."""

    def __init__(self, *pieces: Piece) -> None:
        super().__init__()
        self._pieces = pieces
        layout = row(*pieces, parent=self, gap=GAP)
        for place in range(len(pieces)):
            layout.setStretch(place, 1)

    def show_form(self, form: PolicyForm) -> None:
        """Show the form in each."""
        for piece in self._pieces:
            piece.show_form(form)


def owner_options() -> list[tuple[str, object]]:
    """Return who may carry something out."""
    return [(word(owner), owner.value) for owner in Owner]


def need_options(form: PolicyForm) -> Sequence[tuple[str, str]]:
    """Return what the customer may be after, by name."""
    korean = QLocale().name().startswith("ko")
    return [
        (need.name_ko if korean and need.name_ko else need.id.replace("_", " "), need.id)
        for need in form.needs
    ]


def declines(context: FormContext) -> Cards:
    """Return the listed grounds to decline, each with its alternatives."""
    return Cards(
        context,
        ("declines",),
        "",
        translate("lab", "Add a ground to decline"),
        lambda form: DeclineForm(id=_fresh("ground", form.declines), alternatives=(_option(form),)),
        _said_decline,
        _decline,
    )


def _option(form: PolicyForm) -> AlternativeForm:
    needs = tuple(need.id for need in form.needs[:1])
    return AlternativeForm(id="option_1", delivers=needs, within_hours=24)


def _decline(context: FormContext, path: Path) -> Sequence[Piece]:
    return (
        TextPair(context, (*path, "reason"), translate("lab", "Reason")),
        ConditionsField(context, (*path, "when"), translate("lab", "When all of these hold")),
        alternatives(context, (*path, "alternatives")),
        LineField(context, (*path, "id"), translate("lab", "Name in the file")),
    )


def alternatives(context: FormContext, path: Path) -> Cards:
    """Return what is offered instead."""
    return Cards(
        context,
        path,
        translate("lab", "What we offer instead"),
        translate("lab", "Add an alternative"),
        lambda form: replace(_option(form), id=_fresh("option", part(form, path))),
        lambda item, place: _said_alternative(context, item, place),
        _alternative,
    )


def _alternative(context: FormContext, path: Path) -> Sequence[Piece]:
    return (
        TextPair(context, (*path, "offer"), translate("lab", "Offer")),
        Row(
            ChoiceField(
                context,
                (*path, "owner"),
                translate("lab", "Who does it"),
                owner_options(),
            ),
            HoursField(context, (*path, "within_hours")),
            CostField(context, (*path, "cost")),
        ),
        SeveralField(
            context,
            (*path, "delivers"),
            translate("lab", "Meets the need"),
            need_options,
        ),
        ConditionsField(
            context,
            (*path, "when"),
            translate("lab", "Only when all of these hold"),
        ),
        TextListPair(
            context,
            (*path, "steps"),
            translate("lab", "Steps for the agent, one a line"),
        ),
        LineField(context, (*path, "id"), translate("lab", "Name in the file")),
    )


def yes_with(context: FormContext) -> Cards:
    """Return the conditions under which the answer is still yes."""
    return Cards(
        context,
        ("yes_with",),
        "",
        translate("lab", "Add a condition to the yes"),
        lambda form: YesWithForm(id=_fresh("condition", form.yes_with)),
        lambda item, place: _numbered(place, _spoken(item.condition) or item.id),
        _yes_with,
    )


def _yes_with(context: FormContext, path: Path) -> Sequence[Piece]:
    return (
        TextPair(context, (*path, "condition"), translate("lab", "Said after the yes")),
        ConditionsField(context, (*path, "when"), translate("lab", "When all of these hold")),
        LineField(context, (*path, "id"), translate("lab", "Name in the file")),
    )


def allows(context: FormContext) -> Cards:
    """Return the full proofs that open a protected request."""
    return Cards(
        context,
        ("allow",),
        "",
        translate("lab", "Add a proof"),
        lambda form: AllowForm(),
        lambda item, place: _numbered(place, _spoken(item.condition) or " · ".join(item.when)),
        _allow,
    )


def _allow(context: FormContext, path: Path) -> Sequence[Piece]:
    return (
        ConditionsField(
            context,
            (*path, "when"),
            translate("lab", "Everything that must be proven"),
        ),
        TextPair(context, (*path, "condition"), translate("lab", "Said after the yes")),
    )


def safe_paths(context: FormContext) -> Cards:
    """Return what a refused customer can do at once."""
    return Cards(
        context,
        ("safe_paths",),
        "",
        translate("lab", "Add a safe path"),
        lambda form: SafePathForm(id=_fresh("path", form.safe_paths), within_hours=24),
        lambda item, place: _numbered(place, _spoken(item.offer) or item.id),
        _safe_path,
    )


def _safe_path(context: FormContext, path: Path) -> Sequence[Piece]:
    return (
        TextPair(context, (*path, "offer"), translate("lab", "Offer")),
        Row(
            ChoiceField(
                context,
                (*path, "owner"),
                translate("lab", "Who does it"),
                owner_options(),
            ),
            HoursField(context, (*path, "within_hours")),
        ),
        LineField(context, (*path, "id"), translate("lab", "Name in the file")),
    )


def _said_decline(item: DeclineForm, place: int) -> str:
    options = translate("lab", "alternatives: {count}").format(count=len(item.alternatives))
    return f"{_numbered(place, _spoken(item.reason) or item.id)} · {options}"


def _said_alternative(context: FormContext, item: AlternativeForm, place: int) -> str:
    cost = amount(Money(item.cost, context.choices.currency)) if item.cost else ""
    said = _numbered(place, _spoken(item.offer) or item.id)
    return " · ".join(filter(None, (said, cost)))


def _numbered(place: int, text: str) -> str:
    return f"{place + 1}  {text}"


def _spoken(text: Text) -> str:
    return text.say(QLocale().name())


def _fresh(stem: str, items: Sequence[Any]) -> str:
    taken = {item.id for item in items}
    numbers = range(1, len(taken) + 2)
    return next(f"{stem}_{n}" for n in numbers if f"{stem}_{n}" not in taken)
