# SPDX-License-Identifier: Apache-2.0
"""`agentassist settings`: every setting, its value, and the layer it comes from."""

import typer

from agentassist.cli.context import AsJson, DataDir, guarded, print_json, print_table, settings
from agentassist.settings import Loaded, Settings, machine_policy_file, user_file

app = typer.Typer(help="Show settings and where each comes from.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Show settings and where each comes from."""


@app.command("show")
@guarded
def show(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show all settings; a password in a database URL is hidden."""
    loaded = settings(data_dir)
    for unknown in loaded.unknown:
        typer.echo(str(unknown), err=True)
    if as_json:
        print_json({key: _entry(loaded, key) for key in Settings.model_fields})
        return
    rows = [list(_entry(loaded, key).values()) for key in Settings.model_fields]
    keys = list(Settings.model_fields)
    print_table(
        ("setting", "value", "from", "locked", "what it is for"),
        [[key, *line] for key, line in zip(keys, rows, strict=True)],
    )
    typer.echo(f"\nUser file: {user_file()}\nMachine policy: {machine_policy_file()}")


def _entry(loaded: Loaded, key: str) -> dict[str, object]:
    return {
        "value": _shown(loaded.settings, key),
        "from": str(loaded.origins[key]),
        "locked": key in loaded.locked,
        "description": Settings.model_fields[key].description,
    }


def _shown(chosen: Settings, key: str) -> object:
    value = getattr(chosen, key)
    if key != "database_url" or "@" not in str(value):
        return value
    scheme, rest = str(value).split("://", 1)
    login, place = rest.rsplit("@", 1)
    return f"{scheme}://{login.split(':')[0]}:***@{place}"
