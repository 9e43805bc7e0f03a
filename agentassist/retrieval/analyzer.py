# SPDX-License-Identifier: Apache-2.0
"""Texts to weighted terms: shared by the index, the marked words and the language check.

English words are stemmed (Snowball). Korean words are cut by `korean`, codes such as
`AX-4410/7` by `codes`: their parts, and the whole without its separators.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from threading import local

import Stemmer

from agentassist.retrieval.codes import LONGEST_TERM, codes_in, has_digit, joined
from agentassist.retrieval.korean import is_hangul, korean_terms, pairs, strip_particle
from agentassist.retrieval.korean_lexicon import KoreanLexicon
from agentassist.retrieval.stop_words import KOREAN_STOP_WORDS, STOP_WORDS

_HANGUL = "가-힣"
# Half a syllable: laughter, tears, or a word that is being typed.
_JAMO = "ᄀ-ᇿ"
_OTHER_CJK = "぀-ヿ㐀-䶿一-鿿"
_RUN = re.compile(
    rf"[{_HANGUL}]+|[{_OTHER_CJK}]+|[^\W_{_HANGUL}{_JAMO}{_OTHER_CJK}]+(?:['’][a-z]{{1,3}}\b)?"
)
_KOREAN_RUN = re.compile(rf"[{_HANGUL}]+")
_POSSESSIVE = re.compile(r"['’]s?$|['’](?=[a-z])")
_LETTER = re.compile(r"[^\W\d_]")
_HANGUL_LETTER = re.compile(rf"[{_HANGUL}{_JAMO}ㄱ-ㆎ]")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–−﹣－"), "-")
# They are not seen and stand inside words: soft hyphens, joiners, marks of direction.
_UNSEEN = dict.fromkeys([0xAD, 0x34F, 0x61C, 0xFEFF, *range(0x200B, 0x2010)]) | dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)

LONGEST_QUERY = 8000
_KOREAN_SHARE = 0.2
# A Korean word has several terms; beside it, one of Latin script would go under.
_BESIDE_KOREAN = 2.0


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
    """Return the text in NFKC and lower case, without what is not seen: terms are cut from it."""
    plain = mendable(text).translate(_UNSEEN)
    lower = unicodedata.normalize("NFKC", plain).lower()
    return unicodedata.normalize("NFKC", lower).translate(_DASHES)


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
    return speaks(languages, language_of(text))


def speaks(languages: tuple[str, ...], language: Language) -> bool:
    """Tell whether a model for these languages may vote on what is in one by its script."""
    match language:
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
    """Cuts texts into terms. One for each thread of work is cheap; `terms` is safe in all.

    With a lexicon Korean words give their morphemes. An index and the questions to it
    must be cut by the same lexicon, which therefore is kept with the index.
    """

    def __init__(self, lexicon: KoreanLexicon | None = None) -> None:
        self.lexicon = lexicon
        self._stems: dict[str, str] = {}
        self._local = local()

    def taught(self, lexicon: KoreanLexicon | None) -> "Analyzer":
        """Return an analyzer that cuts Korean words by `lexicon`."""
        return Analyzer(lexicon)

    def terms(self, text: str) -> dict[str, float]:
        """Return the terms of a text with their weighted counts, without stop words."""
        return self._weighed(normalise(text), 1.0)

    def query_terms(self, text: str) -> dict[str, float]:
        """Return the terms of a query: a word said often counts by the logarithm."""
        normal = normalise(text)
        other = _BESIDE_KOREAN if _KOREAN_RUN.search(normal) else 1.0
        return {
            term: count if count <= 1 else 1 + math.log(count)
            for term, count in self._weighed(normal, other).items()
        }

    def _weighed(self, normal: str, other: float) -> dict[str, float]:
        """Return the terms; those that are not Korean count `other` each time."""
        terms: dict[str, float] = defaultdict(float)
        for run in _RUN.findall(normal):
            if is_hangul(run[0]):
                for term, weight in korean_terms(run, self.lexicon):
                    terms[term] += weight
            else:
                for term in self._plain(run):
                    terms[term] += other
        for term in joined(normal):
            terms[term] += other
        return terms

    def _plain(self, run: str) -> Sequence[str]:
        if "぀" <= run[0] <= "鿿":
            return pairs(run)
        term = self._latin(run)
        return () if term is None else (term,)

    def keys(self, word: str) -> frozenset[str]:
        """Return what makes two words the same for the reader: stems, not syllables."""
        found: set[str] = set()
        for run in _RUN.findall(normalise(word)):
            if is_hangul(run[0]):
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
            term = "" if stopped else plain if has_digit(plain) else self._stemmer.stemWord(plain)
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
_MARKED_CHARACTERS = 4000


def codes(text: str) -> frozenset[str]:
    """Return the codes and addresses of a text, as terms."""
    return codes_in(normalise(text))


def korean_words(text: str) -> Iterator[str]:
    """Yield the runs of Hangul of a text that may have morphemes to be known."""
    yield from _KOREAN_RUN.findall(normalise(text))
