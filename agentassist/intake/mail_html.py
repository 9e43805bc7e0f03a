# SPDX-License-Identifier: Apache-2.0
"""The text of a mail that was written as HTML.

nh3 makes well-formed HTML of anything first, without scripts, styles and comments, so that
the reader of the standard library meets nothing that costs it quadratic time.
"""

import re
from html.parser import HTMLParser

import nh3

MAX_HTML = 400_000
"""How much HTML is read, in characters."""

_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hr"}
)
_APART = frozenset({"p", "blockquote", "table", "pre", "ul", "ol", "h1", "h2", "h3"})
_KEPT = _BLOCKS | {"br", "td", "th"}
_SIGNATURE = re.compile(r"signature|moz-signature|gmail_signature|mailsign", re.IGNORECASE)
_MOST_QUOTES = 5
_SPACE = re.compile(r"[ \t\r\n\f]+")
_VOID = "br|img|hr|p|li|td|tr|th|meta|link|input|col|wbr"
_OPEN = re.compile(rf"<(/?)(?!/?(?:{_VOID})\b)[a-z]", re.IGNORECASE)
_DEEP = 50
_MOST_NODES = 1_000_000
"""A reader of HTML opens what is left open again in every block after it."""


def html_text(html: str) -> str:
    """Return the text of `html`, lines as they are seen; quoted ones begin with `> `."""
    if _swells(html[:MAX_HTML]):
        return _SPACE.sub(" ", re.sub(r"<[^<>]{0,500}>", " ", html[:MAX_HTML])).strip()
    cleaned = nh3.clean(
        html[:MAX_HTML],
        tags=set(_KEPT),
        clean_content_tags={"script", "style", "title", "head"},
        attributes={"div": {"class", "id"}, "p": {"class"}, "table": {"class", "id"}},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(cleaned)
    reader.close()
    return reader.text()


def _swells(html: str) -> bool:
    """True when well-formed HTML would be far longer; closing tags are taken at their word."""
    depth = deepest = 0
    for tag in _OPEN.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _DEEP and deepest * html.count("<") > _MOST_NODES


class _Reader(HTMLParser):
    """Collects lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line where a block begins, and a quotation or signature where one does."""
        if tag in _BLOCKS or tag == "br":
            self._break(blank=tag in _APART)
        if tag in {"td", "th"} and self._line:
            self._line.append(" ")
        if tag == "blockquote":
            self._quotes += 1
        if any(_SIGNATURE.search(value or "") for _, value in attrs) and not self._quotes:
            self._lines.append("-- ")

    def handle_endtag(self, tag: str) -> None:
        """End the line of a block."""
        if tag in _BLOCKS:
            self._break(blank=tag in _APART)
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)

    def handle_data(self, data: str) -> None:
        """Take text; white space is one blank."""
        self._line.append(_SPACE.sub(" ", data))

    def text(self) -> str:
        """Return what was collected."""
        self._break(blank=False)
        return "\n".join(self._lines).strip("\n")

    def _break(self, *, blank: bool) -> None:
        line = "".join(self._line).replace("\xa0", " ").strip()
        self._line.clear()
        mark = "> " * min(self._quotes, _MOST_QUOTES)
        if line:
            self._lines.append(mark + line)
        elif self._lines and self._lines[-1] not in {"", "-- "} and blank:
            self._lines.append("")
