# SPDX-License-Identifier: Apache-2.0
"""A JSON document whose objects have columns like those of a table.

Each array of a document becomes a part of its own, as in
`{"customers": [...], "orders": [...]}`; what they are is told by their fields.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.documents import Document, DocumentFile
from agentassist.intake.formats import Hints, Part
from agentassist.intake.json_lines import JsonObject, record_of

_LOOKED_AT = 50
_MOST_ARRAYS = 20


class JsonArray:
    """The objects of one array of a document, flattened to dotted names."""

    def __init__(self, path: Path, array: str, columns: tuple[str, ...], encoding: str) -> None:
        self._documents = DocumentFile(path, encoding)
        self._array = array
        self.columns = columns
        self.size = self._documents.size

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._documents.position

    def close(self) -> None:
        """Close the file."""
        self._documents.close()

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for item in self._documents:
            if isinstance(item, RowFault):
                if _array_of(item.place) == self._array:
                    yield item
            elif item.array == self._array:
                yield record_of(JsonObject(item.place, item.value))


class JsonDocumentFormat:
    """One JSON document; also files called .json that hold an object a line."""

    name = "json"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual ending."""
        return path.suffix.casefold() == ".json"

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield each array of the document.

        Raises:
            BadInput: there is no object in it.
        """
        for array, columns in _arrays(path, hints.encoding).items():
            yield Part(JsonArray(path, array, columns, hints.encoding))


def _arrays(path: Path, encoding: str) -> dict[str, tuple[str, ...]]:
    """Return the arrays of a document, and the fields that their first objects have."""
    found: dict[str, dict[str, None]] = {}
    seen: dict[str, int] = {}
    fault: RowFault | None = None
    with closing(DocumentFile(path, encoding)) as documents:
        for item in documents:
            if isinstance(item, RowFault):
                fault = fault or item
            elif seen.get(item.array, 0) < _LOOKED_AT:
                seen[item.array] = seen.get(item.array, 0) + 1
                found.setdefault(item.array, {}).update(_names(item))
    if not found:
        raise _no_objects(path, fault)
    return {name: tuple(fields) for name, fields in islice(found.items(), _MOST_ARRAYS)}


def _names(item: Document) -> dict[str, None]:
    made = record_of(JsonObject(item.place, item.value))
    return dict.fromkeys(made.fields) if isinstance(made, RawRecord) else {}


def _no_objects(path: Path, fault: RowFault | None) -> BadInput:
    if fault:
        return BadInput(fault.place, fault.template, **fault.values)
    sentence = "There is no object in this file: write an array of objects in braces."
    return BadInput(Place(str(path)), sentence)


def _array_of(place: Place) -> str:
    return place.field.rpartition("[")[0]
