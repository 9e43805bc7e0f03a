# SPDX-License-Identifier: Apache-2.0
"""HubSpot: contacts, tickets, and what was said on them: e-mails, calls, notes, messages.

Shapes and addresses are those of the public documentation (developers.hubspot.com, CRM API v3:
Objects, Search, Associations v4, Engagements). An export is a list of such objects, each with
`properties`, and with `associations` that lead to its contacts and tickets. Deals are sales
that may come, not orders: they are not taken.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import RecordKind
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake import values
from agentassist.intake.documents import Document, Fields
from agentassist.intake.html_text import plain
from agentassist.intake.json_node import Node
from agentassist.intake.rest import Rest, basic_or_bearer
from agentassist.intake.systems import (
    MOST_PAGES,
    Export,
    Page,
    documents,
    filled,
    numbered,
    objects_in,
)

_CONTACT = "contacts"
_PROPERTIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        _CONTACT: (
            *("firstname", "lastname", "email", "hs_additional_emails", "phone", "mobilephone"),
            *("hs_whatsapp_phone_number", "twitterhandle", "company", "hs_language"),
            *("hs_timezone", "address", "city", "state", "country", "zip", "lastmodifieddate"),
        ),
        "tickets": (
            *("subject", "content", "hs_pipeline_stage", "hs_ticket_priority", "source_type"),
            *("createdate", "closed_date", "hs_lastmodifieddate"),
        ),
        "emails": (
            *("hs_email_subject", "hs_email_text", "hs_email_html", "hs_email_direction"),
            *("hs_email_status", "hs_email_from_email", "hs_email_to_email"),
            *("hs_email_sender_firstname", "hs_email_sender_lastname", "hs_timestamp"),
            "hs_lastmodifieddate",
        ),
        "calls": (
            *("hs_call_title", "hs_call_body", "hs_call_direction", "hs_call_status"),
            *("hs_call_duration", "hs_call_from_number", "hs_call_to_number", "hs_timestamp"),
            "hs_lastmodifieddate",
        ),
        "notes": ("hs_note_body", "hs_timestamp", "hs_lastmodifieddate"),
        "communications": (
            *("hs_communication_body", "hs_communication_channel_type", "hs_timestamp"),
            "hs_lastmodifieddate",
        ),
    }
)
"""What is asked for of each kind of object; their names tell the kind in an export."""

_SIGNS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "emails": frozenset({"hs_email_direction", "hs_email_subject", "hs_email_text"}),
        "calls": frozenset({"hs_call_body", "hs_call_direction", "hs_call_title"}),
        "notes": frozenset({"hs_note_body"}),
        "communications": frozenset({"hs_communication_body"}),
        "tickets": frozenset({"hs_pipeline_stage", "hs_ticket_priority"}),
        _CONTACT: frozenset({"firstname", "lastname", "email", "mobilephone"}),
    }
)
_SOURCES = MappingProxyType({"PHONE": Channel.CALL, "CHAT": Channel.CHAT})
_MESSAGES = MappingProxyType({"SMS": Channel.SMS, "LINKEDIN_MESSAGE": Channel.SOCIAL})
_STAGES = MappingProxyType(
    {"1": "new", "2": "waiting on contact", "3": "waiting on us", "4": "closed"}
)
"""The stages of the pipeline that every account begins with; others keep their key."""

_PER_PAGE = 100
_MOST_FOUND = 10_000
"""A search ends after so many: it is asked anew from the last change on."""


class HubSpotReader:
    """Makes records of documents."""

    def notice(self, document: Document) -> Collection[RecordKind]:
        """Contacts are customers; tickets and what was said are interactions."""
        kind = _kind_of(document)
        if not kind:
            return ()
        return (RecordKind.CUSTOMERS if kind == _CONTACT else RecordKind.INTERACTIONS,)

    def draw(self, kind: RecordKind, document: Document) -> Iterable[Fields]:
        """Return the record of an object that is not in the archive."""
        node, what = Node(document.value), _kind_of(document)
        if node.flag("archived") or not what:
            return
        if what == _CONTACT:
            if kind is RecordKind.CUSTOMERS:
                yield _customer(node)
        elif kind is RecordKind.INTERACTIONS:
            made = _MAKERS[what](node.node("properties"))
            if made.get("text") or made.get("subject"):
                yield _shared(node, what) | filled(made)


class HubSpotSystem:
    """The REST interface, https://api.hubapi.com."""

    name = "hubspot"
    token_form = "PRIVATE_APP_TOKEN"  # noqa: S105 - what a token looks like
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self) -> None:
        self.reader = HubSpotReader()

    def authorization(self, token: str) -> str:
        """Bearer."""
        return basic_or_bearer(token)

    def pages(self, rest: Rest, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield contacts, then tickets and what was said."""
        now = dict(cursor)
        for what in _PROPERTIES:
            for found in _changed(rest, what, now):
                whole = found if what == _CONTACT else _associated(rest, what, found)
                now[what] = _latest(now.get(what, ""), what, found)
                yield Page(documents(rest, what, whole), dict(now))


def _changed(rest: Rest, what: str, now: Mapping[str, str]) -> Iterator[list[dict[str, object]]]:
    """Yield the pages of a search for what changed since the cursor, the oldest change first."""
    since, after, count = now.get(what, ""), "", 0
    for _ in range(MOST_PAGES):
        page = rest.post(f"/crm/v3/objects/{what}/search", _search(what, since, after))
        found = objects_in(page, "results")
        if found:
            yield found
        count += len(found)
        after = Node(page).node("paging").node("next").text("after")
        if count >= _MOST_FOUND:
            if now.get(what, "") == since:
                return
            since, after, count = now.get(what, ""), "", 0
        elif not after or not found:
            return


def _search(what: str, since: str, after: str) -> dict[str, object]:
    modified = _modified(what)
    wanted = {"propertyName": modified, "operator": "GTE", "value": _milliseconds(since)}
    body: dict[str, object] = {
        "filterGroups": [{"filters": [wanted]}],
        "sorts": [{"propertyName": modified, "direction": "ASCENDING"}],
        "properties": list(_PROPERTIES[what]),
        "limit": _PER_PAGE,
    }
    return body | ({"after": after} if after else {})


def _milliseconds(time: str) -> str:
    """Filters compare milliseconds since 1970, while records have their times in ISO 8601."""
    if not time:
        return "0"
    try:
        return str(int(values.moment(time).timestamp() * 1_000))
    except UserError as error:
        place = Place("", 0, "hs_lastmodifieddate")
        raise BadInput(place, error.template, **error.values) from None


def _modified(what: str) -> str:
    return "lastmodifieddate" if what == _CONTACT else "hs_lastmodifieddate"


def _latest(before: str, what: str, found: Iterable[Mapping[str, object]]) -> str:
    times = (Node(item).node("properties").text(_modified(what)) for item in found)
    return max((before, *times))


def _associated(
    rest: Rest, what: str, found: list[dict[str, object]]
) -> list[Mapping[str, object]]:
    """Add what a search leaves out: the contacts and tickets that objects belong to."""
    whole: list[Mapping[str, object]] = list(found)
    for target in (_CONTACT, "tickets"):
        if target != what:
            leads = _leads(rest, what, target, found)
            whole = [_leading(item, target, leads.get(Node(item).text("id"), [])) for item in whole]
    return whole


def _leads(
    rest: Rest, what: str, target: str, found: Iterable[Mapping[str, object]]
) -> dict[str, list[str]]:
    asked = [{"id": Node(item).text("id")} for item in found]
    page = rest.post(f"/crm/v4/associations/{what}/{target}/batch/read", {"inputs": asked})
    return {
        Node(item).node("from").text("id"): [to.text("toObjectId") for to in Node(item).nodes("to")]
        for item in objects_in(page, "results")
    }


def _leading(item: Mapping[str, object], target: str, keys: list[str]) -> Mapping[str, object]:
    before = item.get("associations")
    known = before if isinstance(before, dict) else {}
    return {**item, "associations": {**known, target: {"results": [{"id": key} for key in keys]}}}


def _kind_of(document: Document) -> str:
    """Return what kind of object it is, empty when it is none of HubSpot."""
    properties = document.value.get("properties")
    if not isinstance(properties, dict) or "id" not in document.value:
        return ""
    if document.array in _PROPERTIES:
        return document.array
    return next((kind for kind, signs in _SIGNS.items() if properties.keys() & signs), "")


def _customer(contact: Node) -> Fields:
    said = contact.node("properties")
    others = said.text("hs_additional_emails").split(";")
    phones = [said.text("mobilephone"), said.text("phone"), said.text("hs_whatsapp_phone_number")]
    fields = {
        "customer_key": f"hubspot:contact:{contact.needed('id')}",
        "first_name": said.text("firstname"),
        "last_name": said.text("lastname"),
        **numbered("email", [said.text("email"), *(text.strip() for text in others)]),
        **numbered("phone", phones),
        **numbered("handle", [said.text("twitterhandle")]),
        "organisation": said.text("company"),
        "language": said.text("hs_language"),
        "time_zone": _zone(said.text("hs_timezone")),
        **{name: said.text(name) for name in ("address", "city", "state", "country", "zip")},
    }
    return filled(fields)


def _zone(name: str) -> str:
    """Return america_slash_new_york as the name of the zone it stands for."""
    parts = name.replace("_slash_", "/").split("/")
    return "/".join("_".join(word.capitalize() for word in part.split("_")) for part in parts)


def _shared(item: Node, what: str) -> Fields:
    ticket = item.needed("id") if what == "tickets" else _first(item, "tickets")
    contact = _first(item, _CONTACT)
    fields = {
        "key": f"hubspot:{what}:{item.needed('id')}",
        "customer_key": f"hubspot:contact:{contact}" if contact else "",
        "conversation": f"hubspot:ticket:{ticket}" if ticket else "",
        "ticket": ticket,
    }
    return filled(fields)


def _first(item: Node, target: str) -> str:
    results = item.node("associations").node(target).nodes("results")
    return next((found.text("id") for found in results), "")


def _ticket(said: Node) -> Fields:
    stage = said.text("hs_pipeline_stage")
    return {
        "channel": _SOURCES.get(said.text("source_type").upper(), Channel.EMAIL),
        "direction": Direction.INBOUND,
        "subject": said.text("subject"),
        "text": plain(said.text("content")),
        "at": said.time("createdate", "hs_createdate"),
        "status": "closed" if said.text("closed_date") else _STAGES.get(stage, stage),
        "priority": said.text("hs_ticket_priority").lower(),
    }


def _email(said: Node) -> Fields:
    incoming = said.text("hs_email_direction").upper() == "INCOMING_EMAIL"
    sender = (said.text("hs_email_sender_firstname"), said.text("hs_email_sender_lastname"))
    other = said.text("hs_email_from_email") if incoming else said.text("hs_email_to_email")
    return {
        "channel": Channel.EMAIL,
        "direction": Direction.INBOUND if incoming else Direction.OUTBOUND,
        "subject": said.text("hs_email_subject"),
        "text": said.text("hs_email_text") or plain(said.text("hs_email_html")),
        "at": said.time("hs_timestamp"),
        "author": "" if incoming else " ".join(filter(None, sender)),
        "email": other.partition(";")[0].strip(),
        "status": said.text("hs_email_status").lower(),
    }


def _call(said: Node) -> Fields:
    incoming = said.text("hs_call_direction").upper() == "INBOUND"
    number = said.text("hs_call_from_number" if incoming else "hs_call_to_number")
    return {
        "channel": Channel.CALL,
        "direction": Direction.INBOUND if incoming else Direction.OUTBOUND,
        "subject": said.text("hs_call_title"),
        "text": plain(said.text("hs_call_body")),
        "at": said.time("hs_timestamp"),
        "phone": number,
        "status": said.text("hs_call_status").lower(),
        "duration": said.text("hs_call_duration"),
    }


def _note(said: Node) -> Fields:
    return {
        "channel": Channel.NOTE,
        "direction": Direction.INTERNAL,
        "text": plain(said.text("hs_note_body")),
        "at": said.time("hs_timestamp"),
    }


def _communication(said: Node) -> Fields:
    """A message that one of us logged by hand: HubSpot keeps no direction of it."""
    kind = said.text("hs_communication_channel_type").upper()
    return {
        "channel": _MESSAGES.get(kind, Channel.CHAT),
        "direction": Direction.OUTBOUND,
        "text": plain(said.text("hs_communication_body")),
        "at": said.time("hs_timestamp"),
    }


_MAKERS = MappingProxyType(
    {
        "tickets": _ticket,
        "emails": _email,
        "calls": _call,
        "notes": _note,
        "communications": _communication,
    }
)


HUBSPOT = Export("hubspot", HubSpotReader, lambda item: bool(_kind_of(item)))
"""The format: contacts, tickets and engagements."""
