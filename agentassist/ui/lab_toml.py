# SPDX-License-Identifier: Apache-2.0
"""The text of a policy file with line numbers, its faults marked by line and listed below."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from agentassist.domain.policy_speech import Spoken
from agentassist.services.policy_lab import LabFault
from agentassist.ui.lab_inputs import is_undo
from agentassist.ui.lab_speech import Sentence
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import GAP, TIGHT, clear, column
from agentassist.ui.words import template_sentence

_MOST = 6


class _Numbers(QWidget):
    """The numbers beside the lines."""

    def __init__(self, editor: "TomlEdit") -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """Return the width of the largest number."""
        return QSize(self._editor.margin(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines in sight."""
        self._editor.paint_numbers(self, event.rect())


class TomlEdit(QPlainTextEdit):
    """The text. `edited` tells what a person typed."""

    edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._faulty: frozenset[int] = frozenset()
        self._numbers = _Numbers(self)
        self.setProperty("look", "toml")
        self.setAccessibleName(self.tr("Text of the policy file"))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.blockCountChanged.connect(lambda _count: self._fit())
        self.updateRequest.connect(self._scroll)
        self.textChanged.connect(lambda: self.edited.emit(self.toPlainText()))
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text; the same text leaves the caret where it is."""
        if text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)
            self._fit()

    def mark_lines(self, lines: Iterable[int]) -> None:
        """Mark faulty lines, counted from 1."""
        self._faulty = frozenset(lines)
        self.setExtraSelections([self._selection(line) for line in sorted(self._faulty)])
        self._numbers.update()

    def go_to(self, line: int) -> None:
        """Put the caret on a line."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        self.setTextCursor(QTextCursor(block))
        self.centerCursor()
        self.setFocus()

    def margin(self) -> int:
        """Return the room for the numbers."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + 2 * GAP

    def paint_numbers(self, numbers: QWidget, area: QRect) -> None:
        """Draw the numbers of the lines in an area of the margin."""
        colours = self._theme.colours
        painter = QPainter(numbers)
        painter.fillRect(area, QColor(colours.raised))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= area.bottom():
            height = self.blockBoundingRect(block).height()
            number = block.blockNumber() + 1
            faulty = number in self._faulty
            painter.setPen(QColor(colours.danger if faulty else colours.muted))
            box = QRect(0, round(top), numbers.width() - TIGHT, round(height))
            painter.drawText(
                box, Qt.AlignmentFlag.AlignRight, f"! {number}" if faulty else str(number)
            )
            top += height
            block = block.next()
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Leave undo to the form."""
        if is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._numbers.setGeometry(inner.left(), inner.top(), self.margin(), inner.height())

    def _selection(self, line: int) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        made.format.setBackground(QColor(self._theme.colours.danger_soft))
        made.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003
        return made

    def _fit(self) -> None:
        self.setViewportMargins(self.margin(), 0, 0, 0)

    def _scroll(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


class LabToml(QWidget):
    """The text and its faults.

    Signals:
        edited: the whole text.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.editor = TomlEdit(theme)
        self.editor.edited.connect(self.edited)
        self._faults: QVBoxLayout = column(gap=0)
        layout = column(self.editor, self._faults, parent=self, gap=TIGHT)
        layout.setStretch(0, 1)

    def show_text(self, text: str) -> None:
        """Show the text of a policy."""
        self.editor.show_text(text)

    def show_faults(self, faults: Sequence[LabFault]) -> None:
        """Mark the lines and say the first faults below."""
        self.editor.mark_lines(fault.line for fault in faults if fault.line)
        clear(self._faults)
        for fault in faults[:_MOST]:
            said = template_sentence(fault.template, fault.values)
            text = self.tr("Line {line}: {fault}").format(line=fault.line, fault=said)
            made = Sentence(Spoken(text, depth=1))
            made.clicked.connect(partial(self.editor.go_to, fault.line))
            self._faults.addWidget(made)
