# SPDX-License-Identifier: Apache-2.0
"""Customers as duplicates are looked for: record by record, without following merges."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select

from agentassist.domain.customer import ContactKind, Customer
from agentassist.storage.customers import customers_of, fold
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks, streamed
from agentassist.storage.schema.customers import contact_points, customers, merges

_MOST_OF_A_VALUE = 40
_MOST_NEIGHBOURS = 200


class DuplicateQueries:
    """Reads for the search for duplicates, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self) -> int:
        """Return how many records there are, merged ones too."""
        query = select(func.count()).select_from(customers)
        return self._connection.execute(query).scalar_one()

    def records(self, after: UUID | None = None, limit: int = 500) -> tuple[Customer, ...]:
        """Return the records after this key in the order of the keys, each by itself."""
        query = select(customers).order_by(customers.c.id).limit(limit)
        if after is not None:
            query = query.where(customers.c.id > after)
        return tuple(customers_of(self._connection, self._connection.execute(query).all()))

    def each(self, customer_ids: Iterable[UUID]) -> tuple[Customer, ...]:
        """Return these records, each by itself."""
        found: list[Customer] = []
        for chunk in chunks(customer_ids):
            rows = self._connection.execute(select(customers).where(customers.c.id.in_(chunk)))
            found += customers_of(self._connection, rows.all())
        return tuple(found)

    def references(self) -> Iterator[tuple[UUID, str]]:
        """Yield every record with its key in the system it came from, empty where it has none."""
        query = select(customers.c.id, customers.c.source_ref).order_by(customers.c.id)
        for row in streamed(self._connection, query):
            yield row.id, row.source_ref

    def joined(self) -> Iterator[tuple[UUID, UUID]]:
        """Yield (customer, survivor) of all open merges."""
        query = select(merges.c.customer_id, merges.c.survivor_id)
        for row in self._connection.execute(query.where(merges.c.undone_at.is_(None))):
            yield row.customer_id, row.survivor_id

    def group(self, customer_id: UUID) -> tuple[UUID, ...]:
        """Return all records that are one person with this one."""
        return Merges(self._connection).group(customer_id)

    def survivors(self, customer_ids: Iterable[UUID]) -> dict[UUID, UUID]:
        """Map each record to the customer it is now part of."""
        return Merges(self._connection).survivors(customer_ids)

    # Who may be one of these

    def by_value(self, kind: ContactKind, value: str) -> set[UUID]:
        """Return who has this contact point; of one that very many have, some."""
        same = (contact_points.c.kind == kind, contact_points.c.value == value)
        return self._some(select(contact_points.c.customer_id).where(*same))

    def by_birth_date(self, birth_date: str) -> set[UUID]:
        """Return who was born on this day."""
        return self._by(customers.c.birth_date == birth_date) if birth_date else set()

    def by_name(self, name: str, key: str) -> set[UUID]:
        """Return who has this name in any order, script or spelling that has one key."""
        found = self._by(customers.c.name_folded == fold(name))
        return found | self._by(customers.c.name_key == key) if key else found

    def neighbours(self, postal_code: str) -> list[tuple[UUID, str]]:
        """Return (id, name) of people with this postal code, of very many only some."""
        if not postal_code:
            return []
        query = select(customers.c.id, customers.c.name)
        query = query.where(customers.c.postal_code == postal_code).limit(_MOST_NEIGHBOURS)
        return [(row.id, row.name) for row in self._connection.execute(query)]

    def _by(self, condition: ColumnElement[bool]) -> set[UUID]:
        return self._some(select(customers.c.id).where(condition))

    def _some(self, query: Select[Any]) -> set[UUID]:
        return {row[0] for row in self._connection.execute(query.limit(_MOST_OF_A_VALUE))}
