# SPDX-License-Identifier: Apache-2.0
"""Figures with what they mean, side by side where there is room."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from agentassist.ui.widgets import GAP, TIGHT, chip, column, label, restyle, row


class Tile(QFrame):
    """One figure with what it means."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._name = name
        self._figure = label("–", "title")
        self._about = chip("", "plain")
        self._about.hide()
        head = label(name, "section", wrap=True)
        column(head, row(self._figure, self._about, None, gap=TIGHT), None,
               parent=self, margin=GAP, gap=0)  # fmt: skip

    def show_figure(self, figure: str, about: str = "", look: str = "plain") -> None:
        """Show a figure, and in a chip what is remarkable about it."""
        self._figure.setText(figure)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        restyle(self._about, "chip", look)
        self.setAccessibleName(", ".join(filter(None, (self._name, figure, about))))


class TileRow(QWidget):
    """All tiles in one row, else in as many of two as it takes."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        super().__init__()
        self._tiles = tiles
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._arrange(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew at another width."""
        super().resizeEvent(event)
        widest = max(tile.sizeHint().width() for tile in self._tiles)
        fits = self.width() >= len(self._tiles) * (widest + GAP) - GAP
        self._arrange(len(self._tiles) if fits else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for tile in self._tiles:
            self._grid.removeWidget(tile)
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column_ in range(len(self._tiles)):
            self._grid.setColumnStretch(column_, int(column_ < columns))
