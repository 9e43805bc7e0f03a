# SPDX-License-Identifier: Apache-2.0
"""A history as rows: day and conversation separators between the interactions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from agentassist.domain.history import Interaction, TimelinePage
from agentassist.ui.formats import clock, day
from agentassist.ui.words import word

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for beside the accessible text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    EXPANDED = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Row:
    """A day (`interaction` is None) or an interaction of it.

    `joined` continues the conversation above; `apart` begins another one on the same day.
    """

    text: str
    interaction: Interaction | None = None
    joined: bool = False
    apart: bool = False


class TimelineModel(QAbstractListModel):
    """Rows of the pages loaded so far, newest first.

    Signals:
        more_wanted: the view came near the end; carries the cursor of the next page.
    Grows by whole pages and never reads anything itself.
    """

    more_wanted = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._rows: list[Row] = []
        self._expanded: set[UUID] = set()
        self._older: str | None = None
        self._asked = False
        self._last: Interaction | None = None

    def show(self, page: TimelinePage) -> None:
        """Start over with the newest page."""
        self.beginResetModel()
        self._last = None
        self._expanded.clear()
        self._rows = list(self._rows_of(page.interactions))
        self._take_cursor(page)
        self.endResetModel()

    def extend(self, page: TimelinePage) -> None:
        """Add an older page below."""
        rows = list(self._rows_of(page.interactions))
        self._take_cursor(page)
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def toggle(self, index: Index) -> None:
        """Open or close an interaction in place."""
        interaction = self._rows[index.row()].interaction
        if interaction is None:
            return
        self._expanded ^= {interaction.id}
        self.dataChanged.emit(index, index, [Role.EXPANDED, Qt.ItemDataRole.SizeHintRole])

    def next_interaction(self, row: int, step: int) -> int | None:
        """Return the nearest row that is an interaction, from `row` in direction `step`."""
        row += step
        while 0 <= row < len(self._rows):
            if self._rows[row].interaction is not None:
                return row
            row += step
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of rows; a list has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, whether it is open, or its text for screen readers."""
        if not self.checkIndex(index, QAbstractListModel.CheckIndexOption.IndexIsValid):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role == Role.EXPANDED:
            return row.interaction is not None and row.interaction.id in self._expanded
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Separators cannot be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].interaction is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:
        """True while an older page exists and has not been asked for."""
        return not parent.isValid() and self._older is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it arrives later through `extend`."""
        if self.canFetchMore(parent) and self._older is not None:
            self._asked = True
            self.more_wanted.emit(self._older)

    def _take_cursor(self, page: TimelinePage) -> None:
        self._older = page.older
        self._asked = False

    def _rows_of(self, interactions: Iterable[Interaction]) -> Iterable[Row]:
        for interaction in interactions:
            heading = self._heading(interaction)
            new_day = self._last is None or heading != self._heading(self._last)
            if new_day:
                yield Row(heading)
            joined = self._joined(interaction)
            yield Row("", interaction, joined, apart=not joined and not new_day)
            self._last = interaction

    def _heading(self, interaction: Interaction) -> str:
        if interaction.occurred_at is None:
            return self.tr("Date unknown")
        return day(interaction.occurred_at, self._now())

    def _joined(self, interaction: Interaction) -> bool:
        last = self._last
        return (
            last is not None
            and interaction.conversation_id is not None
            and interaction.conversation_id == last.conversation_id
        )


def _spoken(row: Row) -> str:
    item = row.interaction
    if item is None:
        return row.text
    at = clock(item.occurred_at) if item.occurred_at else ""
    return ", ".join(filter(None, (word(item.channel), at, item.author, item.subject, item.text)))
