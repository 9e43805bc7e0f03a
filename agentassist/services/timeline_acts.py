# SPDX-License-Identifier: Apache-2.0
"""What an agent does to an entry of a timeline: pin it, note on it, promise from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from agentassist.domain.history import Channel, Direction, Interaction, Pin
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.errors import UserError
from agentassist.services.redaction import redact
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.pins import Pins

SOURCE = "desk"
_LONGEST_CHAIN = 1_000
_DUE_IN = timedelta(days=1)
ABOUT = "about"
"""The attribute of a note that names the interaction it was written on."""


class TimelineActs:
    """Stores acts, each in one transaction. `agent` is who acts."""

    def __init__(self, database: Database, agent: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self.agent = agent

    def pin(self, entry: Interaction, note: str = "") -> Pin:
        """Pin an entry until somebody unpins it.

        Raises:
            UserError: it belongs to no customer yet.
        """
        pin = Pin(entry.id, _owner(entry), self._now(), self.agent, redact(note.strip()))
        self.put_back(pin)
        return pin

    def put_back(self, pin: Pin) -> None:
        """Pin again what was unpinned, as it was."""
        with self._database.transaction() as connection:
            Pins(connection).add(pin)

    def unpin(self, interaction_id: UUID) -> Pin | None:
        """Take a pin away; return what `put_back` needs, None when it was gone already."""
        with self._database.transaction() as connection:
            pin = Pins(connection).remove(interaction_id)
            if pin is not None:
                Audit(connection).append("unpinned", self.agent, str(interaction_id), {})
            return pin

    def note(self, entry: Interaction, text: str) -> Interaction:
        """Write a note on an entry: it goes into the same history and conversation.

        Raises:
            UserError: there is no text, or no customer yet.
        """
        if not text.strip():
            raise UserError("Write the note first.")
        note = self._note(entry, redact(text.strip()))
        with self._database.transaction() as connection:
            History(connection).add_interactions([note])
            Audit(connection).append("note", self.agent, str(note.id), {ABOUT: str(entry.id)})
        return note

    def new_promise(self, customer_id: UUID, entry: Interaction, call_id: UUID | None) -> Promise:
        """Return a promise from an entry, due tomorrow at this time; it is not stored yet."""
        now = self._now()
        return Promise(
            new_id(), customer_id, "", self.agent, now + _DUE_IN, now, call_id,
            interaction_id=entry.id,
        )  # fmt: skip

    def promise(self, promise: Promise) -> Promise:
        """Store a promise that was made from an entry.

        Raises:
            UserError: nothing is promised, or by nobody.
        """
        if not promise.text.strip() or not promise.owner.strip():
            raise UserError("Write what is promised, and who keeps it.")
        made = replace(promise, text=redact(promise.text.strip()), owner=promise.owner.strip())
        with self._database.transaction() as connection:
            History(connection).add_promise(made)
            Audit(connection).append("promise", self.agent, str(made.id), {"due": str(made.due_at)})
        return made

    def take_back(self, promise_id: UUID) -> None:
        """Undo a promise that was made by mistake; one that was kept stays."""
        with self._database.transaction() as connection:
            History(connection).drop_promise(promise_id)
            Audit(connection).append("promise taken back", self.agent, str(promise_id), {})

    def _note(self, entry: Interaction, text: str) -> Interaction:
        key = new_id()
        return Interaction(
            id=key,
            customer_id=_owner(entry),
            channel=Channel.NOTE,
            text=text,
            occurred_at=self._now(),
            direction=Direction.INTERNAL,
            subject=entry.subject,
            author=self.agent,
            conversation_id=entry.conversation_id,
            source=SOURCE,
            source_ref=f"note:{key}",
            attributes={ABOUT: str(entry.id), **_chain(entry)},
        )


def _chain(entry: Interaction) -> dict[str, str]:
    """Return the chain of mails that an entry is in, so that a note on it is in it too."""
    given = (entry.attributes.get(name, "") for name in ("message_id", "in_reply_to", "references"))
    chain = " ".join(filter(None, given))[:_LONGEST_CHAIN]
    return {"references": chain} if chain else {}


def _owner(entry: Interaction) -> UUID:
    if entry.customer_id is None:
        raise UserError("This entry belongs to no customer yet. Attach it to one first.")
    return entry.customer_id
