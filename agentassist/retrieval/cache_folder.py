# SPDX-License-Identifier: Apache-2.0
"""A folder of cache files that is replaced whole, and trusted only when every byte is right.

`current` names one generation, a folder with a manifest that lists the sha256 of its
files. A new generation is written beside the old one and `current` is replaced by one
rename, so that a crash leaves the old one or the new one, and two writers cannot mix.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import uuid4

from agentassist.errors import Unavailable
from agentassist.retrieval.model_folder import sha256_of

_CURRENT = "current"
_MANIFEST = "manifest.json"
_ABANDONED_SECONDS = 3600.0


class Damaged(Exception):
    """The cache is absent, incomplete, changed or of another format: build it again."""


def write(
    folder: Path, about: Mapping[str, object], fill: Callable[[Path], Mapping[str, object]]
) -> None:
    """Write a generation: `fill` puts files into a folder and returns more to remember.

    Raises:
        Unavailable: the disk is full or cannot be written; the old generation stays.
    """
    generation = folder / uuid4().hex
    try:
        generation.mkdir(parents=True)
        more = fill(generation)
        files = {path.name: sha256_of(path) for path in generation.iterdir()}
        _write_through(generation / _MANIFEST, json.dumps({**about, **more, "files": files}))
        _replace(folder / _CURRENT, generation.name)
    except OSError as fault:
        shutil.rmtree(generation, ignore_errors=True)
        raise Unavailable(
            "The search index cannot be saved ({reason}). Search works; free some space.",
            reason=fault.strerror or "disk error",
        ) from fault
    _sweep(folder, generation.name)


def read(folder: Path) -> tuple[Path, dict[str, object]]:
    """Return the current generation and what was remembered with it, every file verified.

    Raises:
        Damaged: it must be built again.
    """
    try:
        name = (folder / _CURRENT).read_text(encoding="utf-8").strip()
        generation = folder / Path(name).name
        about = json.loads((generation / _MANIFEST).read_text(encoding="utf-8"))
        files = dict(about["files"])
        for file, expected in files.items():
            if sha256_of(generation / Path(file).name) != expected:
                raise Damaged(file)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Damaged(str(folder)) from fault
    return generation, about


def _write_through(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _replace(pointer: Path, name: str) -> None:
    fresh = pointer.with_name(f".{_CURRENT}.{name}")
    _write_through(fresh, name)
    fresh.replace(pointer)


def _sweep(folder: Path, current: str) -> None:
    """Remove old generations, but none that another process may be writing right now."""
    for path in folder.iterdir():
        finished = (path / _MANIFEST).exists()
        try:
            old = time.time() - path.stat().st_mtime > _ABANDONED_SECONDS
        except OSError:
            continue
        if path.name != current and path.is_dir() and (finished or old):
            shutil.rmtree(path, ignore_errors=True)
