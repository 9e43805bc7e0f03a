# SPDX-License-Identifier: Apache-2.0
"""One text out of a zip, for as long as it is read: sizes are judged before it is unpacked."""

import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from agentassist.errors import BadInput, Place

MAX_TEXT_BYTES = 500_000_000
MAX_RATIO = 300
_TORN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    *(KeyError, NotImplementedError, RuntimeError, OverflowError),
)


def texts_in(path: Path) -> list[str]:
    """Return the names of the texts at the top of a zip, none for another file."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _TORN:
        return []
    return [name for name in names if name.casefold().endswith(".txt") and "/" not in name]


@contextmanager
def unpacked(path: Path, name: str) -> Iterator[Path]:
    """Give the text `name` as a file, which is gone afterwards.

    Raises:
        BadInput: it is torn, has a password, or would be far too large.
    """
    with TemporaryDirectory(prefix="agentassist-") as folder:
        text = Path(folder) / "text.txt"
        try:
            with zipfile.ZipFile(path) as archive:
                _judge(path, archive.getinfo(name))
                with archive.open(name) as source, text.open("wb") as target:
                    shutil.copyfileobj(source, target)
        except _TORN as error:
            sentence = "The zip is torn or has a password: unpack it, and import the text."
            raise BadInput(Place(str(path)), sentence) from error
        yield text


def _judge(path: Path, part: zipfile.ZipInfo) -> None:
    if part.file_size > MAX_TEXT_BYTES or part.file_size > MAX_RATIO * max(part.compress_size, 1e5):
        raise BadInput(Place(str(path)), "Unpacked the text would be far too large.")
