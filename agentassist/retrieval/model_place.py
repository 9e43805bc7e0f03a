# SPDX-License-Identifier: Apache-2.0
"""Puts an exported model in its place whole, also when killed or when two do it at once.

A model is built in `.NAME.xxxx` beside its place, and the old one waits in `.NAME.old-xxxx`
for the moment between two renames.
"""

import shutil
import time
from pathlib import Path
from uuid import uuid4

from agentassist.retrieval.model_folder import MANIFEST

_ABANDONED_SECONDS = 900.0
_TRIES = 5


def swap(folder: Path, target: Path) -> None:
    """Put `folder` in the place of `target`; the old one goes only when the new one is there.

    Raises:
        OSError: it cannot be renamed; the old one is back in its place.
    """
    aside: list[Path] = []
    for left in reversed(range(_TRIES)):
        try:
            if target.exists():
                aside.append(target.with_name(f".{target.name}.old-{uuid4().hex}"))
                target.rename(aside[-1])
            folder.rename(target)
            break
        except OSError:
            # Another process has put its own there in between, or taken the old one.
            recover(target)
            if not left:
                raise
    for old in aside:
        shutil.rmtree(old, ignore_errors=True)


def recover(target: Path) -> None:
    """Bring back a model that was set aside by an export which was killed then."""
    if target.exists():
        return
    for old in target.parent.glob(f".{target.name}.old-*"):
        if (old / MANIFEST).is_file():
            old.rename(target)
            return


def sweep(target: Path) -> None:
    """Remove what killed exports left; what another process may be writing now stays."""
    recover(target)
    for left in target.parent.glob(f".{target.name}.*"):
        if _age(left) > _ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _age(folder: Path) -> float:
    """Return the seconds since anything in a folder was changed."""
    try:
        newest = max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))
    except OSError:
        return 0.0
    return time.time() - newest
