# SPDX-License-Identifier: Apache-2.0
"""Notices a bare no in what the agent writes or says, and brings up what can be done instead."""

from PySide6.QtCore import QObject, Signal

from agentassist.domain.bare_refusal import find_refusal
from agentassist.domain.reoffers import may_offer
from agentassist.domain.verdict import Prompt, VerdictKind
from agentassist.ui.contact import Contact
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.refusal_hint import Way


class RefusalWatch(QObject):
    """Silent after a protected refusal, once something was offered, and about the same words.

    Signals:
        prompt_wanted: the id of a policy whose alternatives are not on screen any more.
        find_out_wanted: the Prompt it is about, or None.
    """

    prompt_wanted = Signal(str)
    find_out_wanted = Signal(object)

    def __init__(
        self, conversation: ConversationPanel, board: PromptBoard, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = conversation.refusal
        self._board = board
        self._contact: Contact | None = None
        self._left: set[str] = set()
        conversation.notes_changed.connect(self.read)
        self._hint.requests_wanted.connect(conversation.requests_wanted)
        self._hint.find_out_wanted.connect(self._find_out)
        self._hint.closed.connect(self._left.add)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact."""
        self._contact = contact
        self._left.clear()
        self._hint.drop()

    def read(self, draft: str) -> None:
        """Look at a draft of the agent's, or at what they have said."""
        contact, words = self._contact, find_refusal(draft)
        if contact is None or not words or not self._helps(contact):
            self._hint.drop()
        elif words not in self._left and words != self._hint.words:
            self._hint.show_ways(words, self._way(contact))

    def settle(self) -> None:
        """Say nothing any more: something was offered, or is about to be."""
        self._hint.drop()

    def _helps(self, contact: Contact) -> bool:
        active = contact.active
        return not contact.offered and not (active and active.verdict.kind is VerdictKind.REFUSE)

    def _way(self, contact: Contact) -> Way:
        active = contact.active
        if active is None:
            return Way.PICK
        policy_id = active.verdict.policy_id
        if any(card.prompt.verdict.policy_id == policy_id for card in self._board.cards):
            return Way.PROMPT
        if not may_offer(active.verdict, contact.decisions):
            return Way.FIND_OUT
        self.prompt_wanted.emit(policy_id)
        return Way.PROMPT

    def _find_out(self) -> None:
        self._hint.drop()
        active: Prompt | None = self._contact.active if self._contact else None
        self.find_out_wanted.emit(active)
