# SPDX-License-Identifier: Apache-2.0
"""`agentassist db`: upgrade, check, back up and restore the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli.context import AsJson, DataDir, fail, guarded, print_json, settings

if TYPE_CHECKING:
    from agentassist.storage.database import Database

app = typer.Typer(help="Upgrade, check, back up and restore the database.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="The backup file.", show_default=False)]


@app.command("upgrade")
@guarded
def upgrade(data_dir: DataDir = None) -> None:
    """Bring the tables to this version; a private database is copied first."""
    with _open(data_dir) as database:
        typer.echo(upgraded(database))


@app.command("check")
@guarded
def check(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Look for damage, a missing upgrade and a changed audit. Exit code 1 when found."""
    with _open(data_dir) as database:
        faults = database.check()
        if as_json:
            print_json({"database": database.url, "faults": faults})
    if not faults and not as_json:
        typer.echo("The database is sound.")
    if faults:
        _report(faults, as_json=as_json)


@app.command("backup")
@guarded
def backup(file: File, data_dir: DataDir = None) -> None:
    """Write a copy of the database to FILE while work goes on."""
    with _open(data_dir) as database:
        database.backup(file)
    typer.echo(f"The backup is in {file}.")


@app.command("restore")
@guarded
def restore(file: File, data_dir: DataDir = None) -> None:
    """Put the backup FILE in place of the database; what was there is kept beside it."""
    typer.echo(f"Restored. What was there before is in {restored(_url(data_dir), file)}.")


def upgraded(database: "Database") -> str:
    """Upgrade, and return the sentence that says what was done."""
    before = database.revision
    copy = database.upgrade()
    if before == database.revision:
        return "The database is up to date."
    kept = f" The database as it was before is in {copy}." if copy else ""
    return f"The database was upgraded to {database.revision}.{kept}"


def restored(url: str, backup_file: Path) -> Path:
    """Restore over whatever is at `url`, a damaged file too, and return what was kept."""
    # SQLAlchemy loads in a third of a second, and `--help` does not need it.
    from agentassist.storage.database import opened, set_damaged_aside  # noqa: PLC0415
    from agentassist.storage.faults import Damaged  # noqa: PLC0415
    from agentassist.storage.sqlite_files import verify  # noqa: PLC0415

    verify(backup_file)
    try:
        with opened(url) as database:
            return database.restore(backup_file)
    except Damaged:
        kept = set_damaged_aside(url)
    with opened(url) as database:
        database.restore(backup_file).unlink()
    return kept


def _report(faults: list[str], *, as_json: bool) -> None:
    if as_json:
        raise typer.Exit(1)
    fail("\n".join(faults))


def _url(data_dir: Path | None) -> str:
    chosen = settings(data_dir).settings
    if not chosen.database_url:
        chosen.data_dir.mkdir(parents=True, exist_ok=True)
    return chosen.url


@contextmanager
def _open(data_dir: Path | None) -> "Iterator[Database]":
    from agentassist.storage.database import opened  # noqa: PLC0415  # as above

    with opened(_url(data_dir)) as database:
        yield database
