# SPDX-License-Identifier: Apache-2.0
"""An Excel workbook (ECMA-376, "SpreadsheetML") as a package: sheets, texts, formats.

Read with the standard library, because none of the libraries holds what we promise: they keep
all shared texts, or the whole sheet, in memory. Sizes are judged before anything is unpacked, a
document type declaration is refused (entities are how XML explodes), and texts that the sheets
share lie in a temporary file.
"""

import re
import struct
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import MappingProxyType
from typing import IO, Self
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from agentassist.errors import BadInput, Place

MAX_PARTS = 5_000
MAX_UNPACKED = 4_000_000_000
MAX_RATIO = 300
"""How much larger than packed a part may be: honest sheets stay below a hundred."""
MAX_SILENT = 16_000_000
"""So many bytes of XML must hold an element or an end of one."""
MAX_TEXT = 100_001
"""The longest text of a cell that is kept, one more than a field has room for."""

TORN = (
    *(ExpatError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, KeyError, OverflowError, NotImplementedError, RuntimeError),
)
"""What the readers of archives and of XML raise when bytes are not what they should be."""

_RATIO_FROM = 5_000_000
_BLOCK = 65_536
_IN_MEMORY = 16_000_000
_MAIN = "xl/workbook.xml"
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet and the part of the package it is in."""

    name: str
    part: str


class Workbook:
    """An open workbook; `close` ends it.

    Attributes: `sheets`, `since_1904`, `texts` (shared), `formats` (number formats by style).
    """

    def __init__(self, path: Path) -> None:
        """Open it; raises BadInput when it is none, is locked, or is made to explode."""
        self.path = path
        self._file = _opened(path)
        try:
            self._archive = _archive(path, self._file)
            _judge(path, self._archive)
            reading = _Outline(self)
            self.sheets = reading.sheets
            self.since_1904 = reading.since_1904
            self.formats = _formats(self)
            self.texts = _texts(self)
        except TORN as error:
            self._file.close()
            raise _torn(path) from error
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and forget the texts."""
        self.texts.close()
        self._archive.close()
        self._file.close()

    def has(self, part: str) -> bool:
        """Say whether there is such a part."""
        return part in self._archive.NameToInfo

    def size(self, part: str) -> int:
        """Return how many bytes a part has, unpacked."""
        return self._archive.getinfo(part).file_size

    def feed(self, part: str, parser: "Xml") -> Iterator[int]:
        """Feed a part to a parser; yield how many bytes it has had after each block.

        Raises:
            BadInput: the XML declares entities, or never ends an element.
            TORN: it is torn.
        """
        fed = 0
        with self._archive.open(part) as file:
            while block := file.read(_BLOCK):
                fed += len(block)
                parser.feed(block)
                yield fed
            parser.end()

    def read(self, part: str, parser: "Xml") -> None:
        """Feed a whole part to a parser."""
        for _ in self.feed(part, parser):
            pass


class Xml:
    """A parser of one part: subclasses say what they do at elements and texts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._silent = 0
        self._parser: XMLParserType = ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.text
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, block: bytes) -> None:
        """Take a block of bytes."""
        self._silent += len(block)
        if self._silent > MAX_SILENT:
            raise BadInput(Place(str(self._path)), "A value in this workbook has no end.")
        self._parser.Parse(block, False)  # noqa: FBT003 - expat's own order

    def end(self) -> None:
        """Say that there is no more."""
        self._parser.Parse(b"", True)  # noqa: FBT003 - expat's own order

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element; names have no namespace."""

    def ended(self, name: str) -> None:
        """Leave an element."""

    def text(self, data: str) -> None:
        """Take a piece of text."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._silent = 0
        self.started(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.ended(name.rpartition(" ")[2])

    def _refuse(self, *_declaration: object) -> None:
        sentence = "The workbook declares entities, which no workbook needs: it is not read."
        raise BadInput(Place(str(self._path)), sentence)


class Texts:
    """The texts that cells share, in a temporary file when they are many."""

    def __init__(self) -> None:
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self):
            raise IndexError(index)
        self._file.seek(self._ends[index])
        return self._file.read(self._ends[index + 1] - self._ends[index]).decode("utf-8")

    def add(self, text: str) -> None:
        """Add a text after the others; all are added before any is read."""
        self._file.write(text.encode("utf-8", "replace"))
        self._ends.append(self._file.tell())

    def close(self) -> None:
        """Forget them."""
        self._file.close()


class _Outline(Xml):
    """Which sheets there are, in their order, and where days are counted from."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book.path)
        self.since_1904 = False
        self._named: list[tuple[str, str]] = []
        book.read(_MAIN, self)
        targets = _Targets(book.path)
        book.read("xl/_rels/workbook.xml.rels", targets)
        parts = ((name, targets.found.get(key, "")) for name, key in self._named)
        self.sheets = tuple(SheetName(name, part) for name, part in parts if book.has(part))

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((text for at, text in attributes.items() if at.endswith(" id")), "")
            self._named.append((attributes.get("name", ""), key))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}


class _Targets(Xml):
    """To which part each relation leads."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.found: dict[str, str] = {}

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            part = target[1:] if target.startswith("/") else f"xl/{target}"
            self.found[attributes.get("Id", "")] = part


class _Styles(Xml):
    """The number format of each style of a cell."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.own: dict[int, str] = {}
        self.used: list[int] = []
        self._in_cells = False

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.own[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.used.append(int(attributes.get("numFmtId", "0")))

    def ended(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


class _SharedTexts(Xml):
    """Collects the texts that cells share; how they are to be spoken (`rPh`) is left out."""

    def __init__(self, path: Path, texts: Texts) -> None:
        super().__init__(path)
        self._texts = texts
        self._pieces: list[str] = []
        self._length = 0
        self._within = ""

    def started(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        if name == "si":
            self._pieces, self._length = [], 0
        elif name in {"t", "rPh"} and self._within != "rPh":
            self._within = name

    def ended(self, name: str) -> None:
        if name == "si":
            self._texts.add("".join(self._pieces)[:MAX_TEXT])
        elif name == self._within:
            self._within = ""

    def text(self, data: str) -> None:
        if self._within == "t" and self._length < MAX_TEXT:
            self._pieces.append(data)
            self._length += len(data)


DATE, TIME = "date", "time"
"""What a number format shows; another one is the digits to show, or empty."""
_BUILT_IN = MappingProxyType({45: TIME, 46: TIME, 47: TIME, 18: TIME, 19: TIME, 20: TIME, 21: TIME})


def _formats(book: Workbook) -> tuple[str, ...]:
    styles = _Styles(book.path)
    if book.has("xl/styles.xml"):
        book.read("xl/styles.xml", styles)
    return tuple(_format(number, styles.own.get(number, "")) for number in styles.used)


def _format(number: int, code: str) -> str:
    """Return DATE, TIME, or digits such as 00000 or 000-0000-0000 that keep zeros in front."""
    if number in _BUILT_IN and not code:
        return _BUILT_IN[number]
    if number in _DATES and not code:
        return DATE
    first = _QUOTED.sub("", code.partition(";")[0]).casefold()
    if re.search(r"[yd]", first):
        return DATE
    if re.search(r"[hs]", first):
        return TIME
    shown = code.partition(";")[0].replace("\\", "").replace('"', "")
    return shown if re.fullmatch(r"[0() -]+", shown) and shown.count("0") > 1 else ""


def _texts(book: Workbook) -> Texts:
    texts = Texts()
    if book.has("xl/sharedStrings.xml"):
        try:
            book.read("xl/sharedStrings.xml", _SharedTexts(book.path, texts))
        except BaseException:
            texts.close()
            raise
    return texts


def _archive(path: Path, file: IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except TORN:
        sentence = "This is no workbook, or one with a password: save it as .xlsx without one."
        raise BadInput(Place(str(path)), sentence) from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise BadInput(Place(str(path)), "There is no such file: check the name.") from None
    except OSError as error:
        raise BadInput(
            Place(str(path)), "The file cannot be read ({why}).", why=error.strerror
        ) from error


def _judge(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse what would not end, by the sizes that the archive itself declares."""
    parts = archive.infolist()
    if _MAIN not in archive.NameToInfo:
        raise BadInput(Place(str(path)), "This archive is no workbook (.xlsx).")
    if any(part.flag_bits & 1 for part in parts):
        raise BadInput(Place(str(path)), "The workbook has a password: save it without one.")
    unpacked = sum(part.file_size for part in parts)
    exploding = any(
        part.file_size > max(_RATIO_FROM, MAX_RATIO * part.compress_size) for part in parts
    )
    if exploding or unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        sentence = "Unpacked the workbook would be far too large: it is not read."
        raise BadInput(Place(str(path)), sentence)


def _torn(path: Path) -> BadInput:
    return BadInput(Place(str(path)), "The workbook is torn: open it in Excel and save it anew.")
