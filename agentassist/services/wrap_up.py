# SPDX-License-Identifier: Apache-2.0
"""The third round trip: what was decided and promised is saved, all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.agreement import Agreement
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


def _is_agreed(item: Decision) -> bool:
    return item.answer is Answer.ACCEPTED and bool(item.offer)


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
        self,
        call: Call,
        said: tuple[Utterance, ...],
        decisions: tuple[Decision, ...],
        agreements: tuple[Agreement, ...] = (),
    ) -> Review:
        """Collect what the contact left behind, for the agent to correct; reads memory only."""
        lines = summarise(said, decisions, agreements)
        promises = self._suggested(call, lines, decisions, agreements)
        disposition = suggest_disposition(said, decisions, agreements)
        return Review(call, tuple(lines), disposition, promises)

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
        self,
        call: Call,
        lines: list[SummaryLine],
        decisions: tuple[Decision, ...],
        agreements: tuple[Agreement, ...],
    ) -> tuple[Promise, ...]:
        """Return what was agreed, with its time; else what the agent said they would do."""
        customer_id = call.customer_id
        if customer_id is None:
            return ()
        left = [item for item in agreements if not item.settled]
        kept = [item.promise(customer_id, call.id) for item in left]
        known = {item.id for item in agreements}
        said = [item.offer for item in decisions if _is_agreed(item) and item.id not in known]
        if not agreements and not said:
            said = [line.text for line in lines if line.kind is LineKind.PROMISED]
        return (*kept, *(self.new_promise(customer_id, call.id, text) for text in said))

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
