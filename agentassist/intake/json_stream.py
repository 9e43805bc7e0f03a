# SPDX-License-Identifier: Apache-2.0
"""The objects of one JSON document of any size, one after the other, in constant memory.

A document is an array of objects, or an object in which such arrays stand under names, as
in `{"tickets": [...], "users": [...]}`. An object that is torn costs itself, not the rest:
a parser of events such as ijson is as flat in memory and faster, but ends at the first fault and
knows no lines, so values are cut out here and given to the decoder of the standard library.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from agentassist.domain.importing import RowFault
from agentassist.errors import Place
from agentassist.intake.files import TextFile, undecodable

MAX_OBJECT = 8_000_000
"""The longest object that is read, in characters."""
MAX_NESTING = 4
"""How many objects may stand around an array of records."""

_KEEP = 1_000_000
_NEAR_END = 12
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]]')
_NEXT_OBJECT = re.compile(r"\}\s*,\s*(?=\{)")
_PLAIN = re.compile(r"[^,\]}]*")
_CLOSES = MappingProxyType({"{": "}", "[": "]"})
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Found:
    """One object, the name of the array it stands in (empty at the top), and its place."""

    array: str
    place: Place
    value: dict[str, object]


class Torn(Exception):
    """A value that cannot be read; `template` says why."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values


def found_in(file: TextFile) -> Iterator[Found | RowFault]:
    """Yield the objects of all arrays of `file`, and a fault for each that cannot be read."""
    window = _Window(file)
    start = window.peek()
    try:
        if start == "[":
            yield from _array(window, "")
        elif start == "{":
            yield from _members(window, 0)
        elif start:
            sentence = "This is not JSON: it begins with neither [ nor {."
            yield RowFault(window.place(), sentence)
    except Torn as torn:
        where = window.place(f"{window.array}[]" if window.array else "")
        yield RowFault(where, torn.template, torn.values)


def _members(window: "_Window", depth: int) -> Iterator[Found | RowFault]:
    """Go over the members of an object: arrays of objects are given out, the rest passed over."""
    window.take("{")
    while window.peek() not in {"}", ""}:
        name = str(window.value())
        window.take(":")
        start = window.peek()
        if start == "[":
            yield from _array(window, name)
        elif start == "{" and depth < MAX_NESTING:
            yield from _members(window, depth + 1)
        else:
            window.value()
        window.comma("}")
    window.take("}")


def _array(window: "_Window", name: str) -> Iterator[Found | RowFault]:
    window.take("[")
    window.array = name
    index = 0
    while (start := window.peek()) not in {"]", ""}:
        place = window.place(f"{name}[{index}]")
        if start != "{" and name:
            window.value()
        else:
            yield _element(window, name, place)
        window.comma("]")
        index += 1
    window.take("]")


def _element(window: "_Window", name: str, place: Place) -> Found | RowFault:
    try:
        value = window.value()
    except Torn as torn:
        window.pass_over()
        return RowFault(place, torn.template, torn.values)
    if not isinstance(value, dict):
        return RowFault(place, "This is no JSON object: write objects in braces.")
    return Found(name, place, value)


class _Window:
    """The part of the text that is looked at; it moves on and never back.

    Attributes: `array` is the name of the array it is in, or was in last.
    """

    def __init__(self, file: TextFile) -> None:
        self.array = ""
        self._file = file
        self._blocks = file.blocks()
        self._text = ""
        self._at = 0
        self._line = 1
        self._wrong_at = 0

    def place(self, field: str = "") -> Place:
        """Return where the window stands."""
        return Place(str(self._file.path), self._line, field)

    def peek(self) -> str:
        """Return the next character that is no white space, empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._move(found.end() if found else self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Go past one character; raises Torn when another stands there, or none."""
        given = self.peek()
        if not given:
            raise Torn("The file ends in the middle: it is torn.")
        if given != expected:
            raise Torn(
                'Here stands "{given}" in place of "{expected}".', given=given, expected=expected
            )
        self._move(self._at + 1)

    def comma(self, end: str) -> None:
        """Go past a comma before the next value, or find the end; one may lack before a brace."""
        if self.peek() not in {end, "{", ""}:
            self.take(",")

    def value(self) -> object:
        """Decode the value that stands here and go past it; raises Torn and stays."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._unfinished(error) and self._more():
                    continue
                self._wrong_at = error.pos
                raise Torn("This is not JSON ({why}).", why=error.msg) from None
            except (ValueError, RecursionError):
                self._wrong_at = self._at
                raise Torn("A number is too long or the object is nested too deep.") from None
            if end == len(self._text) and self._text[end - 1] not in '}]"' and self._more():
                continue
            return self._checked(value, end)

    def pass_over(self) -> None:
        """Go to the end of the value that cannot be decoded, as far as it can be told."""
        end = self._closing()
        if end is None:
            found = _NEXT_OBJECT.search(self._text, max(self._wrong_at, self._at + 1))
            end = found.start() + 1 if found else len(self._text)
        self._move(end)
        if self.peek() not in {",", "]", ""}:
            rest = _PLAIN.match(self._text, self._at)
            self._move(max(rest.end() if rest else 0, self._at + 1))

    def _checked(self, value: object, end: int) -> object:
        text = self._text[self._at : end]
        if undecodable(text):
            self._wrong_at = self._at
            raise Torn("Some characters are not {encoding}.", encoding=self._file.encoding)
        self._move(end)
        return value

    def _unfinished(self, error: json.JSONDecodeError) -> bool:
        """Say whether the text ends before the value does, and may still grow."""
        if len(self._text) - self._at > MAX_OBJECT:
            raise Torn("The object is longer than {most} characters.", most=MAX_OBJECT)
        return error.msg.startswith("Unterminated") or error.pos > len(self._text) - _NEAR_END

    def _closing(self) -> int | None:
        """Return where the brackets that open here are closed, None when they never are."""
        at, opened = self._at, ""
        while True:
            for token in _TOKEN.finditer(self._text, at):
                at = token.end()
                if token[0] in _CLOSES:
                    opened += _CLOSES[token[0]]
                elif token[0] in "}]":
                    if token[0] != opened[-1:]:
                        return None
                    opened = opened[:-1]
                if not opened:
                    return at
            if len(self._text) - self._at > MAX_OBJECT or not self._more():
                return None

    def _move(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self) -> bool:
        """Read on; what lies behind is forgotten."""
        block = next(self._blocks, "")
        if self._at > _KEEP or self._at == len(self._text):
            self._wrong_at = max(0, self._wrong_at - self._at)
            self._text, self._at = self._text[self._at :], 0
        self._text += block
        return bool(block)
