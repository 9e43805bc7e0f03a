# SPDX-License-Identifier: Apache-2.0
"""What is stored already, asked for many records at once: an import lives on this."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, exists, select, update

from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.history import Conversation, Interaction
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks, insert_new, known_references
from agentassist.storage.schema.customers import contact_points, customers
from agentassist.storage.schema.history import (
    conversations,
    interactions,
    moved,
    moves,
    purchases,
)

Owners = dict[str, frozenset[UUID]]
"""For each identifier the customers it leads to, merged ones resolved."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A customer at a post code; `name` is folded for comparison."""

    id: UUID
    name: str
    postal_code: str


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

    def interactions(
        self, source: str, references: Iterable[str]
    ) -> dict[str, tuple[UUID, UUID | None]]:
        """Map the keys that interactions have in `source` to (id, customer id)."""
        found: dict[str, tuple[UUID, UUID | None]] = {}
        columns = (interactions.c.source_ref, interactions.c.id, interactions.c.customer_id)
        query = select(*columns).where(interactions.c.source == source)
        for chunk in chunks(set(references)):
            for row in self._connection.execute(query.where(interactions.c.source_ref.in_(chunk))):
                found[row.source_ref] = (row.id, row.customer_id)
        return found

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

    def conversations(self, given: Iterable[Conversation]) -> dict[str, UUID]:
        """Add the conversations that are not there; map the keys of all to their ids."""
        wanted = {(item.source, item.source_ref): item for item in given}
        before = known_references(self._connection, conversations, wanted)
        new = [asdict(item) for pair, item in wanted.items() if pair not in before]
        insert_new(self._connection, conversations, new)
        ids = {pair: item.id for pair, item in wanted.items()}
        ids |= {pair: row.id for pair, row in before.items()}
        return {reference: key for (_, reference), key in ids.items()}

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
