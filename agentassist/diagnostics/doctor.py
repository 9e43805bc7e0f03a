# SPDX-License-Identifier: Apache-2.0
"""Checks of the machine and of the parts, each with a sentence: what `doctor` prints."""

import logging
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from agentassist.errors import Problem, UserError

Check = Callable[[], str]
MINIMUM_PYTHON = (3, 11)
NEEDED_BYTES = 500_000_000  # the database, its backup, the index and a model
_log = logging.getLogger(__name__)


class Warn(str):
    """The sentence of a check that is passed, and yet should be read."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found: the sentence tells what is well, or what to do."""

    name: str
    ok: bool
    sentence: str
    warn: bool = False


def doctor(checks: Mapping[str, Check]) -> tuple[CheckResult, ...]:
    """Make every check, in order, whatever the others find.

    A check returns a sentence when all is well (a `Warn` when nearly so), and raises a
    Problem when it is not.
    """
    return tuple(_result(name, check) for name, check in checks.items())


def check_python() -> str:
    """Check the version of the interpreter.

    Raises:
        UserError: it is too old.
    """
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < MINIMUM_PYTHON:
        raise UserError(
            "Python {found} is too old. Install Python {needed} or newer.",
            found=found,
            needed=".".join(map(str, MINIMUM_PYTHON)),
        )
    return f"Python {found}."


def check_display(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> str:
    """Check that a window can be opened.

    Raises:
        UserError: a Linux session without X11 and Wayland.
    """
    if system in {"win32", "darwin"}:
        return "The system has a display."
    found = next((n for n in ("WAYLAND_DISPLAY", "DISPLAY") if environment.get(n)), None)
    if found is None:
        raise UserError(
            "There is no display. Start the desk in a graphical session;"
            " all other commands work without one."
        )
    return f"A display is set by {found}."


def check_hangul(system: str = sys.platform, lister: str = "fc-list") -> str:
    """Check that Korean text can be shown.

    Raises:
        UserError: no font has it, or fonts cannot be listed.
    """
    if system in {"win32", "darwin"}:
        return "The system comes with a Korean font."
    try:
        listed = subprocess.run(  # noqa: S603 - fixed words
            [lister, ":lang=ko", "family"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise UserError(
            "Fonts cannot be listed. Install fontconfig to check for a Korean font."
        ) from error
    family = listed.partition("\n")[0].partition(",")[0].strip()
    if not family:
        raise UserError("No font shows Korean. Install fonts-noto-cjk or fonts-nanum.")
    return f"Korean is shown with {family}."


def check_disk(folder: Path, needed: int = NEEDED_BYTES) -> str:
    """Check that there is room where the data is kept.

    Raises:
        UserError: less than `needed` bytes are free.
    """
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        raise UserError(
            "Only {free} MB are free for {folder}. Make room for {needed} MB.",
            free=free // 1_000_000,
            folder=folder,
            needed=needed // 1_000_000,
        )
    return f"{free // 1_000_000} MB are free for {folder}."


def check_port(port: int) -> str:
    """Check that the webhook can listen; 0 stands for any free port.

    Raises:
        UserError: another program has the port; it may be the running desk.
    """
    try:
        with socket.create_server(("127.0.0.1", port)) as listener:
            chosen = listener.getsockname()[1]
    except OSError as error:
        raise UserError(
            "Port {port} is taken ({reason}): by the running desk, which is well, or by another"
            " program. If the desk is not running, choose another webhook_port.",
            port=port,
            reason=error.strerror,
        ) from error
    return f"Port {chosen} is free for call events."


def _result(name: str, check: Check) -> CheckResult:
    try:
        sentence = check()
        return CheckResult(name, ok=True, sentence=sentence, warn=isinstance(sentence, Warn))
    except Problem as problem:
        return CheckResult(name, ok=False, sentence=str(problem))
    except Exception as error:
        _log.exception("the check of %s failed", name)
        kind = type(error).__name__
        return CheckResult(
            name, ok=False, sentence=f"The check itself failed ({kind}). The log tells more."
        )
