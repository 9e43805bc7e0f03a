# SPDX-License-Identifier: Apache-2.0
"""JSON in either form, as a stream of documents: one document of arrays, or one object a line.

The same documents come from a file and from the pages of a live system, so that what is made
of them (`Drawn`) need not know which.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.files import MAX_LINE, Reader, TextFile
from agentassist.intake.json_lines import JSON_ENDINGS, objects, storable
from agentassist.intake.json_stream import found_in
from agentassist.intake.tables import MAX_FIELD

ENDINGS = frozenset({".json"}) | JSON_ENDINGS
_LOOKED_AT = 2_000
_KEPT_OF_ARRAY = 3

Fields = dict[str, str]
"""A record under our field names; a name may go on after a dot, as in `phone.mobile`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON object, and the array it stands in: its name, empty when it has none."""

    array: str
    place: Place
    value: Mapping[str, object]


class Source(Protocol):
    """Documents from anywhere: iterate once, then `close`. Positions are in bytes."""

    size: int

    @property
    def position(self) -> int:
        """How many bytes have been read."""

    def __iter__(self) -> Iterator[Document | RowFault]:
        """Yield each document, or what is wrong with it."""

    def close(self) -> None:
        """End it."""


class DocumentFile(Reader):
    """A file of documents."""

    def __init__(self, path: Path, encoding: str = "") -> None:
        """Open the file; raises BadInput when it is no text file, or empty."""
        self._by_lines = _is_lines(path, encoding)
        self._file = TextFile(path, encoding)
        self.size = self._file.size

    def __iter__(self) -> Iterator[Document | RowFault]:
        if not self._by_lines:
            for item in found_in(self._file):
                if isinstance(item, RowFault):
                    yield item
                else:
                    yield Document(item.array, item.place, item.value)
            return
        for line in objects(self._file):
            yield line if isinstance(line, RowFault) else Document("", line.place, line.fields)


class DocumentPage:
    """Documents that are in memory already, such as a page of a live system."""

    size = 0
    position = 0

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents

    def __iter__(self) -> Iterator[Document | RowFault]:
        return iter(self._documents)

    def close(self) -> None:
        """Nothing is open."""


class Drawn:
    """The records that `make` draws out of documents.

    `make` returns nothing for a document of another kind, and raises BadInput (without a
    place) for one that is wrong: the fault names where it stands. One of a field that is no
    text or number, or a date that is none, costs this document alone. With `faults`, what is
    wrong with the source is told too: where several draw from one source, one tells.
    """

    def __init__(
        self,
        source: Source,
        columns: tuple[str, ...],
        make: Callable[[Document], Iterable[Fields]],
        *,
        faults: bool = True,
    ) -> None:
        self._source = source
        self._make = make
        self._faults = faults
        self.columns = columns
        self.size = source.size

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._source.position

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for item in self._source:
            if not isinstance(item, RowFault):
                yield from self._records(item)
            elif self._faults:
                yield item

    def close(self) -> None:
        """End the source."""
        self._source.close()

    def _records(self, item: Document) -> Iterator[RawRecord | RowFault]:
        made = iter(self._make(item))
        while True:
            try:
                fields = next(made, None)
            except BadInput as error:
                field = ".".join(filter(None, (item.place.field, error.place.field)))
                place = Place(item.place.file, item.place.line, field)
                yield RowFault(place, error.template, error.values)
                return
            if fields is None:
                return
            yield record(item.place, fields)


def record(place: Place, fields: Fields) -> RawRecord:
    """Return a record of fields no longer than we keep, in characters a database can hold."""
    cut = tuple(name for name, text in fields.items() if len(text) > MAX_FIELD)
    kept = {name: storable(text[:MAX_FIELD]).replace("\x00", "") for name, text in fields.items()}
    return RawRecord(place, kept, cut)


def first_of(path: Path) -> list[Document]:
    """Return the first documents of each array, none for a file that is not JSON: to recognise."""
    if path.suffix.casefold() not in ENDINGS or not path.is_file():
        return []
    try:
        with closing(DocumentFile(path)) as file:
            found = (item for item in file if isinstance(item, Document))
            return _few_of_each(islice(found, _LOOKED_AT))
    except BadInput:
        return []


def _few_of_each(found: Iterable[Document]) -> list[Document]:
    kept: dict[str, list[Document]] = {}
    for item in found:
        of_array = kept.setdefault(item.array, [])
        if len(of_array) < _KEPT_OF_ARRAY:
            of_array.append(item)
    return [item for of_array in kept.values() for item in of_array]


def _is_lines(path: Path, encoding: str) -> bool:
    """Say whether each line is an object of its own, whatever the file is called."""
    if path.suffix.casefold() in JSON_ENDINGS:
        return True
    with closing(TextFile(path, encoding)) as file:
        lines = (text for _, text in file.lines() if text.strip())
        first, second = next(lines, ""), next(lines, "")
    if not first.lstrip().startswith("{") or not second.lstrip().startswith("{"):
        return False
    try:
        return len(first) <= MAX_LINE and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
