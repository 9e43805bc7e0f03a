# SPDX-License-Identifier: Apache-2.0
"""`agentassist interactions pull` and `token`: customers and conversations of live systems."""

import sys
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli.context import AsJson, DataDir, guarded, open_database, settings
from agentassist.cli.imports import (
    DryRun,
    Region,
    Source,
    finish,
    settled,
    show_progress,
)
from agentassist.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agentassist.domain.importing import ImportReport
    from agentassist.services.import_options import ImportOptions
    from agentassist.services.pulling import Origin, Puller

System = Annotated[str, typer.Argument(help="zendesk, freshdesk, intercom or hubspot.")]
Url = Annotated[str, typer.Option("--url", help="Of the system, when pull_from names several.")]

_MINUTE = 60


@guarded
def pull(
    system: System,
    url: Url = "",
    once: Annotated[bool, typer.Option("--once", help="End after one round.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Ask for everything again.")] = False,
    every: Annotated[int, typer.Option("--every", min=1, help="Minutes between rounds.")] = 5,
    dry_run: DryRun = False,
    source: Source = "",
    region: Region = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Take over what has changed in a live system, again and again until Ctrl-C."""
    from agentassist.credentials import Credentials  # noqa: PLC0415  slow to load
    from agentassist.services.import_options import ImportOptions  # noqa: PLC0415  slow to load
    from agentassist.services.pulling import Puller, allowed  # noqa: PLC0415  slow to load

    origin = allowed(settings(data_dir).settings.pull_from, system, url)
    given = ImportOptions(source=source or system, region=region, dry_run=dry_run)
    options = settled(given, data_dir)
    with open_database(data_dir) as database:
        puller = Puller(database, Credentials(), progress=show_progress, cancelled=lambda: False)
        if once or dry_run:
            _show(puller.run(origin, options, again=again), as_json=as_json)
        else:
            _keep_pulling(puller, origin, options, every * _MINUTE, again=again, as_json=as_json)


@guarded
def token(system: System, url: Url = "", data_dir: DataDir = None) -> None:
    """Keep the token of a live system in the keyring; it is asked for, or read from input."""
    from agentassist.credentials import Credentials  # noqa: PLC0415  slow to load
    from agentassist.services.pulling import SYSTEMS, allowed, keep_token  # noqa: PLC0415  slow to load

    origin = allowed(settings(data_dir).settings.pull_from, system, url)
    form = SYSTEMS[system]().token_form
    asked = sys.stdin.isatty()
    given = typer.prompt(f"Token ({form})", hide_input=True) if asked else sys.stdin.readline()
    keep_token(Credentials(), origin, given)
    typer.echo(f"The token for {origin.address} is kept in the keyring.")


def _show(reports: "Sequence[ImportReport]", *, as_json: bool) -> None:
    if reports or as_json:
        finish(reports, as_json=as_json)
    else:
        typer.echo("Nothing has changed.")


def _keep_pulling(
    puller: "Puller",
    origin: "Origin",
    options: "ImportOptions",
    seconds: int,
    *,
    again: bool,
    as_json: bool,
) -> None:
    """Go round until the person stops it; a system that is down is asked again later."""
    while True:
        try:
            _show(puller.run(origin, options, again=again), as_json=as_json)
            again = False
        except Unavailable as error:
            typer.echo(str(error), err=True)
        sleep(seconds)
