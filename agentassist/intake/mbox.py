# SPDX-License-Identifier: Apache-2.0
"""mbox files (RFC 4155), read mail by mail: a file of many gigabytes takes no more memory.

Lines that were quoted with `>` because they begin with `From ` are given back as they were,
in both usual dialects (mboxo and mboxrd).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import Place
from agentassist.intake.formats import Hints, Part
from agentassist.intake.mail import COLUMNS, MAX_MAIL, Sight, record_of
from agentassist.intake.mail_files import own_of, shortened, shown, sized
from agentassist.intake.mail_folders import sent_folder

MBOX_ENDINGS = frozenset({".mbox", ".mbx"})
_LINE = 64 * 1024
_BEGIN = re.compile(rb"From (?:- |\S{0,320} {1,2}).{0,60}\d{1,2}:\d\d.{0,40}", re.DOTALL)
_QUOTED = re.compile(rb">+From ")


class Mbox:
    """One file. Iterate once for records and faults; `close` ends it.

    Attributes: `columns`, `size` and `position` in bytes.
    """

    columns = COLUMNS

    def __init__(self, path: Path, hints: Hints) -> None:
        """Open the file; raises BadInput when it cannot be read."""
        self._file, self.size = sized(path)
        self._name = shown(path)
        self._sight = Sight(own_of(hints), sent_folder(path.stem))
        self._read = 0

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._read

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for line, mail, size in self._mails():
            place = Place(self._name, line)
            if size > MAX_MAIL:
                yield shortened(place)
            yield record_of(mail, place, self._sight)

    def _mails(self) -> Iterator[tuple[int, bytes, int]]:
        """Yield the line on which each mail begins, what is kept of it, and its size."""
        kept, size, began = bytearray(), 0, 0
        for number, line, is_new in self._lines():
            if is_new:
                if size:
                    yield began, bytes(kept), size
                kept, size, began = bytearray(), 0, number
                continue
            size += len(line)
            if len(kept) < MAX_MAIL:
                kept += line[1:] if _QUOTED.match(line) else line
        if size:
            yield began, bytes(kept), size

    def _lines(self) -> Iterator[tuple[int, bytes, bool]]:
        """Yield lines, those too long in pieces, and whether a mail begins with each."""
        number, whole, blank = 0, True, True
        while line := self._file.readline(_LINE):
            self._read += len(line)
            number += whole
            yield number, line, whole and blank and _BEGIN.match(line) is not None
            blank = whole and line in {b"\n", b"\r\n"}
            whole = line.endswith(b"\n")


class MboxFormat:
    """A file of many mails, one after another."""

    name = "mbox"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual endings, and to a file that begins as one does."""
        if path.is_dir():
            return False
        return path.suffix.casefold() in MBOX_ENDINGS or _begins(path)

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the mails."""
        yield Part(Mbox(path, hints), RecordKind.INTERACTIONS, ours=True)


def _begins(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _BEGIN.match(file.readline(_LINE)) is not None
    except OSError:
        return False
