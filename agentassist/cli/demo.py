# SPDX-License-Identifier: Apache-2.0
"""`agentassist demo`: the desk on sample data with scripted callers."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from agentassist.cli.context import DataDir, fail, guarded, settings
from agentassist.domain.clock import utc_now
from agentassist.errors import UserError
from agentassist.settings import Settings

_FALLBACK = Path("screenshots")
_LANGUAGES = ("en", "ko")
_THEMES = ("light", "dark")


@guarded
def demo(
    screenshots: Annotated[
        Path | None,
        typer.Option("--screenshots", help="Save the screens to this folder, with no window."),
    ] = None,
    only: Annotated[
        str, typer.Option("--only", help="Save one language and theme, such as ko-dark.")
    ] = "",
    speed: Annotated[float, typer.Option("--speed", min=0.1, help="How fast callers speak.")] = 1.0,
    data_dir: DataDir = None,
) -> None:
    """Open the desk on invented customers, with callers that follow a script."""
    from agentassist.demo import demo_settings, prepare  # noqa: PLC0415  brings Qt

    chosen = demo_settings(settings(data_dir).settings, data_dir)
    if screenshots is None and not _has_display():
        typer.echo(f"There is no display: the screens are saved to {_FALLBACK.resolve()} instead.")
        screenshots = _FALLBACK
    if screenshots is not None and not only:
        _photograph_all(chosen, screenshots)
        return
    prepare(chosen, utc_now(), typer.echo, fresh=bool(only))
    if screenshots is None:
        raise typer.Exit(_open(chosen, speed))
    _photograph(chosen, screenshots, only)


app = typer.Typer(add_completion=False)
app.command()(demo)


def _has_display() -> bool:
    from agentassist.diagnostics import check_display  # noqa: PLC0415

    try:
        check_display()
    except UserError:
        return False
    return True


def _open(chosen: Settings, speed: float) -> int:
    from agentassist.cli.desk import run_desk  # noqa: PLC0415
    from agentassist.demo import ScriptedCallers, scripts  # noqa: PLC0415

    return run_desk(chosen, lambda desk: ScriptedCallers(desk, scripts(_language(chosen)), speed))


def _language(chosen: Settings) -> str:
    from PySide6.QtCore import QLocale  # noqa: PLC0415

    return QLocale().name()[:2] if chosen.language == "system" else chosen.language


def _photograph_all(chosen: Settings, target: Path) -> None:
    """Save every language and theme, each in a process of its own: Qt has one style at a time."""
    base = [sys.executable, "-m", "agentassist", "demo", "--screenshots", str(target)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for language, theme in product(_LANGUAGES, _THEMES):
        only = ["--only", f"{language}-{theme}", "--data-dir", str(chosen.data_dir)]
        if subprocess.run([*base, *only], env=environment, check=False).returncode:
            fail(f"The screens {language}-{theme} could not be saved.")


def _photograph(chosen: Settings, target: Path, only: str) -> None:
    from agentassist.screens import Photographer  # noqa: PLC0415  brings Qt

    language, _, theme = only.partition("-")
    if language not in _LANGUAGES or theme not in _THEMES:
        raise UserError("Name a language and a theme, such as ko-dark.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    changed = {"language": language, "theme": theme, "webhook": False}
    photographer = Photographer(chosen.model_copy(update=changed), target)
    try:
        for path in photographer.play():
            typer.echo(path)
    finally:
        photographer.close()
