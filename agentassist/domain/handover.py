# SPDX-License-Identifier: Apache-2.0
"""What one shift leaves to the next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Handover:
    """Loops and promises that are handed over with a note.

    An empty `to_agent` means whoever comes next. Until somebody takes it, everything stays
    with the one who left it: nothing is ever without an owner.
    """

    id: UUID
    at: datetime
    from_agent: str
    to_agent: str = ""
    note: str = ""
    items: tuple[UUID, ...] = ()
    taken_at: datetime | None = None
    taken_by: str = ""

    def is_for(self, agent: str) -> bool:
        """Tell whether this agent may take it."""
        mine = self.to_agent.strip().casefold() == agent.strip().casefold()
        nobody = not self.from_agent.strip()  # of desks without a name, nobody knows who is who
        others = nobody or self.from_agent.strip().casefold() != agent.strip().casefold()
        return self.taken_at is None and (mine or (not self.to_agent.strip() and others))
