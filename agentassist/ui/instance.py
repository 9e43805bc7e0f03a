# SPDX-License-Identifier: Apache-2.0
"""One running desk for each user and data folder, and a line to it for other processes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from agentassist.errors import BadInput, Unavailable
from agentassist.ui.desk_commands import MAX_LINE, desk_name, read_command, write_line
from agentassist.ui.instance_lock import InstanceLock

MAX_CONNECTIONS = 16


class Instance(QObject):
    """The place of the desk, and its ear for commands of this user's other processes.

    Signals:
        command: a checked command (see `desk_commands`), on the thread that made this.
    The owner calls `claim()` once, and `close()` in the end.
    """

    command = Signal(dict)

    def __init__(
        self, data_dir: Path, *, patience_ms: int = 5_000, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.name = desk_name(data_dir)
        self._lock = InstanceLock(data_dir / "desk.lock")
        self._patience_ms = patience_ms
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self) -> bool:
        """Become the running desk; False when there is one: `send` it "raise" and leave.

        Raises:
            UserError: the data folder cannot be written.
            Unavailable: the system refuses the socket.
        """
        if not self._lock.take():
            return False
        # Who holds the lock is alone: a socket that is still there is of a desk that died.
        QLocalServer.removeServer(self.name)
        if not self._server.listen(self.name):
            self._lock.close()
            raise Unavailable(
                "Other programs cannot reach the desk ({reason}).",
                reason=self._server.errorString(),
            )
        return True

    def close(self) -> None:
        """Hang up, stop listening and make room for the next start."""
        for connection in self.findChildren(_Connection):
            connection.close()
        self._server.close()
        self._lock.close()

    def _greet(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            if len(self.findChildren(_Connection)) >= MAX_CONNECTIONS:
                socket.abort()
                socket.deleteLater()
            else:
                connection = _Connection(socket, self._patience_ms, self)
                connection.received.connect(self.command)


class _Connection(QObject):
    """One process that talks to the desk, for a few seconds at most.

    Signals:
        received: a checked command.
    Ends itself when the other side leaves, sends too much or takes too long.
    """

    received = Signal(dict)

    def __init__(self, socket: QLocalSocket, patience_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        socket.setParent(self)
        socket.setReadBufferSize(MAX_LINE + 1)
        self._socket = socket
        self._timer = QTimer(self, singleShot=True, interval=patience_ms)
        self._timer.timeout.connect(self.close)
        self._timer.start()
        socket.disconnected.connect(self.deleteLater)
        socket.readyRead.connect(self._read)
        self._read()  # the first line may have come before we listened to the signal

    def close(self) -> None:
        """Hang up."""
        self._timer.stop()
        self._socket.abort()
        self.deleteLater()

    def _read(self) -> None:
        while self._socket.canReadLine():
            self._obey(bytes(self._socket.readLine().data()))
        if self._socket.bytesAvailable() > MAX_LINE:
            self._answer({"ok": False, "error": f"A line has at most {MAX_LINE} bytes."})
            self.close()

    def _obey(self, line: bytes) -> None:
        try:
            command = read_command(line)
        except BadInput as error:
            self._answer({"ok": False, "error": str(error)})
            return
        # Answered first: the sender must not wait until the desk has acted.
        self._answer({"ok": True})
        self.received.emit(command)

    def _answer(self, answer: Mapping[str, object]) -> None:
        self._socket.write(write_line(answer))
        self._socket.flush()


def send(name: str, command: Mapping[str, str], timeout_ms: int = 2_000) -> dict[str, Any]:
    """Tell the desk called `name` (see `desk_name`) a command and return its answer.

    Blocks, and every other Python thread with it, because Qt waits without letting go of
    the interpreter: for the command line and for a second start. Needs no event loop and
    no application object.

    Raises:
        Unavailable: no desk is running, or it does not answer in time.
        UserError: the command is too long.
    """
    line = write_line(command)
    deadline = QDeadlineTimer(timeout_ms)
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(timeout_ms):
        raise Unavailable("The desk is not running. Start it with: agentassist")
    try:
        socket.write(line)
        while not socket.canReadLine():
            if not socket.waitForReadyRead(max(int(deadline.remainingTime()), 0)):
                raise Unavailable("The desk does not answer. Wait a moment and try again.")
        answer: dict[str, Any] = json.loads(bytes(socket.readLine().data()))
        return answer
    finally:
        socket.abort()
