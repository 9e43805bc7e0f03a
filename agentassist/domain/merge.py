# SPDX-License-Identifier: Apache-2.0
"""Two records of one person, joined without destroying either."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Merge:
    """Says that `customer_id` is the same person as `survivor_id`, until it is undone.

    `evidence` is what agreed and disagreed; `snapshot` is what both looked like then.
    `chosen` names, for fields of the joined record that are not the survivor's own, the
    customer whose value is shown.
    """

    id: UUID
    customer_id: UUID
    survivor_id: UUID
    merged_at: datetime
    actor: str
    reason: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)
    snapshot: Mapping[str, object] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Says that interactions were given to another customer, until it is undone.

    `before` maps the id of each interaction to the customer it had, empty for none;
    `to_customer_id` is None for what is no longer anybody's.
    """

    id: UUID
    to_customer_id: UUID | None
    moved_at: datetime
    actor: str
    reason: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    undone_at: datetime | None = None
    undone_by: str = ""
