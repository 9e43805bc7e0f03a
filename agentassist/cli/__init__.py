# SPDX-License-Identifier: Apache-2.0
"""The command line: `agentassist` opens the desk, everything else needs no window.

Commands are loaded when they are called, so that a softphone which starts
`agentassist call pop` for every ring does not wait for the database and the model.
Exit codes: 0 done, 1 failed, 2 wrong usage.
"""

import multiprocessing
import os
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from agentassist import __version__

_COMMANDS = {
    "call": "Announce, feed and end calls at the running desk.",
    "customers": "Import, find, show, merge and split customers, find duplicates.",
    "db": "Upgrade, check, back up and restore the database.",
    "demo": "Open the desk on sample data with a scripted caller.",
    "doctor": "Check every part, and say what to do.",
    "index": "Show and rebuild the search index.",
    "interactions": "Import interactions of every channel.",
    "lab": "Open the policy lab beside the desk.",
    "kb": "Import, search, list and check knowledge articles.",
    "loops": "See and work off what is open on every channel.",
    "model": "List, add and verify language models.",
    "policy": "Check policies and decide cases.",
    "reports": "Print the numbers for leads, each with its definition.",
    "settings": "Show settings and where each comes from.",
    "staff": "Keep the logins of those who sign.",
}


class _OnDemand(TyperGroup):
    """Imports `agentassist.cli.<name>` when the command is called or its help is wanted."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command = typer.main.get_command(import_module(f"agentassist.cli.{cmd_name}").app)
        command.name = cmd_name
        command.short_help = _COMMANDS[cmd_name]
        return command


app = typer.Typer(
    cls=_OnDemand, no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False
)


@app.callback(invoke_without_command=True)
def desk(
    context: typer.Context,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder for all data of this run.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    """A desktop companion for contact-center agents. Without a command it opens the desk."""
    if version:
        typer.echo(f"agentassist {__version__}")
        raise typer.Exit
    if data_dir is not None:
        os.environ["AGENTASSIST_DATA_DIR"] = str(data_dir)
    if context.invoked_subcommand is None:
        import_module("agentassist.cli.desk").open_desk()


def main() -> None:
    """Run the command line."""
    multiprocessing.freeze_support()
    # Vectors of one query gain nothing from more BLAS threads, and wait for them on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app()
