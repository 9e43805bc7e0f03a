# SPDX-License-Identifier: Apache-2.0
"""Words alone: BM25 of a library, over stems, over Korean bigrams and over morphemes."""

import re
from collections.abc import Callable, Sequence
from functools import cache

import bm25s
import numpy as np
import Stemmer

Tokenize = Callable[[str], list[str]]

_WORD = re.compile(r"\w+")
_LONGER_WORD = re.compile(r"\w\w+")
# Nouns, verbs, adjectives, roots, foreign words and numbers, by the tags of Sejong.
_CONTENT = ("N", "V", "XR", "SL", "SH", "SN", "MAG")
_FUNCTION = ("VX", "VCP", "VCN", "NNB", "NP")


def bm25(tokenize: Tokenize, documents: Sequence[str], queries: Sequence[str]) -> np.ndarray:
    """Return the BM25 (Lucene's variant) of every document for every query, [queries, n]."""
    index = bm25s.BM25(method="lucene")
    index.index([tokenize(one) or [""] for one in documents], show_progress=False)
    known = index.vocab_dict
    scores = np.zeros((len(queries), len(documents)), dtype=np.float32)
    for row, query in enumerate(queries):
        asked = [token for token in tokenize(query) if token in known]
        if asked:
            scores[row] = index.get_scores(asked)
    return scores


def stems(text: str) -> list[str]:
    """Return the English stems of the words of two letters and more."""
    # Stop words stay: BM25 weighs them by itself, and was a little better with them.
    found: list[str] = _stemmer().stemWords(_LONGER_WORD.findall(text.lower()))
    return found


def spaced(text: str) -> list[str]:
    """Return the words between white space and signs."""
    return _WORD.findall(text.lower())


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbours in each word; a word of one character is itself."""
    return [pair for word in spaced(text) for pair in _pairs(word)]


def morphemes() -> Tokenize | None:
    """Return what finds the content morphemes of Korean, None where kiwipiepy is missing."""
    try:
        from kiwipiepy import Kiwi  # noqa: PLC0415  an addition that not everybody has
    except ImportError:
        return None
    kiwi = Kiwi(num_workers=1)

    def tokenize(text: str) -> list[str]:
        return [token.form.lower() for token in kiwi.tokenize(text) if _says_something(token.tag)]

    return tokenize


def _says_something(tag: str) -> bool:
    return tag.startswith(_CONTENT) and not tag.startswith(_FUNCTION)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(max(1, len(word) - 1))]


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
