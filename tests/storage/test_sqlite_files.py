# SPDX-License-Identifier: Apache-2.0
"""A file that is damaged, locked away, foreign or out of room is a sentence, not a loss."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from agentassist.domain.history import Channel
from agentassist.errors import NewerData, UserError
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database, opened
from agentassist.storage.faults import Damaged, DiskFull, ReadOnly
from agentassist.storage.history import History
from agentassist.storage.sqlite_files import set_aside, stamped, verify
from tests.storage.build import NOON, interaction, stored

OPEN_AS_NOBODY = """
import os, sys
from agentassist.storage.database import Database
from agentassist.storage.faults import ReadOnly
from agentassist.storage.migrations import run
os.setgid(65534)
os.setuid(65534)
try:
    database = Database.open(sys.argv[1])
    database.upgrade()
except ReadOnly as error:
    print(error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def desk(path: Path) -> Iterator[Database]:
    with opened(f"sqlite:///{path}") as database:
        database.upgrade()
        yield database


def names(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(text("SELECT name FROM customers ORDER BY name")).scalars())


def add(database: Database, name: str) -> None:
    with database.transaction() as connection:
        stored(connection, name)


def test_the_settings_that_keep_data_safe(desk: Database, path: Path) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with desk.reading() as connection:
        for pragma, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    assert path.stat().st_mode & 0o077 == 0


def test_a_backup_taken_while_work_goes_on_can_be_restored(desk: Database, path: Path) -> None:
    add(desk, "Ann")
    copy = path.with_name("copy.db")
    with desk.transaction() as connection:
        stored(connection, "Not yet")
        desk.backup(copy)
    add(desk, "Bo")
    assert copy.stat().st_mode & 0o077 == 0
    assert not list(path.parent.glob("*.part"))
    kept = desk.restore(copy)
    assert names(desk) == ["Ann"]
    assert desk.check() == []
    with opened(f"sqlite:///{kept}") as before:
        assert names(before) == ["Ann", "Bo", "Not yet"]


def test_an_upgrade_copies_the_file_first(
    desk: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, "Ann")
    monkeypatch.setattr("agentassist.storage.database.HEAD", "9999")
    copy = desk.upgrade()
    assert copy is not None
    assert copy.name.startswith("desk.before-9999-")
    add(desk, "Bo")
    desk.restore(copy)
    assert names(desk) == ["Ann"]


def test_a_backup_that_was_killed_does_not_stand_in_the_way(desk: Database, path: Path) -> None:
    path.with_name("copy.db.part").write_bytes(b"half a page")
    desk.backup(path.with_name("copy.db"))
    verify(path.with_name("copy.db"))


def test_another_window_sees_what_was_restored(desk: Database, path: Path) -> None:
    copy = path.with_name("copy.db")
    add(desk, "Ann")
    desk.backup(copy)
    with opened(f"sqlite:///{path}") as other:
        add(other, "Bo")
        desk.restore(copy)
        assert names(other) == ["Ann"]
        add(other, "Cy")
    assert names(desk) == ["Ann", "Cy"]


@pytest.mark.parametrize("size", [0, 100, 5_000])
def test_what_is_no_backup_is_refused_and_nothing_lost(
    desk: Database, path: Path, size: int
) -> None:
    add(desk, "Ann")
    bad = path.with_name("bad.db")
    bad.write_bytes(os.urandom(size))
    with pytest.raises(UserError):
        desk.restore(bad)
    with pytest.raises(UserError, match="no file"):
        desk.restore(path.with_name("absent.db"))
    assert names(desk) == ["Ann"]


def test_a_backup_of_a_newer_version_or_another_program_is_refused(
    desk: Database, path: Path
) -> None:
    copy = path.with_name("copy.db")
    desk.backup(copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(NewerData):
        desk.restore(copy)
    foreign = path.with_name("foreign.db")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(UserError, match="not a database of this program"):
        desk.restore(foreign)
    with pytest.raises(UserError, match="belongs to another program"):
        Database.open(f"sqlite:///{foreign}")


def test_a_server_is_copied_by_its_own_tools(database: Database, tmp_path: Path) -> None:
    if database.path is not None:
        database.backup(tmp_path / "copy.db")
        return
    with pytest.raises(UserError, match="pg_dump"):
        database.backup(tmp_path / "copy")
    with pytest.raises(UserError, match="pg_restore"):
        database.restore(tmp_path / "copy")


def test_a_backup_into_a_folder_that_is_not_there(desk: Database, path: Path) -> None:
    with pytest.raises(UserError, match="Choose another folder"):
        desk.backup(path.parent / "absent" / "copy.db")


def test_a_file_that_is_no_database_is_damaged_and_can_be_set_aside(path: Path) -> None:
    path.write_bytes(b"This is not a database. " * 200)
    with pytest.raises(Damaged, match="agentassist db restore"):
        Database.open(f"sqlite:///{path}")
    kept = set_aside(path, NOON)
    assert kept.name == "desk.damaged-20260301T120000Z.db"
    assert kept.read_bytes().startswith(b"This is not")
    with opened(f"sqlite:///{path}") as database:
        database.upgrade()


def test_names_of_copies_never_clash(path: Path) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    first = stamped(path, "before-restore", moment)
    first.touch()
    second = stamped(path, "before-restore", moment)
    assert [first.name, second.name] == [
        "desk.before-restore-20260102T030405Z.db",
        "desk.before-restore-20260102T030405Z-2.db",
    ]


def test_a_destroyed_page_is_found_or_refused(desk: Database, path: Path) -> None:
    with desk.transaction() as connection:
        owner = stored(connection).id
        rows = [interaction(owner, text=f"text {n} " * 20) for n in range(500)]
        History(connection).add_interactions(rows)
    desk.close()
    sound = path.read_bytes()
    chance = random.Random(7)
    for _ in range(30):
        damaged = bytearray(sound)
        start = chance.randrange(1, len(sound) // 4096) * 4096
        damaged[start : start + 4096] = chance.randbytes(4096)
        path.write_bytes(damaged)
        try:
            with opened(f"sqlite:///{path}") as database:
                assert database.check() != []
        except UserError as error:
            assert "damaged" in str(error)  # noqa: PT017  # either outcome is right


def test_a_folder_that_cannot_be_written(path: Path) -> None:
    with pytest.raises(ReadOnly, match="Check that its folder exists"):
        Database.open(f"sqlite:///{path.parent / 'absent' / 'desk.db'}")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize("present", [False, True])
def test_a_folder_of_somebody_else(*, present: bool) -> None:
    folder = Path(tempfile.mkdtemp(prefix="agentassist-"))
    url = f"sqlite:///{folder / 'desk.db'}"
    try:
        if present:
            with opened(url) as database:
                database.upgrade()
            (folder / "desk.db").chmod(0o644)
        folder.chmod(0o755)
        command = [sys.executable, "-c", OPEN_AS_NOBODY, url]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    finally:
        shutil.rmtree(folder)
    assert "that you may write there" in done.stdout


def test_a_database_without_room_keeps_what_was_acknowledged(desk: Database) -> None:
    """SQLite's own limit gives the very error of a full disk."""
    with desk.transaction() as connection:
        owner = stored(connection).id
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    kept = _write_until_full(desk, owner)
    with desk.transaction() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert History(connection).timeline_counts(owner).get(Channel.CALL, 0) == kept
        History(connection).add_interactions([interaction(owner)])
    assert desk.check() == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("cannot mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_what_was_acknowledged(small_disk: Path) -> None:
    url = f"sqlite:///{small_disk / 'desk.db'}"
    with opened(url) as database:
        database.upgrade()
        with database.transaction() as connection:
            owner = stored(connection).id
        kept = _write_until_full(database, owner)
        with pytest.raises(UserError):
            database.backup(small_disk / "copy.db")
        assert not list(small_disk.glob("*.part"))
    with opened(url) as database, database.reading() as connection:
        assert History(connection).timeline_counts(owner)[Channel.CALL] == kept
        assert Customers(connection).count() == 1
    verify(small_disk / "desk.db")


def _write_until_full(database: Database, owner: object) -> int:
    kept = 0
    for _ in range(500):
        rows = [interaction(owner, text="x" * 1_000) for _ in range(20)]  # type: ignore[arg-type]  # it is one
        try:
            with database.transaction() as connection:
                History(connection).add_interactions(rows)
        except DiskFull as error:
            assert "Free some space" in str(error)  # noqa: PT017  # the loop needs to end here
            return kept
        kept += len(rows)
    raise AssertionError("the disk never filled up")
