# SPDX-License-Identifier: Apache-2.0
"""`agentassist interactions watch-mail` and `mail-password`: mail from an IMAP server."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli.context import DataDir, fail, guarded, open_database, settings
from agentassist.cli.imports import Source, checked, clear_progress, show_progress
from agentassist.domain.importing import RecordKind

if TYPE_CHECKING:
    from agentassist.domain.importing import ImportReport
    from agentassist.errors import Unavailable

_SHOWN_FAULTS = 20


@guarded
def watch_mail(
    once: Annotated[
        bool, typer.Option("--once", help="Fetch what is new, and end; else wait for more.")
    ] = False,
    source: Source = "mail",
    data_dir: DataDir = None,
) -> None:
    """Fetch the mailbox of the settings and wait for new mail, until Ctrl-C.

    Nothing in the mailbox is changed or marked as read.
    """
    from agentassist.credentials import Credentials, imap_password  # noqa: PLC0415  slow to load
    from agentassist.services.import_options import ImportOptions  # noqa: PLC0415  as above
    from agentassist.services.mailbox import MailFetcher, account_of  # noqa: PLC0415  as above

    chosen = settings(data_dir).settings
    account = account_of(chosen)
    password = Credentials().get(imap_password(account.user, account.host))
    if not password:
        fail("There is no password yet: set it with `agentassist interactions mail-password`.")
    options = ImportOptions(
        source=source,
        kind=RecordKind.INTERACTIONS,
        region=chosen.region,
        own=(account.user, *chosen.own_addresses),
    )
    with open_database(data_dir) as database:
        fetcher = MailFetcher(
            database,
            account,
            password,
            checked(options),
            chosen.imap_folders,
            progress=show_progress,
            told=_tell,
            trouble=_warn,
        )
        if once:
            fetcher.once()
        else:
            typer.echo(f"Waiting for mail of {account.name}. Stop with Ctrl-C.", err=True)
            fetcher.watch()


@guarded
def mail_password(data_dir: DataDir = None) -> None:
    """Keep the password of the mailbox of the settings in the keyring; asks, or reads a line."""
    from agentassist.credentials import Credentials, imap_password  # noqa: PLC0415  slow to load
    from agentassist.services.mailbox import account_of  # noqa: PLC0415  as above

    account = account_of(settings(data_dir).settings)
    if sys.stdin.isatty():
        password = typer.prompt(f"Password of {account.name}", hide_input=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        fail("No password was given: nothing was changed.")
    Credentials().set(imap_password(account.user, account.host), password)
    typer.echo(f"The password of {account.name} is kept in the keyring.")


def _tell(report: "ImportReport") -> None:
    clear_progress()
    typer.echo(
        f"{report.file}: {report.new} new, {report.unchanged} known, {report.skipped} left out,"
        f" {report.linked} linked"
    )
    for fault in report.faults[:_SHOWN_FAULTS]:
        what = "imported, but" if fault.kept else "left out:"
        typer.echo(f"{fault.place}: {what} {fault.reason}")


def _warn(fault: "Unavailable", delay: float) -> None:
    clear_progress()
    typer.echo(f"{fault} Trying again in {delay:.0f} s.", err=True)
