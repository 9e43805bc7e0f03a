# SPDX-License-Identifier: Apache-2.0
"""NDJSON files: one object a line, as it stands or flattened to dotted names."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.conversations import is_conversation, transcript
from agentassist.intake.files import MAX_LINE, Reader, TextFile, undecodable
from agentassist.intake.formats import Hints, Part
from agentassist.intake.tables import MAX_COLUMNS, MAX_FIELD, unread

MAX_DEPTH = 30
JSON_ENDINGS = frozenset({".jsonl", ".ndjson"})
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class JsonObject:
    """One object as its line has it, and where that is."""

    place: Place
    fields: Mapping[str, object]


class JsonLines(Reader):
    """One file of objects. Iterate once for records and faults; `close` ends it.

    Attributes: `columns` (of the first objects), `encoding`, `size` in bytes.
    """

    def __init__(self, path: Path, *, encoding: str = "") -> None:
        """Open the file; raises BadInput when it is one JSON document or holds no object."""
        self._file = TextFile(path, encoding)
        self._name = str(path)
        self.encoding = self._file.encoding
        self.size = self._file.size
        try:
            self._records = self._read()
            self._ahead = list(islice(self._records, _LOOKED_AT))
            self.columns = self._columns()
        except BaseException:
            self._file.close()
            raise

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        yield from self._ahead
        yield from self._records

    def _columns(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for item in self._ahead:
            if isinstance(item, RawRecord):
                names.update(dict.fromkeys(item.fields))
        if not names:
            raise self._no_objects()
        return tuple(names)

    def _no_objects(self) -> BadInput:
        for fault in self._ahead:
            if isinstance(fault, RowFault):
                return BadInput(fault.place, fault.template, **fault.values)
        return _nothing_in(self._name)

    def _read(self) -> Iterator[RawRecord | RowFault]:
        for item in objects(self._file):
            yield item if isinstance(item, RowFault) else record_of(item)


def filled(path: Path) -> TextFile:
    """Open a file of JSON lines, to be closed by the caller.

    Raises:
        BadInput: it is no text file, or empty.
    """
    file = TextFile(path)
    if not file.size:
        file.close()
        raise _nothing_in(str(path))
    return file


def _nothing_in(name: str) -> BadInput:
    return BadInput(Place(name), "The file is empty: write one JSON object a line.")


def objects(file: TextFile) -> Iterator[JsonObject | RowFault]:
    """Yield the object of each line that is not blank, or what is wrong with the line."""
    for number, line in file.lines():
        if line and not line.isspace():
            item = _object(Place(str(file.path), number), line, file.encoding)
            yield replace(item, content=unread(line)) if isinstance(item, RowFault) else item


def storable(text: str) -> str:
    """Replace halves of surrogate pairs, which JSON can spell and UTF-8 cannot."""
    if not undecodable(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def record_of(item: JsonObject) -> RawRecord | RowFault:
    """Return an object as a flat record, or a fault when it has too many fields."""
    fields = flatten(item.fields)
    if len(fields) > MAX_COLUMNS:
        return RowFault(item.place, "More than {most} fields in one object.", {"most": MAX_COLUMNS})
    cut = tuple(name for name, text in fields.items() if len(text) > MAX_FIELD)
    kept = {name: storable(text[:MAX_FIELD]) for name, text in fields.items()}
    return RawRecord(item.place, kept, cut)


def _object(place: Place, line: str, encoding: str) -> JsonObject | RowFault:
    if len(line) > MAX_LINE:
        return RowFault(place, "The line is longer than {most} characters.", {"most": MAX_LINE})
    if undecodable(line):
        return RowFault(place, "Some characters are not {encoding}.", {"encoding": encoding})
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return RowFault(
            place,
            "This is not JSON ({why} at character {at}): write one object a line.",
            {"why": error.msg, "at": error.pos + 1},
        )
    except (ValueError, RecursionError):
        return RowFault(place, "A number is too long or the object is nested too deep.")
    if not isinstance(value, dict):
        return RowFault(place, "This is no JSON object: write one object in braces a line.")
    return JsonObject(place, value)


def flatten(value: Mapping[str, object], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Return all values as text under dotted names; a list of messages as a transcript."""
    flat: dict[str, str] = {}
    for key, item in value.items():
        name = f"{prefix}{key}"
        if isinstance(item, Mapping) and depth < MAX_DEPTH:
            flat.update(flatten(item, f"{name}.", depth + 1))
        else:
            flat[name] = _text(item)
    return flat


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case list() if is_conversation(value):
            return transcript(value)
        case list() if all(isinstance(item, str | int | float) for item in value):
            return ", ".join(str(item) for item in value)
        case _:
            return json.dumps(value, ensure_ascii=False)


class JsonLinesFormat:
    """One JSON object a line."""

    name = "ndjson"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual endings."""
        return path.suffix.casefold() in JSON_ENDINGS

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the objects; their fields tell what they are."""
        yield Part(JsonLines(path, encoding=hints.encoding))
