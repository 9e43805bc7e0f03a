# SPDX-License-Identifier: Apache-2.0
"""Bring articles into the knowledge base: a folder of Markdown, or a file of JSON lines.

Unchanged articles are passed over, changed ones become new versions, and one that is gone
from its folder or file stays: retiring is a decision, not a side effect.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from agentassist.domain.importing import ImportReport, Progress, RecordKind, RowFault
from agentassist.domain.knowledge import Article
from agentassist.errors import Cancelled
from agentassist.intake.article_lines import ArticleLines
from agentassist.intake.articles import ArticleFile, read_folder
from agentassist.retrieval import chunker
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.saving import SaveOutcome

if TYPE_CHECKING:
    from sqlalchemy import Connection

BATCH = 50
LINE_ENDINGS = frozenset({".jsonl", ".ndjson"})

_Items = Iterable[ArticleFile | RowFault]


class _TakeBack(Exception):
    """Ends the transaction of a dry run."""


def import_articles(
    database: Database,
    path: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Import the Markdown files below a folder, or a file of JSON lines.

    Some dozens go into one transaction.

    Raises:
        BadInput: there is no such folder or file, or nothing in it.
        Cancelled: the person stopped it; what was stored stays.
    """
    report = ImportReport(RecordKind.ARTICLES, str(path), dry_run=dry_run)
    with _opened(path) as items:
        for batch in _batches(items):
            if cancelled():
                raise Cancelled
            report = _store(database, batch, report)
            if progress:
                progress(_progress(path, report, items))
    return report


def _opened(path: Path) -> AbstractContextManager[_Items]:
    if path.suffix.casefold() in LINE_ENDINGS:
        return ArticleLines(path)
    return nullcontext(read_folder(path))


def _progress(path: Path, report: ImportReport, items: _Items) -> Progress:
    if isinstance(items, ArticleLines):
        return Progress(str(path), report.rows, items.position, items.size)
    return Progress(str(path), report.rows)


def all_articles(database: Database) -> tuple[Article, ...]:
    """Return every article in whatever state, by key."""
    with database.reading() as connection:
        return Knowledge(connection).articles()


def save(connection: "Connection", article: Article) -> SaveOutcome:
    """Store an article with its passages under the id that its key has already."""
    knowledge = Knowledge(connection)
    known = knowledge.by_key(article.key)
    if known is None:
        return knowledge.save_article(article, chunker.cut(article)).outcome
    given = replace(article, id=known.id, version=known.version)
    if given == known:
        return SaveOutcome.UNCHANGED
    return knowledge.save_article(given, chunker.cut(given)).outcome


def _store(database: Database, batch: _Items, report: ImportReport) -> ImportReport:
    with suppress(_TakeBack), database.transaction() as connection:
        for item in batch:
            if isinstance(item, RowFault):
                report = report.with_fault(item)
            else:
                report = report.plus(**{save(connection, item.article).value: 1})
        if report.dry_run:
            raise _TakeBack
    return report


def _batches(items: _Items) -> Iterator[list[ArticleFile | RowFault]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
