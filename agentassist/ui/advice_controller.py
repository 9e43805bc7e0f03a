# SPDX-License-Identifier: Apache-2.0
"""The order of the second round trip: text in, cards and prompts out, acts remembered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal

from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.live_question import Asked
from agentassist.domain.reoffers import may_offer
from agentassist.domain.spoken import Line
from agentassist.domain.tone_heard import tone_heard
from agentassist.domain.turn_gate import Attention
from agentassist.domain.verdict import Decision, Match, Prompt
from agentassist.domain.wrap_up import Disposition
from agentassist.errors import Problem
from agentassist.ui.authority_controller import AuthorityController
from agentassist.ui.conflict_controller import ConflictController
from agentassist.ui.contact import Contact
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.facts_watch import FactsWatch
from agentassist.ui.outcome_controller import OutcomeController
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.refusal_watch import RefusalWatch
from agentassist.ui.suggestions_controller import SuggestionsController
from agentassist.ui.suggestions_panel import SuggestionsPanel
from agentassist.ui.surprise_controller import SurpriseController
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk


class AdviceController(QObject):
    """Holds order only: panels show, services answer.

    `contact` tells what is on screen; it is None between calls, when only the search
    field of the knowledge panel asks.

    Signals:
        learned: the agent found a fact out.
    """

    learned = Signal()

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
        self._suggestions = SuggestionsController(desk, runner, knowledge, self)
        self._board = board
        self._contact: Contact | None = None
        self.outcomes = OutcomeController(desk, conversation, self)
        self._authority = AuthorityController(desk, runner, board, self)
        self._refusals = RefusalWatch(conversation, board, self)
        self._surprises = SurpriseController(desk, runner, conversation, self)
        self.facts = FactsWatch(desk, runner, board, self)
        self._conflicts = ConflictController(desk, conversation, board, self)
        self._parts = (
            *(self._authority, self.outcomes, self._refusals, self._surprises),
            *(self.facts, self._conflicts),
        )
        conversation.said.connect(self.say)
        conversation.typed.connect(self._preview)
        conversation.notes_changed.connect(self._save_notes)
        conversation.requests_wanted.connect(self._show_requests)
        conversation.request_picked.connect(self._pick)
        self._authority.settled.connect(self.outcomes.take)
        self.outcomes.taken_back.connect(self._authority.give_back)
        board.fact_given.connect(self._learn)
        self._connect_flow()

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact: what is still on its way for the last one is dropped."""
        self._conversation.flush_notes()
        self._runner.cancel("prompt")
        self._contact = contact
        self._conversation.clear()
        self._suggestions.begin(contact)
        self._board.clear()
        for part in self._parts:
            part.begin(contact)
        if contact is not None:
            refresh = self._desk.policies.refresh
            self._runner.submit_after_paint(Lane.STORE, refresh, self._refreshed)

    def _refreshed(self, is_newer: bool) -> None:  # noqa: FBT001  what the job returns
        """Meet the examples of policies that were put in force elsewhere."""
        if is_newer:
            self._runner.submit(Lane.IO, self._desk.policies.warm)

    def _connect_flow(self) -> None:
        """Let what becomes of one prompt lead to the next."""
        self.outcomes.next_wanted.connect(self._pick)
        self.outcomes.changed.connect(self._refusals.settle)
        self.outcomes.changed.connect(self._surprises.look)
        self._refusals.prompt_wanted.connect(self._pick)
        self._refusals.find_out_wanted.connect(self.outcomes.find_out)
        self._surprises.noted.connect(self.facts.look)
        self.facts.changed.connect(lambda prompt: self._show_prompts((prompt,)))
        board = self._board
        board.need_chosen.connect(self._choose_need)
        board.find_out_wanted.connect(self.outcomes.find_out)
        board.opened.connect(self._opened)
        self.outcomes.promised.connect(board.drop)
        self.outcomes.changed.connect(self._conflicts.look)
        self._conflicts.settled.connect(partial(self.facts.look, told=False))
        self.facts.looked.connect(self._conflicts.look)

    def restore(self, said: Sequence[Utterance]) -> None:
        """Show what was said before, of a contact that an earlier run left unfinished."""
        if contact := self._contact:
            for utterance in said:
                contact.hear(utterance)
                self._conversation.show_utterance(utterance)
            self.advise_again()

    def seed(self, lines: tuple[Line, ...]) -> None:
        """Begin with what was said to a bot: articles are there before the first word."""
        contact = self._contact
        if contact is None or contact.before or contact.said:
            return
        contact.before = lines
        asked = Asked()
        for speaker, text in lines:
            asked = contact.live.hear(speaker, text)
        wanted = asked.text or contact.last_words()
        self._suggestions.follow(replace(asked, text=wanted, attention=Attention.SEARCH))
        self.advise_again()

    def show_article(self, key: str) -> None:
        """Open the article with this key."""
        self._suggestions.open_link(key)

    def pick_for(self, policy_id: str, order: str) -> None:
        """Bring a request about one order to its policy, with the facts of that order."""
        if contact := self._contact:
            if contact.order != order:
                contact.facts = self._desk.policies.without_order(contact.facts)
            contact.order = order
            self._pick(policy_id)

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
            self._suggestions.search(text)
            return
        utterance = self._desk.calls.hear(contact.call.id, speaker, text)
        asked = contact.hear(utterance)
        self._conversation.show_utterance(utterance)
        self._runner.submit(Lane.STORE, partial(self._desk.calls.keep, utterance))
        if speaker is Speaker.CUSTOMER:
            if tone := tone_heard(text):
                self._board.suggest_tone(tone)
            self._prompt(contact, text)
            self._suggestions.follow(asked)
            self._surprises.look()
        else:
            self._refusals.read(text)

    def search_again(self) -> None:
        """Ask the last question anew: an answer by words alone gives way to a better one."""
        self._suggestions.search_again()

    def advise_again(self) -> None:
        """Look for prompts anew, when a fact or the customer has changed."""
        if (contact := self._contact) and (words := contact.last_words()):
            self._prompt(contact, words)

    def _preview(self, text: str) -> None:
        """Look for what the agent is still typing: without a contact it is their own search."""
        if contact := self._contact:
            asked = contact.live.peek(Speaker.CUSTOMER, text)
            self._suggestions.follow(asked, draft=True)
        else:
            self._suggestions.search(text)

    def _prompt(self, contact: Contact, text: str) -> None:
        facts = contact.known(self._desk.policies)
        call = contact.call
        job = partial(
            self._desk.policies.prompts,
            text,
            facts,
            call_id=call.id,
            customer_id=call.customer_id,
            said=tuple(contact.decisions),
            needs=dict(contact.needs),
        )
        known = dict(contact.facts), dict(contact.needs)

        def show(prompts: tuple[Prompt, ...]) -> None:
            self._show_prompts(prompts)
            if known != (contact.facts, contact.needs):  # found out while this was on its way
                self.facts.look(told=False)

        self._runner.submit(Lane.MODEL, job, self._when_still(contact, show), key="prompt")

    def _show_prompts(self, prompts: tuple[Prompt, ...]) -> None:
        contact = self._contact
        if contact is None:
            return
        open_ = [item for item in prompts if item.verdict.policy_id not in contact.closed_policies]
        shown = _calm([item for item in open_ if may_offer(item.verdict, contact.decisions)])
        contact.prompts += [item for item in shown if item.match is Match.SHOW]
        self._board.show_prompts(shown)
        self._surprises.look()
        self._conflicts.look()

    def _show_requests(self) -> None:
        call_id = self._contact.call.id if self._contact else None
        titles = self._desk.policies.titles(QLocale().name()[:2], call_id)
        self._conversation.show_requests(titles)

    def _pick(self, policy_id: str, news: str = "") -> None:
        contact = self._contact
        if contact is None:
            return
        contact.closed_policies.discard(policy_id)
        language = contact.language()
        facts = contact.known(self._desk.policies)
        call = contact.call
        job = partial(
            self._desk.policies.pick,
            policy_id,
            facts,
            language,
            self.tr("picked by hand"),
            call_id=call.id,
            customer_id=call.customer_id,
            said=tuple(contact.decisions),
            need=contact.needs.get(policy_id),
        )
        show = partial(self._show_picked, contact, news)
        self._runner.submit(Lane.MODEL, job, self._when_still(contact, show))

    def _show_picked(self, contact: Contact, news: str, prompt: Prompt) -> None:
        """Show a prompt; where the customer has turned everything down, offer to find out."""
        policy_id = prompt.verdict.policy_id
        if not may_offer(prompt.verdict, contact.decisions):
            contact.closed_policies.add(policy_id)
            why = self.tr("They have turned down what we can offer now.")
            self.outcomes.find_out(prompt, why)
            return
        self._show_prompts((prompt,))
        self._board.tell(policy_id, news)

    def _learn(self, fact: str, value: str) -> None:
        contact = self._contact
        if contact is None:
            return
        try:
            self._desk.policies.answer(fact, value, contact.call.id)
        except Problem as problem:
            self._runner.failed.emit(problem)
            return
        contact.facts[fact] = value
        self.learned.emit()
        self.facts.look(told=False)

    def _choose_need(self, policy_id: str, need: str) -> None:
        """Take in what the customer is after; an empty `need` says that they would not tell."""
        if contact := self._contact:
            contact.needs[policy_id] = need
            self.facts.look(told=False)

    def _opened(self, prompt: Prompt) -> None:
        """Count a guess that the agent wants to see in full as shown."""
        if self._contact and prompt.match is Match.OFFER:
            self._contact.prompts.append(replace(prompt, match=Match.SHOW))

    def settle(
        self, contact: Contact, disposition: Disposition | None = None
    ) -> tuple[Decision, ...]:
        """Return all decisions of a contact, also about what nobody answered."""
        return self.outcomes.settle(contact, disposition)

    def _save_notes(self, text: str) -> None:
        if contact := self._contact:
            job = partial(self._desk.calls.save_draft, contact.call.id, text)
            self._runner.submit(Lane.STORE, job)

    def _when_still(
        self, contact: Contact | None, show: Callable[[Any], None]
    ) -> Callable[[Any], None]:
        """Wrap `show` so that it does nothing once another contact is on screen."""
        return lambda result: show(result) if self._contact is contact else None


def _calm(prompts: list[Prompt]) -> list[Prompt]:
    """Leave guesses out beside something sure; a protected request is never left out."""
    sure = any(item.match is Match.SHOW for item in prompts)
    return [p for p in prompts if not sure or p.match is Match.SHOW or p.verdict.category]
