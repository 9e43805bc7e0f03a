# SPDX-License-Identifier: Apache-2.0
"""Small pieces every panel is made of. Every label shows plain text, whatever it is given."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

MARGIN = 12
GAP = 8
TIGHT = 4

_Box = TypeVar("_Box", QVBoxLayout, QHBoxLayout)


def label(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """Return a plain-text label; `look` names a style of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)
    if look:
        made.setProperty("look", look)
    return made


def chip(text: str, kind: str = "plain") -> QLabel:
    """Return a short word on a coloured ground."""
    made = label(text)
    made.setProperty("chip", kind)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def button(text: str, pressed: Callable[[], object], look: str = "", hint: str = "") -> QPushButton:
    """Return a button with an accessible name; `hint` is its tooltip."""
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", "") or hint)
    if look:
        made.setProperty("look", look)
    if hint:
        made.setToolTip(hint)
    made.clicked.connect(lambda: pressed())
    return made


def panel(look: str = "panel") -> QFrame:
    """Return an empty frame with a style."""
    made = QFrame()
    made.setProperty("look", look)
    return made


def line() -> QFrame:
    """Return a thin horizontal rule."""
    return panel("line")


def column(
    *items: QWidget | QLayout | None, parent: QWidget | None = None, margin: int = 0, gap: int = GAP
) -> QVBoxLayout:
    """Return a vertical layout of the items; None is a stretch."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    return _filled(layout, items, margin, gap)


def row(
    *items: QWidget | QLayout | None, parent: QWidget | None = None, margin: int = 0, gap: int = GAP
) -> QHBoxLayout:
    """Return a horizontal layout of the items; None is a stretch."""
    layout = QHBoxLayout(parent) if parent else QHBoxLayout()
    return _filled(layout, items, margin, gap)


def _filled(layout: _Box, items: Iterable[QWidget | QLayout | None], margin: int, gap: int) -> _Box:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while item := layout.takeAt(0):
        discard(item)


def discard(item: QLayoutItem) -> None:
    """Delete what a layout gave back."""
    if widget := item.widget():
        widget.hide()
        widget.deleteLater()
    elif inner := item.layout():
        clear(inner)


def scrolled(content: QWidget) -> QScrollArea:
    """Return the content in a frameless area that scrolls vertically only."""
    area = QScrollArea()
    content.setObjectName("scrolled")
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet selects by."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class FlowLayout(QLayout):
    """Lays items out in a row and wraps them like words."""

    def __init__(self, gap: int = TIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item (called by addWidget)."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return an item, None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Height depends on how the items wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at this width, in pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Place the items."""
        super().setGeometry(area)
        self._arrange(area, move=True)

    def sizeHint(self) -> QSize:
        """Return the size of the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the widest item."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _arrange(self, area: QRect, *, move: bool) -> int:
        x, y, tallest = area.x(), area.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, tallest = area.x(), y + tallest + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        return y + tallest - area.y()
