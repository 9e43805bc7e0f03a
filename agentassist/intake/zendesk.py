# SPDX-License-Identifier: Apache-2.0
"""Zendesk Support: users, organisations, tickets and their comments.

Shapes and addresses are those of the public documentation (developer.zendesk.com,
"Ticketing": Users, User Identities, Organizations, Tickets, Ticket Comments, Incremental
Exports, Pagination, Rate limits). An export is the JSON or NDJSON of "Exporting account data",
or pages of the interface that somebody saved.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import RecordKind
from agentassist.intake.documents import Document, Fields
from agentassist.intake.html_text import text_of
from agentassist.intake.json_node import Node
from agentassist.intake.rest import Missing, Rest, basic_or_bearer
from agentassist.intake.systems import (
    MOST_PAGES,
    Export,
    Names,
    Page,
    documents,
    filled,
    key_in_path,
    listed,
    numbered,
    objects_in,
)

_CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        **dict.fromkeys(("voice", "phone", "voicemail"), Channel.CALL),
        **dict.fromkeys(("sms", "text_message"), Channel.SMS),
        **dict.fromkeys(("chat", "chat_offline_message", "messaging"), Channel.CHAT),
        **dict.fromkeys(("native_messaging", "whatsapp", "line", "kakaotalk"), Channel.CHAT),
        **dict.fromkeys(("telegram", "viber", "wechat"), Channel.CHAT),
        **dict.fromkeys(("twitter", "twitter_dm", "twitter_favorite"), Channel.SOCIAL),
        **dict.fromkeys(("facebook", "instagram_dm", "any_channel"), Channel.SOCIAL),
    }
)
"""By `via.channel`; what is not here came as a mail or a form, and is answered by mail."""

_AGENTS = frozenset({"agent", "admin", "owner"})
_OF_USERS = frozenset({"iana_time_zone", "organization_id", "locale", "identities"})
_SOCIAL = frozenset({"twitter", "facebook", "messaging"})
_PER_PAGE = "100"


class ZendeskReader:
    """Makes records of documents; remembers agents and organisations."""

    def __init__(self) -> None:
        self._agents = Names()
        self._organisations = Names()

    def notice(self, document: Document) -> Collection[RecordKind]:
        """Remember agents and organisations; users are customers, tickets interactions."""
        node = Node(document.value)
        if _is_ticket(document):
            return (RecordKind.INTERACTIONS,)
        if _is_organisation(document):
            self._organisations.add(node.text("id"), node.text("name"))
        elif _is_user(document):
            if node.text("role") not in _AGENTS:
                return (RecordKind.CUSTOMERS,)
            self._agents.add(node.text("id"), node.text("name"))
        return ()

    def draw(self, kind: RecordKind, document: Document) -> Iterable[Fields]:
        """Return the customer of a user, or the comments of a ticket."""
        node = Node(document.value)
        if kind is RecordKind.INTERACTIONS:
            if _is_ticket(document) and node.text("status") != "deleted":
                yield from self._contacts(node)
        elif _is_user(document) and node.text("role") not in _AGENTS:
            yield self._customer(node)

    def learn(self, users: Iterable[Mapping[str, object]]) -> None:
        """Remember the agents among users that came beside tickets."""
        for user in users:
            node = Node(user)
            if node.text("role") in _AGENTS:
                self._agents.add(node.text("id"), node.text("name"))

    def _customer(self, user: Node) -> Fields:
        found = {"email": [user.text("email")], "phone": [], "handle": []}
        if not user.flag("shared_phone_number"):
            found["phone"].append(user.text("phone"))
        for identity in user.nodes("identities"):
            kind = identity.text("type").removesuffix("_number")
            field = "handle" if kind in _SOCIAL else kind
            found.get(field, []).append(identity.text("value"))
        several = (numbered(field, values) for field, values in found.items())
        fields = {
            "customer_key": _user_key(user.needed("id")),
            "customer_id": user.text("external_id"),
            "name": user.text("name"),
            "organisation": self._organisations.of(user.text("organization_id")),
            "language": user.text("locale"),
            "time_zone": user.text("iana_time_zone", "time_zone"),
        }
        return filled(fields | {name: text for some in several for name, text in some.items()})

    def _contacts(self, ticket: Node) -> Iterator[Fields]:
        """Yield the comments; without them, the description, which is the first of them."""
        shared = _shared(ticket)
        comments = ticket.nodes("comments")
        if not comments:
            yield shared | _description(ticket)
        for place, comment in enumerate(comments):
            yield shared | self._comment(ticket, comment, first=place == 0)

    def _comment(self, ticket: Node, comment: Node, *, first: bool) -> Fields:
        author, internal = comment.text("author_id"), not comment.flag("public", default=True)
        key = f"zendesk:{ticket.needed('id')}"
        name = self._agents.of(author) or _sender(comment.node("via"))
        fields = {
            "key": key if first else f"{key}:{comment.needed('id')}",
            "channel": Channel.NOTE if internal else _channel(comment, _channel(ticket)),
            "direction": Direction.INTERNAL if internal else self._direction(ticket, author),
            "text": comment.text("plain_body") or _body(comment),
            "at": comment.time("created_at"),
            "author": name,
            "attachments": listed(file.text("file_name") for file in comment.nodes("attachments")),
        }
        return filled(fields)

    def _direction(self, ticket: Node, author: str) -> Direction:
        """Whoever is no agent writes to us: people in copy answer too."""
        if author in self._agents:
            return Direction.OUTBOUND
        asks = author == ticket.text("requester_id") or bool(self._agents)
        return Direction.INBOUND if asks else Direction.OUTBOUND


class ZendeskSystem:
    """The REST interface of an account, such as https://acme.zendesk.com."""

    name = "zendesk"
    token_form = "name@company.com/token:API_TOKEN"  # noqa: S105 - what a token looks like
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        self.reader = ZendeskReader()

    def authorization(self, token: str) -> str:
        """Basic for an API token, Bearer for one of OAuth."""
        return basic_or_bearer(token)

    def pages(self, rest: Rest, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield organisations and users, then tickets with their comments."""
        now = dict(cursor)
        for page in _all(rest, "/api/v2/organizations.json", {}):
            found = objects_in(page, "organizations")
            yield Page(documents(rest, "organizations", found), dict(now))
        for page in _changed(rest, now, "users"):
            yield Page(documents(rest, "users", objects_in(page, "users")), dict(now))
        for page in _changed(rest, now, "tickets"):
            tickets = [self._whole(rest, ticket) for ticket in objects_in(page, "tickets")]
            yield Page(documents(rest, "tickets", tickets), dict(now))

    def _whole(self, rest: Rest, ticket: Mapping[str, object]) -> Mapping[str, object]:
        """Return a ticket with its comments, and learn who of their authors are agents."""
        number = key_in_path(ticket)
        if not number or ticket.get("status") == "deleted":
            return ticket
        comments: list[object] = []
        try:
            for page in _all(rest, f"/api/v2/tickets/{number}/comments.json", {"include": "users"}):
                comments += objects_in(page, "comments")
                self.reader.learn(objects_in(page, "users"))
        except Missing:  # gone by now
            return ticket
        return {**ticket, "comments": comments}


def _all(rest: Rest, path: str, query: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    """Yield the pages of a list (cursor pagination)."""
    wanted = {**query, "page[size]": _PER_PAGE}
    for _ in range(MOST_PAGES):
        page = rest.get(path, wanted)
        yield page
        meta = Node(page).node("meta")
        if not meta.flag("has_more"):
            return
        wanted["page[after]"] = meta.needed("after_cursor")


def _changed(rest: Rest, now: dict[str, str], what: str) -> Iterator[Mapping[str, object]]:
    """Yield pages of the incremental export; `now` keeps the cursor of each."""
    for _ in range(MOST_PAGES):
        wanted = {"per_page": _PER_PAGE}
        wanted |= {"cursor": now[what]} if now.get(what) else {"start_time": "0"}
        page = rest.get(f"/api/v2/incremental/{what}/cursor.json", wanted)
        node = Node(page)
        before, now[what] = now.get(what, ""), node.text("after_cursor") or now.get(what, "")
        yield page
        if node.flag("end_of_stream", default=True) or now[what] == before:
            return


def _shared(ticket: Node) -> Fields:
    number = ticket.needed("id")
    fields = {
        "customer_key": _user_key(ticket.text("requester_id")),
        "subject": ticket.text("subject", "raw_subject"),
        "status": ticket.text("status"),
        "conversation": f"zendesk:{number}",
        "ticket": number,
        "priority": ticket.text("priority"),
        "tags": listed(ticket.texts("tags")),
    }
    return filled(fields)


def _description(ticket: Node) -> Fields:
    fields = {
        "key": f"zendesk:{ticket.needed('id')}",
        "channel": _channel(ticket),
        "direction": Direction.INBOUND,
        "text": ticket.text("description"),
        "at": ticket.time("created_at"),
    }
    return filled(fields)


def _is_user(document: Document) -> bool:
    return "role" in document.value and bool(document.value.keys() & _OF_USERS)


def _is_organisation(document: Document) -> bool:
    return document.array == "organizations" or "domain_names" in document.value


def _is_ticket(document: Document) -> bool:
    return "requester_id" in document.value and "via" in document.value


def _user_key(number: str) -> str:
    return f"zendesk:user:{number}" if number else ""


def _channel(node: Node, usual: Channel = Channel.EMAIL) -> Channel:
    name = node.node("via").text("channel").casefold()
    if name.startswith("sunshine_conversations"):
        return Channel.CHAT
    return _CHANNELS.get(name, usual)


def _body(comment: Node) -> str:
    html = comment.text("html_body")
    return text_of(html) if html else comment.text("body")


def _sender(via: Node) -> str:
    return via.node("source").node("from").text("name")


ZENDESK = Export("zendesk", ZendeskReader, lambda item: _is_ticket(item) or _is_user(item))
"""The format: users, organisations and tickets."""
