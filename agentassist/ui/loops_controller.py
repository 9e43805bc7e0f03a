# SPDX-License-Identifier: Apache-2.0
"""The order of the queue: read what is new, show it, carry out what the agent does."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from agentassist.domain.handover import Handover
from agentassist.domain.history import Channel
from agentassist.domain.moving import MovedSummary
from agentassist.domain.queue import QueueItem, counts
from agentassist.errors import Cancelled
from agentassist.ui.call_controller import CallController
from agentassist.ui.panes import Panes
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.words import word

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_FIRST_MS = 2_000  # the search comes up first
_LOOK_MS = 30_000
_AFTER_MS = 2_000  # the next call may ring at once, and comes first
_SNOOZE = timedelta(hours=1)


class LoopsController(QObject):
    """Keeps the queue up to date beside the calls, and never in their way; `close` it.

    Signals:
        said: a sentence for the foot of the window.
    Reading the history for the first time rests while a call is live.
    """

    said = Signal(str)
    _stepped = Signal(int, int)

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        panes: Panes,
        calls: CallController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._panes = panes
        self._calls = calls
        self._stopped = False
        self._reading = False
        self._greeted = False
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self.refresh)
        self._stepped.connect(panes.queue.show_progress)
        panes.queue.agent = desk.agent
        self._connect()

    def start(self) -> None:
        """Show what is open, and look for news from now on."""
        self._show()
        QTimer.singleShot(_FIRST_MS, self, self.refresh)
        self._look.start()

    def close(self) -> None:
        """Look no more."""
        self._look.stop()
        self._stopped = True

    def refresh(self) -> None:
        """Read what is new, then show it."""
        if self._reading or self._stopped:
            return
        self._reading = True
        self._runner.submit(Lane.IO, self._read, self._read_all, self._not_read)

    def _connect(self) -> None:
        queue, strip = self._panes.queue, self._panes.strip
        strip.queue_wanted.connect(self._open)
        strip.move_wanted.connect(self._move_contact)
        queue.opened.connect(self._open_customer)
        queue.taken.connect(self._take)
        queue.put_off.connect(self._put_off)
        queue.settled.connect(lambda item, why: self._do(lambda: self._desk.loops.done(item, why)))
        queue.undone.connect(lambda item: self._do(lambda: self._desk.loops.undo_done(item)))
        queue.moved.connect(self._move_item)
        queue.handed_over.connect(self._hand_over)
        queue.handover_taken.connect(self._take_over)
        queue.stop_wanted.connect(self._stop_or_go_on)
        self._calls.finished.connect(lambda: QTimer.singleShot(_AFTER_MS, self, self.refresh))

    # Reading

    def _read(self) -> bool:
        """Return whether it came to the end."""
        try:
            self._desk.loops.refresh(self._stepped.emit, self._interrupted)
        except Cancelled:
            return False
        return True

    def _interrupted(self) -> bool:
        return self._stopped or self._calls.live

    def _read_all(self, complete: bool) -> None:  # noqa: FBT001  a result, not an option
        self._reading = False
        if complete:
            self._panes.queue.show_progress(0, 0)
        elif self._stopped:
            self._panes.queue.show_stopped()
        self._show()

    def _not_read(self, error: BaseException) -> None:
        self._reading = False
        self._runner.failed.emit(error)

    def _stop_or_go_on(self) -> None:
        self._stopped = not self._stopped
        if not self._stopped:
            self.refresh()

    # Showing

    def _show(self) -> None:
        self._runner.submit(Lane.READ, self._queue, self._shown, key="queue")

    def _queue(self) -> tuple[tuple[QueueItem, ...], tuple[Handover, ...]]:
        return self._desk.loops.queue(), self._desk.handover.waiting()

    def _shown(self, found: tuple[tuple[QueueItem, ...], tuple[Handover, ...]]) -> None:
        items, left = found
        self._panes.queue.show_queue(items)
        self._panes.queue.show_left(left)
        self._panes.strip.show_queue(counts(items, self._desk.now()))
        if left and not self._greeted:
            self._greeted = True
            self.said.emit(self._panes.queue.left.sentence(left[0]))

    def _open(self) -> None:
        self._panes.show_queue()
        self._show()

    def _open_customer(self, item: QueueItem) -> None:
        if item.customer_id is None:
            self.said.emit(self.tr("Nobody is known for this. Find the customer with Ctrl+F."))
            return
        contact = self._calls.contact
        if contact is not None and contact.call.customer_id == item.customer_id:
            self._go_to(item)
        elif not self._calls.look_up(item.customer_id, partial(self._go_to, item)):
            self.said.emit(self.tr("Finish the contact on screen first, then open this one."))

    def _go_to(self, item: QueueItem) -> None:
        self._panes.show_desk()
        if item.origin_id is not None:
            self._panes.show_entry(item.origin_id)

    # Acts

    def _do(self, act: Callable[[], object], done: str = "") -> None:
        def finished(_result: object) -> None:
            if done:
                self.said.emit(done)
            self._show()

        def failed(error: BaseException) -> None:
            self._runner.failed.emit(error)
            self._show()

        self._runner.submit(Lane.STORE, act, finished, failed)

    def _take(self, item: QueueItem) -> None:
        if not self._desk.agent:
            self.said.emit(self.tr("Nobody knows your name: set `agent` in the settings."))
            return
        mine = item.owner.casefold() == self._desk.agent.casefold()
        owner = "" if mine else self._desk.agent
        self._do(lambda: self._desk.loops.assign(item, owner))

    def _put_off(self, item: QueueItem) -> None:
        until = self._desk.now() + _SNOOZE
        self._do(lambda: self._desk.loops.snooze(item, until), self.tr("It comes back in an hour."))

    def _hand_over(self, items: tuple[UUID, ...], note: str, to_agent: str) -> None:
        whom = to_agent or self.tr("whoever comes next")
        self._do(
            lambda: self._desk.handover.leave(items, note, to_agent),
            self.tr("Handed over to {name}.").format(name=whom),
        )

    def _take_over(self, handover_id: UUID) -> None:
        self._do(lambda: self._desk.handover.take(handover_id), self.tr("It is yours now."))

    # Moving to another channel

    def _move_item(self, item: QueueItem, to: Channel) -> None:
        job = partial(self._desk.continuation.of_item, item, to)
        self._runner.submit(Lane.READ, job, self._moved)

    def _move_contact(self, to: Channel) -> None:
        if contact := self._calls.contact:
            said, decisions = tuple(contact.said), tuple(contact.decisions)
            job = partial(self._desk.continuation.of_call, contact.call, said, decisions, to)
            self._runner.submit(Lane.READ, job, self._moved)

    def _moved(self, summary: MovedSummary) -> None:
        heading = self.tr("Continues by {channel}").format(channel=word(summary.moved_to))
        lines = [f"{word(line.kind)}: {line.text}" for line in summary.lines]
        text = "\n".join([heading, *lines])
        QApplication.clipboard().setText(text)
        done = self.tr("The summary is copied, and stands on the timeline.")
        self._do(lambda: self._desk.continuation.store(summary, text), done)
