# SPDX-License-Identifier: Apache-2.0
"""One history over all channels, a page at a time, in either direction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.cases import CaseBook
from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import (
    Channel,
    Essentials,
    PinnedEntry,
    Timeline,
    TimelineFilter,
    TimelinePage,
)
from agentassist.domain.order_numbers import normal_number
from agentassist.errors import UserError
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.pins import Pins
from agentassist.storage.timeline_pages import TimelinePages, key_at, key_of

PAGE_SIZE = 60
COUNTED = 1_000
"""How far a channel is counted before the first screen is shown."""

_PURCHASES_SHOWN = 5
_ALL = TimelineFilter()


def open_timeline(connection: Connection, customer: Customer) -> Timeline:
    """Read what the first screen of a customer needs, in a few short queries.

    None of them takes longer for a longer history.
    """
    history = History(connection)
    counts = history.counts_up_to(customer.id, COUNTED + 1)
    page = history.page(customer.id, _ALL, None, PAGE_SIZE)
    pinned = Pins(connection).of(customer.id)
    book = CaseBook(normal_number(point.value) for point in customer.points(ContactKind.ACCOUNT))
    book.read(page.interactions)
    return Timeline(
        read_essentials(connection, customer),
        {channel: min(count, COUNTED) for channel, count in counts.items()},
        page,
        pinned,
        frozenset(channel for channel, count in counts.items() if count > COUNTED),
        book,
    )


def read_essentials(connection: Connection, customer: Customer) -> Essentials:
    """Read what stands beside a timeline."""
    history = History(connection)
    return Essentials(
        customer,
        tuple(Customers(connection).preferences(customer.id)),
        tuple(history.promises(customer.id)),
        tuple(history.purchases(customer.id, _PURCHASES_SHOWN)),
    )


class Timelines:
    """Pages of histories for the timeline panel and the command line.

    Pages go through the book of their timeline, so that each entry has its case; a page is
    read, and its cases are found, where the caller runs, which is not the UI thread.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def look_up(self, customer_id: UUID, actor: str) -> Timeline:
        """Open a customer without a call; that it was done is in the audit."""
        with self._database.transaction() as connection:
            Audit(connection).append("customer opened without a call", actor, str(customer_id), {})
        return self.open(customer_id)

    def open(self, customer_id: UUID) -> Timeline:
        """Return the first screen of a customer.

        Raises:
            UserError: there is no such customer.
        """
        with self._database.reading() as connection:
            return open_timeline(connection, _customer(connection, customer_id))

    def customer(self, customer_id: UUID) -> Customer:
        """Return a customer, merged ones as one.

        Raises:
            UserError: there is no such customer.
        """
        with self._database.reading() as connection:
            return _customer(connection, customer_id)

    def essentials(self, customer_id: UUID) -> Essentials:
        """Return what stands beside the timeline, as it is now.

        Raises:
            UserError: there is no such customer.
        """
        with self._database.reading() as connection:
            return read_essentials(connection, _customer(connection, customer_id))

    def counts(
        self, customer_id: UUID, since: datetime | None = None, until: datetime | None = None
    ) -> Mapping[Channel, int]:
        """Return how many interactions there are by channel: all, or those of a span."""
        with self._database.reading() as connection:
            return History(connection).timeline_counts(customer_id, since, until)

    def pinned(self, customer_id: UUID) -> tuple[PinnedEntry, ...]:
        """Return what is pinned now."""
        with self._database.reading() as connection:
            return Pins(connection).of(customer_id)

    def older(self, shown: Timeline, chosen: TimelineFilter, cursor: str | None) -> TimelinePage:
        """Return the stretch after a cursor, or the newest one when it is None."""
        with self._database.reading() as connection:
            page = _pages(connection, shown).older(chosen, cursor, PAGE_SIZE)
        return _read(shown, page)

    def newer(self, shown: Timeline, chosen: TimelineFilter, cursor: str) -> TimelinePage:
        """Return the stretch before a cursor."""
        with self._database.reading() as connection:
            page = _pages(connection, shown).newer(chosen, cursor, PAGE_SIZE)
        return _read(shown, page)

    def at(self, shown: Timeline, chosen: TimelineFilter, moment: datetime) -> TimelinePage:
        """Return the stretch around a moment."""
        with self._database.reading() as connection:
            page = _pages(connection, shown).around(chosen, key_at(moment), PAGE_SIZE)
        return _read(shown, page)

    def around(self, shown: Timeline, interaction_id: UUID) -> TimelinePage:
        """Return the stretch of the whole history in whose middle an interaction stands.

        Raises:
            UserError: it is not in this customer's history.
        """
        with self._database.reading() as connection:
            entry = History(connection).interaction(interaction_id)
            if entry is not None:
                page = _pages(connection, shown).around(_ALL, key_of(entry), PAGE_SIZE)
                if entry in page.interactions:
                    return _read(shown, page)
        raise UserError("This entry is no longer in this customer's history.")

    def oldest(self, shown: Timeline, chosen: TimelineFilter) -> TimelinePage:
        """Return the stretch at the far end of a history."""
        with self._database.reading() as connection:
            page = _pages(connection, shown).oldest(chosen, PAGE_SIZE)
        return _read(shown, page)


def _pages(connection: Connection, shown: Timeline) -> TimelinePages:
    return TimelinePages(connection, shown.essentials.customer.id)


def _read(shown: Timeline, page: TimelinePage) -> TimelinePage:
    if shown.book is not None:
        shown.book.read(page.interactions)
    return page


def _customer(connection: Connection, customer_id: UUID) -> Customer:
    customer = Customers(connection).get(customer_id)
    if customer is None:
        raise UserError("There is no customer {id}. Search by name or number.", id=customer_id)
    return customer
