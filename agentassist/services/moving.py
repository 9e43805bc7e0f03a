# SPDX-License-Identifier: Apache-2.0
"""A conversation given to another customer, or to nobody, and taken back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Move, Moved, MovedKind
from agentassist.errors import UserError
from agentassist.services.wrap_up import SOURCE as DESK
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from agentassist.storage.moves import NEEDS_SOMEBODY, Moves


@dataclass(frozen=True, slots=True)
class MoveDone:
    """A move and what went along: interactions, and what had to stay with whom it was."""

    move: Move
    interactions: int
    stayed: int = 0


class Moving:
    """Moves contacts between customers. `agent` is who does it; every act is in the audit."""

    def __init__(self, database: Database, agent: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._agent = agent
        self._now = now

    def move(
        self,
        key: UUID,
        to: UUID | None,
        reason: str = "",
        *,
        alone: bool = False,
    ) -> MoveDone:
        """Give an interaction with its conversation, or a whole conversation, to a customer.

        Calls, what was said, decided and wrapped up in them, loops and pins go along; so do
        promises and preferences, except to nobody (`to` is None): they need somebody. With
        `alone` the interaction leaves its conversation behind. Orders stay with who ordered.

        Raises:
            UserError: there is nothing under this key, or nothing that can be moved, or no
                such customer.
        """
        with self._database.transaction() as connection:
            Audit(connection).take_turn()
            given = _contacts(connection, key, alone=alone)
            target = _target(connection, to)
            return self.store(connection, given, (), target, reason)

    def store(
        self,
        connection: Connection,
        interactions: Sequence[Interaction],
        call_ids: Iterable[UUID],
        to: UUID | None,
        reason: str,
    ) -> MoveDone:
        """Move contacts inside a transaction that has taken its turn at the audit."""
        calls = {*call_ids, *_calls_of(interactions)}
        rows = Moves(connection).belongings((item.id for item in interactions), calls)
        taken = [row for row in rows if to is not None or row.kind not in NEEDS_SOMEBODY]
        move = Move(new_id(), to, self._now(), self._agent, reason.strip())
        Moves(connection).add(move, taken)
        self._note(connection, "contacts moved", move, taken)
        return MoveDone(move, len(interactions), len(rows) - len(taken))

    def undo(self, move_id: UUID) -> Move:
        """Take a move back, whenever it was made and whatever was moved since.

        Raises:
            UserError: there is no such move, or it was undone before.
        """
        with self._database.transaction() as connection:
            return self.take_back(connection, move_id)

    def take_back(self, connection: Connection, move_id: UUID) -> Move:
        """Undo a move inside a transaction."""
        Audit(connection).take_turn()
        move = Moves(connection).undo(move_id, self._agent, self._now())
        self._note(connection, "move undone", move, Moves(connection).rows(move_id))
        return move

    def of(self, customer_id: UUID) -> tuple[Move, ...]:
        """Return the moves from and to a customer, the newest first, undone ones too."""
        with self._database.reading() as connection:
            return tuple(reversed(Moves(connection).of(customer_id)))

    def _note(self, connection: Connection, kind: str, move: Move, rows: Sequence[Moved]) -> None:
        count = sum(row.kind is MovedKind.INTERACTION for row in rows)
        told = {"move": str(move.id), "interactions": count}
        subject = str(move.to_customer_id or "nobody")
        Audit(connection, now=self._now).append(kind, self._agent, subject, told)


def _contacts(connection: Connection, key: UUID, *, alone: bool) -> tuple[Interaction, ...]:
    history = History(connection)
    first = history.interaction(key)
    if first is None:
        found = history.of_conversation(key)
    elif first.conversation_id is None or alone:
        found = (first,)
    else:
        found = history.of_conversation(first.conversation_id)
    if not found:
        raise UserError("There is no conversation or contact {id}.", id=key)
    movable = tuple(item for item in found if item.channel is not Channel.PURCHASE)
    if not movable:
        raise UserError("An order stays with who ordered it. Correct it where it comes from.")
    return movable


def _target(connection: Connection, to: UUID | None) -> UUID | None:
    if to is None:
        return None
    if Customers(connection).get(to) is None:
        raise UserError("There is no customer {id}. Search by name or number.", id=to)
    return Merges(connection).survivor(to)


def _calls_of(interactions: Iterable[Interaction]) -> list[UUID]:
    """Return the calls that the desk made these interactions of."""
    return [UUID(item.source_ref) for item in interactions if item.source == DESK]
