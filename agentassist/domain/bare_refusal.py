# SPDX-License-Identifier: Apache-2.0
"""A no with nothing beside it, in what an agent writes or says: English and Korean.

"We can't do that" is one; "no problem", "can't wait" and "안 되나요?" are not, nor is what
the customer said, nor a no that comes with something else to offer. It is better to miss one
than to nag: where the words can be read either way nothing is found.
"""

import re

from agentassist.domain.likeness import has_korean
from agentassist.domain.refusal_words import (
    CUSTOMER_SAYS,
    NO_REFUSAL_AFTER,
    NO_REFUSAL_BEFORE,
    OFFERED,
    QUESTION,
    REFUSALS,
)

LONGEST = 4_000
"""How much of the end of a text is read, in characters: a draft grows at its end."""

_QUOTED = re.compile(
    r"\"[^\"]{0,400}\"|“[^”]{0,400}”|「[^」]{0,400}」|(?<!\w)'[^'\n]{3,400}'(?!\w)"
)
_LINE_OF_CUSTOMER = re.compile(
    r"^[ \t]*(?:customer|client|caller|guest|cust\.?|고객(?:님)?)[ \t]*[:：].*$|^[ \t]*>.*$",
    re.IGNORECASE | re.MULTILINE,
)
_APOSTROPHES = str.maketrans("’‘`´", "''''")
_SENTENCE = re.compile(r"[^.!?。…\n]+[.!?。…]*")
_CLAUSE = re.compile(r"[,;:]|\s(?:but|and|so)\s|지만\s|는데\s")


def find_refusal(text: str) -> str:
    """Return the words that turn the customer down with nothing offered, empty for none."""
    own = _own_words(text[-LONGEST:])
    found = next((words for part in _SENTENCE.findall(own) if (words := _refusal(part))), "")
    beside = own.replace(found, " ") if found else ""
    return "" if OFFERED[_language(own)].search(beside) else found


def _own_words(text: str) -> str:
    """Leave out what somebody else said: quotations, and lines of a transcript."""
    plain = _LINE_OF_CUSTOMER.sub(" ", text.translate(_APOSTROPHES))
    return _QUOTED.sub(" ", plain)


def _refusal(sentence: str) -> str:
    language = _language(sentence)
    if QUESTION[language].search(sentence):
        return ""
    for found in REFUSALS[language].finditer(sentence):
        if not _turned(sentence, found, language):
            return found[0].strip()
    return ""


def _turned(sentence: str, found: re.Match[str], language: str) -> bool:
    """Tell whether what stands around the words makes something else of them."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    clause = _CLAUSE.split(before)[-1]
    return (
        NO_REFUSAL_BEFORE[language].search(clause) is not None
        or NO_REFUSAL_AFTER[language].match(after) is not None
        or CUSTOMER_SAYS[language].search(sentence if language == "ko" else clause) is not None
    )


def _language(text: str) -> str:
    return "ko" if has_korean(text) else "en"
