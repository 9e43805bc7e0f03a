# SPDX-License-Identifier: Apache-2.0
"""The word that is being typed, and the ranges in which its finished form may lie.

Hangul is typed letter by letter: `환ㅂ` and `환부` may become `환불`, and in `환` `ㄴ` may yet
move on to the next syllable. Syllables that begin alike stand side by side in Unicode
(The Unicode Standard, section 3.12), so that each way to go on is one range.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from agentassist.retrieval.analyzer import normalise, words
from agentassist.retrieval.codes import LONGEST_TERM
from agentassist.retrieval.korean import MORPHEME, is_hangul

_SHORTEST = 2
_FIRST_SYLLABLE = ord("가")
_VOWELS = 21
_FINALS = 28
_LEADING = ord("ᄀ")
_LAST_LEADING = ord("ᄒ")
# The leading letter that each final letter becomes when a vowel follows; 0 where it stays.
_MOVES = "\0ᄀᄁᄉᄂᄌᄒᄃᄅᄀᄆᄇᄉᄐᄑᄒᄆᄇᄉᄉᄊᄋᄌᄎᄏᄐᄑᄒ"
_REMAINS = [0, 0, 0, 1, 0, 4, 4, 0, 0, 8, 8, 8, 8, 8, 8, 8, 0, 0, 17, *[0] * 9]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A word as it stands, normalised, and the (first, last) beginnings of its terms."""

    word: str
    ranges: tuple[tuple[str, str], ...]


def unfinished_word(query: str) -> Unfinished | None:
    """Return the last word of a query, None when a blank follows or there is not enough."""
    last = list(words(normalise(query[-LONGEST_TERM:])))[-1:]
    if not last or query[-1:].isspace():
        return None
    word = last[0].surface
    if is_hangul(word[0]):
        return Unfinished(word, tuple(_korean_ranges(word)))
    if len(word) < _SHORTEST or not word.isascii():
        return None
    return Unfinished(word, ((word, word),))


def _korean_ranges(word: str) -> Iterator[tuple[str, str]]:
    before, last = MORPHEME + word[:-1], word[-1]
    if _LEADING <= ord(last) <= _LAST_LEADING:
        yield _from_leading(before, last)
    elif is_hangul(last):
        yield from _from_syllable(before, ord(last) - _FIRST_SYLLABLE)


def _from_syllable(before: str, number: int) -> Iterator[tuple[str, str]]:
    open_syllable, final = number - number % _FINALS, number % _FINALS
    if final:
        yield before + _syllable(number), before + _syllable(number)
        moved = before + _syllable(open_syllable + _REMAINS[final])
        yield _from_leading(moved, _MOVES[final])
    else:
        yield before + _syllable(number), before + _syllable(number + _FINALS - 1)


def _from_leading(before: str, leading: str) -> tuple[str, str]:
    first = (ord(leading) - _LEADING) * _VOWELS * _FINALS
    return before + _syllable(first), before + _syllable(first + _VOWELS * _FINALS - 1)


def _syllable(number: int) -> str:
    return chr(_FIRST_SYLLABLE + number)
