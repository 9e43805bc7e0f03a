# SPDX-License-Identifier: Apache-2.0
"""Read one turn of a conversation: what is left of it without courtesies, and what it does.

Nothing here knows a trade or a model: words of wanting, asking and failing, digits and
spelled-out letters, and how much is said.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from agentassist.domain import turn_words as lists
from agentassist.domain.likeness import has_korean, terms

LONGEST = 2_000
_APOSTROPHE = re.compile(r"(?<=\w)['’`´](?=\w)")
_TOKEN = re.compile(r"[^\W_]+|\?")
_LETTER_FIRST = re.compile(r"(?<!\w)([^\W\d_])-(?=[^\W\d_]{2})")  # e-mail, t-shirt
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|<\w+>")
_INVISIBLE = {"Cf", "Cs", "Cc"}
_RUN_ON = re.compile(
    r"^(hi|hello|hai|hey|ok|okay|okey|yes|yeah|no|nothing)"
    r"(good|thanks?|thankyou|i|my|please|sure|sir|thats)$"
)
_LONG_KOREAN = 4
_SPANS = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn says.

    `folded` has only small letters, digits and question marks. `substance` is that
    without courtesies, greetings and fillers, empty when nothing else was said.
    `content` are the words of it that carry a matter; `data` how many words are part of
    something read out. `asked` is the text as it was said, without what is only kind, to
    be searched for.
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


def fold(text: str) -> str:
    """Fold a text: NFKC, small letters, no invisible signs or apostrophes, single spaces."""
    return " ".join(token for _, token in _tokens(text[:LONGEST].split()))


def read(text: str) -> Turn:
    """Read a turn; of a megabyte the first page."""
    words = text[:LONGEST].split()
    tokens = tuple(_tokens(words))
    kind = _courteous(tokens)
    left = [t for (_, t), out in zip(tokens, kind, strict=True) if not out and not _is_social(t)]
    left = left if set(left) - {"?"} else []
    content = tuple(t for t in left if t not in lists.FUNCTION and t != "?" and not is_datum(t))
    asked = _without_ends(words, tokens, kind) if left else ""
    folded = " ".join(token for _, token in tokens)
    return Turn(folded, " ".join(left), content, sum(map(is_datum, left)), asked)


def is_datum(word: str) -> bool:
    """Tell whether a folded word is part of something read out: a number, a code, a letter."""
    if any(char.isdigit() for char in word):
        return True
    if len(word) == 1 and word.isascii():
        return word not in "aiu?"
    return word in lists.NUMBERS or lists.KOREAN_DIGITS.fullmatch(word) is not None


def _tokens(words: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the folded words, each with the place of the word that it is from."""
    for place, word in enumerate(words):
        folded = unicodedata.normalize("NFKC", word).casefold()
        seen = "".join(x for x in folded if unicodedata.category(x) not in _INVISIBLE)
        joined = _LETTER_FIRST.sub(r"\1", _ADDRESS.sub("0at0", seen))
        plain = _APOSTROPHE.sub("", joined)
        for token in _TOKEN.findall(plain):
            for part in _RUN_ON.sub(r"\1 \2", token).split():
                yield place, part


def _courteous(tokens: _SPANS) -> list[bool]:
    """Mark the tokens that belong to a courtesy."""
    starts, text = [], ""
    for _, token in tokens:
        starts.append(len(text))
        text += token + " "
    spans = [found.span() for found in lists.COURTESIES.finditer(text)]
    return [any(start <= place < end for start, end in spans) for place in starts]


def _without_ends(words: list[str], tokens: _SPANS, kind: list[bool]) -> str:
    """Return the words as they were said, without courtesies, sounds, and kind words around."""
    kept = [
        (place, token)
        for (place, token), out in zip(tokens, kind, strict=True)
        if not out and token not in lists.SOUNDS
    ]
    while kept and kept[0][1] in lists.ENDS:
        kept.pop(0)
    while kept and kept[-1][1] in lists.ENDS:
        kept.pop()
    return " ".join(words[place] for place in dict.fromkeys(place for place, _ in kept))


def _is_social(word: str) -> bool:
    return word in lists.SOCIAL or word in lists.FILLERS
