# SPDX-License-Identifier: Apache-2.0
"""How somebody feels, told only by their own words, and silent where there are none.

There is no score to show and no label: what is found is a quotation that a person can judge.
Loudness, capitals and exclamation marks count for nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from agentassist.domain import mood_words as lists

_LONGEST = 20_000
_QUOTED = 90
_SENTENCE = re.compile(r"[^.!?。…\n]+[.!?。…]*")


class Strength(IntEnum):
    """How much a quotation weighs; `GLAD` is the only kind that is good news."""

    GLAD = 1
    LOW = 2
    UNHEARD = 3
    ANGRY = 4
    LEAVING = 5


@dataclass(frozen=True, slots=True)
class Words:
    """What was said, as it was written, and how much it weighs."""

    quote: str
    strength: Strength

    @property
    def good(self) -> bool:
        """True for thanks and praise."""
        return self.strength is Strength.GLAD


def find_words(text: str) -> Words | None:
    """Return the words that show a feeling most clearly, None when there are none.

    `text` is what the customer said or wrote, nothing else.
    """
    found = list(_found(text[:_LONGEST]))
    return max(found, key=lambda words: words.strength, default=None)


def _found(text: str) -> Iterator[Words]:
    for part in _SENTENCE.finditer(text):
        sentence = part[0].strip()
        strengths = list(_strengths(sentence))
        if strengths:
            strongest, at = max(strengths, key=lambda item: item[0])
            yield Words(_quote(sentence, at), strongest)


def _strengths(sentence: str) -> Iterator[tuple[Strength, int]]:
    for strength, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            before, after = sentence[: found.start()], sentence[found.end() :]
            turned = lists.negated(before, found[0], after)
            if turned and strength is Strength.GLAD:
                yield Strength.LOW, found.start()
            elif not turned and not lists.buys_again(sentence):
                yield strength, found.start()


def _quote(sentence: str, at: int) -> str:
    """Return the sentence, or the part of it around the words, cut between words."""
    if len(sentence) <= _QUOTED:
        return sentence
    start = max(0, at - _QUOTED // 4)
    if start:
        start = sentence.find(" ", start, at) + 1 or at
    end = start + _QUOTED
    if end < len(sentence):
        end = sentence.rfind(" ", start + _QUOTED // 2, end)
        end = end if end > 0 else start + _QUOTED
    lead, tail = "…" * bool(start), "…" * (end < len(sentence))
    return f"{lead}{sentence[start:end].strip()}{tail}"


def _compiled(alternatives: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])", re.IGNORECASE)


_PATTERNS = (
    (Strength.LEAVING, _compiled(lists.LEAVING)),
    (Strength.ANGRY, _compiled(lists.ANGRY)),
    (Strength.UNHEARD, _compiled(lists.UNHEARD)),
    (Strength.LOW, _compiled(lists.LOW)),
    (Strength.GLAD, _compiled(lists.GLAD)),
)
