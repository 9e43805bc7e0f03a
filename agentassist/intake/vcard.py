# SPDX-License-Identifier: Apache-2.0
"""vCard address books: 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), card by card.

A reader of our own, because address books are mostly what telephones export: 2.1 with
quoted-printable in CP949, folded in ways that no standard has. The library that is kept up
(vobject) refuses those and does not know 4.0.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.formats import Hints, Part
from agentassist.intake.json_lines import storable
from agentassist.intake.mail_files import shown, sized
from agentassist.intake.vcard_lines import Property, components, properties

VCARD_ENDINGS = frozenset({".vcf", ".vcard"})
MAX_CARD = 1_000_000
"""How much of a card is read, in bytes: photographs stand last or are passed over."""

_LINE = 64 * 1024
_EACH = 5
_MANY = ("email", "phone.mobile", "phone.home", "phone.work", "phone", "handle")
_ONE = ("customer_key", "name", "organisation", "address", "city", "state", "country", "zip")


def _numbered(name: str, number: int) -> str:
    """Return the column of the nth value: `email`, `email.2`, `phone.mobile 2`."""
    if number == 1:
        return name
    return f"{name} {number}" if "." in name else f"{name}.{number}"


_NUMBERED = tuple(_numbered(name, n) for name in _MANY for n in range(1, _EACH + 1))
_NO_VOICE = frozenset({"FAX", "PAGER", "MODEM", "TEXTPHONE", "X-FAX", "PCS", "BBS"})
_LONGEST = 1_000
_DAY_DIGITS = 8


class Cards:
    """The cards of one file. Iterate once for records and faults; `close` ends it.

    Attributes: `columns`, `size` and `position` in bytes.
    """

    columns = (*_ONE, "birth_date", *_NUMBERED)

    def __init__(self, path: Path, encoding: str = "") -> None:
        """Open the file; raises BadInput when it cannot be read."""
        self._file, self.size = sized(path)
        self._name = shown(path)
        self._encoding = encoding
        self._read = 0

    @property
    def position(self) -> int:
        """How many bytes have been read."""
        return self._read

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __iter__(self) -> Iterator[RawRecord | RowFault]:
        for number, card, whole in self._cards():
            place = Place(self._name, number)
            if not whole:
                yield RowFault(place, "The card has no end: END:VCARD is missing.", kept=True)
            yield from _records(properties(card, self._encoding), place)

    def _cards(self) -> Iterator[tuple[int, bytes, bool]]:
        """Yield the line on which each card begins, its lines, and whether it has an end."""
        card, began, depth = bytearray(), 0, 0
        for number, line in self._lines():
            mark = line.strip().upper()
            if mark == b"BEGIN:VCARD":
                if depth and not _holds_agent(bytes(card)):
                    yield began, bytes(card), False
                    depth = 0
                card, began = (card, began) if depth else (bytearray(), number)
                depth += 1
            elif mark == b"END:VCARD" and depth:
                depth -= 1
                if not depth:
                    yield began, bytes(card), True
            elif depth == 1 and len(card) < MAX_CARD:
                card += line
        if depth:
            yield began, bytes(card), False

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        number, whole = 0, True
        while line := self._file.readline(_LINE):
            if not self._read:
                line = line.removeprefix(b"\xef\xbb\xbf")
            self._read += len(line)
            number += whole
            whole = line.endswith(b"\n")
            yield number, line


def _holds_agent(card: bytes) -> bool:
    """True where the card of somebody's agent stands inside (2.1)."""
    lines = bytes(card[-_LINE:]).strip().upper().splitlines()
    return bool(lines) and lines[-1].startswith(b"AGENT")


def _records(card: list[Property], place: Place) -> Iterator[RawRecord | RowFault]:
    kind = next((item.text.casefold() for item in card if item.name == "KIND"), "")
    if kind in {"group", "x-addressbookserver-group"}:
        yield RowFault(place, "This card is a list of people and no customer.")
        return
    fields = {"name": _name(card), **_points(card), **_address(card)}
    fields |= {"organisation": _company(card), "birth_date": _born(card)}
    if not any(fields.values()):
        yield RowFault(place, "The card has neither a name nor a contact point.")
        return
    fields["customer_key"] = _key(card, fields)
    kept = {name: storable(text)[:_LONGEST] for name, text in fields.items() if text}
    yield RawRecord(place, kept)
    if sum(item.name in {"TEL", "EMAIL"} for item in card) > sum(
        name in _NUMBERED for name in kept
    ):
        sentence = "Some numbers or addresses of the card were left out: faxes, doubles, too many."
        yield RowFault(place, sentence, kept=True)


def _name(card: list[Property]) -> str:
    """Return the name as it is said: Korean and Chinese family names first, with no blank."""
    whole = next((item.text for item in card if item.name == "FN" and item.text), "")
    for item in (item for item in card if item.name == "N"):
        family, given, *more = (*components(item.text), "", "")
        if family and given and _is_east_asian(family + given):
            return f"{family}{given}"
        if not whole:
            whole = " ".join(filter(None, (given, *more[:1], family)))
    return " ".join((whole or _company(card)).split())


def _company(card: list[Property]) -> str:
    return next((components(item.text)[0] for item in card if item.name == "ORG"), "")


def _is_east_asian(text: str) -> bool:
    return all("\uac00" <= letter <= "\ud7a3" or "\u4e00" <= letter <= "\u9fff" for letter in text)


def _points(card: list[Property]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for item in sorted(card, key=lambda one: "PREF" not in one.types):
        name = _point_name(item)
        if name and item.text and item.text not in found.setdefault(name, []):
            found[name].append(item.text)
    return {
        _numbered(name, n): text
        for name, texts in found.items()
        for n, text in enumerate(islice(texts, _EACH), 1)
    }


def _point_name(item: Property) -> str:
    if item.name == "EMAIL":
        return "email"
    if item.name in {"X-SOCIALPROFILE", "X-KAKAOTALK", "X-TWITTER", "X-INSTAGRAM"}:
        return "handle"
    if item.name != "TEL" or item.types & _NO_VOICE:
        return ""
    ways = (("CELL", "phone.mobile"), ("WORK", "phone.work"), ("HOME", "phone.home"))
    return next((name for kind, name in ways if kind in item.types), "phone")


def _address(card: list[Property]) -> dict[str, str]:
    """Return the first address, in Korea from the province to the street."""
    for item in (item for item in card if item.name == "ADR"):
        parts = (*components(item.text), *("",) * 7)[:7]
        street = " ".join(filter(None, (parts[0], parts[2], parts[1])))
        if any("\uac00" <= letter <= "\ud7a3" for letter in "".join(parts)):
            whole = " ".join(filter(None, (parts[4], parts[3], street)))
            fields = {"address": whole, "zip": parts[5], "country": parts[6]}
        else:
            fields = {"address": street, "city": parts[3], "state": parts[4]}
            fields |= {"zip": parts[5], "country": parts[6]}
        return fields
    return {}


def _born(card: list[Property]) -> str:
    """Return the birthday as YYYY-MM-DD; one without a year is none."""
    text = next((item.text.strip() for item in card if item.name == "BDAY"), "")
    digits = text[:_DAY_DIGITS]
    if len(digits) == _DAY_DIGITS and digits.isdigit():
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return "" if text.startswith("--") else text.partition("T")[0]


def _key(card: list[Property], fields: dict[str, str]) -> str:
    """Return the card's own key, else one of its name and first contact point."""
    own = next((item.text.strip() for item in card if item.name == "UID" and item.text.strip()), "")
    if own:
        return own.removeprefix("urn:uuid:")
    first = next((fields[name] for name in _NUMBERED if fields.get(name)), "")
    said = storable(f"{fields['name']}|{first}")
    return f"sha256:{sha256(said.encode()).hexdigest()[:32]}"


class VcardFormat:
    """Cards of an address book."""

    name = "vcard"

    def recognises(self, path: Path) -> bool:
        """Say yes to the usual endings."""
        return path.suffix.casefold() in VCARD_ENDINGS and not path.is_dir()

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield the cards as customers."""
        cards = Cards(path, hints.encoding)
        if not cards.size:
            cards.close()
            raise BadInput(Place(shown(path)), "The file is empty: export the address book again.")
        yield Part(cards, RecordKind.CUSTOMERS, ours=True)
