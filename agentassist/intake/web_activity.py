# SPDX-License-Identifier: Apache-2.0
"""What people did on the web site before they called: pages, searches, articles.

One event a line (or objects of an array), with a time, somebody or a session, and a page, a
search or an article, under the names that web analytics use:

    {"at": "2026-11-02T09:14:00Z", "session": "s1", "customer_id": "C-17", "event": "page",
     "title": "Returns", "url": "https://shop.example.com/returns", "seconds": 40}
    {"at": "2026-11-02T09:15:10Z", "session": "s1", "event": "search", "query": "refund late"}

One visit is one interaction: the events of a session, or of one person with no pause over half
an hour. Whoever signs in late was there from the start. The text has all of it in
order; beside it `article` is the key of the last article, `page` its title, else all pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import values
from agentassist.intake.column_names import normalised
from agentassist.intake.documents import Document, DocumentFile, Fields, first_of, record
from agentassist.intake.formats import Hints, Part
from agentassist.intake.json_node import Node

PAUSE = timedelta(minutes=30)
"""After so long another visit begins (the usual rule of web analytics)."""
MAX_OPEN = 20_000
"""So many visits are held at once; the oldest are written when there are more."""
MAX_EVENTS = 500
MAX_SECONDS = 86_400.0

_NAMES: Mapping[str, tuple[str, ...]] = {
    "at": ("at", "timestamp", "time", "occurred_at", "created_at", "event_time", "visited_at"),
    "session": ("session", "session_id", "visit_id", "visit"),
    "visitor": ("visitor", "visitor_id", "anonymous_id", "client_id"),
    "customer_id": ("customer_id", "user_id", "customer", "member_id"),
    "email": ("email", "e_mail", "user_email", "customer_email"),
    "account": ("account", "account_id", "account_number"),
    "event": ("event", "event_type", "type", "action", "name"),
    "title": ("title", "page_title", "page", "page_name"),
    "url": ("url", "page_url", "page_location", "href", "link", "path"),
    "search": ("search", "query", "search_query", "search_term", "keyword", "q"),
    "article": ("article_id", "article_key", "article"),
    "article_title": ("article_title",),
    "seconds": ("seconds", "duration", "time_on_page", "dwell_seconds"),
}
COLUMNS = (
    *("key", "customer_id", "email", "account", "channel", "direction", "subject", "text", "at"),
    *("page", "url", "search", "article", "seconds", "events"),
)
_WHO = ("session", "visitor", "customer_id", "email", "account")
_WHAT = ("title", "url", "search", "article", "article_title")
_LONGEST = 500
_LOOKED_AT = 3


@dataclass(slots=True)
class _Visit:
    """The events of one visit so far; `who` grows as the visitor becomes known."""

    key: str
    place: Place
    began: datetime
    last: datetime
    who: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    seen: dict[str, dict[str, None]] = field(default_factory=dict)
    seconds: float = 0.0


class WebActivity:
    """The visits of a file of events. Iterate once; `close` ends it."""

    columns: tuple[str, ...] = COLUMNS

    def __init__(self, path: Path, hints: Hints) -> None:
        self._events = DocumentFile(path, hints.encoding)
        self._zone = values.zone(hints.zone or "UTC")
        self._open: dict[str, _Visit] = {}
        self.size = self._events.size

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._events.position

    def close(self) -> None:
        """Close the file."""
        self._events.close()

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for item in self._events:
            if isinstance(item, RowFault):
                yield item
                continue
            try:
                yield from self._take(item)
            except BadInput as error:
                place = Place(item.place.file, item.place.line, error.place.field)
                yield RowFault(place, error.template, error.values)
        yield from self._closed(len(self._open))

    def _take(self, item: Document) -> Iterator[RawRecord]:
        """Add an event to its visit; yield the visits that are over by now."""
        event = _event(item)
        at = self._at(event)
        who = next((f"{name}:{event[name]}" for name in _WHO if event.get(name)), "")
        if not who:
            raise BadInput(item.place, "The event names neither a session nor a person.")
        if not any(event.get(name) for name in _WHAT):
            raise BadInput(item.place, "The event names no page, search or article.")
        visit = self._open.pop(who, None)
        if visit and abs(at - visit.last) > PAUSE:
            yield _record(visit)
            visit = None
        visit = visit or _Visit(f"{who}:{at.isoformat()}", item.place, at, at)
        _add(visit, event, at)
        self._open[who] = visit
        yield from self._closed(self._over(at))

    def _at(self, event: Mapping[str, str]) -> datetime:
        try:
            return values.moment(event.get("at", ""), self._zone)
        except UserError as error:
            raise BadInput(Place("", 0, "at"), error.template, **error.values) from None

    def _over(self, now: datetime) -> int:
        """Return how many of the visits that rest the longest are over, or too many."""
        over = 0
        for visit in self._open.values():
            if now - visit.last <= PAUSE:
                break
            over += 1
        return max(over, len(self._open) - MAX_OPEN)

    def _closed(self, count: int) -> Iterator[RawRecord]:
        for who in list(islice(self._open, count)):
            yield _record(self._open.pop(who))


class WebActivityFormat:
    """Events of a web site."""

    name = "web"

    def recognises(self, path: Path) -> bool:
        """Say yes to events that have a time, somebody, and a page, search or article."""
        found = first_of(path)[:_LOOKED_AT]
        return bool(found) and all(_is_event(item) for item in found)

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the visits."""
        yield Part(WebActivity(path, hints), RecordKind.INTERACTIONS, ours=True)


def _is_event(item: Document) -> bool:
    names = {normalised(name) for name in item.value}
    said = names & {"text", "body", "content", "message", "messages", "transcript"}
    groups = ((*_NAMES["at"],), _names_of(_WHO), (*_NAMES["url"], *_NAMES["search"]))
    tells = all(names & set(group) for group in groups) or (
        names & {"article", "article_id", "article_key"} and names & set(_names_of(_WHO))
    )
    return bool(tells) and not said


def _names_of(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for field_name in fields for name in _NAMES[field_name])


def _event(item: Document) -> Fields:
    """Return the event under our names; the first known name of a field counts."""
    given = {normalised(name): name for name in item.value}
    node = Node(item.value)
    event: Fields = {}
    for ours, names in _NAMES.items():
        found = (node.text(given[name]) for name in names if name in given)
        event[ours] = next(filter(None, found), "")
    if event["event"].casefold() in {"search", "site_search"} and not event["search"]:
        event["search"] = event["title"]
    return event


def _add(visit: _Visit, event: Mapping[str, str], at: datetime) -> None:
    visit.began, visit.last = min(visit.began, at), max(visit.last, at)
    for name in ("customer_id", "email", "account"):
        if event.get(name):
            visit.who.setdefault(name, event[name])
    if len(visit.lines) >= MAX_EVENTS:
        return
    visit.lines.append(f"{at:%H:%M} {_line(event)}")
    for name in _WHAT:
        if event.get(name) and (name != "title" or not event.get("search")):
            visit.seen.setdefault(name, {})[event[name][:_LONGEST]] = None
    visit.seconds += _seconds(event.get("seconds", ""))


def _line(event: Mapping[str, str]) -> str:
    """Say one event as a person would."""
    if event.get("search"):
        return f"Search: {event['search'][:_LONGEST]}"
    if event.get("article") or event.get("article_title"):
        named = event.get("article_title") or event.get("title") or event["article"]
        return f"Article: {named[:_LONGEST]}"
    title, url = event.get("title", ""), event.get("url", "")
    return f"Page: {f'{title} ({url})' if title and url else title or url}"[: 2 * _LONGEST]


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= MAX_SECONDS else 0.0


def _record(visit: _Visit) -> RawRecord:
    first = next(
        (
            text
            for name in ("search", "article_title", "title", "article", "url")
            for text in visit.seen.get(name, ())
        ),
        "",
    )
    spent = visit.seconds or (visit.last - visit.began).total_seconds()
    fields: Fields = {
        "key": f"web:{visit.key}",
        **visit.who,
        "channel": Channel.WEB,
        "direction": Direction.INBOUND,
        "subject": first,
        "text": "\n".join(visit.lines),
        "at": visit.began.astimezone(UTC).isoformat(),
        "page": _last(visit, "article_title") or _joined(visit, "title"),
        "url": _last(visit, "url"),
        "search": _joined(visit, "search"),
        "article": _last(visit, "article"),
        "seconds": str(round(spent)),
        "events": str(len(visit.lines)),
    }
    return record(visit.place, {name: text for name, text in fields.items() if text})


def _last(visit: _Visit, name: str) -> str:
    return next(reversed(visit.seen.get(name, {"": None})), "")


def _joined(visit: _Visit, name: str) -> str:
    return "; ".join(visit.seen.get(name, ()))[:_LONGEST]
