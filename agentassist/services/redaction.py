# SPDX-License-Identifier: Apache-2.0
"""Take secrets out of text before it is stored: card numbers, codes, passwords.

A card number is 13 to 19 digits that pass the check of ISO/IEC 7812-1 (Luhn); its last
four stay, as on a receipt. Codes and passwords are known by the words beside them, so
that order numbers, post codes and telephone numbers are left alone.
"""

import re

_DIGIT_RUN = re.compile(r"(?<![\w+#])(?<![\w#]-)\d(?:[ -]?\d){12,}(?!\w)")
_CARD_LENGTHS = range(13, 20)
_CARD_FIRST = "23456"
_MOST_GROUPS = 7

_CODE_WORD = (
    r"(?:one[- ]?time[- ](?:code|password|passcode|pin)|otp|2fa code"
    r"|(?:verification|security|authenti?cation|auth|login|access|activation|confirmation"
    r"|sms|text) (?:code|pin)|pass ?code|pin(?: code| number)?"
    r"|인증 ?(?:번호|코드)|일회용 ?(?:비밀)?번호|핀 ?번호|보안 ?코드)"
)
_LINK = (
    r"(?:(?: (?:you |i )?(?:got|sent|received)(?: me)?)?"
    r"(?:\s*[:=]\s*| is:? | was:? |[은는이가]? ?|\s+))"
)
_CODE_FORM = r"\d{3,4}[ -]?\d{0,4}"
_CODE = re.compile(rf"(\b{_CODE_WORD}{_LINK}){_CODE_FORM}(?!\d)", re.IGNORECASE)
_CODE_FIRST = re.compile(
    rf"(?<![\w#+-]){_CODE_FORM}((?: is|'s)(?: your| the| my)?(?: \w+){{0,2}} {_CODE_WORD})",
    re.IGNORECASE,
)
_CARD_CODE = re.compile(
    r"(\b(?:cvv2?|cvc2?|cid|card verification(?: code| value)?)(?:\s*[:=]\s*| is:? |[은는]? ?|\s+))"
    r"\d{3,4}(?!\d)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(
    r"(\b(?:pass ?word|passwort|pwd|passphrase|비밀 ?번호|패스워드)"
    r"(?:\s*[:=]\s*| is:? |[은는이가] ))"
    r"(\"[^\"\n]{1,80}\"|'[^'\n]{1,80}'|[^\s,;]{3,80})",
    re.IGNORECASE,
)
_HAS_DIGIT_OR_SIGN = re.compile(r"[\d!$%^&*_=+@#]")

_DIGIT = re.compile(r"\d")
_DIGITS = b"0123456789"
_DOTTED = {0x131: "i", 0x307: ""}
_KOREAN_CODE = re.compile("인증|일회용|핀|보안")
_FEWEST_OF_CODE = 3

CODE_MARK = "[code]"
PASSWORD_MARK = "[password]"  # noqa: S105 - the mark that replaces one


def redact(text: str) -> str:
    """Return `text` without card numbers, one-time codes, card codes and passwords."""
    digits = _count_digits(text)
    folded = _folded(text)
    if digits >= _CARD_LENGTHS.start:
        text = _DIGIT_RUN.sub(lambda run: _without_cards(run[0]), text)
    if digits >= _FEWEST_OF_CODE and _may_tell_code(folded):
        text = _CARD_CODE.sub(rf"\1{CODE_MARK}", text)
        text = _CODE.sub(rf"\1{CODE_MARK}", text)
        text = _CODE_FIRST.sub(rf"{CODE_MARK}\1", text)
    return _PASSWORD.sub(_without_password, text) if _may_tell_password(folded) else text


# Nearly every text holds no secret, and to see that costs a tenth of looking for one.


def _count_digits(text: str) -> int:
    if not text.isascii():
        return len(_DIGIT.findall(text))
    plain = text.encode("ascii")
    return len(plain) - len(plain.translate(None, _DIGITS))


def _folded(text: str) -> str:
    """Return a text in which the words stand as the patterns, which ignore case, see them."""
    return text.lower() if text.isascii() else text.casefold().translate(_DOTTED)


def _may_tell_code(folded: str) -> bool:
    """True where a word of the patterns of codes can stand."""
    return (
        "code" in folded
        or "pin" in folded
        or "otp" in folded
        or "pass" in folded
        or "cv" in folded
        or "cid" in folded
        or "verif" in folded
        or (not folded.isascii() and _KOREAN_CODE.search(folded) is not None)
    )


def _may_tell_password(folded: str) -> bool:
    """True where a word of `_PASSWORD` can stand."""
    return "pass" in folded or "pwd" in folded or "비밀" in folded or "패스" in folded


def passes_luhn(digits: str) -> bool:
    """Check the last digit of `digits` against the others (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        doubled = int(character) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - sum of its digits
    return total % 10 == 0


def _without_cards(run: str) -> str:
    """Replace each card in a run of digit groups: an expiry date may follow the number."""
    groups = re.split(r"([ -])", run)
    whole = "".join(groups[::2])
    if _is_card(whole):
        return _card_mark(whole)
    shown: list[str] = []
    start = 0
    while start < len(groups):
        end = _end_of_card(groups, start)
        shown.append(_card_mark("".join(groups[start:end:2])) if end else groups[start])
        start = end or start + 1
    return "".join(shown)


def _end_of_card(groups: list[str], start: int) -> int:
    """Return where the card ends that starts with group `start`; 0 when none does."""
    longest = min(len(groups), start + 2 * _MOST_GROUPS - 1)
    for end in range(longest, start, -1):
        digits = groups[start:end:2]
        if (end - start) % 2 and min(map(len, digits)) > 1 and _is_card("".join(digits)):
            return end
    return 0


def _card_mark(digits: str) -> str:
    return f"[card \u2022\u2022\u2022\u2022 {digits[-4:]}]"


def _is_card(digits: str) -> bool:
    likely = len(digits) in _CARD_LENGTHS and digits[0] in _CARD_FIRST
    return likely and len(set(digits)) > 1 and passes_luhn(digits)


def _without_password(found: re.Match[str]) -> str:
    """Leave plain words after "is" alone ("the password is wrong")."""
    lead, value = found[1], found[2]
    told = lead.rstrip().endswith((":", "=")) or value[0] in "\"'"
    secret = value != PASSWORD_MARK and (told or _HAS_DIGIT_OR_SIGN.search(value))
    return f"{lead}{PASSWORD_MARK}" if secret else found[0]
