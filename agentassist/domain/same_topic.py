# SPDX-License-Identifier: Apache-2.0
"""Whether two contacts are about the same thing, by the words at their beginning."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from agentassist.domain.order_numbers import normal_numbers

_WORD = re.compile(r"[^\W\d_]{4,}|[가-힣]{2,}")
_SYLLABLES = 2
_FEWEST = 2
_SHARE = 0.5
_STOP_WORDS = """
about above after again also because been before being below between both cannot could dear does
doing done down each ever every from have hello here hers help into just kind know like made make
many mine more most much must need never only other ours over please really regards same shall
should since some such tell than thank thanks that their them then there these they thing this those
through time under until upon very want well were what when where which while will with without
would your yours customer agent public post message
"""
_STOP = frozenset(_STOP_WORDS.split())
_STOP_KOREAN = "안녕 고객 상담 문의 감사 부탁 그런 그리 하지 있는 있습 합니 주세 해주 저는 제가"
_STOP_KO = frozenset(_STOP_KOREAN.split())


@dataclass(frozen=True, slots=True)
class Topic:
    """What a contact is about: its conversation, the orders it names, the words it uses."""

    conversation_id: UUID | None
    orders: frozenset[str]
    words: frozenset[str]


def topic(conversation_id: UUID | None, *texts: str) -> Topic:
    """Return the topic of a contact; of the texts, the beginning is enough."""
    whole = " ".join(texts)
    return Topic(conversation_id, normal_numbers(whole), frozenset(_content(whole)))


def is_same(one: Topic, other: Topic) -> bool:
    """Tell whether two contacts are about the same.

    They are in one conversation, name one order, or share half of the content words of the
    shorter one, and two at least.
    """
    if one.conversation_id is not None and one.conversation_id == other.conversation_id:
        return True
    if one.orders & other.orders:
        return True
    shared = len(one.words & other.words)
    fewest = min(len(one.words), len(other.words))
    return shared >= max(_FEWEST, _SHARE * fewest)


def _content(text: str) -> Iterable[str]:
    for word in _WORD.findall(text.casefold()):
        if "가" <= word[0] <= "힣":
            if word[:_SYLLABLES] not in _STOP_KO:
                yield word[:_SYLLABLES]
        elif word not in _STOP:
            yield word
