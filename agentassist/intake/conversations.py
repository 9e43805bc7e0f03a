# SPDX-License-Identifier: Apache-2.0
"""A list of chat messages as one text, each line with who says it."""

from collections.abc import Mapping, Sequence

MAX_MESSAGES = 10_000

_ROLE_KEYS = ("role", "sender", "from", "author", "speaker", "name")
_TEXT_KEYS = ("text", "content", "message", "body", "msg")
_ROLES = {
    "customer": "Customer",
    "user": "Customer",
    "client": "Customer",
    "visitor": "Customer",
    "contact": "Customer",
    "enduser": "Customer",
    "고객": "Customer",
    "agent": "Agent",
    "assistant": "Agent",
    "operator": "Agent",
    "support": "Agent",
    "rep": "Agent",
    "상담원": "Agent",
    "상담사": "Agent",
    "bot": "Bot",
    "챗봇": "Bot",
    "action": "Action",
    "system": "System",
    "tool": "System",
}


def is_conversation(value: Sequence[object]) -> bool:
    """True for a list of objects that have something like a text."""
    return bool(value) and all(
        isinstance(item, Mapping) and _first(item, _TEXT_KEYS) is not None for item in value
    )


def transcript(messages: Sequence[Mapping[str, object]]) -> str:
    """Return lines `Customer: ...`, `Agent: ...`; a role we do not know is kept as written."""
    return "\n".join(_line(message) for message in messages[:MAX_MESSAGES])


def _line(message: Mapping[str, object]) -> str:
    role = str(_first(message, _ROLE_KEYS) or "").strip()
    shown = _ROLES.get(role.casefold().replace("_", "").replace("-", ""), role)
    text = str(_first(message, _TEXT_KEYS)).strip()
    return f"{shown}: {text}" if shown else text


def _first(message: Mapping[str, object], keys: tuple[str, ...]) -> object | None:
    for key in keys:
        if isinstance(message.get(key), str):
            return message[key]
    return None
