# SPDX-License-Identifier: Apache-2.0
"""The texts of policy folders: only files that are small, regular, UTF-8 and inside them.

Links that lead out of a folder are not followed, so that nobody can make a desk read, and
then store for everybody, a file that the author of a policy could only name.
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from agentassist.errors import Place
from agentassist.intake.policy_faults import FILE, PolicyFault

LARGEST_BYTES = 256 * 1024
MOST_FILES = 2_000

Faults = list[PolicyFault]


def read_folders(folders: Iterable[Path]) -> tuple[dict[str, str], Faults]:
    """Return the texts of folders by name, and the files that could not be read."""
    files: dict[str, str] = {}
    faults: Faults = []
    for place_in_row, folder in enumerate(folders):
        prefix = f"{folder.name}/" if place_in_row else ""
        for path in _paths(folder, faults):
            name = prefix + path.relative_to(folder).as_posix()
            text = _text(folder, path, name, faults) if _is_told(name, faults) else None
            if text is not None:
                files[name] = text
    return files, faults


def _paths(folder: Path, faults: Faults) -> list[Path]:
    if not folder.is_dir():
        message = "There is no folder {folder}: name a folder with policy files."
        faults.append(PolicyFault(FILE, Place(str(folder)), message, folder=folder))
        return []
    paths: list[Path] = []
    for root, _, names in os.walk(folder, onerror=lambda error: _unreadable(error, faults)):
        paths += [Path(root, name) for name in names if name.endswith(".toml")]
        if len(paths) > MOST_FILES:
            message = "There are more than {most} files here: name the folder of policies."
            faults.append(PolicyFault(FILE, Place(str(folder)), message, most=MOST_FILES))
            return []
    return sorted(paths)


def _unreadable(error: OSError, faults: Faults) -> None:
    message = "This folder cannot be read: {reason}."
    place = Place(str(error.filename))
    faults.append(PolicyFault(FILE, place, message, reason=error.strerror))


def _is_told(name: str, faults: Faults) -> bool:
    """True for a name that can be written down; else note the fault."""
    told = name.encode("utf-8", "replace").decode()
    if told != name:
        faults.append(PolicyFault(FILE, Place(told), "Rename this file: its name is not UTF-8."))
    return told == name


def _text(folder: Path, path: Path, name: str, faults: Faults) -> str | None:
    """Read a file, else note the fault."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            message = "This is a link that leads out of the folder: put the file itself here."
            faults.append(PolicyFault(FILE, Place(name), message))
            return None
        if not stat.S_ISREG(path.stat().st_mode):  # of a pipe there is no end
            faults.append(PolicyFault(FILE, Place(name), "This is no regular file: remove it."))
            return None
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        message = "This file cannot be read: {reason}."
        faults.append(PolicyFault(FILE, Place(name), message, reason=error.strerror))
        return None
    if len(raw) > LARGEST_BYTES:
        message = "This file is larger than {most} KB: one policy is one page."
        faults.append(PolicyFault(FILE, Place(name), message, most=LARGEST_BYTES // 1024))
        return None
    return _decoded(raw, name, faults)


def _decoded(raw: bytes, name: str, faults: Faults) -> str | None:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(PolicyFault(FILE, Place(name, line), "Save this file as UTF-8."))
        return None
