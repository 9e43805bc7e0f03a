# SPDX-License-Identifier: Apache-2.0
"""From what search found to what a card shows."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from agentassist.domain.knowledge import Article, Hit, Passage, Strength, Suggestion
from agentassist.retrieval.analyzer import Analyzer, query_text
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge


def cards(
    database: Database, analyzer: Analyzer, text: str, hits: Sequence[Hit]
) -> tuple[Suggestion, ...]:
    """Read what hits are of, what is strong first; what is gone meanwhile is left out."""
    if not hits:
        return ()
    with database.reading() as connection:
        knowledge = Knowledge(connection)
        articles = knowledge.many(hit.article_id for hit in hits)
        passages = knowledge.passages(hit.passage_id for hit in hits)
    make = partial(_card, analyzer, query_text(text))
    return tuple(
        make(hit, articles[hit.article_id], passages[hit.passage_id])
        for hit in sorted(hits, key=lambda hit: hit.strength is not Strength.STRONG)
        if hit.article_id in articles and hit.passage_id in passages
    )


def _card(
    analyzer: Analyzer, text: str, hit: Hit, article: Article, passage: Passage
) -> Suggestion:
    return Suggestion(
        article=article,
        passage=passage,
        strength=hit.strength,
        score=hit.score,
        words=analyzer.shared_words(text, passage.text),
        question=hit.question,
        semantic=hit.semantic,
        solved=hit.solved,
        solved_on=date.fromordinal(hit.day) if hit.day else None,
    )
