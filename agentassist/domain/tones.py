# SPDX-License-Identifier: Apache-2.0
"""One answer in three tones: calm, hurried (the deed first) and upset (the feeling first).

A tone chooses words, never an answer: conditions, the offers and the no of a refusal are in
all three. What has no room is left out in this order: the reason, then the longer feeling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agentassist.domain.facts import Text
from agentassist.domain.frames import frame
from agentassist.domain.verdict import Offer, Wording
from agentassist.domain.wording import CHARACTERS, WORDS

Frames = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Said:
    """What to say, by tone."""

    wording: Wording
    hurried: Wording
    upset: Wording

    def __iter__(self) -> Iterator[Wording]:
        return iter((self.wording, self.hurried, self.upset))


@dataclass(frozen=True, slots=True)
class Voice:
    """The frames of a bundle in one language; each method says one kind of answer."""

    frames: Frames
    language: str

    def yes(self, sentence: Text, conditions: Sequence[Text], *, signed: bool) -> Said:
        """Say yes, each condition as a sentence of its own, and that the lead signs."""
        parts = [text.say(self.language) for text in (sentence, *conditions) if text.en]
        calm = _joined(*parts, self._frame("signed") if signed else "")
        hurried = _joined(*parts, self._frame("hurried_signed") if signed else "")
        return Said(_both(calm), _both(hurried), self._felt("feeling_yes", (calm,)))

    def decline(self, offers: Sequence[Offer], reason: str) -> Said:
        """Say what can be done instead (one or two), then the reason."""
        offered = self._offered("", offers)
        told = _joined(offered, _sentence(reason))
        upset = self._felt("feeling_offer", (told, offered), (offered,))
        return Said(Wording(told, offered), _both(self._offered("hurried_", offers)), upset)

    def refuse(self, sentence: Text, paths: Sequence[Offer]) -> Said:
        """Say no plainly, then the safe path; in a hurry the one that comes soonest."""
        no = sentence.say(self.language)
        first = paths[0].text if paths else ""
        soonest = min(paths, key=lambda path: path.within_hours).text if paths else ""
        calm = _joined(no, self._frame("safe", first=first) if first else "")
        hurried = _joined(no, self._frame("hurried_safe", first=soonest) if soonest else "")
        return Said(_both(calm), _both(hurried), self._felt("feeling_safe", (calm,)))

    def ask(self, question: str) -> Said:
        """Ask for what is not known."""
        calm = self._frame("ask", question=question)
        hurried = self._frame("hurried_ask", question=question)
        return Said(_both(calm), _both(hurried), self._felt("feeling_ask", (calm,)))

    def _frame(self, name: str, **values: str) -> str:
        return frame(self.frames, name, self.language, **values)

    def _offered(self, tone: str, offers: Sequence[Offer]) -> str:
        if not offers:
            return ""
        number = "two" if len(offers) > 1 else "one"
        values = dict(zip(("first", "second"), (offer.text for offer in offers), strict=False))
        return self._frame(f"{tone}offer_{number}", **values)

    def _felt(self, feeling: str, said: Sequence[str], short: Sequence[str] = ()) -> Wording:
        """Put the feeling before what is said; of each the first that leaves room is taken."""
        brief = short or said
        long = next(filter(_sayable, self._felts(feeling, said)), None)
        fits = next(filter(_short, self._felts(feeling, brief)), brief[-1])
        return Wording(long or _joined(self._frame("feeling_short"), said[-1]), fits)

    def _felts(self, feeling: str, said: Iterable[str]) -> Iterator[str]:
        for body in said:
            yield _joined(self._frame(feeling), body)
            yield _joined(self._frame("feeling_short"), body)


def _sayable(text: str) -> bool:
    return len(text.split()) <= WORDS


def _short(text: str) -> bool:
    return len(text) <= CHARACTERS


def _both(sentence: str) -> Wording:
    return Wording(sentence, sentence)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."
