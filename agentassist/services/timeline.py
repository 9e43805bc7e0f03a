# SPDX-License-Identifier: Apache-2.0
"""One history over all channels, a page at a time."""

from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.customer import Customer
from agentassist.domain.history import Essentials, Timeline, TimelineFilter, TimelinePage
from agentassist.errors import UserError
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History

PAGE_SIZE = 60
_PURCHASES_SHOWN = 5


def open_timeline(connection: Connection, customer: Customer) -> Timeline:
    """Read what the first screen of a customer needs, in four short queries."""
    history = History(connection)
    essentials = Essentials(
        customer,
        tuple(Customers(connection).preferences(customer.id)),
        tuple(history.promises(customer.id)),
        tuple(history.purchases(customer.id, _PURCHASES_SHOWN)),
    )
    page = history.page(customer.id, TimelineFilter(), None, PAGE_SIZE)
    return Timeline(essentials, history.timeline_counts(customer.id), page)


class Timelines:
    """Pages of histories for the timeline panel and the command line."""

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

    def page(self, customer_id: UUID, chosen: TimelineFilter, older: str | None) -> TimelinePage:
        """Return the stretch after the cursor `older`, or the newest one when it is None."""
        with self._database.reading() as connection:
            return History(connection).page(customer_id, chosen, older, PAGE_SIZE)


def _customer(connection: Connection, customer_id: UUID) -> Customer:
    customer = Customers(connection).get(customer_id)
    if customer is None:
        raise UserError("There is no customer {id}. Search by name or number.", id=customer_id)
    return customer
