# SPDX-License-Identifier: Apache-2.0
"""The order of the second round trip: text in, cards and prompts out, acts remembered."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QGuiApplication

from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.facts import to_json
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import FeedbackKind, Scope, Suggestion, Suggestions
from agentassist.domain.verdict import Answer, Decision, Match, Prompt, Verdict
from agentassist.errors import Problem
from agentassist.ui.contact import Contact
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.policy_prompt import Outcome
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.suggestions_panel import SuggestionsPanel
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_MIN_CHARACTERS = 3


class AdviceController(QObject):
    """Holds order only: panels show, services answer.

    `contact` tells what is on screen; it is None between calls, when only the search
    field of the knowledge panel asks.
    """

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        conversation: ConversationPanel,
        knowledge: SuggestionsPanel,
        board: PromptBoard,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._conversation = conversation
        self._knowledge = knowledge
        self._board = board
        self._contact: Contact | None = None
        self._asked = ""
        conversation.said.connect(self.say)
        conversation.typed.connect(self._preview)
        conversation.notes_changed.connect(self._save_notes)
        conversation.requests_wanted.connect(self._show_requests)
        conversation.request_picked.connect(self._pick)
        knowledge.searched.connect(self._suggest)
        knowledge.acted.connect(self._act)
        knowledge.gap_logged.connect(self._log_gap)
        knowledge.article_wanted.connect(self._open_link)
        board.answered.connect(self._decide)
        board.fact_given.connect(self._learn)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact: what is still on its way for the last one is dropped."""
        self._conversation.flush_notes()
        for key in ("suggest", "prompt"):
            self._runner.cancel(key)
        self._contact = contact
        self._asked = ""
        self._conversation.clear()
        self._knowledge.clear()
        self._board.clear()

    def restore(self, said: Sequence[Utterance]) -> None:
        """Show what was said before, of a contact that an earlier run left unfinished."""
        if contact := self._contact:
            contact.said += said
            for utterance in said:
                self._conversation.show_utterance(utterance)
            self.advise_again()

    def restore_notes(self) -> None:
        """Bring back a draft that an earlier run of the program left."""
        if contact := self._contact:
            job = partial(self._desk.calls.draft, contact.call.id)
            self._runner.submit(
                Lane.STORE, job, self._when_still(contact, self._conversation.show_notes)
            )

    def say(self, speaker: Speaker, text: str) -> None:
        """Take in what was said: show it, store it, and look for advice."""
        contact = self._contact
        if contact is None:
            self._suggest(text)
            return
        utterance = self._desk.calls.hear(contact.call.id, speaker, text)
        contact.said.append(utterance)
        self._conversation.show_utterance(utterance)
        self._runner.submit(Lane.STORE, partial(self._desk.calls.keep, utterance))
        if speaker is Speaker.CUSTOMER:
            self._advise(contact, utterance)

    def search_again(self) -> None:
        """Ask the last question anew: an answer by words alone gives way to a better one."""
        if self._asked:
            self._suggest(self._asked)

    def advise_again(self) -> None:
        """Look for prompts anew, when a fact or the customer has changed."""
        if (contact := self._contact) and contact.said:
            self._prompt(contact, contact.question())

    def _advise(self, contact: Contact, utterance: Utterance) -> None:
        self._suggest(contact.question())
        self._prompt(contact, utterance.text)

    def _preview(self, text: str) -> None:
        if len(text.strip()) >= _MIN_CHARACTERS:
            self._suggest(text)

    def _suggest(self, text: str) -> None:
        if len(text.strip()) < _MIN_CHARACTERS:
            return
        self._asked = text
        job = partial(self._desk.assist.suggest, text, Scope())
        self._runner.submit(
            Lane.MODEL, job, self._when_still(self._contact, self._show), key="suggest"
        )

    def _show(self, found: Suggestions) -> None:
        hidden = self._contact.dismissed_articles if self._contact else set()
        cards = tuple(card for card in found.cards if card.article.id not in hidden)
        self._knowledge.show_suggestions(Suggestions(found.query, found.mode, cards))

    def _prompt(self, contact: Contact, text: str) -> None:
        facts = self._desk.policies.facts_for(contact.essentials, contact.call, contact.facts)
        call = contact.call
        job = partial(
            self._desk.policies.prompts, text, facts, call_id=call.id, customer_id=call.customer_id
        )
        self._runner.submit(
            Lane.MODEL, job, self._when_still(contact, self._show_prompts), key="prompt"
        )

    def _show_prompts(self, prompts: tuple[Prompt, ...]) -> None:
        contact = self._contact
        if contact is None:
            return
        open_ = [item for item in prompts if item.verdict.policy_id not in contact.closed_policies]
        shown = _calm(open_)
        contact.prompts += [item for item in shown if item.match is Match.SHOW]
        self._board.show_prompts(shown)

    def _show_requests(self) -> None:
        self._conversation.show_requests(self._desk.policies.titles(QLocale().name()[:2]))

    def _pick(self, policy_id: str) -> None:
        contact = self._contact
        if contact is None:
            return
        contact.closed_policies.discard(policy_id)
        language = contact.language()
        facts = self._desk.policies.facts_for(contact.essentials, contact.call, contact.facts)
        call = contact.call
        job = partial(
            self._desk.policies.decide,
            policy_id,
            facts,
            language,
            call_id=call.id,
            customer_id=call.customer_id,
        )
        self._runner.submit(
            Lane.MODEL, job, self._when_still(contact, partial(self._show_picked, language))
        )

    def _show_picked(self, language: str, verdict: Verdict) -> None:
        picked = self.tr("picked by hand")
        self._show_prompts((Prompt(verdict, Match.SHOW, picked, verdict.title, language),))

    def _learn(self, fact: str, value: str) -> None:
        contact = self._contact
        if contact is None:
            return
        try:
            self._desk.policies.answer(fact, value)
        except Problem as problem:
            self._runner.failed.emit(problem)
            return
        contact.facts[fact] = value
        self.advise_again()

    def _decide(self, outcome: Outcome) -> None:
        contact = self._contact
        if contact is None:
            return
        contact.closed_policies.add(outcome.prompt.verdict.policy_id)
        if outcome.answer is not Answer.IGNORED or outcome.prompt.match is Match.SHOW:
            contact.decisions.append(self._decision(contact, outcome))

    def settle(self, contact: Contact) -> tuple[Decision, ...]:
        """Return all decisions of a contact; what was shown and not answered was ignored."""
        ignored = (Outcome(prompt, Answer.IGNORED) for prompt in contact.unanswered())
        return (*contact.decisions, *(self._decision(contact, item) for item in ignored))

    def _decision(self, contact: Contact, outcome: Outcome) -> Decision:
        verdict = outcome.prompt.verdict
        return Decision(
            id=new_id(),
            call_id=contact.call.id,
            customer_id=contact.call.customer_id,
            policy_id=verdict.policy_id,
            bundle=verdict.bundle,
            verdict=verdict.kind,
            answer=outcome.answer,
            at=self._desk.now(),
            request=outcome.prompt.request,
            title=verdict.title,
            offer_id=outcome.offer.id if outcome.offer else "",
            offer=outcome.offer.text if outcome.offer else "",
            reason=outcome.reason,
            facts=to_json(
                self._desk.policies.facts_for(contact.essentials, contact.call, contact.facts)
            ),
        )

    def _act(self, card: Suggestion, kind: FeedbackKind) -> None:
        call_id = self._contact.call.id if self._contact else None
        if kind is FeedbackKind.USED:
            QGuiApplication.clipboard().setText(card.article.short_answer or card.passage.text)
        if kind is FeedbackKind.OPENED:
            self._open(card.article.id)
        if kind is FeedbackKind.NOT_RELEVANT:
            self._dismiss(card)
        record = partial(self._desk.assist.record, kind, card, self._question(), call_id)
        self._runner.submit(Lane.STORE, record, lambda _: self._knowledge.show_done(kind, card))

    def _dismiss(self, card: Suggestion) -> None:
        if self._contact:
            self._contact.dismissed_articles.add(card.article.id)
        self._knowledge.drop(card)

    def _open(self, article_id: UUID) -> None:
        job = partial(self._desk.assist.article, article_id)
        self._runner.submit(
            Lane.READ, job, lambda found: self._knowledge.show_article(*found), key="article"
        )

    def _open_link(self, key: str) -> None:
        job = partial(self._desk.assist.article_by_key, key)
        self._runner.submit(
            Lane.READ, job, lambda found: self._knowledge.show_article(*found), key="article"
        )

    def _log_gap(self, query: str) -> None:
        call_id = self._contact.call.id if self._contact else None
        job = partial(self._desk.assist.log_gap, query, "", call_id)
        self._runner.submit(Lane.STORE, job, lambda _: self._knowledge.show_gap_logged())

    def _save_notes(self, text: str) -> None:
        if contact := self._contact:
            job = partial(self._desk.calls.save_draft, contact.call.id, text)
            self._runner.submit(Lane.STORE, job)

    def _question(self) -> str:
        return self._contact.question() if self._contact else ""

    def _when_still(
        self, contact: Contact | None, show: Callable[[Any], None]
    ) -> Callable[[Any], None]:
        """Wrap `show` so that it does nothing once another contact is on screen."""
        return lambda result: show(result) if self._contact is contact else None


def _calm(prompts: list[Prompt]) -> list[Prompt]:
    """Leave guesses out beside something sure; a protected request is never left out."""
    sure = any(item.match is Match.SHOW for item in prompts)
    return [p for p in prompts if not sure or p.match is Match.SHOW or p.verdict.category]
