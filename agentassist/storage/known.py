# SPDX-License-Identifier: Apache-2.0
"""What is stored already, asked for many records at once: an import lives on this."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, exists, select, update

from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.history import Interaction
from agentassist.storage.bulk import Bulk
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks
from agentassist.storage.schema.customers import contact_points, customers
from agentassist.storage.schema.history import interactions, moved, moves, purchases

Owners = dict[str, frozenset[UUID]]
"""For each identifier the customers it leads to, merged ones resolved."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A customer at a post code; `name` is folded for comparison."""

    id: UUID
    name: str
    postal_code: str


class Content(NamedTuple):
    """An interaction as far as an import compares it; keys are 32 digits."""

    key: str
    owner: str | None
    position: int
    subject: str
    text: str


class Known:
    """Reads many, and updates what an import may update, inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_points(self, kind: ContactKind, values: Iterable[str]) -> Owners:
        """Return the customers behind normalised contact points of one kind.

        Guesses and shared points tell nobody apart, so that nothing is given to one by them.
        """
        query = select(contact_points.c.value, contact_points.c.customer_id).where(
            contact_points.c.kind == kind, contact_points.c.standing == Standing.OWN
        )
        return self._owners(query, contact_points.c.value, values)

    def by_order_numbers(self, numbers: Iterable[str]) -> Owners:
        """Return the customers who have purchases with these normalised numbers."""
        query = select(purchases.c.order_number, purchases.c.customer_id)
        return self._owners(query, purchases.c.order_number, numbers)

    def by_references(self, source: str, references: Iterable[str]) -> Owners:
        """Return the customers that came from these records of `source`."""
        query = select(customers.c.source_ref, customers.c.id).where(customers.c.source == source)
        return self._owners(query, customers.c.source_ref, references)

    def keys_by_reference(self, source: str, references: Sequence[str]) -> dict[str, str]:
        """Map records of `source` to the customers that came from them, as 32 digits each."""
        rows = Bulk(self._connection).by_reference(customers, "id", source, references)
        found = {reference: key for reference, (key,) in rows.items()}
        if not found or not Merges(self._connection).any_open():
            return found
        survivors = Merges(self._connection).survivors(UUID(key) for key in found.values())
        return {reference: survivors[UUID(key)].hex for reference, key in found.items()}

    def residents(self, postal_codes: Iterable[str]) -> tuple[Resident, ...]:
        """Return everybody at these post codes."""
        query = select(customers.c.id, customers.c.name_folded, customers.c.postal_code)
        rows = [
            row
            for chunk in chunks(set(postal_codes))
            for row in self._connection.execute(query.where(customers.c.postal_code.in_(chunk)))
        ]
        survivors = Merges(self._connection).survivors(row.id for row in rows)
        return tuple(Resident(survivors[row.id], row[1], row[2]) for row in rows)

    def holders(self, kind: ContactKind, values: Iterable[str]) -> Owners:
        """Return who has these contact points, whether their own, shared, or a guess."""
        query = select(contact_points.c.value, contact_points.c.customer_id)
        mine = query.where(contact_points.c.kind == kind)
        return self._owners(mine, contact_points.c.value, values)

    def attach(self, owners: Mapping[UUID, UUID]) -> None:
        """Give interactions of which no customer was known theirs: interaction to customer.

        What somebody took from a customer stays nobody's.
        """
        taken = (
            exists()
            .where(moved.c.row_id == bindparam("key"), moved.c.move_id == moves.c.id)
            .where(moves.c.undone_at.is_(None))
        )
        statement = (
            update(interactions)
            .where(interactions.c.id == bindparam("key"), interactions.c.customer_id.is_(None))
            .where(~taken)
            .values(customer_id=bindparam("owner"))
        )
        self._many(statement, [{"key": key, "owner": owner} for key, owner in owners.items()])

    def refresh(self, changed: Iterable[Interaction]) -> None:
        """Let the interactions that mirror purchases say what these are now, by reference."""
        statement = (
            update(interactions)
            .where(
                interactions.c.source == bindparam("from_source"),
                interactions.c.source_ref == bindparam("from_ref"),
            )
            .values(
                text=bindparam("new_text"),
                status=bindparam("new_status"),
                attributes=bindparam("new_attributes"),
            )
        )
        self._many(statement, [_mirror_row(item) for item in changed])

    def contents(self, source: str, references: Sequence[str]) -> dict[str, Content]:
        """Return what interactions of `source` say, by their keys there."""
        columns = "id, customer_id, position, subject, text"
        rows = Bulk(self._connection).by_reference(interactions, columns, source, references)
        return {reference: Content(*row) for reference, row in rows.items()}

    def _owners(self, query: Any, column: ColumnElement[str], values: Iterable[str]) -> Owners:
        pairs: list[tuple[str, UUID]] = []
        for chunk in chunks({value for value in values if value}):
            pairs += [
                tuple(row) for row in self._connection.execute(query.where(column.in_(chunk)))
            ]
        survivors = Merges(self._connection).survivors(key for _, key in pairs)
        found: dict[str, set[UUID]] = {}
        for value, key in pairs:
            found.setdefault(value, set()).add(survivors[key])
        return {value: frozenset(keys) for value, keys in found.items()}

    def _many(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(statement, rows)


def _mirror_row(item: Interaction) -> dict[str, Any]:
    return {
        "from_source": item.source,
        "from_ref": item.source_ref,
        "new_text": item.text,
        "new_status": item.status,
        "new_attributes": item.attributes,
    }
