# SPDX-License-Identifier: Apache-2.0
"""The flip matrix: verdicts as they were, by verdicts as they would be, as a table."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from agentassist.domain.verdict import VerdictKind
from agentassist.ui.icons import paint_icon
from agentassist.ui.theme import Colours, Theme
from agentassist.ui.widgets import em
from agentassist.ui.words import word

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[VerdictKind, VerdictKind]

KINDS = tuple(VerdictKind)
_ROW_EMS = 2.9
_EDGE = 2.5
_BETTER, _WORSE, _SHIELD, _SAME = "▲", "▼", "shield", "="


def mark(before: VerdictKind, after: VerdictKind) -> str:
    """Return the sign of a flip: to the customer's side, away from it, protected, or none."""
    if before is after:
        return _SAME
    if VerdictKind.REFUSE in (before, after):
        return _SHIELD
    return _BETTER if KINDS.index(after) < KINDS.index(before) else _WORSE


def mark_word(before: VerdictKind, after: VerdictKind) -> str:
    """Return what the sign of a flip means."""
    return {
        _SAME: QCoreApplication.translate("matrix", "unchanged"),
        _BETTER: QCoreApplication.translate("matrix", "better for the customer"),
        _WORSE: QCoreApplication.translate("matrix", "worse for the customer"),
        _SHIELD: QCoreApplication.translate("matrix", "protected answer changes"),
    }[mark(before, after)]


class FlipModel(QAbstractTableModel):
    """Rows are verdicts as they were, columns as they would be."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[Cell, int] = {}

    def show(self, counts: Mapping[Cell, int]) -> None:
        """Show other counts, by (before, after)."""
        self._counts = dict(counts)
        self.dataChanged.emit(self.index(0, 0), self.index(len(KINDS) - 1, len(KINDS) - 1))
        for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
            self.headerDataChanged.emit(orientation, 0, len(KINDS) - 1)

    def cell(self, index: Index) -> Cell:
        """Return the verdicts of a cell."""
        return KINDS[index.row()], KINDS[index.column()]

    def count(self, cell: Cell) -> int:
        """Return how many decisions are in a cell."""
        return self._counts.get(cell, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of verdicts."""
        return 0 if parent.isValid() else len(KINDS)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of verdicts."""
        return 0 if parent.isValid() else len(KINDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the count, or what a screen reader says of the cell."""
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        before, after = cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.count(cell)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self.tr("{count}: {before} becomes {after}, {meaning}")
            return said.format(
                count=f"{self.count(cell):,}", before=word(before), after=word(after),
                meaning=mark_word(before, after),
            )  # fmt: skip
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a verdict with how many there were, or would be."""
        if role != Qt.ItemDataRole.DisplayRole or not 0 <= section < len(KINDS):
            return None
        kind = KINDS[section]
        across = orientation == Qt.Orientation.Horizontal
        total = sum(n for cell, n in self._counts.items() if cell[across] is kind)
        return f"{word(kind)}\n{total:,}"


class FlipDelegate(QStyledItemDelegate):
    """Each flip with a colour and a sign; what stays is quiet."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, FlipModel)  # noqa: S101  it is made for it
        cell = model.cell(index)
        count = model.count(cell)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sign = mark(*cell)
        ground, ink = _inks(self._theme.colours, sign, count)
        area = QRectF(option.rect).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.setPen(self._edge(option))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(area, 6, 6)
        self._write(painter, option, sign, count, ink)
        painter.restore()

    def _edge(self, option: QStyleOptionViewItem) -> QPen:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        return QPen(QColor(self._theme.colours.accent), 2) if chosen else QPen(Qt.PenStyle.NoPen)

    @staticmethod
    def _write(
        painter: QPainter, option: QStyleOptionViewItem, sign: str, count: int, ink: str
    ) -> None:
        painter.setPen(QColor(ink))
        font = QFont(option.font)
        loud = bool(count) and sign != _SAME
        font.setWeight(QFont.Weight.DemiBold if loud else QFont.Weight.Normal)
        painter.setFont(font)
        text = f"{count:,}" if count else "·"
        if loud and sign != _SHIELD:
            text = f"{sign} {text}"
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, text)
        if loud and sign == _SHIELD:
            side = em(0.9)
            width = painter.fontMetrics().horizontalAdvance(text)
            left = option.rect.center().x() - width / 2 - side - 4
            paint_icon(
                painter,
                "shield",
                ink,
                QRectF(left, option.rect.center().y() - side / 2, side, side),
            )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the least room of a cell."""
        del option, index
        return QSize(em(4.5), em(_ROW_EMS))


def _inks(colours: Colours, sign: str, count: int) -> tuple[str, str]:
    if not count:
        return colours.surface, colours.muted
    return {
        _SAME: (colours.raised, colours.muted),
        _BETTER: (colours.yes_soft, colours.yes),
        _WORSE: (colours.caution_soft, colours.caution),
        _SHIELD: (colours.guard_soft, colours.guard),
    }[sign]


class FlipView(QTableView):
    """The matrix; the arrow keys walk through it.

    Signals:
        cell_chosen: the (before, after) under the frame.
    """

    cell_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.flips = FlipModel(self)
        self.setModel(self.flips)
        self.setItemDelegate(FlipDelegate(theme, self))
        self.setAccessibleName(self.tr("Verdicts now, by verdicts with the draft"))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(em(_ROW_EMS))
        self.selectionModel().currentChanged.connect(self._tell)
        self.show_counts({})

    def show_counts(self, counts: Mapping[Cell, int]) -> None:
        """Show counts by (before, after), the frame on the largest flip."""
        self.flips.show(counts)
        flips = {cell: n for cell, n in counts.items() if cell[0] is not cell[1]}
        first = max(flips, key=lambda cell: flips[cell], default=(KINDS[0], KINDS[0]))
        self.setCurrentIndex(self.flips.index(KINDS.index(first[0]), KINDS.index(first[1])))
        self.setFixedHeight(len(KINDS) * em(_ROW_EMS) + self.horizontalHeader().sizeHint().height())

    def current_cell(self) -> Cell:
        """Return the (before, after) under the frame."""
        return self.flips.cell(self.currentIndex())

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.cell_chosen.emit(self.flips.cell(now))
