# SPDX-License-Identifier: Apache-2.0
"""The log: one rotating file, every line redacted."""

import logging
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from agentassist.diagnostics.crash import CrashReporter
from agentassist.diagnostics.redaction import describe, redact
from agentassist.errors import UserError

MAX_BYTES = 1_000_000
KEPT_FILES = 5
_FORMAT = "{asctime} {levelname} {name} [{threadName}] {message}"


class RedactingFormatter(logging.Formatter):
    """Redacts a whole line at once, traceback included, whatever a caller passed.

    A filter on the record was rejected: other handlers would see what it changed, and
    the text of an exception is made only after filters have run.
    """

    def __init__(self) -> None:
        super().__init__(_FORMAT, style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        # The text of an exception is cached on the record, where handlers share it.
        shared, record.exc_text = record.exc_text, None
        try:
            return redact(super().format(record))
        finally:
            record.exc_text = shared

    def formatException(self, ei: object) -> str:  # noqa: N802 - name of the base class
        """Return a traceback without the messages that may quote data."""
        error = ei[1] if isinstance(ei, tuple) else None
        return describe(error) if isinstance(error, BaseException) else ""


class Diagnostics:
    """The log file and the crash reports of one process, from `start` to `close`.

    The log is `folder`/agentassist.log, or another `name` for a process beside the
    desk: two processes must not rotate one file. Reports go to `folder`/crashes.
    """

    def __init__(
        self,
        folder: Path,
        version: str,
        *,
        name: str = "agentassist",
        level: int = logging.INFO,
        noticed: Callable[[Path], None] | None = None,
    ) -> None:
        self.log_file = folder / f"{name}.log"
        self.crashes = CrashReporter(folder / "crashes", version, noticed)
        self._level = level
        self._handler: RotatingFileHandler | None = None
        self._before = logging.NOTSET

    def start(self) -> None:
        """Begin to log and to report.

        Raises:
            UserError: the folder cannot be written.
        """
        try:
            self.log_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handler = RotatingFileHandler(
                self.log_file, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
            )
            self.crashes.install()
        except OSError as error:
            self.close()
            raise UserError(
                "The log folder {folder} cannot be written ({reason}). Check its permissions.",
                folder=self.log_file.parent,
                reason=error.strerror,
            ) from error
        self._handler.setFormatter(RedactingFormatter())
        logging.getLogger().addHandler(self._handler)
        ours = logging.getLogger("agentassist")
        self._before = ours.level
        ours.setLevel(self._level)
        logging.captureWarnings(capture=True)

    def close(self) -> None:
        """Stop both; may be called more than once."""
        if self._handler is None:
            return
        logging.captureWarnings(capture=False)
        logging.getLogger("agentassist").setLevel(self._before)
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        self._handler = None
        self.crashes.close()
