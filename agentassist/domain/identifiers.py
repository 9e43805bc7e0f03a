# SPDX-License-Identifier: Apache-2.0
"""Keys that sort by the time they were made."""

import os
import time
from threading import Lock
from uuid import UUID

_SEQUENCE_BITS = 12


class _Ticks:
    """Milliseconds and a counter within each, never going back (method 1 of section 6.2)."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._milliseconds = 0
        self._sequence = 0

    def next(self) -> tuple[int, int]:
        with self._lock:
            now = max(time.time_ns() // 1_000_000, self._milliseconds)
            self._sequence = self._sequence + 1 if now == self._milliseconds else 0
            if self._sequence >> _SEQUENCE_BITS:
                now, self._sequence = now + 1, 0
            self._milliseconds = now
            return now, self._sequence


_ticks = _Ticks()


def new_id() -> UUID:
    """Return a UUIDv7 (RFC 9562, section 5.7), strictly increasing within this process."""
    milliseconds, sequence = _ticks.next()
    head = milliseconds << 80 | 0x7 << 76 | sequence << 64
    return UUID(int=head | 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2)
