# SPDX-License-Identifier: Apache-2.0
"""A mailbox on an IMAP server (RFC 3501), which is only looked at.

Folders are opened with EXAMINE and mails fetched with BODY.PEEK, so that nothing is marked
as read or changed. imap-tools speaks the grammar; `imap_client.py` limits what the server may
do. New mail is waited for with IDLE (RFC 2177).
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import monotonic

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError
from imap_tools.idle import get_socket_poller

from agentassist.errors import UserError
from agentassist.intake.imap_client import BoundedClient, BoundedTlsClient, MailServerFault
from agentassist.intake.imap_mails import FetchedMail, mails_in, sizes_in
from agentassist.intake.mail import MAX_MAIL
from agentassist.intake.mail_folders import sent_folder

IDLE_SECONDS = 29 * 60
"""How long one IDLE lasts: a server may end it after half an hour."""
BATCH_MAILS = 100
_BATCH_BYTES = 8_000_000
_FETCHED_BYTES = 64_000_000
_LISTED_BYTES = 32_000_000
_SHORT_BYTES = 1_000_000
_SLICE = 1
_MOST_UIDS = 10_000_000
_LATER = re.compile(rb"UNAVAILABLE|INUSE|LIMIT|SERVERBUG", re.IGNORECASE)
_GARBAGE = (ImapToolsError, ValueError, AttributeError, IndexError, KeyError, TypeError)
"""What the libraries raise on answers that are no IMAP."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a mailbox is. `ca` is a file of certificates to trust instead of the system's.

    `timeout` is how long one answer may take, in seconds.
    """

    host: str
    user: str
    port: int = 993
    tls: bool = True
    ca: Path | None = None
    timeout: float = 30.0

    @property
    def name(self) -> str:
        """What the mailbox is called in reports and in the database."""
        return f"{self.user}@{self.host}"


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder: its UIDs count within `uidvalidity` and stay below `uidnext`."""

    name: str
    uidvalidity: int
    uidnext: int = 0


class _Box(BaseMailBox):
    """The library's mailbox around a client that is limited."""

    client: BoundedClient

    def __init__(self, account: Account) -> None:
        self._account = account
        super().__init__()

    def _get_mailbox_client(self) -> BoundedClient:
        account = self._account
        if not account.tls:
            return BoundedClient(account.host, account.port, account.timeout)
        context = ssl.create_default_context(cafile=str(account.ca) if account.ca else None)
        return BoundedTlsClient(account.host, account.port, account.timeout, context)


class Mailbox:
    """An open mailbox; whoever opens it calls `close`.

    Every method raises MailServerFault when the server hangs, ends or lies; then the
    connection is closed, and a new one is to be opened.
    """

    def __init__(self, account: Account, password: str) -> None:
        """Connect and log in.

        Raises:
            UserError: name, password, certificate or address are wrong.
        """
        self._account = account
        self._box = _connected(account)
        self._client = self._box.client
        try:
            with self._talk(_SHORT_BYTES):
                self._log_in(password)
        except BaseException:
            self._drop()
            raise

    def _log_in(self, password: str) -> None:
        account, plain = self._account, self._account.user.isascii() and password.isascii()
        try:
            log_in = self._box.login if plain else self._box.login_utf8
            log_in(account.user, password, initial_folder=None)
        except (MailboxLoginError, imaplib.IMAP4.error) as error:
            if isinstance(error, imaplib.IMAP4.abort) or _LATER.search(str(error).encode()):
                raise
            raise UserError(
                "The mail server {host} does not accept {user} with this password. Set it anew"
                " with `agentassist interactions mail-password`; many servers want an app"
                " password.",
                host=account.host,
                user=account.user,
            ) from None

    def sent_folders(self) -> tuple[str, ...]:
        """Return the folders that the server or their name says hold sent mail."""
        with self._talk(_SHORT_BYTES):
            return tuple(
                item.name
                for item in self._box.folder.list()
                if "\\Sent" in item.flags or sent_folder(item.name.rpartition(item.delim)[2])
            )

    def examine(self, name: str) -> Folder:
        """Open a folder for reading only; raises UserError where there is none."""
        with self._talk(_SHORT_BYTES):
            try:
                self._box.folder.set(name, readonly=True)
            except MailboxFolderSelectError:
                raise UserError(
                    'There is no folder "{folder}" in the mailbox of {user}: check imap_folders.',
                    folder=name,
                    user=self._account.user,
                ) from None
            self._client.told_of_mail()  # how many there are is no news
            return Folder(name, self._number("UIDVALIDITY"), self._number("UIDNEXT"))

    def _number(self, what: str) -> int:
        _, data = self._client.response(what)
        last = data[-1] if data and isinstance(data[-1], bytes) else b""
        return int(last) if last.isdigit() else 0

    def uids_after(self, folder: Folder, last: int) -> list[int]:
        """Return the UIDs above `last` in order; those that cannot be are passed over."""
        below = folder.uidnext or 1 << 32
        with self._talk(_LISTED_BYTES):
            found = map(int, self._box.uids(f"UID {last + 1}:*", charset=None)[:_MOST_UIDS])
            return sorted({uid for uid in found if last < uid < below})

    def batches(self, uids: Sequence[int], most: int = BATCH_MAILS) -> Iterator[list[int]]:
        """Yield UIDs in lists of at most `most`, and of not too many bytes."""
        rest = iter(uids)
        while some := list(islice(rest, most)):
            batch: list[int] = []
            weight = 0
            for uid, size in self._sizes(some).items():
                if batch and weight + size > _BATCH_BYTES:
                    yield batch
                    batch, weight = [], 0
                batch.append(uid)
                weight += min(size, MAX_MAIL)
            yield batch

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        named = sizes_in(self._fetched(uids, "(UID RFC822.SIZE)", _SHORT_BYTES))
        return {uid: named.get(uid, 0) for uid in uids}

    def fetch(self, uids: Sequence[int]) -> list[FetchedMail]:
        """Return the mails of these UIDs that are still there, none marked as read."""
        parts = f"(UID RFC822.SIZE BODY.PEEK[]<0.{MAX_MAIL}>)"
        found = mails_in(self._fetched(uids, parts, _FETCHED_BYTES))
        return [found[uid] for uid in uids if uid in found]

    def _fetched(self, uids: Sequence[int], parts: str, most: int) -> list[object]:
        with self._talk(most):
            status, data = self._client.uid("FETCH", ",".join(map(str, uids)), parts)
            if status != "OK":
                raise ValueError(status)
            return list(data)

    def wait(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        """Wait for a change of the open folder; return False when there was none in time.

        A server without IDLE is asked once, after the time is over.
        """
        with self._talk(_SHORT_BYTES, seconds + 2 * self._account.timeout):
            idle = "IDLE" in self._client.capabilities
            tag = self._client.begin_idle() if idle else b""
            changed = self._client.told_of_mail() or self._listen(
                min(seconds, IDLE_SECONDS), stopped
            )
            if idle:
                self._client.end_idle(tag)
            else:
                self._client.noop()
        return changed

    def _listen(self, seconds: float, stopped: Callable[[], bool]) -> bool:
        until = monotonic() + seconds
        while not stopped() and monotonic() < until:
            if not self._client.has_lines() and not get_socket_poller(self._client.sock, _SLICE):
                continue
            lines = [line.upper() for line in self._client.lines_now()]
            if any(line.startswith(b"* BYE") for line in lines):
                raise ValueError("BYE")
            if any(b"EXISTS" in line or b"RECENT" in line for line in lines):
                return True
        return False

    def close(self) -> None:
        """Say good-bye, if the server listens, and end the connection."""
        client = self._client
        if client.state != "LOGOUT":
            client.allow(3.0, _SHORT_BYTES)
            client.sock.settimeout(3.0)
            with suppress(OSError, imaplib.IMAP4.error, MailServerFault, *_GARBAGE):
                client.logout()
        self._drop()

    def _drop(self) -> None:
        self._client.state = "LOGOUT"
        with suppress(OSError):
            self._client.shutdown()

    @contextmanager
    def _talk(self, most: int, seconds: float = 0.0) -> Iterator[None]:
        """Allow so many bytes, and the time for them; end the connection after a fault."""
        slow = most / 100_000  # a line of 100 KB a second is the slowest that will do
        self._client.allow(max(seconds, self._account.timeout + slow), most)
        try:
            yield
        except UserError:
            raise
        except MailServerFault:
            self._drop()
            raise
        except (OSError, imaplib.IMAP4.error, *_GARBAGE) as error:
            self._drop()
            raise _fault(self._account, error) from error


def _connected(account: Account) -> _Box:
    try:
        return _Box(account)
    except ssl.SSLCertVerificationError as error:
        raise UserError(
            "The certificate of {host} is not one to trust ({why}). Check imap_host, or name the"
            " file of your own authority in imap_ca.",
            host=account.host,
            why=error.verify_message,
        ) from error
    except (OSError, imaplib.IMAP4.error, *_GARBAGE) as error:
        raise _fault(account, error) from error


def _fault(account: Account, error: Exception) -> MailServerFault:
    if isinstance(error, TimeoutError):
        return MailServerFault("The mail server {host} does not answer in time.", host=account.host)
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        why = error.strerror or type(error).__name__
        sentence = "The mail server {host} cannot be reached ({why})."
        return MailServerFault(sentence, host=account.host, why=why)
    return MailServerFault(
        "The mail server {host} answers something that is not understood ({why}).",
        host=account.host,
        why=type(error).__name__,
    )
