# SPDX-License-Identifier: Apache-2.0
"""Copies of a SQLite database as files: backup, restore, setting a damaged file aside."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from agentassist.errors import UserError
from agentassist.storage.faults import Damaged, translated

_SIDE_FILES = ("-wal", "-shm")


def stamped(path: Path, word: str, at: datetime) -> Path:
    """Return a free name beside `path` that says what the copy is and when it was made."""
    base = path.with_name(f"{path.stem}.{word}-{at:%Y%m%dT%H%M%SZ}{path.suffix}")
    copy, count = base, 1
    while copy.exists():
        count += 1
        copy = base.with_name(f"{base.stem}-{count}{base.suffix}")
    return copy


def copy_out(source: Path, target: Path) -> None:
    """Write a consistent copy while others go on reading and writing.

    The copy appears under its name only when it is whole: a name that exists is a
    backup that can be restored.

    Raises:
        UserError: the source is damaged, or there is no room or no right to write.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
        with translated(str(target)), closing(sqlite3.connect(part)) as copy:
            with translated(str(source)), closing(_read(source)) as original:
                original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        _verify_pages(part)
        os.replace(part, target)
    except OSError as error:
        raise UserError(
            "The copy {path} cannot be written ({reason}). Choose another folder.",
            path=target,
            reason=error.strerror,
        ) from error
    finally:
        part.unlink(missing_ok=True)


def copy_in(source: Path, target: Path) -> None:
    """Replace what `target` holds by the contents of `source`, as one transaction.

    Others who have the target open see the old or the new contents, nothing between.
    """
    with (
        translated(str(target)),
        closing(_read(source)) as copy,
        closing(sqlite3.connect(target)) as live,
    ):
        copy.backup(live)


def verify(path: Path) -> None:
    """Read a whole backup and refuse what is not a sound database of ours.

    Raises:
        UserError: there is no such file, it is damaged, or it is something else.
    """
    if not path.is_file():
        raise UserError("There is no file {path}. Check its name.", path=path)
    _verify_pages(path)
    if revision(path) is None:
        raise UserError("The file {path} is not a database of this program.", path=path)


def _verify_pages(path: Path) -> None:
    try:
        with translated(str(path)), closing(_read(path)) as connection:
            faults = faults_of(connection)
    except Damaged:
        faults = ["it is not a database"]
    if faults:
        raise Damaged(
            "The file {path} is damaged ({fault}). Choose another backup.",
            path=path,
            fault=faults[0],
        )


def revision(path: Path) -> str | None:
    """Return the schema's revision of a file; None when it has none of our tables."""
    with translated(str(path)), closing(_read(path)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in tables:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def faults_of(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite's own checks find: broken pages, rows that refer to nothing."""
    pages = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    orphans = [
        f"a row of {table} refers to a row of {parent} that is not there"
        for table, _row, parent, _key in connection.execute("PRAGMA foreign_key_check")
    ]
    return [line for line in pages if line != "ok"] + sorted(set(orphans))


def set_aside(path: Path, at: datetime) -> Path:
    """Rename a damaged file, with what belongs to it, and return its new name."""
    kept = stamped(path, "damaged", at)
    for suffix in ("", *_SIDE_FILES):
        part = path.with_name(path.name + suffix)
        if part.exists():
            os.replace(part, kept.with_name(kept.name + suffix))
    return kept


def _read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
