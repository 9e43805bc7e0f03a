# SPDX-License-Identifier: Apache-2.0
"""Part numbers, order and phone numbers, error codes, addresses: terms that match exactly.

However a code is parted (`AX-4410`, `ax 4410`, `AX4410`) it gives one term without its
separators. A mail or web address gives one term beside its words.
"""

import hashlib
import re
from collections.abc import Iterator

from agentassist.retrieval.stop_words import STOP_WORDS

LONGEST_TERM = 32
_LONG_NUMBER = 4
_PHONE_DIGITS = 7
# All begin at the start of a word and never give back: linear on a megabyte without a space.
_PARTED = re.compile(r"(?<![^\W_])[^\W_]++(?:[-./_#][^\W_]++)++")
_SPACED = re.compile(r"(?<![^\W_])([a-z]{1,4}) (\d{3,12}[a-z]?)(?![^\W_])")
_PHONE = re.compile(r"(?<![\w(+-])[(+]?\d{1,4}(?:[-.) ]{1,2}\d{2,4}){2,4}(?!\d)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"'()\[\]]++")
_WORD = re.compile(r"[^\W_]+")
_SEPARATORS = re.compile(r"[\W_]")


def codes_in(normal: str) -> frozenset[str]:
    """Return the codes and addresses of a normalised text, as terms.

    A code has a digit and is at least four characters long, or has a digit and a letter.
    """
    return frozenset(run for run in _WORD.findall(normal) if _is_code(run)) | frozenset(
        joined(normal)
    )


def joined(normal: str) -> Iterator[str]:
    """Yield one term for each code in several parts, and for each address."""
    for match in _PARTED.findall(normal):
        if has_digit(match):
            yield _joined(match)
    for letters, number in _SPACED.findall(normal):
        if letters not in STOP_WORDS:
            yield letters + number
    for match in _PHONE.findall(normal):
        digits = _joined(match)
        if len(digits) >= _PHONE_DIGITS and not _PARTED.fullmatch(match):
            yield digits
    for address in (*_MAIL.findall(normal), *_WEB.findall(normal)):
        yield _address(address)


def has_digit(word: str) -> bool:
    """Tell whether a word is no plain word."""
    return any(character.isdigit() for character in word)


def _joined(match: str) -> str:
    return _SEPARATORS.sub("", match)[:LONGEST_TERM]


def _address(address: str) -> str:
    """Return a short name of an address: it is compared, never shown."""
    plain = address.partition("://")[2] or address
    plain = plain.removeprefix("www.").rstrip("/.,;:!?")
    return "@" + hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()


def _is_code(run: str) -> bool:
    digits = sum(character.isdigit() for character in run)
    return digits > 0 and (len(run) >= _LONG_NUMBER or (digits < len(run) and len(run) > 1))
