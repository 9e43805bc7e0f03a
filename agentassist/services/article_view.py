# SPDX-License-Identifier: Apache-2.0
"""Markdown of any origin as HTML that cannot run, load or freeze anything."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_LIMIT = 1_000_000
_TABLES = 50
_DEPTH = 30
_TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "code", "em", "strong", "s", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "a"),
}


def to_html(markdown: str) -> str:
    """Render Markdown to HTML of an allow-list of tags.

    Raw HTML is shown as text; images and links other than https, mailto and kb are
    dropped. Text beyond 1 MB, 50 tables or 30 levels of nesting is shown as it is
    written: Qt's layout takes seconds on such trees.
    """
    if len(markdown) > _LIMIT:
        return _as_written(markdown[:_LIMIT])
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEPTH}).enable(
        ["table", "strikethrough"]
    )
    parser.validateLink = lambda url: url.lower().startswith(("https://", "mailto:", "kb:"))  # type: ignore[method-assign]
    tokens = parser.parse(markdown)
    if _too_deep(tokens):
        return _as_written(markdown)
    html = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto", "kb"}
    )


def _too_deep(tokens: list[Token]) -> bool:
    tables = sum(token.type == "table_open" for token in tokens)
    return tables > _TABLES or max((token.level for token in tokens), default=0) >= _DEPTH


def _as_written(markdown: str) -> str:
    return f"<pre>{nh3.clean_text(markdown)}</pre>"
