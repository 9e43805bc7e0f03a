# SPDX-License-Identifier: Apache-2.0
"""Contact points and id numbers compared: how many carry one decides what it says."""

import math
from collections.abc import Callable, Iterator

from agentassist.domain.comparison import Alike, Clue, Field, How
from agentassist.domain.customer import ContactKind
from agentassist.domain.person import Person

Share = Callable[[str, str], float]
"""The share of all records that have a value, by field and value."""

_KEPT = 0.8
_MOST_BITS = 18.0
_MOST_BITS_OF_ID = 22.0
_MAYBE = 0.5
_COMMON_DOMAIN = 0.01
_CONTRADICTED = {Field.EMAIL: -1.0, Field.PHONE: -0.5}
_MAILBOX_LETTERS = 5
_SLIP_DIGITS = 6
_PHONE_DIGITS = 9
_SLIP_OF_PHONE = 4.0
_SLIP_OF_ID = 8.0
_SIMILAR_MAIL = 0.7
_BITS_OF_MAIL = 24.0
_LEAST_OF_MAIL = 3.0
_SAME_MAILBOX = 5.0


def compare_points(
    one: Person, other: Person, share: Share, alike: Alike, id_contradicted: float
) -> Iterator[Clue]:
    """Yield what the contact points of two records say, at most one clue for a kind.

    Other id numbers weigh `id_contradicted`.
    """
    for kind, field, mine, theirs in (
        (ContactKind.PHONE, Field.PHONE, one.phones, other.phones),
        (ContactKind.HANDLE, Field.HANDLE, one.handles, other.handles),
        (ContactKind.ACCOUNT, Field.ACCOUNT, one.accounts, other.accounts),
    ):
        if mine and theirs:
            yield from _values(kind, field, mine, theirs, (one, other), share, alike)
    if one.emails and other.emails:
        yield from _mails(one, other, share, alike)
    if one.id_numbers and other.id_numbers:
        yield from _ids(one, other, share, alike, id_contradicted)


def _values(
    kind: ContactKind,
    field: Field,
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    people: tuple[Person, Person],
    share: Share,
    alike: Alike,
) -> Iterator[Clue]:
    same = [value for value in mine if value in theirs]
    if same:
        yield max((_same(kind, field, value, people, share) for value in same), key=_weight)
    elif field is Field.PHONE:
        yield _other_phone(mine, theirs, alike)


def _same(
    kind: ContactKind, field: Field, value: str, people: tuple[Person, Person], share: Share
) -> Clue:
    point = (kind.value, value)
    if any(point in person.shared for person in people):
        return Clue(field, How.SHARED, 0.0, value, value)
    bits = min(_MOST_BITS, math.log2(_KEPT / min(_KEPT, share(kind.value, value))))
    if any(point in person.guesses for person in people):
        return Clue(field, How.MAYBE, _MAYBE * bits, value, value)
    return Clue(field, How.SAME, bits, value, value)


def _other_phone(mine: tuple[str, ...], theirs: tuple[str, ...], alike: Alike) -> Clue:
    for one in mine:
        for other in theirs:
            if len(one) > _PHONE_DIGITS and _one_slip(one, other, alike):
                return Clue(Field.PHONE, How.SIMILAR, _SLIP_OF_PHONE, one, other)
    return Clue(Field.PHONE, How.DIFFERENT, _CONTRADICTED[Field.PHONE], mine[0], theirs[0])


def _mails(one: Person, other: Person, share: Share, alike: Alike) -> Iterator[Clue]:
    same = ["@".join(mail) for mail in one.emails if mail in other.emails]
    if same:
        people = (one, other)
        clues = (_same(ContactKind.EMAIL, Field.EMAIL, item, people, share) for item in same)
        yield max(clues, key=_weight)
        return
    pairs = ((mine, their) for mine in one.emails for their in other.emails)
    yield max((_other_mail(mine, their, share, alike) for mine, their in pairs), key=_weight)


def _other_mail(mine: tuple[str, str], their: tuple[str, str], share: Share, alike: Alike) -> Clue:
    texts = "@".join(mine), "@".join(their)
    near = _likeness_of_mail(mine, their, share, alike)
    if near >= _SIMILAR_MAIL:
        bits = _BITS_OF_MAIL * (near - _SIMILAR_MAIL) + _LEAST_OF_MAIL
        return Clue(Field.EMAIL, How.SIMILAR, bits, *texts)
    if mine[0] == their[0] and len(mine[0]) >= _MAILBOX_LETTERS:
        return Clue(Field.EMAIL, How.IN_PART, _SAME_MAILBOX, *texts)
    return Clue(Field.EMAIL, How.DIFFERENT, _CONTRADICTED[Field.EMAIL], *texts)


def _likeness_of_mail(
    mine: tuple[str, str], their: tuple[str, str], share: Share, alike: Alike
) -> float:
    """Compare whole addresses; at a domain that many use, what stands before it."""
    if mine[1] == their[1] and share("domain", mine[1]) > _COMMON_DOMAIN:
        shortest = min(len(mine[0]), len(their[0]))
        return alike(mine[0], their[0]) if shortest >= _MAILBOX_LETTERS else 0.0
    return alike("@".join(mine), "@".join(their))


def _ids(
    one: Person, other: Person, share: Share, alike: Alike, contradicted: float
) -> Iterator[Clue]:
    """Numbers of different kinds, such as a passport and an identity card, say nothing."""
    pairs = [
        (mine, their)
        for kind, mine in one.id_numbers
        for their_kind, their in other.id_numbers
        if kind == their_kind or mine == their or not (kind and their_kind)
    ]
    if pairs:
        yield max(
            (_id(mine, their, share, alike, contradicted) for mine, their in pairs), key=_weight
        )


def _id(mine: str, their: str, share: Share, alike: Alike, contradicted: float) -> Clue:
    if mine == their:
        bits = math.log2(_KEPT / min(_KEPT, share("id_number", mine)))
        return Clue(Field.ID_NUMBER, How.SAME, min(_MOST_BITS_OF_ID, bits), mine, their)
    if _one_slip(mine, their, alike):
        return Clue(Field.ID_NUMBER, How.SIMILAR, _SLIP_OF_ID, mine, their)
    return Clue(Field.ID_NUMBER, How.DIFFERENT, contradicted, mine, their)


def _one_slip(one: str, other: str, alike: Alike) -> bool:
    longest = max(len(one), len(other))
    return longest >= _SLIP_DIGITS and round((1 - alike(one, other)) * longest) == 1


def _weight(clue: Clue) -> float:
    return clue.weight
