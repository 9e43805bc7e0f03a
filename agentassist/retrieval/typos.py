# SPDX-License-Identifier: Apache-2.0
"""The terms of an index that a word may have been meant to be.

Distances are those of Damerau and Levenshtein (optimal string alignment: Boytsov 2011,
section 2.1), on letters, and on the letters of syllables for Hangul. Before any distance
is worked out, terms of another length or with other letters are sifted out: a change of
one letter changes the length by one at most, and two bits of the set of letters.
"""

import unicodedata
from functools import cached_property

import numpy as np
from rapidfuzz.distance import OSA

from agentassist.retrieval.korean import MORPHEME, is_hangul
from agentassist.retrieval.postings import Segment

_SHORTEST = 4
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
        letters = _letters(term)
        most = errors_allowed(term)
        if not most or not len(self._segment.terms):
            return []
        found = []
        for place in self._sifted(letters, most):
            known = _letters(self._segment.term(place))
            distance = OSA.distance(letters, known, score_cutoff=most)
            if distance <= most:
                found.append((distance, letters[0] != known[0], -self._segment.frequency(place), place))
        found.sort()
        return [place for distance, _, _, place in found[:_MOST] if distance == found[0][0]]

    def _sifted(self, letters: str, most: int) -> list[int]:
        lengths, sets = self._signatures
        length, letter_set = _signature(letters)
        near = np.abs(lengths - np.int16(length)) <= most
        near &= np.bitwise_count(sets ^ letter_set) <= 2 * most
        places: list[int] = np.flatnonzero(near)[:_MOST_SIFTED].tolist()
        return places

    @cached_property
    def _signatures(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the number of letters of each term, int16 (-99: no word), and their set."""
        lengths, sets = _latin_signatures(self._segment.terms)
        for place in self._segment.between(MORPHEME + "가", MORPHEME + "힣"):
            letters = _letters(self._segment.term(place))
            lengths[place], sets[place] = _signature(letters)
        return lengths, sets


def errors_allowed(term: str) -> int:
    """Return how many errors a term may have: none in a code, a short word, a pair."""
    if _is_morpheme(term):
        return min(2, (len(term) - 1) // 2)
    if len(term) < _SHORTEST or not term.isalpha() or is_hangul(term[-1]):
        return 0
    return 2 if len(term) >= _TWO_ERRORS_FROM else 1


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


def _latin_signatures(terms: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    raw = np.ascontiguousarray(terms).view(np.uint8).reshape(len(terms), -1)
    lengths = np.count_nonzero(raw, axis=1).astype(np.int16)
    plain = (raw[:, 0] >= ord("a")) & (raw[:, 0] <= ord("z")) & (lengths <= _LETTERS)
    sets = np.zeros(len(terms), dtype=np.uint64)
    for column in raw.T[:_LETTERS]:
        bits = np.left_shift(np.uint64(1), (column & _BITS).astype(np.uint64))
        sets |= np.where(column > 0, bits, np.uint64(0))
        plain &= (column < ord("0")) | (column > ord("9")) | (column == 0)
    lengths[~plain] = -99
    return lengths, sets
