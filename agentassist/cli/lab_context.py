# SPDX-License-Identifier: Apache-2.0
"""What the commands of the policy lab share: the open lab, who signs, which draft."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from agentassist.cli.context import open_database, settings
from agentassist.errors import UserError

if TYPE_CHECKING:
    from agentassist.domain.policy_draft import Draft
    from agentassist.domain.staff import Person
    from agentassist.services.policy_lab import PolicyLab
    from agentassist.storage.database import Database

By = Annotated[
    str, typer.Option("--by", help="Your login; the password is asked for, or read from stdin.")
]
Which = Annotated[
    str, typer.Argument(help="The draft: its title, or the end of its id.", show_default=False)
]
Note = Annotated[str, typer.Option("--note", help="What to say with it.")]

_SHORT = 8
_LONGEST_LINE = 2_000


class Opened(NamedTuple):
    """The lab, and the database it works on."""

    lab: "PolicyLab"
    database: "Database"


@contextmanager
def opened(data_dir: Path | None) -> Iterator[Opened]:
    """Open the lab over the policies in force. Raises their first fault when none can be."""
    from agentassist.domain.clock import utc_now  # noqa: PLC0415  keeps `--help` quick
    from agentassist.places import resource  # noqa: PLC0415
    from agentassist.services.policies import PolicyService  # noqa: PLC0415
    from agentassist.services.policy_lab import PolicyLab  # noqa: PLC0415
    from agentassist.services.queue_rules import company_zone  # noqa: PLC0415

    chosen = settings(data_dir).settings
    with open_database(data_dir) as database:
        folder = chosen.policies or resource("policies")
        service = PolicyService(database, folder, None, utc_now)
        problems = service.load()
        if service.bundle is None:
            raise problems[0] if problems else UserError("There are no policies.")
        if service.hint is not None:
            typer.echo(str(service.hint), err=True)
        zone = company_zone(chosen)
        yield Opened(PolicyLab(database, service, utc_now, zone=zone), database)


def signed_in(database: "Database", login: str) -> "Person":
    """Return who signs. Raises UserError when no login is given, or it does not match."""
    from agentassist.services.staff import Staff  # noqa: PLC0415  keeps `--help` quick

    if not login:
        raise UserError("Say who you are with --by LOGIN: every step of a policy has a name.")
    return Staff(database).sign_in(login, _password(login))


def _password(login: str) -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password of {login}", hide_input=True))
    return sys.stdin.readline(_LONGEST_LINE).rstrip("\r\n")


def the_draft(lab: "PolicyLab", wanted: str) -> "Draft":
    """Return the draft that a title or the end of an id names. Raises UserError."""
    drafts = lab.drafts(closed=True)
    found = [draft for draft in drafts if wanted and str(draft.id).endswith(wanted.casefold())]
    found = found or [draft for draft in drafts if draft.title.casefold() == wanted.casefold()]
    if len(found) != 1:
        raise UserError(
            "{number} drafts are called {wanted}: name one by the id that `agentassist policy "
            "draft` shows.",
            number=len(found),
            wanted=wanted[:80],
        )
    return found[0]


def short(draft: "Draft") -> str:
    """Return the end of a draft's id, by which people name it."""
    return str(draft.id)[-_SHORT:]


def progress(done: int, of: int) -> None:
    """Show how far it is, where somebody is watching."""
    if sys.stderr.isatty():
        typer.echo(f"\r{done:,} of {of:,}", err=True, nl=done == of)
