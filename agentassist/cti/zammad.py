# SPDX-License-Identifier: Apache-2.0
"""The body that telephone systems push to Zammad's generic CTI interface.

The fields are described at docs.zammad.org under "Generic CTI": event, from, to,
direction, callId, user (one name or several, as a form `user[]`), queue, and for a
hang-up cause and answeringNumber. A sender that is set up for Zammad needs only
another address to reach the desk.
"""

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NoReturn, TypeVar

from agentassist.cti.payload import NESTED, Fields
from agentassist.domain import pre_call
from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.domain.history import Direction
from agentassist.errors import BadInput, Place

_EVENTS: Mapping[str, CallEventKind] = {
    "newcall": CallEventKind.RINGING,
    "answer": CallEventKind.ANSWERED,
    "hangup": CallEventKind.ENDED,
}
_DIRECTIONS: Mapping[str, Direction] = {
    "": Direction.INBOUND,
    "in": Direction.INBOUND,
    "out": Direction.OUTBOUND,
}
_WITHHELD = frozenset(
    {"", "anonymous", "anonym", "unknown", "private", "restricted", "unavailable", "withheld"}
)
_KNOWN = frozenset(
    {"event", "from", "to", "direction", "callid", "user", "queue", "cause", "answeringnumber"}
)
_MAX_VALUE = 250  # what Zammad allows for callId, and enough for any number or name

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pushed:
    """An event, and the agents it names: those who ring, or the one who answered."""

    event: CallEvent
    users: tuple[str, ...]


def read_event(fields: Fields, received_at: datetime) -> Pushed:
    """Turn the fields of one push into a call event.

    A missing or withheld number gives an empty `remote`; fields that we do not know
    become the context of the call, and so does what stands in an object `context`.

    Raises:
        BadInput: the event, the call's id or the direction is missing or unknown.
    """
    named = {_key(name): value for name, value in fields.items()}
    direction = _one_of(_DIRECTIONS, named, "direction", "Give the direction as in or out.")
    calling, called = _number(named, "from"), _number(named, "to")
    inbound = direction is Direction.INBOUND
    kind = _one_of(_EVENTS, named, "event", "Give the event as newCall, answer or hangup.")
    users = _users(named)
    event = CallEvent(
        kind=kind,
        reference=_reference(named),
        received_at=received_at,
        remote=calling if inbound else called,
        local=called if inbound else calling,
        direction=direction,
        agent=_agent(kind, users),
        queue=_text(named, "queue"),
        reason=_text(named, "cause"),
        context=_context(fields),
    )
    return Pushed(event, users)


class OwnCalls:
    """Tells which events are for this agent, where a system sends everybody's.

    `mine` are the agent's names, logins or extensions as the system writes them; with
    none of them every event is ours. A call that rang here stays ours to its end.
    """

    def __init__(self, mine: Collection[str], remembered: int = 1_000) -> None:
        self._mine = frozenset(name.casefold().strip() for name in mine)
        self._rang: OrderedDict[str, None] = OrderedDict()
        self._remembered = remembered

    def filter(self, pushed: Pushed) -> CallEvent | None:
        """Return the event for this agent, or None when it is somebody else's."""
        event = pushed.event
        own = next((name for name in pushed.users if name.casefold() in self._mine), "")
        if not self._mine or own or not pushed.users:
            self._remember(event.reference)
            return replace(event, agent=own or event.agent)
        if event.reference not in self._rang:
            return None
        return _gone(event) if event.kind is CallEventKind.ANSWERED else event

    def _remember(self, reference: str) -> None:
        self._rang[reference] = None
        self._rang.move_to_end(reference)
        while len(self._rang) > self._remembered:
            self._rang.popitem(last=False)


def _gone(event: CallEvent) -> CallEvent:
    """Return the end of the ringing here: a colleague took the call."""
    return replace(event, kind=CallEventKind.ENDED, agent="", reason="answered elsewhere")


def _key(name: str) -> str:
    return name.removesuffix("[]").replace("_", "").casefold()


def _context(fields: Fields) -> dict[str, str]:
    extra = (name for name in fields if _key(name) not in _KNOWN)
    named = ((name.removeprefix(NESTED).removesuffix("[]"), fields[name]) for name in extra)
    return pre_call.tidy({name: _told(name, value) for name, value in named})


def _told(name: str, value: str | list[str]) -> str:
    several = isinstance(value, list) and name.casefold() in pre_call.LISTS
    return "\n".join(value) if several else _first(value)


def _users(named: Fields) -> tuple[str, ...]:
    answering, users = _text(named, "answeringnumber"), named.get("user", [])
    listed = users if isinstance(users, list) else [users]
    names = [answering, *(user[:_MAX_VALUE] for user in listed)]
    return tuple(dict.fromkeys(name for name in names if name))


def _agent(kind: CallEventKind, users: tuple[str, ...]) -> str:
    """Return who has the call: while it rings with several, nobody has."""
    settled = users and (kind is not CallEventKind.RINGING or len(users) == 1)
    return users[0] if settled else ""


def _reference(named: Fields) -> str:
    reference = _first(named.get("callid", ""))
    if not 0 < len(reference) <= _MAX_VALUE:
        _fail("callId", "Give the id of the call, of at most {limit} characters.", limit=_MAX_VALUE)
    return reference


def _number(named: Fields, key: str) -> str:
    value = _text(named, key)
    return "" if value.casefold() in _WITHHELD else value


def _text(named: Fields, key: str) -> str:
    return _first(named.get(key, ""))[:_MAX_VALUE]


def _first(value: str | list[str]) -> str:
    if isinstance(value, list):
        return value[0] if value else ""
    return value


def _one_of(choices: Mapping[str, T], named: Fields, key: str, template: str) -> T:
    found = choices.get(_text(named, key).casefold())
    if found is None:
        _fail(key, template)
    return found


def _fail(field: str, template: str, **values: object) -> NoReturn:
    raise BadInput(Place("call event", field=field), template, **values)
