# SPDX-License-Identifier: Apache-2.0
"""Phone numbers in the signatures of customers' mails, kept as guesses.

A number becomes a contact point that is a maybe: anybody can write any number under a
mail, and a reception desk stands under many. What a customer has already stays as it is,
so that reading the same mail again changes nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import phonenumbers
from phonenumbers import PhoneNumberType

from agentassist.domain.customer import ContactKind, ContactPoint, Standing
from agentassist.storage.customers import Customers
from agentassist.storage.known import Known

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PERSONAL = frozenset(
    {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
    | {PhoneNumberType.VOIP, PhoneNumberType.PERSONAL_NUMBER}
)
"""Not the numbers of a whole company, such as 1588-1234 or a free line."""

_MOST_IN_ONE = 3
_MOST_OF_ONE = 20
_MOST_OWNERS = 5
_LONGEST_NAME = 40
_FAX = re.compile(r"(?:\bfax\b|\bf\s?[.:]|팩스)[^\d+(]{0,12}$", re.IGNORECASE)
_NO_NAME = re.compile(r"[\d@/:|]|https?|www\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature under a mail of a customer, and the day of the mail (YYYY-MM-DD or empty)."""

    owner: UUID
    signature: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Mined:
    """A number under a mail, and the name beside it (empty where there is none)."""

    value: str
    shown: str
    name: str = ""


def numbers_in(signature: str, region: str) -> tuple[Mined, ...]:
    """Return a person's numbers in a signature, without faxes and hot lines, at most three."""
    matcher = phonenumbers.PhoneNumberMatcher(signature, region, max_tries=_MOST_OF_ONE)
    found: dict[str, Mined] = {}
    for match in matcher:
        before = signature[max(0, match.start - 20) : match.start]
        if _FAX.search(before) or phonenumbers.number_type(match.number) not in _PERSONAL:
            continue
        match.number.extension = None
        value = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        found.setdefault(value, Mined(value, match.raw_string, _name_in(signature)))
    return tuple(found.values())[:_MOST_IN_ONE]


def mine_signatures(
    connection: "Connection", given: Sequence[Signed], region: str, own: Sequence[str] = ()
) -> int:
    """Add the numbers under customers' mails to them as maybes, and return how many.

    `own` are addresses and numbers of ours, which are nobody else's.
    """
    ours = _own_numbers(own, region)
    mined = [
        (signed, number)
        for signed in given
        for number in numbers_in(signed.signature, region)
        if number.value not in ours
    ]
    if not mined:
        return 0
    known = Known(connection).holders(ContactKind.PHONE, (number.value for _, number in mined))
    added = 0
    for signed, number in mined:
        holders = known.get(number.value, frozenset())
        few = signed.owner not in holders and len(holders) < _MOST_OWNERS
        if few and _room(connection, signed.owner):
            Customers(connection).add_point(signed.owner, _maybe(number, signed.day))
            known[number.value] = holders | {signed.owner}
            added += 1
    return added


def _own_numbers(own: Sequence[str], region: str) -> frozenset[str]:
    numbers = (mined.value for text in own if "@" not in text for mined in numbers_in(text, region))
    return frozenset(numbers)


def _room(connection: "Connection", owner: UUID) -> bool:
    customer = Customers(connection).get(owner)
    return customer is not None and len(customer.points(ContactKind.PHONE)) < _MOST_OF_ONE


def _maybe(number: Mined, day: str) -> ContactPoint:
    when = f" of {day}" if day else ""
    name = f" ({number.name})" if number.name else ""
    label = f"signature of a mail{when}{name}"
    return ContactPoint(ContactKind.PHONE, number.value, number.shown, label, Standing.MAYBE)


def _name_in(signature: str) -> str:
    """Return the first line, which is the writer's name where it is short and only words."""
    first = next((line.strip() for line in signature.splitlines() if line.strip()), "")
    return "" if len(first) > _LONGEST_NAME or _NO_NAME.search(first) else first
