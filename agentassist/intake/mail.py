# SPDX-License-Identifier: Apache-2.0
"""One mail (RFC 5322) to the fields of an interaction.

The fields are ours (`id`, `at`, `direction`, `email` of the customer, ...); what has no
field of its own (`signature`, `attachments`, `automatic`, `cc`) is kept as an attribute.
Headers are read by limits of our own, because the grammar of `email.policy.default` takes
quadratic time on long ones and raises on some that people do receive.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from hashlib import sha256

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import Place
from agentassist.intake.html_text import text_of
from agentassist.intake.json_lines import storable
from agentassist.intake.mail_charsets import decoded, header_text
from agentassist.intake.mail_folders import sent_folder
from agentassist.intake.mail_links import links_of, message_id
from agentassist.intake.mail_text import MAX_TEXT, unfolded, written
from agentassist.intake.mime import Hostile, Leaf, content, leaves

MAX_MAIL = 10_000_000
"""How much of a mail is read, in bytes: the text stands before what is attached."""

COLUMNS: tuple[str, ...] = (
    *("id", "channel", "at", "zone", "direction", "name", "email", "email.2", "email.3"),
    *("author", "subject", "text", "status", "conversation", "links"),
    *("signature", "attachments", "automatic", "cc", "mailing_list"),
)
"""The columns of the records, as `services/importing.py` takes them."""

_MOST_HEADER = 16_000
_MOST_SUBJECT = 1_000
_MOST_NAME = 200
_MOST_ADDRESSES = 100
_MOST_SHOWN = 480
_YEARS = range(1971, 2100)
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,255}")
_BULK = frozenset({"bulk", "list", "junk"})
_BOUNCES = ("mailer-daemon", "postmaster")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a header: the name may be empty, the address is in lower case."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a mail was found: `sent` in a folder of sent mail, `at` when it was put there.

    `own` are our own addresses and domains (`@shop.example`), in lower case.
    """

    own: tuple[str, ...] = ()
    sent: bool = False
    at: datetime | None = None


def record_of(raw: bytes, place: Place, sight: Sight) -> RawRecord | RowFault:
    """Return the record of a mail, or why it is none. Never raises for what is in it."""
    try:
        fields = _fields(raw, sight)
    except Hostile as error:
        return RowFault(place, error.template, error.values)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError):
        # What the library raises on headers and encodings that are no such thing.
        return RowFault(place, "This is no mail that can be read.")
    if fields is None:
        return RowFault(place, "This is no mail: it has neither a sender nor a date.")
    return RawRecord(place, {name: storable(text) for name, text in fields.items() if text})


def _fields(raw: bytes, sight: Sight) -> dict[str, str] | None:
    headers, parts = leaves(raw[:MAX_MAIL])
    senders = parties(headers, "From") or parties(headers, "Sender")
    sent = _moment(headers, sight)
    if not senders and headers.get("Date") is None:
        return None
    to, cc = parties(headers, "To"), parties(headers, "Cc")
    direction, people = _route(headers, senders, (*to, *cc), sight)
    subject = _header(headers, "Subject", _MOST_SUBJECT)
    said = written(_body(parts))
    names = _attachments(parts)
    customer = people[0] if people else Party("", "")
    automatic = _automatic(headers, senders)
    key = _key(headers, raw, senders, subject)
    links = links_of(headers, key, customer.address if not automatic else "", subject, sent)
    return {
        "id": key,
        "channel": "email",
        "at": sent.astimezone(UTC).isoformat() if sent else "",
        "zone": _zone(sent),
        "direction": direction,
        "name": customer.name,
        **_numbered("email", [party.address for party in people]),
        "author": (senders[0].name or senders[0].address) if senders else "",
        "subject": subject,
        "text": said.text or names,
        "status": automatic,
        "conversation": links[0],
        "links": " ".join(links),
        "signature": said.signature,
        "attachments": names[:_MOST_SHOWN],
        "automatic": automatic,
        "cc": ", ".join(party.address for party in cc)[:_MOST_SHOWN],
        "mailing_list": _header(headers, "List-Id", _MOST_NAME),
    }


def parties(headers: Message, name: str) -> tuple[Party, ...]:
    """Return who stands in the headers of one name, each address once."""
    raw = ", ".join(_raw(headers, name))[:_MOST_HEADER]
    found: dict[str, Party] = {}
    for shown, address in _addresses(raw):
        clean = address.strip().strip("<>").casefold()
        if _ADDRESS.fullmatch(clean) and len(found) < _MOST_ADDRESSES:
            title = header_text(shown, _MOST_NAME * 8)[:_MOST_NAME].strip("'\" ")
            found.setdefault(clean, Party("" if title.casefold() == clean else title, clean))
    return tuple(found.values())


def _addresses(raw: str) -> list[tuple[str, str]]:
    try:
        pairs = getaddresses([raw])
    except (ValueError, IndexError, RecursionError, AttributeError, TypeError):
        pairs = []
    if any("@" in address for _, address in pairs):
        return pairs
    # Some mailers encode the address together with the name.
    return [("", found) for found in _ADDRESS.findall(header_text(raw, _MOST_HEADER))]


def _route(
    headers: Message, senders: Sequence[Party], receivers: Sequence[Party], sight: Sight
) -> tuple[str, list[Party]]:
    """Return the direction and the people at the other end.

    A form on our own site writes from us to us, and names the customer in Reply-To.
    """
    others = [party for party in receivers if not is_own(party.address, sight.own)]
    foreign = [party for party in senders if not is_own(party.address, sight.own)]
    if senders and not foreign and not others:
        answers = parties(headers, "Reply-To")
        people = [party for party in answers if not is_own(party.address, sight.own)]
        return ("inbound", people) if people else ("internal", [])
    if sight.sent or _labelled_sent(headers) or (senders and not foreign):
        return "outbound", others
    return "inbound", foreign


def _labelled_sent(headers: Message) -> bool:
    """An archive of Gmail is one file, and its labels say what was sent."""
    labels = _header(headers, "X-Gmail-Labels", _MOST_SUBJECT).split(",")
    return any(sent_folder(label.strip('" ')) for label in labels)


def is_own(address: str, own: Sequence[str]) -> bool:
    """Say whether an address is one of ours, or in a domain of ours."""
    domain = "@" + address.rpartition("@")[2]
    return address in own or domain in own


def _automatic(headers: Message, senders: Sequence[Party]) -> str:
    """Return what sent a mail that nobody wrote: auto-reply, bounce, bulk; else nothing."""
    sender = senders[0].address.partition("@")[0] if senders else ""
    kind = headers.get_content_type()
    report = str(headers.get_param("report-type") or "").casefold()
    if sender in _BOUNCES or (kind == "multipart/report" and report == "delivery-status"):
        return "bounce"
    submitted = _header(headers, "Auto-Submitted", _MOST_NAME).casefold()
    if submitted.startswith(("auto-replied", "auto-generated", "auto-notified")):
        return "auto-reply"
    precedence = _header(headers, "Precedence", _MOST_NAME).casefold()
    if precedence == "auto_reply" or headers.get("X-Autoreply") or headers.get("X-Autorespond"):
        return "auto-reply"
    listed = headers.get("List-Id") or headers.get("List-Unsubscribe")
    return "bulk" if precedence in _BULK or listed else ""


def _key(headers: Message, raw: bytes, senders: Sequence[Party], subject: str) -> str:
    """Return what names a mail: its Message-ID with a digest, for some mailers repeat theirs.

    The same mail in two folders, or fetched again, has the same key.
    """
    own = message_id(_header(headers, "Message-ID", _MOST_SUBJECT))
    if not own:
        return f"sha256:{sha256(raw).hexdigest()[:32]}"
    said = "\x1f".join((*(p.address for p in senders), _header(headers, "Date", 80), subject))
    return f"{own}#{sha256(said.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _body(parts: Sequence[Leaf]) -> str:
    """Return the text of a mail: its plain parts, else its HTML ones."""
    for kind, read in (("text/plain", str), ("text/html", text_of)):
        shown = [leaf for leaf in parts if leaf.kind == kind and not _is_attached(leaf)]
        texts, room = [], MAX_TEXT
        for leaf in shown:
            texts.append(read(_text(leaf, 4 * MAX_TEXT)).strip()[:room])
            room -= len(texts[-1])
            if room <= 0:
                break
        if whole := "\n\n".join(filter(None, texts)):
            return whole
    return ""


def _text(leaf: Leaf, most: int) -> str:
    label = leaf.headers.get_content_charset() or ""
    text = decoded(content(leaf, most), label)
    flowed = str(leaf.headers.get_param("format") or "").casefold() == "flowed"
    return unfolded(text) if flowed else text


def _is_attached(leaf: Leaf) -> bool:
    return leaf.headers.get_content_disposition() == "attachment"


def _attachments(parts: Sequence[Leaf]) -> str:
    return ", ".join(filter(None, (_file_name(leaf) for leaf in parts)))


def _file_name(leaf: Leaf) -> str:
    """Return the name of what is attached; a mail in the mail has that of its subject."""
    name = header_text(leaf.headers.get_filename() or "", _MOST_SUBJECT)
    if not name and leaf.kind == "message/rfc822":
        return "message.eml"
    if not name and _is_attached(leaf):
        return leaf.kind
    return name[-_MOST_NAME:]


def _moment(headers: Message, sight: Sight) -> datetime | None:
    """Return when a mail was sent, else when it was received or put where it is."""
    received = (text.rpartition(";")[2] for text in _raw(headers, "Received")[:1])
    for text in (*_raw(headers, "Date")[:1], *received):
        if found := _date(text):
            return found
    return sight.at


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip()[:100])
        if found.year not in _YEARS:
            return None
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware if aware.astimezone(UTC) else None
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None


def _zone(sent: datetime | None) -> str:
    """Return the offset of the sender, empty where the mail does not say."""
    offset = sent.strftime("%z") if sent else ""
    return f"{offset[:3]}:{offset[3:5]}" if offset else ""


def _numbered(name: str, values: Sequence[str]) -> dict[str, str]:
    columns = [column for column in COLUMNS if column.startswith(name)]
    return dict(zip(columns, values, strict=False))


def _header(headers: Message, name: str, most: int) -> str:
    return header_text(next(iter(_raw(headers, name)), ""), _MOST_HEADER)[:most]


def _raw(headers: Message, name: str) -> list[str]:
    """Return the headers of one name as they stand, bytes above 127 as lone surrogates."""
    if name not in headers:
        return []
    wanted = name.casefold()
    return [str(value) for key, value in headers.raw_items() if key.casefold() == wanted]
