# SPDX-License-Identifier: Apache-2.0
"""Korean words to weighted terms: pairs of syllables, and morphemes where they are known.

Pairs find compounds and forgive a wrong ending; they weigh less where they only touch a
particle or an ending. Morphemes, from a lexicon, find a word whatever its form; without
one the word without its particle stands for them.
"""

from collections.abc import Iterator

from agentassist.retrieval.codes import LONGEST_TERM
from agentassist.retrieval.korean_lexicon import KoreanLexicon
from agentassist.retrieval.stop_words import KOREAN_STOP_WORDS, PARTICLES

# Kinds of terms: a syllable, the first of a word, a morpheme. No other term begins so.
SYLLABLE = "1"
FIRST = "^"
MORPHEME = "m"
_ENDING = 0.3
_SYLLABLE_WEIGHT = 0.4
_FIRST_WEIGHT = 0.5
_MORPHEME_WEIGHT = 1.5
_STEM_WEIGHT = 0.5
_LONGEST_PARTICLE = max(map(len, PARTICLES))


def is_hangul(character: str) -> bool:
    """Tell whether a character is a whole syllable of Hangul."""
    return "가" <= character <= "힣"


def korean_terms(word: str, lexicon: KoreanLexicon | None) -> Iterator[tuple[str, float]]:
    """Yield the terms of a word of Hangul with their weights; none for a stop word."""
    stem = strip_particle(word)
    if stem in KOREAN_STOP_WORDS:
        return
    inside = len(stem)
    if lexicon is None:
        yield MORPHEME + stem[:LONGEST_TERM], _STEM_WEIGHT
    else:
        reading = lexicon.read(word)
        inside = reading.inside or inside
        for morpheme in reading.morphemes:
            yield MORPHEME + morpheme[:LONGEST_TERM], _MORPHEME_WEIGHT
        if not reading.known and word[:inside] not in reading.morphemes:
            yield MORPHEME + word[:inside][:LONGEST_TERM], _MORPHEME_WEIGHT
    yield from _syllables(word, inside)


def _syllables(word: str, inside: int) -> Iterator[tuple[str, float]]:
    for start, pair in enumerate(pairs(word)):
        yield pair, 1.0 if start + 2 <= max(2, inside) else _ENDING
    for place, syllable in enumerate(word):
        yield SYLLABLE + syllable, _SYLLABLE_WEIGHT * (1.0 if place < inside else _ENDING)
    yield FIRST + word[0], _FIRST_WEIGHT


def pairs(run: str) -> list[str]:
    """Return each two neighbours of a run; the run itself when it has but one."""
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def strip_particle(word: str) -> str:
    """Return a Korean word without its particle or ending, at least two syllables of it."""
    for length in range(min(_LONGEST_PARTICLE, len(word) - 2), 0, -1):
        if word[-length:] in PARTICLES:
            return word[:-length]
    return word
