# SPDX-License-Identifier: Apache-2.0
"""The order of small surprises: what was told unasked, a hint when all is well, the ledger."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal

from agentassist.domain.money import Money
from agentassist.domain.policy import Wow
from agentassist.domain.verdict import VerdictKind
from agentassist.errors import Problem
from agentassist.ui.contact import Contact
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.words import sentence

if TYPE_CHECKING:
    from agentassist.services.desk import Desk
    from agentassist.services.wow import Moment


class SurpriseController(QObject):
    """Holds order only. Without a known customer there is never a hint.

    Signals:
        noted: a fact was told, or was not after all.
    """

    noted = Signal()

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        conversation: ConversationPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._line = conversation.surprise
        self._menu = conversation.told
        self._contact: Contact | None = None
        self._wow: Wow | None = None
        self._menu.opened.connect(self._show_notes)
        self._menu.noted.connect(self._note)
        self._menu.paced.connect(self._pace)
        self._menu.recovered.connect(self._recover)
        self._line.accepted.connect(self._give)
        self._line.passed.connect(self._pass)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact."""
        self._runner.cancel("surprise")
        self._contact, self._wow = contact, None

    def look(self) -> None:
        """Find out whether a surprise fits now; what was told decides whether to look at all."""
        moment = self._moment() if self._told() else None
        bundle = self._desk.policies.bundle_of(moment.call_id) if moment else None
        if moment is None or bundle is None:
            self._show(None)
            return
        job = partial(self._desk.surprises.hint, bundle, moment)
        self._runner.submit(Lane.READ, job, self._still(self._show), key="surprise")

    def _show(self, wow: Wow | None) -> None:
        self._wow = wow
        if wow is None:
            self._line.drop()
            return
        contact = self._contact
        bundle = self._desk.policies.bundle_of(contact.call.id) if contact else None
        currency = bundle.authority.currency if bundle else ""
        cost = Money(wow.cost, currency) if wow.cost else None
        self._line.suggest(wow.hint.say(_language()), cost)

    def _give(self) -> None:
        self._answer(self._desk.surprises.give, self.tr("Noted: you do this. Thank you."))

    def _pass(self) -> None:
        self._answer(self._desk.surprises.pass_over, "")

    def _answer(self, write: Callable[..., object], said: str) -> None:
        contact, wow, moment = self._contact, self._wow, self._moment()
        bundle = self._desk.policies.bundle_of(moment.call_id) if moment else None
        if contact is None or wow is None or moment is None or bundle is None:
            return
        contact.passed_wows.add(wow.id)
        self._wow = None
        self._line.drop()
        job = partial(write, bundle, wow, moment, _language())
        done = self._still(lambda _entry: self._line.say(said) if said else None)
        self._runner.submit(Lane.STORE, job, done, self._still(self._not_given))

    def _not_given(self, error: BaseException) -> None:
        if isinstance(error, Problem):
            self._line.say(sentence(error))
        else:
            self._runner.failed.emit(error)

    def _show_notes(self) -> None:
        if contact := self._contact:
            names = self._desk.policies.volunteered(_language(), contact.call.id)
            pace, ours = _pace(contact), contact.recovery
            self._menu.show_notes(names, self._told(), hurried=pace, recovery=ours)

    def _note(self, fact: str, told: bool) -> None:  # noqa: FBT001  as Qt's signal has it
        if contact := self._contact:
            if told:
                contact.facts[fact] = "yes"
            else:
                contact.facts.pop(fact, None)
            self.noted.emit()
            self.look()

    def _pace(self, hurried: bool | None) -> None:  # noqa: FBT001  as Qt's signal has it
        if contact := self._contact:
            contact.pace = hurried
            self.look()

    def _recover(self, ours: bool) -> None:  # noqa: FBT001  as Qt's signal has it
        if contact := self._contact:
            contact.recovery = ours
            self.look()

    def _told(self) -> set[str]:
        contact = self._contact
        if contact is None or not contact.facts:
            return set()
        names = dict(self._desk.policies.volunteered(_language(), contact.call.id))
        return {fact for fact in names if contact.facts.get(fact) == "yes"}

    def _moment(self) -> "Moment | None":
        """Return what is known of this contact."""
        from agentassist.services.wow import Moment  # noqa: PLC0415  behind the window

        contact = self._contact
        if contact is None or contact.call.customer_id is None:
            return None
        essentials = contact.essentials
        return Moment(
            call_id=contact.call.id,
            customer_id=contact.call.customer_id,
            facts=contact.known(self._desk.policies),
            open_here=len(contact.unanswered()),
            promises=len(essentials.promises) if essentials else 0,
            recovery=contact.recovery,
            hurried=_pace(contact),
            refused=any(x.verdict.kind is VerdictKind.REFUSE for x in contact.prompts),
            passed=frozenset(contact.passed_wows),
        )

    def _still(self, show: Callable[[Any], object]) -> Callable[[Any], None]:
        contact = self._contact

        def once(result: Any) -> None:
            if self._contact is contact:
                show(result)

        return once


def _pace(contact: Contact) -> bool | None:
    """Tell whether the customer is in a hurry: their words say so, else the agent's tick."""
    if contact.hurried or contact.pace is None:
        return contact.hurried
    return contact.pace


def _language() -> str:
    return QLocale().name()[:2]
