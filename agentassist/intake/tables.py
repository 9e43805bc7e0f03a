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
from typing import NamedTuple

from agentassist.domain.importing import WHOLE_ROW, RawRecord, RowFault, content_of
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
_BLOCK = 100
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
        while block := self._lines.block():
            rows = _plain_rows(block, self.delimiter, len(self.columns))
            if not rows:
                self._lines.give_back(block)
                yield from self._one_by_one(block[-1][0])
                continue
            self._on_end = 0
            self._lines.give_back(block[rows[-1].end :])
            for row in rows:
                if any(row.values):
                    yield self._record(row.number, row.values, row.length)

    def _one_by_one(self, last: int) -> Iterator[RawRecord | RowFault]:
        """Read with care up to the line `last`, or as far as its row goes."""
        number = 0
        while number < last and (row := self._next_row()) is not None:
            number, values, length = row
            if isinstance(values, RowFault):
                self._on_end += 1
                yield values
            elif any(values):
                item = self._record(number, values, length)
                self._on_end = self._on_end + 1 if isinstance(item, RowFault) else 0
                yield item
            number = max(number, self._lines.taken)

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

    def _record(self, number: int, values: list[str], length: int) -> RawRecord | RowFault:
        place = Place(self._name, number)
        if len(values) != len(self.columns) and (
            len(values) < len(self.columns) or any(values[len(self.columns) :])
        ):
            return _torn(place, values, self.columns)
        if length > MAX_FIELD:
            return self._cut(place, values)
        return RawRecord(place, dict(zip(self.columns, values, strict=False)))

    def _cut(self, place: Place, values: list[str]) -> RawRecord:
        pairs = list(zip(self.columns, values, strict=False))
        cut = tuple(name for name, value in pairs if len(value) > MAX_FIELD)
        return RawRecord(place, {name: value[:MAX_FIELD] for name, value in pairs}, cut)

    def _next_row(self) -> tuple[int, list[str] | RowFault, int] | None:
        """Return the line on which the next row starts, its values or what is wrong, its length."""
        taken = self._lines.take()
        if taken is None:
            return None
        number, line = taken
        place = Place(self._name, number)
        if len(line) > MAX_LINE:
            return number, _too_long(place, line), len(line)
        if undecodable(line):
            return number, _wrong_encoding(place, self._file.encoding, line), len(line)
        if '"' not in line:
            return number, line.split(self.delimiter), len(line)
        values, length = self._quoted(place, line)
        return number, values, length

    def _quoted(self, place: Place, line: str) -> tuple[list[str] | RowFault, int]:
        """Read a row with quotation marks: it may go on over the next lines."""
        row = _parsed(line, self.delimiter)
        if row is not None:
            return row, len(line)
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
                    return self._checked(place, row), length
        content = unread(line)
        sentence = "A quotation mark is opened here and never closed."
        return RowFault(place, sentence, content=content), len(line)

    def _checked(self, place: Place, row: list[str]) -> list[str] | RowFault:
        if any(undecodable(value) for value in row):
            return _wrong_encoding(place, self._file.encoding, "\n".join(row))
        return row

    def _width(self, found: int) -> int:
        """The head may have any width; a row over several lines must have that of the head."""
        return len(getattr(self, "columns", ())) or found


class _Lines:
    """Numbered lines that can be looked at before they are taken.

    Attributes: `taken` is the number of the last line that was taken.
    """

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._source = lines
        self._ahead: deque[tuple[int, str]] = deque()
        self.taken = 0

    def take(self) -> tuple[int, str] | None:
        line = self._ahead.popleft() if self._ahead else next(self._source, None)
        if line is not None:
            self.taken = line[0]
        return line

    def block(self) -> list[tuple[int, str]]:
        """Take some lines, as many as are looked at already or a good deal more."""
        if not self._ahead:
            return list(islice(self._source, _BLOCK))
        block = list(self._ahead)
        self._ahead.clear()
        return block

    def give_back(self, block: list[tuple[int, str]]) -> None:
        """Undo `block`."""
        self._ahead.extendleft(reversed(block))

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
            self.taken = self._ahead.popleft()[0]


class _Row(NamedTuple):
    """One row of a block: its first line, its values, its length, where it ends in the block."""

    number: int
    values: list[str]
    length: int
    end: int


def _plain_rows(block: list[tuple[int, str]], delimiter: str, width: int) -> list[_Row]:
    """Return the rows of a block of lines, as far as they are sound; none when one is not.

    This is what reading them one by one gives, many times as fast.
    """
    lines = [line for _, line in block]
    joined = "".join(lines)
    if len(joined) > MAX_LINE or undecodable(joined):
        return []
    if '"' not in joined:
        rows = [line.split(delimiter) for line in lines]
    elif any(line.count('"') % 2 for line in lines):
        return _joined_rows(block, delimiter, width)
    else:
        rows = _quoted_rows(lines, delimiter)
    return [
        _Row(number, values, len(line), end)
        for end, ((number, line), values) in enumerate(zip(block, rows, strict=False), 1)
    ]


def _quoted_rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return []
    # A mark that stays open joins lines, and nothing makes more of them.
    return rows if len(rows) == len(lines) else []


def _joined_rows(block: list[tuple[int, str]], delimiter: str, width: int) -> list[_Row]:
    """Read rows that go on over several lines; the last may go on after the block."""
    rows: list[_Row] = []
    reader = csv.reader([f"{line}\n" for _, line in block], delimiter=delimiter, strict=True)
    try:
        for values in reader:
            start, end = rows[-1].end if rows else 0, reader.line_num
            text = "\n".join(line for _, line in block[start:end])
            if text.count('"') % 2 or (end - start > 1 and len(values) != width):
                break
            rows.append(_Row(block[start][0], values, len(text), end))
    except csv.Error:
        pass
    return rows


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


def _torn(place: Place, values: list[str], columns: tuple[str, ...]) -> RowFault:
    said = dict(zip(columns, values, strict=False))
    surplus = [value for value in values[len(columns) :] if value]
    return RowFault(
        place,
        "The row has {found} values for {expected} columns: it is torn or lacks quotation marks.",
        {"found": len(values), "expected": len(columns)},
        content=content_of(said | ({WHOLE_ROW: "|".join(surplus)} if surplus else {})),
    )


def _too_long(place: Place, line: str) -> RowFault:
    sentence = "The line is longer than {most} characters."
    return RowFault(place, sentence, {"most": MAX_LINE}, content=unread(line))


def _wrong_encoding(place: Place, encoding: str, line: str) -> RowFault:
    return RowFault(
        place,
        "Some characters are not {encoding}: save the file as UTF-8, or name its encoding.",
        {"encoding": encoding},
        content=unread(line),
    )


def unread(line: str) -> str:
    """Return the text of a row of which no columns are known, as far as it can be kept."""
    return content_of({WHOLE_ROW: line[:MAX_FIELD].encode(errors="replace").decode()})


class TableFormat:
    """Comma or tab separated values; whatever is no other format is tried as a table."""

    name = "table"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual endings, and to a file without one."""
        return path.suffix.casefold() in TABLE_ENDINGS | {""} and not path.is_dir()

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the rows; their columns tell what they are."""
        yield Part(Table(path, encoding=hints.encoding, delimiter=hints.delimiter))
