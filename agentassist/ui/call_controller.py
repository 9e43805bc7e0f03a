# SPDX-License-Identifier: Apache-2.0
"""The order of the first and the third round trip: from the ring to the saved wrap-up."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agentassist.domain.call import CallEvent, CallEventKind, CallState, Speaker, advance
from agentassist.domain.history import Channel, Essentials, Timeline
from agentassist.domain.pre_call import read_context, verification
from agentassist.domain.wrap_up import WrapUp
from agentassist.errors import Problem
from agentassist.ui.advice_controller import AdviceController
from agentassist.ui.briefing_controller import BriefingController
from agentassist.ui.contact import Contact
from agentassist.ui.panes import Panes
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.timeline_controller import TimelineController
from agentassist.ui.words import sentence
from agentassist.ui.wrap_up_panel import Filled

if TYPE_CHECKING:
    from agentassist.services.desk import Desk
    from agentassist.services.screen_pop import Pop
    from agentassist.services.wrap_up import Review

_REMEMBERED = 200


class CallController(QObject):
    """Brings calls on screen one at a time; others wait in the strip.

    Signals:
        popped: a call has come on screen.
        waiting_changed: how many other calls wait.
        finished: a contact was saved.
        resumed: a contact that an earlier run left unfinished is on screen again.
    Call events may arrive doubled, late and in any order.
    """

    popped = Signal()
    waiting_changed = Signal(int)
    finished = Signal()
    resumed = Signal()

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        panes: Panes,
        advice: AdviceController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._panes = panes
        self._advice = advice
        self._briefer = BriefingController(desk, runner, panes, advice, self)
        self._contact: Contact | None = None
        self._reference = ""
        self._resumed = False
        self._early: list[CallEvent] = []
        self._waiting: OrderedDict[str, list[CallEvent]] = OrderedDict()
        self._finished: OrderedDict[str, None] = OrderedDict()
        self._timeline = TimelineController(desk, runner, panes, self._call_id, self)
        self._connect()

    @property
    def contact(self) -> Contact | None:
        """The contact on screen."""
        return self._contact

    @property
    def live(self) -> bool:
        """True from the first ring of a call to its end."""
        contact = self._contact
        return bool(self._reference) and (
            contact is None or contact.call.state is not CallState.ENDED
        )

    @property
    def customer_id(self) -> UUID | None:
        """The customer on screen: of the contact, else one that was looked up."""
        if self._contact:
            return self._contact.call.customer_id
        shown = self._panes.timeline.timeline
        return shown.essentials.customer.id if shown else None

    def take(self, event: CallEvent) -> None:
        """Handle one event of a telephone system."""
        if event.reference in self._finished:
            return
        event = self._desk.screen_pop.received(event)
        if not self._reference or (self._resumed and event.reference != self._reference):
            self._first_news(event)
        elif event.reference != self._reference:
            self._wait(event)
        elif self._contact is None:
            self._early.append(event)
        else:
            self._advance(self._contact, event)

    def hear(self, speaker: Speaker, text: str, reference: str = "") -> None:
        """Take in what a recogniser, a script or the command line heard."""
        if not reference or reference == self._reference:
            self._advice.say(speaker, text)

    def resume(self) -> None:
        """Bring an unfinished contact back, as long as nobody rings."""
        self._runner.submit(Lane.STORE, self._desk.screen_pop.unfinished, self._resume)

    def look_up(self, customer_id: UUID, then: Callable[[], None] = lambda: None) -> bool:
        """Open a customer without a call, and write that down; `then` follows when it is there.

        Returns:
            False when a contact is on screen: it is not pushed aside.
        """
        if self._contact is not None or self._reference:
            return False

        def show(timeline: Timeline) -> None:
            self.show_looked_up(timeline)
            then()

        look = partial(self._desk.timelines.look_up, customer_id, self._desk.agent)
        self._runner.submit(Lane.STORE, look, show, key="pop")
        return True

    def close_contact(self) -> None:
        """Open the wrap-up of the contact on screen."""
        if contact := self._contact:
            said, decisions = tuple(contact.said), tuple(contact.decisions)
            agreed = tuple(contact.agreements)
            self._review(self._desk.closing.review(contact.call, said, decisions, agreed))

    def _connect(self) -> None:
        panes = self._panes
        panes.strip.close_wanted.connect(self.close_contact)
        self._timeline.essentials_changed.connect(self._take_essentials)
        panes.wrap_up.saved.connect(self._save)
        panes.wrap_up.back_wanted.connect(panes.show_conversation)
        panes.wrap_up.promise_wanted.connect(self._add_promise)
        panes.wrap_up.requests_wanted.connect(panes.show_conversation)
        panes.wrap_up.requests_wanted.connect(panes.conversation.requests_wanted)
        panes.wrap_up.find_out_wanted.connect(self._find_out)
        self._advice.learned.connect(self._show_verification)
        self._advice.facts.record_changed.connect(self._take_essentials)

    def _first_news(self, event: CallEvent) -> None:
        """Bring a new call on screen; one that is over before we heard of it only into the log."""
        if event.kind is CallEventKind.ENDED:
            self._record(event)
        else:
            self._pop(event)

    def _record(self, event: CallEvent) -> None:
        self._runner.submit(Lane.STORE, partial(self._desk.screen_pop.advance, event))

    def _resume(self, pop: "Pop | None") -> None:
        if pop is None or self._reference or pop.call.reference in self._finished:
            return
        self._reference, self._resumed = pop.call.reference, True
        self.show_pop(pop)
        self._advice.restore(pop.said)
        self.resumed.emit()

    def _pop(self, event: CallEvent) -> None:
        self._reference, self._resumed = event.reference, False
        self._early.clear()
        self._panes.clear()
        self._briefer.drop()
        self._advice.begin(None)
        self._runner.submit(
            Lane.STORE, partial(self._desk.screen_pop.open, event), self.show_pop, key="pop"
        )

    def show_pop(self, pop: "Pop") -> None:
        """Show what became of the call on screen; what is of another call is dropped."""
        if pop.call.reference != self._reference:
            return
        if self._contact is None or self._contact.call.id != pop.call.id:
            self._contact = Contact(pop.call, self._desk.assist.live_question())
            self._desk.policies.keep(pop.call.id)
            self._advice.begin(self._contact)
            self._advice.restore_notes()
            self._tell_before(self._contact)
        self._contact.call = replace(self._contact.call, customer_id=pop.call.customer_id)
        self._panes.strip.show_call(pop.call)
        if pop.timeline:
            self._show_customer(self._contact, pop.timeline)
        else:
            self._panes.show_caller(pop.call, pop.recognition)
        self.popped.emit()
        self._catch_up()

    def show_looked_up(self, timeline: Timeline) -> None:
        """Show a customer who was looked up, as long as no call came in."""
        if self._contact is None:
            self._panes.show_customer(timeline)
            self._briefer.begin(None, timeline.essentials)

    def brief_again(self) -> None:
        """Look anew at what may be done, when the policies have changed."""
        self._briefer.again()

    def _tell_before(self, contact: Contact) -> None:
        """Show what a bot or menu learnt, and begin with it."""
        told = read_context(contact.call.context)
        self._panes.told.show_told(told)
        self._show_verification()
        self._advice.seed(told.lines())

    def _show_verification(self) -> None:
        if contact := self._contact:
            found = verification(contact.call.context, contact.facts)
            self._panes.strip.show_verification(found)

    def _show_customer(self, contact: Contact, timeline: Timeline) -> None:
        contact.essentials = timeline.essentials
        self._briefer.begin(contact, timeline.essentials)
        self._panes.show_customer(timeline)
        self._panes.strip.show_call(contact.call, timeline.essentials.customer.name)
        self._advice.advise_again()

    def _catch_up(self) -> None:
        early, self._early = self._early, []
        for event in early:
            self.take(event)

    def _advance(self, contact: Contact, event: CallEvent) -> None:
        ended_before = contact.call.state is CallState.ENDED
        known = contact.call.context
        contact.call = advance(contact.call, event)
        if contact.call.context != known:
            self._tell_before(contact)
            self._advice.facts.look()
        self._panes.strip.show_call(contact.call, self._name(contact))
        self._record(event)
        if contact.call.state is CallState.ENDED and not ended_before:
            self.close_contact()

    def _wait(self, event: CallEvent) -> None:
        """Keep a call for later; whoever hangs up first is in the log and waits no more."""
        self._record(event)
        if event.kind is CallEventKind.ENDED:
            self._waiting.pop(event.reference, None)
        else:
            self._waiting.setdefault(event.reference, []).append(event)
        self._tell_waiting()

    def _next(self) -> None:
        if not self._waiting:
            self.resume()
            return
        _, events = self._waiting.popitem(last=False)
        self._tell_waiting()
        self._pop(events[0])
        self._early += events[1:]

    def _tell_waiting(self) -> None:
        self._panes.strip.show_waiting(len(self._waiting))
        self.waiting_changed.emit(len(self._waiting))

    def _call_id(self) -> UUID | None:
        return self._contact.call.id if self._contact else None

    def _take_essentials(self, essentials: Essentials) -> None:
        if self._contact:
            self._contact.essentials = essentials
        self._panes.essentials.show_essentials(essentials)
        self._briefer.begin(self._contact, essentials)
        self._advice.facts.look()

    def _review(self, review: "Review") -> None:
        if contact := self._contact:
            self._panes.show_wrap_up()
            self._panes.wrap_up.show_review(
                review, contact.sources(), alternative_offered=contact.offered
            )

    def _find_out(self) -> None:
        """Go back to the conversation, where somebody and a time are chosen."""
        self._panes.show_conversation()
        if contact := self._contact:
            self._advice.outcomes.find_out(contact.active)

    def _add_promise(self) -> None:
        contact = self._contact
        if contact and contact.call.customer_id:
            promise = self._desk.closing.new_promise(contact.call.customer_id, contact.call.id, "")
            self._panes.wrap_up.add_promise(promise)
        else:
            self._panes.wrap_up.show_fault(
                self.tr("Find the customer first: a promise needs somebody.")
            )

    def _save(self, filled: Filled) -> None:
        contact = self._contact
        if contact is None:
            return
        wrap_up = WrapUp(
            call_id=contact.call.id,
            customer_id=contact.call.customer_id,
            channel=Channel.CALL,
            disposition=filled.disposition,
            summary=filled.summary,
            closed_at=self._desk.now(),
            notes=filled.notes,
            promises=filled.promises,
            decisions=self._advice.settle(contact, filled.disposition),
        )
        job = partial(self._desk.closing.save, wrap_up, contact.call)
        self._runner.submit(Lane.STORE, job, self._saved, self._not_saved, key="save")

    def _saved(self, _interaction: object) -> None:
        self._finished[self._reference] = None
        while len(self._finished) > _REMEMBERED:
            self._finished.popitem(last=False)
        if self._contact:
            self._desk.policies.release(self._contact.call.id)
        self._contact, self._reference, self._resumed = None, "", False
        self._panes.conversation.drop_notes()
        self._panes.clear()
        self._briefer.drop()
        self._advice.begin(None)
        self.finished.emit()
        self._next()

    def _not_saved(self, error: BaseException) -> None:
        if isinstance(error, Problem):
            self._panes.wrap_up.show_fault(sentence(error))
        else:
            self._panes.wrap_up.show_fault(self.tr("Not saved. Your text is kept; try again."))
            self._runner.failed.emit(error)

    @staticmethod
    def _name(contact: Contact) -> str:
        return contact.essentials.customer.name if contact.essentials else ""
