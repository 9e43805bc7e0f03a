# SPDX-License-Identifier: Apache-2.0
"""Whether a text denies or complains: what meaning alone does not tell.

To a language model "not able to join" and "join" are nearly the same; to the customer
they are opposites. English by words, Korean by the negating stems and endings.
"""
# ruff: noqa: SIM905 - a list of words is read as words

import re

_WORDS = frozenset(
    (
        "not no cant cannot dont doesnt didnt isnt arent wasnt wont wouldnt couldnt havent hasnt "
        "hadnt never unable without nothing none neither nor fail failed failing already wrong "
        "issue problem stop"
    ).split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# As they are written: 안 되다, 안돼요, 못 하다, 못해요, -지 않다, -지 마, 없다, 아니라.
_KOREAN = re.compile(
    r"(?:^|\s)(?:[안못]\s|안[되돼됩된해하했나와가보들켜열맞뜨왔갔]|못[하해했받찾들봤보가열쓰])"
    r"|지\s?(?:않|못|마)|없[어습는이다었]|아니[라에]"
)


def negates(text: str) -> bool:
    """Tell whether a text holds a word that denies or complains."""
    words = (match.group().replace("'", "").replace("’", "") for match in _WORD.finditer(text))
    return any(word.lower() in _WORDS for word in words) or bool(_KOREAN.search(text))
