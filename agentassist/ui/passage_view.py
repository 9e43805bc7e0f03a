# SPDX-License-Identifier: Apache-2.0
"""A passage with the words marked that the customer used."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from agentassist.ui.text_block import TextBlock, mark_words
from agentassist.ui.theme import Theme

_REMEMBERED_WIDTHS = 8


class PassageView(QWidget):
    """Paints plain text, at most `lines` lines of it, as high as it needs to be."""

    def __init__(self, theme: Theme, lines: int) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self._words: tuple[str, ...] = ()
        self._lines = lines
        self._blocks: dict[tuple[int, str, str], TextBlock] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_passage(self, text: str, words: tuple[str, ...]) -> None:
        """Show another text with its words marked."""
        self._text = text
        self._words = words
        self._blocks.clear()
        self.setAccessibleName(text)
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Height follows from how the text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text at a width, in pixels."""
        return self._block(width).height

    def sizeHint(self) -> QSize:
        """Return a usual width and the height it takes."""
        width = self.width() or self.fontMetrics().averageCharWidth() * 50
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the new width takes."""
        super().resizeEvent(event)
        self.setFixedHeight(self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text."""
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.colours.text))
        self._block(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def _block(self, width: int) -> TextBlock:
        # Layouts ask for the height some 25 times before a card is on screen.
        key = (width, self.font().key(), self._theme.colours.mark)
        if key not in self._blocks:
            if len(self._blocks) == _REMEMBERED_WIDTHS:
                self._blocks.clear()
            self._blocks[key] = self._laid_out(width)
        return self._blocks[key]

    def _laid_out(self, width: int) -> TextBlock:
        marks = mark_words(self._text, self._words, self._theme.colours.mark)
        return TextBlock(self._text, self.font(), width, self._lines, marks)
