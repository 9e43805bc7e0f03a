# SPDX-License-Identifier: Apache-2.0
"""Maildir folders, with the folders in them (Maildir++): one file is one mail.

Only `cur` and `new` are read: what is in `tmp` is not delivered yet. The flags of a mail
stand in its file name after `:2,`; drafts (D) were never sent and are passed over.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.intake.formats import Hints, Part
from agentassist.intake.mail import COLUMNS
from agentassist.intake.mail_files import own_of, read_mail
from agentassist.intake.mail_folders import sent_folder

_DELIVERED = ("cur", "new")
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
_DEEPEST = 10


class MailFiles:
    """Mails of which each is a file. Iterate once; `close` has nothing to do.

    Attributes: `columns`; `size` is not known before, and `position` counts bytes.
    """

    columns = COLUMNS
    size = 0

    def __init__(self, files: Iterator[tuple[Path, bool]], hints: Hints) -> None:
        """Take files, and whether each is one of ours that was sent."""
        self._files = files
        self._own = own_of(hints)
        self._read = 0

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._read

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for path, sent in self._files:
            yield from read_mail(path, self._own, sent=sent)
            self._read += _size(path)

    def close(self) -> None:
        """End it."""


class MaildirFormat:
    """A folder with `cur` and `new`."""

    name = "maildir"

    def recognises(self, path: Path) -> bool:
        """Say yes to a folder that has both, or holds a folder that has."""
        return path.is_dir() and any(True for _ in _folders(path))

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield all mails of all folders."""
        yield Part(MailFiles(_mails(path), hints), RecordKind.INTERACTIONS, ours=True)


def _folders(path: Path, depth: int = 0) -> Iterator[Path]:
    """Yield the mail folders at and below `path`; links are not followed."""
    if all((path / name).is_dir() for name in _DELIVERED):
        yield path
    if depth < _DEEPEST:
        for entry in sorted(_entries(path), key=lambda one: one.name):
            if entry.is_dir(follow_symlinks=False) and entry.name not in {"cur", "new", "tmp"}:
                yield from _folders(Path(entry.path), depth + 1)


def _mails(path: Path) -> Iterator[tuple[Path, bool]]:
    for folder in _folders(path):
        sent = sent_folder(folder.name)
        for name in _DELIVERED:
            for entry in _entries(folder / name):
                flags = _FLAGS.search(entry.name)
                draft = flags is not None and "D" in flags[1]
                if entry.is_file(follow_symlinks=False) and not draft:
                    yield Path(entry.path), sent


def _entries(path: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(path) as entries:
            yield from entries
    except OSError:
        return


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
