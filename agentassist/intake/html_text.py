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

_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"})
_BREAKS = _PARAGRAPHS | {
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
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
_LINES = re.compile(r"\n{3,}")


def is_html(text: str) -> bool:
    """Say whether a text has a tag or an entity in it."""
    return _IS_HTML.search(text) is not None


def text_of(html: str) -> str:
    """Return the readable text, blocks on lines of their own, paragraphs a blank line apart."""
    pieces = _pieces(html[:MAX_HTML].replace("\r\n", "\n"))
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def plain(text: str) -> str:
    """Return a text that may be HTML as plain text."""
    return text_of(text) if is_html(text) else text.strip()


def _pieces(html: str) -> list[str]:
    pieces: list[str] = []
    at, preformatted = 0, 0
    while found := _TAG.search(html, at):
        pieces.append(_said(html[at : found.start()], lines=preformatted > 0))
        name = (found["name"] or "").casefold()
        if name == "pre":
            preformatted += -1 if found["end"] else 1
        pieces.append(_break(name, ends=bool(found["end"])))
        at = _past(html, found, name)
    pieces.append(_said(html[at:], lines=preformatted > 0))
    return pieces


def _said(text: str, *, lines: bool) -> str:
    """Lines end where blocks do, not where the source happens to be broken."""
    return unescape(text if lines else text.replace("\n", " "))


def _break(name: str, *, ends: bool) -> str:
    """Return what a tag does to the lines."""
    if name == "li" and not ends:
        return "\n- "
    if name in {"td", "th"}:
        return " "
    if name not in _BREAKS or (ends and name in _ALONE):
        return ""
    return "\n\n" if name in _PARAGRAPHS else "\n"


def _past(html: str, found: re.Match[str], name: str) -> int:
    """Return where reading goes on; what is unseen and never ends hides the rest."""
    if found["comment"]:
        end = html.find("-->", found.end())
        return end + len("-->") if end >= 0 else len(html)
    if name in _UNSEEN and not found["end"]:
        closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, found.end())
        return closing.start() if closing else len(html)
    return found.end()
