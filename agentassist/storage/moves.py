# SPDX-License-Identifier: Apache-2.0
"""What was given to another customer, and its way back, in any order.

The open moves of a row lie on each other. A move from the top gives the row back to whose
it was before; one from below hands what it remembered to the move above it. However moves
are undone, the last one gives back the first owner.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Connection, Table, and_, func, insert, or_, select, update

from agentassist.domain.merge import Move, Moved, MovedKind
from agentassist.errors import UserError
from agentassist.storage.merges import Merges
from agentassist.storage.rows import by_ids, chunks
from agentassist.storage.schema.calls import calls, decisions, summary_lines, utterances, wrap_ups
from agentassist.storage.schema.customers import preferences
from agentassist.storage.schema.history import (
    conversations,
    interactions,
    moved,
    moves,
    pins,
    promises,
)
from agentassist.storage.schema.loops import loops
from agentassist.storage.schema.spending import authority_entries

_KEYS: dict[MovedKind, Column[UUID]] = {
    MovedKind.INTERACTION: interactions.c.id,
    MovedKind.CONVERSATION: conversations.c.id,
    MovedKind.CALL: calls.c.id,
    MovedKind.UTTERANCE: utterances.c.id,
    MovedKind.DECISION: decisions.c.id,
    MovedKind.WRAP_UP: wrap_ups.c.call_id,
    MovedKind.PROMISE: promises.c.id,
    MovedKind.PREFERENCE: preferences.c.id,
}
_BY_CALL: dict[MovedKind, Column[UUID]] = {
    MovedKind.CALL: calls.c.id,
    MovedKind.UTTERANCE: utterances.c.call_id,
    MovedKind.DECISION: decisions.c.call_id,
    MovedKind.WRAP_UP: wrap_ups.c.call_id,
    MovedKind.PROMISE: promises.c.call_id,
}
_BY_INTERACTION: dict[MovedKind, Column[UUID]] = {
    MovedKind.INTERACTION: interactions.c.id,
    MovedKind.PREFERENCE: preferences.c.interaction_id,
    MovedKind.PROMISE: promises.c.interaction_id,
}
# What has no owner of its own: whenever it was made, it is whose that is on which it was.
_WITH: dict[MovedKind, tuple[Column[UUID], ...]] = {
    MovedKind.INTERACTION: (loops.c.origin_id, pins.c.interaction_id),
    MovedKind.WRAP_UP: (summary_lines.c.call_id,),
    MovedKind.CALL: (authority_entries.c.call_id,),
}
NEEDS_SOMEBODY = frozenset({MovedKind.PROMISE, MovedKind.PREFERENCE})
"""What cannot be nobody's: it stays where it is."""
_FIELDS = [moves.c[item.name] for item in fields(Move)]


class Moves:
    """Reads and writes moves on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def belongings(
        self, interaction_ids: Iterable[UUID], call_ids: Iterable[UUID]
    ) -> tuple[Moved, ...]:
        """Return all rows that belong to these contacts, with whose they are now.

        A conversation is among them when all its interactions are.
        """
        ids = set(interaction_ids)
        rows = [*self._owned(_BY_INTERACTION, ids), *self._owned(_BY_CALL, set(call_ids))]
        whole = self._whole_conversations(ids)
        rows += self._owned({MovedKind.CONVERSATION: conversations.c.id}, whole)
        return tuple(dict.fromkeys(rows))

    def _owned(self, columns: dict[MovedKind, Column[UUID]], keys: set[UUID]) -> Iterator[Moved]:
        for kind, column in columns.items():
            key = _KEYS[kind]
            query = select(key.label("row_id"), _table(kind).c.customer_id)
            for chunk in chunks(keys):
                for row in self._connection.execute(query.where(column.in_(chunk))):
                    yield Moved(kind, row.row_id, row.customer_id)

    def _whole_conversations(self, ids: set[UUID]) -> set[UUID]:
        named = interactions.c.conversation_id
        found = {row.conversation_id for row in by_ids(self._connection, interactions.c.id, ids)}
        query = select(named, interactions.c.id)
        left: set[UUID] = set()
        for chunk in chunks(found - {None}):
            rows = self._connection.execute(query.where(named.in_(chunk)))
            left |= {row.conversation_id for row in rows if row.id not in ids}
        return found - left - {None}

    def add(self, move: Move, rows: Sequence[Moved]) -> None:
        """Give rows to another customer. Writers take turns: append to the audit before."""
        last = self._connection.execute(select(func.max(moves.c.position))).scalar()
        position = 1 if last is None else last + 1
        self._connection.execute(insert(moves).values(asdict(move) | {"position": position}))
        for chunk in chunks(rows):
            given = [asdict(row) | {"move_id": move.id} for row in chunk]
            self._connection.execute(insert(moved), given)
        self._give(replace(row, before=move.to_customer_id) for row in rows)

    def undo(self, move_id: UUID, by: str, at: datetime) -> Move:
        """Give everything back, except what was moved again since: that stays where it is.

        Raises:
            UserError: there is no such move, or it was undone before.
        """
        open_one = (moves.c.id == move_id, moves.c.undone_at.is_(None))
        row = self._connection.execute(select(*_FIELDS).where(*open_one)).one_or_none()
        if row is None:
            raise UserError("This move was undone already.")
        rows = self.rows(move_id)
        above = self._above(move_id)
        self._give(item for item in rows if (item.kind, item.row_id) not in above)
        for item in rows:
            if upper := above.get((item.kind, item.row_id)):
                self._hand_on(item, upper)
        change = update(moves).where(*open_one).values(undone_at=at, undone_by=by)
        self._connection.execute(change)
        return replace(Move(**row._asdict()), undone_at=at, undone_by=by)

    def _above(self, move_id: UUID) -> dict[tuple[MovedKind, UUID], UUID]:
        """Map the rows of a move that were moved again to the next open move of each."""
        mine, other = moved.alias("mine"), moved.alias("other")
        since = select(moves.c.position).where(moves.c.id == move_id).scalar_subquery()
        same = and_(mine.c.row_id == other.c.row_id, mine.c.kind == other.c.kind)
        query = (
            select(other.c.kind, other.c.row_id, other.c.move_id)
            .join(mine, same)
            .join(moves, moves.c.id == other.c.move_id)
            .where(mine.c.move_id == move_id)
            .where(moves.c.undone_at.is_(None), moves.c.position > since)
            .order_by(moves.c.position.desc())
        )
        rows = self._connection.execute(query)
        return {(row.kind, row.row_id): row.move_id for row in rows}

    def _hand_on(self, item: Moved, upper: UUID) -> None:
        theirs = and_(
            moved.c.move_id == upper, moved.c.kind == item.kind, moved.c.row_id == item.row_id
        )
        self._connection.execute(update(moved).where(theirs).values(before=item.before))

    def _give(self, rows: Iterable[Moved]) -> None:
        """Give each row to the customer that its `before` names."""
        groups: dict[tuple[MovedKind, UUID | None], list[UUID]] = {}
        for row in rows:
            groups.setdefault((row.kind, row.before), []).append(row.row_id)
        for (kind, owner), keys in groups.items():
            for column in (_KEYS[kind], *_WITH.get(kind, ())):
                self._give_where(column, keys, owner)

    def _give_where(self, column: Column[UUID], keys: Sequence[UUID], owner: UUID | None) -> None:
        for chunk in chunks(keys):
            statement = update(column.table).where(column.in_(chunk))
            self._connection.execute(statement.values(customer_id=owner))

    def rows(self, move_id: UUID) -> tuple[Moved, ...]:
        """Return what a move took along."""
        columns = [moved.c[item.name] for item in fields(Moved)]
        query = select(*columns).where(moved.c.move_id == move_id).order_by(moved.c.row_id)
        return tuple(Moved(**row._asdict()) for row in self._connection.execute(query))

    def of(self, customer_id: UUID) -> tuple[Move, ...]:
        """Return the moves that gave something to a customer or took it, oldest first."""
        group = Merges(self._connection).group(customer_id)
        taken = select(moved.c.move_id).where(moved.c.before.in_(group))
        either = or_(moves.c.to_customer_id.in_(group), moves.c.id.in_(taken))
        query = select(*_FIELDS).where(either).order_by(moves.c.position)
        return tuple(Move(**row._asdict()) for row in self._connection.execute(query))


def _table(kind: MovedKind) -> Table:
    table = _KEYS[kind].table
    assert isinstance(table, Table)  # noqa: S101  columns of tables only
    return table
