# SPDX-License-Identifier: Apache-2.0
"""Which contacts are about the same thing: one topic, and more easily within one order.

Two contacts are alike when they share half of the words of the shorter one, and at least
three. Where both name one order, or stand in one conversation, a single word is enough, but
there has to be one: gift wrap and a change of address are two things about one order. A
name, a number, a greeting and what is only kind do not count (see `domain/turn_words.py`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from agentassist.domain import turn_words as lists
from agentassist.domain.history import Interaction
from agentassist.domain.likeness import terms
from agentassist.domain.mood import find_words
from agentassist.domain.own_words import own_words
from agentassist.domain.spoken import spoken

_CONTENT = re.compile(
    r"\b(?:thanks?|thank you|great|perfect|lovely|super|wonderful|brilliant|cheers|works now)\b"
    r"|감사|고마|고맙|알겠|좋아요|좋습니다|됐어요|됐습니다|해결",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIGIT = re.compile(r"\d")
_EMPTY = lists.FUNCTION | lists.SOCIAL
_READ = 800
_FEWEST_SHARED = 3
_SHARE = 0.5
_SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Topic:
    """What a contact is about. `orders` are the order numbers that it names."""

    item: Interaction
    words: frozenset[str]
    orders: frozenset[str]
    conversation_id: UUID | None

    def same(self, other: "Topic") -> bool:
        """Tell whether two contacts are about one thing."""
        thread = self.conversation_id is not None
        joined = thread and self.conversation_id == other.conversation_id
        if joined or self.orders & other.orders:
            return bool(self.words & other.words)
        return not (self.orders and other.orders) and alike(self.words, other.words)


def ended_well(item: Interaction) -> bool:
    """Tell whether the customer's last words in a chat take leave content: thanks, great."""
    lines = own_words(item).splitlines() if spoken(item.text) else []
    last = lines[-1] if lines else ""
    return _CONTENT.search(last) is not None and "?" not in last and not _bitter(last)


def _bitter(text: str) -> bool:
    words = find_words(text)
    return words is not None and not words.good


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets of words speak of one topic."""
    shared = len(one & other)
    return shared >= _FEWEST_SHARED and shared >= _SHARE * min(len(one), len(other))


def topic_of(item: Interaction, orders: Iterable[str], name: str = "") -> Topic:
    """Read a contact; `orders` are the customer's order numbers, `name` is left out."""
    text = f"{item.subject}\n{item.text}".casefold()
    named = frozenset(order for order in orders if _names(text, order))
    said = f"{item.subject}. {own_words(item) or item.text}"[:_READ]
    words = _words(said) - frozenset(terms(name.casefold()))
    return Topic(item, words, named, item.conversation_id)


def _words(text: str) -> frozenset[str]:
    """Return the stems and pairs of syllables that carry a matter; numbers carry none."""
    left = (word for word in _WORD.findall(text.casefold()) if word not in _EMPTY)
    return frozenset(terms(" ".join(word for word in left if not _DIGIT.search(word))))


def matters(topics: Sequence[Topic]) -> list[list[Topic]]:
    """Put topics into groups that are about one thing each, in the order of their first."""
    groups: list[list[Topic]] = []
    for topic in topics:
        mine = [group for group in groups if any(topic.same(other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([*(other for group in mine for other in group), topic])
    return groups


def _names(text: str, order: str) -> bool:
    number = order.casefold()
    if len(number) < _SHORTEST_NUMBER or number not in text:
        return False
    return re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text) is not None
