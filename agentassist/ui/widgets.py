# SPDX-License-Identifier: Apache-2.0
"""Small pieces every panel is made of. Every label shows plain text, whatever it is given."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
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
_EDGE = 2

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


def em(times: float = 1.0) -> int:
    """Return a length that grows with the text: a multiple of its height, in pixels."""
    return round(_height(QApplication.font().key()) * times)


@lru_cache(8)
def _height(font: str) -> int:
    """Return the height of the text; finding the metrics takes a millisecond."""
    del font
    return QFontMetrics(QApplication.font()).height()


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


def holds_focus(widget: QWidget) -> bool:
    """Tell whether the focus is inside a widget: what is made anew there has to take it over."""
    focus = QApplication.focusWidget()
    return focus is not None and widget.isAncestorOf(focus)


class ChoiceButton(QPushButton):
    """A button of two wrapped lines: what is offered, and in small what belongs to it.

    `mark` stands before them, such as a chip or an icon, `more` below them, such as a row of
    chips; `inline` puts both on one line.
    """

    def __init__(
        self,
        text: str,
        about: str,
        pressed: Callable[[], object],
        *,
        mark: QWidget | None = None,
        look: str = "offer",
        inline: bool = False,
        more: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("look", look)
        self.setAccessibleName(", ".join(filter(None, (text, about))))
        self.clicked.connect(pressed)
        lines = [label(text, wrap=True), label(about, "small", wrap=True)]
        text_part = row(*lines) if inline else column(*lines, gap=0)
        if inline:
            lines[1].setWordWrap(False)
            text_part.setStretch(0, 1)
        if more is not None:
            text_part.addWidget(more)
        for part in (*lines, more, mark):
            if part is not None:
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if mark is None:
            column(text_part, parent=self, margin=GAP, gap=0)
        else:
            layout = row(column(mark, None), text_part, parent=self, margin=_EDGE)
            layout.setStretch(1, 1)
        lines[1].setVisible(bool(about))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Height depends on how the lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of both lines at this width, in pixels."""
        return self._lines().heightForWidth(width)

    def sizeHint(self) -> QSize:
        """Return the height that the lines take at the present width."""
        width = max(self.width(), em(12))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the height of two lines; what wrapping adds, `heightForWidth` says.

        The layout's own answer is for the narrowest column there is: a word to a line.
        """
        return QSize(1, em(2) + 2 * GAP)

    def _lines(self) -> QLayout:
        layout = self.layout()
        assert layout is not None  # noqa: S101  made in __init__
        return layout


class Flow(QWidget):
    """Lays its children out in a row and wraps them like words.

    A widget and not a QLayout: who owns the items of a layout that is written in Python
    is never quite clear, and a mistake there ends in a crash.
    """

    def __init__(self, gap: int = TIGHT) -> None:
        super().__init__()
        self._gap = gap
        self._children: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, child: QWidget) -> None:
        """Put a widget at the end."""
        child.setParent(self)
        child.show()
        self._children.append(child)
        self.rearrange()

    def clear(self) -> None:
        """Remove and delete all widgets."""
        for child in self._children:
            child.hide()
            child.deleteLater()
        self._children = []
        self.updateGeometry()

    def rearrange(self) -> None:
        """Wrap anew after a child was shown or hidden."""
        self.updateGeometry()
        self._arrange(self.width(), move=True)

    def hasHeightForWidth(self) -> bool:
        """Height depends on how the children wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at this width, in pixels."""
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        """Return the size of one long row."""
        sizes = [child.sizeHint() for child in self._shown()]
        width = sum(size.width() + self._gap for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest child."""
        sizes = [child.sizeHint() for child in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew at the new width."""
        super().resizeEvent(event)
        self._arrange(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """Wrap anew when a child wants another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.rearrange()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [child for child in self._children if not child.isHidden()]

    def _arrange(self, width: int, *, move: bool) -> int:
        y, bottom = 0, 0
        for line_ in self._lines(width):
            tallest = max(child.sizeHint().height() for child, _ in line_)
            for child, x in line_ if move else ():
                size = child.sizeHint()
                above = (tallest - size.height()) // 2
                child.setGeometry(x, y + above, min(size.width(), width), size.height())
            bottom = y + tallest
            y = bottom + self._gap
        return bottom

    def _lines(self, width: int) -> list[list[tuple[QWidget, int]]]:
        """Return the children by line, each with where it begins."""
        lines: list[list[tuple[QWidget, int]]] = []
        x = 0
        for child in self._shown():
            needed = child.sizeHint().width()
            if not lines or x + needed > width:
                lines.append([])
                x = 0
            lines[-1].append((child, x))
            x += needed + self._gap
        return lines
