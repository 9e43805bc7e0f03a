# SPDX-License-Identifier: Apache-2.0
"""Birth dates compared: the same, mistyped, or another person's."""

import math

from agentassist.domain.comparison import Alike, DateMatch

_TYPED_RIGHT = 0.75
_ONE_DAY_OF_ALL = 1 / 20_000
_MOST_BITS = 14.5
_DIGITS = 8
_PARENT = 13
"""Years between parent and child at the least: a shared name and date this far apart are two."""


WEIGHTS = {DateMatch.SLIP: 6.0, DateMatch.CLOSE: 2.0}
"""In bits. A date with one slip agrees by chance once in some hundred, m about a tenth."""


def same_weight(share: float) -> float:
    """Return what one date in both records says; `share` is that of all records with it."""
    return min(_MOST_BITS, math.log2(_TYPED_RIGHT / max(share, _ONE_DAY_OF_ALL)))


def compare_dates(one: str, other: str, alike: Alike) -> DateMatch:
    """Compare YYYYMMDD; a slip is one digit, two swapped ones, or day and month swapped."""
    if not one or not other:
        return DateMatch.UNKNOWN
    if one == other:
        return DateMatch.SAME
    wrong = round((1 - alike(one, other)) * _DIGITS)
    if wrong == 1 or _turned(one) == other:
        return DateMatch.SLIP
    parts = sum((one[:4] == other[:4], one[4:6] == other[4:6], one[6:] == other[6:]))
    if wrong == 2 or parts == 2:  # noqa: PLR2004 - digits, or parts of a date
        return DateMatch.CLOSE
    years = abs(int(one[:4]) - int(other[:4]))
    return DateMatch.GENERATION if years >= _PARENT else DateMatch.APART


def _turned(date: str) -> str:
    return date[:4] + date[6:] + date[4:6]
