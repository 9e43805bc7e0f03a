# SPDX-License-Identifier: Apache-2.0
"""A connection to an IMAP server that is not trusted: bounded in time and in bytes.

The client of the standard library believes the sizes that a server announces, and waits for
each byte anew. Here every talk has a deadline and a budget, and a literal a greatest size.
"""

import imaplib
import socket
import ssl
from time import monotonic
from typing import Any

from agentassist.errors import Unavailable

GREATEST_LITERAL = 12_000_000
"""The longest literal that is taken, in bytes: a mail and some room."""
_LONGEST_LINE = 8_000_000
_PIECE = 64 * 1024
_KEEP_ALIVE = 60


class MailServerFault(Unavailable):
    """The mail server hangs, ends, or answers what it should not; trying again may help."""


class BoundedClient(imaplib.IMAP4):
    """Reads within the limits of `allow`; `ended` tells that the server closed the line.

    Raises MailServerFault beyond them.
    """

    _until: float
    _left: int
    _ahead: bytearray
    ended: bool

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect; what the server says first has the limits of one short answer."""
        self._ahead = bytearray()
        self._waited = timeout or 0.0
        self.ended = False
        self.allow(2 * self._waited, _PIECE)
        super().open(host, port, timeout)
        # A line that died while nothing is said is noticed by the system, not after half an hour.
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_KEEPIDLE"):
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _KEEP_ALIVE)

    def allow(self, seconds: float, most: int) -> None:
        """Begin a talk that may last so long and bring so many bytes."""
        self._until = monotonic() + seconds
        self._left = most

    def read(self, size: int) -> bytes:
        """Return exactly `size` bytes, as the library asks for a literal."""
        if size > min(GREATEST_LITERAL, self._left + len(self._ahead)):
            raise _too_much(self.host)
        while len(self._ahead) < size:
            self._fill()
        return self._take(size)

    def readline(self) -> bytes:
        """Return a line with its end."""
        searched = 0
        while (end := self._ahead.find(b"\n", searched)) < 0:
            searched = len(self._ahead)
            if searched > _LONGEST_LINE:
                raise _too_much(self.host)
            self._fill()
        return self._take(end + 1)

    def lines_now(self) -> list[bytes]:
        """Return the lines that have arrived, without waiting for more."""
        lines: list[bytes] = []
        self.sock.settimeout(0)
        try:
            while True:
                lines.append(self.readline())
        except (BlockingIOError, ssl.SSLWantReadError):
            return lines
        finally:
            self.sock.settimeout(self._waited)

    def has_lines(self) -> bool:
        """Say whether something has arrived that was not looked at."""
        pending = self.sock.pending() if isinstance(self.sock, ssl.SSLSocket) else 0
        return bool(pending) or b"\n" in self._ahead

    def begin_idle(self) -> bytes:
        """Ask to be told of changes (RFC 2177) and return the tag; the server may tell first."""
        tag: bytes = self._command("IDLE")
        while self._get_response() is not None:
            if self.tagged_commands.get(tag):
                raise self.error("IDLE was refused")
        return tag

    def end_idle(self, tag: bytes) -> None:
        """Ask for no more."""
        self.send(b"DONE\r\n")
        self._command_complete("IDLE", tag)

    def told_of_mail(self) -> bool:
        """Say whether the server told of mail since this was asked last."""
        return self.response("EXISTS")[1] != [None]

    def _take(self, size: int) -> bytes:
        taken = bytes(memoryview(self._ahead)[:size])
        del self._ahead[:size]
        return taken

    def _fill(self) -> None:
        if monotonic() > self._until:
            raise TimeoutError("too slow")
        piece = self.sock.recv(_PIECE)
        if not piece:
            self.ended = True
            raise MailServerFault("The mail server {host} closed the connection.", host=self.host)
        self._left -= len(piece)
        if self._left < 0:
            raise _too_much(self.host)
        self._ahead += piece


class BoundedTlsClient(BoundedClient):
    """The same over TLS: the certificate must be one that the system, or `context`, trusts."""

    def __init__(self, host: str, port: int, timeout: float, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(host, port, timeout)

    def _create_socket(self, timeout: float | None) -> Any:
        plain = socket.create_connection((self.host, self.port), timeout)
        try:
            return self._context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def _too_much(host: str) -> MailServerFault:
    return MailServerFault("The mail server {host} sends more than it was asked for.", host=host)
