# SPDX-License-Identifier: Apache-2.0
"""The parts of a mail (RFC 2045, 2046), taken apart in bounded time and memory.

The parser of the standard library compares each line with every open boundary and follows
nested parts by recursion, so that a mail of some megabytes can hold it for minutes or
break it. Here a body is cut at its own boundary only, no deeper than MAX_DEPTH; headers
and their parameters are read by the library.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

MAX_DEPTH = 30
MAX_PARTS = 500
MAX_HEADERS = 256 * 1024
"""The longest header block that is read, in bytes."""

_BLANK = re.compile(rb"\r?\n")
_END = re.compile(rb"\n\r?\n")
_REST = re.compile(rb"(?:--)?[ \t]*(?:\r?\n|\Z)")
_NEWLINE = 0x0A
_LONGEST_BOUNDARY = 200


class Hostile(ValueError):
    """A mail beyond the limits; `template` says which, `values` fills it."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part without parts: its headers, its bytes as sent, and the kind of part it is in."""

    headers: Message
    body: bytes
    kind: str
    within: str = ""


def leaves(message: bytes) -> tuple[Message, tuple[Leaf, ...]]:
    """Return the headers of a mail, and its parts without parts in their order.

    A mail within the mail is one leaf: it is another contact, or none.

    Raises:
        Hostile: it is nested too deep, has too many parts, or headers without end.
    """
    headers, at = _headers(message, 0, len(message))
    found: list[Leaf] = []
    for leaf in _walk(message, headers, (at, len(message)), "", 1):
        if len(found) == MAX_PARTS:
            raise Hostile("The mail has more than {most} parts.", most=MAX_PARTS)
        found.append(leaf)
    return headers, tuple(found)


def content(leaf: Leaf, most: int) -> bytes:
    """Return the decoded bytes of a leaf, at most about `most` of them."""
    part = Message(policy=compat32)
    way = str(leaf.headers.get("Content-Transfer-Encoding", "")).strip().casefold()
    if way:
        part["Content-Transfer-Encoding"] = way
    # Every encoding makes a text longer, none more than quoted-printable: three for one.
    part.set_payload(leaf.body[: 4 * most].decode("ascii", "surrogateescape"))
    payload = part.get_payload(decode=True)
    return payload[:most] if isinstance(payload, bytes) else b""


def _walk(
    message: bytes, headers: Message, span: tuple[int, int], within: str, depth: int
) -> Iterator[Leaf]:
    if within == "multipart/digest":
        headers.set_default_type("message/rfc822")
    kind = headers.get_content_type()
    boundary = _boundary(headers) if kind.startswith("multipart/") else b""
    if boundary and depth > MAX_DEPTH:
        raise Hostile("The mail is nested deeper than {most} parts.", most=MAX_DEPTH)
    empty = True
    for start, end in _parts(message, span, boundary) if boundary else ():
        empty = False
        inner, at = _headers(message, start, end)
        yield from _walk(message, inner, (at, end), kind, depth + 1)
    if empty:  # what says that it has parts and has none is read as a text
        kind = "text/plain" if kind.startswith("multipart/") else kind
        yield Leaf(headers, message[slice(*span)], kind, within)


def _headers(message: bytes, start: int, end: int) -> tuple[Message, int]:
    """Return the headers that stand at `start`, and where the body begins.

    Without a blank line between them the first line that is no header begins it.
    """
    blank = _BLANK.match(message, start, end) or _END.search(message, start, end)
    if (blank.start() if blank else end) - start > MAX_HEADERS:
        raise Hostile("The headers are longer than {most} bytes.", most=MAX_HEADERS)
    head = message[start : blank.start() if blank else end]
    body = blank.end() if blank else end
    headers = BytesHeaderParser(policy=compat32).parsebytes(head + b"\n\n")
    rest = str(headers.get_payload()).removesuffix("\n\n").lstrip("\r\n")
    if rest:
        body = start + len(head) - len(rest.encode("utf-8", "surrogateescape"))
    return headers, body


def _boundary(headers: Message) -> bytes:
    found = headers.get_boundary() or ""
    return found.encode("utf-8", "surrogateescape")[:_LONGEST_BOUNDARY].rstrip()


def _parts(message: bytes, span: tuple[int, int], boundary: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the parts between lines of a boundary are; the last line may be missing."""
    start = None
    for at, after in _lines(message, span, b"--" + boundary):
        if start is not None:
            yield start, max(start, at)
        if message.startswith(b"--", after):
            return
        start = min(message.find(b"\n", after) + 1 or span[1], span[1])
    if start is not None:
        yield start, span[1]


def _lines(message: bytes, span: tuple[int, int], mark: bytes) -> Iterator[tuple[int, int]]:
    """Yield the ends of the line before, and of the mark itself, for each line of only it."""
    at, end = span
    while (at := message.find(mark, at, end)) >= 0:
        after = at + len(mark)
        if (at == span[0] or message[at - 1] == _NEWLINE) and _REST.match(message, after, end):
            yield _line_end(message, at), after
        at = after


def _line_end(message: bytes, at: int) -> int:
    """Return where the line before `at` ends: its break belongs to the boundary."""
    if message[at - 2 : at] == b"\r\n":
        return at - 2
    return max(at - 1, 0)
