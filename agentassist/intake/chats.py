# SPDX-License-Identifier: Apache-2.0
"""Messages of an exported chat to interactions: one for each stretch without a long pause.

An export knows names and not sides, so the person says which names are ours. The key of a
chat, and of a stretch, is its first message: a later, longer export of the same chat
finds it again, and lets it grow.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.documents import Fields, record
from agentassist.intake.formats import Hints, Part

PAUSE = timedelta(hours=4)
"""After so long a silence another contact begins."""
MAX_MESSAGES = 2_000
MAX_TEXT = 90_000
"""A stretch that never pauses is cut after so many messages or characters."""
MAX_PEOPLE = 5_000
COLUMNS = (
    *("key", "conversation", "channel", "direction", "subject", "text", "at", "author"),
    *("phone", "name", "messages", "until"),
)

_ALWAYS_OURS = frozenset({"you", "나", "회원님", "sie", "tú", "você", "vous", "あなた"})
_PHONE = re.compile(r"\+?[\d\s().-]{8,24}", re.ASCII)
_SHOWN_NAMES = 12
_FEWEST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote; `at` is in the zone of the telephone that made the export."""

    place: Place
    at: datetime
    author: str
    text: str


class Messages(Protocol):
    """The messages of one file: iterate once, then `close`. Positions are in bytes."""

    size: int

    @property
    def position(self) -> int:
        """How many bytes have been read."""

    def __iter__(self) -> Iterator[Message | RowFault]:
        """Yield each message, or what is wrong with a line."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who writes in a chat: our names, and the other people's; `first` is its first message."""

    title: str
    ours: frozenset[str]
    others: tuple[str, ...]
    first: Message

    @property
    def other(self) -> str:
        """The only other person, empty in a group."""
        return self.others[0] if len(self.others) == 1 else ""


def chat_parts(
    system: str, path: Path, title: str, hints: Hints, opened: Callable[[], Messages]
) -> Iterator[Part]:
    """Yield the stretches of a chat, which is read once to see who writes, and once for them.

    Raises:
        BadInput: nobody said which names are ours, or there is no message.
    """
    sides = _sides(path, title, hints.own, opened)
    yield Part(_Stretches(system, sides, opened()), RecordKind.INTERACTIONS, ours=True)


class _Stretches:
    """The records of a chat."""

    columns: tuple[str, ...] = COLUMNS

    def __init__(self, system: str, sides: Sides, messages: Messages) -> None:
        self._system = system
        self._sides = sides
        self._messages = messages
        self.size = messages.size

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._messages.position

    def close(self) -> None:
        """End the file."""
        self._messages.close()

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        stretch: list[Message] = []
        length = 0
        for item in self._messages:
            if isinstance(item, RowFault):
                yield item
                continue
            if stretch and _ends(stretch, item, length):
                yield self._record(stretch)
                stretch, length = [], 0
            stretch.append(item)
            length += len(item.text)
        if stretch:
            yield self._record(stretch)

    def _record(self, stretch: list[Message]) -> RawRecord:
        first, last = stretch[0], stretch[-1]
        ours = list(dict.fromkeys(item.author for item in stretch if self._is_ours(item)))
        sent = self._is_ours(first)
        fields: Fields = {
            "key": _key(self._system, first),
            "conversation": f"{_key(self._system, self._sides.first)}:chat",
            "channel": Channel.CHAT,
            "direction": Direction.OUTBOUND if sent else Direction.INBOUND,
            "subject": self._sides.title,
            "text": "\n".join(self._line(item) for item in stretch),
            "at": first.at.isoformat(),
            "author": ", ".join(ours),
            "phone": phone_in(self._sides.other),
            "name": self._sides.other,
            "messages": str(len(stretch)),
            "until": last.at.isoformat(sep=" "),
        }
        return record(first.place, fields)

    def _is_ours(self, item: Message) -> bool:
        return item.author.casefold() in self._sides.ours

    def _line(self, item: Message) -> str:
        if self._is_ours(item):
            return f"Agent: {item.text}"
        return f"{'Customer' if self._sides.other else item.author}: {item.text}"


def phone_in(name: str) -> str:
    """Return a name that is a number, as it is shown for people who are in no address book."""
    digits = sum(character.isdigit() for character in name)
    return name if _PHONE.fullmatch(name) and digits >= _FEWEST_DIGITS else ""


def _ends(stretch: list[Message], item: Message, length: int) -> bool:
    pause = item.at - stretch[-1].at > PAUSE
    return pause or len(stretch) >= MAX_MESSAGES or length + len(item.text) > MAX_TEXT


def _key(system: str, first: Message) -> str:
    return f"{system}:{_digest(f'{first.at.isoformat()}{first.author}{first.text}')}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def _sides(path: Path, title: str, own: tuple[str, ...], opened: Callable[[], Messages]) -> Sides:
    people: Counter[str] = Counter()
    first: Message | None = None
    with closing(opened()) as messages:
        for item in messages:
            if isinstance(item, Message) and (item.author in people or len(people) < MAX_PEOPLE):
                people[item.author] += 1
                first = first or item
    if first is None:
        raise BadInput(Place(str(path)), "There is no message in this file.")
    ours = frozenset(name.casefold() for name in own) | _ALWAYS_OURS
    others = tuple(name for name in people if name.casefold() not in ours)
    if len(others) == len(people):
        raise _who_is_us(path, [name for name, _ in people.most_common(_SHOWN_NAMES)])
    return Sides(title or ", ".join(others[:_SHOWN_NAMES]), ours, others, first)


def _who_is_us(path: Path, names: Iterable[str]) -> BadInput:
    sentence = "Say which of these names is yours with --own NAME: {names}."
    return BadInput(Place(str(path)), sentence, names=", ".join(names))
