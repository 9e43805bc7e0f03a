# SPDX-License-Identifier: Apache-2.0
"""What follows an import: rows that were left out, and mappings to be used again."""

from pathlib import Path
from typing import Annotated, Any

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    guarded,
    open_database,
    print_json,
    print_table,
)
from agentassist.domain.import_run import LeftOut, SavedMapping
from agentassist.domain.importing import RecordKind

_SHOWN = 20


def add_upkeep_to(app: typer.Typer, kinds: tuple[RecordKind, ...]) -> None:
    """Give a group of commands `rejected`, for rows of these kinds, and `mappings`."""

    @app.command("rejected")
    @guarded
    def rejected(
        csv: Annotated[
            Path | None, typer.Option("--csv", help="Write them to a file, to be mended.")
        ] = None,
        forget: Annotated[
            bool, typer.Option("--forget", help="Delete them: nobody wants them any more.")
        ] = False,
        data_dir: DataDir = None,
        as_json: AsJson = False,
    ) -> None:
        """List the rows that imports left out; they wait until they come in."""
        from agentassist.services import left_out  # noqa: PLC0415  slow to load

        with open_database(data_dir) as database:
            rows = left_out.left_out(database, kinds)
            if csv is not None:
                left_out.write_csv(rows, csv)
            if forget:
                left_out.forget(database, rows)
        _print_rows(rows, csv, forgotten=forget, as_json=as_json)

    @app.command("mappings")
    @guarded
    def mappings(
        delete: Annotated[str, typer.Option("--delete", metavar="NAME", help="Forget one.")] = "",
        data_dir: DataDir = None,
        as_json: AsJson = False,
    ) -> None:
        """List the mappings that `import --save-mapping` keeps."""
        from agentassist.services import saved_mappings  # noqa: PLC0415  slow to load

        with open_database(data_dir) as database:
            if delete:
                saved_mappings.delete_mapping(database, delete)
            found = saved_mappings.mappings(database)
        if as_json:
            print_json([_plain_mapping(mapping) for mapping in found])
        else:
            print_table(("NAME", "KIND", "COLUMNS", "OPTIONS"), [_cells(one) for one in found])


def _print_rows(rows: list[LeftOut], csv: Path | None, *, forgotten: bool, as_json: bool) -> None:
    if as_json:
        print_json([_plain_row(row) for row in rows])
        return
    for row in rows[:_SHOWN]:
        field = f" [{row.field}]" if row.field else ""
        typer.echo(f"{row.file}:{row.line}{field}: {row.reason}")
    more = len(rows) - _SHOWN
    if more > 0:
        typer.echo(f"{more} more; --csv FILE or --json has them all.")
    if not rows:
        typer.echo("No row waits.")
    elif forgotten:
        typer.echo(f"{len(rows)} rows are forgotten.")
    if csv is not None:
        typer.echo(f"{csv}: mend the rows and import this file; those that come in wait no more.")


def _plain_row(row: LeftOut) -> dict[str, Any]:
    return {
        "id": row.id,
        "file": row.file,
        "line": row.line,
        "field": row.field,
        "reason": row.reason,
        "at": row.at,
        "content": dict(row.content),
    }


def _plain_mapping(mapping: SavedMapping) -> dict[str, Any]:
    return {
        "name": mapping.name,
        "kind": mapping.kind,
        "columns": dict(mapping.columns),
        "options": dict(mapping.options),
    }


def _cells(mapping: SavedMapping) -> tuple[str, ...]:
    columns = ", ".join(f"{field}={column}" for field, column in mapping.columns.items())
    options = ", ".join(f"{name}={value}" for name, value in mapping.options.items())
    return mapping.name, mapping.kind or "-", columns or "-", options or "-"
