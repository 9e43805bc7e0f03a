# SPDX-License-Identifier: Apache-2.0
"""How alike two sentences are, by their words alone.

This answers while no model is there, and in the languages a model does not speak.
English compares word stems, Korean character pairs inside words without their endings and
particles; rare words weigh more. Cosine of tf-idf vectors, 0 to 1.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HANGUL = re.compile(r"[가-힣]")
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "a an the i i'm i'd i've me my we we'd our us you your it its it's this that is are am be "
        "was were do does did to of in on at for and or so but if please would like could can will "
        "just have has had got get with from there what when where which who how any some",
    )
)
_KOREAN_ENDING = re.compile(
    r"(?:싶(?:어요?|은데요?|습니다|지)|않(?:아요|습니다)|주(?:세요|실|시겠어요)|있(?:나요|을까요|습니까)"
    r"|없(?:나요|을까요)|되(?:나요|는지)|될까요|하(?:고|려고요?|는데|나요|게|실)|할까?요?|해요?|했(?:어요|는데)"
    r"|합니다|부탁(?:드(?:려요|립니다))?|가능(?:한가요|할까요)|인(?:가요|데요?)|[이에]에?요|나요|까요|습니다"
    r"|어요|아요|던데요|은데요|는데요?|을|를|이|가|은|는|에|에서|도|의|로|으로|랑|좀|혹시|제|수|걸|거|것)$"
)
_ENDINGS = ("ing", "ed", "es", "s", "e")


def has_korean(text: str) -> bool:
    """True when any syllable of the text is Korean."""
    return _HANGUL.search(text) is not None


def terms(text: str) -> list[str]:
    """Split folded text into what is compared."""
    return [term for word in _WORD.findall(text) for term in _parts(word)]


def _parts(word: str) -> Iterable[str]:
    if has_korean(word):
        word = _KOREAN_ENDING.sub("", _KOREAN_ENDING.sub("", word))
        return [] if not word else [word[at : at + 2] for at in range(max(1, len(word) - 1))]
    return [] if word in _COMMON else [_stem(word)]


def _stem(word: str) -> str:
    shortest = 4
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= shortest - 1:
            return word[: -len(ending)]
    return word


class Likeness:
    """Compares with weights learnt from the sentences it is given; it is immutable.

    Sentences are found by the terms they share with a text, so that thousands of them take
    a millisecond.
    """

    def __init__(self, corpus: Iterable[str]) -> None:
        texts = list(dict.fromkeys(corpus))
        counted = [Counter(terms(text)) for text in texts]
        counts = Counter(term for document in counted for term in document)
        self._most = math.log(1 + len(counted))
        self._weights = {term: math.log(1 + len(counted) / count) for term, count in counts.items()}
        self._rows = {text: row for row, text in enumerate(texts)}
        self._found: dict[str, list[tuple[int, float]]] = {}
        for row, document in enumerate(counted):
            for term, weight in self._unit(document).items():
                self._found.setdefault(term, []).append((row, weight))

    def __call__(self, text: str, sentences: Sequence[str]) -> list[float]:
        """Return how alike `text` is to each sentence."""
        mine = self._unit(Counter(terms(text)))
        scores = self._scores(mine)
        known = self._rows.get
        return [
            scores[row] if (row := known(x)) is not None else self._apart(mine, x)
            for x in sentences
        ]

    def _scores(self, mine: Mapping[str, float]) -> list[float]:
        """Return the cosine with each known sentence."""
        scores = [0.0] * len(self._rows)
        # In one order, so that equal words give equal sums.
        for term, weight in sorted(mine.items()):
            for row, other in self._found.get(term, ()):
                scores[row] += weight * other
        return [score if score < 1.0 else 1.0 for score in scores]

    def _apart(self, mine: Mapping[str, float], sentence: str) -> float:
        other = self._unit(Counter(terms(sentence)))
        found = math.fsum(weight * other.get(term, 0.0) for term, weight in mine.items())
        return min(1.0, found)

    def _unit(self, counted: Mapping[str, int]) -> dict[str, float]:
        """Return the weights of the terms of a text, as a vector of length 1."""
        known = self._weights.get
        raw = {term: count * known(term, self._most) for term, count in counted.items()}
        length = math.hypot(*raw.values())
        return {term: weight / length for term, weight in raw.items()} if length else {}
