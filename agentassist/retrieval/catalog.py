# SPDX-License-Identifier: Apache-2.0
"""Which row of the indexes is which passage, of which article, and who may see it.

Rows, and places of articles, are numbered upwards and never used again, so that an index
may keep a number after its passage is gone; `dead_share` tells when a rebuild pays.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from agentassist.domain.knowledge import Article, ArticleHeader, Audience, Passage, Scope
from agentassist.retrieval.chunker import digest_of, encoded_text
from agentassist.retrieval.phrases import Phrase, PhraseKind, PhraseTable

_FILE = "articles.jsonl"
_PHRASES = "phrases.jsonl"
_RECORDS = "passages.bin"
_KEY = 16
_RECORD = _KEY + 32
_GROWTH = 1024


@dataclass(frozen=True, slots=True)
class Header:
    """What search must know of an article; `about` says in a sentence or two what it says."""

    article_id: UUID
    title: str
    language: str
    internal: bool = False
    labels: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    questions: tuple[str, ...] = ()
    short_answer: str = ""
    about: str = ""

    @classmethod
    def of(cls, article: Article | ArticleHeader, passages: Sequence[Passage] = ()) -> "Header":
        """Return the header of an article; its first lines stand in where nothing shorter is."""
        return cls(
            article_id=article.id,
            title=article.title,
            language=article.language,
            internal=article.audience is Audience.INTERNAL,
            labels=frozenset(article.labels),
            products=frozenset(article.products),
            questions=article.questions,
            short_answer=article.short_answer,
            about=article.summary or article.short_answer or _lead(passages),
        )

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Return the short texts that its author wrote, each once."""
        written = dict.fromkeys((self.about,), PhraseKind.ANSWER)
        written |= dict.fromkeys((self.title,), PhraseKind.TITLE)
        written |= dict.fromkeys(self.questions, PhraseKind.QUESTION)
        return tuple(Phrase(kind, digest_of(text), text) for text, kind in written.items() if text)

    def within(self, scope: Scope) -> bool:
        """Tell whether the article may be suggested."""
        return (
            (not scope.language or not self.language or self.language == scope.language)
            and (scope.include_internal or not self.internal)
            and (not scope.labels or bool(scope.labels & self.labels))
            and (not scope.products or not self.products or bool(scope.products & self.products))
        )


class Catalog:
    """Rows to passages and articles. `stamp` changes when the numbering starts anew."""

    def __init__(self, stamp: str = "") -> None:
        self.stamp = stamp or uuid4().hex
        self._headers: list[Header | None] = []
        self._places: dict[UUID, int] = {}
        self._rows: dict[UUID, tuple[int, ...]] = {}
        self._passages: list[UUID] = []
        self._digests: list[bytes] = []
        self._owner = np.full(_GROWTH, -1, dtype=np.int32)
        self._masks: dict[Scope, np.ndarray] = {}
        self.phrases = PhraseTable()

    @property
    def size(self) -> int:
        """Number of rows ever given, living or dead."""
        return len(self._passages)

    @property
    def owner(self) -> np.ndarray:
        """The place of the article of each row, int32 [size]; -1 where the row is dead."""
        return self._owner[: self.size]

    @property
    def dead_share(self) -> float:
        """Share of the rows whose passage is gone, 0..1."""
        return float(np.mean(self.owner < 0)) if self.size else 0.0

    @property
    def living(self) -> int:
        """Number of passages that can be found."""
        return int(np.count_nonzero(self.owner >= 0))

    def articles(self) -> Iterable[Header]:
        """Yield the header of each article that can be found."""
        return (header for header in self._headers if header is not None)

    def places(self) -> int:
        """Return how many article places were ever given."""
        return len(self._headers)

    def header(self, place: int) -> Header:
        """Return the header of a living article by its place."""
        header = self._headers[place]
        if header is None:
            raise KeyError(place)
        return header

    def header_within(self, place: int, scope: Scope) -> bool:
        """Tell whether the article of a place lives and lies within the scope."""
        header = self._headers[place] if place < len(self._headers) else None
        return header is not None and header.within(scope)

    def of(self, article_id: UUID) -> Header | None:
        """Return the header of an article, None when it cannot be found."""
        place = self._places.get(article_id)
        return None if place is None else self._headers[place]

    def place(self, article_id: UUID) -> int | None:
        """Return the place of an article, None when it cannot be found."""
        return self._places.get(article_id)

    def rows(self, article_id: UUID) -> tuple[int, ...]:
        """Return the rows of an article, in reading order."""
        return self._rows.get(article_id, ())

    def rows_at(self, place: int) -> tuple[int, ...]:
        """Return the rows of the article of a place; none when it is gone."""
        header = self._headers[place]
        return () if header is None else self._rows[header.article_id]

    def is_bare(self, place: int) -> bool:
        """Tell whether an article has no text but its title or short answer."""
        header, rows = self.header(place), self.rows_at(place)
        only = encoded_text(header.title, "", header.short_answer or header.title)
        return len(rows) == 1 and self.digest(rows[0]) == digest_of(only)

    def passage(self, row: int) -> UUID:
        """Return the passage of a row."""
        return self._passages[row]

    def digest(self, row: int) -> str:
        """Return the digest of what is encoded of a row, in hexadecimal."""
        return self._digests[row].hex()

    def put(self, header: Header, passages: Sequence[tuple[UUID, str]]) -> tuple[int, ...]:
        """Add an article, or replace it; return its new rows, one for each passage.

        A passage is given by its id and its digest. The phrases of its author come after
        those that are there; what is known of contacts goes with it.
        """
        before = self._places.get(header.article_id)
        self._take_out(header.article_id)
        place = len(self._headers)
        self._hand_over(before, place)
        self.phrases.add(place, header.phrases)
        self._headers.append(header)
        self._places[header.article_id] = place
        rows = tuple(range(self.size, self.size + len(passages)))
        self._passages.extend(key for key, _ in passages)
        self._digests.extend(bytes.fromhex(digest) for _, digest in passages)
        if self.size > len(self._owner):
            room = np.full(2 * self.size, -1, dtype=np.int32)
            room[: len(self._owner)] = self._owner
            self._owner = room
        self._owner[list(rows)] = place
        self._rows[header.article_id] = rows
        self._masks.clear()
        return rows

    def _hand_over(self, before: int | None, place: int) -> None:
        if before is not None:
            self.phrases.drop_written(before)
            self.phrases.move(before, place)

    def remove(self, article_id: UUID) -> tuple[int, ...]:
        """Take an article out with its phrases; return its rows and forget its place."""
        place = self._places.get(article_id)
        if place is not None:
            self.phrases.drop(place)
        return self._take_out(article_id)

    def _take_out(self, article_id: UUID) -> tuple[int, ...]:
        place = self._places.pop(article_id, None)
        if place is None:
            return ()
        rows = self._rows.pop(article_id)
        self._owner[list(rows)] = -1
        self._headers[place] = None
        self._masks.clear()
        return rows

    def lives(self, row: int, passage: UUID | None) -> bool:
        """Tell whether a row still is that passage; for None, whether the phrase's article is."""
        if passage is None:
            return self.phrases.owner(row) >= 0
        return row < self.size and self.owner[row] >= 0 and self._passages[row] == passage

    def allowed(self, scope: Scope) -> np.ndarray:
        """Return for each row whether it lives and lies within the scope, bool [size]."""
        mask = self._masks.get(scope)
        if mask is None:
            places = np.array(
                [header is not None and header.within(scope) for header in self._headers] + [False]
            )
            mask = places[self.owner]
            self._masks[scope] = mask
        return mask

    def save(self, folder: Path) -> None:
        """Write the catalog into a folder."""
        with (folder / _FILE).open("w", encoding="utf-8") as file:
            file.writelines(self._lines())
        with (folder / _PHRASES).open("w", encoding="utf-8") as file:
            file.writelines(self.phrases.lines())
        records = zip(self._passages, self._digests, strict=True)
        (folder / _RECORDS).write_bytes(b"".join(key.bytes + digest for key, digest in records))

    def _lines(self) -> Iterator[str]:
        """Yield a line for each article; one at a time, since JSON holds the interpreter."""
        yield json.dumps({"stamp": self.stamp, "places": self.places()}) + "\n"
        for place, header in enumerate(self._headers):
            if header is not None:
                more = {"place": place, "rows": self._rows[header.article_id]}
                yield json.dumps({**asdict(header), **more}, default=_plain) + "\n"

    @classmethod
    def load(cls, folder: Path) -> "Catalog":
        """Read what `save` wrote.

        Raises:
            ValueError, KeyError or TypeError: it is not a catalog of this version.
        """
        with (folder / _FILE).open(encoding="utf-8") as file:
            raw, *articles = map(json.loads, file)
        kept = (folder / _RECORDS).read_bytes()
        records = [kept[at : at + _RECORD] for at in range(0, len(kept), _RECORD)]
        catalog = cls(raw["stamp"])
        catalog._passages = [UUID(bytes=record[:_KEY]) for record in records]
        catalog._digests = [record[_KEY:] for record in records]
        catalog._owner = np.full(catalog.size + _GROWTH, -1, dtype=np.int32)
        catalog._headers = [None] * int(raw["places"])
        for article in articles:
            catalog._restore(_header(article), int(article["place"]), tuple(article["rows"]))
        with (folder / _PHRASES).open(encoding="utf-8") as file:
            catalog.phrases = PhraseTable.of_lines(file)
        return catalog

    def _restore(self, header: Header, place: int, rows: tuple[int, ...]) -> None:
        self._headers[place] = header
        self._places[header.article_id] = place
        self._rows[header.article_id] = rows
        self._owner[list(rows)] = place


def _lead(passages: Sequence[Passage]) -> str:
    """Return the paragraph that a longer article begins with, before any heading."""
    first = passages[0] if len(passages) > 1 else None
    return first.text.partition("\n")[0] if first and not first.heading else ""


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


def _header(raw: Mapping[str, object]) -> Header:
    return Header(
        article_id=UUID(str(raw["article_id"])),
        title=str(raw["title"]),
        language=str(raw["language"]),
        internal=bool(raw["internal"]),
        labels=frozenset(_strings(raw["labels"])),
        products=frozenset(_strings(raw["products"])),
        questions=_strings(raw["questions"]),
        short_answer=str(raw["short_answer"]),
        about=str(raw["about"]),
    )


def _strings(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(type(value).__name__)
    return tuple(str(item) for item in value)
