# SPDX-License-Identifier: Apache-2.0
"""The author's own cases: facts in, verdict out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from agentassist.domain.facts import FactSpec, FactType, Plain, Unit, parse_value, plain, shown
from agentassist.domain.money import Money
from agentassist.domain.policy_form import PolicyForm, TestForm
from agentassist.domain.verdict import VerdictKind
from agentassist.errors import UserError
from agentassist.ui.formats import amount
from agentassist.ui.lab_cards import Cards
from agentassist.ui.lab_conditions import fact_options
from agentassist.ui.lab_context import FormContext, Piece
from agentassist.ui.lab_document import Path, part
from agentassist.ui.lab_fields import ChoiceField, SeveralField
from agentassist.ui.lab_inputs import Choice, Line
from agentassist.ui.lab_operators import first_value
from agentassist.ui.lab_values import OneValue, value_word
from agentassist.ui.widgets import TIGHT, Flow, button, clear, column, label, row
from agentassist.ui.words import word

translate = QCoreApplication.translate
Facts = Mapping[str, Plain]


def tests(context: FormContext) -> Cards:
    """Return the list of cases."""
    return Cards(
        context,
        ("tests",),
        "",
        translate("lab", "Add a test"),
        lambda _form: TestForm(),
        partial(_summary, context.specs),
        _pieces,
    )


def _pieces(context: FormContext, path: Path) -> Sequence[Piece]:
    kinds: list[tuple[str, object]] = [(word(kind), kind.name.lower()) for kind in VerdictKind]
    return (
        FactsField(context, (*path, "facts")),
        ChoiceField(
            context,
            (*path, "expect"),
            translate("lab", "Then the answer is"),
            kinds,
        ),
        SeveralField(
            context,
            (*path, "alternatives"),
            translate("lab", "With exactly these alternatives (none pressed: any)"),
            _options,
            optional=True,
        ),
    )


def _options(form: PolicyForm) -> Sequence[tuple[str, str]]:
    declined = [option for rule in form.declines for option in rule.alternatives]
    offers = [(option.offer, option.id) for option in declined]
    offers += [(path.offer, path.id) for path in form.safe_paths]
    named = [(offer.say(QLocale().name()) or key, key) for offer, key in offers]
    counts = Counter(text for text, _key in named)
    return [(f"{text} ({key})" if counts[text] > 1 else text, key) for text, key in named]


def _summary(specs: Mapping[str, FactSpec], item: TestForm, place: int) -> str:
    facts = [
        f"{_name(specs, key)}: {_value_word(specs, key, value)}"
        for key, value in item.facts.items()
    ]
    known = ", ".join(facts) or translate("lab", "nothing is known")
    return f"{place + 1}  {_kind_word(item.expect)}  ·  {known}"


def _kind_word(expect: str) -> str:
    names = {kind.name.lower(): kind for kind in VerdictKind}
    return word(names[expect]) if expect in names else expect


def _value_word(specs: Mapping[str, FactSpec], key: str, value: Plain) -> str:
    spec = specs.get(key)
    if spec is None or spec.type is not FactType.MONEY or type(value) is not int:
        return value_word(value)
    return amount(Money(value, spec.currency))


def _typed(spec: FactSpec, value: Plain) -> Plain | None:
    """Return the value of a case as choosers know it, None when it does not fit the fact."""
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    try:
        return plain(parse_value(spec, text))
    except UserError:
        return None


def _in_file(spec: FactSpec, value: Plain) -> Plain:
    """Return a value as the file has it: only a time of day is written otherwise."""
    return shown(spec, value) if spec.unit is Unit.DAY_TIME else value


def _name(specs: Mapping[str, FactSpec], key: str) -> str:
    return specs[key].called(QLocale().name()) if key in specs else key


class FactsField(Piece):
    """The facts of a case, a chooser each."""

    def __init__(self, context: FormContext, path: Path) -> None:
        super().__init__()
        self._context, self.path = context, path
        self._facts: dict[str, Plain] = {}
        self._rows = column(gap=TIGHT)
        self._add = Choice(self.tr("Add a fact"), ())
        self._add.picked.connect(self._begin)
        column(label(self.tr("When these facts are known"), "section"), self._rows,
               row(self._add, None), context.slot(path), parent=self, gap=TIGHT)  # fmt: skip

    def show_form(self, form: PolicyForm) -> None:
        """Show the facts of the case."""
        facts = dict(part(form, self.path))
        if facts != self._facts or self._add.count() == 0:
            self._facts = facts
            self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        for key, value in self._facts.items():
            self._rows.addWidget(self._line(key, value))
        left = [item for item in fact_options(self._context.specs) if item[1] not in self._facts]
        self._add.offer([(self.tr("Add a fact…"), None), *left])
        self._add.setCurrentIndex(0)

    def _line(self, key: str, value: Plain) -> QWidget:
        holder = Flow()
        holder.add(label(_name(self._context.specs, key)))
        holder.add(self._value(key, value))
        drop = button("✕", partial(self._drop, key), "act", self.tr("Remove this fact"))
        drop.setAccessibleName(self.tr("Remove this fact"))
        holder.add(drop)
        return holder

    def _value(self, key: str, value: Plain) -> QWidget:
        spec = self._context.specs.get(key)
        known = None if spec is None else _typed(spec, value)
        if spec is None or known is None:
            line = Line(key)
            line.setText(str(value))
            line.edited.connect(partial(self._change, key))
            return line
        made = OneValue(spec, known)
        made.changed.connect(lambda values: self._change(key, _in_file(spec, values[0])))
        return made

    def _begin(self, key: str | None) -> None:
        if key is None:
            return
        spec = self._context.specs[key]
        self._facts[key] = _in_file(spec, first_value(spec))
        self._fill()
        self._context.change(self.path, dict(self._facts))

    def _drop(self, key: str) -> None:
        self._facts.pop(key, None)
        self._fill()
        self._context.change(self.path, dict(self._facts))

    def _change(self, key: str, value: Plain) -> None:
        self._facts[key] = value
        self._context.change(self.path, dict(self._facts))
