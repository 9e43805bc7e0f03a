# SPDX-License-Identifier: Apache-2.0
"""What a row says about the customer it belongs to."""

from dataclasses import replace

from agentassist.domain.importing import RawRecord
from agentassist.intake.mapping import ColumnMap
from agentassist.services.import_customers import full_name, raw_points
from agentassist.services.linking import Clues


def clues_of(record: RawRecord, columns: ColumnMap, text: str = "") -> Clues:
    """Return the clues of a row; `text` is what to search when no field helps."""
    return Clues(
        reference=columns.one(record, "customer_id"),
        points=tuple((kind, raw) for kind, _, raw in raw_points(record, columns)),
        name=full_name(record, columns),
        postal_code=columns.one(record, "zip"),
        text=text,
    )


def clues_with_order(record: RawRecord, columns: ColumnMap, text: str) -> Clues:
    """Return the clues of a row whose order number leads to its customer."""
    number = columns.one(record, "order_number")
    return replace(clues_of(record, columns, text), order_numbers=(number,) if number else ())
