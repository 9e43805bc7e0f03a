# SPDX-License-Identifier: Apache-2.0
"""On which line each key of a TOML file stands, and how deep the file nests.

tomllib gives values without places. This reads the same text once more, forgivingly
(tomllib judges whether it is TOML at all), and remembers the line of every key and of
every element of an array, so that a fault can point at it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agentassist.errors import BadInput, Place

Path = tuple[str | int, ...]

DEEPEST = 8

_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|\n|[\[\]{},=]|[^\S\n]+|[^\s\[\]{},=#\"']+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a file's keys. Paths have names of keys and numbers of elements."""

    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of a key, or of the nearest table around it that is there."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def outline(text: str, file: str) -> Outline:
    """Read the places of all keys. Raises BadInput when the file nests too deep."""
    reader = _Reader(_pieces(text, file))
    while reader.statement():
        pass
    return Outline(reader.lines)


def _pieces(text: str, file: str) -> list[tuple[str, int]]:
    """Split the text; stop at the first line that nests deeper than anyone writes."""
    pieces: list[tuple[str, int]] = []
    line, depth = 1, 0
    for piece in _PIECE.findall(text):
        depth += (piece in "[{") - (piece in "]}")
        if depth > DEEPEST or (piece[0] not in "\"'#" and piece.count(".") > DEEPEST):
            raise BadInput(
                Place(file, line),
                "This nests deeper than {depth} levels: flatten it.",
                depth=DEEPEST,
            )
        if piece[0] != "#" and not (piece.isspace() and piece != "\n"):
            pieces.append((piece, line))
        line += piece.count("\n")
    return pieces


class _Reader:
    """Walks over the pieces. `lines` fills up on the way."""

    def __init__(self, pieces: list[tuple[str, int]]) -> None:
        self.lines: dict[Path, int] = {}
        self._pieces = pieces
        self._at = 0
        self._prefix: Path = ()
        self._counts: dict[Path, int] = {}

    def statement(self) -> bool:
        """Read one table header or one key with its value; False at the end."""
        self._skip("\n")
        if self._at >= len(self._pieces):
            return False
        if self._peek() == "[":
            self._header()
        else:
            self._pair(self._prefix, "\n")
        return True

    def _peek(self) -> str:
        return self._pieces[self._at][0] if self._at < len(self._pieces) else ""

    def _take(self) -> str:
        self._at += 1
        return self._pieces[self._at - 1][0] if self._at <= len(self._pieces) else ""

    def _skip(self, pieces: str) -> None:
        while self._peek() and self._peek() in pieces:
            self._at += 1

    def _line(self) -> int:
        return self._pieces[min(self._at, len(self._pieces) - 1)][1]

    def _header(self) -> None:
        line = self._line()
        is_array = self._pieces[self._at : self._at + 2] == [("[", line), ("[", line)]
        self._skip("[")
        self._prefix = self._resolve(self._key("]\n"), is_array=is_array)
        self._skip("]")
        self.lines.setdefault(self._prefix, line)
        if is_array:
            self.lines.setdefault(self._prefix[:-1], line)

    def _resolve(self, names: tuple[str, ...], *, is_array: bool) -> Path:
        """Turn the names of a header into a path with the numbers of array elements."""
        path: Path = ()
        for place, name in enumerate(names, 1):
            path = (*path, name)
            if is_array and place == len(names):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _key(self, ends: str) -> tuple[str, ...]:
        names: list[str] = []
        while self._peek() and self._peek() not in ends:
            piece = self._take()
            names += [piece[1:-1]] if piece[0] in "\"'" else [x for x in piece.split(".") if x]
        return tuple(names)

    def _pair(self, prefix: Path, ends: str) -> None:
        line = self._line()
        path = (*prefix, *self._key("=" + ends))
        self._skip("=")
        self.lines.setdefault(path, line)
        self._value(path)
        while self._peek() and self._peek() not in ends:
            self._at += 1

    def _value(self, path: Path) -> None:
        piece = self._peek()
        if piece == "[":
            self._array(path)
        elif piece == "{":
            self._inline(path)
        else:
            while self._peek() and self._peek() not in ",]}\n":
                self._at += 1

    def _array(self, path: Path) -> None:
        self._at += 1
        number = 0
        while (piece := self._peek()) and piece != "]":
            if piece in ",\n}":
                number += piece == ","
                self._at += 1
                continue
            self.lines[*path, number] = self._line()
            self._value((*path, number))
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while (piece := self._peek()) and piece != "}":
            if piece in ",\n]":
                self._at += 1
            else:
                self._pair(path, ",}\n")
        self._at += 1
