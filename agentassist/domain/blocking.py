# SPDX-License-Identifier: Apache-2.0
"""Keys under which records are likely to meet a record of the same person.

Only records that share a key are compared. Each key joins two things that a slip rarely hits
both: a rare value alone, or two common ones. Keys that very many records share are left out by
the caller; the joined ones are there for that.
"""

from collections.abc import Iterator
from itertools import combinations

from agentassist.domain.person import Person

_LETTERS = 4
_MAILBOX = 4
_ID_HALF = 4
_CODES = str.maketrans("bpfvckgjqsxzdtlmnr", "111122222222334556")
_NOT_SOUNDED = "aeiouyhw"


def sound(word: str) -> str:
    """Return the first letter and the next three sounds of a word (American Soundex, 1918)."""
    codes = ""
    for letter in word.translate(_CODES):
        if letter.isdigit() and not codes.endswith(letter):
            codes += letter
        elif letter in _NOT_SOUNDED[:6]:
            codes += " "
    return word[:1] + codes.replace(" ", "")[:3] if word.isascii() else word[:2]


def keys(person: Person) -> Iterator[str]:
    """Yield the keys of a record, each beginning with what it is made of."""
    yield from _of_points(person)
    yield from _of_names(person)
    yield from _of_places(person)
    born = person.birth_date
    if born:
        yield f"b {born}"
        sounds = [sound(name) for name in person.names]
        for part in (born[:4], born[4:], born[:6]):
            yield from (f"bs {part} {heard}" for heard in sounds)
        yield from (
            f"bp {part} {place}" for part in (born[:4], born[4:]) for place in person.places
        )


def _of_points(person: Person) -> Iterator[str]:
    yield from (f"p {value}" for value in (*person.phones, *person.handles, *person.accounts))
    for local, domain in person.emails:
        yield f"e {local}@{domain}"
        if len(local) >= _MAILBOX:
            yield f"l {local}"
        if domain:
            yield f"d {local[:1]} {domain}"
    for _, value in person.id_numbers:
        yield f"i {value}"
        if len(value) >= _ID_HALF + 2:
            yield f"ih {value[:_ID_HALF]}"
            yield f"it {value[-_ID_HALF:]}"


def _of_names(person: Person) -> Iterator[str]:
    yield from (f"r {surname} {given}" for surname, given in person.readings)
    yield from (f"n {name}" for name in person.names)
    sounds = sorted({sound(name) for name in person.names})
    yield from (f"s {one} {other}" for one, other in combinations(sounds, 2))
    yield f"j {''.join(sorted(''.join(person.names)))}"


def _of_places(person: Person) -> Iterator[str]:
    code = person.postal_code
    if code:
        yield from (f"cs {code} {sound(name)}" for name in person.names)
        yield from (f"cn {code} {number}" for number in person.numbers)
    for place in person.places:
        yield f"a {place}"
        yield from (f"an {place} {number}" for number in person.numbers)
        yield from (f"as {place} {name[:_LETTERS]}" for name in person.names)
