# SPDX-License-Identifier: Apache-2.0
"""Keeps the catalog and the words of articles and contacts in step with the database."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from uuid import UUID

from agentassist.domain.knowledge import (
    Article,
    ArticleState,
    Feedback,
    FeedbackKind,
    Passage,
)
from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.catalog import Catalog, Header
from agentassist.retrieval.chunker import digest_of
from agentassist.retrieval.index_cache import Words
from agentassist.retrieval.lexical_index import Fields, LexicalIndex
from agentassist.retrieval.phrases import EXEMPLARS, Phrase, PhraseKind
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.learned import Learned

_DEAD_SHARE = 0.3
_KINDS = {
    FeedbackKind.LINKED: PhraseKind.LINKED,
    FeedbackKind.USED: PhraseKind.USED,
    FeedbackKind.NOT_RELEVANT: PhraseKind.DISMISSED,
}


class WordUpkeep:
    """Works on the words it holds; the caller holds the lock of whoever searches them."""

    def __init__(self, database: Database, analyzer: Analyzer) -> None:
        self._database = database
        self._analyzer = analyzer
        self.words = Words(Catalog(), LexicalIndex(analyzer), LexicalIndex(analyzer), -1)

    def build(self) -> None:
        """Read everything from the database; the numbering starts anew."""
        catalog, fields, said = Catalog(), list[Fields](), list[Fields]()
        with self._database.reading() as connection:
            knowledge = Knowledge(connection)
            revision = knowledge.revision()
            for header, passages in _by_article(knowledge):
                catalog.put(header, [(one.id, one.digest) for one in passages])
                fields.extend(_fields(header, passages))
                said.extend(_said(header.phrases))
            learned = Learned(connection)
            count = learned.revision()
            said.extend(_learn(catalog, learned.acts()))
        lexical = LexicalIndex.build(self._analyzer, fields)
        phrases = LexicalIndex.build(self._analyzer, said)
        self.words = Words(catalog, lexical, phrases, revision, count)

    def rows(self) -> list[Fields]:
        """Read what is searched of each row; nothing for those whose passage is gone."""
        catalog = self.words.catalog
        rows = [Fields("", (), "", "")] * catalog.size
        with self._database.reading() as connection:
            for header, passages in _by_article(Knowledge(connection)):
                places = catalog.rows(header.article_id)
                for row, fields in zip(places, _fields(header, passages), strict=False):
                    rows[row] = fields
        return rows

    def is_behind(self) -> bool:
        """Tell whether the database knows what these words do not."""
        with self._database.reading() as connection:
            known = (self.words.revision, self.words.learned)
            return (Knowledge(connection).revision(), Learned(connection).revision()) != known

    def catch_up(self) -> None:
        """Compare with the database and take over what differs.

        The numbering starts anew where too much of it was dead.
        """
        with self._database.reading() as connection:
            knowledge, learned = Knowledge(connection), Learned(connection)
            revision, count = knowledge.revision(), learned.revision()
            if revision != self.words.revision:
                self._compare(knowledge)
            if (revision, count) != (self.words.revision, self.words.learned):
                self.words.said.append(_learn(self.words.catalog, learned.acts()))
        self.words = replace(self.words, revision=revision, learned=count)
        if self.words.catalog.dead_share > _DEAD_SHARE:
            self.build()

    def _compare(self, knowledge: Knowledge) -> None:
        gone = {header.article_id for header in self.words.catalog.articles()}
        changed: list[tuple[Header, list[Passage]]] = []
        for header, passages in _by_article(knowledge):
            gone.discard(header.article_id)
            if not self._is_known(header, passages):
                changed.append((header, passages))
        self._put(changed)
        for article_id in gone:
            self.words.catalog.remove(article_id)

    def take_over(
        self, article_id: UUID, article: Article | None, passages: Sequence[Passage]
    ) -> None:
        """Take over one article as it is now."""
        if article is None or article.state is not ArticleState.PUBLISHED:
            self.words.catalog.remove(article_id)
        elif not self._is_known(header := Header.of(article, passages), passages):
            new = self.words.catalog.of(article_id) is None
            self._put([(header, passages)])
            if new and self.words.learned:
                self._learn_again()

    def _learn_again(self) -> None:
        """Bring back what is known of contacts of an article that was gone for a while."""
        with self._database.reading() as connection:
            acts = Learned(connection).acts()
        self.words.said.append(_learn(self.words.catalog, acts))

    def _put(self, changed: Sequence[tuple[Header, Sequence[Passage]]]) -> None:
        """Number articles, with their passages and phrases; let their words be found."""
        for header, passages in changed:
            self.words.catalog.put(header, [(one.id, one.digest) for one in passages])
        self.words.lexical.append([one for pair in changed for one in _fields(*pair)])
        self.words.said.append([one for header, _ in changed for one in _said(header.phrases)])

    def _is_known(self, header: Header, passages: Sequence[Passage]) -> bool:
        catalog = self.words.catalog
        rows = catalog.rows(header.article_id)
        return catalog.of(header.article_id) == header and [
            (catalog.passage(row), catalog.digest(row)) for row in rows
        ] == [(one.id, one.digest) for one in passages]


def _by_article(knowledge: Knowledge) -> Iterator[tuple[Header, list[Passage]]]:
    grouped = groupby(knowledge.all_passages(), key=lambda pair: pair[1].id)
    for _, pairs in grouped:
        together = list(pairs)
        passages = [passage for passage, _ in together]
        yield Header.of(together[0][1], passages), passages


def _fields(header: Header, passages: Sequence[Passage]) -> list[Fields]:
    texts = [one.text for one in passages]
    texts[:1] = [_opening(header, text) for text in texts[:1]]
    return [
        Fields.of(header.title, header.questions, one.heading, text)
        for one, text in zip(passages, texts, strict=True)
    ]


def _opening(header: Header, text: str) -> str:
    """Return the first passage with what the article is about, if it does not say so itself."""
    return text if header.about in text else f"{header.about}\n{text}"


def _said(phrases: Sequence[Phrase]) -> list[Fields]:
    """Return the words of phrases, none of titles and answers: passages have them."""
    texts = (one.text if one.kind in EXEMPLARS else "" for one in phrases)
    return [Fields("", (), "", text) for text in texts]


def _learn(catalog: Catalog, acts: Sequence[Feedback]) -> list[Fields]:
    """Give articles the contacts that are new; return the words of those, row by row."""
    words: list[Fields] = []
    for act in acts:
        place = catalog.place(act.article_id)
        if place is not None and not catalog.phrases.knows(act.id):
            phrase = Phrase(
                _KINDS[act.kind], digest_of(act.query), act.query, act.id, act.at.toordinal()
            )
            catalog.phrases.add(place, [phrase])
            words.extend(_said([phrase]))
    return words
