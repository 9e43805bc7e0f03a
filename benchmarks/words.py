# SPDX-License-Identifier: Apache-2.0
"""Text to fill databases with: sentences of real articles, mixed so that no two are alike."""

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from agentassist.places import samples

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_FEWEST_WORDS = 5
_MOST_WORDS = 30
_CHANGED = 0.25


class Sentences:
    """Sentences with every fourth word replaced, drawn with their natural frequency.

    Each sentence may end with a code that no other has, as order and part numbers do: a
    vocabulary that grows with the text, and not the few thousand words of the samples.
    """

    def __init__(self, texts: list[str], seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._sentences = [words for text in texts for words in _split(text)]
        self._words = [word for words in self._sentences for word in words]

    def one(self) -> str:
        """Return a new sentence."""
        words = list(self._random.choice(self._sentences))
        for place in range(len(words)):
            if self._random.random() < _CHANGED:
                words[place] = self._random.choice(self._words)
        return " ".join(words)

    def several(self, count: int) -> str:
        """Return a paragraph of `count` sentences with one code in it."""
        code = f"{self._random.choice('ABCDEFGHKLM')}{self._random.randrange(10**6):06}"
        return f"{' '.join(self.one() for _ in range(count))} See {code}."


def english() -> list[str]:
    """Return the bodies of the English sample articles, and of a corpus that is given.

    AGENTASSIST_EVAL may name a folder with `kb/*/corpus.jsonl`, a `text` in each line.
    """
    folder = samples() / "en"
    texts = [_body(path) for path in sorted(folder.rglob("*.md"))]
    if given := os.environ.get("AGENTASSIST_EVAL"):
        texts += _corpora(Path(given))
    return texts


def _corpora(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("kb/*/corpus.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]


def _body(path: Path) -> str:
    return path.read_text(encoding="utf-8").split("---", 2)[-1]


def _split(text: str) -> Iterator[list[str]]:
    for sentence in _SENTENCE_END.split(text):
        words = re.sub(r"[#*_|`\[\]()]", " ", sentence).split()
        if _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
            yield words
