# SPDX-License-Identifier: Apache-2.0
"""`agentassist kb`: import, list, check and search articles; what agents reported of them."""

import typer

from agentassist.cli.kb_articles import import_path, learn_from, lint_folder, list_articles
from agentassist.cli.kb_reports import list_flags, list_gaps
from agentassist.cli.kb_search import search
from agentassist.cli.kb_turns import turns

app = typer.Typer(help="Import, search, list and check knowledge articles.", no_args_is_help=True)

app.command("import")(import_path)
app.command("learn")(learn_from)
app.command("list")(list_articles)
app.command("lint")(lint_folder)
app.command("search")(search)
app.command("turns")(turns)
app.command("gaps")(list_gaps)
app.command("flags")(list_flags)


@app.callback()
def kb() -> None:
    """Import, search, list and check knowledge articles."""
