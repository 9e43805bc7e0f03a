# SPDX-License-Identifier: Apache-2.0
"""`agentassist staff`: the logins of those who sign, and of those who keep policies."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    guarded,
    open_database,
    print_json,
    print_table,
    settings,
)

if TYPE_CHECKING:
    from agentassist.services.staff import Login as Known
    from agentassist.services.staff import Staff

app = typer.Typer(help="Keep the logins of those who sign.", no_args_is_help=True)

_LONGEST_LINE = 2_000

Login = Annotated[str, typer.Argument(help="The login.", show_default=False)]
Role = Annotated[str, typer.Option("--role", help="agent, lead or supervisor.")]


@app.command("add")
@guarded
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="Name as others see it.")] = "",
    role: Role = "lead",
    data_dir: DataDir = None,
) -> None:
    """Make a login. Its password is asked for, or read from standard input."""
    password = _password()
    with _staff(data_dir) as staff:
        person = staff.add(login, name, role, password)
    typer.echo(f"{person.name} can sign in as {person.login} ({person.role}).")


@app.command("list")
@guarded
def list_logins(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List all logins."""
    with _staff(data_dir) as staff:
        found = staff.everybody()
    if as_json:
        print_json([{**asdict(one.person), "closed": one.disabled_at} for one in found])
    elif not found:
        typer.echo("There are no logins yet. Make one with `agentassist staff add LOGIN`.")
    else:
        print_table(("Login", "Name", "Role", "Closed"), [_row(one) for one in found])


def _row(one: "Known") -> tuple[object, ...]:
    person, closed = one.person, one.disabled_at
    return person.login, person.name, person.role, f"{closed:%Y-%m-%d}" if closed else ""


@app.command("password")
@guarded
def password(login: Login, data_dir: DataDir = None) -> None:
    """Give a login another password: asked for, or read from standard input."""
    typed = _password()
    with _staff(data_dir) as staff:
        staff.set_password(login, typed)
    typer.echo("The password was changed.")


@app.command("role")
@guarded
def role(
    login: Login,
    to: Annotated[str, typer.Argument(help="agent, lead or supervisor.", show_default=False)],
    data_dir: DataDir = None,
) -> None:
    """Give a login another role."""
    with _staff(data_dir) as staff:
        staff.set_role(login, to)
    typer.echo(f"{login} is {to} now.")


@app.command("disable")
@guarded
def disable(login: Login, data_dir: DataDir = None) -> None:
    """Close a login; what it signed stays. `enable` takes it back."""
    with _staff(data_dir) as staff:
        staff.disable(login)
    typer.echo(f"{login} cannot sign in any more. `agentassist staff enable {login}` undoes it.")


@app.command("enable")
@guarded
def enable(login: Login, data_dir: DataDir = None) -> None:
    """Open a login again."""
    with _staff(data_dir) as staff:
        staff.enable(login)
    typer.echo(f"{login} can sign in again.")


@contextmanager
def _staff(data_dir: Path | None) -> "Iterator[Staff]":
    from agentassist.domain.clock import utc_now  # noqa: PLC0415  keeps `--help` quick
    from agentassist.services.staff import Staff  # noqa: PLC0415  as above

    actor = settings(data_dir).settings.agent or getpass.getuser()
    with open_database(data_dir) as database:
        yield Staff(database, utc_now, actor)


def _password() -> str:
    """Ask for a password twice, or take the first line that is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline(_LONGEST_LINE).rstrip("\r\n")
