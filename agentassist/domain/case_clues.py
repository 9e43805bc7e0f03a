# SPDX-License-Identifier: Apache-2.0
"""What an interaction says about the matter it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.likeness import terms
from agentassist.domain.order_numbers import normal_number, order_numbers

_READ = 700
_MOST_TERMS = 40
_MOST_MESSAGES = 12
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|회신|답장|전달)\s*:\s*)+", re.IGNORECASE)
_LABEL = re.compile(r"^(?:customer|agent|bot|고객|상담원|상담사|챗봇)\s*:", re.IGNORECASE | re.M)
_WRITTEN = frozenset({Channel.EMAIL, Channel.CHAT, Channel.SMS, Channel.SOCIAL, Channel.CALL})
# Words of any contact with a company; what is left tells one matter from another.
_USUAL = frozenset(
    terms(
        "hello hi hey dear thanks thank please sorry welcome regards best kind morning afternoon "
        "evening today tomorrow yesterday day days week weeks month year time hour hours minute "
        "minutes now then again still already soon ever never always only also very really "
        "customer agent bot team colleague colleagues service support contact message call called "
        "calling phone email mail chat post reply answer answered question ask asked asking tell "
        "told say said says know see look looking think want wanted need needs help helped make "
        "made find found give gave send sent write wrote wait waiting come came go going get let "
        "take took use order orders ordered number account one two three first last next new old "
        "other another same more much many here there out up down back after before about into "
        "than them they their he she his her him not no yes ok okay i'll can't don't didn't "
        "안녕하세요 감사합니다 고객 고객님 상담 상담원 문의 문의했 확인 안내 전화 메일 답변 오늘 "
        "내일 어제 지금 다시 네 예 아니요 말씀 드리 드립니다 주문 번호 때문 때문에 언제 어떻게"
    )
)


@dataclass(frozen=True, slots=True)
class Clues:
    """What ties an interaction to others.

    `order` is the number it is about, normalised, and `written` the same as it stands there.
    `rank` is 3 for the number of a purchase, 2 for a code, 1 for digits, and 0 for none.
    `messages` are the ids of the message, of the one it answers or notes on, and of the chain.
    `thread` is the subject of a mail without its prefixes, and `answers` says that it had
    some. `terms` are the words that tell its topic.
    """

    order: str = ""
    written: str = ""
    rank: int = 0
    messages: tuple[str, ...] = ()
    thread: str = ""
    answers: bool = False
    terms: frozenset[str] = frozenset()


def clues_of(item: Interaction, not_orders: frozenset[str] = frozenset()) -> Clues:
    """Read the clues of one interaction; `not_orders` are numbers that are no order's."""
    written = next(_numbers(item, not_orders), "")
    return Clues(
        order=normal_number(written),
        written=written,
        rank=_rank(item, written),
        messages=tuple(_messages(item)),
        thread=_thread(item),
        answers=_PREFIX.match(item.subject.strip()) is not None,
        terms=_topic(item),
    )


def answered_message(item: Interaction) -> str:
    """Return the id of the message that this one answers, empty when it answers none."""
    return item.attributes.get("in_reply_to", "").strip()


def is_answer(item: Interaction) -> bool:
    """Tell whether something was written on another thing: a reply, or a note on an entry."""
    written_on = answered_message(item) or item.attributes.get("about")
    return bool(written_on) or _PREFIX.match(item.subject.strip()) is not None


def _numbers(item: Interaction, not_orders: frozenset[str]) -> Iterator[str]:
    for text in (item.attributes.get("order_number", ""), item.subject, item.text):
        for written in order_numbers(text):
            if normal_number(written) not in not_orders:
                yield written


def _rank(item: Interaction, written: str) -> int:
    if item.channel is Channel.PURCHASE:
        return 3 * bool(written)
    return bool(written) + any(map(str.isalpha, written))


def _messages(item: Interaction) -> Iterator[str]:
    """Yield what a mail names in Message-ID, In-Reply-To and References (RFC 5322, 3.6.4).

    A note names what it was written on, by the key that everything has.
    """
    names = ("about", "message_id", "in_reply_to", "references")
    seen = (item.attributes.get(name, "") for name in names)
    yield from dict.fromkeys([str(item.id), *" ".join(seen).split()[:_MOST_MESSAGES]])


def _thread(item: Interaction) -> str:
    if item.channel is not Channel.EMAIL or item.direction is Direction.INTERNAL:
        return ""
    return " ".join(_PREFIX.sub("", item.subject.strip()).casefold().split())


def _topic(item: Interaction) -> frozenset[str]:
    if item.channel not in _WRITTEN:
        return frozenset()
    text = _LABEL.sub("", f"{item.subject} {item.text[:_READ]}").casefold()
    told = dict.fromkeys(term for term in terms(text) if term not in _USUAL and len(term) > 1)
    return frozenset(list(told)[:_MOST_TERMS])
