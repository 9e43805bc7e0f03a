# SPDX-License-Identifier: Apache-2.0
"""The lines of one vCard to properties: unfolded, decoded, unescaped."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from agentassist.intake.mail_charsets import codec_of, decoded

MAX_PROPERTIES = 2_000
_LONGEST_VALUE = 64 * 1024
_NAME = re.compile(
    rb"(?:[A-Za-z0-9-]{1,60}\.)?([A-Za-z0-9-]{1,60})((?:;[^:]{0,1000})?):", re.DOTALL
)
_QUOTED = re.compile(rb"(;[^;:]{1,60}=)\"([^\"]{0,500})\"")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTED = re.compile(r"(?<!\\);")
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its name and types in capitals, and its value, still with `;` between
    the parts of a structured one (`components` takes those apart).
    """

    name: str
    types: frozenset[str]
    text: str


def properties(card: bytes, encoding: str = "") -> list[Property]:
    """Return the properties of a card; what is no property is passed over."""
    found = []
    for line in _unfolded(card):
        item = _property(line, encoding)
        if item and item.name not in _BINARY:
            found.append(item)
        if len(found) == MAX_PROPERTIES:
            break
    return found


def components(text: str) -> tuple[str, ...]:
    """Return the parts of a structured value, such as a name or an address."""
    return tuple(_plain(part) for part in _PARTED.split(text))


def _unfolded(card: bytes) -> Iterator[bytes]:
    """Yield whole lines: those that begin with white space, and those after `=`, go on."""
    whole, soft = bytearray(), False
    for raw in card.split(b"\n"):
        line = raw.rstrip(b"\r")
        if whole and (soft or line[:1] in {b" ", b"\t"}):
            whole += line if soft else line[1:]
        else:
            if whole:
                yield bytes(whole)
            whole = bytearray(line)
        soft = line.endswith(b"=") and b"QUOTED-PRINTABLE" in bytes(whole[:500]).upper()
        if soft:
            del whole[-1:]
        if len(whole) > _LONGEST_VALUE:
            del whole[_LONGEST_VALUE:]
    if whole:
        yield bytes(whole)


def _property(line: bytes, encoding: str) -> Property | None:
    found = _NAME.match(_QUOTED.sub(_unquoted, line[:_LONGEST_VALUE]))
    if found is None:
        return None
    name = found[1].decode("ascii").upper()
    given = _parameters(found[2].decode("ascii", "replace"))
    value = line[:_LONGEST_VALUE] if not found[2] else _QUOTED.sub(_unquoted, line)
    data = value[found.end() :]
    if "QUOTED-PRINTABLE" in given.types:
        data = quopri.decodestring(data)
    text = decoded(data, given.charset or codec_of(encoding))
    return Property(name, given.types, text if name in _STRUCTURED else _plain(text))


_STRUCTURED = frozenset({"N", "ADR", "ORG"})


@dataclass(frozen=True, slots=True)
class _Given:
    types: frozenset[str]
    charset: str


def _parameters(text: str) -> _Given:
    """Read `;TYPE=CELL,VOICE`, and `;CELL;VOICE` as 2.1 has it."""
    types: set[str] = set()
    charset = ""
    for piece in text.split(";"):
        key, equals, value = piece.partition("=")
        if key.strip().upper() == "CHARSET":
            charset = value.strip()
        elif key.strip().upper() == "PREF" and equals:
            types.add("PREF")
        else:
            types.update(word.strip().strip('"').upper() for word in (value or key).split(","))
    return _Given(frozenset(types - {""}), charset)


def _unquoted(found: re.Match[bytes]) -> bytes:
    """Take the marks off a parameter, and what would end it."""
    return found[1] + re.sub(rb"[:;]", b" ", found[2])


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()
