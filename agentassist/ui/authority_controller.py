# SPDX-License-Identifier: Apache-2.0
"""Between an answer and its record: an amount is held first, and signed where it has to be."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.override import (
    Asked,
    Override,
    Signature,
    authority_of,
    currency_of,
    signing,
)
from agentassist.domain.spending import Claim
from agentassist.domain.verdict import Answer, Authority, Offer, Prompt, Verdict, VerdictKind
from agentassist.errors import Problem, UserError
from agentassist.ui.contact import Contact
from agentassist.ui.money_text import as_fact
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.prompt_outcomes import Outcome
from agentassist.ui.sign_panel import Filled, SignPanel
from agentassist.ui.task_runner import Lane, TaskRunner
from agentassist.ui.words import sentence

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_YES = (VerdictKind.YES, VerdictKind.YES_WITH)


class AuthorityController(QObject):
    """Holds order only: what is accepted waits here until its amount is held or signed.

    Signals:
        settled: an Outcome that counts, and the id of the decision it becomes.
    """

    settled = Signal(object, object)

    def __init__(
        self, desk: "Desk", runner: TaskRunner, board: PromptBoard, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._board = board
        self._contact: Contact | None = None
        self._panel: SignPanel | None = None
        self._signed: tuple[Outcome, UUID] | None = None
        board.answered.connect(self._take)
        board.override_wanted.connect(lambda prompt: self._ask(prompt, None))

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact; the board has dropped its cards, and the panel with them."""
        self._contact = contact
        self._panel = None

    def give_back(self, key: UUID | None) -> None:
        """Release what was held for a decision that is not made after all."""
        if key is not None:
            self._runner.submit(Lane.STORE, partial(self._desk.budgets.give_back, key))

    def _take(self, outcome: Outcome) -> None:
        """Let an answer count, once what it costs is held."""
        contact = self._contact
        if contact is None:
            return
        if self._signed is not None and self._signed[0] is outcome:
            self.settled.emit(outcome, self._signed[1])
            return
        authority = _claimed(outcome)
        if authority is None:
            self.settled.emit(outcome, new_id())
        elif authority.within:
            self._hold(contact, outcome, authority)
        else:
            self._board.show_prompts((outcome.prompt,))
            self._ask(outcome.prompt, outcome.offer)

    # Held on the agent's own authority

    def _hold(self, contact: Contact, outcome: Outcome, authority: Authority) -> None:
        bundle = self._desk.policies.bundle_of(contact.call.id)
        if bundle is None or authority.amount is None:
            self.settled.emit(outcome, new_id())
            return
        claim = _claim(contact, outcome, authority.action, authority.amount)
        job = partial(self._desk.budgets.hold, claim, bundle.authority)
        held = partial(self._held, contact, outcome, claim.id)
        self._runner.submit(Lane.STORE, job, held, partial(self._not_held, contact, outcome))

    def _held(self, contact: Contact, outcome: Outcome, key: UUID, found: Authority) -> None:
        if contact is not self._contact:
            self.give_back(key)
            return
        if found.within:
            self.settled.emit(outcome, key)
            return
        call = contact.call
        job = partial(self._desk.policies.again, outcome.prompt, call.id, call.customer_id)
        self._runner.submit(Lane.STORE, job, partial(self._show_again, contact))

    def _show_again(self, contact: Contact, fresh: Prompt) -> None:
        """Say that a budget was spent by others meanwhile, and who signs now."""
        if contact is self._contact:
            self._board.show_prompts((fresh,))
            text = self.tr("Not given yet: what was left has just been used up elsewhere.")
            self._board.tell(fresh.verdict.policy_id, text)

    def _not_held(self, contact: Contact, outcome: Outcome, error: BaseException) -> None:
        if contact is self._contact:
            self._board.show_prompts((outcome.prompt,))
        self._runner.failed.emit(error)

    # Signed

    def _ask(self, prompt: Prompt, offer: Offer | None) -> None:
        """Open the panel below the prompt, where there is something to sign."""
        self.close_panel()
        need = signing(prompt.verdict, offer)
        card = self._board.card(prompt.verdict.policy_id)
        if need is None or card is None or self._contact is None:
            return
        panel = self._panel = SignPanel(need, offer.text if offer else prompt.verdict.title)
        panel.signed.connect(partial(self._sign, self._contact, prompt, offer))
        panel.cancelled.connect(self.close_panel)
        panel.destroyed.connect(partial(self._forget, panel))
        card.below.addWidget(panel)
        panel.show()
        panel.take_focus()

    def close_panel(self) -> None:
        """Take the panel off; what was typed is forgotten."""
        if panel := self._panel:
            self._panel = None
            panel.hide()
            panel.deleteLater()

    def _forget(self, panel: SignPanel, _gone: object = None) -> None:
        """Take note that the panel went with its card."""
        if self._panel is panel:
            self._panel = None

    def _sign(self, contact: Contact, prompt: Prompt, offer: Offer | None, filled: Filled) -> None:
        bundle, panel = self._desk.policies.bundle_of(contact.call.id), self._panel
        if bundle is None or panel is None or self._has_changed(prompt):
            return
        try:
            asked = _asked(
                contact, prompt, offer, filled, currency_of(bundle, prompt.verdict.policy_id)
            )
        except UserError as problem:
            panel.show_fault(sentence(problem))
            return
        given = tuple(Signature(*pair) for pair in filled.logins)
        job = partial(self._desk.signatures.sign, asked, given, bundle)
        done = partial(self._count, contact, panel, _outcome(prompt, asked))
        self._runner.submit(Lane.STORE, job, done, partial(self._not_signed, panel))

    def _has_changed(self, prompt: Prompt) -> bool:
        """Tell whether the verdict is another one by now: then it has to be read again first."""
        policy_id = prompt.verdict.policy_id
        card = self._board.card(policy_id)
        if card is not None and _same(card.prompt.verdict, prompt.verdict):
            return False
        self.close_panel()
        self._board.tell(policy_id, self.tr("The answer has changed. Nothing was signed."))
        return True

    def _count(
        self, contact: Contact, panel: SignPanel, outcome: Outcome, override: Override
    ) -> None:
        """Let what was signed count, and take its card off as any answer does."""
        if self._panel is panel:
            self.close_panel()
        card = self._board.card(override.policy_id)
        if contact is not self._contact:
            self.give_back(override.id)
        elif card is None:
            self.settled.emit(outcome, override.id)
        else:
            self._signed = (outcome, override.id)
            card.answered.emit(outcome)

    def _not_signed(self, panel: SignPanel, error: BaseException) -> None:
        if not isinstance(error, Problem):
            self._runner.failed.emit(error)
        if self._panel is panel:
            told = error if isinstance(error, Problem) else UserError("Not signed. Try again.")
            panel.show_fault(sentence(told))


def _claimed(outcome: Outcome) -> Authority | None:
    """Return what an answer asks of authority; None where it costs nothing."""
    if outcome.answer is not Answer.ACCEPTED:
        return None
    found = authority_of(outcome.prompt.verdict, outcome.offer)
    if outcome.offer is None and outcome.prompt.verdict.kind not in _YES:
        return None
    costs = found is not None and found.amount is not None and found.amount.minor > 0
    return found if costs and found is not None and found.action else None


def _claim(contact: Contact, outcome: Outcome, action: str, amount: Money) -> Claim:
    return Claim(
        id=new_id(),
        policy_id=outcome.prompt.verdict.policy_id,
        action=action,
        amount=amount,
        call_id=contact.call.id,
        customer_id=contact.call.customer_id,
    )


def _asked(
    contact: Contact, prompt: Prompt, offer: Offer | None, filled: Filled, currency: str
) -> Asked:
    if prompt.basis is None:
        raise UserError("This prompt cannot be signed. Pick the request from the list again.")
    return Asked(
        id=new_id(),
        verdict=prompt.verdict,
        basis=prompt.basis,
        reason=filled.reason,
        offer=offer,
        amount=_money(filled.amount, currency) if filled.amount else None,
        call_id=contact.call.id,
        customer_id=contact.call.customer_id,
    )


def _money(text: str, currency: str) -> Money:
    minor, _, _ = as_fact(text, currency).partition(" ")
    if not minor.isdecimal():
        raise UserError("{text} is no amount. Write it as 40.00.", text=text)
    return Money(int(minor), currency)


def _outcome(prompt: Prompt, asked: Asked) -> Outcome:
    given = asked.offer is not None or prompt.verdict.kind in _YES
    answer = Answer.ACCEPTED if given else Answer.OVERRIDDEN
    return Outcome(prompt, answer, asked.offer, asked.reason.strip())


def _same(one: Verdict, other: Verdict) -> bool:
    return (one.kind, one.policy_id, one.authority.amount, one.reasons) == (
        other.kind, other.policy_id, other.authority.amount, other.reasons,
    )  # fmt: skip
