# SPDX-License-Identifier: Apache-2.0
"""The third round trip: what was decided and promised is saved, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.call import Call, Utterance
from agentassist.domain.history import Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop_reading import PROMISED
from agentassist.domain.promise import Promise
from agentassist.domain.spending import given
from agentassist.domain.summary import suggest_disposition, summarise
from agentassist.domain.verdict import Answer, Decision
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine, WrapUp
from agentassist.services.redaction import redact
from agentassist.storage.audit import Audit
from agentassist.storage.authority import AuthorityEntries
from agentassist.storage.calls import Calls
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.loops import Loops

_DUE_IN = timedelta(days=1)
SOURCE = "desk"


@dataclass(frozen=True, slots=True)
class Review:
    """A wrap-up before the agent has looked at it. `promises` are suggestions."""

    call: Call
    summary: tuple[SummaryLine, ...]
    disposition: Disposition
    promises: tuple[Promise, ...]


class Closing:
    """Prepares and saves wrap-ups."""

    def __init__(self, database: Database, agent: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._agent = agent
        self._now = now

    def review(
        self, call: Call, said: tuple[Utterance, ...], decisions: tuple[Decision, ...]
    ) -> Review:
        """Collect what the contact left behind, for the agent to correct; reads memory only."""
        lines = summarise(said, decisions)
        promises = self._suggested(call, lines, decisions)
        return Review(call, tuple(lines), suggest_disposition(said, decisions), promises)

    def save(self, wrap_up: WrapUp, call: Call) -> Interaction:
        """Store wrap-up, promises and decisions, and put the contact on the timeline.

        Raises:
            Unavailable: the database does not answer; nothing was stored, and the draft
                of the notes is still there.
        """
        interaction = self._interaction(wrap_up, call)
        with self._database.transaction() as connection:
            self._store(connection, wrap_up, interaction)
        return interaction

    def new_promise(self, customer_id: UUID, call_id: UUID, text: str) -> Promise:
        """Return a promise that is due tomorrow at this time and owned by this agent."""
        now = self._now()
        return Promise(new_id(), customer_id, text, self._agent, now + _DUE_IN, now, call_id)

    def _store(self, connection: Connection, wrap_up: WrapUp, interaction: Interaction) -> None:
        calls, history = Calls(connection), History(connection)
        for decision in wrap_up.decisions:
            calls.add_decision(decision)
        for promise in wrap_up.promises:
            history.add_promise(promise)
        calls.save_wrap_up(wrap_up)
        history.add_interactions((interaction,))
        AuthorityEntries(connection).settle(
            wrap_up.call_id, given(wrap_up.decisions), wrap_up.customer_id, wrap_up.closed_at
        )
        began = interaction.occurred_at or wrap_up.closed_at
        Loops(connection).follow_contact(interaction.customer_id, interaction.id, began)
        details = {"disposition": wrap_up.disposition.value, "promises": len(wrap_up.promises)}
        Audit(connection).append("wrap-up", self._agent, str(wrap_up.call_id), details)

    def _suggested(
        self, call: Call, lines: list[SummaryLine], decisions: tuple[Decision, ...]
    ) -> tuple[Promise, ...]:
        if call.customer_id is None:
            return ()
        promised = [line.text for line in lines if line.kind is LineKind.PROMISED]
        agreed = [item.offer for item in decisions if item.answer is Answer.ACCEPTED and item.offer]
        return tuple(
            self.new_promise(call.customer_id, call.id, text) for text in agreed or promised
        )

    def _interaction(self, wrap_up: WrapUp, call: Call) -> Interaction:
        lines = [line.text for line in wrap_up.summary]
        return Interaction(
            id=new_id(),
            customer_id=wrap_up.customer_id,
            channel=wrap_up.channel,
            text=redact("\n".join(filter(None, [*lines, wrap_up.notes]))),
            occurred_at=call.started_at or wrap_up.closed_at,
            direction=call.direction,
            subject=lines[0] if lines else "",
            author=self._agent,
            status=wrap_up.disposition.value,
            source=SOURCE,
            source_ref=str(wrap_up.call_id),
            attributes={PROMISED: str(len(wrap_up.promises))} if wrap_up.promises else {},
        )
