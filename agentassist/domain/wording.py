# SPDX-License-Identifier: Apache-2.0
"""What a sentence to say may not be: a closed door, hollow, or too long.

At most 35 words for the ear and 140 characters for short channels. A refusal is the one
sentence that says no; how it says it is looked at all the same.
"""

import re

from agentassist.domain.verdict import Wording

WORDS = 35
CHARACTERS = 140

_NO = (
    r"\b(?:nope|cannot|can not|unable to|not able to|impossible|not (?:possible|allowed))\b",
    r"\bno\b(?! matter)|\b(?:ca|wo)n['’]t\b|\bI['’]m afraid\b",
    r"안 ?됩니다|안 ?돼요|안 ?되세요|불가|못 ?(?:합니다|해|드립니다)| 수(?:가|는)? 없",
    r"어렵습니다|어려우[세십]",
)
_COLD = (
    r"\bunfortunately\b|유감",
    r"\b(?:our|the|company|per|by|against|store|hotel|bank) (?:polic(?:y|ies)|rules?)\b",
    r"정책상|규정상|방침상|원칙상|내규|회사 (?:정책|규정|방침)",
    r"\b(?:as|like) I(?:['’]ve| have)? (?:already )?(?:said|told|mentioned|explained)\b",
    r"\bI(?:['’]ve| have)? already (?:said|told)\b|말씀 ?드렸",
    r"\b(?:my|your|an?other|a different|the wrong) department\b|\bnot my (?:job|area)\b",
    r"\b(?:back office|head office|headquarters)\b|\b(?:the|our) system (?:wo|does|ca|is)n",
    r"\bmy (?:manager|supervisor|boss) (?:says|won|doesn)",
    r"(?:다른|타|담당|저희) ?부서|제 담당이? 아니|본사|후선|시스템상",
    r"\b(?:every |any )?other (?:customers?|guests?|callers?|clients?)\b|\beveryone else\b",
    r"다른 (?:고객|손님|분들)",
)
_PROMISE = (
    r"\bguarantee(?:d|s)? (?:you|that|it)\b|\b(?:definitely|no matter what)\b",
    r"무조건|장담|틀림없이",
)
_HARD = re.compile("|".join((*_NO, *_COLD, *_PROMISE)), re.IGNORECASE)
_UNKIND = re.compile("|".join((*_COLD, *_PROMISE)), re.IGNORECASE)
_HOLLOW = re.compile(
    r"^\W*$|\b(?:never|sorry|wait|nothing|none|n/a)\b"
    r"|\b(?:see|visit|check) (?:the|our) (?:web)?site"
    r"|기다려|기다리|홈페이지.{0,4}(?:확인|참고)|죄송|없습니다|없음",
    re.IGNORECASE,
)


def is_hollow(text: str) -> bool:
    """True for an offer that offers nothing: empty, never, wait, see the website, sorry."""
    return _HOLLOW.search(text) is not None


def hard_words(text: str) -> str:
    """Return the first words that close the door on a customer, or promise more than is sure.

    Empty when there are none.
    """
    found = _HARD.search(text)
    return found[0] if found else ""


def unkind_words(text: str) -> str:
    """Return the first words that a refusal has no need of: rules, org charts, other people."""
    found = _UNKIND.search(text)
    return found[0] if found else ""


def excess(wording: Wording) -> str:
    """Say by how much a wording is too long, empty when it is not."""
    words = len(wording.long.split())
    if words > WORDS:
        return f"{words} words, at most {WORDS}"
    letters = len(wording.short)
    return f"{letters} characters, at most {CHARACTERS}" if letters > CHARACTERS else ""
