# SPDX-License-Identifier: Apache-2.0
"""`agentassist kb gaps` and `kb flags`: what agents reported, newest first."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    guarded,
    open_database,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from agentassist.services.reports import ReportedFlag, ReportedGap
    from agentassist.storage.database import Database

Reported = TypeVar("Reported", "ReportedGap", "ReportedFlag")

_WIDEST = 100
Limit = Annotated[int, typer.Option("--limit", min=1, help="How many at most.")]


@guarded
def list_gaps(limit: Limit = 100, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what nothing was found for, newest first; equal ones are one, with their number."""
    from agentassist.services.reports import gaps  # noqa: PLC0415  slow to load

    found = _read(gaps, data_dir, limit)
    if as_json:
        print_json([asdict(gap) for gap in found])
        return
    rows = [(_time(gap.last), gap.times, gap.language, _line(gap.query)) for gap in found]
    _print(("WHEN", "TIMES", "LANGUAGE", "QUERY"), rows, "No gap was reported.")


@guarded
def list_flags(limit: Limit = 100, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the articles that agents found wrong, newest first."""
    from agentassist.services.reports import flags  # noqa: PLC0415  slow to load

    found = _read(flags, data_dir, limit)
    if as_json:
        print_json([asdict(flag) for flag in found])
        return
    rows = [
        (_time(flag.at), flag.key, _line(flag.reason) or "-", _line(flag.query)) for flag in found
    ]
    _print(("WHEN", "ARTICLE", "REASON", "QUERY"), rows, "No article was flagged.")


def _read(
    read: "Callable[[Database, int], tuple[Reported, ...]]", data_dir: Path | None, limit: int
) -> "tuple[Reported, ...]":
    with open_database(data_dir) as database:
        return read(database, limit)


def _print(heads: Sequence[str], rows: Sequence[Sequence[object]], nothing: str) -> None:
    if rows:
        print_table(heads, rows)
    else:
        typer.echo(nothing)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _line(text: str) -> str:
    return " ".join(text.split())[:_WIDEST]
