# SPDX-License-Identifier: Apache-2.0
"""Freshdesk: contacts, companies, tickets and their conversations.

Shapes and addresses are those of the public documentation (developers.freshdesk.com/api/:
Tickets, "List all conversations of a ticket", Contacts, Companies, Agents, Pagination, Rate
limit). An export is a list of such objects, the conversations inside of their ticket.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType

from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import RecordKind
from agentassist.intake.documents import Document, Fields
from agentassist.intake.html_text import text_of
from agentassist.intake.json_node import Node
from agentassist.intake.rest import Forbidden, Missing, Rest, basic_or_bearer
from agentassist.intake.systems import (
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

_STATUS = MappingProxyType({"2": "open", "3": "pending", "4": "resolved", "5": "closed"})
_PRIORITY = MappingProxyType({"1": "low", "2": "medium", "3": "high", "4": "urgent"})
_CHANNELS: Mapping[str, Channel] = MappingProxyType(
    {
        "3": Channel.CALL,
        "5": Channel.SOCIAL,
        "6": Channel.SOCIAL,
        "7": Channel.CHAT,
        "13": Channel.CHAT,
    }
)
"""By `source` of a ticket: 3 phone, 5 Twitter, 6 Facebook, 7 chat, 13 WhatsApp; else mail."""

_OF_TICKETS = frozenset({"responder_id", "description_text", "fr_escalated", "is_escalated"})
_OF_CONTACTS = frozenset({"other_emails", "unique_external_id", "view_all_tickets"})
_PER_PAGE = 100
_MOST_PAGES = 300
"""The list of tickets ends after so many pages: it is asked anew from the last time on."""


class FreshdeskReader:
    """Makes records of documents; remembers agents and companies."""

    def __init__(self, *, knows_contacts: bool = False) -> None:
        """`knows_contacts` says that contacts come by themselves, not inside of tickets only."""
        self._agents = Names()
        self._companies = Names()
        self._knows_contacts = knows_contacts

    def notice(self, document: Document) -> Collection[RecordKind]:
        """Remember agents and companies; contacts are customers, tickets interactions."""
        node = Node(document.value)
        if _is_ticket(document):
            requester = "requester" in node and not self._knows_contacts
            customers = (RecordKind.CUSTOMERS,) if requester else ()
            return (*customers, RecordKind.INTERACTIONS)
        if _is_contact(document):
            self._knows_contacts = True
            return (RecordKind.CUSTOMERS,)
        if _is_agent(document):
            self._agents.add(node.text("id"), node.node("contact").text("name"))
        elif _is_company(document):
            self._companies.add(node.text("id"), node.text("name"))
        return ()

    def draw(self, kind: RecordKind, document: Document) -> Iterable[Fields]:
        """Return the customer of a contact, or the messages of a ticket."""
        node = Node(document.value)
        if kind is RecordKind.INTERACTIONS:
            if _is_ticket(document):
                yield from self._contacts(node)
        elif _is_contact(document):
            yield self._customer(node)
        elif _is_ticket(document) and "requester" in node and not self._knows_contacts:
            yield self._customer(node.node("requester"))

    def _customer(self, contact: Node) -> Fields:
        emails = [contact.text("email"), *contact.texts("other_emails")]
        phones = [
            contact.text("mobile"),
            contact.text("phone"),
            *contact.texts("other_phone_numbers"),
        ]
        handles = [contact.text("twitter_id"), contact.text("facebook_id")]
        fields = {
            "customer_key": _contact_key(contact.needed("id")),
            "customer_id": contact.text("unique_external_id"),
            "name": contact.text("name"),
            **numbered("email", emails),
            **numbered("phone", phones),
            **numbered("handle", handles),
            "organisation": self._companies.of(contact.text("company_id")),
            "language": contact.text("language"),
            "time_zone": contact.text("time_zone"),
            "address": contact.text("address"),
        }
        return filled(fields)

    def _contacts(self, ticket: Node) -> Iterator[Fields]:
        """Yield the description, then the conversations."""
        shared = _shared(ticket)
        sent = ticket.text("source") == "10"
        opening = {
            "key": f"freshdesk:{ticket.needed('id')}",
            "channel": _channel(ticket),
            "direction": Direction.OUTBOUND if sent else Direction.INBOUND,
            "text": ticket.text("description_text") or text_of(ticket.text("description")),
            "at": ticket.time("created_at"),
            "author": self._agents.of(ticket.text("responder_id")) if sent else "",
            "attachments": _files(ticket),
        }
        yield shared | filled(opening)
        for message in ticket.nodes("conversations"):
            yield shared | self._message(ticket, message)

    def _message(self, ticket: Node, message: Node) -> Fields:
        internal = message.flag("private")
        incoming = Direction.INBOUND if message.flag("incoming") else Direction.OUTBOUND
        fields = {
            "key": f"freshdesk:{ticket.needed('id')}:{message.needed('id')}",
            "channel": Channel.NOTE if internal else _channel(ticket),
            "direction": Direction.INTERNAL if internal else incoming,
            "text": message.text("body_text") or text_of(message.text("body")),
            "at": message.time("created_at"),
            "author": self._agents.of(message.text("user_id")) or _mail(message),
            "attachments": _files(message),
        }
        return filled(fields)


class FreshdeskSystem:
    """The REST interface of an account, such as https://acme.freshdesk.com."""

    name = "freshdesk"
    token_form = "API_KEY"  # noqa: S105 - what a token looks like
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        self.reader = FreshdeskReader(knows_contacts=True)

    def authorization(self, token: str) -> str:
        """An API key is a user name, with anything as its password."""
        return basic_or_bearer(f"{token}:X")

    def pages(self, rest: Rest, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield agents, companies and contacts, then tickets with their conversations."""
        now = dict(cursor)
        for path in ("agents", "companies"):
            for found in _if_allowed(_all(rest, f"/api/v2/{path}", {})):
                yield Page(documents(rest, path, found), dict(now))
        since = {"_updated_since": now["contacts"]} if now.get("contacts") else {}
        for found in _all(rest, "/api/v2/contacts", since):
            yield Page(documents(rest, "contacts", found), _later(now, "contacts", found))
        for found in _tickets(rest, now):
            whole = [_whole(rest, ticket) for ticket in found]
            yield Page(documents(rest, "tickets", whole), _later(now, "tickets", found))


def _all(rest: Rest, path: str, query: Mapping[str, str]) -> Iterator[list[dict[str, object]]]:
    """Yield the pages of a list: the last one is not full."""
    for number in range(1, _MOST_PAGES + 1):
        wanted = {**query, "per_page": str(_PER_PAGE), "page": str(number)}
        found = objects_in(rest.get(path, wanted), "items")
        if found:
            yield found
        if len(found) < _PER_PAGE:
            return


def _if_allowed(pages: Iterator[list[dict[str, object]]]) -> Iterator[list[dict[str, object]]]:
    """Do without the names of agents and companies where the key may not read them."""
    with suppress(Forbidden):
        yield from pages


def _tickets(rest: Rest, now: dict[str, str]) -> Iterator[list[dict[str, object]]]:
    """Yield tickets in the order of their changes; after the last page that may be asked, anew."""
    since = ""
    while since != now.get("tickets", "1970-01-01T00:00:00Z"):
        since = now.get("tickets", "1970-01-01T00:00:00Z")
        wanted = {"updated_since": since, "order_by": "updated_at", "order_type": "asc"}
        count = 0
        for found in _all(rest, "/api/v2/tickets", wanted | {"include": "description"}):
            yield found
            count += len(found)
        if count < _MOST_PAGES * _PER_PAGE:
            return


def _whole(rest: Rest, ticket: Mapping[str, object]) -> Mapping[str, object]:
    """Return a ticket with its conversations; it may be gone by now."""
    number = key_in_path(ticket)
    if not number:
        return ticket
    try:
        found = list(_all(rest, f"/api/v2/tickets/{number}/conversations", {}))
    except Missing:
        return ticket
    return {**ticket, "conversations": [message for page in found for message in page]}


def _later(
    now: dict[str, str], what: str, found: Iterable[Mapping[str, object]]
) -> Mapping[str, str]:
    """Move the cursor to the latest change; what changed in that second comes once more."""
    times = (Node(item).text("updated_at") for item in found)
    now[what] = max((now.get(what, ""), *times))
    return dict(now)


def _shared(ticket: Node) -> Fields:
    number, status = ticket.needed("id"), ticket.text("status")
    requester = ticket.node("requester")
    fields = {
        "customer_key": _contact_key(ticket.text("requester_id")),
        "email": requester.text("email") or ticket.text("email"),
        "phone": requester.text("mobile", "phone") or ticket.text("phone"),
        "subject": ticket.text("subject"),
        "status": _STATUS.get(status, status),
        "conversation": f"freshdesk:{number}",
        "ticket": number,
        "priority": _PRIORITY.get(ticket.text("priority"), ticket.text("priority")),
        "tags": listed(ticket.texts("tags")),
    }
    return filled(fields)


def _is_ticket(document: Document) -> bool:
    value = document.value
    return "requester_id" in value and "via" not in value and bool(value.keys() & _OF_TICKETS)


def _is_contact(document: Document) -> bool:
    return "email" in document.value and bool(document.value.keys() & _OF_CONTACTS)


def _is_agent(document: Document) -> bool:
    return "ticket_scope" in document.value and "contact" in document.value


def _is_company(document: Document) -> bool:
    return document.array == "companies" or "domains" in document.value


def _contact_key(number: str) -> str:
    return f"freshdesk:contact:{number}" if number else ""


def _channel(ticket: Node) -> Channel:
    return _CHANNELS.get(ticket.text("source"), Channel.EMAIL)


def _files(node: Node) -> str:
    return listed(file.text("name") for file in node.nodes("attachments"))


def _mail(message: Node) -> str:
    return message.text("from_email").partition("<")[0].strip(' "')


FRESHDESK = Export("freshdesk", FreshdeskReader, lambda item: _is_ticket(item) or _is_contact(item))
"""The format: contacts, companies and tickets."""
