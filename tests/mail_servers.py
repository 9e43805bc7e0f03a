# SPDX-License-Identifier: Apache-2.0
"""A real IMAP server for a test, and small ones that misbehave."""

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
AVAILABLE = bool(DOVECOT and OPENSSL)
MISSING = "needs Dovecot and openssl (apt install dovecot-imapd openssl)"
PASSWORD = "correct-horse"

_NOBODY = 65534

_CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Dovecot:
    """A private Dovecot in a folder of its own; every name is a mailbox, with PASSWORD.

    Attributes: `port`, `certificate` (to be trusted).
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="aa-imap-"))  # its sockets need a short path
        self.port = _free_port()
        self.certificate = self._folder / "cert.pem"
        self._names = count(1)
        # It refuses to read mail as root.
        self._owner = (_NOBODY, _NOBODY) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
        self._make_certificate()
        self._configure()
        self._process = self._start()

    def deliver(self, user: str, raw: bytes, folder: str = "") -> Path:
        """Put a mail into a folder of a mailbox, as a delivery agent does."""
        mailbox = self._folder / "mail" / user
        home = mailbox / folder if folder else mailbox
        for name in ("tmp", "new", "cur"):
            (home / name).mkdir(parents=True, exist_ok=True)
        name = f"{int(time.time())}.{next(self._names)}.host"
        (home / "tmp" / name).write_bytes(raw)
        for path in (mailbox, *mailbox.rglob("*")):
            os.chown(path, *self._owner)
        return (home / "tmp" / name).rename(home / "new" / name)

    def flags(self, user: str) -> list[str]:
        """Return the flags of all mails of a mailbox's first folder."""
        home = self._folder / "mail" / user
        files = [*(home / "cur").glob("*"), *(home / "new").glob("*")]
        return sorted(file.name.partition(":2,")[2] for file in files)

    def close(self) -> None:
        """Stop it and remove its folder."""
        self._process.terminate()
        self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _make_certificate(self) -> None:
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        files = ["-keyout", str(self._folder / "key.pem"), "-out", str(self.certificate)]
        command = [str(OPENSSL), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        subprocess.run([*command, *subject, *files], check=True, capture_output=True, timeout=60)

    def _configure(self) -> None:
        mine = getpass.getuser()
        root = os.geteuid() == 0
        text = _CONFIG.format(
            folder=self._folder,
            port=self.port,
            internal="dovecot" if root else mine,
            group="dovecot" if root else _group(),
            login="dovenull" if root else mine,
            uid=self._owner[0],
            gid=self._owner[1],
            password=PASSWORD,
        )
        (self._folder / "dovecot.conf").write_text(text)
        self._folder.chmod(0o755)
        for name in ("mail", "home"):
            (self._folder / name).mkdir()
            os.chown(self._folder / name, *self._owner)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [str(DOVECOT), "-F", "-c", str(self._folder / "dovecot.conf")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return process
            time.sleep(0.05)
        process.kill()
        process.wait(10)
        raise RuntimeError(f"Dovecot does not start: {(self._folder / 'log').read_text()}")


def _group() -> str:
    import grp  # noqa: PLC0415  only where Dovecot runs

    return grp.getgrgid(os.getegid()).gr_name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Line:
    """One connection to a server that misbehaves."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._file = connection.makefile("rb")

    def say(self, text: str | bytes) -> None:
        """Send a line."""
        data = text.encode() if isinstance(text, str) else text
        self._connection.sendall(data + b"\r\n")

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self._connection.sendall(data)

    def heard(self) -> tuple[str, str]:
        """Return the tag and the rest of the next command; empty at the end."""
        tag, _, rest = self._file.readline().decode().strip().partition(" ")
        return tag, rest

    def close(self) -> None:
        """End it."""
        self._file.close()
        self._connection.close()


@contextmanager
def misbehaving(talk: Callable[[Line], None]) -> Iterator[int]:
    """Run a server that talks so to each who connects, and give its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    lines: list[Line] = []
    threads: list[threading.Thread] = []

    def one(line: Line) -> None:
        with suppress(OSError, ValueError):
            talk(line)
        with suppress(OSError):
            line.close()

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                connection.settimeout(20)
                lines.append(Line(connection))
                threads.append(threading.Thread(target=one, args=(lines[-1],)))
                threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for line in lines:
            with suppress(OSError):
                line._connection.shutdown(socket.SHUT_RDWR)
        for thread in (accepting, *threads):
            thread.join(5)
