# SPDX-License-Identifier: Apache-2.0
"""The loops as they are stored: replayed from what happened, settled and owned by agents."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import Loop, follow
from agentassist.errors import UserError
from agentassist.storage.loop_events import LoopEvents, Scope
from agentassist.storage.merges import Merges
from agentassist.storage.rows import chunks
from agentassist.storage.schema.loops import loops

_FOUND = (
    "customer_id",
    "conversation_id",
    "channel",
    "subject",
    "refs",
    "public",
    "opened_at",
    "answered_at",
    "closed_at",
    "closing_id",
    "closed_why",
)
"""What follows from the interactions; the rest is the agents' own."""
_BY_HAND = and_(loops.c.closed_at.is_not(None), loops.c.closing_id.is_(None))


class Changes:
    """What a replay found to be different; `apply` writes it."""

    def __init__(self, fresh: list[Loop], changed: list[Loop], gone: list[UUID]) -> None:
        self.fresh = fresh
        self.changed = changed
        self.gone = gone

    def __len__(self) -> int:
        return len(self.fresh) + len(self.changed) + len(self.gone)


class Loops:
    """Reads and writes loops on one connection, inside its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # What follows from the interactions

    def replay(self, scope: Scope) -> Changes:
        """Compare what should be open in a scope with what is; writes nothing."""
        stored = self._touching(scope)
        known = {item.conversation_id for item in stored.values() if item.conversation_id}
        events = LoopEvents(self._connection).read(scope, known)
        read = known | scope.conversations
        read |= {item.conversation_id for item in events if item.conversation_id}
        stored |= self._where(loops.c.conversation_id, read, scope)
        settled = [item for item in stored.values() if item.by_hand]
        before = [
            _as_of(item, scope.since)
            for item in stored.values()
            if not item.by_hand and scope.since and item.opened_at < scope.since
        ]
        found = [loop for loop in follow(events, before, settled) if _belongs(loop, scope, read)]
        return _compare(found, [item for item in stored.values() if _belongs(item, scope, read)])

    def apply(self, changes: Changes) -> None:
        """Write what a replay found; what an agent settled meanwhile stays settled."""
        for chunk in chunks(changes.gone):
            self._connection.execute(delete(loops).where(loops.c.id.in_(chunk), ~_BY_HAND))
        if changes.changed:
            self._connection.execute(_updating(), [_key_row(item) for item in changes.changed])
        for part in chunks(sorted(changes.fresh, key=lambda item: item.origin_id)):
            self._connection.execute(self._inserting(), [_row(item) for item in part])

    def follow_contact(self, customer_id: UUID | None, interaction_id: UUID, at: datetime) -> None:
        """Bring the loops of one customer up to date from `at` on, in this transaction."""
        group = Merges(self._connection).group(customer_id) if customer_id else ()
        people = dict.fromkeys(group, group[0]) if group else {}
        loose = frozenset() if people else frozenset({interaction_id})
        self.apply(self.replay(Scope(people, loose=loose, since=at)))

    def _touching(self, scope: Scope) -> dict[UUID, Loop]:
        alone = self._where(loops.c.origin_id, scope.loose, scope)
        return self._where(loops.c.customer_id, scope.people, scope) | alone

    def _where(
        self, column: ColumnElement[UUID], values: Iterable[UUID], scope: Scope
    ) -> dict[UUID, Loop]:
        found: dict[UUID, Loop] = {}
        for chunk in chunks(values):
            query = select(loops).where(column.in_(chunk), *_alive(scope.since))
            for row in self._connection.execute(query):
                found[row.id] = _loop(row, scope)
        return found

    def _inserting(self) -> Any:
        made = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = made.insert(loops)
        return statement.on_conflict_do_update(
            index_elements=["origin_id", "kind"],
            set_={name: statement.excluded[name] for name in _FOUND},
            where=~_BY_HAND,
        )

    # What agents do

    def get(self, loop_id: UUID) -> Loop | None:
        """Return one loop."""
        row = self._connection.execute(select(loops).where(loops.c.id == loop_id)).one_or_none()
        return _loop(row, Scope()) if row else None

    def settle(self, loop_id: UUID, why: str, by: str, at: datetime) -> Loop:
        """Close a loop by an agent's word, with everything that belongs to the same origin.

        Raises:
            UserError: it is closed already, or gone.
        """
        loop = self._open(loop_id)
        values = {"closed_at": at, "closed_why": why, "closed_by": by}
        self._connection.execute(update(loops).where(loops.c.id == loop_id).values(values))
        return replace(loop, closed_at=at, closed_why=why, closed_by=by)

    def reopen(self, loop_id: UUID) -> Loop | None:
        """Take an agent's word back; return the loop, None when there is nothing to take back."""
        changed = update(loops).where(loops.c.id == loop_id, _BY_HAND)
        values = {"closed_at": None, "closed_why": "", "closed_by": ""}
        self._connection.execute(changed.values(values))
        return self.get(loop_id)

    def assign(self, loop_ids: Iterable[UUID], owner: str) -> None:
        """Give loops to an agent; an empty name gives them back to all."""
        for chunk in chunks(loop_ids):
            self._connection.execute(update(loops).where(loops.c.id.in_(chunk)).values(owner=owner))

    def snooze(self, loop_id: UUID, until: datetime | None) -> None:
        """Hide a loop until a time; None shows it again."""
        changed = update(loops).where(loops.c.id == loop_id)
        self._connection.execute(changed.values(snoozed_until=until))

    def _open(self, loop_id: UUID) -> Loop:
        loop = self.get(loop_id)
        if loop is None or loop.closed_at is not None:
            raise UserError("This is no longer open: somebody was faster, or it was answered.")
        return loop


def _alive(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    if since is None:
        return ()
    return (
        or_(
            loops.c.opened_at >= since,
            loops.c.closed_at.is_(None),
            loops.c.closed_at >= since,
        ),
    )


def _as_of(loop: Loop, moment: datetime | None) -> Loop:
    """Return a loop as it stood just before a moment at which it was open."""
    answered = loop.answered_at
    kept = answered if answered and moment and answered < moment else None
    return replace(loop, closed_at=None, closing_id=None, closed_why="", answered_at=kept)


def _belongs(loop: Loop, scope: Scope, conversations: set[UUID]) -> bool:
    """Tell whether this scope alone decides about a loop."""
    if loop.origin_id in scope.loose or loop.customer_id in scope.people:
        return True
    return loop.customer_id is None and loop.conversation_id in conversations


def _compare(found: Sequence[Loop], stored: Sequence[Loop]) -> Changes:
    by_key = {(item.origin_id, item.kind): item for item in stored}
    fresh, changed = [], []
    for loop in found:
        old = by_key.pop((loop.origin_id, loop.kind), None)
        if old is None:
            fresh.append(loop)
        elif not old.by_hand and _differ(old, loop):
            changed.append(replace(loop, id=old.id))
    gone = [item for item in by_key.values() if not item.by_hand]
    return Changes(
        [_inherits(loop, gone) for loop in fresh],
        changed,
        [item.id for item in gone if item.id],
    )


def _differ(old: Loop, new: Loop) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in _FOUND)


def _inherits(loop: Loop, gone: Sequence[Loop]) -> Loop:
    """Give a loop whose first message turned out to be an earlier one what agents did to it."""
    for old in gone:
        same = (old.kind, old.thread) == (loop.kind, loop.thread)
        if same and old.opened_at >= loop.opened_at and (old.owner or old.snoozed_until):
            return replace(loop, owner=old.owner, snoozed_until=old.snoozed_until)
    return loop


def _row(loop: Loop) -> dict[str, Any]:
    row = {name: getattr(loop, name) for name in _FOUND}
    row |= {"refs": " ".join(sorted(loop.refs)), "id": loop.id or new_id(), "kind": loop.kind}
    row |= {"origin_id": loop.origin_id, "owner": loop.owner, "closed_by": loop.closed_by}
    return row | {"snoozed_until": loop.snoozed_until}


def _key_row(loop: Loop) -> dict[str, Any]:
    row = _row(loop)
    return {"key": loop.id} | {f"new_{name}": row[name] for name in _FOUND}


def _updating() -> Any:
    values = {name: bindparam(f"new_{name}", type_=loops.c[name].type) for name in _FOUND}
    return update(loops).where(loops.c.id == bindparam("key"), ~_BY_HAND).values(values)


def _loop(row: Row[Any], scope: Scope) -> Loop:
    given = row._asdict()
    given["refs"] = frozenset(row.refs.split())
    return Loop(**given, person=scope.people.get(row.customer_id, row.customer_id))
