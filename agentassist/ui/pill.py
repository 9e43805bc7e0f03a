# SPDX-License-Identifier: Apache-2.0
"""What item delegates paint alike: a word on a coloured ground, and a font of another size."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

PILL_PAD = 8
"""Pixels left and right of the word."""


def pill(
    painter: QPainter, area: QRect, text: str, ground: str, ink: str, *, right: bool = False
) -> int:
    """Paint a word on a coloured ground at an end of `area`; return the width it takes."""
    width = min(painter.fontMetrics().horizontalAdvance(text) + 2 * PILL_PAD, area.width())
    left = area.right() - width if right else area.left()
    shape = QRect(left, area.top(), width, area.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(shape), shape.height() / 2, shape.height() / 2)
    painter.setPen(QColor(ink))
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)
    return width


def scaled(font: QFont, share: float, *, bold: bool = False) -> QFont:
    """Return a font `share` times as large."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * share)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made
