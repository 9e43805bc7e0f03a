# SPDX-License-Identifier: Apache-2.0
"""The order of a timeline: pages wanted and handed in, acts stored, confirmed, taken back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agentassist.domain.history import Interaction, Pin, TimelineFilter
from agentassist.domain.promise import Promise
from agentassist.ui.panes import Panes
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_PAGE, _OLDER, _NEWER = "timeline page", "timeline older", "timeline newer"
_QUESTION = 400


class TimelineController(QObject):
    """Holds order only: the panel shows, services answer.

    Signals:
        essentials_changed: the Essentials of the customer on screen, after a promise.
    Whatever comes late, for a customer who is not shown any more, is dropped. A newer filter
    wins over an older one, which stops at its next stretch.
    """

    essentials_changed = Signal(object)

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        panes: Panes,
        call_id: Callable[[], UUID | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._panel = panes.timeline
        self._knowledge = panes.knowledge
        self._call_id = call_id
        self._span: tuple[datetime | None, datetime | None] = (None, None)
        self._connect()

    def _connect(self) -> None:
        panel = self._panel
        panel.opened.connect(self._count)
        panel.filter_changed.connect(self._filter)
        panel.older_wanted.connect(self._older)
        panel.newer_wanted.connect(self._newer)
        panel.newest_wanted.connect(lambda: self._filter(panel.chosen()))
        panel.oldest_wanted.connect(self._oldest)
        panel.date_wanted.connect(self._go_to_date)
        panel.entry_wanted.connect(self._go_to_entry)
        panel.pin_wanted.connect(self._pin)
        panel.pin_noted.connect(self._pin_with_note)
        panel.unpin_wanted.connect(self._unpin)
        panel.noted.connect(self._note)
        panel.promise_wanted.connect(self._begin_promise)
        panel.promised.connect(self._promise)
        panel.link_wanted.connect(self._link)

    # Pages

    def _filter(self, chosen: TimelineFilter) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.older, shown, chosen, None)
            self._turn_to(job, self._panel.show_page)
            self._count_span(chosen)

    def _oldest(self) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.oldest, shown, self._panel.chosen())
            self._turn_to(job, self._panel.show_oldest)

    def _go_to_date(self, moment: Any) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.at, shown, self._panel.chosen(), moment)
            self._turn_to(job, lambda page: self._panel.show_around(page, moment))

    def _go_to_entry(self, interaction_id: UUID) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.around, shown, interaction_id)
            self._turn_to(job, lambda page: self._panel.show_around(page, interaction_id))
            self._count_span(self._panel.chosen())

    def _turn_to(self, job: Callable[[], Any], show: Callable[[Any], None]) -> None:
        """Read another part of the history: pages next to the last one are of no use now."""
        self._runner.cancel(_OLDER)
        self._runner.cancel(_NEWER)
        self._read(job, show, _PAGE)

    def _older(self, cursor: str) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.older, shown, self._panel.chosen(), cursor)
            self._read(job, lambda page: self._panel.show_older(page, cursor), _OLDER)

    def _newer(self, cursor: str) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.newer, shown, self._panel.chosen(), cursor)
            self._read(job, lambda page: self._panel.show_newer(page, cursor), _NEWER)

    def _read(self, job: Callable[[], Any], show: Callable[[Any], None], key: str) -> None:
        self._runner.submit(Lane.READ, job, self._still(show), self._not_read, key=key)

    def _not_read(self, error: BaseException) -> None:
        self._panel.model.forget_asking()
        self._runner.failed.emit(error)

    # Counts

    def _count(self) -> None:
        """Count to the end what was counted only so far when the call popped."""
        self._span = (None, None)
        if (shown := self._panel.timeline) and shown.uncounted:
            job = partial(self._desk.timelines.counts, shown.essentials.customer.id)
            show = self._still(self._panel.show_counts)
            self._runner.submit_after_paint(Lane.READ, job, show, key="timeline counts")

    def _count_span(self, chosen: TimelineFilter) -> None:
        """Let the counts follow a span of time, which an index answers."""
        span = (chosen.since, chosen.until)
        if (shown := self._panel.timeline) and span != self._span:
            self._span = span
            customer_id = shown.essentials.customer.id
            job = partial(self._desk.timelines.counts, customer_id, chosen.since, chosen.until)
            self._read(job, self._panel.show_span_counts, "timeline counts")

    # Acts

    def _pin(self, item: Interaction) -> None:
        self._store(partial(self._desk.acts.pin, item), lambda _: self._pinned(item))

    def _pinned(self, item: Interaction) -> None:
        self._show_pins()
        self._panel.say_pinned(item, partial(self._take_pin, item.id))

    def _pin_with_note(self, item: Interaction, note: str) -> None:
        def done(_pin: Pin) -> None:
            self._panel.editor.done()
            self._show_pins()

        self._store(partial(self._desk.acts.pin, item, note), done)

    def _unpin(self, item: Interaction) -> None:
        self._store(partial(self._desk.acts.unpin, item.id), self._unpinned)

    def _unpinned(self, pin: Pin | None) -> None:
        self._show_pins()
        if pin is not None:
            self._panel.say(self.tr("Unpinned"), partial(self._put_back, pin))

    def _put_back(self, pin: Pin) -> None:
        self._store(partial(self._desk.acts.put_back, pin), lambda _: self._show_pins())

    def _take_pin(self, interaction_id: UUID) -> None:
        self._store(partial(self._desk.acts.unpin, interaction_id), lambda _: self._show_pins())

    def _show_pins(self) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.pinned, shown.essentials.customer.id)
            self._read(job, self._panel.show_pinned, "timeline pins")

    def _note(self, item: Interaction, text: str) -> None:
        def done(note: Interaction) -> None:
            self._panel.editor.done()
            self._panel.show_new(note)
            self._panel.say(self.tr("Note added"))

        self._store(partial(self._desk.acts.note, item, text), done)

    def _begin_promise(self, item: Interaction) -> None:
        if shown := self._panel.timeline:
            owner = item.customer_id or shown.essentials.customer.id
            draft = self._desk.acts.new_promise(owner, item, self._call_id())
            self._panel.editor.write_promise(item, draft)

    def _promise(self, promise: Promise) -> None:
        def done(made: Promise) -> None:
            self._panel.editor.done()
            self._show_essentials()
            self._panel.say(self.tr("Promised"), partial(self._take_promise, made.id))

        self._store(partial(self._desk.acts.promise, promise), done)

    def _take_promise(self, promise_id: UUID) -> None:
        job = partial(self._desk.acts.take_back, promise_id)
        self._store(job, lambda _: self._show_essentials())

    def _show_essentials(self) -> None:
        if shown := self._panel.timeline:
            job = partial(self._desk.timelines.essentials, shown.essentials.customer.id)
            self._read(job, self.essentials_changed.emit, "essentials")

    def _link(self, item: Interaction) -> None:
        """Look for articles with the entry's words: a card that is linked is linked to them."""
        words = " ".join(filter(None, (item.subject, " ".join(item.text.split()))))
        self._knowledge.look_for(words[:_QUESTION])
        self._panel.say(self.tr("Choose a card on the right and press L to link it."))

    def _store(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._runner.submit(Lane.STORE, job, self._still(done))

    def _still(self, show: Callable[[Any], None]) -> Callable[[Any], None]:
        """Wrap `show` so that it does nothing once another customer is shown."""
        shown = self._panel.timeline
        return lambda result: show(result) if shown and self._panel.timeline is shown else None
