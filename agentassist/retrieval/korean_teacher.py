# SPDX-License-Identifier: Apache-2.0
"""Ask kiwipiepy about Korean words once, in a child process that gives its memory back.

`learn` starts `python -m agentassist.retrieval.korean_teacher`; the child reads one word a
line and prints a lexicon. Words are read one by one, without their sentence: that costs
nothing in search quality, and the work grows with the vocabulary instead of the texts.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, TextIO

from agentassist.errors import Cancelled, Unavailable
from agentassist.retrieval.korean_lexicon import KoreanLexicon, Piece

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_MODULE = "agentassist.retrieval.korean_teacher"
# Nouns, roots, verbs, adjectives, adverbs, numerals: what a question can be found by.
_MEANING = {"NNG", "NNP", "NR", "XR", "VV", "VA", "MAG", "SL", "SN", "SH"}
# Inside a word they belong to what comes before the ending, and say nothing alone.
_CARRIED = {"NNB", "NP", "MM", "XPN", "XSN"}
_LOOK_SECONDS = 0.2
_POLITENESS = 10


class Morpheme(NamedTuple):
    """A morpheme of a word: dictionary form, part of speech, and where its surface lies."""

    form: str
    tag: str
    start: int
    end: int


def available() -> bool:
    """Tell whether the analyser is installed where a child process can use it."""
    return find_spec("kiwipiepy") is not None and not getattr(sys, "frozen", False)


def learn(words: Iterable[str], cancelled: Callable[[], bool] = lambda: False) -> KoreanLexicon:
    """Return the lexicon of these words. Blocks for seconds, in a process of its own.

    Raises:
        Unavailable: the analyser is not installed, or its process failed.
        Cancelled: `cancelled` answered True; the process is ended.
    """
    if not available():
        raise Unavailable("The Korean analyser is not installed: pip install agentassist[korean].")
    try:
        return KoreanLexicon.from_json(_answer("\n".join(words), cancelled))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Unavailable("The Korean analyser failed: {reason}", reason=str(fault)) from fault


def _answer(words: str, cancelled: Callable[[], bool]) -> str:
    """Return what the child prints for these words.

    Raises:
        OSError or ValueError: it does not start, or ends early.
        Cancelled: as above.
    """
    # A file and not a pipe: more words than a pipe holds would wait for each other.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as asked:
        asked.write(words)
        asked.seek(0)
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-X", "utf8", "-m", _MODULE],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as child:
            answer, complaint = _heard(child, cancelled)
    if child.returncode:
        raise ValueError(complaint.strip()[-200:] or f"status {child.returncode}")
    return answer


def _heard(child: "subprocess.Popen[str]", cancelled: Callable[[], bool]) -> tuple[str, str]:
    while True:
        try:
            return child.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if cancelled():
                child.kill()
                raise Cancelled from None


class Lessons:
    """Gathers what an analyser says of words, and makes a lexicon of it."""

    def __init__(self) -> None:
        self._pieces: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        self._endings: Counter[str] = Counter()

    def add(self, word: str, morphemes: Sequence[Morpheme]) -> None:
        """Take note of one word, all of it Hangul."""
        inside = [one for one in morphemes if one.tag in _MEANING or one.tag in _CARRIED]
        end = max((one.end for one in inside), default=0)
        for one in inside:
            if one.end > one.start:
                self._pieces[word[one.start : one.end]][_meaning([one])] += 1
        if inside and inside[0].start == 0:
            self._pieces[word[:end]][_meaning(inside)] += 1
        if not inside or inside[0].start == 0:
            self._endings[word[end:]] += 1

    def lexicon(self) -> KoreanLexicon:
        """Return the lexicon: for each piece what it was most often made of."""
        pieces = {
            text: Piece(sum(readings.values()), readings.most_common(1)[0][0])
            for text, readings in self._pieces.items()
        }
        return KoreanLexicon(pieces, self._endings)


def _meaning(morphemes: Iterable[Morpheme]) -> tuple[str, ...]:
    return tuple(one.form for one in morphemes if one.tag in _MEANING)


def _analysed(kiwi: "Kiwi", word: str) -> list[Morpheme]:
    # A tag may name its conjugation too: VV-R and VV-I are VV.
    return [
        Morpheme(token.form, str(token.tag).partition("-")[0], token.start, token.end)
        for token in kiwi.tokenize(word)
    ]


def main(source: TextIO, target: TextIO) -> None:
    """Read words, print their lexicon: what the child does."""
    from kiwipiepy import Kiwi  # noqa: PLC0415 - heavy, and only in the child

    if hasattr(os, "nice"):
        os.nice(_POLITENESS)
    # Names of several words (200 MB of them) cannot stand in one word.
    kiwi = Kiwi(num_workers=1, load_multi_dict=False)
    lessons = Lessons()
    for line in source:
        word = line.strip()
        lessons.add(word, _analysed(kiwi, word))
    target.write(lessons.lexicon().to_json())


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
