# SPDX-License-Identifier: Apache-2.0
"""Live contacts: events, what was said, drafts, decisions and the wrap-up."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, delete, exists, insert, select, update

from agentassist.domain.call import Call, Utterance
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import Decision
from agentassist.domain.wrap_up import Draft, SummaryLine, WrapUp
from agentassist.storage.merges import Merges
from agentassist.storage.rows import insert_new, upsert
from agentassist.storage.schema.calls import (
    calls,
    decisions,
    drafts,
    summary_lines,
    utterances,
    wrap_ups,
)
from agentassist.storage.schema.history import promises

_UTTERANCE = [utterances.c[item.name] for item in fields(Utterance)]


class Calls:
    """Reads and writes live contacts on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_call(self, call: Call) -> None:
        """Insert a call or overwrite what is known of it.

        Its utterances follow it to the customer it turned out to be about.

        Raises:
            UserError: another call has the same reference (found at the end of the block).
        """
        upsert(self._connection, calls, asdict(call))
        if call.customer_id is not None:
            said = update(utterances).where(
                utterances.c.call_id == call.id,
                utterances.c.customer_id.is_distinct_from(call.customer_id),
            )
            self._connection.execute(said.values(customer_id=call.customer_id))

    def call(self, call_id: UUID) -> Call | None:
        """Return one call."""
        return self._one(call_id, "id")

    def by_reference(self, reference: str) -> Call | None:
        """Return the call that a telephone system knows by this id."""
        return self._one(reference, "reference")

    def _one(self, value: object, column: str) -> Call | None:
        query = select(calls).where(calls.c[column] == value)
        row = self._connection.execute(query).one_or_none()
        return Call(**row._asdict()) if row else None

    # What was said

    def add_utterance(self, utterance: Utterance) -> None:
        """Insert an utterance; the same one twice is one."""
        owner = select(calls.c.customer_id).where(calls.c.id == utterance.call_id)
        customer_id = self._connection.execute(owner).scalar_one_or_none()
        row = asdict(utterance) | {"customer_id": customer_id}
        insert_new(self._connection, utterances, [row])

    def utterances(self, call_id: UUID) -> tuple[Utterance, ...]:
        """Return what was said, in order."""
        query = select(*_UTTERANCE).where(utterances.c.call_id == call_id)
        rows = self._connection.execute(query.order_by(utterances.c.said_at, utterances.c.id))
        return tuple(Utterance(**row._asdict()) for row in rows)

    # Drafts

    def save_draft(self, call_id: UUID, text: str, at: datetime) -> None:
        """Keep what the agent has typed so far."""
        upsert(self._connection, drafts, {"call_id": call_id, "text": text, "saved_at": at})

    def draft(self, call_id: UUID) -> str:
        """Return what was typed last; empty when there is nothing."""
        query = select(drafts.c.text).where(drafts.c.call_id == call_id)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def open_drafts(self) -> tuple[Draft, ...]:
        """Return the notes of contacts that were never wrapped up, the newest first."""
        closed = exists().where(wrap_ups.c.call_id == drafts.c.call_id)
        query = select(drafts).where(~closed, drafts.c.text != "")
        rows = self._connection.execute(query.order_by(drafts.c.saved_at.desc()))
        return tuple(Draft(**row._asdict()) for row in rows)

    # Decisions: append-only

    def add_decision(self, decision: Decision) -> None:
        """Insert a decision; the same one twice is one."""
        insert_new(self._connection, decisions, [asdict(decision)])

    def decision(self, decision_id: UUID) -> Decision | None:
        """Return one decision."""
        query = select(decisions).where(decisions.c.id == decision_id)
        return next(iter(self._decisions(query)), None)

    def decisions(self, call_id: UUID) -> tuple[Decision, ...]:
        """Return what was decided in a call, in order."""
        query = select(decisions).where(decisions.c.call_id == call_id)
        return self._decisions(query.order_by(decisions.c.at, decisions.c.id))

    def decisions_of(self, customer_id: UUID, since: datetime) -> tuple[Decision, ...]:
        """Return what was decided for a customer since a time, in order."""
        query = select(decisions).where(
            decisions.c.customer_id.in_(Merges(self._connection).group(customer_id)),
            decisions.c.at >= since,
        )
        return self._decisions(query.order_by(decisions.c.at, decisions.c.id))

    def _decisions(self, query: Select[Any]) -> tuple[Decision, ...]:
        return tuple(Decision(**row._asdict()) for row in self._connection.execute(query))

    # The wrap-up

    def save_wrap_up(self, wrap_up: WrapUp) -> None:
        """Store a wrap-up with its lines, promises and decisions, and drop the draft.

        Saving it again replaces lines and disposition; promises and decisions are added.
        """
        row = {name: getattr(wrap_up, name) for name in _WRAP_UP}
        upsert(self._connection, wrap_ups, row)
        mine = summary_lines.c.call_id == wrap_up.call_id
        self._connection.execute(delete(summary_lines).where(mine))
        if wrap_up.summary:
            self._connection.execute(insert(summary_lines), _line_rows(wrap_up))
        insert_new(self._connection, promises, [asdict(item) for item in wrap_up.promises])
        insert_new(self._connection, decisions, [asdict(item) for item in wrap_up.decisions])
        self._connection.execute(delete(drafts).where(drafts.c.call_id == wrap_up.call_id))

    def wrap_up(self, call_id: UUID) -> WrapUp | None:
        """Return how a contact ended; None while it has not."""
        query = select(wrap_ups).where(wrap_ups.c.call_id == call_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        made = select(promises).where(promises.c.call_id == call_id)
        promised = self._connection.execute(made.order_by(promises.c.due_at, promises.c.id))
        return WrapUp(
            **row._asdict(),
            summary=self._summary(call_id),
            promises=tuple(Promise(**promise._asdict()) for promise in promised),
            decisions=self.decisions(call_id),
        )

    def _summary(self, call_id: UUID) -> tuple[SummaryLine, ...]:
        query = select(summary_lines).where(summary_lines.c.call_id == call_id)
        rows = self._connection.execute(query.order_by(summary_lines.c.ordinal))
        return tuple(_line(row) for row in rows)


_WRAP_UP = tuple(column.name for column in wrap_ups.c)


def _line_rows(wrap_up: WrapUp) -> list[dict[str, Any]]:
    return [
        {
            "call_id": wrap_up.call_id,
            "customer_id": wrap_up.customer_id,
            "ordinal": ordinal,
            "kind": line.kind,
            "text": line.text,
            "sources": [str(source) for source in line.sources],
        }
        for ordinal, line in enumerate(wrap_up.summary)
    ]


def _line(row: Row[Any]) -> SummaryLine:
    return SummaryLine(row.kind, row.text, tuple(UUID(source) for source in row.sources))
