# SPDX-License-Identifier: Apache-2.0
"""Articles with their versions and passages, and what agents made of them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from agentassist.domain.clock import utc_now
from agentassist.domain.knowledge import (
    Article,
    ArticleHeader,
    ArticleState,
    ArticleVersion,
    Audience,
    Feedback,
    FeedbackKind,
    Gap,
    Passage,
)
from agentassist.errors import UserError
from agentassist.storage.rows import by_ids, chunks, insert_new, streamed
from agentassist.storage.saving import SaveOutcome
from agentassist.storage.schema.knowledge import (
    article_versions,
    articles,
    counters,
    feedback,
    gaps,
    passages,
)
from agentassist.storage.schema.types import canonical_json, clean

_REVISION = "knowledge"
_LISTS = ("labels", "products", "questions")
_FIELDS = tuple(item.name for item in fields(Article))
_CONTENT = tuple(name for name in _FIELDS if name not in {"id", "version", "state"})
_ARTICLE = [articles.c[name] for name in _FIELDS]
_HEADER = [articles.c[item.name] for item in fields(ArticleHeader) if item.name != "summary"]
_PASSAGE = [passages.c[item.name] for item in fields(Passage)]


@dataclass(frozen=True, slots=True)
class SavedArticle:
    """An article as it is stored now (with its lasting id and version), new or not."""

    article: Article
    outcome: SaveOutcome


class Knowledge:
    """Reads and writes the knowledge base on one connection, inside its transaction."""

    def __init__(self, connection: Connection, *, now: Callable[[], datetime] = utc_now) -> None:
        self._connection = connection
        self._now = now

    # Articles

    def save_article(self, article: Article, given: Sequence[Passage]) -> SavedArticle:
        """Insert an article, or update the one with the same key.

        Changed content makes a new version; the old one is kept. The passages replace
        those that were there, and one whose text did not change keeps its id.
        """
        known = self.by_key(article.key)
        if known is None:
            stored, outcome = replace(article, version=1), SaveOutcome.NEW
            self._connection.execute(insert(articles).values(_row(stored)))
            self._keep_version(stored)
        else:
            stored, outcome = self._update(known, article)
        if self._replace_passages(stored.id, given) and outcome is SaveOutcome.UNCHANGED:
            outcome = SaveOutcome.UPDATED
        if outcome is not SaveOutcome.UNCHANGED:
            self._move_on()
        return SavedArticle(stored, outcome)

    def _update(self, known: Article, given: Article) -> tuple[Article, SaveOutcome]:
        stored = replace(given, id=known.id, version=known.version)
        if _digest(stored) != _digest(known):
            stored = replace(stored, version=known.version + 1)
            self._keep_version(stored)
        elif stored.state is known.state:
            return known, SaveOutcome.UNCHANGED
        changed = update(articles).where(articles.c.id == known.id)
        self._connection.execute(changed.values(_row(stored)))
        return stored, SaveOutcome.UPDATED

    def _keep_version(self, article: Article) -> None:
        row = {
            "article_id": article.id,
            "version": article.version,
            "content": _content(article),
            "saved_at": self._now(),
        }
        self._connection.execute(insert(article_versions).values(row))

    def versions(self, article_id: UUID) -> tuple[ArticleVersion, ...]:
        """Return an article as it was after each change, the newest first."""
        article = self.article(article_id)
        mine = article_versions.c.article_id == article_id
        query = select(article_versions).where(mine).order_by(article_versions.c.version.desc())
        if article is None:
            return ()
        return tuple(
            ArticleVersion(_from_content(article, row.content, row.version), row.saved_at)
            for row in self._connection.execute(query)
        )

    def articles(self, state: ArticleState | None = None) -> tuple[Article, ...]:
        """Return all articles, or those in one state, by key."""
        query = select(*_ARTICLE).order_by(articles.c.key)
        if state is not None:
            query = query.where(articles.c.state == state)
        return tuple(_article(row) for row in self._connection.execute(query))

    def article(self, article_id: UUID) -> Article | None:
        """Return one article in whatever state it is."""
        return next(iter(self.many([article_id]).values()), None)

    def many(self, article_ids: Iterable[UUID]) -> dict[UUID, Article]:
        """Return articles by their ids; those that are not there are left out."""
        rows = by_ids(self._connection, articles.c.id, set(article_ids))
        return {row.id: _article(row) for row in rows}

    def ids_of(self, keys: Iterable[str]) -> dict[str, UUID]:
        """Return the ids of articles by the keys that their authors gave them."""
        wanted = {clean(key): key for key in keys}
        query = select(articles.c.id, articles.c.key)
        return {
            wanted[row.key]: row.id
            for chunk in chunks(wanted)
            for row in self._connection.execute(query.where(articles.c.key.in_(chunk)))
        }

    def keys(self) -> dict[UUID, str]:
        """Return the authors' keys of all articles by their ids."""
        query = select(articles.c.id, articles.c.key)
        return {row.id: row.key for row in streamed(self._connection, query)}

    def by_key(self, key: str) -> Article | None:
        """Return the article that its author calls `key`."""
        query = select(*_ARTICLE).where(articles.c.key == clean(key))
        row = self._connection.execute(query).one_or_none()
        return _article(row) if row else None

    def retire(self, article_id: UUID) -> None:
        """Take an article out of search; it stays readable, with its history.

        Raises:
            UserError: there is no such article.
        """
        changed = update(articles).where(articles.c.id == article_id)
        done = self._connection.execute(changed.values(state=ArticleState.RETIRED))
        if done.rowcount == 0:
            raise UserError("This article is no longer there. Search again.")
        self._move_on()

    # Passages

    def passages(self, passage_ids: Iterable[UUID]) -> dict[UUID, Passage]:
        """Return passages by their ids; those that are not there any more are left out."""
        rows = by_ids(self._connection, passages.c.id, set(passage_ids))
        return {row.id: Passage(**row._asdict()) for row in rows}

    def passages_of(self, article_id: UUID) -> tuple[Passage, ...]:
        """Return the passages of an article in reading order."""
        query = select(*_PASSAGE).where(passages.c.article_id == article_id)
        rows = self._connection.execute(query.order_by(passages.c.ordinal))
        return tuple(Passage(**row._asdict()) for row in rows)

    def all_passages(
        self, state: ArticleState = ArticleState.PUBLISHED
    ) -> Iterator[tuple[Passage, ArticleHeader]]:
        """Yield every passage of the articles in one state, with its article's header.

        The rows are streamed: read them inside the transaction.
        """
        wanted = select(*_HEADER, articles.c.extra)
        headers = {row.id: _header(row) for row in streamed(self._connection, wanted)}
        query = select(*_PASSAGE).join(articles).where(articles.c.state == state)
        query = query.order_by(passages.c.article_id, passages.c.ordinal)
        for row in streamed(self._connection, query):
            yield Passage(**row._asdict()), headers[row.article_id]

    def _replace_passages(self, article_id: UUID, given: Sequence[Passage]) -> bool:
        before = self.passages_of(article_id)
        ids: dict[str, list[UUID]] = {}
        for passage in reversed(before):
            ids.setdefault(passage.digest, []).append(passage.id)
        after = tuple(
            replace(
                passage,
                id=ids[passage.digest].pop() if ids.get(passage.digest) else passage.id,
                article_id=article_id,
                ordinal=ordinal,
            )
            for ordinal, passage in enumerate(given)
        )
        if after == before:
            return False
        self._connection.execute(delete(passages).where(passages.c.article_id == article_id))
        if after:
            self._connection.execute(insert(passages), [asdict(passage) for passage in after])
        return True

    # What agents made of it: append-only

    def add_feedback(self, given: Feedback) -> bool:
        """Insert an act on a suggestion; return whether it is new: the same one twice is one."""
        return insert_new(self._connection, feedback, [asdict(given)]) > 0

    def feedback(self, article_id: UUID, limit: int = 1000) -> tuple[Feedback, ...]:
        """Return the acts on an article, the newest first."""
        query = select(feedback).where(feedback.c.article_id == article_id)
        return self._feedback(
            query.order_by(feedback.c.at.desc(), feedback.c.id.desc()).limit(limit)
        )

    def feedback_of_call(self, call_id: UUID) -> tuple[Feedback, ...]:
        """Return the acts on suggestions during a call, in order."""
        query = select(feedback).where(feedback.c.call_id == call_id)
        return self._feedback(query.order_by(feedback.c.at, feedback.c.id))

    def flags(self, limit: int = 100) -> tuple[Feedback, ...]:
        """Return the newest flags, of whatever article."""
        query = select(feedback).where(feedback.c.kind == FeedbackKind.FLAGGED)
        return self._feedback(
            query.order_by(feedback.c.at.desc(), feedback.c.id.desc()).limit(limit)
        )

    def _feedback(self, query: Select[Any]) -> tuple[Feedback, ...]:
        return tuple(Feedback(**row._asdict()) for row in self._connection.execute(query))

    def add_gap(self, gap: Gap) -> None:
        """Insert a question that nothing was found for; the same one twice is one."""
        insert_new(self._connection, gaps, [asdict(gap)])

    def gaps(self, limit: int = 100) -> tuple[Gap, ...]:
        """Return the newest questions that nothing was found for."""
        query = select(gaps).order_by(gaps.c.at.desc(), gaps.c.id.desc()).limit(limit)
        return tuple(Gap(**row._asdict()) for row in self._connection.execute(query))

    # The change counter

    def revision(self) -> int:
        """Return a number that grows with every change of what can be found.

        It begins at the time of the first change, so that a cache of one database is never
        taken for that of another in which as much was published.
        """
        query = select(counters.c.value).where(counters.c.name == _REVISION)
        return self._connection.execute(query).scalar_one_or_none() or 0

    def _move_on(self) -> None:
        begin = int(self._now().timestamp() * 1_000_000)
        insert_new(self._connection, counters, [{"name": _REVISION, "value": begin}])
        mine = counters.c.name == _REVISION
        self._connection.execute(update(counters).where(mine).values(value=counters.c.value + 1))

    def count_passages(self) -> int:
        """Return the number of passages that can be found."""
        found = articles.c.state == ArticleState.PUBLISHED
        query = select(func.count()).select_from(passages).join(articles).where(found)
        return self._connection.execute(query).scalar_one()


def _content(article: Article) -> dict[str, Any]:
    content = {name: getattr(article, name) for name in _CONTENT}
    verify_by = article.verify_by.isoformat() if article.verify_by else None
    return content | {"verify_by": verify_by, "extra": dict(article.extra)}


def _from_content(now: Article, content: Mapping[str, Any], version: int) -> Article:
    lists = {name: tuple(content[name]) for name in _LISTS}
    verify_by = date.fromisoformat(content["verify_by"]) if content["verify_by"] else None
    audience = Audience(content["audience"])
    changed = dict(content) | lists | {"verify_by": verify_by, "audience": audience}
    return replace(now, **changed, version=version)


def _digest(article: Article) -> str:
    return hashlib.sha256(canonical_json(_content(article)).encode()).hexdigest()


def _row(article: Article) -> dict[str, Any]:
    row = {name: getattr(article, name) for name in _FIELDS}
    return row | {"digest": _digest(article), "extra": dict(article.extra)}


def _article(row: Row[Any]) -> Article:
    given = {name: getattr(row, name) for name in _FIELDS}
    return Article(**given | {name: tuple(given[name]) for name in _LISTS})


def _header(row: Row[Any]) -> ArticleHeader:
    given = row._asdict()
    summary = str(given.pop("extra").get("summary") or "")
    return ArticleHeader(**given | {name: tuple(given[name]) for name in _LISTS}, summary=summary)
