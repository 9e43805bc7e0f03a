# SPDX-License-Identifier: Apache-2.0
"""Cut a turn into sentences of folded words, and mark those that are only kind."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agentassist.domain import turn_words as lists

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
_END = re.compile(r"[.!?。…]+[\"'”’)]*$")
_PAUSE = re.compile(r"[,.!;:。…]$")


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word: `word` is what it was said as, the one at `place`.

    `kind` when it belongs to a courtesy or is social by itself, `pause` when a pause
    follows.
    """

    text: str
    place: int
    word: str
    kind: bool
    pause: bool

    @property
    def around(self) -> bool:
        """True for what is dropped at the ends of a sentence."""
        return self.kind or self.text in lists.ENDS

    @property
    def social(self) -> bool:
        """True for what carries nothing."""
        return self.kind or self.text in lists.SOCIAL or self.text in lists.FILLERS


def fold(text: str) -> str:
    """Fold a text: NFKC, small letters, no invisible signs or apostrophes, single spaces."""
    return " ".join(token for word in text[:LONGEST].split() for token in _folded(word))


def sentences(text: str) -> list[tuple[Token, ...]]:
    """Return the sentences of a turn that have a word or a question mark."""
    words = list(enumerate(text[:LONGEST].split()))
    found, begun = [], 0
    for place, word in words:
        if _END.search(word) or place == len(words) - 1:
            found.append(_tokens(words[begun : place + 1]))
            begun = place + 1
    return [sentence for sentence in found if sentence]


def is_datum(word: str) -> bool:
    """Tell whether a folded word is part of something read out: a number, a code, a letter."""
    if any(char.isdigit() for char in word):
        return True
    if len(word) == 1 and word.isascii():
        return word not in "aiu?"
    return word in lists.NUMBERS or lists.KOREAN_DIGITS.fullmatch(word) is not None


def _folded(word: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", word).casefold()
    seen = "".join(x for x in folded if unicodedata.category(x) not in _INVISIBLE)
    joined = _LETTER_FIRST.sub(r"\1", _ADDRESS.sub("0at0", seen))
    for token in _TOKEN.findall(_APOSTROPHE.sub("", joined)):
        yield from _RUN_ON.sub(r"\1 \2", token).split()


def _tokens(words: Sequence[tuple[int, str]]) -> tuple[Token, ...]:
    flat = [(token, place, word) for place, word in words for token in _folded(word)]
    kind = _courteous([token for token, _, _ in flat])
    return tuple(
        Token(token, place, word, courteous, _PAUSE.search(word) is not None)
        for (token, place, word), courteous in zip(flat, kind, strict=True)
    )


def _courteous(tokens: Sequence[str]) -> list[bool]:
    """Mark the tokens that belong to a courtesy."""
    starts, text = [], ""
    for token in tokens:
        starts.append(len(text))
        text += token + " "
    spans = [found.span() for found in lists.COURTESIES.finditer(text)]
    return [any(start <= place < end for start, end in spans) for place in starts]
