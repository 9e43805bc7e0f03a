# SPDX-License-Identifier: Apache-2.0
"""What a database can answer instead of data, as sentences a person can act on.

UserError
|-- Damaged     the file is not a sound database any more
|-- ReadOnly    the file or its folder cannot be written
|-- DiskFull    there is no room left
`-- NotReady    the tables are not there yet, or not all of them
Unavailable
`-- Busy        another program holds the lock; try again

What a driver reports may quote the row it stumbled over, so its error is never chained:
only its code goes on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    InvalidatePoolError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from agentassist.errors import Problem, Unavailable, UserError


class Damaged(UserError):
    """The file is not a sound database any more."""


class ReadOnly(UserError):
    """The file or its folder cannot be written."""


class DiskFull(UserError):
    """There is no room left; what was acknowledged before is safe."""


class NotReady(UserError):
    """The tables are not there yet."""


class Busy(Unavailable):
    """Another program holds the lock."""


def damaged(url: str) -> Damaged:
    """Return the error of a file that is not a sound database."""
    return Damaged(
        "The database {url} is damaged. Restore a backup with `agentassist db restore FILE`; "
        "the damaged file is kept beside it.",
        url=url,
    )


def _sqlite(code: str, url: str) -> Problem | None:
    primary = "_".join(code.split("_")[:2])
    if primary in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}:
        return damaged(url)
    if primary == "SQLITE_FULL":
        return _full(url)
    if primary == "SQLITE_IOERR":
        return _disk(code, url)
    if primary in {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"}:
        return read_only(url)
    if primary in {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"}:
        return _busy(url)
    if primary == "SQLITE_TOOBIG":
        return _too_large()
    return _clash(code) if primary == "SQLITE_CONSTRAINT" else None


def _postgresql(code: str, url: str) -> Problem | None:
    if code == "42P01":
        return not_ready(url)
    if code in {"53100", "53200"}:
        return _full(url)
    if code in {"42501", "25006"}:
        return ReadOnly(
            "The database {url} does not let this account write. Ask its administrator.", url=url
        )
    if code in {"40001", "40P01", "55P03", "57014"}:
        return _busy(url)
    if code in {"54000", "22003"} or code.startswith("22"):
        return _too_large()
    if code in {"XX001", "XX002"}:
        return damaged(url)
    if code.startswith("23"):
        return _clash(code)
    return unreachable(url) if code[:2] in {"08", "28", "3D", "53", "57", ""} else None


def read_only(url: str) -> ReadOnly:
    """Return the error of a file or folder that cannot be written."""
    return ReadOnly(
        "The database {url} cannot be opened for writing. Check that its folder exists and "
        "that you may write there, or choose another with --data-dir.",
        url=url,
    )


def not_ready(url: str) -> NotReady:
    """Return the error of a database whose tables are missing."""
    return NotReady(
        "The database {url} has not been set up. Run `agentassist db upgrade`.", url=url
    )


def unreachable(url: str) -> Unavailable:
    """Return the error of a server that does not answer."""
    return Unavailable("The database {url} does not answer. Work goes on without it.", url=url)


def _full(url: str) -> DiskFull:
    return DiskFull(
        "There is no room left for the database {url}. Free some space, then try again; "
        "what was saved before is safe.",
        url=url,
    )


def _disk(code: str, url: str) -> Unavailable:
    return Unavailable(
        "The disk of {url} does not answer ({code}). Check the drive, then try again.",
        url=url,
        code=code,
    )


def _busy(url: str) -> Busy:
    return Busy("Another program is writing to the database {url}. Try again shortly.", url=url)


def _too_large() -> UserError:
    return UserError("A value is too long or too large to be stored. Shorten it, then try again.")


def _clash(code: str) -> UserError:
    return UserError(
        "This does not fit what is stored: it is there already, or belongs to something that "
        "is not there ({code}). Load the record again, then try again.",
        code=code,
    )


def problem_of(error: BaseException, url: str) -> Problem | None:
    """Translate a driver's or SQLAlchemy's error; None means that it is a bug of ours."""
    if isinstance(error, PoolTimeout):
        return _busy(url)
    if isinstance(error, InvalidatePoolError):
        return unreachable(url)
    if isinstance(getattr(error, "orig", error), OverflowError):
        return _too_large()
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(original, url)
    if isinstance(error, DataError):
        return _too_large()
    if isinstance(error, DBAPIError):
        return _postgresql(getattr(original, "sqlstate", None) or "", url)
    return None


def _of_sqlite(error: sqlite3.Error, url: str) -> Problem | None:
    if "no such table" in str(error):
        return not_ready(url)
    if isinstance(error, sqlite3.DataError):
        return _too_large()
    return _sqlite(getattr(error, "sqlite_errorname", ""), url)


@contextmanager
def translated(url: str) -> Iterator[None]:
    """Let only our own errors out of the block."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OverflowError) as error:
        problem = problem_of(error, url)
        if problem is None:
            raise
        raise problem from None
