# SPDX-License-Identifier: Apache-2.0
"""The usual spellings of e-mail addresses and phone numbers, read in a microsecond.

Most values of a file are plain, and the libraries that know every case take 30 to 60
microseconds for each. What is read here is exactly what they would say; whatever is not
plain is left to them. The rules for numbers are those of libphonenumber's parsing, with the
patterns and lengths of its own metadata.
"""

import re
from functools import cache
from typing import NamedTuple

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_MOST_LOCAL = 64
_MOST_ADDRESS = 254
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"[A-Za-z0-9_%+'-]+(?:\.[A-Za-z0-9_%+'-]+)*@(?:{_LABEL}\.)+([A-Za-z]{{2,63}})", re.ASCII
)
_NAMED = re.compile(r"[A-Za-z0-9][\w -]*<([^<>\s]+)>")
_RESERVED = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test", "example"})

_PLAIN = re.compile(r"\+?[(]?[0-9](?:[ ().-]*[0-9]){5,14}", re.ASCII)
_MARKS = str.maketrans("", "", "+ ().-")
_LONGEST_CODE = 3
_LEAST_NATIONAL = 3


def email(text: str) -> str:
    """Return the case folded address, also of `Name <address>`; else empty: ask a library."""
    named = _NAMED.fullmatch(text) if text.endswith(">") else None
    text = named[1] if named else text
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > _MOST_ADDRESS or text.index("@") > _MOST_LOCAL:
        return ""
    value = text.lower()
    if found[1].lower() in _RESERVED or "--" in value:
        return ""
    return value


def phone(text: str, region: str) -> str:
    """Return the E.164 form, empty where a library has to decide."""
    if _PLAIN.fullmatch(text) is None:
        return ""
    digits = text.translate(_MARKS)
    if text[0] == "+":
        return _international(digits)
    rules = _rules_of_region(region)
    return rules.national(digits) if rules else ""


def _international(digits: str) -> str:
    for length in range(1, _LONGEST_CODE + 1):
        rules = _rules_of_code(digits[:length])
        if rules:
            national = digits[length:]
            return f"+{digits}" if rules.stays(national) else ""
    return ""


class _Rules(NamedTuple):
    """How the numbers of one country are read; `prefix` is what is dialled before them."""

    code: str
    lengths: frozenset[int]
    general: re.Pattern[str]
    prefix: re.Pattern[str] | None
    abroad: re.Pattern[str] | None
    transforms: bool

    def stays(self, national: str) -> bool:
        """True for a number of a possible length from which nothing is taken away."""
        if len(national) not in self.lengths or national[0] == "0":
            return False
        return self.prefix is None or self.prefix.match(national) is None

    def national(self, digits: str) -> str:
        """Read a number without a country code.

        Several regions may share a code, and its main one has the last word.
        """
        if digits.startswith(("00", self.code)) or (self.abroad and self.abroad.match(digits)):
            return ""
        bare = self._without_prefix(digits)
        return _international(self.code + bare) if bare and self.stays(bare) else ""

    def _without_prefix(self, digits: str) -> str:
        found = self.prefix.match(digits) if self.prefix else None
        if found is None:
            return digits
        if self.transforms:
            return ""
        bare = digits[found.end() :]
        # A number that is valid only with these digits keeps them.
        if self.general.fullmatch(digits) and not self.general.fullmatch(bare):
            return ""
        return bare


@cache
def _rules_of_region(region: str) -> _Rules | None:
    return _rules(PhoneMetadata.metadata_for_region(region, None))


@cache
def _rules_of_code(code: str) -> _Rules | None:
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code[0] != "0" else None
    if not regions:
        return None
    return _rules(PhoneMetadata.metadata_for_region_or_calling_code(int(code), regions[0]))


def _rules(metadata: PhoneMetadata | None) -> _Rules | None:
    general = metadata.general_desc if metadata else None
    if metadata is None or general is None:
        return None
    possible = frozenset(general.possible_length) - frozenset(general.possible_length_local_only)
    prefix, abroad = metadata.national_prefix_for_parsing, metadata.international_prefix
    return _Rules(
        str(metadata.country_code),
        frozenset(length for length in possible if length >= _LEAST_NATIONAL),
        re.compile(str(general.national_number_pattern)),
        re.compile(prefix) if prefix else None,
        re.compile(abroad) if abroad else None,
        bool(metadata.national_prefix_transform_rule),
    )
