# SPDX-License-Identifier: Apache-2.0
"""A code or password told as a bare answer: only the question before it gives it away.

"And your PIN, please?" "2342." The number alone looks like any other, so the answer is
masked for as long as the agent's last line asked for a secret.
"""

import re

from agentassist.services.redaction import CODE_MARK, PASSWORD_MARK, redact

_ASKS_CODE = re.compile(
    r"\b(?:pin|otp|cvv2?|cvc2?|passcode|(?:security|verification|one[- ]?time|login|access) code)\b"
    r"|비밀 ?번호|인증 ?번호|인증 ?코드|핀 ?번호|보안 ?코드",
    re.IGNORECASE,
)
_ASKS_PASSWORD = re.compile(r"\bpass ?word\b|패스워드", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w#/.:-])\d{3,8}(?![a-zA-Z\d_/:-]|\.\d|원)")
_MONEY = re.compile(r"[$€£₩]\s?$")
_BARE = re.compile(r"\S{3,80}")


def asks_secret(line: str) -> bool:
    """True when a line of the agent asks for a code or a password."""
    return bool(_ASKS_CODE.search(line) or _ASKS_PASSWORD.search(line))


def redact_answer(text: str, question: str) -> str:
    """Return what the customer said to `question` without the secret that it asked for."""
    clean = redact(text)
    if _ASKS_CODE.search(question):
        clean = _CODE.sub(_masked, clean)
    if _ASKS_PASSWORD.search(question) and _BARE.fullmatch(clean.strip()):
        return PASSWORD_MARK
    return clean


def _masked(found: re.Match[str]) -> str:
    return found[0] if _MONEY.search(found.string[: found.start()]) else CODE_MARK
