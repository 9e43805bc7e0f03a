# SPDX-License-Identifier: Apache-2.0
"""Who says what in a conversation that was written down as one text.

A line is `Customer: my parcel is late` or `고객: 안녕하세요`. What names no speaker goes on
with the line before it.
"""
# ruff: noqa: SIM905 - a list of words is read as words

import re
from collections.abc import Iterator

from agentassist.domain.call import Speaker

Line = tuple[Speaker, str]

_NAMED = re.compile(r"\s*\[?(?P<who>[^\W\d_][\w .]{0,30}?)\]?\s*[:：]\s*(?P<text>.*)", re.DOTALL)
_CUSTOMERS = frozenset(
    "customer caller client consumer user visitor guest me 고객 고객님 손님 회원 본인".split()
)
_OURS = frozenset(
    "agent bot chatbot assistant system ivr menu operator advisor representative rep support "
    "상담원 상담사 챗봇 봇 시스템 안내 직원 매니저".split()
)


def spoken(text: str) -> tuple[Line, ...]:
    """Return the lines of a transcript; empty where no line names a speaker we know."""
    found: list[Line] = []
    for speaker, said in _lines(text):
        if speaker is not None:
            found.append((speaker, said))
        elif found and said:
            last, before = found.pop()
            found.append((last, f"{before} {said}"))
    return tuple((speaker, said) for speaker, said in found if said)


def _lines(text: str) -> Iterator[tuple[Speaker | None, str]]:
    for line in text.splitlines():
        named = _NAMED.fullmatch(line)
        speaker = _speaker(named["who"]) if named else None
        yield (speaker, named["text"].strip()) if named and speaker else (None, line.strip())


def _speaker(who: str) -> Speaker | None:
    folded = who.strip().casefold()
    if folded in _CUSTOMERS:
        return Speaker.CUSTOMER
    return Speaker.AGENT if folded in _OURS else None
