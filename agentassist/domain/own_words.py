# SPDX-License-Identifier: Apache-2.0
"""The part of an interaction that the customer wrote or said, and nothing else."""

import re
from datetime import UTC, datetime

from agentassist.domain.call import Speaker
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.spoken import spoken

TALK = frozenset({Channel.CALL, Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.SOCIAL})
"""The channels on which a customer talks to us."""

_WRITTEN = TALK - {Channel.CALL}
_QUOTED = re.compile(
    r"^\s*>.*$|^\s*-{2,}\s*(?:original message|forwarded message|원본 메[일시]).*"
    r"|^\s*(?:on|am|le) .{5,120}(?:wrote|schrieb|a écrit)\s*:.*|^.{5,120}(?:작성|님이 쓴 글)\s*:.*",
    re.IGNORECASE | re.MULTILINE,
)
_CUT_AT = re.compile(
    r"original message|forwarded message|원본|wrote|schrieb|écrit|작성|쓴 글", re.IGNORECASE
)
_PRIVATE = frozenset(
    {"dm", "direct", "direct message", "private", "private message", "쪽지", "비공개"}
)


def own_words(item: Interaction) -> str:
    """Return the customer's words, empty where the text is ours, such as notes of a call."""
    lines = spoken(item.text)
    if lines:
        return "\n".join(said for speaker, said in lines if speaker is Speaker.CUSTOMER)
    if item.channel in _WRITTEN and item.direction is Direction.INBOUND:
        return _without_quotes(item.text)
    return ""


def comes_from_customer(item: Interaction) -> bool:
    """Tell whether the customer turned to us with it."""
    return item.channel in TALK and item.direction is Direction.INBOUND


def time_of(item: Interaction) -> datetime:
    """Return when it was; what has no time comes before everything else."""
    return item.occurred_at or datetime.min.replace(tzinfo=UTC)


def is_public(item: Interaction) -> bool:
    """Tell whether others can read it: a social post that nothing marks as private."""
    if item.channel is not Channel.SOCIAL:
        return False
    marks = (item.subject, *(item.attributes.get(x, "") for x in ("visibility", "type", "kind")))
    hidden = any(mark.strip().casefold() in _PRIVATE for mark in marks)
    return not hidden and item.attributes.get("private", "").casefold() not in {"yes", "true", "1"}


def _without_quotes(text: str) -> str:
    """Leave out what a mail repeats of the mail before it, by its usual marks."""
    for found in _QUOTED.finditer(text):
        if _CUT_AT.search(found[0]):
            text = text[: found.start()]
            break
    return _QUOTED.sub("", text).strip()
