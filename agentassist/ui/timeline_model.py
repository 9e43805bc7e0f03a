# SPDX-License-Identifier: Apache-2.0
"""A window on a history: a few pages of it, growing at one end and dropped at the other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import groupby
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

from agentassist.domain.case_clues import answered_message
from agentassist.domain.cases import CaseBook
from agentassist.domain.history import Interaction, TimelinePage
from agentassist.ui.case_words import about_case
from agentassist.ui.formats import clock
from agentassist.ui.timeline_rows import Key, Row, heading, rows_of
from agentassist.ui.words import word

Index = QModelIndex | QPersistentModelIndex

WINDOW = 360
"""The most interactions that are held; beyond it, the page farthest away is dropped."""

_SPOKEN = 2_000


class Role(IntEnum):
    """What the delegate asks for beside the accessible text."""

    ROW = Qt.ItemDataRole.UserRole + 1
    EXPANDED = Qt.ItemDataRole.UserRole + 2
    PINNED = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One page that was loaded, and the cursors at its ends."""

    items: tuple[Interaction, ...]
    older: str | None
    newer: str | None


class TimelineModel(QAbstractListModel):
    """Rows of the pages in the window, newest first.

    Signals:
        older_wanted: the view came near the end; carries the cursor of the next page.
        newer_wanted: it came near the beginning, and there is more before it.
    Never reads anything itself: each page is asked for once, and handed in.
    """

    older_wanted = Signal(str)
    newer_wanted = Signal(str)

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._rows: list[Row] = []
        self._stretches: list[_Stretch] = []
        self._expanded: set[UUID] = set()
        self._folded: set[UUID] = set()
        self._pinned: frozenset[UUID] = frozenset()
        self._book = CaseBook()
        self._older: str | None = None
        self._newer: str | None = None
        self._asked: set[str] = set()
        self._paused = False
        self._days: dict[UUID, str] = {}

    # Pages

    def show(self, page: TimelinePage, book: CaseBook | None = None) -> None:
        """Start over with one page. `book` knows the cases of a customer who is new here."""
        self.beginResetModel()
        if book is not None:
            self._expanded.clear()
            self._folded.clear()
            self._book = book
        self._stretches = [_stretch(page)] if page.interactions else []
        self._older, self._newer = page.older, page.newer
        self._asked.clear()
        self._paused = False
        self._days.clear()
        self._rows = self._wanted()
        self.endResetModel()

    def extend(self, page: TimelinePage, after: str | None = None) -> None:
        """Add an older page below, and drop the newest when the window is full.

        `after` is the cursor that it was asked for with: a page that fits nowhere any more,
        because its neighbour was dropped meanwhile, is left out.
        """
        if after is not None and after != self._older:
            return
        self._asked.discard("older")
        self._older = page.older
        if page.interactions:
            self._stretches.append(_stretch(page))
            while self._count() > WINDOW and len(self._stretches) > 1:
                del self._stretches[0]
                self._newer = self._stretches[0].newer
                self._asked.discard("newer")
        self._arrange()

    def prepend(self, page: TimelinePage, before: str | None = None) -> None:
        """Add a newer page above, and drop the oldest when the window is full.

        `before` is the cursor that it was asked for with, as in `extend`.
        """
        if before is not None and before != self._newer:
            return
        self._asked.discard("newer")
        self._newer = page.newer
        if page.interactions:
            self._stretches.insert(0, _stretch(page))
            while self._count() > WINDOW and len(self._stretches) > 1:
                del self._stretches[-1]
                self._older = self._stretches[-1].older
                self._asked.discard("older")
        self._arrange()

    def ask_older(self) -> None:
        """Ask for the page below, unless it is under way; it arrives through `extend`."""
        if self._older is not None and "older" not in self._asked and not self._paused:
            self._asked.add("older")
            self.older_wanted.emit(self._older)

    def ask_newer(self) -> None:
        """Ask for the page above, unless it is under way; it arrives through `prepend`."""
        if self._newer is not None and "newer" not in self._asked and not self._paused:
            self._asked.add("newer")
            self.newer_wanted.emit(self._newer)

    def pause(self) -> None:
        """Ask for nothing more, until `go_on` or another page is shown."""
        self._paused = True

    def go_on(self) -> None:
        """Ask again."""
        self._paused = False

    def forget_asking(self) -> None:
        """Let pages be asked for again whose answer was lost."""
        self._asked.clear()

    @property
    def at_newest(self) -> bool:
        """True when nothing is newer than what is held."""
        return self._newer is None

    @property
    def at_oldest(self) -> bool:
        """True when nothing is older than what is held."""
        return self._older is None

    @property
    def held(self) -> int:
        """How many interactions are held."""
        return self._count()

    # What is open, folded, pinned

    def toggle(self, index: Index) -> None:
        """Open or close an interaction in place; fold or unfold the case of a head."""
        row = self._rows[index.row()]
        if row.interaction is None:
            self.fold(index)
            return
        self._expanded ^= {row.interaction.id}
        self.dataChanged.emit(index, index, [Role.EXPANDED, Qt.ItemDataRole.SizeHintRole])

    def fold(self, index: Index) -> None:
        """Fold the case of a row to its head, or unfold it."""
        if index.isValid() and (case := self._rows[index.row()].case):
            self._folded ^= {case.id}
            self._arrange()

    def open(self, interaction_id: UUID) -> None:
        """Open an interaction in place, now or when its page comes, and unfold its case."""
        self.reveal(interaction_id)
        if interaction_id not in self._expanded:
            self._expanded.add(interaction_id)
            if (at := self.row_of(interaction_id)) is not None:
                roles = [Role.EXPANDED, Qt.ItemDataRole.SizeHintRole]
                self.dataChanged.emit(self.index(at), self.index(at), roles)

    def reveal(self, interaction_id: UUID) -> None:
        """Unfold the case of an interaction."""
        case = self._book.case(interaction_id)
        if case is not None and case.id in self._folded:
            self._folded.discard(case.id)
            self._arrange()

    def show_pinned(self, pinned: frozenset[UUID]) -> None:
        """Mark what is pinned."""
        changed, self._pinned = self._pinned ^ pinned, pinned
        for at in filter(None, map(self.row_of, changed)):
            self.dataChanged.emit(self.index(at), self.index(at), [Role.PINNED])

    def is_open(self, item: Interaction) -> bool:
        """True when an interaction is open in place."""
        return item.id in self._expanded

    def is_pinned(self, item: Interaction) -> bool:
        """True when an interaction is pinned."""
        return item.id in self._pinned

    # Finding rows

    def row(self, at: int) -> Row:
        """Return a row; the delegate comes here past Qt, which is a hundred times a page."""
        return self._rows[at]

    def row_of(self, interaction_id: UUID) -> int | None:
        """Return where an interaction stands; None when it is not in the window."""
        return self.place(("entry", interaction_id))

    def head_above(self, row: int) -> Key:
        """Return the key of the head under which a row of a case stands."""
        heads = (at for at in range(row, -1, -1) if self._rows[at].is_head)
        return self._rows[next(heads, row)].key

    def place(self, key: Key) -> int | None:
        """Return where the row with a key stands; None when it is not in the window."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), None)

    def answered(self, interaction: Interaction) -> int | None:
        """Return the row of the message that this one answers, or was written on."""
        wanted = {answered_message(interaction), interaction.attributes.get("about", "")} - {""}
        for at, row in enumerate(self._rows):
            if (item := row.interaction) and wanted & {
                item.attributes.get("message_id"),
                str(item.id),
            }:
                return at
        return self._said_before(interaction)

    def _said_before(self, interaction: Interaction) -> int | None:
        """Return the nearest older entry of the same conversation that the other side wrote."""
        start = self.row_of(interaction.id)
        if start is None or interaction.conversation_id is None:
            return None
        for at in range(start + 1, len(self._rows)):
            item = self._rows[at].interaction
            if (
                item is not None
                and item.conversation_id == interaction.conversation_id
                and item.direction is not interaction.direction
            ):
                return at
        return None

    def next_interaction(self, row: int, step: int) -> int | None:
        """Return the nearest row that can be selected, from `row` in direction `step`."""
        row += step
        while 0 <= row < len(self._rows):
            if self._rows[row].is_choice:
                return row
            row += step
        return None

    def day_at(self, row: int) -> str:
        """Return the day that a row belongs to, in words."""
        for at in range(min(row, len(self._rows) - 1), -1, -1):
            if self._rows[at].key[0] == "day":
                return self._rows[at].text
        return ""

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of rows; a list has no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, whether it is open or pinned, or its text for screen readers."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role == Role.EXPANDED:
            return row.interaction is not None and self.is_open(row.interaction)
        if role == Role.PINNED:
            return row.interaction is not None and self.is_pinned(row.interaction)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days and heads of open cases cannot be selected."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self._rows[index.row()].is_choice:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def canFetchMore(self, parent: Index) -> bool:
        """True while an older page exists and has not been asked for."""
        return not parent.isValid() and self._older is not None and "older" not in self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it arrives later through `extend`."""
        if self.canFetchMore(parent):
            self.ask_older()

    # From one window to the next

    def _count(self) -> int:
        return sum(len(stretch.items) for stretch in self._stretches)

    def _wanted(self) -> list[Row]:
        items = [item for stretch in self._stretches for item in stretch.items]
        return list(rows_of(items, self._book.case, self._folded, self._day))

    def _day(self, item: Interaction) -> str:
        """Return the day of an interaction in words, thought of once."""
        known = self._days.get(item.id)
        if known is None:
            if len(self._days) > 4 * WINDOW:
                self._days.clear()
            known = self._days[item.id] = heading(item, self._now())
        return known

    def _arrange(self) -> None:
        """Bring the rows to what the window holds, by as few steps as the view can follow.

        The order of rows that stay never changes: rows go, then rows come.
        """
        wanted = self._wanted()
        keys = {row.key for row in wanted}
        for first, last in reversed(_runs([row.key not in keys for row in self._rows])):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        before = {row.key for row in self._rows}
        for first, last in _runs([row.key not in before for row in wanted]):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        self._refresh(wanted)

    def _refresh(self, wanted: Sequence[Row]) -> None:
        changed = [old != new for old, new in zip(self._rows, wanted, strict=True)]
        self._rows = list(wanted)
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first), self.index(last), [Role.ROW])


def _stretch(page: TimelinePage) -> _Stretch:
    return _Stretch(page.interactions, page.older, page.newer)


def _runs(marks: Sequence[bool]) -> list[tuple[int, int]]:
    """Return first and last place of each run of true marks."""
    return list(_each_run(marks))


def _each_run(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    for marked, run in groupby(enumerate(marks), key=lambda one: one[1]):
        if marked:
            places = [place for place, _ in run]
            yield places[0], places[-1]


def _spoken(row: Row) -> str:
    item = row.interaction
    if row.is_head and row.case:
        return about_case(row.case)
    if item is None:
        return row.text
    at = clock(item.occurred_at) if item.occurred_at else ""
    text = item.text[:_SPOKEN]
    return ", ".join(filter(None, (word(item.channel), at, item.author, item.subject, text)))
