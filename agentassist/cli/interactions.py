# SPDX-License-Identifier: Apache-2.0
"""`agentassist interactions`: import what happened before, on every channel."""

from pathlib import Path
from typing import Annotated

import typer

from agentassist.cli.context import AsJson, DataDir, guarded
from agentassist.cli.import_upkeep import add_upkeep_to
from agentassist.cli.imports import (
    Dates,
    DryRun,
    Encoding,
    FormatName,
    FromStart,
    MappingName,
    Maps,
    Own,
    Region,
    SaveMapping,
    Source,
    Zone,
    date_order,
    explicit_columns,
    run_import,
)
from agentassist.cli.mailbox import mail_password, watch_mail
from agentassist.cli.pull import pull, token
from agentassist.domain.importing import RecordKind

app = typer.Typer(help="Import interactions of every channel.", no_args_is_help=True)
app.command("watch-mail")(watch_mail)
app.command("mail-password")(mail_password)


@app.callback()
def main() -> None:
    """Import interactions of every channel."""


app.command("pull")(pull)
app.command("token")(token)


@app.command("import")
@guarded
def import_interactions(
    path: Annotated[
        Path, typer.Argument(help="An NDJSON, CSV or TSV file; mails as .eml, mbox or Maildir.")
    ],
    channel: Annotated[
        str, typer.Option("--channel", help="Of rows that do not name one: chat, email, call ...")
    ] = "",
    create_customers: Annotated[
        bool, typer.Option("--create-customers", help="Add people that a row itself describes.")
    ] = False,
    columns: Maps = None,
    dry_run: DryRun = False,
    source: Source = "import",
    encoding: Encoding = "",
    format_name: FormatName = "",
    region: Region = "",
    zone: Zone = "UTC",
    dates: Dates = "",
    own: Own = None,
    mapping: MappingName = "",
    save_mapping: SaveMapping = "",
    from_start: FromStart = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import chats, calls, e-mails, notes ...; each is linked to its customer where possible."""
    from agentassist.intake import values  # noqa: PLC0415  slow to load
    from agentassist.services.import_options import ImportOptions  # noqa: PLC0415  slow to load

    options = ImportOptions(
        source=source,
        kind=RecordKind.INTERACTIONS,
        columns=explicit_columns(columns),
        encoding=encoding,
        format=format_name,
        region=region,
        zone=zone,
        dates=date_order(dates),
        channel=values.channel(channel) if channel else None,
        create_customers=create_customers,
        dry_run=dry_run,
        own=tuple(own or ()),
        from_start=from_start,
    )
    run_import(path, options, data_dir, as_json=as_json, mapping=mapping, save_as=save_mapping)


add_upkeep_to(app, (RecordKind.INTERACTIONS,))
