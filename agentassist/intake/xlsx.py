# SPDX-License-Identifier: Apache-2.0
"""Excel workbooks (.xlsx), sheet by sheet, row by row, in constant memory.

The columns are named by the first row whose names are known, so that titles may stand above
them. A formula gives the value that it had when the workbook was saved. Of merged cells the
first one has the value. Numbers stay whole (10500000000, not 1.05e10), keep the zeros in front
that their format shows, and days are days.
"""

import re
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.documents import record
from agentassist.intake.formats import Hints, Part
from agentassist.intake.mapping import detect
from agentassist.intake.tables import MAX_COLUMNS
from agentassist.intake.workbook import DATE, MAX_TEXT, TIME, TORN, SheetName, Workbook, Xml

ENDINGS = frozenset({".xlsx", ".xlsm"})
_LOOKED_AT = 20
_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
_FALSE_LEAP_DAY = 60
_WHOLE = 1e16
_LETTERS = re.compile(r"([A-Z]{1,3})\d*")

Row = tuple[int, dict[int, str]]
"""The number of a row, and its values by column from 0."""


class Sheet:
    """The rows of one sheet. Iterate once; `close` ends it.

    Attributes: `columns`, and `size` in bytes, unpacked.
    """

    def __init__(self, path: Path, sheet: SheetName) -> None:
        """Open it; raises BadInput when it is no workbook, or the sheet is empty."""
        self._book = Workbook(path)
        self._name = f"{path}#{sheet.name}"
        self._fault: RowFault | None = None
        self.position = 0
        self.size = self._book.size(sheet.part)
        self._rows = self._read(sheet)
        try:
            ahead = list(islice(self._rows, _LOOKED_AT))
            self._columns, self._ahead = _head(ahead)
        except BaseException:
            self.close()
            raise
        self.columns = tuple(self._columns.values())
        if not self.columns:
            self.close()
            raise self._empty()

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for row in self._ahead:
            yield self._record(row)
        for row in self._rows:
            yield self._record(row)
        if self._fault:
            yield self._fault

    def close(self) -> None:
        """Close the workbook."""
        self._rows.close()
        self._book.close()

    def _record(self, row: Row) -> RawRecord:
        number, values = row
        fields = {name: values.get(place, "") for place, name in self._columns.items()}
        return record(Place(self._name, number), fields)

    def _read(self, sheet: SheetName) -> Generator[Row, None, None]:
        """Yield rows; a sheet that is torn ends with a fault."""
        reader = _Rows(self._book)
        try:
            for fed in self._book.feed(sheet.part, reader):
                self.position = fed
                yield from reader.taken()
        except (*TORN, BadInput) as error:
            yield from reader.taken()
            place = Place(self._name, reader.number)
            sentence = "The sheet is torn here: what follows is not read."
            self._fault = RowFault.of(BadInput(place, sentence))
            if isinstance(error, BadInput):
                self._fault = RowFault(place, error.template, error.values)

    def _empty(self) -> BadInput:
        if self._fault:
            return BadInput(self._fault.place, self._fault.template, **self._fault.values)
        return BadInput(Place(self._name), "The sheet is empty: the first row names columns.")


class _Rows(Xml):
    """Collects rows. Attributes: `number` of the last row that began."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book.path)
        self.number = 0
        self._book = book
        self._rows: list[Row] = []
        self._values: dict[int, str] = {}
        self._at = -1
        self._kind = ""
        self._style = 0
        self._pieces: list[str] = []
        self._length = 0
        self._taking = False

    def taken(self) -> list[Row]:
        """Return the rows that ended since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def started(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in {"v", "t"}:
            self._taking = True
        elif name == "row":
            given = attributes.get("r", "")
            self.number = int(given) if given.isdecimal() else self.number + 1
            self._values, self._at = {}, -1
        elif name == "rPh":
            self._taking = False

    def ended(self, name: str) -> None:
        if name in {"v", "t"}:
            self._taking = False
        elif name == "c":
            value = self._value("".join(self._pieces))
            if value and self._at < MAX_COLUMNS:
                self._values[self._at] = value
        elif name == "row" and self._values:
            self._rows.append((self.number, self._values))

    def text(self, data: str) -> None:
        if self._taking and self._length < MAX_TEXT:
            self._pieces.append(data)
            self._length += len(data)

    def _cell(self, attributes: dict[str, str]) -> None:
        found = _LETTERS.match(attributes.get("r", ""))
        self._at = _column(found[1]) if found else self._at + 1
        style = attributes.get("s", "0")
        self._kind, self._style = attributes.get("t", "n"), int(style) if style.isdecimal() else 0
        self._pieces, self._length = [], 0

    def _value(self, text: str) -> str:
        if self._kind == "s":
            return self._shared(text)
        if self._kind == "b":
            return {"1": "true", "0": "false"}.get(text, "")
        if self._kind == "e":
            return ""
        if self._kind == "n" and text:
            formats = self._book.formats
            shown = formats[self._style] if self._style < len(formats) else ""
            return number(text, shown, since_1904=self._book.since_1904)
        return text[:MAX_TEXT].strip()

    def _shared(self, text: str) -> str:
        try:
            return self._book.texts[int(text)].strip()
        except (ValueError, IndexError):
            return ""


class XlsxFormat:
    """A workbook: each sheet whose columns are known, else the first one."""

    name = "xlsx"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual endings."""
        return path.suffix.casefold() in ENDINGS

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the sheets.

        Raises:
            BadInput: it is no workbook, or every sheet is empty.
        """
        del hints
        with closing(Workbook(path)) as book:
            sheets = book.sheets
        known, problem = _known(path, sheets)
        if not known and problem:
            raise problem
        for sheet in known:
            yield Part(Sheet(path, sheet))


def _known(path: Path, sheets: tuple[SheetName, ...]) -> tuple[list[SheetName], BadInput | None]:
    """Return the sheets with known columns, else the first that has any, else what is wrong."""
    filled, known = [], []
    problem: BadInput | None = BadInput(Place(str(path)), "There is no sheet in this workbook.")
    for sheet in sheets:
        try:
            with closing(Sheet(path, sheet)) as rows:
                filled.append(sheet)
                known += [sheet] if detect(rows.columns) else []
        except BadInput as error:
            problem = error
    return known or filled[:1], problem


def number(text: str, shown: str, *, since_1904: bool = False) -> str:
    """Return a number as a person reads it; `shown` is what its format shows."""
    try:
        value = float(text)
    except ValueError:
        return text
    if shown in {DATE, TIME} and 0 <= value <= _LAST_DAY:
        return _day_or_time(value, time_only=shown == TIME and value < 1, since_1904=since_1904)
    if value.is_integer() and abs(value) < _WHOLE:
        whole = str(int(value))
        return _with_zeros(whole, shown) if shown and value >= 0 else whole
    try:
        return format(Decimal(repr(value)), "f")
    except ArithmeticError:
        return text


def _day_or_time(value: float, *, time_only: bool, since_1904: bool) -> str:
    """Count days from the last day of 1899; Excel has a 29 February 1900 that never was."""
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    early = not since_1904 and 1 <= value < _FALSE_LEAP_DAY
    moment = epoch + timedelta(days=early, seconds=round(value * 86_400))
    if time_only:
        return moment.strftime("%H:%M:%S")
    at_midnight = moment.hour == moment.minute == moment.second == 0
    return moment.strftime("%Y-%m-%d" if at_midnight else "%Y-%m-%d %H:%M:%S")


def _with_zeros(digits: str, shown: str) -> str:
    """Fill 000-0000-0000 from the right, as Excel does."""
    if shown in {DATE, TIME}:
        return digits
    rest, filled = digits, ""
    for sign in reversed(shown):
        filled = (rest[-1:] or "0" if sign == "0" else sign) + filled
        rest = rest[:-1] if sign == "0" else rest
    return rest + filled


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _head(rows: list[Row]) -> tuple[dict[int, str], list[Row]]:
    """Return the columns by their place, and the rows that follow them."""
    for index, (_, values) in enumerate(rows):
        if detect(tuple(values.values())):
            return _named(values), rows[index + 1 :]
    return (_named(rows[0][1]), rows[1:]) if rows else ({}, [])


def _named(values: dict[int, str]) -> dict[int, str]:
    """Give columns of one name different ones."""
    named: dict[int, str] = {}
    for place, text in sorted(values.items()):
        name, count = text, 1
        while name in named.values():
            count += 1
            name = f"{text} {count}"
        named[place] = name
    return named
