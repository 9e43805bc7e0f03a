# SPDX-License-Identifier: Apache-2.0
"""What is not finished with a customer, and how it follows from what was said.

`follow` is a function of the contacts alone: in whatever order and batches they arrive, the
same loops come out. What an agent settles by hand is the only thing it is told beside them.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from agentassist.domain.history import Channel

_LATEST_MS = 250_000_000_000_000  # the year 9892: datetime ends soon after
PATIENCE = timedelta(days=30)
"""Where no conversation joins them, what comes later than this is about something else."""


class LoopKind(StrEnum):
    """Why something is open.

    `UNANSWERED`: a message to us without an answer. `COMPLAINT`: solved only when the
    customer says so. `PROMISE`: something we said we would do.
    """

    UNANSWERED = "unanswered"
    COMPLAINT = "complaint"
    PROMISE = "promise"


class Why(StrEnum):
    """Why a loop closed by itself; anything else in its place is an agent's own reason."""

    ANSWERED = "answered"
    CONFIRMED = "customer confirmed"
    SOURCE = "solved where it came from"


@dataclass(frozen=True, slots=True)
class Event:
    """What one contact means for the loops of its customer.

    `person` is the customer with merges resolved, `customer_id` the one the record names.
    `answers`: we spoke; `asks`: it waits for us; `solved`: its source calls it done;
    `complains` and `confirms` are the customer's words. `refs` are order numbers in it.
    """

    id: UUID
    at: datetime
    channel: Channel
    customer_id: UUID | None = None
    person: UUID | None = None
    conversation_id: UUID | None = None
    subject: str = ""
    answers: bool = False
    asks: bool = False
    solved: bool = False
    complains: bool = False
    confirms: bool = False
    public: bool = False
    refs: frozenset[str] = frozenset()

    @property
    def thread(self) -> Hashable:
        """Where an answer is looked for: a conversation, else a person on a channel."""
        return thread_of(self.conversation_id, self.person, self.channel, self.id)


@dataclass(frozen=True, slots=True)
class Loop:
    """Something open, or how it was closed. Times are aware, UTC.

    `origin_id` is the contact that opened it, `closing_id` the one that closed it; an agent
    who settled it by hand leaves `closing_id` empty. `answered_at` is when a complaint got
    its first answer: only after that does the customer's thanks close it.
    """

    kind: LoopKind
    channel: Channel
    origin_id: UUID
    opened_at: datetime
    customer_id: UUID | None = None
    person: UUID | None = None
    conversation_id: UUID | None = None
    subject: str = ""
    refs: frozenset[str] = frozenset()
    public: bool = False
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    closed_why: str = ""
    closing_id: UUID | None = None
    closed_by: str = ""
    owner: str = ""
    snoozed_until: datetime | None = None
    id: UUID | None = None

    @property
    def thread(self) -> Hashable:
        """Where an answer is looked for."""
        return thread_of(self.conversation_id, self.person, self.channel, self.origin_id)

    def waits_for(self, event: "Event") -> bool:
        """Tell whether what happens now can still have to do with it."""
        return self.conversation_id is not None or event.at - self.opened_at <= PATIENCE

    @property
    def by_hand(self) -> bool:
        """True when an agent settled it: nothing that arrives later opens it again."""
        return self.closed_at is not None and self.closing_id is None


def thread_of(
    conversation: UUID | None, person: UUID | None, channel: Channel, own: UUID
) -> Hashable:
    """Return what contacts that belong together have in common."""
    return conversation or ((person, channel) if person else own)


def arrival(key: UUID) -> datetime:
    """Return when a record was made: the milliseconds in a UUIDv7 (RFC 9562, 5.7).

    Of a key of another kind it is any time, but always one.
    """
    return datetime.fromtimestamp(min(key.int >> 80, _LATEST_MS) / 1000, UTC)


def follow(
    events: Iterable[Event], before: Iterable[Loop] = (), settled: Iterable[Loop] = ()
) -> list[Loop]:
    """Return the loops of these events, open and closed, the first opened first.

    Args:
        events: every contact from some moment on, any order.
        before: the loops that were open at that moment.
        settled: what agents closed by hand; it covers what had arrived by then.
    """
    book = _Book(settled)
    for loop in sorted(before, key=lambda item: (item.opened_at, item.origin_id)):
        book.open(loop)
    for event in sorted(events, key=lambda item: (item.at, item.id)):
        book.take(event)
    return sorted(book.all(), key=lambda item: (item.opened_at, item.origin_id))


class _Book:
    """The loops as they stand after the events taken so far."""

    def __init__(self, settled: Iterable[Loop]) -> None:
        self._open: dict[tuple[LoopKind, Hashable], Loop] = {}
        self._by_person: dict[UUID, set[tuple[LoopKind, Hashable]]] = {}
        self._rest: list[Loop] = []
        self._settled: dict[tuple[LoopKind, Hashable], list[Loop]] = {}
        for loop in settled:
            self._settled.setdefault((loop.kind, loop.thread), []).append(loop)

    def all(self) -> list[Loop]:
        return [*self._rest, *self._open.values()]

    def open(self, loop: Loop) -> None:
        key = (loop.kind, loop.thread)
        self._give_up(key)
        self._open[key] = loop
        if loop.person and loop.refs:
            self._by_person.setdefault(loop.person, set()).add(key)

    def take(self, event: Event) -> None:
        for kind in LoopKind:
            known = self._open.get((kind, event.thread))
            if known is not None and not known.waits_for(event):
                self._give_up((kind, event.thread))
        if event.complains:
            self._raise(LoopKind.COMPLAINT, event)
        if event.answers or event.solved:
            self._answer(event)
        if event.asks:
            self._raise(LoopKind.UNANSWERED, event)
        if event.confirms and not event.complains:
            self._confirm(event)

    def _give_up(self, key: tuple[LoopKind, Hashable]) -> None:
        """Leave a loop open for good: what comes now belongs to another one."""
        if loop := self._forget(key):
            self._rest.append(loop)

    def _forget(self, key: tuple[LoopKind, Hashable]) -> Loop | None:
        loop = self._open.pop(key, None)
        if loop and loop.person:
            self._by_person.get(loop.person, set()).discard(key)
        return loop

    def _raise(self, kind: LoopKind, event: Event) -> None:
        if (kind, event.thread) not in self._open and not self._covered(kind, event):
            self.open(_opened(kind, event))

    def _covered(self, kind: LoopKind, event: Event) -> bool:
        seen = arrival(event.id)
        return any(
            loop.closed_at is not None
            and seen <= loop.closed_at
            and (loop.opened_at, loop.origin_id) <= (event.at, event.id)
            for loop in self._settled.get((kind, event.thread), ())
        )

    def _answer(self, event: Event) -> None:
        why = Why.ANSWERED if event.answers else Why.SOURCE
        waiting = self._waiting(event)
        for kind, thread in waiting:
            loop = self._open[kind, thread]
            if kind is LoopKind.UNANSWERED:
                self._close(loop, event, why)
            elif event.answers and loop.answered_at is None:
                self._open[kind, thread] = replace(loop, answered_at=event.at)
        nothing = (LoopKind.UNANSWERED, event.thread) not in waiting
        if event.solved and nothing and not self._covered(LoopKind.UNANSWERED, event):
            self._close(_opened(LoopKind.UNANSWERED, event), event, why)

    def _confirm(self, event: Event) -> None:
        for kind, thread in self._waiting(event):
            loop = self._open[kind, thread]
            if kind is LoopKind.COMPLAINT and loop.answered_at is not None:
                self._close(loop, event, Why.CONFIRMED)

    def _waiting(self, event: Event) -> list[tuple[LoopKind, Hashable]]:
        """Return the keys of what an event speaks to: its thread, or the same order."""
        here = [(kind, event.thread) for kind in LoopKind if (kind, event.thread) in self._open]
        if event.person is None or not event.refs:
            return here
        mine = self._by_person.get(event.person, ())
        return here + [
            key
            for key in mine
            if key[1] != event.thread
            and self._open[key].refs & event.refs
            and self._open[key].waits_for(event)
        ]

    def _close(self, loop: Loop, event: Event, why: Why) -> None:
        self._forget((loop.kind, loop.thread))
        self._rest.append(
            replace(loop, closed_at=event.at, closing_id=event.id, closed_why=why.value)
        )


def _opened(kind: LoopKind, event: Event) -> Loop:
    return Loop(
        kind,
        event.channel,
        event.id,
        event.at,
        event.customer_id,
        event.person,
        event.conversation_id,
        event.subject,
        event.refs,
        event.public,
    )
