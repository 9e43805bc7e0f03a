# SPDX-License-Identifier: Apache-2.0
"""What every source of call events has in common, and how it tells how it fares."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from threading import Lock
from typing import Protocol

from agentassist.domain.call import CallEvent

Emit = Callable[[CallEvent], None]
Clock = Callable[[], datetime]


class AdapterState(StrEnum):
    """Where an adapter is in its life; it is used once and not started again."""

    READY = "ready"
    RUNNING = "running"
    FAILED = "failed"
    CLOSED = "closed"


class IgnoredReason(StrEnum):
    """Why something that arrived led to no call event."""

    BAD_TOKEN = "bad token"  # noqa: S105 - the word for the fault, not a secret
    FOREIGN_ORIGIN = "foreign origin"
    WRONG_HOST = "wrong host"
    WRONG_METHOD = "wrong method"
    WRONG_PATH = "wrong path"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    TOO_MANY = "too many at once"
    MALFORMED = "malformed"
    OTHER_AGENT = "for another agent"


@dataclass(frozen=True, slots=True)
class AdapterStatus:
    """A snapshot for the connection page and the status chip.

    `address` is where a sender has to go, without the token; `events` counts what was
    emitted and `ignored` what was not, by reason. Times are aware, UTC.
    """

    name: str
    state: AdapterState
    address: str = ""
    events: int = 0
    last_event: CallEvent | None = None
    ignored: Mapping[IgnoredReason, int] = field(default_factory=dict)
    last_ignored: IgnoredReason | None = None
    last_ignored_at: datetime | None = None


class Adapter(Protocol):
    """A source of call events.

    The owner calls `start` once and `close` in the end; both may be called on any
    thread but that of the adapter itself, and `close` any number of times.
    """

    @property
    def name(self) -> str:
        """Return a short word that names the source in settings and in the status."""

    def start(self, emit: Emit) -> None:
        """Begin to call `emit`, on a thread of the adapter.

        Raises:
            Unavailable: the adapter cannot run now; the sentence says why.
            RuntimeError: it was started or closed before.
        """

    def status(self) -> AdapterStatus:
        """Return how it fares; may be called on any thread, in any state."""

    def close(self) -> None:
        """Stop and join the thread: nothing is emitted once this has returned."""


def utc_now() -> datetime:
    """Return the time of the machine, aware, UTC."""
    return datetime.now(UTC)


class Ledger:
    """Counts what an adapter did; may be written and read on any thread."""

    def __init__(self, name: str, now: Clock = utc_now) -> None:
        self._lock = Lock()
        self._name = name
        self._now = now
        self._state = AdapterState.READY
        self._address = ""
        self._events = 0
        self._last_event: CallEvent | None = None
        self._ignored: Counter[IgnoredReason] = Counter()
        self._last_ignored: tuple[IgnoredReason, datetime] | None = None

    def begin(self) -> None:
        """Go from ready to running.

        Raises:
            RuntimeError: the adapter was started or closed before.
        """
        with self._lock:
            if self._state is not AdapterState.READY:
                raise RuntimeError(f"adapter {self._name} is {self._state}, not ready")
            self._state = AdapterState.RUNNING

    def reached(self, state: AdapterState, address: str = "") -> None:
        """Note a new state and where senders have to go."""
        with self._lock:
            self._state = state
            self._address = address

    def emitted(self, event: CallEvent) -> None:
        """Count an event that was passed on."""
        with self._lock:
            self._events += 1
            self._last_event = event

    def ignore(self, reason: IgnoredReason) -> None:
        """Count something that was not passed on."""
        with self._lock:
            self._ignored[reason] += 1
            self._last_ignored = (reason, self._now())

    def status(self) -> AdapterStatus:
        """Return a snapshot."""
        with self._lock:
            reason, at = self._last_ignored or (None, None)
            return AdapterStatus(
                name=self._name,
                state=self._state,
                address=self._address,
                events=self._events,
                last_event=self._last_event,
                ignored=dict(self._ignored),
                last_ignored=reason,
                last_ignored_at=at,
            )
