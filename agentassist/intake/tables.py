# SPDX-License-Identifier: Apache-2.0
"""CSV and TSV files (RFC 4180 and its relatives), row by row.

The separator is found by looking. A row that is torn, too long or not in the encoding
of the file becomes a fault with its line, and reading goes on with the next line: a
quotation mark that is never closed costs one row, not the rest of the file.
"""

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.files import MAX_LINE, Reader, TextFile, undecodable
from agentassist.intake.formats import Hints, Part

MAX_FIELD = 100_000
"""The longest value that is kept, in characters; what is longer is cut."""
MAX_COLUMNS = 1_000
TABLE_ENDINGS = frozenset({".csv", ".tsv", ".txt"})

_DELIMITERS = ",;\t|"
_LOOKED_AT = 20
_MAX_TRIES = 8
_MAX_ROW_LINES = 5_000
_PATIENCE = 100
"""After so many faults on end, rows over several lines are no longer tried."""


class Table(Reader):
    """One file of rows. Iterate once for records and faults; `close` ends it.

    Attributes: `columns`, `encoding`, `delimiter`, `size` in bytes.
    """

    def __init__(self, path: Path, *, encoding: str = "", delimiter: str = "") -> None:
        """Open the file and read its head; raises BadInput when it has none."""
        # The limit is one for the process; ours is on whole rows, and smaller than this.
        csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_LINE))
        self._file = TextFile(path, encoding)
        self._name = str(path)
        self._on_end = 0
        try:
            self._lines = _Lines(self._file.lines())
            self.delimiter = delimiter or _find_delimiter(self._lines.ahead(_LOOKED_AT))
            self.columns = self._head()
        except BaseException:
            self._file.close()
            raise
        self.encoding = self._file.encoding
        self.size = self._file.size

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        while (row := self._next_row()) is not None:
            number, values = row
            if isinstance(values, RowFault):
                self._on_end += 1
                yield values
            elif any(values):
                item = self._record(number, values)
                self._on_end = self._on_end + 1 if isinstance(item, RowFault) else 0
                yield item

    def _head(self) -> tuple[str, ...]:
        row = self._next_row()
        while row is not None and not isinstance(row[1], RowFault) and not any(row[1]):
            row = self._next_row()
        if row is None:
            raise BadInput(Place(self._name), "The file is empty: the first line names columns.")
        if isinstance(row[1], RowFault):
            raise BadInput(row[1].place, row[1].template, **row[1].values)
        columns = tuple(value.strip() for value in row[1])
        _check_columns(columns, Place(self._name, row[0]))
        return columns

    def _record(self, number: int, values: list[str]) -> RawRecord | RowFault:
        place = Place(self._name, number)
        surplus = values[len(self.columns) :]
        if len(values) < len(self.columns) or any(surplus):
            return _torn(place, len(values), len(self.columns))
        cut = tuple(
            name
            for name, value in zip(self.columns, values, strict=False)
            if len(value) > MAX_FIELD
        )
        if cut:
            values = [value[:MAX_FIELD] for value in values]
        return RawRecord(place, dict(zip(self.columns, values, strict=False)), cut)

    def _next_row(self) -> tuple[int, list[str] | RowFault] | None:
        """Return the line on which the next row starts, and its values or what is wrong."""
        taken = self._lines.take()
        if taken is None:
            return None
        number, line = taken
        place = Place(self._name, number)
        if len(line) > MAX_LINE:
            return number, _too_long(place)
        if undecodable(line):
            return number, _wrong_encoding(place, self._file.encoding)
        if '"' not in line:
            return number, line.split(self.delimiter)
        return number, self._quoted(place, line)

    def _quoted(self, place: Place, line: str) -> list[str] | RowFault:
        """Read a row with quotation marks: it may go on over the next lines."""
        row = _parsed(line, self.delimiter)
        if row is not None:
            return row
        lines, length, tries = [line], len(line), 0
        even = line.count('"') % 2 == 0
        most = _MAX_ROW_LINES if self._on_end < _PATIENCE else 0
        for following in self._lines.following(most):
            lines.append(following)
            length += len(following)
            if length > MAX_LINE or tries > _MAX_TRIES:
                break
            quotes = following.count('"')
            even ^= quotes % 2 == 1
            if quotes and even:
                tries += 1
                row = _parsed("\n".join(lines), self.delimiter)
                if row is not None and len(row) == self._width(len(row)):
                    self._lines.drop(len(lines) - 1)
                    return self._checked(place, row)
        return RowFault(place, "A quotation mark is opened here and never closed.")

    def _checked(self, place: Place, row: list[str]) -> list[str] | RowFault:
        if any(undecodable(value) for value in row):
            return _wrong_encoding(place, self._file.encoding)
        return row

    def _width(self, found: int) -> int:
        """The head may have any width; a row over several lines must have that of the head."""
        return len(getattr(self, "columns", ())) or found


class _Lines:
    """Numbered lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._source = lines
        self._ahead: deque[tuple[int, str]] = deque()

    def take(self) -> tuple[int, str] | None:
        if self._ahead:
            return self._ahead.popleft()
        return next(self._source, None)

    def ahead(self, count: int) -> list[str]:
        self._ahead.extend(islice(self._source, max(0, count - len(self._ahead))))
        return [line for _, line in islice(self._ahead, count)]

    def following(self, count: int) -> Iterator[str]:
        for index in range(count):
            if index == len(self._ahead):
                line = next(self._source, None)
                if line is None:
                    return
                self._ahead.append(line)
            yield self._ahead[index][1]

    def drop(self, count: int) -> None:
        for _ in range(count):
            self._ahead.popleft()


def _parsed(text: str, delimiter: str) -> list[str] | None:
    """Return the values of one row; None when a quotation mark is still open."""
    try:
        return next(csv.reader((text,), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
    try:  # Marks that are not doubled, as many programs write them.
        return next(csv.reader((text,), delimiter=delimiter), [])
    except csv.Error:
        return None


def _find_delimiter(lines: list[str]) -> str:
    """Return the character that cuts the first lines into the same number of values."""
    lines = [line for line in lines if line.strip()]
    if not lines:
        return ","
    return max(_DELIMITERS, key=lambda character: _agreement(lines, character))


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    counts = [len(_parsed(line, delimiter) or ()) for line in lines]
    same = sum(count == counts[0] for count in counts) if counts[0] > 1 else 0
    return same, counts[0]


def _check_columns(columns: tuple[str, ...], place: Place) -> None:
    if len(columns) > MAX_COLUMNS:
        raise BadInput(place, "More than {most} columns: this is no table.", most=MAX_COLUMNS)
    named = [name for name in columns if name]
    doubled = sorted({name for name in named if named.count(name) > 1})
    if doubled:
        raise BadInput(
            place, 'Two columns are named "{name}": give each its own name.', name=doubled[0][:60]
        )


def _torn(place: Place, found: int, expected: int) -> RowFault:
    return RowFault(
        place,
        "The row has {found} values for {expected} columns: it is torn or lacks quotation marks.",
        {"found": found, "expected": expected},
    )


def _too_long(place: Place) -> RowFault:
    return RowFault(place, "The line is longer than {most} characters.", {"most": MAX_LINE})


def _wrong_encoding(place: Place, encoding: str) -> RowFault:
    return RowFault(
        place,
        "Some characters are not {encoding}: save the file as UTF-8, or name its encoding.",
        {"encoding": encoding},
    )


class TableFormat:
    """Comma or tab separated values; whatever is no other format is tried as a table."""

    name = "table"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual endings, and to a file without one."""
        return path.suffix.casefold() in TABLE_ENDINGS | {""} and not path.is_dir()

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the rows; their columns tell what they are."""
        yield Part(Table(path, encoding=hints.encoding, delimiter=hints.delimiter))
