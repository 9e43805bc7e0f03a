# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: SIM905 - a list of words is read as words
"""Which proofs of identity a caller has told so far; what was told is never kept.

A proof counts as told when its value was heard: the number, the date, the name. That it
is right is for the system of record to say. A PIN of which the caller names two (either
1234 or 4321) counts, because it can be tried; one that they cannot choose between when
asked does not.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from agentassist.domain.call import Speaker
from agentassist.domain.spoken import Line


class Proof(StrEnum):
    """What a caller can prove who they are with; the last part of a fact `proof.*`."""

    ACCOUNT_NUMBER = "account_number"
    PIN = "pin"
    BIRTH_DATE = "birth_date"
    MAIDEN_NAME = "maiden_name"
    PET_NAME = "pet_name"


_ASKED = {
    Proof.ACCOUNT_NUMBER: re.compile(r"account (?:number|no\b|#)|\bacc?t\b|계좌\s?번호", re.I),
    Proof.PIN: re.compile(r"\bpin\b|비밀\s?번호", re.I),
    Proof.BIRTH_DATE: re.compile(
        r"(?:date|day) o[fr] birth|birth ?da(?:y|te)|\bdob\b|생년월일", re.I
    ),
    Proof.MAIDEN_NAME: re.compile(r"maiden|security question", re.I),
    Proof.PET_NAME: re.compile(r"\bpet(?:'?s)?\b|security question|반려", re.I),
}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})\b|\b\d{4}[-./]\s?\d{1,2}[-./]\s?\d{1,2}\b"
    rf"|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}\b"
    r"|\d{4}\s?년\s?\d{1,2}\s?월\s?\d{1,2}\s?일",
    re.I,
)
_MONEY = re.compile(r"[$£€₩]\s?\d[\d.,]*|\d[\d.,]*\s?(?:dollars|bucks|pounds|원)", re.I)
_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d)*(?!\d)")
_MASKED = re.compile(r"\[(?:code|password)\]")
"""What a PIN that was told is stored as."""
_ACCOUNT_DIGITS, _PIN_DIGITS = 6, 4
_UNSURE = re.compile(
    r"(?:n['’]t|not|never|cannot)\s+(?:\w+\s+){0,3}?(?:know|remember|recall|think|have|find|sure)"
    r"|forg[eo]t|no idea|i have no\b|\blost\b|can['’]?t$|\?|모르|기억이? 안",
    re.I,
)
_EITHER = re.compile(r"\beither one\b|don['’]?t know which|둘 중", re.I)
_NAME = r"([A-Z][a-z]+|[가-힣]{1,6})"
_LINK = r"(?:(?i:\s+name)?(?i:\s+(?:is|was|were|called|named))?\W{1,3})"
_OF_PET = r"(?:his|her|its) name (?:is|was) |named |called |question is "
_TOLD = {
    Proof.MAIDEN_NAME: re.compile(rf"(?i:maiden){_LINK}{_NAME}"),
    Proof.PET_NAME: re.compile(
        rf"(?i:\bpet(?:'?s)?(?:\s+\w+)?){_LINK}{_NAME}"
        rf"|(?i:\b(?:{_OF_PET})){_NAME}"
    ),
}
_CLAUSE = re.compile(r"[.!?;,]\s*|\b(?:but|and)\b", re.I)
_ANSWER = re.compile(
    r"^(?:(?:i think |maybe )?(?:it|her|his|the)(?:['’]s| is| was| name is| name was) |my |mr\.? )?"
    r"(?P<name>[a-z]+|[가-힣]{1,6})\W*$",
    re.I,
)
_PAIR = re.compile(rf"^{_NAME}(?: and|,)? {_NAME}\W*$")
_NO_NAMES = frozenset(
    "yes no sorry hello hi hey what why who ok okay thanks sure please help none nothing "
    "pass skip later wait nope yeah cannot old really huh confused "
    "네 예 아니요 아니오 글쎄요 잠시만요 왜요 뭐라고요".split()
)


def told(lines: Iterable[Line]) -> frozenset[Proof]:
    """Return the proofs that were told in a conversation, in any order and any turn."""
    found: set[Proof] = set()
    asked: frozenset[Proof] = frozenset()
    for speaker, text in lines:
        if speaker is Speaker.AGENT:
            asked = _asked(text) or asked
            continue
        if Proof.PIN in asked and _EITHER.search(text):
            found.discard(Proof.PIN)
        found.update(_heard(text, asked))
    return frozenset(found)


def _asked(text: str) -> frozenset[Proof]:
    return frozenset(proof for proof, words in _ASKED.items() if words.search(text))


def _heard(text: str, asked: frozenset[Proof]) -> Iterator[Proof]:
    rest = _MONEY.sub(" ", text)
    if _DATE.search(rest):
        yield Proof.BIRTH_DATE
    rest = _DATE.sub(" ", rest)
    yield from _numbers(rest)
    yield from _names(rest, asked)


def _numbers(text: str) -> Iterator[Proof]:
    lengths = {len(re.sub(r"\D", "", found[0])) for found in _NUMBER.finditer(text)}
    if any(length >= _ACCOUNT_DIGITS for length in lengths):
        yield Proof.ACCOUNT_NUMBER
    if _PIN_DIGITS in lengths or _MASKED.search(text):
        yield Proof.PIN


def _names(text: str, asked: frozenset[Proof]) -> Iterator[Proof]:
    """Yield the names that are told as such, or as the whole answer to a question."""
    security = asked & _TOLD.keys()
    for clause in _CLAUSE.split(text):
        sure = _UNSURE.split(clause)[0]
        yield from (proof for proof, words in _TOLD.items() if words.search(sure))
        answer = _ANSWER.match(clause.strip())
        if len(security) == 1 and answer and answer["name"].casefold() not in _NO_NAMES:
            yield from security
    if len(security) > 1 and _PAIR.match(text.strip()):
        yield from security
