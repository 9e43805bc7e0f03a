# SPDX-License-Identifier: Apache-2.0
"""Whose an interaction is: the customer whose key its row names, else who it speaks of."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.history import Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.importing import RawRecord
from agentassist.errors import BadInput, UserError
from agentassist.intake.mapping import ColumnMap
from agentassist.services import contact_points
from agentassist.services.clues import clues_of_contact
from agentassist.services.import_customers import Person, PersonReader
from agentassist.services.import_options import ImportOptions
from agentassist.services.interaction_drafts import Draft
from agentassist.services.linking import Linker
from agentassist.services.purchase_mirror import mirror
from agentassist.services.row_values import read_moment, short_key
from agentassist.storage.customers import Customers
from agentassist.storage.history import History
from agentassist.storage.known import Known

if TYPE_CHECKING:
    from sqlalchemy import Connection


class OwnerFinder:
    """Finds the customers of drafts: by the key they name, else by all that they say."""

    def __init__(self, columns: ColumnMap, options: ImportOptions) -> None:
        self._columns = columns
        self._options = options
        self._linker = Linker(options.source, options.region, options.own)
        known = "customer_key" if "customer_key" in columns.fields else "customer_id"
        self._reference = columns.reader(known)
        self._people = PersonReader(columns, options)

    def of(self, connection: "Connection", drafts: Sequence[Draft]) -> list[str | None]:
        """Return the customer of each as 32 digits, None where it cannot be told."""
        named = [short_key(self._reference(draft.record.fields)) for draft in drafts]
        found = self._named(connection, named)
        owners = [found.get(reference) for reference in named]
        open_ones = [index for index, owner in enumerate(owners) if owner is None]
        said = [drafts[index] for index in open_ones]
        for index, owner in zip(open_ones, self._by_clues(connection, said), strict=True):
            owners[index] = owner.hex if owner else None
        return owners

    def _named(self, connection: "Connection", named: Sequence[str]) -> dict[str, str]:
        references = [*{reference for reference in named if reference}]
        if not references:
            return {}
        return Known(connection).keys_by_reference(self._options.source, references)

    def _by_clues(self, connection: "Connection", drafts: Sequence[Draft]) -> list[UUID | None]:
        if not drafts:
            return []
        clues = [
            clues_of_contact(draft.record, self._columns, _whole_text(draft, self._columns))
            for draft in drafts
        ]
        owners = self._linker.link(connection, clues)
        if self._options.create_customers:
            self._create(connection, drafts, owners)
        return owners

    def _create(
        self, connection: "Connection", drafts: Sequence[Draft], owners: list[UUID | None]
    ) -> None:
        """Add the customers whom the rows themselves describe: a name and a contact point."""
        found: list[tuple[int, Person]] = []
        for index, (draft, owner) in enumerate(zip(drafts, owners, strict=True)):
            person = self._people.read(draft.record, []) if owner is None else None
            if person is not None and person.points:
                found.append((index, person))
        saved = Customers(connection).save_all([person.customer() for _, person in found])
        for (index, _), one in zip(found, saved, strict=True):
            owners[index] = one.id
            self._keep_order(connection, drafts[index].record, one.id)

    def _keep_order(self, connection: "Connection", record: RawRecord, owner: UUID) -> None:
        """Add the order that a row names beside a new customer, and show it in the history.

        A number or a day that cannot be read is passed over: the row is about something else.
        """
        shown = self._columns.one(record, "order_number")
        if not shown:
            return
        with suppress(UserError):
            number = contact_points.number(shown)
            purchase = Purchase(
                id=new_id(),
                customer_id=owner,
                order_number=number,
                shown=shown,
                ordered_at=self._ordered_at(record),
                source=self._options.source,
                source_ref=number,
            )
            History(connection).add_purchases([purchase])
            History(connection).add_interactions([mirror(purchase)])

    def _ordered_at(self, record: RawRecord) -> datetime | None:
        try:
            return read_moment(record, self._columns, "ordered_at", self._options)
        except BadInput:
            return None


def _whole_text(draft: Draft, columns: ColumnMap) -> str:
    """Return what identifiers may stand in, before secrets were taken out."""
    return columns.joined(draft.record, ("subject", "text"), "\n")
