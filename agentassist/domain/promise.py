# SPDX-License-Identifier: Apache-2.0
"""What we said we would do, by whom and until when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Promise:
    """A follow-up with an owner and a due time (aware, UTC); open until `kept_at`.

    `interaction_id` is the entry of the timeline that it was made from, if it was.
    """

    id: UUID
    customer_id: UUID
    text: str
    owner: str
    due_at: datetime
    made_at: datetime
    call_id: UUID | None = None
    kept_at: datetime | None = None
    interaction_id: UUID | None = None

    def is_overdue(self, now: datetime) -> bool:
        """True when it is still open and its time has passed."""
        return self.kept_at is None and self.due_at < now
