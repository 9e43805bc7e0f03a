# SPDX-License-Identifier: Apache-2.0
"""`.eml` files: one mail each, alone or in a folder with folders."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from agentassist.domain.importing import RecordKind
from agentassist.errors import BadInput, Place
from agentassist.intake.formats import Hints, Part
from agentassist.intake.mail_files import shown
from agentassist.intake.mail_folders import sent_folder
from agentassist.intake.maildir import MailFiles

EML_ENDING = ".eml"
_LOOKED_AT = 1_000


class EmlFormat:
    """One mail, or a folder of them."""

    name = "eml"

    def recognises(self, path: Path) -> bool:
        """Say yes to a file with this ending, and to a folder of which most files have it."""
        if not path.is_dir():
            return path.suffix.casefold() == EML_ENDING
        names = [file.suffix.casefold() for file in islice(_files(path), _LOOKED_AT)]
        return 2 * names.count(EML_ENDING) > len(names)

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the mail, or the mails of the folder."""
        if not path.exists():
            raise BadInput(Place(shown(path)), "There is no such file: check the name.")
        mails = _mails(path) if path.is_dir() else iter([(path, sent_folder(path.parent.name))])
        yield Part(MailFiles(mails, hints), RecordKind.INTERACTIONS, ours=True)


def _mails(path: Path) -> Iterator[tuple[Path, bool]]:
    for file in _files(path):
        if file.suffix.casefold() == EML_ENDING:
            yield file, sent_folder(file.parent.name)


def _files(path: Path) -> Iterator[Path]:
    """Yield files in a fixed order, folder by folder; links to folders are not followed."""
    for folder, folders, names in os.walk(path):
        folders.sort()
        yield from (Path(folder, name) for name in sorted(names))
