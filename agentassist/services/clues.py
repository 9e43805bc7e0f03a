# SPDX-License-Identifier: Apache-2.0
"""What a row says about the customer it belongs to."""

from collections.abc import Iterator

from agentassist.domain.customer import ContactKind
from agentassist.domain.importing import RawRecord
from agentassist.intake.mapping import ColumnMap
from agentassist.services.import_customers import full_name, raw_points
from agentassist.services.linking import Clues
from agentassist.services.row_values import short_key

_FEWEST_DIGITS = 7


def clues_of(record: RawRecord, columns: ColumnMap, text: str = "") -> Clues:
    """Return the clues of a row; `text` is what to search when no field helps."""
    return Clues(
        reference=short_key(
            columns.one(record, "customer_key") or columns.one(record, "customer_id")
        ),
        points=tuple((kind, raw) for kind, _, raw in raw_points(record, columns)),
        name=full_name(record, columns),
        postal_code=columns.one(record, "zip"),
        text=text,
    )


def clues_of_contact(record: RawRecord, columns: ColumnMap, text: str) -> Clues:
    """Return the clues of an interaction: its order number, and who wrote or called whom."""
    number = columns.one(record, "order_number")
    points = ((kind, raw) for kind, _, raw in raw_points(record, columns))
    return Clues(
        reference=short_key(
            columns.one(record, "customer_key") or columns.one(record, "customer_id")
        ),
        points=(*points, *_parties(record, columns)),
        order_numbers=(number,) if number else (),
        name=full_name(record, columns) or columns.one(record, "from"),
        postal_code=columns.one(record, "zip"),
        text=text,
    )


def _parties(record: RawRecord, columns: ColumnMap) -> Iterator[tuple[ContactKind, str]]:
    """Yield the addresses and numbers of both ends: ours is no customer's and finds nobody."""
    for field in ("from", "to"):
        for _, raw in columns.all(record, field):
            if "@" in raw:
                yield ContactKind.EMAIL, raw
            elif sum(character.isdigit() for character in raw) >= _FEWEST_DIGITS:
                yield ContactKind.PHONE, raw
