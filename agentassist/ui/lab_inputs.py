# SPDX-License-Identifier: Apache-2.0
"""The fields of the policy lab: they leave the wheel to the page and undo to the form."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
)

from agentassist.ui.formats import decimals, symbol
from agentassist.ui.widgets import em

_MINUTES = 60
_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
_ROOM = 18
_INSET = 6


def is_undo(event: QEvent) -> bool:
    """Tell whether a field is asked to keep Ctrl+Z for itself: the form undoes as a whole."""
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return any(event.matches(key) for key in _UNDO)


class Line(QLineEdit):
    """One line of text. `edited` tells the text that a person typed."""

    edited = Signal(str)

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(em(4))
        self.textEdited.connect(self.edited)

    def sizeHint(self) -> QSize:
        """Return the least room that was asked for, or more."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self.minimumWidth()), hint.height())

    def show_text(self, text: str) -> None:
        """Show a text; a caret that stands in the same text stays."""
        if text != self.text():
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the form."""
        if is_undo(event):
            event.ignore()
            return False
        return super().event(event)


class Page(QPlainTextEdit):
    """Some lines of text, as high as they are. `edited` tells what a person typed."""

    edited = Signal(str)

    def __init__(self, name: str, fewest: int = 2, most: int = 10) -> None:
        super().__init__()
        self._fewest, self._most = fewest, most
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setMinimumWidth(em(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text; the same text leaves the caret where it is."""
        if text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Leave undo to the form."""
        if is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll only what has the focus and more lines than fit."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _changed(self) -> None:
        self._fit()
        self.edited.emit(self.toPlainText())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap elsewhere at another width."""
        super().resizeEvent(event)
        self._fit()

    def _line_height(self) -> float:
        block = self.document().firstBlock()
        heights: list[float] = []
        while block.isValid() and len(heights) < self._most:
            heights.append(self.blockBoundingRect(block).height() / max(1, block.lineCount()))
            block = block.next()
        return max(heights, default=0.0)

    def _fit(self) -> None:
        # A plain text's document measures its height in lines as they wrap; a line with letters
        # of another font is higher than one of ours.
        wrapped = round(self.document().documentLayout().documentSize().height())
        lines = max(self._fewest, min(self._most, wrapped))
        line = max(self.fontMetrics().lineSpacing(), self._line_height())
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if wrapped > self._most else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)
        height = round(lines * line) + _ROOM
        if height != self.height():
            self.setFixedHeight(height)


class Choice(QComboBox):
    """A chooser of values with words. `picked` tells the value that a person chose."""

    picked = Signal(object)

    def __init__(self, name: str, options: Iterable[tuple[str, object]], least: int = 6) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(em(least))
        self.offer(options)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self.updateGeometry)
        self.activated.connect(lambda row: self.picked.emit(self.itemData(row)))

    def offer(self, options: Iterable[tuple[str, object]]) -> None:
        """Put other options in; the chosen value stays where it is still one."""
        before = self.currentData()
        with QSignalBlocker(self):
            self.clear()
            for text, value in options:
                self.addItem(text, value)
            self.setCurrentIndex(max(0, self.row_of(before)))

    def show_value(self, value: object) -> None:
        """Show a value; one that is not an option is added as it is."""
        row = self.row_of(value)
        if row < 0 and value not in (None, ""):
            self.addItem(str(value), value)
            row = self.count() - 1
        with QSignalBlocker(self):
            self.setCurrentIndex(row)

    def row_of(self, value: object) -> int:
        """Return the row of a value, -1 where there is none."""
        return next((row for row in range(self.count()) if self.itemData(row) == value), -1)

    def sizeHint(self) -> QSize:
        """Return the room that the chosen text takes, not the longest of all."""
        said = self.currentText() or self.placeholderText()
        text = self.fontMetrics().horizontalAdvance(said) + em(2.8)
        return QSize(max(text, self.minimumWidth()), super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        event.ignore()


class Number(QSpinBox):
    """A whole number. `edited` tells the number that a person entered."""

    edited = Signal(int)

    def __init__(self, name: str, low: int, high: int, suffix: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(_INSET, 0, 0, 0)
        self.setRange(max(low, -(2**31)), min(high, 2**31 - 1))
        self.setSuffix(suffix)
        self.setMinimumWidth(em(5))
        self.valueChanged.connect(self.edited)

    def show_value(self, value: int) -> None:
        """Show a number, silently."""
        with QSignalBlocker(self):
            self.setValue(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the number."""
        event.ignore()


class Amount(QDoubleSpinBox):
    """An amount, shown in units and told in minor units."""

    edited = Signal(int)

    def __init__(self, name: str, currency: str, low: int = 0, high: int = 10**9) -> None:
        super().__init__()
        self._scale: int = 10 ** decimals(currency)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(_INSET, 0, 0, 0)
        self.setDecimals(decimals(currency))
        self.setPrefix(symbol(currency))
        self.setRange(low / self._scale, high / self._scale)
        self.setGroupSeparatorShown(True)
        self.setMinimumWidth(em(6))
        self.valueChanged.connect(lambda _value: self.edited.emit(self.minor()))

    def minor(self) -> int:
        """Return the amount in minor units."""
        return round(float(self.value()) * self._scale)

    def show_value(self, minor: int) -> None:
        """Show an amount, silently."""
        with QSignalBlocker(self):
            self.setValue(minor / self._scale)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the amount."""
        event.ignore()


class TimeOfDay(QTimeEdit):
    """A time of day, told in minutes since midnight."""

    edited = Signal(int)

    def __init__(self, name: str, low: int, high: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(_INSET, 0, 0, 0)
        self.setDisplayFormat("HH:mm")
        self.setTimeRange(_time(low), _time(high))
        self.setMinimumWidth(em(5))
        self.timeChanged.connect(lambda at: self.edited.emit(at.hour() * _MINUTES + at.minute()))

    def show_value(self, minutes: int) -> None:
        """Show a time, silently."""
        with QSignalBlocker(self):
            self.setTime(_time(minutes))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the time."""
        event.ignore()


def _time(minutes: int) -> QTime:
    return QTime(minutes // _MINUTES % 24, minutes % _MINUTES)
