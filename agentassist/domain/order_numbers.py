# SPDX-License-Identifier: Apache-2.0
"""Order, booking and ticket numbers as people write them into texts."""

import re

_LONGEST = 4_000
# A code of letters and digits (MP-204817, #W6067464), a number behind a hash, or digits behind
# a word that announces them. What continues another code (MP-ACC-20417) is none.
_NUMBER = re.compile(
    r"(?<![A-Z0-9_-])#?(?P<code>[A-Z]{1,4}-?\d{5,12})(?![A-Z0-9_-])"
    r"|(?<![\w#])#(?P<hash>\d{4,14})(?!\d)"
    r"|(?:order|booking|reservation|ticket|case|contract|주문|예약|접수|계약)"
    r"(?:\s*(?:id|no\.?|number|번호|건))?\s*[:#]?\s*(?P<said>\d{5,14})(?!\d)",
    re.IGNORECASE,
)


def order_numbers(text: str) -> list[str]:
    """Return the numbers of a text as they are written, each once, the first one first."""
    if not any(map(str.isdigit, text)):
        return []
    found = (match[match.lastgroup or 0] for match in _NUMBER.finditer(text[:_LONGEST]))
    return list(dict.fromkeys(found))


def normal_numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text as numbers are compared."""
    return frozenset(map(normal_number, order_numbers(text)))


def normal_number(written: str) -> str:
    """Return a number as numbers are compared: letters and digits only, capitals."""
    return "".join(filter(str.isalnum, written)).upper()
