# SPDX-License-Identifier: Apache-2.0
"""How far a contact point speaks for each of those who have it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from agentassist.domain.customer import ContactKind, Standing
from agentassist.storage.merges import Merges
from agentassist.storage.schema.customers import contact_points


class Points:
    """Reads and writes single contact points, whoever has them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standings(self, kind: ContactKind, value: str) -> dict[UUID, Standing]:
        """Map each record that has a contact point to its standing there."""
        query = select(contact_points.c.customer_id, contact_points.c.standing)
        mine = (contact_points.c.kind == kind, contact_points.c.value == value)
        return {
            row.customer_id: row.standing for row in self._connection.execute(query.where(*mine))
        }

    def set_standings(
        self, kind: ContactKind, value: str, standings: Mapping[UUID, Standing]
    ) -> None:
        """Set the standing of a contact point at each of these records."""
        for customer_id, standing in standings.items():
            statement = update(contact_points).where(
                contact_points.c.kind == kind,
                contact_points.c.value == value,
                contact_points.c.customer_id == customer_id,
            )
            self._connection.execute(statement.values(standing=standing))

    def remove(self, customer_id: UUID, kind: ContactKind, value: str) -> None:
        """Take a contact point from one record; others keep it."""
        statement = delete(contact_points).where(
            contact_points.c.customer_id == customer_id,
            contact_points.c.kind == kind,
            contact_points.c.value == value,
        )
        self._connection.execute(statement)

    def of(self, customer_id: UUID, kind: ContactKind, value: str) -> dict[UUID, Standing]:
        """Return the standings of a contact point at the records that are this customer."""
        group = set(Merges(self._connection).group(customer_id))
        return _only(self.standings(kind, value), group)


def _only(standings: Mapping[UUID, Standing], keys: Iterable[UUID]) -> dict[UUID, Standing]:
    wanted = set(keys)
    return {key: standing for key, standing in standings.items() if key in wanted}
