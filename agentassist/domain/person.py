# SPDX-License-Identifier: Apache-2.0
"""What a record says about a person, in the form in which two of them are compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from agentassist.domain import korean_names
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.names import name_tokens, plain

_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_NO_DATES = frozenset({"19000101", "19700101", "00010101", "00000000", "99991231", "11111111"})
_SHORT = {
    long: short
    for line in """
    st street str strasse straße | rd road | ave avenue av | blvd boulevard boul | dr drive
    ct court crt | cres crescent cr crst | pl place | ln lane | ter terrace tce terr | hwy highway
    pde parade | cct circuit circ | cl close | sq square | pkwy parkway | apt apartment | ste suite
    fl floor | n north | s south | e east | w west | mt mount | saint st. | po post
    """.replace("\n", "|").split("|")
    if (words := line.split())
    for short in words[:1]
    for long in words[1:]
}
_NUMBER = re.compile(r"\d+[a-z]?(?:[-/]\d+[a-z]?)?")
_WORD = re.compile(r"[^\W_]+(?:[-/]\d+)?")
_MOST_PIECES = 12
_LONGEST_ADDRESS = 400
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Person:
    """One record, normalised. Empty means that the record does not say.

    Attributes:
        names: words of the name in Latin letters, in no order.
        readings: (surname, key of the given name) where the name may be Korean.
        hangul: the name is written in Hangul, so that readings say less than its letters.
        birth_date: eight digits, YYYYMMDD, of a day that may not exist.
        emails: (mailbox, domain) without what does not matter for delivery.
        phones, handles, accounts: normalised values. accounts without the record's own key.
        id_numbers: (what kind, value).
        guesses, shared: (kind, value) of points that only may be theirs, or are others' too.
        numbers, places: the house numbers of the address, and its other pieces.
        postal_code: without blanks.
    """

    names: tuple[str, ...] = ()
    readings: frozenset[tuple[str, str]] = frozenset()
    hangul: bool = False
    birth_date: str = ""
    emails: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    id_numbers: tuple[tuple[str, str], ...] = ()
    guesses: frozenset[tuple[str, str]] = frozenset()
    shared: frozenset[tuple[str, str]] = frozenset()
    numbers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    postal_code: str = ""

    def values(self) -> Iterator[tuple[str, str]]:
        """Yield (field, value) of all that is counted to know how much it says."""
        yield from (("name", word) for word in self.names)
        yield from (("email", "@".join(mail)) for mail in self.emails)
        yield from (("domain", domain) for _, domain in self.emails)
        yield from (("phone", value) for value in self.phones)
        yield from (("handle", value) for value in self.handles)
        yield from (("account", value) for value in self.accounts)
        yield from (("id_number", value) for _, value in self.id_numbers)
        yield from (("number", value) for value in self.numbers)
        yield from (("place", value) for value in self.places)
        if self.birth_date:
            yield "birth_date", self.birth_date
        if self.postal_code:
            yield "postal_code", self.postal_code


def person_of(customer: Customer) -> Person:
    """Return a customer's own record in the form in which it is compared."""
    points = customer.contact_points
    name = "" if _is_no_name(customer) else customer.name
    tokens = name_tokens(name)
    numbers, places = address_pieces(customer.address)
    return Person(
        names=_latin(tokens),
        readings=korean_names.readings(tokens),
        hangul=korean_names.is_hangul("".join(tokens)),
        birth_date=birth_digits(customer.birth_date),
        emails=tuple(dict.fromkeys(mailbox(point.value) for point in _of(points, "email"))),
        phones=tuple(point.value for point in _of(points, "phone")),
        handles=tuple(point.value for point in _of(points, "handle")),
        accounts=tuple(_accounts(customer)),
        id_numbers=tuple((point.label, point.value) for point in _of(points, "id_number")),
        guesses=_standing(points, Standing.MAYBE),
        shared=_standing(points, Standing.SHARED),
        numbers=numbers,
        places=places,
        postal_code=plain(customer.postal_code).replace(" ", ""),
    )


def mailbox(address: str) -> tuple[str, str]:
    """Return (mailbox, domain) without a tag after + and, at Google, without dots.

    Addresses that differ only in these reach one person: RFC 5233 for tags, Google's help for
    dots and googlemail.com.
    """
    local, _, domain = plain(address).rpartition("@")
    if not local:
        return domain, ""
    local = local.partition("+")[0] or local
    if domain in _GMAIL:
        return local.replace(".", ""), "gmail.com"
    return local, domain


def birth_digits(text: str) -> str:
    """Return the digits of a birth date; empty for dates that stand for none."""
    digits = "".join(character for character in text if character in "0123456789")
    return "" if len(digits) != 8 or digits in _NO_DATES else digits  # noqa: PLR2004 - YYYYMMDD


@lru_cache(_REMEMBERED)
def address_pieces(address: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return house numbers, and the other pieces of an address without blanks.

    Kinds of streets are abbreviated, so that `12 Groom Street` and `12 groom st.` are one.
    """
    numbers: dict[str, None] = {}
    places: dict[str, None] = {}
    for piece in _pieces(plain(address[:_LONGEST_ADDRESS])):
        words = [_SHORT.get(word, word) for word in _WORD.findall(piece)]
        if words and _NUMBER.fullmatch(words[0]):
            numbers[words.pop(0)] = None
        if words:
            places["".join(words)] = None
    return tuple(numbers)[:_MOST_PIECES], tuple(places)[:_MOST_PIECES]


def _pieces(address: str) -> list[str]:
    """Cut at commas and line ends, and Korean addresses at blanks: 서울시 강남구 테헤란로 12."""
    pieces = re.split(r"[,;\n]", address)
    return [part for piece in pieces for part in (piece.split() if _korean(piece) else [piece])]


def _korean(text: str) -> bool:
    return any(korean_names.is_hangul(character) for character in text)


def _latin(tokens: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for token in tokens for part in korean_names.latin(token))


def _of(points: tuple[ContactPoint, ...], kind: str) -> list[ContactPoint]:
    return [point for point in points if point.kind == kind]


def _accounts(customer: Customer) -> Iterator[str]:
    """Yield account numbers: the key of the record in its system says nothing elsewhere."""
    own = customer.source_ref.casefold()
    for point in customer.points(ContactKind.ACCOUNT):
        if own not in (point.value.casefold(), point.shown.casefold()):
            yield point.value


def _is_no_name(customer: Customer) -> bool:
    """A record without a name is called by how its customer is reached, or what else it says."""
    facts = (customer.birth_date, customer.address, customer.postal_code)
    points = customer.contact_points
    return customer.name in facts or any(customer.name in (p.shown, p.value) for p in points)


def _standing(points: tuple[ContactPoint, ...], standing: Standing) -> frozenset[tuple[str, str]]:
    return frozenset(
        (point.kind.value, "@".join(mailbox(point.value)) if "@" in point.value else point.value)
        for point in points
        if point.standing is standing
    )
