# SPDX-License-Identifier: Apache-2.0
"""What every command shares: the settings, the open database, and how a failure ends."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from agentassist.errors import Cancelled, Problem, UserError
from agentassist.settings import Loaded, load

if TYPE_CHECKING:
    from agentassist.storage.database import Database

P = ParamSpec("P")
R = TypeVar("R")

Since = Annotated[str, typer.Option("--since", help="A day, such as 2026-11-01.")]
DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder for all data of this run.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def settings(data_dir: Path | None = None) -> Loaded:
    """Load the settings of this run."""
    return load({"data_dir": data_dir})


@contextmanager
def open_database(data_dir: Path | None = None) -> "Iterator[Database]":
    """Open the configured database, bring a private one up to date, and close it in the end."""
    from agentassist.storage.database import Database  # noqa: PLC0415  slow to load

    chosen = settings(data_dir).settings
    chosen.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database.open(chosen.url)
    try:
        if not chosen.database_url:
            database.upgrade()
        yield database
    finally:
        database.close()


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn a Problem into its sentence on standard error and exit code 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (Cancelled, KeyboardInterrupt):
            fail("Stopped.")
        except Problem as problem:
            fail(str(problem))

    return run


def day_of(text: str) -> datetime | None:
    """Read the day of an option, None where it was not given. Raises UserError."""
    try:
        return datetime.fromisoformat(text).astimezone() if text else None
    except ValueError:
        raise UserError("{text} is no day: write it as 2026-11-01.", text=text[:40]) from None


def fail(sentence: str) -> NoReturn:
    """Say why and exit with 1."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def print_json(value: Any) -> None:
    """Print a value for programs; ids, times and paths become strings."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows for people, each column as wide as its widest cell."""
    cells = [[str(cell) for cell in line] for line in (heads, *rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    for line in cells:
        typer.echo(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
