# SPDX-License-Identifier: Apache-2.0
"""How many rows one transaction takes: many are fast, but a live call waits for its turn."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 0.1
"""Seconds that other writers should wait at most."""

FEWEST = 1_000
"""With fewer rows, what every transaction costs outweighs them: it would take hardly less."""
MOST = 4_000


class Pace:
    """Grows and shrinks batches by the time that the last one took.

    Attributes: `size` in rows.
    """

    def __init__(self) -> None:
        self.size = FEWEST

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Watch one transaction."""
        began = time.perf_counter()
        yield
        self.took(time.perf_counter() - began)

    def took(self, seconds: float) -> None:
        """Choose the next size after a transaction of `seconds`."""
        if seconds > LONGEST:
            self.size = max(FEWEST, self.size // 2)
        elif seconds < LONGEST / 2:
            self.size = min(MOST, self.size * 2)
