# SPDX-License-Identifier: Apache-2.0
"""What `customers import`, `interactions import` and `kb import` share."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentassist.cli.context import fail, open_database, print_json, print_table, settings
from agentassist.domain.importing import ImportReport, Progress, RecordKind
from agentassist.domain.waiting import silent
from agentassist.errors import UserError

if TYPE_CHECKING:
    from agentassist.services.import_options import ImportOptions

_SHOWN_FAULTS = 20
_OF_KNOWLEDGE = frozenset({RecordKind.ARTICLES, RecordKind.SOLVED_CONTACTS})

Maps = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Name the column of a field; repeatable."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Report, and write nothing.")]
Source = Annotated[
    str, typer.Option("--source", help="The system the records come from, one name for all files.")
]
Encoding = Annotated[str, typer.Option("--encoding", help="Of the file; by default found out.")]
Region = Annotated[
    str,
    typer.Option(
        "--region",
        help="Country of phone numbers without a country code; by default the setting region.",
        show_default=False,
    ),
]
Zone = Annotated[str, typer.Option("--zone", help="Zone of times without one, e.g. Asia/Seoul.")]
Currency = Annotated[str, typer.Option("--currency", help="Of amounts without one.")]
Dates = Annotated[str, typer.Option("--dates", help="dmy or mdy: how 03/04/2026 is meant.")]


FormatName = Annotated[
    str, typer.Option("--format", help="Of the file; by default found out.", show_default=False)
]
Own = Annotated[
    list[str] | None,
    typer.Option(
        "--own",
        help="An address, @domain, number or chat name of ours: no customer's; repeatable. "
        "Those of the setting own_addresses are known.",
    ),
]
FromStart = Annotated[
    bool, typer.Option("--from-start", help="Read all of it again, whatever is in already.")
]
MappingName = Annotated[
    str, typer.Option("--mapping", metavar="NAME", help="Columns and options saved before.")
]
SaveMapping = Annotated[
    str, typer.Option("--save-mapping", metavar="NAME", help="Keep columns and options.")
]


def explicit_columns(pairs: Sequence[str] | None) -> dict[str, str]:
    """Return field to column from `field=column`; raises UserError for anything else."""
    found = {}
    for pair in pairs or ():
        field, equals, column = pair.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise UserError('Write --map field=column, not "{pair}".', pair=pair[:60])
        found[field.strip()] = column.strip()
    return found


def kind_named(text: str) -> RecordKind | None:
    """Return the kind of records in a word such as `order-items`; None for an empty one."""
    if not text:
        return None
    plain = text.casefold().replace("-", " ").replace("_", " ")
    kinds = [kind for kind in RecordKind if kind not in _OF_KNOWLEDGE]
    for kind in kinds:
        if plain == kind:
            return kind
    known = ", ".join(kind.replace(" ", "-") for kind in kinds)
    raise UserError('"{text}" is no kind of record: use {known}.', text=text[:40], known=known)


def region_of(given: str, data_dir: Path | None) -> str:
    """Return the country that was named, else that of the setting."""
    return given or settings(data_dir).settings.region


def settled(options: "ImportOptions", data_dir: Path | None) -> "ImportOptions":
    """Return the options with the settings where they say nothing themselves, checked."""
    configured = settings(data_dir).settings
    region = options.region or configured.region
    own = (*options.own, *configured.own_addresses)
    return checked(replace(options, region=region, own=tuple(dict.fromkeys(own))))


def checked(options: "ImportOptions") -> "ImportOptions":
    """Return the options; raises UserError for a country or zone that does not exist."""
    from phonenumbers import SUPPORTED_REGIONS  # noqa: PLC0415  slow to load

    from agentassist.intake.values import zone  # noqa: PLC0415  slow to load

    zone(options.zone)
    region = options.region.upper()
    if region not in SUPPORTED_REGIONS:
        raise UserError('There is no country "{region}": write US, KR, DE.', region=options.region)
    return replace(options, region=region, currency=options.currency.upper())


def date_order(text: str) -> Any:
    """Return how dates are meant; raises UserError for another word."""
    from agentassist.intake.values import DateOrder  # noqa: PLC0415  slow to load

    try:
        return DateOrder(text.casefold())
    except ValueError:
        raise UserError('Write --dates dmy or --dates mdy, not "{text}".', text=text) from None


def run_import(
    path: Path,
    options: "ImportOptions",
    data_dir: Path | None,
    *,
    as_json: bool,
    mapping: str = "",
    save_as: str = "",
) -> None:
    """Import and print the report; exit code 1 when nothing could be taken.

    `mapping` names a saved mapping to use, `save_as` the name under which to save this one.
    """
    from agentassist.services.importing import Importer  # noqa: PLC0415  slow to load
    from agentassist.services.saved_mappings import (  # noqa: PLC0415  slow to load
        save_mapping,
        with_mapping,
    )

    with open_database(data_dir) as database:
        given = with_mapping(database, mapping, options) if mapping else options
        importer = Importer(database, progress=silent if as_json else show_progress)
        reports = importer.run(path, settled(given, data_dir))
        if save_as:
            save_mapping(database, save_as, given)
    finish(reports, as_json=as_json)


def finish(reports: Sequence[ImportReport], *, as_json: bool) -> None:
    """Print what became of each file; fail when every row was left out."""
    if as_json:
        print_json([as_plain(report) for report in reports])
    else:
        clear_progress()
        _print(reports)
    if reports and all(report.skipped and report.skipped == report.rows for report in reports):
        fail("Nothing was imported.")


def as_plain(report: ImportReport) -> dict[str, Any]:
    """Return a report for programs."""
    faults = [
        {
            "file": fault.place.file,
            "line": fault.place.line,
            "field": fault.place.field,
            "reason": fault.reason,
            "imported": fault.kept,
        }
        for fault in report.faults
    ]
    plain = asdict(report)
    unused = plain.pop("ignored")
    return plain | {"rows": report.rows, "columns_not_used": unused, "faults": faults}


def _print(reports: Sequence[ImportReport]) -> None:
    heads = ("FILE", "KIND", "NEW", "UPDATED", "UNCHANGED", "LEFT OUT", "LINKED", "NOT LINKED")
    print_table(heads, [_cells(report) for report in reports])
    if any(report.dry_run for report in reports):
        typer.echo("Dry run: nothing was written.")
    for report in reports:
        _print_details(report)


def _cells(report: ImportReport) -> tuple[object, ...]:
    links = report.kind is RecordKind.INTERACTIONS
    return (
        Path(report.file).name,
        report.kind,
        report.new,
        report.updated,
        report.unchanged,
        report.skipped,
        report.linked if links else "-",
        report.unlinked if links else "-",
    )


def _print_details(report: ImportReport) -> None:
    for sentence in _sentences(report):
        typer.echo(f"{Path(report.file).name}: {sentence}")
    for fault in report.faults[:_SHOWN_FAULTS]:
        what = "imported, but" if fault.kept else "left out:"
        typer.echo(f"{fault.place}: {what} {fault.reason}")
    more = len(report.faults) - _SHOWN_FAULTS
    if more > 0:
        typer.echo(f"{Path(report.file).name}: {more} more; --json shows them all.")


def _sentences(report: ImportReport) -> Iterator[str]:
    if report.known_since:
        yield f"imported before ({report.known_since}), not read again; --from-start reads it."
    if report.went_on_after:
        yield f"went on after row {report.went_on_after}."
    if report.ignored:
        yield f"columns not used: {', '.join(report.ignored)}"
    if report.suggested:
        pairs = (f'--map "{field}={column}"' for column, field in report.suggested.items())
        yield f"perhaps: {' '.join(pairs)}"
    if report.redacted:
        yield f"card numbers, codes or passwords taken out of {report.redacted} texts"
    if report.skipped and not report.dry_run:
        yield "the command `rejected --csv FILE` writes what was left out, to be mended."


def show_progress(progress: Progress) -> None:
    """Show how far it is on a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        return
    part = f" {100 * progress.done // progress.total} %" if progress.total else ""
    typer.echo(f"\r{Path(progress.file).name}: {progress.rows} rows{part}   ", err=True, nl=False)


def clear_progress() -> None:
    """Make room for the report on a terminal."""
    if sys.stderr.isatty():
        typer.echo("\r\033[K", err=True, nl=False)
