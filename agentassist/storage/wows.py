# SPDX-License-Identifier: Apache-2.0
"""The ledger of small surprises: what was suggested, and what became of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, select

from agentassist.domain.wow import WowAnswer
from agentassist.storage.merges import Merges
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.spending import wows


@dataclass(frozen=True, slots=True, kw_only=True)
class WowEntry:
    """One answered hint. `amount` is in minor units: nothing unless it was given."""

    id: UUID
    wow_id: str
    call_id: UUID | None
    customer_id: UUID
    actor: str
    hint: str
    answer: WowAnswer
    amount: int
    currency: str
    at: datetime


class Wows:
    """Appends to and reads the ledger on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: WowEntry) -> None:
        """Insert an answer; the same one twice is one."""
        insert_new(self._connection, wows, [asdict(entry)])

    def last_given(self, customer_id: UUID) -> datetime | None:
        """Return when a customer, or a record merged with it, was surprised last."""
        query = select(wows.c.at).where(self._mine(customer_id), wows.c.answer == WowAnswer.GIVEN)
        return self._connection.execute(query.order_by(wows.c.at.desc()).limit(1)).scalar()

    def of_customer(self, customer_id: UUID) -> tuple[WowEntry, ...]:
        """Return all answers about a customer, the newest first."""
        query = select(wows).where(self._mine(customer_id)).order_by(wows.c.at.desc())
        rows = (row._asdict() for row in self._connection.execute(query))
        return tuple(WowEntry(**row | {"answer": WowAnswer(row["answer"])}) for row in rows)

    def _mine(self, customer_id: UUID) -> ColumnElement[bool]:
        return wows.c.customer_id.in_(Merges(self._connection).group(customer_id))
