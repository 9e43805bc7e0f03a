# SPDX-License-Identifier: Apache-2.0
"""Asks which of two sources is right, where a prompt on screen depends on it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from agentassist.domain.conflict import Conflict
from agentassist.ui.contact import Contact
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.prompt_words import source_words, value_words

if TYPE_CHECKING:
    from agentassist.services.desk import Desk


class ConflictController(QObject):
    """One question at a time, and each once.

    Signals:
        settled: the agent has said which value is right.
    """

    settled = Signal()

    def __init__(
        self,
        desk: "Desk",
        conversation: ConversationPanel,
        board: PromptBoard,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._board = board
        self._line = conversation.conflict
        self._contact: Contact | None = None
        self._asked: Conflict | None = None
        self._line.settled.connect(self._settle)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact."""
        self._contact, self._asked = contact, None

    def look(self) -> None:
        """Ask about the first conflict that matters now, or take an old question off."""
        contact = self._contact
        found = self._found(contact) if contact else []
        if not contact or not found:
            self._asked = None
            self._line.drop()
        elif found[0] != self._asked:
            self._ask(contact, found[0])

    def _found(self, contact: Contact) -> list[Conflict]:
        if not contact.facts:
            return []
        read = {item.fact for card in self._board.cards for item in card.prompt.verdict.why}
        every = self._desk.policies.conflicts(contact.essentials, contact.about(), contact.facts)
        return [one for one in every if one.fact in read and one.key not in contact.settled]

    def _ask(self, contact: Contact, conflict: Conflict) -> None:
        self._asked = conflict
        bundle = self._desk.policies.bundle_of(contact.call.id)
        if bundle is None:
            return
        name = bundle.facts[conflict.fact].called(QLocale().name()[:2])
        record, told = (value_words(value) for value in conflict.values)
        source = source_words(conflict.record.source.value, None)
        self._line.ask(name, ((source, record), (self.tr("as you noted"), told)))

    def _settle(self, place: int) -> None:
        """Keep what the agent noted, or go back to the record."""
        contact, conflict = self._contact, self._asked
        if contact is None or conflict is None:
            return
        self._asked = None
        contact.settled.add(conflict.key)
        if place == 0:
            contact.facts.pop(conflict.fact, None)
        else:
            self._desk.policies.answer(conflict.fact, conflict.values[1], contact.call.id)
        self.settled.emit()
