# SPDX-License-Identifier: Apache-2.0
"""The sentence an agent can say: what we can do first, in few words.

At most 35 words for the ear and 140 characters for short channels. A refusal says no
plainly and kindly, then the safe path.
"""

import re
from collections.abc import Sequence

from agentassist.domain.facts import Text
from agentassist.domain.verdict import Wording

WORDS = 35
CHARACTERS = 140

_OFFER_ONE = Text("I can offer you {first}.", "지금 해 드릴 수 있는 것은 {first}입니다.")
_OFFER_TWO = Text(
    "I can offer you {first}, or {second}.",
    "지금 해 드릴 수 있는 것은 {first} 또는 {second}입니다.",
)
_SAFE = Text("The safe way: {first}.", "안전한 방법은 {first}입니다.")
_LEAD = Text("My lead signs it now.", "책임자가 바로 승인해 드립니다.")

_HARD = re.compile(
    r"\b(no|nope|cannot|unfortunately|(?:our|the|company) (?:policy|rules)|as i said|"
    r"other customers)\b|\b(?:ca|wo)n['’]t\b|\bcan not\b"
    r"|안 ?됩니다|안 ?돼요|불가|못 ?(?:합니다|해)|유감|정책상|규정상|방침상|말씀드렸듯이|다른 고객",
    re.IGNORECASE,
)
_HOLLOW = re.compile(
    r"^\W*$|\b(?:never|sorry|wait|nothing|none|n/a)\b"
    r"|\b(?:see|visit|check) (?:the|our) (?:web)?site"
    r"|기다려|기다리|홈페이지.{0,4}(?:확인|참고)|죄송|없습니다|없음",
    re.IGNORECASE,
)


def yes(sentence: Text, conditions: Sequence[Text], language: str, *, signed: bool) -> Wording:
    """Say yes, each condition as a sentence of its own, and that the lead signs."""
    parts = [sentence, *conditions, *([_LEAD] if signed else [])]
    return _both(" ".join(part.say(language) for part in parts if part.en))


def decline(offers: Sequence[str], reason: str, language: str) -> Wording:
    """Say what can be done instead (one or two), then the reason."""
    frame = _OFFER_TWO if len(offers) > 1 else _OFFER_ONE
    first, second = (*offers, "")[:2]
    short = frame.say(language).format(first=first, second=second)
    return Wording(f"{short} {_sentence(reason)}", short)


def refuse(sentence: Text, path: str, language: str) -> Wording:
    """Say no plainly, then the safe path."""
    return _both(f"{sentence.say(language)} {_SAFE.say(language).format(first=path)}")


def ask(sentence: str) -> Wording:
    """Ask for the missing fact."""
    return _both(sentence)


def _both(sentence: str) -> Wording:
    return Wording(sentence, sentence)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def is_hollow(text: str) -> bool:
    """True for an offer that offers nothing: empty, never, wait, see the website, sorry."""
    return _HOLLOW.search(text) is not None


def hard_words(text: str) -> str:
    """Return the first words that close the door on a customer, empty when there are none."""
    found = _HARD.search(text)
    return found[0] if found else ""


def excess(wording: Wording) -> str:
    """Say by how much a wording is too long, empty when it is not."""
    words = len(wording.long.split())
    if words > WORDS:
        return f"{words} words, at most {WORDS}"
    letters = len(wording.short)
    return f"{letters} characters, at most {CHARACTERS}" if letters > CHARACTERS else ""
