# SPDX-License-Identifier: Apache-2.0
"""HTML of a message to plain text: the lines a person would read, and nothing that acts.

Scripts, styles and comments are left out, and so are images and frames. The text is gone over
once, without a tree, in time that grows with its length alone: the parser of the standard
library and nh3 both take minutes over a megabyte that opens tags and never closes them.
"""

import re
from html import unescape

MAX_HTML = 4_000_000
"""How much of a message is read, in characters."""

_PARAGRAPHS = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote"}
)
_BREAKS = _PARAGRAPHS | {
    *("address", "article", "aside", "br", "dd", "div", "dl", "dt", "fieldset"),
    *("figure", "footer", "form", "header", "hr", "li", "main", "nav", "pre", "section", "tr"),
}
_ALONE = frozenset({"br", "hr", "li"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "textarea"})
_TAG = re.compile(
    r"<(?:(?P<comment>!--)"
    r"|(?P<end>/)?(?P<name>[a-zA-Z][\w:-]{0,40})(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>"
    r"|[!?/a-zA-Z][^<>]*+>)"
)
_IS_HTML = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u200b]+")
_SIGNED = re.compile(r"\s(?:class|id)\s*=[^<>=]{0,100}(?:signature|mailsign)", re.IGNORECASE)
_MAY_SIGN = frozenset({"div", "p", "span", "table"})
_SIGNATURE = "-- "
_MOST_QUOTES = 5


def is_html(text: str) -> bool:
    """Say whether a text has a tag or an entity in it."""
    return _IS_HTML.search(text) is not None


def text_of(html: str) -> str:
    """Return the readable text, blocks on lines of their own, paragraphs a blank line apart.

    Quoted lines begin with `> `, and a signature that its mailer marked follows the line `-- `.
    """
    lines = _Lines()
    text, at = html[:MAX_HTML].replace("\r\n", "\n"), 0
    while found := _TAG.search(text, at):
        lines.say(text[at : found.start()])
        name = (found["name"] or "").casefold()
        lines.tag(name, found[0], ends=bool(found["end"]))
        at = _past(text, found, name)
    lines.say(text[at:])
    return lines.text()


def plain(text: str) -> str:
    """Return a text that may be HTML as plain text."""
    return text_of(text) if is_html(text) else text.strip()


class _Lines:
    """The lines of a text while its tags go by."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._preformatted = 0

    def say(self, text: str) -> None:
        """Take text. Lines end where blocks do, not where the source happens to be broken."""
        if not self._preformatted:
            self._line.append(unescape(text.replace("\n", " ")))
            return
        first, *others = unescape(text).split("\n")
        self._line.append(first)
        for other in others:
            self._end_line()
            self._line.append(other)

    def tag(self, name: str, tag: str, *, ends: bool) -> None:
        """Do what a tag does to the lines."""
        if name in {"td", "th"}:
            self._line.append(" ")
        if name in _BREAKS and not (ends and name in _ALONE):
            self._end_line(apart=name in _PARAGRAPHS)
        if name == "li" and not ends:
            self._line.append("- ")
        if name == "pre":
            self._preformatted = max(0, self._preformatted + (-1 if ends else 1))
        if name == "blockquote":
            self._quotes = max(0, self._quotes + (-1 if ends else 1))
        if name in _MAY_SIGN and not ends and not self._quotes and _SIGNED.search(tag):
            self._end_line()
            self._lines.append(_SIGNATURE)

    def text(self) -> str:
        """Return what was collected."""
        self._end_line()
        return "\n".join(self._lines).strip()

    def _end_line(self, *, apart: bool = False) -> None:
        line = _SPACES.sub(" ", "".join(self._line)).strip()
        self._line.clear()
        if line:
            self._lines.append("> " * min(self._quotes, _MOST_QUOTES) + line)
        if apart and self._lines and self._lines[-1] not in {"", _SIGNATURE}:
            self._lines.append("")


def _past(html: str, found: re.Match[str], name: str) -> int:
    """Return where reading goes on; what is unseen and never ends hides the rest."""
    if found["comment"]:
        end = html.find("-->", found.end())
        return end + len("-->") if end >= 0 else len(html)
    if name in _UNSEEN and not found["end"]:
        closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, found.end())
        return closing.start() if closing else len(html)
    return found.end()
