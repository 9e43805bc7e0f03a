# SPDX-License-Identifier: Apache-2.0
"""When Python looks for unreachable cycles: it stops every thread, the window's too."""

import gc
from collections.abc import Iterable

from PySide6.QtCore import SignalInstance

# Python's own thresholds (700, 10, 10) collect everything several times in a start.
_THRESHOLDS = (20_000, 10, 20)


def collect_rarely(settled: Iterable[SignalInstance]) -> None:
    """Collect less often, and never again what is there when one of these signals comes.

    After a start that is 115,000 objects of libraries and indexes, which live as long as
    the process: going through them took 50-117 ms each time.
    """
    gc.set_threshold(*_THRESHOLDS)
    for signal in settled:
        signal.connect(lambda: gc.freeze())
