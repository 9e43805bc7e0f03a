# SPDX-License-Identifier: Apache-2.0
"""A lock on a file that the system itself frees when its holder dies, however it dies.

QLockFile was rejected: it judges by the process id in the file, and after a kill -9 a
new process with the same id and name would hold the lock for ever.
"""

import os
import sys
from pathlib import Path

from agentassist.errors import UserError

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """Held by at most one process; the owner calls `close()`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Take the lock; False when another process has it.

        Raises:
            UserError: the file cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise UserError(
                "The folder {folder} cannot be written ({reason})."
                " Check its permissions or choose another with --data-dir.",
                folder=self._path.parent,
                reason=error.strerror,
            ) from error
        try:
            _take(handle)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def close(self) -> None:
        """Free the lock; the file stays, because removing it would race with the next start."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
