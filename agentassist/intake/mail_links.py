# SPDX-License-Identifier: Apache-2.0
"""What a mail says about the conversation that it belongs to.

Each mail gives a few links; mails that share one, directly or through others, are one
conversation. That is the same whatever order they come in, and needs no mail to be there:
`services/threads.py` keeps the links. They are the Message-ID of the mail, of the first and
last mail in References, and of In-Reply-To (RFC 5322, section 3.6.4); no more, because a
list of strangers' mails must not join them all.

Some systems drop these headers. So a subject that says something, or a reply without
references, is linked to the same subject with the same person in the week around it.
"""

import re
from datetime import datetime
from email.message import Message
from hashlib import sha256

_MOST = 16_000
_LONGEST_ID = 200
_ID = re.compile(r"<([^<>\s]{3,998})>")
_BARE_ID = re.compile(r"[^<>\s]{3,998}@[^<>\s]{1,998}")
_MARK = re.compile(
    r"\s*(?:(re|aw|sv|antw|답장|회신|fwd?|wg|전달)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s?[:：]"
    r"|\[(?:external|외부|외부메일|답장|re|fwd?)\])\s*",
    re.IGNORECASE,
)
_FORWARDS = frozenset({"fw", "fwd", "wg", "전달"})
_MOST_MARKS = 20
_DAYS = 7
_SECONDS = 24 * 60 * 60
_SPECIFIC = 17
"""From how many columns of width on a subject says something: `문의드립니다` does not."""


def message_id(text: str) -> str:
    """Return the id in a header, without its brackets; empty where there is none."""
    found = _ID.search(text[:_MOST])
    bare = None if found else _BARE_ID.search(text[:_MOST])
    name = found[1] if found else bare[0] if bare else ""
    return name if len(name) <= _LONGEST_ID else f"sha256:{_digest(name)}"


def links_of(
    headers: Message, key: str, customer: str, subject: str, sent: datetime | None
) -> tuple[str, ...]:
    """Return the links of a mail, first the one that most likely names its beginning.

    `key` stands for a mail without a Message-ID; `customer` is empty where subjects are not
    to be trusted, as in news letters.
    """
    own = message_id(_one(headers, "Message-ID")) or key
    references = _ID.findall(_one(headers, "References"))
    ends = [message_id(f"<{name}>") for name in (*references[:1], *references[-1:])]
    parent = message_id(_one(headers, "In-Reply-To"))
    before = [name for name in (*ends, parent) if name]
    subjects: tuple[str, ...] = ()
    if customer and sent:
        subjects = _subject_links(customer, subject, sent, orphan=not before)
    return tuple(dict.fromkeys((*before[:1], own, *before[1:], *subjects)))


def base_subject(subject: str) -> tuple[str, bool]:
    """Return a subject without `Re:`, `답장:` and the like, and whether it is a reply."""
    reply = False
    for _ in range(_MOST_MARKS):
        mark = _MARK.match(subject)
        if not mark:
            break
        reply = reply or (mark[1] or "fw").casefold() not in _FORWARDS
        subject = subject[mark.end() :]
    return " ".join(subject.split()).casefold(), reply


def _subject_links(customer: str, subject: str, sent: datetime, *, orphan: bool) -> tuple[str, ...]:
    base, reply = base_subject(subject)
    if not base or not ((orphan and reply) or _is_specific(base)):
        return ()
    week = int(sent.timestamp() // (_DAYS * _SECONDS))
    name = _digest(f"{customer}\x1f{base}")
    return f"subject:{name}:{week}", f"subject:{name}:{week - 1}"


def _is_specific(base: str) -> bool:
    width = sum(1 if character.isascii() else 2 for character in base)
    return width >= _SPECIFIC or any(character.isdigit() for character in base)


def _one(headers: Message, name: str) -> str:
    wanted = name.casefold()
    found = (str(value) for key, value in headers.raw_items() if key.casefold() == wanted)
    return next(found, "")[:_MOST]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
