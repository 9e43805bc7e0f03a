# SPDX-License-Identifier: Apache-2.0
"""The queue of everything unanswered: kept up to date, read, and worked off."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.age_clock import AgeClock
from agentassist.domain.clock import utc_now
from agentassist.domain.history import Channel
from agentassist.domain.loop import Loop, LoopKind, Why
from agentassist.domain.promise import Promise
from agentassist.domain.queue import QueueItem, by_urgency
from agentassist.domain.waiting import never, silent
from agentassist.errors import UserError
from agentassist.services.loop_upkeep import LoopUpkeep, Step
from agentassist.services.ownership import give
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.loop_queue import LoopQueue, Whose
from agentassist.storage.loops import Loops

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_SHOWN = 20_000
_PROMISES_AHEAD = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class QueueRules:
    """How long things may wait, and how many days back the queue looks."""

    clock: AgeClock = field(default_factory=AgeClock)
    days: int = 30


class OpenLoops:
    """Reads and settles what is open. `agent` is who works here."""

    def __init__(
        self,
        database: Database,
        rules: QueueRules = QueueRules(),
        agent: str = "",
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._rules = rules
        self._agent = agent
        self._now = now
        self._upkeep = LoopUpkeep(database, now)

    def refresh(self, step: Step = silent, cancelled: Callable[[], bool] = never) -> int:
        """Read what is new, the whole history when it never was; return how many loops changed.

        Args:
            step: is told how many of how many customers were read, while that takes long.
            cancelled: is asked between batches.

        Raises:
            Cancelled: it was stopped; what was read is kept, and the next call goes on there.
        """
        return self._upkeep.refresh(step, cancelled)

    def rebuild(self, step: Step = silent, cancelled: Callable[[], bool] = never) -> int:
        """Read the whole history again; what agents settled stays settled."""
        return self._upkeep.rebuild(step, cancelled)

    def queue(self) -> tuple[QueueItem, ...]:
        """Return everything that is open, the most urgent first."""
        now = self._now()
        with self._database.reading() as connection:
            reading = LoopQueue(connection)
            since = now - timedelta(days=self._rules.days)
            loops = reading.loops(now, since, MOST_SHOWN)
            promises = reading.promises(now + _PROMISES_AHEAD, MOST_SHOWN)
            owners = {item.customer_id for item in loops if item.customer_id}
            owners |= {item.customer_id for item in promises}
            whose = reading.whose(owners)
        items = [self._loop_item(loop, twin, whose) for loop, twin in _joined(loops)]
        items += [self._promise_item(promise, whose) for promise in promises]
        return tuple(by_urgency(items, now))

    def done(self, item: QueueItem, why: str) -> None:
        """Settle a line by the agent's word: a loop with its reason, a promise as kept.

        A complaint that is unanswered too stays open as a complaint, unless the reason is
        that the customer confirmed.
        """
        now = self._now()
        keys = item.keys if why == Why.CONFIRMED else item.keys[:1]
        with self._database.transaction() as connection:
            if item.kind is LoopKind.PROMISE:
                History(connection).keep_promise(item.id, now)
                self._log(connection, "promise kept", item.id, {"why": why})
                return
            for key in keys:
                Loops(connection).settle(key, why, self._agent, now)
                self._log(connection, "loop closed", key, {"why": why})

    def undo_done(self, item: QueueItem) -> None:
        """Open a line again that was settled by mistake."""
        with self._database.transaction() as connection:
            self._log(connection, "loop opened again", item.id, {})
            if item.kind is LoopKind.PROMISE:
                LoopQueue(connection).take_back_kept(item.id)
                return
            loops = Loops(connection)
            for loop in filter(None, map(loops.reopen, item.keys)):
                loops.follow_contact(loop.customer_id, loop.origin_id, loop.opened_at)

    def assign(self, item: QueueItem, owner: str) -> None:
        """Give a line to somebody; an empty name gives a loop back to all."""
        with self._database.transaction() as connection:
            for key in item.keys:
                give(connection, key, owner, self._agent)

    def snooze(self, item: QueueItem, until: datetime | None) -> None:
        """Hide a loop until a time; a promise has its own."""
        if item.kind is not LoopKind.PROMISE:
            with self._database.transaction() as connection:
                for key in item.keys:
                    Loops(connection).snooze(key, until)

    def find(self, text: str) -> QueueItem:
        """Return the line of the queue whose id begins with, or ends in, a text.

        Raises:
            UserError: there is none, or more than one.
        """
        wanted = text.strip().casefold()
        found = [item for item in self.queue() if _is_named(item, wanted)]
        if len(found) != 1 or not wanted:
            raise UserError(
                "{count} open loops fit {text}: give the id that `loops list` prints.",
                count=len(found),
                text=text[:40],
            )
        return found[0]

    def _loop_item(self, loop: Loop, complaint: Loop | None, whose: dict[UUID, Whose]) -> QueueItem:
        owner = whose.get(loop.customer_id) if loop.customer_id else None
        assert loop.id is not None  # noqa: S101  it was stored
        return QueueItem(
            id=loop.id,
            kind=loop.kind,
            channel=loop.channel,
            subject=loop.subject,
            opened_at=loop.opened_at,
            due_at=self._rules.clock.due(loop.channel, loop.opened_at),
            customer_id=owner.id if owner else None,
            name=owner.name if owner else "",
            tier=owner.tier if owner else "",
            owner=loop.owner or (complaint.owner if complaint else ""),
            origin_id=loop.origin_id,
            conversation_id=loop.conversation_id,
            public=loop.public,
            complaint=complaint is not None or loop.kind is LoopKind.COMPLAINT,
            twin=complaint.id if complaint else None,
            answered=loop.answered_at is not None,
        )

    def _promise_item(self, promise: Promise, whose: dict[UUID, Whose]) -> QueueItem:
        owner = whose.get(promise.customer_id)
        return QueueItem(
            id=promise.id,
            kind=LoopKind.PROMISE,
            channel=Channel.NOTE,
            subject=promise.text,
            opened_at=promise.made_at,
            due_at=promise.due_at,
            customer_id=owner.id if owner else None,
            name=owner.name if owner else "",
            tier=owner.tier if owner else "",
            owner=promise.owner,
        )

    def _log(
        self, connection: "Connection", kind: str, key: UUID, details: dict[str, object]
    ) -> None:
        Audit(connection).append(kind, self._agent, str(key), details)


def _joined(loops: Iterable[Loop]) -> Iterator[tuple[Loop, Loop | None]]:
    """Yield each loop, a complaint that waits for an answer as one with its message."""
    complaints = {item.thread: item for item in loops if item.kind is LoopKind.COMPLAINT}
    for loop in loops:
        if loop.kind is LoopKind.UNANSWERED:
            yield loop, complaints.pop(loop.thread, None)
    for loop in complaints.values():
        yield loop, None


def _is_named(item: QueueItem, wanted: str) -> bool:
    names = {str(key) for key in item.keys} | {key.hex for key in item.keys}
    return any(name.startswith(wanted) or name.endswith(wanted) for name in names)
