# SPDX-License-Identifier: Apache-2.0
"""A chooser for the value of a fact that allows only what the fact allows."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from agentassist.domain.facts import FactSpec, FactType, Plain, Unit
from agentassist.ui.lab_inputs import Amount, Choice, Number, TimeOfDay
from agentassist.ui.widgets import TIGHT, Flow, button, label, row

NumberField = Amount | Number | TimeOfDay


def value_word(value: Plain) -> str:
    """Return what a value is called."""
    if isinstance(value, bool):
        yes = QCoreApplication.translate("values", "Yes")
        return yes if value else QCoreApplication.translate("values", "No")
    return value.replace("_", " ") if isinstance(value, str) else str(value)


def number_field(spec: FactSpec, name: str) -> NumberField:
    """Return the field for a number of a fact: an amount, a time of day, or a plain one."""
    if spec.type is FactType.MONEY:
        return Amount(name, spec.currency, spec.low, spec.high)
    if spec.unit is Unit.DAY_TIME:
        return TimeOfDay(name, spec.low, spec.high)
    return Number(name, spec.low, spec.high)


def value_choice(spec: FactSpec, name: str) -> Choice:
    """Return the chooser for a yes or no, or for one of a list."""
    values: Sequence[Plain] = (True, False) if spec.type is FactType.BOOL else spec.values
    return Choice(name, [(value_word(value), value) for value in values], least=4)


class OneValue(QWidget):
    """One value. `changed` tells it."""

    changed = Signal(object)

    def __init__(self, spec: FactSpec, value: Plain) -> None:
        super().__init__()
        name = QCoreApplication.translate("values", "Value")
        field: NumberField | Choice
        if spec.type in (FactType.BOOL, FactType.ENUM):
            field = value_choice(spec, name)
            field.show_value(value)
            field.picked.connect(lambda chosen: self.changed.emit((chosen,)))
        else:
            field = number_field(spec, name)
            field.show_value(int(value))
            field.edited.connect(lambda number: self.changed.emit((number,)))
        row(field, parent=self, gap=TIGHT)


class TwoValues(QWidget):
    """The two ends of a range. `changed` tells both, the smaller first."""

    changed = Signal(object)

    def __init__(self, spec: FactSpec, low: Plain, high: Plain) -> None:
        super().__init__()
        self._low = number_field(spec, QCoreApplication.translate("values", "From"))
        self._high = number_field(spec, QCoreApplication.translate("values", "To"))
        self._ends = [int(low), int(high)]
        for place, field in enumerate((self._low, self._high)):
            field.show_value(self._ends[place])
            field.edited.connect(lambda number, at=place: self._moved(at, number))
        row(self._low, label("–"), self._high, parent=self, gap=TIGHT)

    def _moved(self, place: int, number: int) -> None:
        self._ends[place] = number
        self.changed.emit(tuple(sorted(self._ends)))


class SomeValues(Flow):
    """Any of a list, at least one. `changed` tells which."""

    changed = Signal(object)

    def __init__(self, spec: FactSpec, chosen: Sequence[Plain]) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {}
        for value in spec.values:
            made = button(value_word(value), self._clicked, "filter")
            made.setCheckable(True)
            made.setChecked(value in chosen)
            self._buttons[value] = made
            self.add(made)

    def _clicked(self) -> None:
        chosen = tuple(value for value, made in self._buttons.items() if made.isChecked())
        if chosen:
            self.changed.emit(chosen)
            return
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            with QSignalBlocker(pressed):
                pressed.setChecked(True)
