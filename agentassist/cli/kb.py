# SPDX-License-Identifier: Apache-2.0
"""`agentassist kb`: search the knowledge base."""

import typer

from agentassist.cli.kb_search import search

app = typer.Typer(help="Import, search, list and check knowledge articles.", no_args_is_help=True)

app.command("search")(search)


@app.callback()
def kb() -> None:
    """Import, search, list and check knowledge articles."""
