# SPDX-License-Identifier: Apache-2.0
"""Names and other texts in the form in which they are compared."""

import re
import unicodedata
from functools import lru_cache

from agentassist.domain import korean_names

_SPECIAL = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_NOT_SPOKEN = re.compile(r"['’`´ʼ.]|(?<=\w)[-‐-―](?=\w)")
_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam", "herr", "frau"),
        *("님", "씨", "고객님", "귀하"),
    )
)
_MOST_TOKENS = 8
_MOST_LETTERS = 40
_REMEMBERED = 4_000


def plain(text: str) -> str:
    """Return a text in one width and case, without accents on Latin letters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return folded
    return "".join(_bare(character) for character in folded.translate(_SPECIAL))


def _bare(character: str) -> str:
    """Take accents off; a Hangul syllable must not fall apart into letters."""
    if character.isascii() or korean_names.is_hangul(character):
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if not unicodedata.combining(part)) or character


@lru_cache(_REMEMBERED)
def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles; words with a hyphen are one.

    The order says nothing: systems write `Kim, Minsu`, `Minsu Kim` and `김민수`.
    """
    return tuple([word for word in _words(name) if word not in _TITLES][:_MOST_TOKENS])


def _words(name: str) -> list[str]:
    if len(name) <= _MOST_LETTERS and name.isascii() and name.replace(" ", "").isalnum():
        return name.lower().split()  # Nearly every name: no pattern finds more in it.
    bare = _NOT_SPOKEN.sub("", plain(name[: _MOST_TOKENS * _MOST_LETTERS]))
    return [word[:_MOST_LETTERS] for word in _WORD.findall(bare)]


def name_key(name: str) -> str:
    """Return one text for all orders and scripts of a name, by which it can be looked up.

    Korean names are under their surname in Hangul and the key of the given name: 김민수,
    Kim Min-su and Minsoo Kim have one key. Empty where there is no letter.
    """
    tokens = name_tokens(name)
    read = korean_names.readings(tokens)
    if read:
        return " ".join(min(read))
    return " ".join(sorted(tokens))
