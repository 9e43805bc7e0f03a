# SPDX-License-Identifier: Apache-2.0
"""Intercom: contacts, and conversations with their parts.

Shapes and addresses are those of the public documentation (developers.intercom.com, REST API
2.11: Contacts, Conversations, Conversation parts, Search, Pagination, Rate limiting). An
export is a list of such objects.
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
        "email": Channel.EMAIL,
        "phone_call": Channel.CALL,
        "phone_switch": Channel.CALL,
        "sms": Channel.SMS,
        "facebook": Channel.SOCIAL,
        "instagram": Channel.SOCIAL,
        "twitter": Channel.SOCIAL,
    }
)
"""By `source.type`; what is not here was written in the messenger."""

_NOTES = frozenset({"note", "note_and_reopen"})
_CUSTOMERS = frozenset({"user", "lead", "contact"})
_LEADS_TO_SOMEBODY = frozenset({"name", "email", "phone", "customer_id"})
"""Visitors who never said who they are have none of these, and are nobody yet."""
_PER_PAGE = 150


class IntercomReader:
    """Makes records of documents."""

    def __init__(self, *, knows_contacts: bool = False) -> None:
        """`knows_contacts` says that contacts come by themselves."""
        self._knows_contacts = knows_contacts

    def notice(self, document: Document) -> Collection[RecordKind]:
        """Contacts are customers; conversations interactions, and customers without them."""
        if _is_contact(document):
            self._knows_contacts = True
            return (RecordKind.CUSTOMERS,)
        if not _is_conversation(document):
            return ()
        customers = () if self._knows_contacts else (RecordKind.CUSTOMERS,)
        return (*customers, RecordKind.INTERACTIONS)

    def draw(self, kind: RecordKind, document: Document) -> Iterable[Fields]:
        """Return the customer of a contact, or the parts of a conversation."""
        node = Node(document.value)
        if kind is RecordKind.INTERACTIONS:
            if _is_conversation(document):
                yield from _contacts(node)
        elif _is_contact(document):
            customer = _customer(node)
            if customer.keys() & _LEADS_TO_SOMEBODY:
                yield customer
        elif _is_conversation(document) and not self._knows_contacts:
            author = node.node("source").node("author")
            if author.text("type") in _CUSTOMERS and author.text("id"):
                yield _author(author)


class IntercomSystem:
    """The REST interface, https://api.intercom.io or that of the region."""

    name = "intercom"
    token_form = "ACCESS_TOKEN"  # noqa: S105 - what a token looks like
    headers: Mapping[str, str] = MappingProxyType({"Intercom-Version": "2.11"})

    def __init__(self) -> None:
        self.reader = IntercomReader(knows_contacts=True)

    def authorization(self, token: str) -> str:
        """Bearer."""
        return basic_or_bearer(token)

    def pages(self, rest: Rest, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield contacts, then conversations with their parts."""
        now = dict(cursor)
        for found in _changed(rest, "contacts", "data", now):
            yield Page(documents(rest, "contacts", found), _later(now, "contacts", found))
        for found in _changed(rest, "conversations", "conversations", now):
            whole = [_whole(rest, item) for item in found]
            later = _later(now, "conversations", found)
            yield Page(documents(rest, "conversations", whole), later)


def _changed(
    rest: Rest, what: str, name: str, now: Mapping[str, str]
) -> Iterator[list[dict[str, object]]]:
    """Yield the pages of a search for what changed since the cursor, the oldest change first."""
    since = int(now.get(what) or 0)
    query = {"field": "updated_at", "operator": ">", "value": max(0, since - 1)}
    paging: dict[str, object] = {"per_page": _PER_PAGE}
    for _ in range(MOST_PAGES):
        sort = {"field": "updated_at", "order": "ascending"}
        page = rest.post(f"/{what}/search", {"query": query, "pagination": paging, "sort": sort})
        found = objects_in(page, name)
        if found:
            yield found
        following = Node(page).node("pages").node("next").text("starting_after")
        if not following or not found:
            return
        paging = {"per_page": _PER_PAGE, "starting_after": following}


def _whole(rest: Rest, conversation: Mapping[str, object]) -> Mapping[str, object]:
    """A search leaves the parts out; a conversation may be gone by now."""
    number = key_in_path(conversation)
    try:
        return rest.get(f"/conversations/{number}") if number else conversation
    except Missing:
        return conversation


def _later(
    now: dict[str, str], what: str, found: Iterable[Mapping[str, object]]
) -> Mapping[str, str]:
    times = (Node(item).text("updated_at") for item in found)
    numbers = [int(text) for text in times if text.isascii() and text.isdigit()]
    now[what] = str(max((int(now.get(what) or 0), *numbers)))
    return dict(now)


def _customer(contact: Node) -> Fields:
    profiles = contact.node("social_profiles").nodes("data")
    handles = [item.text("username") for item in profiles]
    companies = contact.node("companies").nodes("data")
    place = contact.node("location")
    fields = {
        "customer_key": _contact_key(contact.needed("id")),
        "customer_id": contact.text("external_id"),
        "name": contact.text("name"),
        **numbered("email", [contact.text("email")]),
        **numbered("phone", [contact.text("phone"), contact.text("whatsapp_number")]),
        **numbered("handle", handles),
        "organisation": next((item.text("name") for item in companies), ""),
        "language": contact.text("language_override", "browser_language"),
        "time_zone": place.text("timezone"),
        "city": place.text("city"),
        "state": place.text("region"),
        "country": place.text("country"),
    }
    return filled(fields)


def _author(author: Node) -> Fields:
    fields = {
        "customer_key": _contact_key(author.text("id")),
        "name": author.text("name"),
        "email": author.text("email"),
    }
    return filled(fields)


def _contacts(conversation: Node) -> Iterator[Fields]:
    """Yield the opening message, then the parts that say something."""
    shared = _shared(conversation)
    source, number = conversation.node("source"), conversation.needed("id")
    channel = _CHANNELS.get(source.text("type"), Channel.CHAT)
    opening = _message(source, channel, internal=False) | {"key": f"intercom:{number}"}
    at = conversation.time("created_at")
    if "text" in opening or source.text("subject"):
        yield shared | filled(opening | {"at": at})
    for part in conversation.node("conversation_parts").nodes("conversation_parts"):
        message = _message(part, channel, internal=part.text("part_type") in _NOTES)
        if "text" in message or "attachments" in message:
            key = f"intercom:{number}:{part.needed('id')}"
            yield shared | message | filled({"key": key, "at": part.time("created_at")})


def _shared(conversation: Node) -> Fields:
    source, number = conversation.node("source"), conversation.needed("id")
    people = conversation.node("contacts").nodes("contacts")
    author = source.node("author")
    asked = author if author.text("type") in _CUSTOMERS else Node({})
    first = next((item.text("id") for item in people), "") or asked.text("id")
    fields = {
        "customer_key": _contact_key(first),
        "email": asked.text("email"),
        "subject": text_of(source.text("subject") or conversation.text("title")),
        "status": conversation.text("state"),
        "conversation": f"intercom:{number}",
        "ticket": number,
        "priority": "priority" if conversation.text("priority") == "priority" else "",
        "tags": listed(tag.text("name") for tag in conversation.node("tags").nodes("tags")),
    }
    return filled(fields)


def _message(message: Node, channel: Channel, *, internal: bool) -> Fields:
    author = message.node("author")
    ours = author.text("type") not in _CUSTOMERS
    sent = Direction.OUTBOUND if ours else Direction.INBOUND
    fields = {
        "channel": Channel.NOTE if internal else channel,
        "direction": Direction.INTERNAL if internal else sent,
        "text": text_of(message.text("body")),
        "author": author.text("name") if ours else "",
        "attachments": listed(file.text("name") for file in message.nodes("attachments")),
    }
    return filled(fields)


def _is_conversation(document: Document) -> bool:
    return document.value.get("type") == "conversation" and "source" in document.value


def _is_contact(document: Document) -> bool:
    kind = document.value.get("type")
    return isinstance(kind, str) and kind in _CUSTOMERS and "id" in document.value


def _contact_key(number: str) -> str:
    return f"intercom:contact:{number}" if number else ""


INTERCOM = Export(
    "intercom", IntercomReader, lambda item: _is_conversation(item) or _is_contact(item)
)
"""The format: contacts and conversations."""
