# SPDX-License-Identifier: Apache-2.0
"""Secrets in a real keyring, and every state in which there is none."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from agentassist.credentials import (
    TOKEN_FILE,
    WEBHOOK_TOKEN,
    Credentials,
    KeyringState,
    KeyringUnavailable,
    TokenPlace,
    webhook_token,
)
from agentassist.errors import UserError

DAEMON = shutil.which("gnome-keyring-daemon")
real_keyring = pytest.mark.skipif(
    not (DAEMON and shutil.which("dbus-run-session")),
    reason="needs the packages gnome-keyring and dbus (apt install gnome-keyring dbus)",
)


class Shelf(KeyringBackend):
    """Keeps secrets in memory, as a keyring that is unlocked does."""

    priority = 5  # type: ignore[assignment]  # the base class computes it

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError


class WeakShelf(Shelf):
    priority = 0.5  # type: ignore[assignment]  # as above


class PlaintextShelf(Shelf):
    pass


class BrokenShelf(Shelf):
    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError(f"lost {username}")


class LockedShelf(Shelf):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


class WaitingShelf(Shelf):
    """Waits for an unlock window until it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()
        self.windows = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.windows += 1
        self.answered.wait(30)
        return super().get_password(service, username)


class Chain(Shelf):
    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


class NotHere(Shelf):
    @property
    def priority(self) -> float:  # type: ignore[override]  # as real backends do
        raise RuntimeError("no service")


# keyring offers every backend class that was ever defined: these are for this file alone.
KeyringBackend._classes -= {
    Shelf, WeakShelf, PlaintextShelf, BrokenShelf, LockedShelf, WaitingShelf, Chain, NotHere,
}  # fmt: skip


def credentials(backend: KeyringBackend, deadline: float = 5.0) -> Credentials:
    return Credentials(deadline=deadline, find=lambda: backend)


def test_a_secret_is_kept_replaced_and_forgotten() -> None:
    secrets = credentials(Shelf())
    assert secrets.get("password") is None
    secrets.set("password", "one")
    secrets.set("password", "two")
    assert secrets.get("password") == "two"
    secrets.delete("password")
    secrets.delete("password")
    assert secrets.get("password") is None
    assert secrets.state() is KeyringState.AVAILABLE
    assert secrets.check()


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring(),
        keyring.backends.null.Keyring(),
        WeakShelf(),
        PlaintextShelf(),
        NotHere(),
        Chain(PlaintextShelf(), WeakShelf()),
    ],
)
def test_what_would_not_encrypt_is_refused(backend: KeyringBackend) -> None:
    secrets = credentials(backend)
    assert secrets.state() is KeyringState.ABSENT
    with pytest.raises(KeyringUnavailable, match="keeps passwords encrypted"):
        secrets.set("password", "secret")


def test_the_good_one_of_a_chain_is_used() -> None:
    weak, good = PlaintextShelf(), Shelf()
    credentials(Chain(weak, good)).set("password", "secret")
    assert (weak.kept, len(good.kept)) == ({}, 1)


@pytest.mark.parametrize(
    ("backend", "state"),
    [(LockedShelf(), KeyringState.LOCKED), (BrokenShelf(), KeyringState.FAILED)],
)
def test_each_state_has_a_sentence(backend: KeyringBackend, state: KeyringState) -> None:
    secrets = credentials(backend)
    assert secrets.state() is state
    with pytest.raises(KeyringUnavailable, match="try again") as caught:
        secrets.get("card number 4111")
    assert "4111" not in str(caught.value)


def test_an_open_unlock_window_costs_the_deadline_and_no_more() -> None:
    backend = WaitingShelf()
    secrets = credentials(backend, deadline=0.2)
    for _ in range(3):
        began = time.monotonic()
        assert secrets.state() is KeyringState.TIMED_OUT
        assert time.monotonic() - began < 2
    assert backend.windows == 1
    backend.answered.set()
    deadline = time.monotonic() + 5
    while secrets.state() is not KeyringState.AVAILABLE:
        assert time.monotonic() < deadline


def test_calls_wait_for_their_turn() -> None:
    secrets = credentials(Shelf())
    threads = [
        threading.Thread(target=secrets.set, args=(str(n), f"secret {n}")) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [secrets.get(str(n)) for n in range(20)] == [f"secret {n}" for n in range(20)]


def test_the_token_is_made_once_and_kept_in_the_keyring(tmp_path: Path) -> None:
    secrets = credentials(Shelf())
    first = webhook_token(secrets, tmp_path)
    assert webhook_token(secrets, tmp_path) == first
    assert (first.place, first.note) == (TokenPlace.KEYRING, "")
    assert len(first.token) >= 43
    assert secrets.get(WEBHOOK_TOKEN) == first.token
    assert list(tmp_path.iterdir()) == []
    assert first.token not in repr(first)


def test_without_a_keyring_the_token_is_in_a_private_file(tmp_path: Path) -> None:
    secrets = credentials(keyring.backends.fail.Keyring())
    first = webhook_token(secrets, tmp_path / "new")
    file = tmp_path / "new" / TOKEN_FILE
    assert webhook_token(secrets, tmp_path / "new") == first
    assert first.place is TokenPlace.FILE
    assert str(file) in first.note
    assert "No keyring was found" in first.note
    assert "no keyring" in file.read_text()
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_keyring_that_appears_later_takes_the_token_over(tmp_path: Path) -> None:
    before = webhook_token(credentials(keyring.backends.fail.Keyring()), tmp_path)
    after = webhook_token(credentials(Shelf()), tmp_path)
    assert (after.token, after.place) == (before.token, TokenPlace.KEYRING)
    assert list(tmp_path.iterdir()) == []


def _open_to_others(file: Path) -> None:
    file.chmod(0o644)


def _cut_short(file: Path) -> None:
    file.write_text("# note\nshort\n")


def _emptied(file: Path) -> None:
    file.write_text("")


def _linked_elsewhere(file: Path) -> None:
    moved = file.rename(file.parent / "elsewhere")
    file.symlink_to(moved)


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
@pytest.mark.parametrize("harm", [_open_to_others, _cut_short, _emptied, _linked_elsewhere])
def test_a_token_that_others_may_know_is_replaced(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    secrets = credentials(keyring.backends.fail.Keyring())
    before = webhook_token(secrets, tmp_path)
    harm(tmp_path / TOKEN_FILE)
    after = webhook_token(secrets, tmp_path)
    assert after.token != before.token
    assert (tmp_path / TOKEN_FILE).lstat().st_mode & 0o7777 == 0o600
    assert webhook_token(secrets, tmp_path) == after


@pytest.mark.parametrize("backend", [LockedShelf(), BrokenShelf()])
def test_a_keyring_in_trouble_is_not_replaced_by_a_file(
    tmp_path: Path, backend: KeyringBackend
) -> None:
    with pytest.raises(KeyringUnavailable):
        webhook_token(credentials(backend), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be kept"):
        webhook_token(credentials(keyring.backends.fail.Keyring()), tmp_path / "file")


REAL = """
import os, signal, sys, time
import secretstorage
from pathlib import Path
from agentassist.credentials import *

def collection():
    return secretstorage.get_default_collection(secretstorage.dbus_init())

secrets = Credentials(deadline=float(sys.argv[1]))
folder = Path(os.environ["HOME"])
"""
SESSION = """
printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec "$@" >"$XDG_RUNTIME_DIR/told"
"""


@pytest.fixture
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Run Python in a session of its own with a real, unlocked keyring."""
    home, runtime = (tmp_path_factory.mktemp(name) for name in ("home", "run"))
    runtime.chmod(0o700)
    variables = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    variables |= {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "KEYRING_PASSWORD": "open sesame",
    }

    def run(script: str, deadline: float = 10.0, display: str = "") -> str:
        python = [sys.executable, "-c", REAL + script, str(deadline)]
        shell = ["dbus-run-session", "--", "bash", "-c", SESSION, "session", *python]
        more = {"DISPLAY": display} if display else {}
        done = subprocess.run(
            shell, env=variables | more, capture_output=True, text=True, timeout=90, check=False
        )
        assert done.returncode == 0, done.stderr
        return (runtime / "told").read_text()

    yield run
    written = [file for file in home.rglob("*") if file.is_file()]
    assert not [file for file in written if b"S3cret" in file.read_bytes()]


@real_keyring
def test_a_real_keyring_keeps_secrets_and_the_token(session: Callable[..., str]) -> None:
    told = session("""
secrets.set("database password", "S3cret 비밀")
print(secrets.get("database password"), secrets.state())
secrets.delete("database password")
secrets.delete("database password")
print(secrets.get("database password"))
first = webhook_token(secrets, folder)
print(first.place, first == webhook_token(Credentials(), folder), (folder / TOKEN_FILE).exists())
""")
    assert told == "S3cret 비밀 available\nNone\nkeyring True False\n"


@real_keyring
def test_a_real_keyring_that_is_locked(session: Callable[..., str]) -> None:
    told = session("""
secrets.set("webhook token", "x" * 43)
collection().lock()
print(secrets.state())
try:
    webhook_token(secrets, folder)
except KeyringUnavailable as error:
    print(error, (folder / TOKEN_FILE).exists())
""")
    assert told == "locked\nThe keyring is locked. Unlock it and try again. False\n"


@real_keyring
def test_a_real_keyring_that_hangs_and_comes_back(session: Callable[..., str]) -> None:
    told = session(
        """
import psutil
daemon = next(p for p in psutil.process_iter(["name", "environ"])
              if p.info["name"].startswith("gnome-keyring-d")
              and (p.info["environ"] or {}).get("HOME") == os.environ["HOME"])
secrets.set("one", "1")
daemon.suspend()
began = time.monotonic()
print(secrets.state(), time.monotonic() - began < 3)
daemon.resume()
time.sleep(0.5)
print(secrets.state(), secrets.get("one"))
daemon.kill()
time.sleep(0.5)
print(secrets.state() is not KeyringState.AVAILABLE)
""",
        1.0,
    )
    assert told == "timed out True\navailable 1\nTrue\n"


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[str]:
    """Start an empty screen of its own and name it."""
    tools = ["Xvfb", "xdotool"]
    if not all(map(shutil.which, tools)) or not Path("/usr/libexec/gcr-prompter").exists():
        pytest.skip("needs Xvfb, xdotool and gcr (apt install xvfb xdotool gcr)")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as numbers:
        display = f":{numbers.readline().strip()}"
    yield display
    server.send_signal(signal.SIGTERM)
    server.wait(10)


@real_keyring
def test_an_unlock_window_may_be_answered_late(session: Callable[..., str], screen: str) -> None:
    told = session(
        """
import subprocess
subprocess.run(["dbus-update-activation-environment", "DISPLAY"], check=True)
secrets.set("one", "1")
collection().lock()
began = time.monotonic()
print(secrets.state(), time.monotonic() - began < 3)
window = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Unlock"]
found = subprocess.check_output(window, text=True, timeout=20).split()[0]
time.sleep(1)
subprocess.run(["xdotool", "windowfocus", found], check=True)
subprocess.run(["xdotool", "type", "--delay", "50", os.environ["KEYRING_PASSWORD"]], check=True)
subprocess.run(["xdotool", "key", "Return"], check=True)
for _ in range(100):
    if secrets.state() is KeyringState.AVAILABLE:
        break
    time.sleep(0.1)
print(secrets.get("one"))
""",
        1.0,
        screen,
    )
    assert told == "timed out True\n1\n"
