# SPDX-License-Identifier: Apache-2.0
"""How a request is meant, by its words: to a model, "refund" and "no refund" are nearly one.

A refusal holds for its clause; a hypothesis, a report and a wish of somebody else hold for
their sentence. What cannot be told is a plain question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agentassist.domain import polarity_words as words
from agentassist.domain.negation import negates
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
    `wish`: it asks for something by its own words; `trouble`: it says what went wrong.
    `part`: one of several clauses.
    """

    text: str
    polarity: Polarity = Polarity.ASKS
    wry: bool = False
    told: bool = False
    wish: bool = False
    trouble: bool = False
    part: bool = False


def read(text: str) -> tuple[Said, ...]:
    """Read a folded utterance: the whole first where it has several clauses."""
    parts = _parts(text)[-_MOST:]
    found = [replace(x, told=x.polarity in _TOLD and not _left(x, parts)) for x in parts]
    if len(found) == 1:
        return tuple(found)
    return (*_whole(text, found), *(replace(x, part=True) for x in found))


def _whole(text: str, parts: Sequence[Said]) -> list[Said]:
    """Return all that was said as one: as meant as the least meant of its clauses."""
    if not parts:
        return []
    meant = next((x.polarity for x in parts if x.polarity is not _ASKED), _ASKED)
    told = all(x.told for x in parts)
    wry, wish = any(x.wry for x in parts), any(x.wish for x in parts)
    return [Said(text, meant, wry, told, wish, any(x.trouble for x in parts))]


def _parts(text: str) -> list[Said]:
    """Return the clauses; "just asking" holds for all that was said."""
    parts = [said for sentence in sentences(text) for said in _sentence(sentence)]
    if not words.ASIDE.search(text):
        return parts
    return [
        replace(x, polarity=Polarity.HYPOTHETICAL) if x.polarity is _ASKED else x for x in parts
    ]


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
            wish = words.ASKS.search(text) is not None
            trouble = words.PROBLEM.search(text) is not None
            found.append(Said(text, meant, wry, wish=wish, trouble=trouble))
    if found and sentence.endswith("?"):
        found[-1] = replace(found[-1], wish=True)
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


def _left(said: Said, all_of: Sequence[Said]) -> bool:
    """Tell whether a wish is left beside what was only told, or in it."""
    rest = (x for x in all_of if x.polarity not in _TOLD or x is said)
    return any(x.wish or x.trouble for x in rest)


def polarity_of(text: str) -> Polarity:
    """Return how a folded sentence that stands alone is meant, such as an example."""
    return next((x.polarity for x in _parts(text) if x.polarity is not _ASKED), _ASKED)


def asks(text: str) -> bool:
    """Tell whether a folded sentence that stands alone asks for something by its own words."""
    return any(x.wish for x in _parts(text))


def is_negated(clause: str) -> bool:
    """True when a clause says that something is not wanted."""
    return words.REFUSES.search(plainly(clause)) is not None


def denial(text: str) -> tuple[bool, bool]:
    """Return whether a folded text negates, and whether it denies or complains of something."""
    plain = plainly(text)
    return words.NOT.search(plain) is not None, negates(plain)


def plainly(clause: str) -> str:
    """Return a clause without the negations that ask: can't I, 안 되나요, 할 수 없을까요."""
    return words.ASKING.sub(" ", clause)
