# SPDX-License-Identifier: Apache-2.0
"""Plain text laid out at a width: the safe way to show text with marked words."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

_LINE_BREAK = "\N{LINE SEPARATOR}"


class TextBlock:
    """At most `lines` lines (None: all), cut with an ellipsis. Markup in it is just text."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        lines: int | None = None,
        marks: Sequence[QTextLayout.FormatRange] = (),
    ) -> None:
        self._marks = marks
        self._font = font
        self._width = max(1.0, width)
        shown = text.replace("\n", _LINE_BREAK)
        self._layout, self.height, end = self._lay_out(shown, lines)
        if end < len(shown):
            cut = shown[: max(0, end - 1)].rstrip() + "…"
            self._layout, self.height, _ = self._lay_out(cut, lines)

    def draw(self, painter: QPainter, top_left: QPointF) -> None:
        """Paint in the painter's pen."""
        self._layout.draw(painter, top_left)

    def _lay_out(self, text: str, lines: int | None) -> tuple[QTextLayout, int, int]:
        layout = QTextLayout(text, self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([mark for mark in self._marks if mark.start < len(text)])
        layout.beginLayout()
        height, end = 0.0, 0
        while lines is None or layout.lineCount() < lines:
            line = layout.createLine()
            if not line.isValid():
                end = len(text)
                break
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, height))
            height += line.height()
            end = line.textStart() + line.textLength()
        layout.endLayout()
        return layout, round(height), end


def mark_words(text: str, words: Sequence[str], ground: str) -> list[QTextLayout.FormatRange]:
    """Return formats that colour the ground of every occurrence of the words in the text."""
    if not words:
        return []
    look = QTextCharFormat()
    look.setBackground(QColor(ground))
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return [
        _range(found.start(), found.end(), look)
        for found in re.finditer(pattern, text, re.IGNORECASE)
    ]


def _range(start: int, end: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, end - start, look
    return made
