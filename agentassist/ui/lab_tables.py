# SPDX-License-Identifier: Apache-2.0
"""Rules with their use, and when policies were put in force: two tables of the lab."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from agentassist.services.policy_lab import HistoryRow, RuleUse
from agentassist.ui.formats import day_and_clock
from agentassist.ui.lab_words import lab_word
from agentassist.ui.widgets import em

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate
T = TypeVar("T")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Rows(QAbstractTableModel, Generic[T]):
    """Rows of one kind under headings; a column is a function from a row to its text."""

    def __init__(
        self,
        columns: Sequence[tuple[str, Callable[[T], str]]],
        numbers: frozenset[int] = frozenset(),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._numbers = numbers
        self._rows: tuple[T, ...] = ()

    def show(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[T, ...]:
        """All rows."""
        return self._rows

    def row(self, place: int) -> T | None:
        """Return a row, None when there is no such row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if not self.checkIndex(index, QAbstractTableModel.CheckIndexOption.IndexIsValid):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[index.column()][1](self._rows[index.row()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name, said = self._columns[index.column()]
            return f"{name}: {said(self._rows[index.row()])}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._numbers:
            return _RIGHT
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a heading."""
        across = orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._columns)
        if across and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][0]
        if across and role == Qt.ItemDataRole.TextAlignmentRole and section in self._numbers:
            return _RIGHT
        return None


class UseModel(Rows[RuleUse]):
    """How often each rule decided."""

    def __init__(self, parent: QObject | None = None) -> None:
        columns: tuple[tuple[str, Callable[[RuleUse], str]], ...] = (
            (translate("lab", "Policy"), lambda row: row.title),
            (translate("lab", "Rule"), _rule),
            (translate("lab", "Decided"), _uses),
            (
                translate("lab", "Overridden"),
                lambda row: f"{row.overrides:,}" if row.overrides else "–",
            ),
            (translate("lab", "Share"), _share),
        )
        super().__init__(columns, frozenset({2, 3, 4}), parent)


class HistoryModel(Rows[HistoryRow]):
    """When policies were put in force, by whom."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        columns: tuple[tuple[str, Callable[[HistoryRow], str]], ...] = (
            (translate("lab", "When"), lambda row: day_and_clock(row.at, now())),
            (
                translate("lab", "What"),
                lambda row: row.title or lab_word(row.source),
            ),
            (translate("lab", "Who"), lambda row: row.actor or "–"),
            (
                translate("lab", "State"),
                lambda row: lab_word("active") if row.in_force else "",
            ),
            (translate("lab", "Bundle"), lambda row: row.digest[:12]),
        )
        super().__init__(columns, frozenset(), parent)


class Table(QTableView):
    """A table that is read by row."""

    def __init__(self, model: QAbstractTableModel, name: str, wide: int) -> None:
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(em(2))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(False)


def _rule(row: RuleUse) -> str:
    return " · ".join(filter(None, (lab_word(row.kind), row.rule.replace("_", " "))))


def _uses(row: RuleUse) -> str:
    return f"{row.uses:,}" if row.uses else translate("lab", "never")


def _share(row: RuleUse) -> str:
    rate = row.override_rate
    return "–" if rate is None else f"{rate:.0%}"
