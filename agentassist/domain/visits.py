# SPDX-License-Identifier: Apache-2.0
"""What the caller looked at before calling: pages, searches, articles read.

A visit is an interaction on the web channel. Its attributes, each a text: `page` (a title),
`url`, `search` (what was looked for), `article` (the key of an article of ours) and
`seconds` (time spent). Subject and text are for people, and stand in where there are none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from agentassist.domain.history import Interaction

MOST = 4
_LONGEST = 160


class VisitKind(StrEnum):
    """What somebody did on a page."""

    ARTICLE = "article"
    SEARCH = "search"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Visit:
    """One thing that was done before the call, the newest time of `times`.

    `article` is the key of an article that is ours, empty for any other page.
    """

    kind: VisitKind
    text: str
    at: datetime | None
    source: UUID
    seconds: int = 0
    times: int = 1
    article: str = ""


def article_keys(items: Iterable[Interaction]) -> frozenset[str]:
    """Return the keys that visits name, whether they are ours or not."""
    return frozenset(filter(None, (item.attributes.get("article", "") for item in items)))


def visits(items: Iterable[Interaction], ours: Mapping[str, str]) -> tuple[Visit, ...]:
    """Return what was done, newest first, the same thing once. `ours` are titles by key."""
    found: dict[tuple[VisitKind, str], Visit] = {}
    for item in items:
        for visit in _of(item, ours):
            key = (visit.kind, visit.article or visit.text.casefold())
            before = found.get(key)
            found[key] = _again(before, visit) if before else visit
    return tuple(found.values())[:MOST]


def _again(newer: Visit, older: Visit) -> Visit:
    return replace(newer, times=newer.times + 1, seconds=newer.seconds + older.seconds)


def _of(item: Interaction, ours: Mapping[str, str]) -> Iterator[Visit]:
    told = item.attributes
    key, search = told.get("article", ""), told.get("search", "")
    if search:
        yield Visit(VisitKind.SEARCH, _short(search), item.occurred_at, item.id)
    seconds = _seconds(told.get("seconds", ""))
    if key:
        title = ours.get(key, "") or told.get("page", "") or item.subject or key
        own = key if key in ours else ""
        kind = VisitKind.ARTICLE
        yield Visit(kind, _short(title), item.occurred_at, item.id, seconds, article=own)
    elif page := told.get("page", "") or told.get("url", ""):
        yield Visit(VisitKind.PAGE, _short(page), item.occurred_at, item.id, seconds)
    elif not search and (text := item.text or item.subject):
        yield Visit(VisitKind.PAGE, _short(text), item.occurred_at, item.id, seconds)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _seconds(text: str) -> int:
    whole = text.strip().partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) <= 6 else 0  # noqa: PLR2004  days
