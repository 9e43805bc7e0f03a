# SPDX-License-Identifier: Apache-2.0
"""The terms of an index that a word may have been meant to be.

Distances are those of Damerau and Levenshtein (optimal string alignment: Boytsov 2011,
section 2.1), on letters, and on the letters of syllables for Hangul. Before any distance
is worked out, terms of another length or with other letters are sifted out: a change of
one letter changes the length by one at most, and two bits of the set of letters.
"""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA

from agentassist.retrieval.korean import MORPHEME, is_hangul
from agentassist.retrieval.postings import Segment

_SHORTEST = 4
_MIDDLE = 5
_TWO_ERRORS_FROM = 8
_MOST = 3
# Stems of this many letters (bytes) and more are not looked at.
_LETTERS = 24
_MOST_SIFTED = 2000
_BITS = 63


class Spelling:
    """Finds near terms of a segment; works out what it needs when first asked."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def near(self, term: str) -> list[int]:
        """Return the places of the terms nearest to `term`, the commonest first; mostly none."""
        most = errors_allowed(term)
        if not most or not len(self._segment.terms):
            return []
        letters = _letters(term)
        found = []
        for place in self._sifted(letters, most):
            known = _letters(self._segment.term(place))
            distance = OSA.distance(letters, known, score_cutoff=most)
            if distance <= most and _likely(letters, known, distance):
                found.append((distance, -self._segment.frequency(place), place))
        found.sort()
        return [place for distance, _, place in found[:_MOST] if distance == found[0][0]]

    def _sifted(self, letters: str, most: int) -> list[int]:
        known = self._signatures
        length, letter_set = _signature(letters)
        near = np.abs(known.lengths - np.int16(length)) <= most
        near &= np.bitwise_count(known.sets ^ letter_set) <= 2 * most
        places: list[int] = known.places[near][:_MOST_SIFTED].tolist()
        return places

    @cached_property
    def _signatures(self) -> "_Signatures":
        latin, korean = _of_latin(self._segment.terms), self._of_korean()
        return _Signatures(
            np.concatenate([latin.places, korean.places]),
            np.concatenate([latin.lengths, korean.lengths]),
            np.concatenate([latin.sets, korean.sets]),
        )

    def _of_korean(self) -> "_Signatures":
        places = self._segment.between(MORPHEME + "가", MORPHEME + "힣")
        found = [_signature(_letters(self._segment.term(place))) for place in places]
        return _Signatures(
            np.array(places, dtype=np.int64),
            np.array([length for length, _ in found], dtype=np.int16),
            np.array([letter_set for _, letter_set in found], dtype=np.uint64),
        )


@dataclass(frozen=True, slots=True)
class _Signatures:
    """What words are sifted by: place, number of letters, set of letters; [words] each."""

    places: np.ndarray
    lengths: np.ndarray
    sets: np.ndarray


def errors_allowed(term: str) -> int:
    """Return how many errors a term may have: none in a code, a short word, a pair."""
    if _is_morpheme(term):
        return min(2, (len(term) - 1) // 2)
    if len(term) < _SHORTEST or not term.isalpha() or is_hangul(term[-1]):
        return 0
    return 2 if len(term) >= _TWO_ERRORS_FROM else 1


def _likely(letters: str, known: str, distance: int) -> bool:
    """Tell whether the error is one that people make: rarely the first letter of a word.

    In a word of four a changed letter mostly makes another word; a lost one is an error.
    """
    if len(letters) == _SHORTEST and sorted(letters) != sorted(known) and len(known) < _MIDDLE:
        return False
    return letters[0] == known[0] or (distance == 1 and len(letters) > _MIDDLE)


def _is_morpheme(term: str) -> bool:
    return len(term) > 1 and term[0] == MORPHEME and is_hangul(term[1])


def _letters(term: str) -> str:
    return unicodedata.normalize("NFD", term[1:]) if _is_morpheme(term) else term


def _signature(letters: str) -> tuple[int, np.uint64]:
    # Those of Latin script are compared as the index has them, in UTF-8.
    codes = map(ord, letters) if "ᄀ" <= letters[0] <= "ᇿ" else letters.encode()
    found, length = 0, 0
    for code in codes:
        found |= 1 << (code & _BITS)
        length += 1
    return length, np.uint64(found)


def _of_latin(terms: np.ndarray) -> _Signatures:
    raw = np.ascontiguousarray(terms).view(np.uint8).reshape(len(terms), -1)
    places = np.flatnonzero((raw[:, 0] >= ord("a")) & (raw[:, 0] <= ord("z")))
    columns = np.ascontiguousarray(raw[places, : _LETTERS + 1].T)
    plain = columns[_LETTERS] == 0
    sets = np.zeros(len(places), dtype=np.uint64)
    for column in columns[:_LETTERS]:
        plain &= (column < ord("0")) | (column > ord("9"))
        sets |= _BIT_OF[column]
    lengths = np.count_nonzero(columns, axis=0).astype(np.int16)
    return _Signatures(places[plain], lengths[plain], sets[plain])


# The bit of each byte; none for what follows the end of a term.
_BIT_OF = np.left_shift(np.uint64(1), np.arange(256, dtype=np.uint64) & np.uint64(_BITS))
_BIT_OF[0] = 0
