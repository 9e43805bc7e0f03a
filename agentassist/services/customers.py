# SPDX-License-Identifier: Apache-2.0
"""Find a customer by whatever is at hand, and show all that is known in short."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.customer import ContactKind, Customer, Preference
from agentassist.domain.history import Channel, Interaction, Purchase
from agentassist.domain.identity import Identifier
from agentassist.domain.promise import Promise
from agentassist.errors import UserError
from agentassist.services.contact_points import DEFAULT_REGION, identifiers
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_FOUND = 20
_PAGE = 20


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A customer in short; `newest` are the last interactions, newest first."""

    customer: Customer
    counts: Mapping[Channel, int]
    purchases: tuple[Purchase, ...]
    preferences: tuple[Preference, ...]
    promises: tuple[Promise, ...]
    newest: tuple[Interaction, ...]


def find_customers(
    database: Database, text: str, region: str = DEFAULT_REGION
) -> tuple[Customer, ...]:
    """Return who has exactly this identifier, else whose name or contact point contains it."""
    with database.reading() as connection:
        exact: dict[UUID, Customer] = {}
        for identifier in identifiers(text, region):
            exact |= {item.id: item for item in _owners(connection, identifier)}
        found = tuple(exact.values()) or Customers(connection).search(text, MOST_FOUND)
    return found[:MOST_FOUND]


def view_customer(database: Database, customer_id: UUID) -> CustomerView:
    """Return the view of a customer, merged ones as one.

    Raises UserError when there is no such customer.
    """
    with database.reading() as connection:
        customer = Customers(connection).get(customer_id)
        if customer is None:
            raise UserError("There is no customer with this id: `customers find` prints ids.")
        history = History(connection)
        return CustomerView(
            customer,
            history.timeline_counts(customer.id),
            history.purchases(customer.id),
            Customers(connection).preferences(customer.id),
            history.promises(customer.id),
            history.page(customer.id, size=_PAGE).interactions,
        )


def _owners(connection: "Connection", identifier: Identifier) -> tuple[Customer, ...]:
    customers = Customers(connection)
    if identifier.kind is ContactKind.ORDER:
        return customers.many(History(connection).by_order_number(identifier.value))
    return customers.by_point(identifier.kind, identifier.value)
