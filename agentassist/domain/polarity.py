# SPDX-License-Identifier: Apache-2.0
"""How a request is meant, by its words: to a model, "refund" and "no refund" are nearly one.

A refusal holds for its clause; a hypothesis, a report and a wish of somebody else hold for
their sentence. What cannot be told is a plain question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agentassist.domain import polarity_words as words
from agentassist.domain.utterance import clauses, sentences
from agentassist.domain.verdict import Polarity

_MOST = 6
_QUOTED = 3  # words: fewer between marks are stressed, not quoted
_ASKED: Polarity = Polarity.ASKS
_TOLD = frozenset({Polarity.PAST, Polarity.QUOTED})


@dataclass(frozen=True, slots=True)
class Said:
    """A clause, or the whole utterance, and how it is meant.

    `wry`: not meant as it sounds. `told`: done or only reported, and no wish is left.
    `part`: one of several clauses; `wish`: it asks for something by its own words.
    """

    text: str
    polarity: Polarity = Polarity.ASKS
    wry: bool = False
    told: bool = False
    part: bool = False
    wish: bool = True


def read(text: str) -> tuple[Said, ...]:
    """Read a folded utterance: the whole first where it has several clauses."""
    parts = [said for sentence in sentences(text) for said in _sentence(sentence)][-_MOST:]
    found = [replace(x, told=x.polarity in _TOLD and not _wishes(x, parts)) for x in parts]
    if len(found) > 1:
        meant = next((x.polarity for x in found if x.polarity is not _ASKED), _ASKED)
        wry, told = any(x.wry for x in found), all(x.told for x in found)
        parts_of = (
            replace(x, part=True, wish=words.ASKS.search(x.text) is not None) for x in found
        )
        return (Said(text, meant, wry, told), *parts_of)
    return tuple(found)


def _sentence(sentence: str) -> list[Said]:
    """Read one sentence; words between quotation marks are a clause of their own."""
    wry = words.WRY.search(sentence) is not None
    held = _held(sentence)
    plain = words.QUOTES.sub(_stressed, sentence)
    own = plain.startswith(tuple(words.MARKS)) and words.QUOTES.fullmatch(plain)
    found: list[Said] = []
    for part in words.QUOTES.split(plain):
        quoted = part[:1] in words.MARKS and not own and not words.OWN_WORDS.search(plain)
        for text in clauses(part.strip(words.MARKS)):
            meant = Polarity.QUOTED if quoted else _clause(text, held)
            found.append(Said(text, meant, wry))
    return found


def _stressed(found: re.Match[str]) -> str:
    """Return one or two words without the marks that only stress them."""
    inner = found[0].strip(words.MARKS)
    return inner if len(inner.split()) < _QUOTED else found[0]


def _held(sentence: str) -> Polarity:
    """Return what holds for all clauses of a sentence."""
    if words.HYPOTHETICAL.search(sentence):
        return Polarity.HYPOTHETICAL
    if words.OTHERS_WISH.search(sentence):
        return Polarity.FOR_OTHER
    return Polarity.ASKS


def _clause(text: str, held: Polarity) -> Polarity:
    if is_negated(text):
        return Polarity.REFUSES
    if words.REPORT.search(text) and not words.OWN_WORDS.search(text):
        return Polarity.QUOTED
    if held is Polarity.ASKS and words.PAST.search(text) and not words.ASKS.search(text):
        return Polarity.PAST
    return held


def _wishes(said: Said, all_of: Sequence[Said]) -> bool:
    """Tell whether a wish is left beside what was only told."""
    rest = (x.text for x in all_of if x.polarity not in _TOLD or x is said)
    return any(words.ASKS.search(text) for text in rest)


def polarity_of(text: str) -> Polarity:
    """Return how a folded sentence that stands alone is meant, such as an example."""
    parts = [said for sentence in sentences(text) for said in _sentence(sentence)]
    return next((x.polarity for x in parts if x.polarity is not _ASKED), _ASKED)


def is_negated(clause: str) -> bool:
    """True when a clause says that something is not wanted."""
    return words.REFUSES.search(plainly(clause)) is not None


def plainly(clause: str) -> str:
    """Return a clause without the negations that ask: can't I, 안 되나요, 할 수 없을까요."""
    return words.ASKING.sub(" ", clause)
