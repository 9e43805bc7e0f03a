# SPDX-License-Identifier: Apache-2.0
"""Read one turn of a conversation: what is left of it without courtesies, and what it does.

Nothing here knows a trade or a model: words of wanting, asking and failing, digits and
spelled-out letters, and how much is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from agentassist.domain import turn_words as lists
from agentassist.domain.likeness import has_korean, terms
from agentassist.domain.turn_tokens import Token, is_datum, sentences

_LONG_KOREAN = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn says.

    `folded` has only small letters, digits and question marks. `substance` is that
    without courtesies, greetings and fillers, empty when nothing else was said.
    `content` are the words of it that carry a matter; `data` how many words are part of
    something read out. `asked` is what to search for: the sentences that want or ask
    something, all when none does, as they were said and without what is only kind.
    """

    folded: str
    substance: str
    content: tuple[str, ...]
    data: int
    asked: str

    @property
    def terms(self) -> frozenset[str]:
        """What two turns about the same thing share: stems, and pairs of syllables."""
        return frozenset(terms(" ".join(self.content)))

    @property
    def weight(self) -> int:
        """How much of a matter is said, in words; a long Korean word counts as two."""
        return sum(1 + (len(x) >= _LONG_KOREAN and has_korean(x)) for x in self.content)


def read(text: str) -> Turn:
    """Read a turn; of a megabyte the first page."""
    parts = sentences(text)
    left = [word for part in parts for word in _substance(part)]
    content = tuple(x for x in left if x not in lists.FUNCTION and x != "?" and not is_datum(x))
    folded = " ".join(token.text for part in parts for token in part)
    return Turn(folded, " ".join(left), content, sum(map(is_datum, left)), _asked(parts))


def cues(substance: str) -> int:
    """Count what speaks for a request: words of wanting, asking, failing, acting, and a "?".

    A question mark counts by itself: who writes one asks, whatever the words.
    """
    kinds = (lists.WANTS, lists.ASKS, lists.PROBLEM, lists.ACTS)
    found = sum(kind.search(substance) is not None for kind in kinds)
    return found + ("?" in substance)


def names_a_datum(turn: Turn) -> bool:
    """Tell whether somebody says what their name or number is, unless something is wrong."""
    named = lists.DATA.search(turn.folded) is not None
    return named and lists.PROBLEM.search(turn.substance) is None


def tells_what_is_done(turn: Turn) -> bool:
    """Tell whether somebody says what they did or will do, rather than what they want."""
    return lists.DONE.search(turn.folded) is not None


def _substance(part: Sequence[Token]) -> list[str]:
    left = [token.text for token in part if not token.social]
    return left if set(left) - {"?"} else []


def _asked(parts: Sequence[Sequence[Token]]) -> str:
    told = [(part, substance) for part in parts if (substance := " ".join(_substance(part)))]
    asking = [part for part, substance in told if cues(substance)]
    return " ".join(filter(None, map(_trimmed, asking or [part for part, _ in told])))


def _trimmed(part: Sequence[Token]) -> str:
    """Return a sentence as it was said, without sounds and without what is kind around it."""
    kept = [token for token in part if token.text not in lists.SOUNDS]
    while kept and (kept[0].around or (kept[0].social and kept[0].pause)):
        kept.pop(0)
    while kept and _last(kept).around:
        kept.pop()
    return " ".join({token.place: token.word for token in kept}.values())


def _last(tokens: Sequence[Token]) -> Token:
    """Return the last word, where there is one the word before a question mark."""
    asked = tokens[-1].text == "?" and len(tokens) > 1
    return tokens[-2] if asked else tokens[-1]
