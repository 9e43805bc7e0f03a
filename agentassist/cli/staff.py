# SPDX-License-Identifier: Apache-2.0
"""`agentassist staff`: the logins of those who sign, and of those who keep policies."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
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
By = Annotated[str, typer.Option("--by", help="Your login as a supervisor, once there is one.")]
Role = Annotated[str, typer.Option("--role", help="agent, lead or supervisor.")]


@app.command("add")
@guarded
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="Name as others see it.")] = "",
    role: Role = "lead",
    by: By = "",
    data_dir: DataDir = None,
) -> None:
    """Make a login. Its password is asked for, or read from standard input.

    From the first supervisor on, a supervisor signs in first: on standard input that
    password is the first line.
    """
    with _kept(data_dir, by) as staff:
        person = staff.add(login, name, role, _password())
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
def password(login: Login, by: By = "", data_dir: DataDir = None) -> None:
    """Give a login another password: asked for, or read from standard input."""
    with _kept(data_dir, by) as staff:
        staff.set_password(login, _password())
    typer.echo("The password was changed.")


@app.command("role")
@guarded
def role(
    login: Login,
    to: Annotated[str, typer.Argument(help="agent, lead or supervisor.", show_default=False)],
    by: By = "",
    data_dir: DataDir = None,
) -> None:
    """Give a login another role."""
    with _kept(data_dir, by) as staff:
        staff.set_role(login, to)
    typer.echo(f"{login} is {to} now.")


@app.command("disable")
@guarded
def disable(login: Login, by: By = "", data_dir: DataDir = None) -> None:
    """Close a login; what it signed stays. `enable` takes it back."""
    with _kept(data_dir, by) as staff:
        staff.disable(login)
    typer.echo(f"{login} cannot sign in any more. `agentassist staff enable {login}` undoes it.")


@app.command("enable")
@guarded
def enable(login: Login, by: By = "", data_dir: DataDir = None) -> None:
    """Open a login again."""
    with _kept(data_dir, by) as staff:
        staff.enable(login)
    typer.echo(f"{login} can sign in again.")


@contextmanager
def _staff(data_dir: Path | None) -> "Iterator[Staff]":
    from agentassist.services.staff import Staff  # noqa: PLC0415  keeps `--help` quick

    with open_database(data_dir) as database:
        yield Staff(database, actor=settings(data_dir).settings.agent or getpass.getuser())


@contextmanager
def _kept(data_dir: Path | None, by: str) -> "Iterator[Staff]":
    """Open the logins for a change, in the name of the supervisor who signs in."""
    with _staff(data_dir) as staff:
        keeper = staff.keeper(by, partial(_typed, f"Password of {by}"))
        yield staff.acting_for(keeper)


def _password() -> str:
    """Ask for a new password twice, or take the next line that is piped in."""
    return _typed("New password", twice=True)


def _typed(label: str, *, twice: bool = False) -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(label, hide_input=True, confirmation_prompt=twice))
    return sys.stdin.readline(_LONGEST_LINE).rstrip("\r\n")
