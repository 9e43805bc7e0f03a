# SPDX-License-Identifier: Apache-2.0
"""Conditions as rows of choosers: fact, comparison, value; all of them must hold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agentassist.domain.condition import Operator
from agentassist.domain.facts import FactSpec, Plain
from agentassist.ui.lab_inputs import Choice, Line
from agentassist.ui.lab_operators import (
    Comparison,
    begun,
    fitting,
    operator_word,
    read,
    suited,
    written,
)
from agentassist.ui.lab_values import OneValue, SomeValues, TwoValues
from agentassist.ui.widgets import TIGHT, Flow, button, clear, column, row

Specs = Mapping[str, FactSpec]


def fact_options(specs: Specs) -> list[tuple[str, object]]:
    """Return the facts by what they are called."""
    language = QLocale().name()
    named = ((spec.called(language), key) for key, spec in specs.items())
    return sorted(named, key=lambda option: option[0].casefold())


class ConditionRow(QWidget):
    """One condition. One that the choosers cannot show is a line of text.

    Signals:
        changed: the text of the condition.
        removed: it is not wanted any more.
    """

    changed = Signal(str)
    removed = Signal()

    def __init__(self, text: str, specs: Specs) -> None:
        super().__init__()
        self._specs = specs
        self._now = read(text, specs)
        self._parts = Flow()
        drop = button("✕", self.removed.emit, "quiet", self.tr("Remove this condition"))
        drop.setAccessibleName(self.tr("Remove this condition"))
        layout = row(self._parts, drop, parent=self, gap=TIGHT)
        layout.setStretch(0, 1)
        if self._now is None:
            self._show_text(text)
        else:
            self._show(self._now)

    def _show_text(self, text: str) -> None:
        line = Line(self.tr("Condition"), "hotel.hour >= 12")
        line.setText(text)
        line.edited.connect(self.changed)
        self._parts.add(line)

    def _show(self, now: Comparison) -> None:
        self._parts.clear()
        spec = self._specs[now.fact]
        fact = Choice(self.tr("Fact"), fact_options(self._specs))
        fact.show_value(now.fact)
        fact.setToolTip(now.fact)
        fact.picked.connect(self._pick_fact)
        names: list[tuple[str, object]] = [(operator_word(x), x) for x in fitting(spec)]
        sign = Choice(self.tr("Comparison"), names, least=4)
        sign.show_value(now.operator)
        sign.picked.connect(self._pick_operator)
        value = self._value(now, spec)
        value.changed.connect(self._pick_values)
        for part in (fact, sign, value):
            self._parts.add(part)

    def _value(self, now: Comparison, spec: FactSpec) -> OneValue | TwoValues | SomeValues:
        if now.operator is Operator.BETWEEN:
            return TwoValues(spec, *now.literals)
        if now.operator in (Operator.IN, Operator.NOT_IN):
            return SomeValues(spec, now.literals)
        return OneValue(spec, now.literals[0])

    def _pick_fact(self, key: str) -> None:
        self._become(begun(self._specs[key]))

    def _pick_operator(self, operator: Operator) -> None:
        if self._now is not None:
            spec = self._specs[self._now.fact]
            literals = suited(spec, operator, self._now.literals)
            self._become(Comparison(self._now.fact, operator, literals))

    def _pick_values(self, literals: tuple[Plain, ...]) -> None:
        if self._now is not None:
            self._tell(replace(self._now, literals=literals))

    def _become(self, now: Comparison) -> None:
        self._show(now)
        self._tell(now)

    def _tell(self, now: Comparison) -> None:
        self._now = now
        self.changed.emit(written(now, self._specs[now.fact]))


class ConditionRows(QWidget):
    """A list of conditions, an AND. `changed` tells all of their texts."""

    changed = Signal(object)

    def __init__(self, specs: Specs, add: str) -> None:
        super().__init__()
        self._specs = specs
        self._texts: list[str] = []
        self._rows: QVBoxLayout = column(gap=TIGHT)
        self._add = button(add, self._begin, "quiet")
        column(self._rows, row(self._add, None), parent=self, gap=TIGHT)

    def show_conditions(self, texts: Sequence[str]) -> None:
        """Show conditions; those that are shown already are left alone."""
        if list(texts) != self._texts:
            self._texts = list(texts)
            self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        for place, text in enumerate(self._texts):
            made = ConditionRow(text, self._specs)
            made.changed.connect(lambda now, at=place: self._change(at, now))
            made.removed.connect(lambda at=place: self._remove(at))
            self._rows.addWidget(made)

    def _change(self, place: int, text: str) -> None:
        self._texts[place] = text
        self.changed.emit(tuple(self._texts))

    def _remove(self, place: int) -> None:
        del self._texts[place]
        self._fill()
        self._add.setFocus()
        self.changed.emit(tuple(self._texts))

    def _begin(self) -> None:
        if not self._specs:
            return
        first = min(self._specs)
        self._texts.append(written(begun(self._specs[first]), self._specs[first]))
        self._fill()
        self.changed.emit(tuple(self._texts))
