# SPDX-License-Identifier: Apache-2.0
"""Who the company serves, and how they can be reached."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ContactKind(StrEnum):
    """What an identifier is. An order number leads to a customer through a purchase.

    An id number is what a state or a company gave to one person only, such as that of an
    identity card: it is compared, and never shown in full.
    """

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    ACCOUNT = "account"
    ORDER = "order"
    ID_NUMBER = "id_number"


class Standing(StrEnum):
    """How far a contact point speaks for its customer.

    `MAYBE` was mined from somewhere, such as the signature of a mail, and is a guess until
    somebody confirms it. `SHARED` belongs to several people (a family, a reception desk):
    it leads to all of them and never makes two of them one.
    """

    OWN = "own"
    MAYBE = "maybe"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """One way to reach a customer.

    `value` is the normalised form that matching compares (E.164 for phones, case
    folded for e-mail and handles); `shown` is what the source wrote, and `label` what it is
    for, or where a guess comes from.
    """

    kind: ContactKind
    value: str
    shown: str = ""
    label: str = ""
    standing: Standing = Standing.OWN


@dataclass(frozen=True, slots=True)
class Preference:
    """Something the customer told us they like or need, and where they said it."""

    id: UUID
    customer_id: UUID
    topic: str
    text: str
    stated_at: datetime | None = None
    interaction_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A person or a company we serve.

    `source` and `source_ref` are the system the record came from and its key there:
    an import that runs again finds the record by them. `birth_date` is YYYY-MM-DD; one that
    does not exist is kept as the source has it, because even a wrong one tells people apart.
    `organisation` is the company or household for which the customer speaks.
    """

    id: UUID
    name: str
    contact_points: tuple[ContactPoint, ...] = ()
    language: str = ""
    tier: str = ""
    time_zone: str = ""
    address: str = ""
    postal_code: str = ""
    source: str = ""
    source_ref: str = ""
    birth_date: str = ""
    organisation: str = ""

    def points(self, kind: ContactKind) -> tuple[ContactPoint, ...]:
        """Return the contact points of one kind, in the order they were given."""
        return tuple(point for point in self.contact_points if point.kind is kind)
