# SPDX-License-Identifier: Apache-2.0
"""What was spent of each authority: amounts are reserved, then committed or released."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select, update

from agentassist.domain.spending import CUSTOMER_DAYS, Entry, EntryState, Spending
from agentassist.storage.merges import Merges
from agentassist.storage.rows import insert_new
from agentassist.storage.schema.spending import authority_entries, authority_locks

_entries = authority_entries.c
_KEY = (_entries.action, _entries.currency)


class AuthorityEntries:
    """Reads and writes entries on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_turn(self, action: str, currency: str, actor: str, customer_id: UUID | None) -> None:
        """Wait for others who spend of the same purses, and let none in until the commit.

        What is read afterwards is as they left it. The purses are those of the actor and of
        each record that the customer is merged of: whoever read them before a merge waits too.
        """
        owners = [actor, *map(str, self._group(customer_id))]
        purses = sorted(_purse(action, currency, owner) for owner in owners)
        insert_new(self._connection, authority_locks, [{"purse": purse} for purse in purses])
        query = select(authority_locks.c.purse).where(authority_locks.c.purse.in_(purses))
        self._connection.execute(
            query.order_by(authority_locks.c.purse).with_for_update()
        ).fetchall()

    def spent(
        self, actor: str, customer_id: UUID | None, day: str, at: datetime
    ) -> dict[tuple[str, str], Spending]:
        """Return what counts at `at`, by action and currency.

        For the customer that is what anybody gave to any record merged with it in 90 days,
        for the actor what they gave to anybody on the calendar day `day`.
        """
        by_day = self._sums(_entries.actor == actor, _entries.day == day, _counts(at))
        group = self._group(customer_id)
        recent = _entries.reserved_at > at - CUSTOMER_DAYS
        theirs = _entries.customer_id.in_(group)
        by_customer = self._sums(theirs, recent, _counts(at)) if group else {}
        return {
            key: Spending(by_customer.get(key, 0), by_day.get(key, 0))
            for key in {*by_day, *by_customer}
        }

    def _group(self, customer_id: UUID | None) -> tuple[UUID, ...]:
        return Merges(self._connection).group(customer_id) if customer_id else ()

    def _sums(self, *which: ColumnElement[bool]) -> dict[tuple[str, str], int]:
        query = select(*_KEY, func.sum(_entries.amount).label("total")).where(*which)
        rows = self._connection.execute(query.group_by(*_KEY))
        return {(row.action, row.currency): int(row.total) for row in rows}

    def add(self, entry: Entry) -> None:
        """Insert an entry; the same one twice is one."""
        insert_new(self._connection, authority_entries, [asdict(entry)])

    def get(self, entry_id: UUID) -> Entry | None:
        """Return one entry."""
        return next(iter(self._entries(_entries.id == entry_id)), None)

    def of_call(self, call_id: UUID) -> tuple[Entry, ...]:
        """Return what was reserved in a call, in order."""
        return self._entries(_entries.call_id == call_id)

    def _entries(self, *which: ColumnElement[bool]) -> tuple[Entry, ...]:
        query: Select[Any] = select(authority_entries).where(*which).order_by(_entries.id)
        return tuple(Entry(**row._asdict()) for row in self._connection.execute(query))

    def settle(
        self, call_id: UUID, given: Collection[UUID], customer_id: UUID | None, at: datetime
    ) -> None:
        """End the reservations of a call: commit those in `given`, release the others.

        What was settled before stays as it is. What was given counts for `customer_id`, who
        the call turned out to be about; None: for whom it was reserved.
        """
        open_ones = (_entries.call_id == call_id, _entries.state == EntryState.RESERVED)
        committed = {"state": EntryState.COMMITTED, "settled_at": at}
        whose = customer_id or _entries.customer_id
        kept = update(authority_entries).where(*open_ones, _entries.id.in_(given))
        self._connection.execute(kept.values(**committed, customer_id=whose))
        self._release(*open_ones, at=at)

    def release(self, entry_ids: Iterable[UUID], at: datetime) -> None:
        """Give reserved amounts back; what was committed stays."""
        mine = _entries.id.in_(list(entry_ids))
        self._release(mine, _entries.state == EntryState.RESERVED, at=at)

    def commit(self, entry_id: UUID, at: datetime) -> None:
        """Spend a reserved amount at once: nobody waits for the wrap-up."""
        mine = (_entries.id == entry_id, _entries.state == EntryState.RESERVED)
        spent = {"state": EntryState.COMMITTED, "settled_at": at}
        self._connection.execute(update(authority_entries).where(*mine).values(**spent))

    def _release(self, *which: ColumnElement[bool], at: datetime) -> None:
        freed = {"state": EntryState.RELEASED, "settled_at": at}
        self._connection.execute(update(authority_entries).where(*which).values(**freed))


def _counts(at: datetime) -> ColumnElement[bool]:
    """Tell what counts: committed, or reserved and not expired."""
    held = (_entries.state == EntryState.RESERVED) & (_entries.expires_at > at)
    return (_entries.state == EntryState.COMMITTED) | held


def _purse(action: str, currency: str, owner: str) -> str:
    return hashlib.sha256("\n".join((action, currency, owner)).encode()).hexdigest()
