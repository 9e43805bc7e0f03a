# SPDX-License-Identifier: Apache-2.0
"""Open a text file of unknown encoding, and read it line by line without surprises.

The encoding is a byte order mark, else UTF-8, else CP949 where the bytes look like
Korean, else CP1252. What cannot be decoded later in the file becomes a lone surrogate,
so that one bad byte costs one row and not the file.
"""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from agentassist.errors import BadInput, Place

SAMPLE_BYTES = 256 * 1024
MAX_LINE = 1_000_000
"""The longest line that is read, in characters."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"PK\x03\x04", "an Excel workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
)


class TextFile:
    """A text file that is read once, line by line; `close` ends it.

    Attributes: `path`, `encoding`, `size` in bytes.
    """

    def __init__(self, path: Path, encoding: str = "") -> None:
        """Open `path`; raises BadInput when it is not a text file that can be read."""
        self.path = path
        self._binary = _opened(path)
        try:
            self.size = path.stat().st_size
            sample = self._binary.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]
            self.encoding = _known(path, encoding) or detect_encoding(sample)
            _refuse_binary(path, sample, self.encoding)
        except BaseException:
            self._binary.close()
            raise
        self._text = io.TextIOWrapper(
            self._binary, encoding=self.encoding, errors="surrogateescape", newline=None
        )

    @property
    def position(self) -> int:
        """How many bytes have been read ahead so far."""
        return min(self.size, self._binary.tell()) if not self._binary.closed else self.size

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the number (from 1) and the text of each line, at most MAX_LINE + 1 characters.

        The rest of a longer line is passed over: the caller sees the length and reports it.
        """
        number = 0
        while line := self._text.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE and not line.endswith("\n"):
                self._pass_over()
            yield number, line.removesuffix("\n")

    def blocks(self) -> Iterator[str]:
        """Yield the text in pieces, wherever lines end, for what is no text of lines."""
        while block := self._text.read(SAMPLE_BYTES):
            yield block

    def _pass_over(self) -> None:
        while rest := self._text.readline(MAX_LINE):
            if rest.endswith("\n"):
                return

    def close(self) -> None:
        """Close the file."""
        self._text.close()


def detect_encoding(sample: bytes) -> str:
    """Return the codec that reads the first bytes of a file."""
    for mark, codec in _MARKS:
        if sample.startswith(mark):
            return codec
    if _decodes(sample, "utf-8"):
        return "utf-8"
    return "cp949" if _looks_korean(sample) else "cp1252"


def undecodable(text: str) -> bool:
    """True when bytes of the file were no characters in its encoding (or half of one)."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _opened(path: Path) -> io.BufferedReader:
    try:
        return io.BufferedReader(io.FileIO(path), SAMPLE_BYTES)
    except FileNotFoundError:
        raise BadInput(Place(str(path)), "There is no such file: check the name.") from None
    except IsADirectoryError:
        raise BadInput(Place(str(path)), "This is a folder: name a file in it.") from None
    except OSError as error:
        raise BadInput(
            Place(str(path)), "The file cannot be read ({why}).", why=error.strerror
        ) from error


def _known(path: Path, encoding: str) -> str:
    if not encoding:
        return ""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise BadInput(
            Place(str(path)),
            'There is no encoding "{encoding}": try utf-8, cp949 or cp1252.',
            encoding=encoding,
        ) from None


def _refuse_binary(path: Path, sample: bytes, encoding: str) -> None:
    for start, what in _BINARY:
        if sample.startswith(start):
            raise BadInput(
                Place(str(path)), "This is {what}: save it as CSV (UTF-8) first.", what=what
            )
    if b"\x00" in sample and not encoding.startswith("utf-16"):
        raise BadInput(Place(str(path)), "This is not a text file: export it as CSV or NDJSON.")


def _decodes(sample: bytes, codec: str) -> bool:
    """True for a sample in `codec`; its last character may be cut in two."""
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(
            sample, final=len(sample) < SAMPLE_BYTES
        )
    except UnicodeDecodeError:
        return False
    return True


def _looks_korean(sample: bytes) -> bool:
    """Most bytes above 127 are pairs of the Hangul rows of KS X 1001 (0xB0-0xC8)."""
    if not _decodes(sample, "cp949"):
        return False
    high = sum(byte > 127 for byte in sample)  # noqa: PLR2004 - end of ASCII
    text = sample.decode("cp949", errors="ignore")
    common = sum(_is_common_hangul(character) for character in text)
    return 4 * common >= high


def _is_common_hangul(character: str) -> bool:
    if not "\uac00" <= character <= "\ud7a3":
        return False
    first, second = character.encode("cp949")
    return 0xB0 <= first <= 0xC8 and second >= 0xA1  # noqa: PLR2004 - rows of the standard


class Reader:
    """What the readers of every format share: an open file that ends with the reader."""

    _file: TextFile

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._file.position

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
