# SPDX-License-Identifier: Apache-2.0
"""JSON lines of contacts that were solved, with the articles that solved them.

{"id": "4711", "text": "my parcel …", "articles": ["parcel-late"], "date": "2026-03-01"}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from agentassist.domain.importing import RowFault
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake.files import Reader
from agentassist.intake.json_fields import Fields
from agentassist.intake.json_lines import filled, objects
from agentassist.intake.values import moment


@dataclass(frozen=True, slots=True)
class SolvedContact:
    """What a customer asked in another system, and the keys of the articles that were linked.

    `at` is None where the file does not say when that was.
    """

    place: Place
    ref: str
    text: str
    articles: tuple[str, ...]
    at: datetime | None = None


class SolvedContacts(Reader):
    """One file of solved contacts. Iterate once; `close` ends it."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises BadInput when it is no text file, or empty."""
        self._file = filled(path)
        self.size = self._file.size

    def __iter__(self) -> Iterator[SolvedContact | RowFault]:
        for item in objects(self._file):
            try:
                yield item if isinstance(item, RowFault) else _contact(Fields(item))
            except BadInput as error:
                yield RowFault.of(error)


def _contact(fields: Fields) -> SolvedContact:
    articles = fields.texts("articles")
    if not articles:
        raise fields.fault("articles", "Name at least one article that was linked.")
    ref, text = fields.needed("id"), fields.needed("text")
    return SolvedContact(fields.place, ref, text, articles, _at(fields))


def _at(fields: Fields) -> datetime | None:
    try:
        return moment(given) if (given := fields.text("date")) else None
    except UserError as error:
        raise fields.fault("date", error.template, **error.values) from error
