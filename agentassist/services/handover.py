# SPDX-License-Identifier: Apache-2.0
"""Shift hand-over: what is mine goes to a colleague, or to whoever comes next, with a note."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.clock import utc_now
from agentassist.domain.handover import Handover
from agentassist.domain.identifiers import new_id
from agentassist.errors import UserError
from agentassist.services.ownership import give
from agentassist.services.redaction import redact
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.handovers import Handovers

if TYPE_CHECKING:
    from sqlalchemy import Connection


class ShiftHandover:
    """Leaves and takes work. `agent` is who works here."""

    def __init__(
        self, database: Database, agent: str = "", now: Callable[[], datetime] = utc_now
    ) -> None:
        self._database = database
        self._agent = agent
        self._now = now

    def leave(self, items: Iterable[UUID], note: str, to_agent: str = "") -> Handover:
        """Leave loops and promises to somebody; empty `to_agent`: to whoever comes next.

        Everything stays with this agent until it is taken.

        Raises:
            UserError: there is neither anything to do nor anything to say.
        """
        handover = Handover(
            new_id(),
            self._now(),
            self._agent,
            to_agent.strip(),
            redact(note.strip()),
            tuple(dict.fromkeys(items)),
        )
        if not handover.items and not handover.note:
            raise UserError("There is nothing to hand over. Write a note, or assign a line first.")
        with self._database.transaction() as connection:
            Handovers(connection).add(handover)
            details = {"to": handover.to_agent, "items": len(handover.items)}
            Audit(connection).append("handed over", self._agent, str(handover.id), details)
        return handover

    def waiting(self) -> tuple[Handover, ...]:
        """Return what was left for this agent and not taken yet, oldest first."""
        with self._database.reading() as connection:
            left = Handovers(connection).waiting()
        return tuple(item for item in left if item.is_for(self._agent))

    def take(self, handover_id: UUID) -> Handover:
        """Become the owner of everything in it that is still there.

        Raises:
            UserError: somebody else was faster.
        """
        with self._database.transaction() as connection:
            handover = Handovers(connection).take(handover_id, self._agent, self._now())
            Audit(connection).append("handover taken", self._agent, str(handover.id), {})
            for key in handover.items:
                self._give(connection, key)
        return handover

    def _give(self, connection: "Connection", key: UUID) -> None:
        try:
            give(connection, key, self._agent, self._agent)
        except UserError:
            return  # it was answered, or its message joined another, since it was left
