# SPDX-License-Identifier: Apache-2.0
"""The queue of open loops: one list over all channels, worked off with the keyboard."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.domain.handover import Handover
from agentassist.domain.queue import QueueItem, counts
from agentassist.ui.channel_menu import pick_channel
from agentassist.ui.handover_lines import HandoverForm, LeftBox
from agentassist.ui.queue_filters import QueueFilters
from agentassist.ui.queue_lines import DoneLine
from agentassist.ui.queue_model import QueueFilter, QueueModel
from agentassist.ui.queue_view import QueueView
from agentassist.ui.theme import Theme
from agentassist.ui.undo_line import UndoLine
from agentassist.ui.widgets import GAP, MARGIN, button, column, label, row

_UNDO_MS = 60_000


class QueuePanel(QFrame):
    """Shows what is open and says what the agent does with it.

    Signals:
        opened, taken, put_off: a QueueItem.
        settled: a QueueItem and why it is done.
        undone: a QueueItem that is to be open again.
        moved: a QueueItem and the Channel on which it goes on.
        handed_over: ids, a note, and to whom.
        handover_taken: the id of a hand-over.
        stop_wanted: reading the history for the first time is to stop, or to go on.
        back_wanted: the agent goes back to the desk.
    """

    opened = Signal(object)
    taken = Signal(object)
    put_off = Signal(object)
    settled = Signal(object, str)
    undone = Signal(object)
    moved = Signal(object, object)
    handed_over = Signal(object, str, str)
    handover_taken = Signal(object)
    stop_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.setAccessibleName(self.tr("Open loops"))
        self.model = QueueModel(now, self)
        self.view = QueueView(self.model, theme, now)
        self.filters = QueueFilters(now)
        self.done_line, self.undo_line = DoneLine(), UndoLine(_UNDO_MS)
        self.handover_form, self.left = HandoverForm(), LeftBox(now)
        self._title = label("", "title")
        self._about = label("", "muted", wrap=True)
        self._progress = label("", "muted")
        self.stop = button(self.tr("Stop"), self.stop_wanted.emit, "quiet")
        self._empty = label("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._arrange()
        self._connect()
        self.show_progress(0, 0)
        self.show_queue(())

    @property
    def agent(self) -> str:
        """Who works here."""
        return self.filters.agent

    @agent.setter
    def agent(self, name: str) -> None:
        self.filters.agent = name

    def show_queue(self, items: Sequence[QueueItem]) -> None:
        """Show the queue; the frame stays on its line, or on what took its place.

        What is in sight stays in sight: a list that is being read does not jump.
        """
        if tuple(items) == self.model.items:
            self._say()
            return
        row_, current = max(0, self.view.currentIndex().row()), self.view.current()
        place = self.view.verticalScrollBar().value()
        self.model.show(items)
        self.filters.show_counts(items)
        found = self.model.row_of(current.id) if current else None
        self.view.select(row_ if found is None else found)
        self.view.verticalScrollBar().setValue(place)
        self._say()

    def show_left(self, left: Sequence[Handover]) -> None:
        """Show what others left for this agent."""
        self.left.show_left(left)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the history was read the first time; nothing when it is done."""
        reading = total > 0 and done < total
        text = self.tr("Reading the history: {done} of {total} customers")
        self._progress.setText(text.format(done=f"{done:,}", total=f"{total:,}"))
        self._progress.setVisible(reading)
        self.stop.setVisible(reading)
        self.stop.setText(self.tr("Stop"))

    def show_stopped(self) -> None:
        """Say that it was stopped, and offer to go on."""
        self._progress.setText(self.tr("Reading the history was stopped. Older loops are missing."))
        self._progress.show()
        self.stop.setText(self.tr("Go on"))
        self.stop.show()

    def take_focus(self) -> None:
        """Put the frame on the list."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.view.current() is None:
            self.view.select(0)

    def start_handover(self) -> None:
        """Ask what is to be left to whom."""
        mine = QueueFilter(mine=self.agent)
        self.handover_form.ask(
            [item for item in self.model.items if mine.passes(item, self._now())]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the desk, H hands over, U undoes."""
        acts = {
            Qt.Key.Key_Escape: self.back_wanted.emit,
            Qt.Key.Key_H: self.start_handover,
            Qt.Key.Key_U: self.undo_line.undo,
        }
        if event.key() in acts and not event.modifiers():
            acts[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.view.opened.connect(self.opened)
        self.view.taken.connect(self.taken)
        self.view.put_off.connect(self.put_off)
        self.view.done.connect(self.done_line.ask)
        self.view.moved.connect(self._pick_channel)
        self.filters.changed.connect(self._filter)
        self.done_line.settled.connect(self._settle)
        self.done_line.left.connect(self.take_focus)
        self.handover_form.given.connect(self.handed_over)
        self.handover_form.left.connect(self.take_focus)
        self.left.taken.connect(self.handover_taken)

    def _settle(self, item: QueueItem, why: str) -> None:
        self.settled.emit(item, why)
        done = self.tr("Done: {name}").format(name=item.name or item.subject)
        self.undo_line.say(done, back=partial(self.undone.emit, item))
        self.take_focus()

    def _pick_channel(self, item: QueueItem) -> None:
        pick_channel(
            self.view,
            item.channel,
            lambda channel: self.moved.emit(item, channel),
            self.view.below_current(),
        )

    def _filter(self, chosen: QueueFilter) -> None:
        self.model.choose(chosen)
        self.view.select(0)
        self._say()

    def _say(self) -> None:
        found = counts(self.model.items, self._now())
        self._title.setText(self.tr("Open loops · {count}").format(count=f"{found.open:,}"))
        self._about.setText(
            self.tr("J and K move · Enter opens · A mine · D done · S in an hour · C continue by…")
        )
        filtered = self.filters.chosen() != QueueFilter()
        self._empty.setText(
            self.tr("Nothing matches. Clear the filter to see all.")
            if filtered and found.open
            else self.tr(
                "Nothing is open. Every message has its answer, every promise is kept,\n"
                "and every complaint was confirmed as solved."
            )
        )
        empty = self.model.rowCount() == 0
        self._empty.setVisible(empty)
        self._about.setVisible(not empty)
        self.view.setVisible(not empty)

    def _arrange(self) -> None:
        over = button(self.tr("Hand over…"), self.start_handover)
        back = button(self.tr("Back to the desk"), self.back_wanted.emit, "", "Esc")
        head = row(self._title, self._progress, self.stop, None, over, back)
        inner = QFrame()
        inner.setProperty("look", "panel")
        listed = column(self._empty, self.view, parent=inner, margin=GAP)
        listed.setStretch(0, 1)
        listed.setStretch(1, 1)
        lines: list[QWidget] = [self.left, self.filters, inner, self.done_line]
        lines += [self.handover_form, self.undo_line, self._about]
        layout = column(head, *lines, parent=self, margin=MARGIN)
        layout.setStretch(1 + lines.index(inner), 1)
