# SPDX-License-Identifier: Apache-2.0
"""One file for each error that nobody expected, so that support can see what happened."""

import faulthandler
import itertools
import logging
import platform
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from agentassist.diagnostics.redaction import describe

MAX_REPORTS = 20
_FAULTS = "native-faults.txt"
_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class CrashReporter:
    """Writes reports into `folder` and keeps the newest twenty.

    `install` takes the hooks of the interpreter and of its threads over, and lets
    faulthandler note faults of native code; `close` gives them back. `noticed` is
    called with the path of each report, on the thread that failed.
    """

    def __init__(
        self,
        folder: Path,
        version: str,
        noticed: Callable[[Path], None] | None = None,
        now: Clock = _utc_now,
    ) -> None:
        self._folder = folder
        self._version = version
        self._noticed = noticed
        self._now = now
        self._numbers = itertools.count(1)
        self._hooks = sys.excepthook, threading.excepthook
        self._faults = folder / _FAULTS
        self._restore_faulthandler: Callable[[], None] | None = None

    def install(self) -> None:
        """Start to report; a native fault of the run before becomes a report now.

        Raises:
            OSError: the folder cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._collect_fault()
        before = faulthandler.is_enabled()
        file = self._faults.open("ab")
        faulthandler.enable(file)
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._unexpected
        threading.excepthook = self._unexpected_in_thread

        def restore() -> None:
            faulthandler.disable()
            file.close()
            if before and sys.__stderr__ is not None:
                faulthandler.enable(sys.__stderr__)

        self._restore_faulthandler = restore

    def report(self, error: BaseException, thread: str = "") -> Path | None:
        """Write a report; None when the disk does not take it."""
        at = self._now()
        name = f"crash-{at:%Y%m%d-%H%M%S}-{next(self._numbers):03}.txt"
        text = (
            f"agentassist {self._version}, Python {platform.python_version()},"
            f" {platform.platform()}\n"
            f"{at.isoformat(timespec='seconds')}"
            f" in {thread or threading.current_thread().name}\n\n{describe(error)}"
        )
        try:
            path = self._write(name, text)
        except OSError:
            _log.error("an unexpected error could not be reported: %s", type(error).__name__)
            return None
        _log.error("an unexpected error is described in %s", name)
        if self._noticed is not None:
            self._noticed(path)
        return path

    def reports(self) -> tuple[Path, ...]:
        """Return the reports that are kept, oldest first."""
        return tuple(sorted(self._folder.glob("crash-*.txt")))

    def close(self) -> None:
        """Give the hooks back."""
        if self._restore_faulthandler is None:
            return
        self._restore_faulthandler()
        self._restore_faulthandler = None
        sys.excepthook, threading.excepthook = self._hooks
        if self._faults.exists() and not self._faults.stat().st_size:
            self._faults.unlink()

    def _write(self, name: str, text: str) -> Path:
        path = self._folder / name
        path.write_text(text, encoding="utf-8")
        for old in self.reports()[:-MAX_REPORTS]:
            old.unlink(missing_ok=True)
        return path

    def _collect_fault(self) -> None:
        # It holds file and function names only: faulthandler cannot write values.
        if self._faults.exists() and self._faults.stat().st_size:
            at = datetime.fromtimestamp(self._faults.stat().st_mtime, UTC)
            self._faults.replace(self._folder / f"crash-{at:%Y%m%d-%H%M%S}-native.txt")

    def _unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
        else:
            self.report(error)

    def _unexpected_in_thread(self, told: "threading.ExceptHookArgs") -> None:
        if told.exc_value is not None and not issubclass(told.exc_type, SystemExit):
            self.report(told.exc_value, told.thread.name if told.thread else "")
