# SPDX-License-Identifier: Apache-2.0
"""What a bot or a voice menu learnt before the call: nobody says it twice.

It comes as the `context` of a call event, names and texts. Systems call the same thing
differently, so `tidy` gives it our names, bounds it, and drops what must not be kept.
"""
# ruff: noqa: SIM905 - a list of words is read as words

import re
from collections.abc import Mapping
from dataclasses import dataclass

from agentassist.domain.call import Speaker
from agentassist.domain.customer import ContactKind
from agentassist.domain.identity import Identifier
from agentassist.domain.spoken import Line, spoken

MOST = 24
"""How many names a context may have."""
MAX_NAME = 60
MAX_VALUE = 250
MAX_TRANSCRIPT = 8_000

VERIFIED = "verified"
TRANSCRIPT = "transcript"
TRIED = "tried"
_NAMES: Mapping[str, str] = {
    "intent": "intent reason topic request callreason contactreason 용건 문의유형 의도",
    TRIED: "tried attempted steps path selfservice 시도",
    TRANSCRIPT: "transcript conversation chat dialog dialogue history 대화",
    "language": "language lang locale 언어",
    VERIFIED: "verified authenticated authentication isauthenticated isverified auth 본인확인",
    "verified_by": "verifiedby authenticatedby authmethod authenticationmethod 확인방법",
    "from_system": "fromsystem origin bot botname ivr flow 시스템",
    ContactKind.ACCOUNT: "account accountnumber accountno accountid customernumber 계정번호",
    ContactKind.ORDER: "order ordernumber orderno orderid bookingnumber reservation 주문번호",
    ContactKind.EMAIL: "email emailaddress mail 이메일",
    ContactKind.HANDLE: "handle username 아이디",
    ContactKind.ID_NUMBER: "idnumber nationalid passport passportnumber identitynumber 신분증번호",
    ContactKind.PHONE: "phone phonenumber callback callbacknumber 연락처",
}
LISTS = frozenset(f"{_NAMES[TRIED]} {_NAMES[TRANSCRIPT]}".split())
"""Names, of ours and of others, that may have several values, one to a line."""

_OURS = {alias: str(name) for name, aliases in _NAMES.items() for alias in aliases.split()}
_SECRET = frozenset(
    "pin password passcode passwd pwd secret token otp code cvv cvc cvv2 cvc2 card cardnumber pan "
    "비밀번호 인증번호 카드번호 핀번호".split()
)
_YES = frozenset("yes true 1 y ok passed success verified authenticated 예 네 완료".split())
_NO = frozenset("no false 0 n failed none unverified unauthenticated 아니오 실패".split())
_KINDS = tuple(kind for kind in ContactKind if kind is not ContactKind.PHONE)
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CODE = re.compile(r"[\w.\-/]+")


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the caller proved who they are: None while nobody tried; `by` says how."""

    proven: bool | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class PreCall:
    """What was known before the first word. Empty where nothing came with the call."""

    intent: str = ""
    identifiers: tuple[Identifier, ...] = ()
    tried: tuple[str, ...] = ()
    language: str = ""
    verification: Verification = Verification()
    system: str = ""
    said: tuple[Line, ...] = ()

    @property
    def told(self) -> bool:
        """True when there is something that the agent need not ask again."""
        return bool(self.intent or self.identifiers or self.tried or self.said)

    def lines(self) -> tuple[Line, ...]:
        """Return what the live question begins with: the talk, else the intent as if said."""
        asked = any(speaker is Speaker.CUSTOMER for speaker, _ in self.said)
        if asked or not self.intent:
            return self.said
        return (*self.said, (Speaker.CUSTOMER, self.intent))


def tidy(given: Mapping[str, str]) -> dict[str, str]:
    """Return a context under our names, cut to size and without secrets.

    What names a fact of a policy, or nothing we know, stays as it is. The first of two
    values for one name counts.
    """
    kept: dict[str, str] = {}
    for name, value in given.items():
        folded = _NOT_IN_NAMES.sub("", name.casefold())
        ours = _OURS.get(folded, _clean(name, MAX_NAME))
        text = _value(ours, value)
        if ours and text and folded not in _SECRET and len(kept) < MOST:
            kept.setdefault(ours, text)
    return kept


def read_context(context: Mapping[str, str]) -> PreCall:
    """Read a tidy context."""
    identifiers = (Identifier(kind, context[kind]) for kind in _KINDS if context.get(kind))
    callback = context.get(ContactKind.PHONE, "")
    return PreCall(
        intent=_spelled(context.get("intent", "")),
        identifiers=(
            *identifiers,
            *([Identifier(ContactKind.PHONE, callback)] if callback else ()),
        ),
        tried=tuple(_spelled(part) for part in _parts(context.get(TRIED, ""))),
        language=context.get("language", ""),
        verification=_verification(context),
        system=context.get("from_system", ""),
        said=_said(context.get(TRANSCRIPT, "")),
    )


def verification(context: Mapping[str, str], found_out: Mapping[str, str]) -> Verification:
    """Return where it stands: what the agent found out counts over what a menu reported."""
    answer = found_out.get("caller.verified")
    if answer is None:
        return _verification(context)
    return Verification(answer.strip().casefold() in _YES, "agent")


def _verification(context: Mapping[str, str]) -> Verification:
    state = context.get(VERIFIED, "")
    proven = {"yes": True, "no": False}.get(state)
    return Verification(proven, context.get("verified_by", "") if proven else "")


def _value(name: str, value: str) -> str:
    if name == VERIFIED:
        return _truth(value)
    if name == TRANSCRIPT:
        return _clean_lines(value, MAX_TRANSCRIPT)
    return _clean_lines(value, MAX_VALUE) if name == TRIED else _clean(value, MAX_VALUE)


def _truth(value: str) -> str:
    folded = value.strip().casefold()
    if folded in _YES:
        return "yes"
    return "no" if folded in _NO else ""


def _clean(text: str, most: int) -> str:
    """Return one line: a stranger's text reaches the screen, the log and the database."""
    whole = text[: 4 * most].encode("utf-8", "replace").decode("utf-8")
    line = "".join(c if c.isprintable() else " " for c in whole)
    return " ".join(line.split())[:most]


def _clean_lines(text: str, most: int) -> str:
    lines = (_clean(line, most) for line in text[: 4 * most].splitlines())
    return "\n".join(filter(None, lines))[:most]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n;|>]+", text) if part.strip()]


def _spelled(text: str) -> str:
    """Return the name of an intent as words: `return_order` and `ReturnOrder` are two."""
    if not _CODE.fullmatch(text):
        return text
    return " ".join(re.split(r"[_.\-/]+", _CAMEL.sub(" ", text))).strip().lower()


def _said(text: str) -> tuple[Line, ...]:
    """Return the lines of a talk with a bot; one without names is the customer's."""
    if not text:
        return ()
    return spoken(text) or ((Speaker.CUSTOMER, " ".join(text.split())),)
