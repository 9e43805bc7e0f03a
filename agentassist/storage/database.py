# SPDX-License-Identifier: Apache-2.0
"""The database handle: opens, upgrades, checks, copies; hands out transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from agentassist.domain.clock import utc_now
from agentassist.errors import UserError
from agentassist.storage import sqlite_files
from agentassist.storage.audit import Audit
from agentassist.storage.engine import OF_MANY, READING, make_engine
from agentassist.storage.faults import Damaged, read_only, translated
from agentassist.storage.overrides import Overrides
from agentassist.storage.revision import HEAD, refuse_foreign, refuse_newer, revision_of

_DRIVERS = frozenset({"sqlite", "sqlite+pysqlite", "postgresql+psycopg"})


def _no_guard() -> None:
    """Allow every thread."""


class Database:
    """One open database, SQLite or PostgreSQL. Whoever opens it calls `close`.

    Safe to share between threads; `guard` runs before each use and raises on a thread
    that must not block.

    Attributes:
        url: where it is, with the password hidden.
        path: the file of a SQLite database; None for a server.
    """

    def __init__(
        self, engine: Engine, guard: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._guard = guard
        self._now = now
        self.url = engine.url.render_as_string(hide_password=True)
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self.path = Path(file) if file else None

    @classmethod
    def open(
        cls,
        url: str,
        *,
        guard: Callable[[], None] = _no_guard,
        now: Callable[[], datetime] = utc_now,
    ) -> "Database":
        """Open the database at `url`; a SQLite file is made when it is not there.

        Raises:
            NewerData: a newer version of the program wrote it.
            UserError: the address is wrong, the file damaged or not writable.
            Unavailable: the server does not answer.
        """
        database = cls(_engine(url), guard, now)
        try:
            database._try_out()
        except BaseException:
            database.close()
            raise
        return database

    def _try_out(self) -> None:
        if self.path is not None:
            self._make_file(self.path)
        with self.reading() as connection:
            revision = revision_of(connection)
            refuse_newer(revision, self.url)
            if revision is None and self.path is not None:
                refuse_foreign(connection, self.url)

    def _make_file(self, path: Path) -> None:
        # Customers' data is for its owner's eyes only; the files beside it follow suit.
        try:
            path.touch(mode=0o600)
        except OSError:
            raise read_only(self.url) from None

    @contextmanager
    def transaction(self, *, of_many: bool = False) -> Iterator[Connection]:
        """Begin a transaction that may write; it commits at the end, or leaves no trace.

        On SQLite there is one writer at a time: others wait up to five seconds. `of_many` says
        that more like it follow, and that the last one will be a plain one.

        Raises:
            Busy: another writer took longer than that.
            UserError, Unavailable: the database refused; nothing was written.
        """
        self._guard()
        engine = self._engine.execution_options(**{OF_MANY: True}) if of_many else self._engine
        with translated(self.url), engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Begin a transaction that only reads: one moment of the data, never waiting."""
        self._guard()
        with translated(self.url), self._engine.connect() as plain:
            connection = plain.execution_options(**{READING: True})
            with connection.begin():
                yield connection

    @property
    def revision(self) -> str | None:
        """The revision of the schema; None when nothing was set up yet."""
        with self.reading() as connection:
            return revision_of(connection)

    @property
    def up_to_date(self) -> bool:
        """True when there is nothing for `upgrade` to do."""
        return self.revision == HEAD

    def upgrade(self) -> Path | None:
        """Bring the schema to this version, all or nothing.

        Returns:
            The copy that was made of a SQLite file before, None when none was needed.

        Raises:
            NewerData: a newer version of the program wrote it.
        """
        revision = self.revision
        refuse_newer(revision, self.url)
        if revision == HEAD:
            return None
        copy = self._copy_before_upgrade() if revision is not None else None
        # Alembic takes most of a second to load, and a start rarely needs it.
        from agentassist.storage.migrations.run import upgrade  # noqa: PLC0415

        with self.transaction() as connection:
            upgrade(connection)
        return copy

    def _copy_before_upgrade(self) -> Path | None:
        if self.path is None:
            return None
        copy = sqlite_files.stamped(self.path, f"before-{HEAD}", self._now())
        sqlite_files.copy_out(self.path, copy)
        return copy

    def check(self) -> list[str]:
        """Look for damage, missing upgrades and changed records; empty means sound."""
        self._guard()
        faults = self._file_faults()
        if faults:
            return faults
        if not self.up_to_date:
            return [
                f"The tables are of another version ({self.revision or 'none'}, this program"
                f" needs {HEAD}). Run `agentassist db upgrade`."
            ]
        with self.reading() as connection:
            return Audit(connection).verify() or Overrides(connection).verify()

    def _file_faults(self) -> list[str]:
        if self.path is None:
            return []
        try:
            with self.reading() as connection:
                driver = connection.connection.driver_connection
                return sqlite_files.faults_of(driver)  # type: ignore[arg-type]  # it is sqlite3's
        except Damaged as error:
            return [str(error)]

    def backup(self, target: Path) -> None:
        """Write a copy to `target` while work goes on.

        Raises:
            UserError: it cannot be written, or this is a PostgreSQL.
        """
        self._guard()
        sqlite_files.copy_out(self._file("pg_dump --format=custom"), target)

    def restore(self, source: Path) -> Path:
        """Put a copy in place of what is there, and bring it to this version.

        Returns:
            The copy that was made of the replaced data.

        Raises:
            NewerData: a newer version wrote the copy.
            UserError: the copy is damaged or not ours, or this is a PostgreSQL.
        """
        self._guard()
        path = self._file("pg_restore")
        sqlite_files.verify(source)
        refuse_newer(sqlite_files.revision(source), str(source))
        kept = sqlite_files.stamped(path, "before-restore", self._now())
        sqlite_files.copy_out(path, kept)
        self._engine.dispose()
        sqlite_files.copy_in(source, path)
        self.upgrade()
        return kept

    def _file(self, instead: str) -> Path:
        if self.path is None:
            raise UserError(
                "A PostgreSQL is copied by its own tools. Ask its administrator to use `{tool}`.",
                tool=instead,
            )
        return self.path

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Open a database for the length of a `with` block."""
    database = Database.open(url)
    try:
        yield database
    finally:
        database.close()


def set_damaged_aside(url: str, *, now: Callable[[], datetime] = utc_now) -> Path:
    """Rename the damaged file of a SQLite database that does not open any more.

    Returns:
        Its new name, beside the old one.
    """
    return sqlite_files.set_aside(Path(make_url(url).database or ""), now())


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.drivername in _DRIVERS and address.database not in {None, "", ":memory:"}:
            return make_engine(address)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        pass
    raise UserError(
        "This is no database address we can use. Write sqlite:///FILE or "
        "postgresql+psycopg://USER@HOST/DATABASE (and install the `postgres` extra)."
    )
