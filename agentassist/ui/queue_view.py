# SPDX-License-Identifier: Apache-2.0
"""The list of the queue and its keys."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from agentassist.domain.queue import QueueItem
from agentassist.ui.queue_delegate import QueueDelegate
from agentassist.ui.queue_model import QueueModel
from agentassist.ui.theme import Theme

_TICK_MS = 1_000


class QueueView(QListView):
    """J and K move, Enter opens; the other keys are acts on the current line.

    Signals: each carries a QueueItem.
        opened: show the customer at this entry.
        taken: it is mine.
        done: it is finished; a reason is still to be given.
        put_off: not now.
        moved: it goes on on another channel.
    The clocks tick by painting the visible clocks alone, and only while they can be seen.
    """

    opened = Signal(object)
    taken = Signal(object)
    done = Signal(object)
    put_off = Signal(object)
    moved = Signal(object)

    def __init__(self, model: QueueModel, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._items = model
        self._delegate = QueueDelegate(theme, now, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Open loops"))
        self.doubleClicked.connect(lambda _: self._tell(self.opened))
        self._acts = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_A: self.taken,
            Qt.Key.Key_D: self.done,
            Qt.Key.Key_S: self.put_off,
            Qt.Key.Key_C: self.moved,
        }
        self._ticker = QTimer(self, interval=_TICK_MS)
        self._ticker.timeout.connect(self.tick)

    def current(self) -> QueueItem | None:
        """Return the line that has the frame."""
        return self._items.item(self.currentIndex().row())

    def select(self, row: int) -> None:
        """Give a row the frame, the nearest when there is no such row."""
        last = self._items.rowCount() - 1
        if last >= 0:
            index = self._items.index(min(max(row, 0), last))
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def below_current(self) -> QPoint:
        """Return the lower left corner of the current line."""
        return self.visualRect(self.currentIndex()).bottomLeft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle J, K and the acts; leave the rest to the list."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(key)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif step:
            self.select(self.currentIndex().row() + step)
        elif key in self._acts:
            self._tell(self._acts[key])
        elif event.text().isalpha():
            event.ignore()  # the list would look for a line that begins with it
        else:
            super().keyPressEvent(event)

    def tick(self) -> None:
        """Paint the clocks that can be seen anew, and nothing else."""
        area = self.viewport().rect()
        self.viewport().update(self._delegate.clock_area(area))

    def showEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        """Let the clocks tick."""
        super().showEvent(event)
        self._ticker.start()

    def hideEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        """Let them rest."""
        super().hideEvent(event)
        self._ticker.stop()

    def _tell(self, signal: object) -> None:
        if item := self.current():
            signal.emit(item)  # type: ignore[attr-defined]  # a bound signal
