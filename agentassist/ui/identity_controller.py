# SPDX-License-Identifier: Apache-2.0
"""Who somebody is: choosing, adding and attaching callers, merging records, moving contacts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject

from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import Interaction, Timeline
from agentassist.domain.identity import Candidate
from agentassist.domain.merge import Merge, MergePreview, Move
from agentassist.errors import Problem
from agentassist.ui.call_controller import CallController
from agentassist.ui.evidence import Shown
from agentassist.ui.panes import Panes
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.toast import Toast
from agentassist.ui.words import sentence

if TYPE_CHECKING:
    from agentassist.services.desk import Desk
    from agentassist.services.merging import MergeRecord
    from agentassist.services.moving import MoveDone
    from agentassist.services.numbers import Attachment, StandingChange

_Past = tuple["tuple[MergeRecord, ...]", tuple[Move, ...], tuple[Customer, ...]]


class IdentityController(QObject):
    """Holds the order of everything that decides whose something is.

    What comes back late, for a customer who has left the screen, is dropped.
    """

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        panes: Panes,
        toast: Toast,
        calls: CallController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._panes = panes
        self._toast = toast
        self._calls = calls
        self._connect()

    def _connect(self) -> None:
        panes, caller, merge, move = (
            self._panes,
            self._panes.caller,
            self._panes.merge,
            self._panes.moving,
        )
        panes.timeline.move_wanted.connect(self.open_move)
        panes.search_wanted.connect(self._find)
        caller.chosen.connect(self.choose)
        caller.search_wanted.connect(self._searched(caller.show_found))
        caller.created.connect(self._create)
        caller.attached.connect(self._attach)
        caller.shared.connect(self._share)
        caller.merge_wanted.connect(self._preview)
        panes.essentials.perhaps.merge_wanted.connect(self._preview)
        panes.merge_wanted.connect(self.open_merge)
        panes.customer_shown.connect(self._suggest)
        merge.picked.connect(self._preview)
        merge.search_wanted.connect(self._searched(merge.show_people))
        merge.merge_wanted.connect(self._merge)
        merge.apart_wanted.connect(self._keep_apart)
        merge.split_wanted.connect(self._split)
        merge.return_wanted.connect(self._move_back)
        merge.doubt_wanted.connect(self._doubt)
        merge.closed.connect(panes.leave_aside)
        move.search_wanted.connect(self._searched(move.show_people))
        move.moved.connect(self._move)
        move.closed.connect(panes.leave_aside)

    # Who is calling

    def choose(self, customer_id: UUID) -> None:
        """Take the agent's choice, for the call on screen or without one."""
        if contact := self._calls.contact:
            job = partial(self._desk.screen_pop.choose, contact.call, customer_id)
            self._runner.submit(Lane.STORE, job, self._calls.show_pop, key="pop")
        else:
            self._calls.look_up(customer_id)

    def _find(self) -> None:
        contact = self._calls.contact
        self._panes.caller.show_search(self._calls.customer_id, contact.call if contact else None)

    def _searched(self, show: Callable[[tuple[Candidate, ...]], None]) -> Callable[[str], None]:
        def search(text: str) -> None:
            job = partial(self._desk.identity.search, text)
            self._runner.submit(Lane.READ, job, show, key="find")

        return search

    def _create(self, name: str) -> None:
        if contact := self._calls.contact:
            job = partial(self._desk.identity.create, name, ContactKind.PHONE, contact.call.remote)
            self._runner.submit(Lane.STORE, job, lambda customer: self.choose(customer.id))

    def _attach(self, customer_id: UUID) -> None:
        if contact := self._calls.contact:
            remote, live = contact.call.remote, contact.call.id
            job = partial(self._desk.numbers.attach, customer_id, remote, live=live)
            self._runner.submit(Lane.STORE, job, self._still(self._attached))

    def _attached(self, made: "Attachment") -> None:
        self.choose(made.customer_id)
        text = self.tr("The number was added.")
        if made.contacts:
            text = self.tr(
                "The number was added; %n earlier contact(s) with it.", "", made.contacts
            )
        self._toast.show_done(text, self._undoing(partial(self._desk.numbers.detach, made)))

    def _share(self) -> None:
        if contact := self._calls.contact:
            job = partial(self._desk.numbers.share, ContactKind.PHONE, contact.call.remote)
            self._runner.submit(Lane.STORE, job, self._still(self._shared))

    def _shared(self, change: "StandingChange") -> None:
        self._panes.caller.show_shared()
        text = self.tr("The number is marked as shared: it leads to all of them.")
        undo = partial(self._desk.numbers.take_back, change)
        self._toast.show_done(text, lambda: self._runner.submit(Lane.STORE, undo))

    # One person, two records

    def open_merge(self) -> None:
        """Ask whom the customer on screen is the same person as."""
        if customer_id := self._calls.customer_id:
            job = partial(self._history, customer_id)
            self._runner.submit(Lane.READ, job, self._still(self._show_merge), key="merge")
        else:
            self._toast.show_done(self.tr("Find the customer first: a merge needs two records."))

    def _history(self, customer_id: UUID) -> tuple[Customer, _Past, Sequence[Shown]]:
        merging = self._desk.merging
        past = (
            merging.of(customer_id),
            self._desk.moving.of(customer_id),
            merging.apart(customer_id),
        )
        found = self._desk.duplicates.suggestions(customer_id)
        return self._desk.timelines.customer(customer_id), past, found

    def _show_merge(self, found: tuple[Customer, _Past, Sequence[Shown]]) -> None:
        customer, past, candidates = found
        self._panes.show_aside(self._panes.merge)
        self._panes.merge.show_customer(customer, *past)
        self._panes.merge.show_people(candidates)
        self._panes.merge.picker.focus_field()

    def _suggest(self, timeline: Timeline) -> None:
        self._panes.essentials.perhaps.clear()
        job = partial(self._desk.duplicates.likely, timeline.essentials.customer.id)
        show = self._panes.essentials.perhaps.show_candidates
        self._runner.submit_after_paint(Lane.READ, job, self._still(show), key="perhaps")

    def _preview(self, other: UUID) -> None:
        if customer_id := self._calls.customer_id:
            job = partial(self._desk.merging.preview, customer_id, other)
            self._runner.submit(Lane.READ, job, self._still(self._show_preview), key="merge")

    def _show_preview(self, preview: MergePreview) -> None:
        self._panes.show_aside(self._panes.merge)
        self._panes.merge.show_preview(preview)

    def _merge(self, preview: MergePreview, reason: str) -> None:
        take = {pair.name for pair in preview.pairs if pair.take_absorbed}
        kept, absorbed = preview.kept.id, preview.absorbed.id
        job = partial(self._desk.merging.merge, kept, absorbed, take, reason)
        done = self._still(partial(self._merged, preview))
        self._runner.submit(Lane.STORE, job, done, self._refused(self._panes.merge.show_fault))

    def _merged(self, preview: MergePreview, merge: Merge) -> None:
        self._panes.leave_aside()
        self._reload()
        text = self.tr("{joined} joined {kept}: one history of %n contact(s).", "", _total(preview))
        told = text.format(joined=preview.absorbed.name, kept=preview.result.name)
        self._toast.show_done(told, self._undoing(partial(self._desk.merging.split, merge.id)))

    def _keep_apart(self, preview: MergePreview) -> None:
        one, other = preview.kept.id, preview.absorbed.id
        job = partial(self._desk.merging.keep_apart, one, other)
        undo = self._undoing(partial(self._desk.merging.allow_again, one, other))
        text = self.tr("Noted: two people. They are not suggested again.")

        def done(_result: object) -> None:
            self._panes.leave_aside()
            self._reload()
            self._toast.show_done(text, undo)

        self._runner.submit(Lane.STORE, job, self._still(done))

    def _doubt(self, other: UUID) -> None:
        if customer_id := self._calls.customer_id:
            job = partial(self._desk.merging.allow_again, customer_id, other)
            self._undo_listed(job, self.tr("They may be suggested again."))

    def _split(self, merge_id: UUID) -> None:
        job = partial(self._desk.merging.split, merge_id)
        text = self.tr("The two records are two again, as they were.")
        self._undo_listed(job, text)

    def _move_back(self, move_id: UUID) -> None:
        text = self.tr("The contacts are where they were.")
        self._undo_listed(partial(self._desk.moving.undo, move_id), text)

    def _undo_listed(self, job: Callable[[], object], text: str) -> None:
        def done(_result: object) -> None:
            self._reload()
            self.open_merge()
            self._toast.show_done(text)

        self._runner.submit(Lane.STORE, job, self._still(done))

    # Whose a contact is

    def open_move(self, item: Interaction) -> None:
        """Ask whose a contact is, instead of the customer's on screen."""
        self._panes.show_aside(self._panes.moving)
        self._panes.moving.show_contact(item)

    def _move(self, item: Interaction, to: UUID | None, alone: bool) -> None:  # noqa: FBT001  a signal's
        job = partial(self._desk.moving.move, item.id, to, alone=alone)
        done = self._still(self._moved)
        self._runner.submit(Lane.STORE, job, done, self._refused(self._panes.moving.show_fault))

    def _moved(self, done: "MoveDone") -> None:
        self._panes.leave_aside()
        self._reload()
        text = self.tr("%n contact(s) moved.", "", done.interactions)
        if done.stayed:
            text += " " + self.tr("Promises and preferences stayed: they need somebody.")
        undo = partial(self._desk.moving.undo, done.move.id)
        self._toast.show_done(text, self._undoing(undo))

    # What all of them share

    def _undoing(self, job: Callable[[], object]) -> Callable[[], object]:
        """Return what a toast does to take something back."""

        def undo() -> None:
            done = self._still(lambda _result: self._reload())
            self._runner.submit(Lane.STORE, job, done)

        return undo

    def _reload(self) -> None:
        """Read the customer on screen again."""
        if contact := self._calls.contact:
            job = partial(self._desk.screen_pop.again, contact.call)
            self._runner.submit(Lane.READ, job, self._calls.show_pop, key="pop")
        elif customer_id := self._calls.customer_id:
            look = partial(self._desk.timelines.open, customer_id)
            self._runner.submit(Lane.READ, look, self._calls.show_looked_up, key="pop")

    def _still(self, show: Callable[[Any], object]) -> Callable[[Any], None]:
        """Let a result through only while the same contact and customer are on screen."""
        contact, customer_id = self._calls.contact, self._calls.customer_id

        def deliver(result: Any) -> None:
            if (self._calls.contact, self._calls.customer_id) == (contact, customer_id):
                show(result)

        return deliver

    def _refused(self, show: Callable[[str], None]) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            if isinstance(error, Problem):
                show(sentence(error))
            else:
                self._runner.failed.emit(error)

        return failed


def _total(preview: MergePreview) -> int:
    return preview.moves.contacts + preview.stays.contacts
