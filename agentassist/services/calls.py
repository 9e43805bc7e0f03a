# SPDX-License-Identifier: Apache-2.0
"""What is said and typed while a contact is live, written through as it happens."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.identifiers import new_id
from agentassist.services.redaction import redact
from agentassist.services.told_codes import asks_secret, redact_answer
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database


class CallLog:
    """Keeps utterances and drafts; what it acknowledged survives a crash."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._asked: dict[UUID, str] = {}

    def hear(self, call_id: UUID, speaker: Speaker, text: str) -> Utterance:
        """Return the utterance as it will be kept: card numbers and codes are masked.

        A bare code is known by the agent's question before it.
        """
        if speaker is Speaker.CUSTOMER:
            clean = redact_answer(text, self._asked.get(call_id, ""))
        else:
            clean = redact(text)
            self._note(call_id, clean)
        return Utterance(new_id(), call_id, speaker, clean, self._now())

    def _note(self, call_id: UUID, line: str) -> None:
        """Remember the agent's last line where it asks for a secret."""
        self._asked.pop(call_id, None)
        if asks_secret(line):
            self._asked[call_id] = line

    def keep(self, utterance: Utterance) -> None:
        """Store an utterance."""
        with self._database.transaction() as connection:
            Calls(connection).add_utterance(utterance)

    def save_draft(self, call_id: UUID, text: str) -> None:
        """Store what is in the notes field now."""
        with self._database.transaction() as connection:
            Calls(connection).save_draft(call_id, redact(text), self._now())

    def draft(self, call_id: UUID) -> str:
        """Return what was in the notes field last, empty when nothing was."""
        with self._database.reading() as connection:
            return Calls(connection).draft(call_id)
