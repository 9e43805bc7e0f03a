# SPDX-License-Identifier: Apache-2.0
"""Protected policies are found by their words, whatever a model makes of the sentence.

The object alone gives a quiet chip. An act close to it, or pressure beside it, shows the
prompt. Nothing silences a detector: neither negation nor quotation marks.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from agentassist.domain.policy import ProtectedPolicy
from agentassist.domain.utterance import disguised, normalise
from agentassist.domain.verdict import Match, Pressure

_NEAR = 6
_LONG = 6
_LONG_KOREAN = 3
_ALIKE = 0.85
_MOST = 40  # objects in one text: the act is near one of the first, or it is noise

Likeness = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Detected:
    """A protected policy, how loudly, and the words that gave it away."""

    policy_id: str
    match: Match
    evidence: str


@dataclass(frozen=True, slots=True)
class Detector:
    """Finds the words of one protected policy; `counter` are sentences that are harmless."""

    policy_id: str
    act: re.Pattern[str]
    object: re.Pattern[str]
    counter: tuple[str, ...] = ()

    def find(self, texts: Iterable[str], *, pressed: bool) -> Detected | None:
        """Look for the object, and for an act near it, in the forms of one utterance."""
        found = [detected for text in texts if (detected := self._in(text, pressed=pressed))]
        return min(found, key=lambda x: x.match is not Match.SHOW, default=None)

    def _in(self, text: str, *, pressed: bool) -> Detected | None:
        objects = list(islice(self.object.finditer(text), _MOST))
        if not objects:
            return None
        for thing in objects:
            if act := self.act.search(_around(text, thing)):
                return Detected(self.policy_id, Match.SHOW, f"{act[0]} … {thing[0]}")
        loud = Match.SHOW if pressed else Match.OFFER
        return Detected(self.policy_id, loud, objects[0][0])


def detector(policy: ProtectedPolicy) -> Detector:
    """Make the detector of a policy."""
    counter = (normalise(text) for text in chain(*policy.counter.values()))
    return Detector(policy.id, _words(policy.act), _words(policy.object), tuple(counter))


def detect(
    detectors: Iterable[Detector],
    text: str,
    pressure: Sequence[Pressure] = (),
    likeness: Likeness | None = None,
) -> list[Detected]:
    """Return the protected policies whose words are in a folded utterance.

    What says nearly the same as a counter-example, without pressure, is a chip at most.
    """
    forms = dict.fromkeys((text, disguised(text)))
    found = []
    for one in detectors:
        detected = one.find(forms, pressed=bool(pressure))
        if detected is None:
            continue
        if not pressure and likeness is not None and _is_harmless(one, text, likeness):
            detected = Detected(one.policy_id, Match.OFFER, detected.evidence)
        found.append(detected)
    return found


def _is_harmless(one: Detector, text: str, likeness: Likeness) -> bool:
    return max(likeness(text, one.counter), default=0.0) >= _ALIKE


def _around(text: str, thing: re.Match[str]) -> str:
    """Return the words before and after a match; the match itself is left out."""
    before = " ".join(text[: thing.start()].split()[-_NEAR:])
    after = " ".join(text[thing.end() :].split()[:_NEAR])
    return f"{before} ¦ {after}"


def _words(by_language: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Match English at word boundaries with its endings, Korean anywhere in a word."""
    words = [word for words in by_language.values() for word in words]
    latin = [_latin(word) for word in words if word.isascii()]
    parts = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] if latin else []
    other = [_korean(word) for word in words if not word.isascii()]
    return re.compile("|".join([*parts, *other]) or r"(?!)")


def _latin(word: str) -> str:
    """Allow endings, and in long words anything between the letters but letters."""
    folded = normalise(word)
    if folded.isalpha() and len(folded) >= _LONG:
        return rf"{_between(folded)}(?:s|es|ed|d|ing)?"
    flexible = re.escape(folded).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]*")
    return rf"{flexible}(?:s|es|ed|d|ing)?"


def _korean(word: str) -> str:
    folded = normalise(word).replace(" ", "")
    if folded.isalpha() and len(folded) >= _LONG_KOREAN:
        return _between(folded)
    return re.escape(normalise(word)).replace(r"\ ", r"\s*")


def _between(word: str) -> str:
    return r"[\W_]{0,2}".join(word)
