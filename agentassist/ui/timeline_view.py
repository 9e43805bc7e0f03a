# SPDX-License-Identifier: Apache-2.0
"""The list of a timeline: its keys, what is shown over it, and a place that holds still."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu

from agentassist.domain.history import Interaction
from agentassist.ui.entry_actions import Act, EntryActions
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_delegate import TimelineDelegate
from agentassist.ui.timeline_model import Role, TimelineModel
from agentassist.ui.timeline_rows import Row
from agentassist.ui.widgets import label

_NEAR = 25
"""So many rows before an end of the window, the next page is asked for."""

_RESTYLED = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Up: -1}
_Index: TypeAlias = QModelIndex | QPersistentModelIndex
KEYS = {
    Qt.Key.Key_P: Act.PIN,
    Qt.Key.Key_N: Act.NOTE,
    Qt.Key.Key_R: Act.PROMISE,
    Qt.Key.Key_L: Act.LINK,
    Qt.Key.Key_M: Act.MOVE,
    Qt.Key.Key_C: Act.CASE,
    Qt.Key.Key_F: Act.FOLD,
    Qt.Key.Key_U: Act.ANSWERED,
}
"""Keys that do something to the entry that is selected."""


class TimelineView(QListView):
    """j and k move, Enter opens in place, a letter acts on the selected entry.

    Signals:
        acted: an Act and the Interaction it is done to.
        newest_wanted, oldest_wanted: to the ends of the whole history.
        date_wanted: the agent wants to go to a date.
        left: Esc was pressed.
    """

    acted = Signal(object, object)
    newest_wanted = Signal()
    oldest_wanted = Signal()
    date_wanted = Signal()
    left = Signal()

    def __init__(self, model: TimelineModel, theme: Theme) -> None:
        super().__init__()
        self._model = model
        self.delegate = TimelineDelegate(model, theme, self)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._settled)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Timeline"))
        self.clicked.connect(self._clicked)
        self._hovered = QPersistentModelIndex()
        self.acts = EntryActions(theme, self)
        self.acts.acted.connect(self._act_on_shown)
        self._day = label("", "sticky")
        self._day.setParent(self)
        self._day.hide()
        self.verticalScrollBar().valueChanged.connect(lambda: self._settle.start())
        self.verticalScrollBar().rangeChanged.connect(lambda: self._settle.start())

    @contextmanager
    def holding_still(self) -> Iterator[None]:
        """Keep what is in sight where it is, while rows come and go above and below it."""
        top = self.indexAt(QPoint(self.viewport().width() // 2, 1))
        anchor = QPersistentModelIndex(self._entry_from(top))
        before, chosen = self._top_of(anchor), self.selected()
        yield
        self.doItemsLayout()
        if self.selected() != chosen:
            self._select(QModelIndex())  # else Qt selects a neighbour of what went away
        if anchor.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self._top_of(anchor) - before)

    def look_around(self) -> None:
        """Look, once all is laid out, whether more pages are wanted."""
        self._settle.start()

    def go_to(self, row: int, *, top: bool = False) -> None:
        """Select a row and bring it into sight, at the top on request."""
        index = self._model.index(row)
        self._select(index)
        hint = QListView.ScrollHint.PositionAtTop if top else QListView.ScrollHint.EnsureVisible
        self.scrollTo(index, hint)

    def move_by(self, step: int) -> None:
        """Select the next (1) or previous (-1) interaction."""
        start = self.currentIndex().row() if self.currentIndex().isValid() else self._first() - 1
        target = self._model.next_interaction(start, step)
        if target is not None:
            self._select(self._model.index(target))
            self.scrollTo(self._model.index(target))

    def selected(self) -> Interaction | None:
        """Return the interaction that is selected."""
        return self._interaction(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle j, k, arrows, Enter, the letters of acts, Home and End."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        others: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Return: self._toggle,
            Qt.Key.Key_Enter: self._toggle,
            Qt.Key.Key_Home: self.newest_wanted.emit,
            Qt.Key.Key_End: self.oldest_wanted.emit,
            Qt.Key.Key_G: self.date_wanted.emit,
            Qt.Key.Key_Escape: self.left.emit,
        }
        if plain and key in _STEPS:
            self.move_by(_STEPS[key])
        elif plain and key in KEYS:
            self.act(KEYS[key])
        elif plain and key in others:
            others[key]()
        else:
            super().keyPressEvent(event)

    def act(self, act: Act) -> None:
        """Do something to what is selected."""
        if act is Act.FOLD:
            self._fold(self.currentIndex())
        elif (item := self.selected()) is not None:
            self.acted.emit(act, item)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the acts by name."""
        index = self.indexAt(event.pos())
        index = index if index.isValid() else self.currentIndex()
        if self._interaction(index) is None:
            return
        self._select(index)
        self.menu(pinned=bool(index.data(Role.PINNED))).popup(event.globalPos())

    def menu(self, *, pinned: bool) -> QMenu:
        """Return the acts by name; the menu deletes itself when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act, text in self.acts.names(pinned=pinned).items():
            menu.addAction(text, partial(self.act, act))
        return menu

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the acts of the entry under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Go back to the acts of the selected entry."""
        super().leaveEvent(event)
        if not self.acts.underMouse():
            self._hover(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the selected entry in sight, and put what lies over the list in its place."""
        before = QRect(QPoint(), event.oldSize())
        seen = before.intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())
        self._settle.start()

    def changeEvent(self, event: QEvent) -> None:
        """Measure texts anew in another font or palette."""
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self.delegate.forget()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Let the acts follow the selection."""
        super().currentChanged(current, previous)
        self._settle.start()

    def _settled(self) -> None:
        """Look around once the list has come to rest: pages, day, acts."""
        first, last = self._first(), self._last()
        if last >= self._model.rowCount() - _NEAR:
            self._model.ask_older()
        if 0 <= first < _NEAR:
            self._model.ask_newer()
        self._show_day(first)
        self._show_actions()

    def _first(self) -> int:
        return self.indexAt(QPoint(self.viewport().width() // 2, 1)).row()

    def _last(self) -> int:
        edge = QPoint(self.viewport().width() // 2, self.viewport().height() - 1)
        index = self.indexAt(edge)
        return index.row() if index.isValid() else self._model.rowCount()

    def _show_day(self, first: int) -> None:
        """Keep the day in sight whose head was scrolled away."""
        text = self._model.day_at(first) if first > 0 else ""
        self._day.setVisible(bool(text))
        if text:
            self._day.setText(text)
            self._day.resize(self.viewport().width(), self._day.sizeHint().height())
            self._day.move(self.viewport().pos())
            self._day.raise_()

    def _show_actions(self) -> None:
        index = self._hovered if self._interaction(self._hovered) else self.currentIndex()
        item = self._interaction(index)
        area = self.visualRect(_plain(index))
        covered = self._day.height() if self._day.isVisible() else 0
        if item is None or area.top() < covered or area.top() > self.viewport().height():
            self.acts.hide()
            return
        row: Row = index.data(Role.ROW)
        self.acts.show_for(item, pinned=bool(index.data(Role.PINNED)), in_case=row.case is not None)
        self.acts.place(area.translated(self.viewport().pos()))

    def _act_on_shown(self, act: Act, item: Interaction) -> None:
        row = self._model.row_of(item.id)
        if row is not None:
            self._select(self._model.index(row))
            self.act(act)

    def _hover(self, index: QModelIndex) -> None:
        if index != self._hovered:
            self._hovered = QPersistentModelIndex(index)
            self._show_actions()

    def _clicked(self, index: QModelIndex) -> None:
        row: Row = index.data(Role.ROW)
        if row.is_head:
            self._fold(index)
        else:
            self._model.toggle(index)

    def _toggle(self) -> None:
        if self.currentIndex().isValid():
            row: Row = self.currentIndex().data(Role.ROW)
            self._fold(self.currentIndex()) if row.is_head else self._model.toggle(
                self.currentIndex()
            )

    def _fold(self, index: QModelIndex) -> None:
        """Fold or unfold; the selection goes to the head, or to the first entry below it."""
        row: Row | None = index.data(Role.ROW) if index.isValid() else None
        if row is None or row.case is None:
            return
        head = self._model.head_above(index.row())
        with self.holding_still():
            self._model.fold(index)
        if (at := self._model.place(head)) is not None:
            folded = self._model.index(at).data(Role.ROW).hidden
            self.go_to(at if folded else at + 1)

    def _select(self, index: QModelIndex) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)

    def _interaction(self, index: _Index) -> Interaction | None:
        if not index.isValid():
            return None
        row: Row = index.data(Role.ROW)
        return row.interaction

    def _entry_from(self, index: QModelIndex) -> QModelIndex:
        """Return the entry at or below an index: heads and days may go, entries stay."""
        at = index.row()
        while 0 <= at < self._model.rowCount():
            if self._interaction(self._model.index(at)):
                return self._model.index(at)
            at += 1
        return QModelIndex()

    def _top_of(self, index: QPersistentModelIndex) -> int:
        return self.visualRect(_plain(index)).top() if index.isValid() else 0


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _plain(index: _Index) -> QModelIndex:
    if isinstance(index, QModelIndex):
        return index
    return index.model().index(index.row(), 0) if index.isValid() else QModelIndex()
