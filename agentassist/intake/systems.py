# SPDX-License-Identifier: Apache-2.0
"""What the exports and interfaces of other systems have in common.

A system's reader turns documents into records. The documents come from a file, or from the
pages that a connector asks a live system for: the records are the same.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote

from agentassist.domain.importing import RecordKind, RowFault
from agentassist.errors import BadInput, Place
from agentassist.intake.documents import (
    Document,
    DocumentFile,
    DocumentPage,
    Drawn,
    Fields,
    Source,
    first_of,
)
from agentassist.intake.formats import Hints, Part
from agentassist.intake.rest import Rest

CUSTOMER_COLUMNS = (
    *("customer_key", "customer_id", "name", "first_name", "last_name"),
    *("email", "email.2", "email.3", "email.4", "email.5"),
    *("phone", "phone.2", "phone.3", "phone.4", "phone.5"),
    *("handle", "handle.2", "handle.3", "handle.4", "handle.5"),
    *("organisation", "language", "time_zone", "tier"),
    *("address", "city", "state", "country", "zip"),
)
CONTACT_COLUMNS = (
    *("key", "customer_key", "customer_id", "email", "phone", "name", "channel", "direction"),
    *("subject", "text", "at", "author", "status", "conversation", "order_number"),
    *("ticket", "priority", "tags", "attachments", "duration"),
)
"""Those that are no field of ours are kept beside the interaction."""

COLUMNS: Mapping[RecordKind, tuple[str, ...]] = MappingProxyType(
    {
        RecordKind.CUSTOMERS: CUSTOMER_COLUMNS,
        RecordKind.ORDERS: (
            *("customer_key", "email", "phone", "zip", "order_number"),
            *("status", "total", "currency", "payment", "ordered_at"),
        ),
        RecordKind.ORDER_ITEMS: (
            *("order_number", "item_id", "name", "price", "currency", "quantity", "options"),
        ),
        RecordKind.INTERACTIONS: CONTACT_COLUMNS,
    }
)

MOST_PAGES = 100_000
"""A server that never comes to an end is left after so many pages of one kind."""
MAX_AGENTS = 50_000
_MOST_OF_A_KIND = 5
_LONGEST_LIST = 200
_NOTHING: frozenset[RecordKind] = frozenset()


class Reader(Protocol):
    """Makes records out of the documents of one system."""

    def notice(self, document: Document) -> Collection[RecordKind]:
        """Say which records a document makes; remember who are our people and the like."""

    def draw(self, kind: RecordKind, document: Document) -> Iterable[Fields]:
        """Return the records of one kind; raises BadInput (without a file) for a wrong one."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought, and where the next one begins once this is stored."""

    documents: tuple[Document, ...]
    cursor: Mapping[str, str]


class System(Protocol):
    """A live system. `token_form` tells a person what token it takes."""

    name: str
    token_form: str
    headers: Mapping[str, str]

    @property
    def reader(self) -> Reader:
        """The reader that makes records of its pages."""

    def authorization(self, token: str) -> str:
        """Return the header that a token makes."""

    def pages(self, rest: Rest, cursor: Mapping[str, str]) -> Iterator[Page]:
        """Yield what has changed since `cursor`, customers before their interactions."""


@dataclass(frozen=True, slots=True)
class Export:
    """The format of a system's own export, of which the first documents tell what it is."""

    name: str
    reader: Callable[[], Reader]
    is_ours: Callable[[Document], bool]

    def recognises(self, path: Path) -> bool:
        """Say yes to a file with documents as the system has them."""
        return any(map(self.is_ours, first_of(path)))

    def parts(self, path: Path, hints: Hints) -> Iterator[Part]:
        """Yield customers, then what belongs to them.

        The file is read once to see what is in it, and once for each part.

        Raises:
            BadInput: there is nothing in it that is known.
        """
        found = False
        for part in _parts(self.reader(), lambda: DocumentFile(path, hints.encoding)):
            found = True
            yield part
        if not found:
            raise BadInput(Place(str(path)), "No record in this file is known.")


def page_parts(reader: Reader, page: Page) -> Iterator[Part]:
    """Yield the parts of what a live system sent."""
    return _parts(reader, lambda: DocumentPage(page.documents))


def _parts(reader: Reader, opened: Callable[[], Source]) -> Iterator[Part]:
    kinds: set[RecordKind] = set()
    with closing(opened()) as source:
        for item in source:
            kinds.update(_noticed(reader, item))
    for place, kind in enumerate(kind for kind in COLUMNS if kind in kinds):
        make = partial(reader.draw, kind)
        yield Part(Drawn(opened(), COLUMNS[kind], make, faults=place == 0), kind, ours=True)


def _noticed(reader: Reader, item: Document | RowFault) -> Collection[RecordKind]:
    """What is wrong with a document is told when it is drawn."""
    if isinstance(item, RowFault):
        return _NOTHING
    try:
        return reader.notice(item)
    except BadInput:
        return _NOTHING


def filled(fields: Mapping[str, str]) -> Fields:
    """Return the fields that say something."""
    return {name: text for name, text in fields.items() if text}


def numbered(field: str, given: Iterable[str]) -> Fields:
    """Return several values of a field, each once, under names of their own."""
    different = list(dict.fromkeys(text for text in given if text))[:_MOST_OF_A_KIND]
    names = (field, *(f"{field}.{place}" for place in range(2, _MOST_OF_A_KIND + 1)))
    return dict(zip(names, different, strict=False))


def listed(texts: Iterable[str]) -> str:
    """Return short texts as one, cut where it gets long."""
    return ", ".join(filter(None, texts))[:_LONGEST_LIST]


def objects_in(page: Mapping[str, object], name: str) -> list[dict[str, object]]:
    """Return the objects of a list in an answer; whatever else is there is passed over."""
    found = page.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def documents(rest: Rest, name: str, found: Iterable[Mapping[str, object]]) -> tuple[Document, ...]:
    """Return objects of a live system as documents."""
    return tuple(
        Document(name, Place(rest.address, 0, f"{name}[{place}]"), item)
        for place, item in enumerate(found)
    )


def key_in_path(item: Mapping[str, object]) -> str:
    """Return the key of an object as a part of an address, empty when it has none."""
    key = item.get("id")
    return quote(str(key), safe="") if isinstance(key, str | int) and str(key).strip(". ") else ""


class Names:
    """Names by key, such as those of our own people: few, however many customers there are."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._names)

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def add(self, key: str, name: str) -> None:
        """Remember a name."""
        if key and (key in self._names or len(self._names) < MAX_AGENTS):
            self._names[key] = name

    def of(self, key: str) -> str:
        """Return a name, empty when it is not known."""
        return self._names.get(key, "")
