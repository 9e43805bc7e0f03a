# SPDX-License-Identifier: Apache-2.0
"""A TOML file cut into pieces of text that can be exchanged one by one.

Joined again, the pieces are the file, byte for byte. A comment belongs to what stands
below it, so that it moves and goes with it; comments set off by a blank line stay.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|\n|[\[\]{}=.]|[^\S\n]+|[^\s\[\]{}=.#\"']+|.",
    re.DOTALL,
)


@dataclass(slots=True)
class Entry:
    """One key with its value and comments; an empty `key` is comments and blank lines."""

    key: str
    text: str


@dataclass(slots=True)
class Block:
    """A table header with the keys below it. The first block of a file has no header."""

    path: tuple[str, ...] = ()
    is_array: bool = False
    leading: str = ""
    header: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The block as it stands in the file."""
        return self.leading + self.header + "".join(entry.text for entry in self.entries)

    @property
    def indent(self) -> str:
        """The blanks before the header."""
        return self.header[: len(self.header) - len(self.header.lstrip(" \t"))]


def cut(text: str) -> list[Block]:
    """Cut a file (valid TOML) into its blocks, in order."""
    blocks = [Block()]
    pending = ""
    for statement in _statements(text):
        bare = statement.strip()
        if not bare or bare.startswith("#"):
            pending += statement
        elif bare.startswith("["):
            stays, goes = _split(pending)
            _add(blocks[-1], "", stays)
            blocks.append(Block(_names(_inside(bare)), bare.startswith("[["), goes, statement))
            pending = ""
        else:
            stays, goes = _split(pending, blank=False)
            _add(blocks[-1], "", stays)
            _add(blocks[-1], _names(statement)[0], goes + statement)
            pending = ""
    _add(blocks[-1], "", pending)
    return blocks


def _add(block: Block, key: str, text: str) -> None:
    if text:
        block.entries.append(Entry(key, text))


def _split(trivia: str, *, blank: bool = True) -> tuple[str, str]:
    """Split off the comments that stand directly above; with `blank` the lines before too."""
    lines = trivia.splitlines(keepends=True)
    place = len(lines)
    while place and lines[place - 1].strip():
        place -= 1
    while blank and place and not lines[place - 1].strip():
        place -= 1
    return "".join(lines[:place]), "".join(lines[place:])


def _statements(text: str) -> Iterator[str]:
    """Yield blank lines, comment lines, headers and keys with their whole values."""
    statement, depth = "", 0
    for piece in _PIECE.findall(text):
        statement += piece
        depth += (piece in "[{") - (piece in "]}")
        if piece == "\n" and depth <= 0:
            yield statement
            statement, depth = "", 0
    if statement:
        yield statement


def _inside(header: str) -> str:
    """Return what stands between the brackets of a header."""
    return re.sub(r"\s*\]{1,2}\s*(#.*)?$", "", header.lstrip("["))


def _names(text: str) -> tuple[str, ...]:
    """Return the names of the key that a text begins with."""
    names: list[str] = []
    for piece in _PIECE.findall(text.strip()):
        if piece == "=" or piece.startswith("#"):
            break
        if piece[0] in "\"'":
            names.append(piece[1:-1])
        elif piece != "." and not piece.isspace():
            names.append(piece)
    return tuple(names)
