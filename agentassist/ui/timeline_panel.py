# SPDX-License-Identifier: Apache-2.0
"""One list over all channels, with filters, pins and acts; reading never leaves it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from agentassist.domain.history import (
    Channel,
    Interaction,
    PinnedEntry,
    Timeline,
    TimelineFilter,
    TimelinePage,
)
from agentassist.ui.entry_actions import Act
from agentassist.ui.entry_editor import EntryEditor
from agentassist.ui.pin_strip import PinStrip
from agentassist.ui.search_line import Found, SearchLine
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_head import TimelineHead
from agentassist.ui.timeline_model import Role, TimelineModel
from agentassist.ui.timeline_view import TimelineView
from agentassist.ui.undo_line import UndoLine
from agentassist.ui.widgets import column, em, label

_TIGHT_EMS = 26


class TimelinePanel(QFrame):
    """The history of one customer.

    Signals:
        opened: a customer is shown.
        filter_changed: a TimelineFilter the agent chose.
        older_wanted, newer_wanted: the cursor of the page to load next.
        newest_wanted, oldest_wanted: to the ends of the history.
        date_wanted: a datetime to go to.
        entry_wanted: the id of an interaction that is not in sight.
        pin_wanted, unpin_wanted: an Interaction.
        pin_noted: an Interaction and why it is pinned.
        noted: an Interaction and a note on it.
        promise_wanted: an Interaction that a promise is to be made from.
        promised: a Promise, ready to store.
        link_wanted: an Interaction that an article is to be linked to.
        move_wanted: an Interaction that belongs to another customer.
    """

    opened = Signal()
    filter_changed = Signal(object)
    older_wanted = Signal(str)
    newer_wanted = Signal(str)
    newest_wanted = Signal()
    oldest_wanted = Signal()
    date_wanted = Signal(object)
    entry_wanted = Signal(object)
    pin_wanted = Signal(object)
    unpin_wanted = Signal(object)
    pin_noted = Signal(object, str)
    noted = Signal(object, str)
    promise_wanted = Signal(object)
    promised = Signal(object)
    link_wanted = Signal(object)
    move_wanted = Signal(object)

    def __init__(
        self, theme: Theme, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.timeline: Timeline | None = None
        self._pins: dict[UUID, PinnedEntry] = {}
        self.model = TimelineModel(now, self)
        self.view = TimelineView(self.model, theme)
        self.head = TimelineHead(now)
        self.chips, self.bar = self.head.chips, self.head.bar
        self.search, self.more_filters = self.head.search, self.head.more_filters
        self.pins = PinStrip(theme, now)
        self.editor = EntryEditor()
        self.undo = UndoLine()
        self.progress = SearchLine(now)
        self._empty = label("", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._connect()
        self.clear()

    # What is shown

    def show_timeline(self, timeline: Timeline) -> None:
        """Show the first page of a customer."""
        self.timeline = timeline
        self._release()
        self._drop_editor()
        self.show_counts(timeline.counts, timeline.uncounted)
        self.show_pinned(timeline.pinned)
        self.model.show(timeline.page, timeline.book)
        self._settle(timeline.page)
        self.view.scrollToTop()
        self.opened.emit()

    def show_page(self, page: TimelinePage) -> None:
        """Show the newest page under the present filter."""
        self.view.delegate.texts.mark(self.head.words)
        self.model.show(page)
        self.view.scrollToTop()
        self._settle(page)

    def show_oldest(self, page: TimelinePage) -> None:
        """Show the far end of the history."""
        self.model.show(page)
        self._settle(page)
        self.view.scrollToBottom()

    def show_around(self, page: TimelinePage, target: UUID | datetime) -> None:
        """Show a page with an entry or a moment in its middle, and go there."""
        self.model.show(page)
        self._settle(page)
        wanted = target if isinstance(target, UUID) else _newest_before(page, target)
        if wanted is not None:
            self.model.reveal(wanted)
            self.view.go_to(self.model.row_of(wanted) or 0, top=True)

    def show_older(self, page: TimelinePage, after: str | None = None) -> None:
        """Add an older page below; `after` is the cursor that it was wanted with."""
        with self.view.holding_still():
            self.model.extend(page, after)
        self._settle(page)

    def show_newer(self, page: TimelinePage, before: str | None = None) -> None:
        """Add a newer page above; what is in sight stays where it is."""
        with self.view.holding_still():
            self.model.prepend(page, before)
        self._settle(page)

    def show_new(self, item: Interaction) -> None:
        """Show what was just added to the history, if its place is in the window."""
        counts = self.head.counts
        self.show_counts(counts | {item.channel: counts.get(item.channel, 0) + 1})
        if self.timeline and self.timeline.book and self.model.at_newest and not self.filtered:
            self.timeline.book.read([item])
            self.show_newer(TimelinePage((item,)))

    def show_counts(
        self, counts: Mapping[Channel, int], uncounted: frozenset[Channel] = frozenset()
    ) -> None:
        """Show how many interactions there are by channel."""
        self.head.show_counts(counts, uncounted)
        self._show_title()

    def show_span_counts(self, counts: Mapping[Channel, int]) -> None:
        """Show the counts of a span of time; channels that have none there stay as chips."""
        self.show_counts(dict.fromkeys(self.head.counts, 0) | dict(counts))

    def show_pinned(self, pinned: Sequence[PinnedEntry]) -> None:
        """Show what is pinned."""
        self._pins = {entry.interaction.id: entry for entry in pinned}
        self.pins.show_pinned(pinned)
        self.model.show_pinned(frozenset(self._pins))

    def show_entry(self, interaction_id: UUID) -> None:
        """Bring an interaction into sight, open and in focus, wherever in the history it is."""
        self.model.open(interaction_id)
        if (at := self.model.row_of(interaction_id)) is not None:
            self.view.go_to(at)
            self.view.setFocus()
        elif self.timeline is not None:
            self._release()
            self.entry_wanted.emit(interaction_id)

    def say(self, text: str, back: Callable[[], object] | None = None) -> None:
        """Confirm an act; `back` undoes it."""
        self.undo.say(text, back)

    def say_pinned(self, item: Interaction, back: Callable[[], object]) -> None:
        """Confirm a pin; a second key adds why."""
        self.undo.say(
            self.tr("Pinned"), back, self.tr("Add why"), partial(self.editor.write_pin, item)
        )

    def clear(self) -> None:
        """Show that nobody is on the line."""
        self.timeline = None
        self._release()
        self._drop_editor()
        self.show_counts({})
        self.show_pinned(())
        self.model.show(TimelinePage(()))
        self.progress.show_found(Found.NOTHING_SOUGHT)
        self._empty.setText(self.tr("The history of the caller appears here."))
        self._show_empty(empty=True)

    # The filter

    def chosen(self) -> TimelineFilter:
        """Return the filter as it is set now."""
        return self.head.chosen()

    @property
    def filtered(self) -> bool:
        """True when not everything is shown."""
        return self.chosen() != TimelineFilter()

    def release_filters(self) -> None:
        """Show everything again; the entry that was selected stays in sight."""
        kept = self.view.selected()
        self._release()
        if kept is not None:
            self.entry_wanted.emit(kept.id)
        else:
            self.filter_changed.emit(TimelineFilter())

    def _release(self) -> None:
        self.head.release()
        self.view.delegate.texts.mark(())
        self.progress.go_on()

    def _announce(self) -> None:
        self.progress.go_on()
        kept = self.view.selected()
        chosen = self.chosen()
        if chosen == TimelineFilter() and kept is not None:
            self.view.delegate.texts.mark(())
            self.entry_wanted.emit(kept.id)
        else:
            self.filter_changed.emit(chosen)

    # After each page

    def _settle(self, page: TimelinePage) -> None:
        """Say what was found, and look whether the next page is wanted already."""
        searching = page.searched if not self.model.at_oldest else None
        nothing = Found.NOTHING_SOUGHT if not self.filtered else Found.ALL
        self.progress.show_found(Found.SO_FAR if searching else nothing, searching)
        self._show_title()
        self._show_empty(empty=not self.model.rowCount())
        self.view.look_around()

    def _show_title(self) -> None:
        whole = self.model.at_oldest and self.model.at_newest
        self.head.show_found(self.model.held, whole=whole)

    def _show_empty(self, *, empty: bool) -> None:
        if self.timeline is not None:
            self._empty.setText(self._why_empty())
        self._empty.setVisible(empty)
        self.view.setVisible(not empty)
        self.head.allow(known=self.timeline is not None and bool(self.head.counts))

    def _why_empty(self) -> str:
        if not self.filtered:
            return self.tr("No contact with this customer so far.")
        if not self.model.at_oldest:
            return self.tr("Nothing found yet.")
        return self.tr("Nothing matches. Clear the filter to see all.")

    # Acts on an entry

    def _act(self, act: Act, item: Interaction) -> None:
        {
            Act.PIN: self._toggle_pin,
            Act.NOTE: self.editor.write_note,
            Act.PROMISE: self.promise_wanted.emit,
            Act.LINK: self.link_wanted.emit,
            Act.MOVE: self.move_wanted.emit,
            Act.CASE: self._toggle_case,
            Act.ANSWERED: self._go_to_answered,
        }[act](item)

    def _toggle_pin(self, item: Interaction) -> None:
        (self.unpin_wanted if item.id in self._pins else self.pin_wanted).emit(item)

    def _toggle_case(self, item: Interaction) -> None:
        if self.head.case is not None:
            self.release_filters()
            return
        at = self.model.row_of(item.id)
        case = self.model.index(at).data(Role.ROW).case if at is not None else None
        if case is not None:
            self.head.show_only(case)

    def _go_to_answered(self, item: Interaction) -> None:
        at = self.model.answered(item)
        if at is None:
            self.say(self.tr("What this answers is not in sight. Scroll back, or show its case."))
        else:
            self.view.go_to(at)

    def _leave(self) -> None:
        if self.head.case is not None:
            self.release_filters()

    def _drop_editor(self) -> None:
        self.editor.drop()
        self.undo.drop()
        self.chips.show()

    def _make_room(self) -> None:
        """Let what is written have the room of the filters, where there is little of it."""
        tight = self.height() < em(_TIGHT_EMS)
        self.chips.setVisible(not tight)
        self.pins.setVisible(not tight and bool(self._pins))

    def _give_back_room(self) -> None:
        self.chips.show()
        self.pins.setVisible(bool(self._pins))
        self.view.setFocus()

    # Making it

    def _lay_out(self) -> None:
        foot = column(self.progress, self.editor, self.undo, gap=0)
        layout = column(self.head, self.pins, self._empty, self.view, foot, parent=self, gap=0)
        layout.setStretch(2, 1)
        layout.setStretch(3, 1)

    def _connect(self) -> None:
        self.model.older_wanted.connect(self.older_wanted)
        self.model.newer_wanted.connect(self.newer_wanted)
        self.head.changed.connect(self._announce)
        self.head.all_wanted.connect(self.release_filters)
        self.bar.date_picked.connect(self.date_wanted)
        self.view.acted.connect(self._act)
        self.view.newest_wanted.connect(self.newest_wanted)
        self.view.oldest_wanted.connect(self.oldest_wanted)
        self.view.date_wanted.connect(self.head.go_to_date)
        self.view.left.connect(self._leave)
        self.pins.opened.connect(lambda item: self.show_entry(item.id))
        self.pins.all_wanted.connect(lambda: self.bar.pinned.setChecked(True))
        self.editor.noted.connect(self.noted)
        self.editor.pinned.connect(self.pin_noted)
        self.editor.promised.connect(self.promised)
        self.editor.opened.connect(self._make_room)
        self.editor.left.connect(self._give_back_room)
        self.progress.stopped.connect(self.model.pause)
        self.progress.resumed.connect(self._go_on)

    def _go_on(self) -> None:
        self.model.go_on()
        self.view.look_around()


def _newest_before(page: TimelinePage, moment: datetime) -> UUID | None:
    """Return the entry that a jump to a moment leads to: at it or before, else the oldest."""
    dated = (item for item in page.interactions if item.occurred_at and item.occurred_at < moment)
    last = page.interactions[-1] if page.interactions else None
    found = next(dated, last)
    return found.id if found else None
