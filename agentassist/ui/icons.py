# SPDX-License-Identifier: Apache-2.0
"""Line icons in the colour of the text they stand beside."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

from agentassist.places import resource
from agentassist.ui.widgets import em


def paint_icon(painter: QPainter, name: str, colour: str, where: QRectF) -> None:
    """Draw the icon `name` in `colour` (#RRGGBB) into the rectangle, crisp at every scale."""
    _renderer(name, colour).render(painter, where)


def icon(name: str, colour: str) -> QIcon:
    """Return an icon that is drawn anew at every size and scale."""
    return QIcon(_Engine(name, colour))


def icon_label(name: str, colour: str) -> QLabel:
    """Return a label that shows the icon as high as the text beside it; decoration only."""
    size = em()
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setPixmap(icon(name, colour).pixmap(QSize(size, size), label.devicePixelRatio()))
    return label


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect, mode, state) -> None:  # type: ignore[no-untyped-def]
        del state
        painter.setOpacity(0.45 if mode == QIcon.Mode.Disabled else 1.0)
        paint_icon(painter, self._name, self._colour, QRectF(rect))

    def pixmap(self, size, mode, state):  # type: ignore[no-untyped-def]
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> "_Engine":
        return _Engine(self._name, self._colour)
