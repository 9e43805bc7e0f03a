# SPDX-License-Identifier: Apache-2.0
"""A control for each fact of a policy: unknown until it is touched, then a value."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QVBoxLayout,
    QWidget,
)

from agentassist.domain.facts import FactSpec, FactType, Plain, Text, parse_value, plain, shown
from agentassist.domain.money import Money
from agentassist.errors import UserError
from agentassist.services.policy_lab import Slider
from agentassist.ui.formats import amount
from agentassist.ui.lab_values import value_choice
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import GAP, TIGHT, clear, column, em, label, row

_TICK = 4


def slider_spec(slider: Slider) -> FactSpec:
    """Return the declaration of a fact that is tried."""
    return FactSpec(
        slider.fact, slider.type, Text(slider.ask), slider.low, slider.high, slider.values,
        slider.currency, slider.unit, name=Text(slider.name),
    )  # fmt: skip


class EdgeSlider(QSlider):
    """A slider with marks where a rule changes; Ctrl+arrow jumps from one to the next."""

    def __init__(self, theme: Theme, slider: Slider) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme, self._spec = theme, slider
        self.setRange(slider.low, min(slider.high, 2**31 - 1))
        self.setSingleStep(max(1, slider.step))
        self.setPageStep(max(1, slider.step, (slider.high - slider.low) // 20))
        self.setMinimumHeight(em(1.5))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slider over its marks."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        handle = self.style().subControlRect(control, option, part, self).width()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(self._theme.colours.caution), 2))
        span = max(1, self._spec.high - self._spec.low)
        for edge in self._spec.edges:
            room = self.width() - handle
            at = handle // 2 + round((edge - self._spec.low) / span * room)
            painter.drawLine(at, self.height() - _TICK, at, self.height())
        painter.end()
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the value."""
        event.ignore()


class FactControl(QWidget):
    """One fact: whether it is known, and what it is.

    Signals:
        changed: the fact and its value as people write it; empty: unknown.
    """

    changed = Signal(str, str)

    def __init__(self, theme: Theme, slider: Slider) -> None:
        super().__init__()
        self._spec = slider_spec(slider)
        self._key = slider.fact
        self._known = QCheckBox()
        self._known.setAccessibleName(self.tr("{fact} is known").format(fact=slider.name))
        self._known.setToolTip(slider.ask)
        name = label(slider.name, wrap=True)
        name.setToolTip(slider.ask)
        self._known.toggled.connect(self._toggle)
        self._said = label("", "strong")
        self._value: Plain = _middle(slider)
        self._range: EdgeSlider | None = None
        head = row(self._known, name, self._said, gap=TIGHT)
        head.setStretch(1, 1)
        if slider.type in (FactType.BOOL, FactType.ENUM):
            self._choice = value_choice(self._spec, slider.name)
            self._choice.setPlaceholderText(self.tr("not known"))
            self._choice.picked.connect(self._pick)
            self._said.hide()
            head.addWidget(self._choice)
            column(head, parent=self, gap=0)
        else:
            self._range = EdgeSlider(theme, slider)
            self._range.setAccessibleName(slider.name)
            self._range.valueChanged.connect(self._pick)
            column(head, self._range, parent=self, gap=0)
        self.show_value("")

    def show_value(self, text: str) -> None:
        """Show a value as people write it; empty: unknown."""
        value = _read(self._spec, text)
        if value is not None:
            self._value = value
        with QSignalBlocker(self._known):
            self._known.setChecked(value is not None)
        self._show()

    def _show(self) -> None:
        known = self._known.isChecked()
        if self._range is not None:
            with QSignalBlocker(self._range):
                self._range.setValue(int(self._value))
        else:
            self._choice.show_value(self._value if known else None)
            if not known:
                self._choice.setCurrentIndex(-1)
        self._said.setText(self._word() if known else self.tr("not known"))
        look = "strong" if known else "muted"
        if self._said.property("look") != look:
            self._said.setProperty("look", look)
            self._said.style().polish(self._said)

    def _word(self) -> str:
        if self._spec.type is FactType.MONEY:
            return amount(Money(int(self._value), self._spec.currency))
        return shown(self._spec, self._value)

    def _toggle(self, known: bool) -> None:  # noqa: FBT001  Qt's signal
        del known
        self._show()
        self._tell()

    def _pick(self, value: Plain) -> None:
        self._value = value
        with QSignalBlocker(self._known):
            self._known.setChecked(True)
        self._show()
        self._tell()

    def _tell(self) -> None:
        text = shown(self._spec, self._value) if self._known.isChecked() else ""
        self.changed.emit(self._key, text)


class FactControls(QWidget):
    """The facts of a policy, one below the other.

    Signals:
        changed: the fact and its value as people write it; empty: unknown.
    """

    changed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sliders: Sequence[Slider] = ()
        self._controls: dict[str, FactControl] = {}
        self._list: QVBoxLayout = column(parent=self, gap=GAP)

    def show_sliders(self, sliders: Sequence[Slider], values: Mapping[str, str]) -> None:
        """Show facts with the values that are being tried."""
        if tuple(sliders) != tuple(self._sliders):
            self._sliders = sliders
            clear(self._list)
            self._controls = {}
            for slider in sliders:
                control = FactControl(self._theme, slider)
                control.changed.connect(self.changed)
                self._controls[slider.fact] = control
                self._list.addWidget(control)
                control.show()  # at once: see LabSpeech
        self.show_values(values)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show other values."""
        for key, control in self._controls.items():
            control.show_value(values.get(key, ""))


def _middle(slider: Slider) -> Plain:
    if slider.type is FactType.BOOL:
        return True
    if slider.type is FactType.ENUM:
        return slider.values[0] if slider.values else ""
    return slider.edges[0] if slider.edges else slider.low


def _read(spec: FactSpec, text: str) -> Plain | None:
    if not text:
        return None
    try:
        return plain(parse_value(spec, text))
    except UserError:
        return None
