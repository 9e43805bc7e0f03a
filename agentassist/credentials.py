# SPDX-License-Identifier: Apache-2.0
"""Secrets in the keyring of the system: nothing is ever kept in plain text instead.

Reading from a keyring blocks for as long as its unlock window is open, and while the
service behind it hangs. Every access therefore runs on a thread of its own with a
deadline; who calls still waits up to the deadline and so belongs on the io lane.
"""

import re
import secrets
import stat
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from os import O_CREAT, O_EXCL, O_WRONLY, fdopen
from os import open as os_open
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from agentassist.errors import Unavailable, UserError

SERVICE = "agentassist"
DATABASE_PASSWORD = "database password"  # noqa: S105 - the name of a secret, not a secret
WEBHOOK_TOKEN = "webhook token"  # noqa: S105 - the name of a secret, not a secret
TOKEN_FILE = "webhook-token"  # noqa: S105 - the name of a file
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"[\w-]{32,256}", re.ASCII)
T = TypeVar("T")


class KeyringState(StrEnum):
    """How the keyring fares; each state but the first has a sentence for the person."""

    AVAILABLE = "available"
    LOCKED = "locked"
    ABSENT = "absent"
    TIMED_OUT = "timed out"
    FAILED = "failed"


class KeyringUnavailable(Unavailable):
    """The keyring does not give or take a secret now; `state` tells which screen to show."""

    def __init__(self, state: KeyringState, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.state = state


class Credentials:
    """Named secrets of this user, in the system's keyring.

    `find` returns the backend; `deadline` is in seconds and holds for each call. There
    is nothing to close: a thread that waits for an unlock window ends with the window,
    or with the program.

    Every method raises KeyringUnavailable when the keyring is locked, absent, would
    keep secrets in plain text, or does not answer in time.
    """

    def __init__(
        self,
        *,
        deadline: float = 10.0,
        find: Callable[[], KeyringBackend] = keyring.get_keyring,
    ) -> None:
        self._deadline = deadline
        self._find = find
        self._turn = Lock()

    def get(self, name: str) -> str | None:
        """Return a secret, None where there is none of that name."""
        return self._in_time(lambda backend: backend.get_password(SERVICE, name))

    def set(self, name: str, secret: str) -> None:
        """Keep a secret in place of what had the name before."""
        self._in_time(lambda backend: backend.set_password(SERVICE, name, secret))

    def delete(self, name: str) -> None:
        """Forget a secret; it may be gone already."""
        self._in_time(lambda backend: _delete(backend, name))

    def state(self) -> KeyringState:
        """Look for a secret that is never set and tell what came of it."""
        try:
            self.get("state")
        except KeyringUnavailable as error:
            return error.state
        return KeyringState.AVAILABLE

    def check(self) -> str:
        """Return a sentence for `doctor` when the keyring can be used."""
        self.get("state")
        return "Passwords are kept in the keyring of the system."

    def _in_time(self, job: Callable[[KeyringBackend], T]) -> T:
        began = monotonic()
        # One at a time: calls that pile up behind an open unlock window would each open
        # another. The thread frees the turn when the keyring has answered, however late.
        if not self._turn.acquire(timeout=self._deadline):
            raise _timed_out()
        answer: Future[T] = Future()
        Thread(
            target=self._ask, args=(job, answer), name="agentassist-keyring", daemon=True
        ).start()
        try:
            return answer.result(max(self._deadline - (monotonic() - began), 0.0))
        except TimeoutError as error:
            raise _timed_out() from error

    def _ask(self, job: Callable[[KeyringBackend], T], answer: "Future[T]") -> None:
        try:
            answer.set_result(job(_trusted(self._find())))
        except KeyringUnavailable as error:
            answer.set_exception(error)
        except KeyringLocked:
            answer.set_exception(_locked())
        except Exception as error:  # a fault of D-Bus or Windows, of any kind
            answer.set_exception(_failed(error))
        finally:
            self._turn.release()


def imap_password(user: str, host: str) -> str:
    """Return the name under which the password of a mailbox is kept."""
    return f"imap password of {user} at {host}"


class TokenPlace(StrEnum):
    """Where the token of the webhook is kept."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class WebhookToken:
    """The token, where it is kept, and a note for IT when that is not the keyring."""

    token: str
    place: TokenPlace
    note: str = ""

    def __repr__(self) -> str:
        return f"WebhookToken(place={self.place!r})"


def webhook_token(credentials: Credentials, data_dir: Path) -> WebhookToken:
    """Return the token of the webhook; it is made on first use.

    On a machine without any keyring it is kept in a file that only this user can read:
    all it allows is to announce a call. It moves into a keyring that appears later.

    Raises:
        KeyringUnavailable: there is a keyring, but it is locked or does not answer.
        UserError: the file cannot be written.
    """
    file = data_dir / TOKEN_FILE
    try:
        token = credentials.get(WEBHOOK_TOKEN)
        if token is None:
            token = _from_file(file) or secrets.token_urlsafe(_TOKEN_BYTES)
            credentials.set(WEBHOOK_TOKEN, token)
    except KeyringUnavailable as error:
        if error.state is not KeyringState.ABSENT:
            raise
        return WebhookToken(_kept_in(file), TokenPlace.FILE, _note(file, error))
    file.unlink(missing_ok=True)
    return WebhookToken(token, TokenPlace.KEYRING)


def _trusted(backend: KeyringBackend) -> KeyringBackend:
    """Return the backend, or the first good one of a chain."""
    chain: Sequence[KeyringBackend] = getattr(backend, "backends", None) or [backend]
    good = next((one for one in chain if _is_encrypted(one)), None)
    if good is None:
        raise KeyringUnavailable(
            KeyringState.ABSENT,
            "No keyring was found that keeps passwords encrypted (only {found})."
            " On Linux install gnome-keyring or KWallet, or ask IT.",
            found=_kind(chain[0]),
        )
    return good


def _is_encrypted(backend: KeyringBackend) -> bool:
    kind = _kind(backend).casefold()
    if "plaintext" in kind or kind.startswith("keyrings.alt"):
        return False
    try:
        return float(backend.priority) >= 1
    except RuntimeError:  # how a backend says that it cannot run here
        return False


def _kind(backend: KeyringBackend) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _delete(backend: KeyringBackend, name: str) -> None:
    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        if backend.get_password(SERVICE, name) is not None:
            raise


def _timed_out() -> KeyringUnavailable:
    return KeyringUnavailable(
        KeyringState.TIMED_OUT,
        "The keyring does not answer. If its unlock window is open, answer it and try again.",
    )


def _locked() -> KeyringUnavailable:
    return KeyringUnavailable(
        KeyringState.LOCKED, "The keyring is locked. Unlock it and try again."
    )


def _failed(error: Exception) -> KeyringUnavailable:
    """Tell the kind of the fault only: the message of a backend may repeat the secret."""
    return KeyringUnavailable(
        KeyringState.FAILED,
        "The keyring cannot be used ({reason}). Start it or sign in again, and try again.",
        reason=type(error).__name__,
    )


def _kept_in(file: Path) -> str:
    return _from_file(file) or _into_file(file, secrets.token_urlsafe(_TOKEN_BYTES))


def _from_file(file: Path) -> str | None:
    """Return the token in the file, None where there is none that was kept from others."""
    try:
        found = file.lstat()
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    exposed = sys.platform != "win32" and found.st_mode & 0o077
    last = lines[-1] if lines else ""
    sound = stat.S_ISREG(found.st_mode) and not exposed and _TOKEN.fullmatch(last)
    return last if sound else None


def _into_file(file: Path, token: str) -> str:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        with fdopen(os_open(file, O_CREAT | O_EXCL | O_WRONLY, 0o600), "w") as out:
            out.write(
                "# Token of the webhook for call events. It is in this file because no keyring\n"
                "# was found. Who can read it can announce calls on this desk.\n"
                f"{token}\n"
            )
    except OSError as error:
        raise UserError(
            "The webhook token cannot be kept in {file} ({reason})."
            " Check the permissions of the folder.",
            file=file,
            reason=error.strerror,
        ) from error
    return token


def _note(file: Path, error: KeyringUnavailable) -> str:
    return f"The webhook token is kept in {file}, readable by you only. {error}"
