# SPDX-License-Identifier: Apache-2.0
"""`agentassist lab`: the policy lab, at the desk that runs or at one that starts for it."""

import typer

from agentassist.cli.context import DataDir, guarded, settings

app = typer.Typer(add_completion=False)


@app.command()
@guarded
def lab(data_dir: DataDir = None) -> None:
    """Open the policy lab: write, try, review and put policies in force."""
    from agentassist.cli.desk import run_desk  # noqa: PLC0415  brings Qt

    chosen = settings(data_dir).settings
    raise typer.Exit(run_desk(chosen, lambda desk: desk.open_lab(), told={"command": "lab"}))
