# SPDX-License-Identifier: Apache-2.0
"""Looking a caller up, and adding what we learn about them."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import (
    Attempt,
    Candidate,
    Evidence,
    Identifier,
    Means,
    Recognition,
    recognise,
)
from agentassist.errors import UserError
from agentassist.services.contact_points import normalise
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History

_SUFFIX_DIGITS = 8
_FOUND_LIMIT = 20


class Identity:
    """Recognises callers. `region` is the country of numbers written without one."""

    def __init__(self, database: Database, region: str) -> None:
        self._database = database
        self._region = region

    def recognise(self, connection: Connection, given: tuple[Identifier, ...]) -> Recognition:
        """Try every identifier by every means, and keep what was tried for "why no match"."""
        found: dict[UUID, Candidate] = {}
        attempts: list[Attempt] = []
        for identifier in given:
            for means, value, customers in self._look_up(connection, identifier):
                attempts.append(Attempt(identifier.kind, means, value, len(customers)))
                for customer in customers:
                    evidence = _evidence(customer, identifier.kind, means, value)
                    known = found.get(customer.id, Candidate(customer, ()))
                    found[customer.id] = Candidate(customer, (*known.evidence, evidence))
        return recognise(tuple(found.values()), tuple(attempts))

    def get(self, connection: Connection, customer_id: UUID) -> Customer:
        """Return a customer.

        Raises:
            UserError: there is none with this id.
        """
        customer = Customers(connection).get(customer_id)
        if customer is None:
            raise UserError("This customer is no longer there. Search by name or number.")
        return customer

    def search(self, text: str) -> tuple[Candidate, ...]:
        """Find customers by name, number, e-mail, handle, account or order number."""
        with self._database.reading() as connection:
            by_words = Customers(connection).search(text, _FOUND_LIMIT)
            typed = tuple(Identifier(kind, text) for kind in ContactKind)
            exact = self.recognise(connection, typed).candidates
            listed = {item.customer.id: item for item in exact}
            for customer in by_words:
                listed.setdefault(customer.id, Candidate(customer, ()))
            return tuple(listed.values())[:_FOUND_LIMIT]

    def create(self, name: str, kind: ContactKind, raw: str) -> Customer:
        """Add a customer who called for the first time."""
        if not name.strip():
            raise UserError("Type the customer's name first.")
        point = normalise(kind, raw, self._region) if raw else None
        customer = Customer(new_id(), name.strip(), (point,) if point else ())
        with self._database.transaction() as connection:
            Customers(connection).add(customer)
        return customer

    def _look_up(
        self, connection: Connection, identifier: Identifier
    ) -> Iterator[tuple[Means, str, tuple[Customer, ...]]]:
        point = _readable(identifier, self._region)
        if point is None:
            return
        customers = Customers(connection)
        if point.kind is ContactKind.ORDER:
            owners = History(connection).by_order_number(point.value)
            yield Means.PURCHASE, point.value, tuple(customers.many(owners))
            return
        matched = tuple(customers.by_point(point.kind, point.value))
        yield Means.EXACT, point.value, matched
        if point.kind is ContactKind.PHONE and not matched:
            digits = "".join(filter(str.isdigit, point.value))[-_SUFFIX_DIGITS:]
            if len(digits) == _SUFFIX_DIGITS:
                yield Means.LAST_DIGITS, digits, tuple(customers.by_phone_suffix(digits))


def _evidence(customer: Customer, kind: ContactKind, means: Means, value: str) -> Evidence:
    """Say by which of the customer's points it was found, and how far that speaks for it."""
    points = (point for point in customer.points(kind) if point.value == value)
    point = next(points, None) if means is Means.EXACT else None
    return (
        Evidence(kind, means, value, point.standing, point.label)
        if point
        else Evidence(kind, means, value)
    )


def _readable(identifier: Identifier, region: str) -> ContactPoint | None:
    try:
        return normalise(identifier.kind, identifier.value, region)
    except UserError:
        return None
