# SPDX-License-Identifier: Apache-2.0
"""Texts to weighted terms: shared by the index, the marked words and the language check.

English words are stemmed (Snowball). A Korean word gives its bigrams, with less weight
where they only touch a particle or an ending, and with lighter terms for its stem, its
beginning and its syllables: that comes close to a morphological analysis without one.
A code such as `AX-4410/7` gives its parts and the whole without its separators.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from threading import local

import Stemmer

from agentassist.retrieval.stop_words import KOREAN_STOP_WORDS, PARTICLES, STOP_WORDS

_HANGUL = "가-힣"
_OTHER_CJK = "぀-ヿ㐀-䶿一-鿿"
_RUN = re.compile(
    rf"[{_HANGUL}]+|[{_OTHER_CJK}]+|[^\W_{_HANGUL}{_OTHER_CJK}]+(?:['’][a-z]{{1,3}}\b)?"
)
# Possessive, and only from the start of a word: linear on a megabyte without a space.
_CODE = re.compile(r"(?<![^\W_])[^\W_]++(?:[-./_#][^\W_]++)++")
_POSSESSIVE = re.compile(r"['’]s?$|['’](?=[a-z])")
_LETTER = re.compile(r"[^\W\d_]")
_HANGUL_LETTER = re.compile(rf"[{_HANGUL}ᄀ-ᇿㄱ-ㆎ]")

LONGEST_TERM = 32
LONGEST_QUERY = 8000
_KOREAN_SHARE = 0.2
_ENDING = 0.3
_STEM = 0.5
_START = 0.5
_SYLLABLE = 0.4


class Language(Enum):
    """What a script can tell; Latin script may be any language of Europe."""

    KOREAN = "ko"
    LATIN = "latin"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits as it stands in the text, from `start` to `end`."""

    surface: str
    start: int
    end: int


def mendable(text: str) -> str:
    """Return the text with what cannot be encoded (lone surrogates) and NUL replaced."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")


def query_text(text: str) -> str:
    """Return what is read of a query, fit to be encoded: a megabyte answers like a page."""
    return mendable(text[:LONGEST_QUERY])


def normalise(text: str) -> str:
    """Return the text in NFKC and lower case: what terms are cut from."""
    return unicodedata.normalize("NFKC", mendable(text)).lower()


def language_of(text: str) -> Language:
    """Tell the language by script: Korean from one letter in five that is Hangul."""
    letters = _LETTER.findall(text)
    if not letters:
        return Language.NONE
    hangul = len(_HANGUL_LETTER.findall(text))
    if hangul >= _KOREAN_SHARE * len(letters):
        return Language.KOREAN
    latin = sum(letter < "ɐ" for letter in letters)
    return Language.LATIN if latin * 2 > len(letters) else Language.OTHER


def spoken_by(languages: tuple[str, ...], text: str) -> bool:
    """Tell whether a model for these languages may vote on a text."""
    match language_of(text):
        case Language.KOREAN:
            return "ko" in languages
        case Language.LATIN:
            return any(language not in _NOT_LATIN for language in languages)
        case Language.OTHER:
            return len(languages) > 1
        case Language.NONE:
            return False


_NOT_LATIN = {"ko", "ja", "zh", "ar", "ru", "he", "hi", "th", "el", "uk", "bg"}


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, as they are written."""
    for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)?", text):
        yield Word(match.group(), match.start(), match.end())


class Analyzer:
    """Cuts texts into terms. One for each thread of work is cheap; `terms` is safe in all."""

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}
        self._local = local()

    def terms(self, text: str) -> dict[str, float]:
        """Return the terms of a text with their weighted counts, without stop words."""
        normal = normalise(text)
        terms: dict[str, float] = defaultdict(float)
        for run in _RUN.findall(normal):
            if "가" <= run[0] <= "힣":
                _add_korean(terms, run)
            elif "぀" <= run[0] <= "鿿":
                for bigram in _bigrams(run):
                    terms[bigram] += 1
            elif (term := self._latin(run)) is not None:
                terms[term] += 1
        _add_codes(terms, normal)
        return terms

    def query_terms(self, text: str) -> dict[str, float]:
        """Return the terms of a query: a word said often counts by the logarithm."""
        return {
            term: count if count <= 1 else 1 + math.log(count)
            for term, count in self.terms(text).items()
        }

    def keys(self, word: str) -> frozenset[str]:
        """Return what makes two words the same for the reader: stems, not syllables."""
        found: set[str] = set()
        for run in _RUN.findall(normalise(word)):
            if "가" <= run[0] <= "힣":
                stem = strip_particle(run)
                if stem not in KOREAN_STOP_WORDS:
                    found.add(stem[:2] if len(stem) > 1 else stem)
            elif (term := self._latin(run)) is not None:
                found.add(term)
        return frozenset(found)

    def shared_words(self, query: str, text: str, limit: int = 12) -> tuple[str, ...]:
        """Return the words of `text`, as it writes them, that `query` has too: to be marked."""
        asked: set[str] = set()
        for word in words(query[:_MARKED_CHARACTERS]):
            asked |= self.keys(word.surface)
        found = (word.surface for word in words(text) if asked & self.keys(word.surface))
        return tuple(dict.fromkeys(found))[:limit]

    def _latin(self, run: str) -> str | None:
        """Return the term of a word in lower case, None for a stop word."""
        term = self._stems.get(run)
        if term is None:
            plain = _POSSESSIVE.sub("", run)[:LONGEST_TERM]
            stopped = plain in STOP_WORDS
            term = "" if stopped else plain if _has_digit(plain) else self._stemmer.stemWord(plain)
            if len(self._stems) < _REMEMBERED:
                self._stems[run] = term
        return term or None

    @property
    def _stemmer(self) -> "Stemmer.Stemmer":
        # A stemmer keeps a buffer of its own and must not be shared between threads.
        if not hasattr(self._local, "stemmer"):
            self._local.stemmer = Stemmer.Stemmer("english")
        return self._local.stemmer


_REMEMBERED = 200_000
_LONG_NUMBER = 4
_MARKED_CHARACTERS = 4000


def codes(text: str) -> frozenset[str]:
    """Return the part numbers, order numbers and error codes of a text, as terms.

    A code has a digit and is at least four characters long, or has a digit and a letter.
    """
    normal = normalise(text)
    found: dict[str, float] = defaultdict(float)
    found.update((run, 1) for run in _RUN.findall(normal) if _is_code(run))
    _add_codes(found, normal)
    return frozenset(found)


def _is_code(run: str) -> bool:
    digits = sum(character.isdigit() for character in run)
    return digits > 0 and (len(run) >= _LONG_NUMBER or (digits < len(run) and len(run) > 1))


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _add_codes(terms: dict[str, float], normal: str) -> None:
    for match in _CODE.findall(normal):
        if _has_digit(match):
            terms[re.sub(r"[-./_#]", "", match)[:LONGEST_TERM]] += 1


def _add_korean(terms: dict[str, float], run: str) -> None:
    stem = strip_particle(run)
    if stem in KOREAN_STOP_WORDS:
        return
    inside = max(2, len(stem))
    for start, bigram in enumerate(_bigrams(run)):
        terms[bigram] += 1 if start + 2 <= inside else _ENDING
    for place, syllable in enumerate(run):
        terms["1" + syllable] += _SYLLABLE * (1 if place < len(stem) else _ENDING)
    terms["^" + run[0]] += _START
    terms["p" + run[:2]] += _START
    terms["s" + stem[:LONGEST_TERM]] += _STEM


def _bigrams(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]


def strip_particle(word: str) -> str:
    """Return a Korean word without its particle or ending, at least two syllables of it."""
    for length in range(min(_LONGEST_PARTICLE, len(word) - 2), 0, -1):
        if word[-length:] in PARTICLES:
            return word[:-length]
    return word


_LONGEST_PARTICLE = max(map(len, PARTICLES))
