# SPDX-License-Identifier: Apache-2.0
"""What becomes of a prompt: agreed, turned down, to be found out, or passed over."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QLocale, QObject, Signal

from agentassist.domain.agreement import Agreement, agreed, due_at
from agentassist.domain.deciding import decision
from agentassist.domain.facts import to_json
from agentassist.domain.identifiers import new_id
from agentassist.domain.verdict import Answer, Decision, Match, Offer, Prompt, VerdictKind
from agentassist.domain.wrap_up import Disposition
from agentassist.ui.agreed_steps import AgreedSteps
from agentassist.ui.contact import Contact
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.find_out_form import FoundOut
from agentassist.ui.policy_prompt import Outcome

if TYPE_CHECKING:
    from agentassist.services.desk import Desk


class OutcomeController(QObject):
    """Writes down what the agent reports on prompts, and says what comes next.

    Signals:
        next_wanted: id of a policy that is to be decided anew, and what to say about it.
        taken_back: the id of a decision that was a mistake.
        promised: the id of a policy about which somebody finds out.
        changed: something was decided or taken back.
    """

    next_wanted = Signal(str, str)
    taken_back = Signal(object)
    promised = Signal(str)
    changed = Signal()

    def __init__(
        self, desk: "Desk", conversation: ConversationPanel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._conversation = conversation
        self._contact: Contact | None = None
        self._sought: Prompt | None = None
        conversation.find_out.promised.connect(self._promise)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact."""
        self._contact, self._sought = contact, None

    def take(self, outcome: Outcome, key: UUID | None = None) -> None:
        """Write down what became of a prompt; `key` is the id that its decision is to have."""
        contact = self._contact
        if contact is None:
            return
        contact.closed_policies.add(outcome.prompt.verdict.policy_id)
        if outcome.answer is Answer.ACCEPTED and outcome.offer:
            self._accept(contact, outcome, outcome.offer, key)
        elif outcome.answer is Answer.DECLINED:
            self._turn_down(contact, outcome)
        elif outcome.answer is Answer.FOLLOW_UP:
            self.find_out(outcome.prompt)
        elif outcome.answer is not Answer.IGNORED or outcome.prompt.match is Match.SHOW:
            contact.decisions.append(self._decision(contact, outcome, key=key))
        self.changed.emit()

    def find_out(self, prompt: Prompt | None, why: str = "") -> None:
        """Open "let me find out" about a prompt, or about what the customer said last."""
        contact = self._contact
        if contact is None:
            return
        self._sought = prompt
        what = prompt.verdict.title if prompt else contact.last_words()
        owners = [self._desk.agent or self.tr("Me"), self.tr("Lead"), *self._team(contact, prompt)]
        self._conversation.find_out.ask(what, owners, why)

    def settle(
        self, contact: Contact, disposition: Disposition | None = None
    ) -> tuple[Decision, ...]:
        """Return all decisions of a contact; what was shown and not answered was ignored.

        Who ends it as declined, with nothing offered, declined bare.
        """
        bare = disposition is Disposition.DECLINED and not contact.offered
        answer = Answer.BARE if bare else Answer.IGNORED
        left = [self._decision(contact, Outcome(one, answer)) for one in contact.unanswered()]
        if bare and not left:
            left = [self._unasked(contact, Answer.BARE, self._desk.now())]
        return (*contact.decisions, *left)

    def _accept(self, contact: Contact, outcome: Outcome, offer: Offer, key: UUID | None) -> None:
        """Take an alternative up, unless it ran out since it was shown."""
        policy_id = outcome.prompt.verdict.policy_id
        facts = contact.known(self._desk.policies)
        stands = self._desk.policies.stands(policy_id, offer.id, facts, call_id=contact.call.id)
        if not stands:
            told = self.tr("“{offer}” has just run out. This stands instead:")
            self.next_wanted.emit(policy_id, told.format(offer=offer.text))
            self.taken_back.emit(key)
            return
        made = self._decision(contact, outcome, offer, key=key)
        contact.decisions.append(made)
        language = QLocale().name()[:2]
        title, agent = outcome.prompt.verdict.title, self._desk.agent
        self._show(contact, agreed(made.id, title, offer, agent, made.at, language))

    def _turn_down(self, contact: Contact, outcome: Outcome) -> None:
        """Note each alternative that was turned down; the next round follows, if there is one."""
        verdict = outcome.prompt.verdict
        offers = (outcome.offer,) if outcome.offer else (verdict.alternatives or (None,))
        at = self._desk.now()
        contact.decisions += [self._decision(contact, outcome, offer, at) for offer in offers]
        if verdict.kind is VerdictKind.DECLINE:
            self.next_wanted.emit(verdict.policy_id, "")

    def _promise(self, found: FoundOut) -> None:
        contact, prompt = self._contact, self._sought
        if contact is None:
            return
        self._sought, now = None, self._desk.now()
        if prompt is None:
            made = self._unasked(contact, Answer.FOLLOW_UP, now, found.text)
        else:
            contact.closed_policies.add(prompt.verdict.policy_id)
            self.promised.emit(prompt.verdict.policy_id)
            outcome = Outcome(prompt, Answer.FOLLOW_UP, reason=found.text)
            made = self._decision(contact, outcome, None, now)
        contact.decisions.append(made)
        until = due_at(found.due, now)
        self._show(contact, Agreement(made.id, made.title, found.text, found.owner, until, now))
        self.changed.emit()

    def _show(self, contact: Contact, agreement: Agreement) -> None:
        contact.agree(agreement)
        made = AgreedSteps(agreement, self._desk.now)
        made.ticked.connect(contact.agree)
        made.taken_back.connect(lambda agreement: self._take_back(contact, agreement, made))
        self._conversation.agreed.addWidget(made)

    def _take_back(self, contact: Contact, agreement: Agreement, shown: AgreedSteps) -> None:
        policy_id = next((d.policy_id for d in contact.decisions if d.id == agreement.id), "")
        contact.take_back(agreement.id)
        self._conversation.agreed.removeWidget(shown)
        shown.hide()
        shown.deleteLater()
        self.taken_back.emit(agreement.id)
        if policy_id:
            self.next_wanted.emit(policy_id, "")
        self.changed.emit()

    def _team(self, contact: Contact, prompt: Prompt | None) -> list[str]:
        bundle = self._desk.policies.bundle_of(contact.call.id)
        policy = bundle.policies.get(prompt.verdict.policy_id) if bundle and prompt else None
        return [policy.owner] if policy else []

    def _decision(
        self,
        contact: Contact,
        outcome: Outcome,
        offer: Offer | None = None,
        at: datetime | None = None,
        key: UUID | None = None,
    ) -> Decision:
        return decision(
            outcome.prompt,
            outcome.answer,
            contact.call,
            key=key or new_id(),
            at=at or self._desk.now(),
            offer=offer or outcome.offer,
            reason=outcome.reason,
        )

    def _unasked(
        self, contact: Contact, answer: Answer, at: datetime, reason: str = ""
    ) -> Decision:
        """Return a decision about something that no policy was shown for."""
        bundle = self._desk.policies.bundle_of(contact.call.id)
        return Decision(
            id=new_id(),
            call_id=contact.call.id,
            customer_id=contact.call.customer_id,
            policy_id="",
            bundle=bundle.digest if bundle else "",
            verdict=VerdictKind.ASK if answer is Answer.FOLLOW_UP else VerdictKind.DECLINE,
            answer=answer,
            at=at,
            request=contact.last_words(),
            reason=reason,
            facts=to_json(contact.known(self._desk.policies)),
        )
