# SPDX-License-Identifier: Apache-2.0
"""Duplicates as they are listed: records by their own keys, evidence as a sentence."""

from collections.abc import Iterable
from uuid import UUID

from agentassist.domain.comparison import Comparison
from agentassist.domain.customer import Customer
from agentassist.storage.database import Database
from agentassist.storage.duplicates import DuplicateQueries


def references(database: Database) -> dict[UUID, str]:
    """Map every record to the key it has in its own system, else to ours."""
    with database.reading() as connection:
        return {key: name or str(key) for key, name in DuplicateQueries(connection).references()}


def customers_of(database: Database, customer_ids: Iterable[UUID]) -> dict[UUID, Customer]:
    """Map these records to what each says by itself."""
    with database.reading() as connection:
        wanted = dict.fromkeys(customer_ids)
        return {customer.id: customer for customer in DuplicateQueries(connection).each(wanted)}


def sentence(comparison: Comparison) -> str:
    """Return the evidence for a person: what agrees first, then what does not."""
    clues = sorted(comparison.clues, key=lambda clue: -clue.weight)
    said = [f"{clue.how} {clue.field}" for clue in clues]
    return ", ".join([*said, *(f"not merged: {veto}" for veto in comparison.vetoes)])
