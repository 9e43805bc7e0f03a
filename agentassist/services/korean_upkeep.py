# SPDX-License-Identifier: Apache-2.0
"""Learn the Korean words of the articles, and index them again by what was learned."""

import logging
from collections.abc import Callable
from itertools import groupby

from agentassist.errors import Unavailable
from agentassist.retrieval import korean_teacher
from agentassist.retrieval.index_cache import Words
from agentassist.retrieval.lexical_index import Fields, LexicalIndex
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge

_log = logging.getLogger(__name__)
_NOTHING = Fields("", (), "", "")


def relearned(
    database: Database, words: Words, cancelled: Callable[[], bool]
) -> LexicalIndex | None:
    """Return an index of the same rows with Korean morphemes.

    None when there is nothing to learn, or the analyser is not installed or fails.

    Raises:
        Cancelled: `cancelled` answered True.
    """
    if not korean_teacher.available() or not words.lexical.can_learn():
        return None
    rows = _rows(database, words)
    known = sorted({word for fields in rows for word in fields.korean_words()})
    try:
        lexicon = korean_teacher.learn(known, cancelled)
    except Unavailable as fault:
        _log.info("Korean words stay as they are: %s", fault)
        return None
    return words.lexical.taught(lexicon, rows)


def _rows(database: Database, words: Words) -> list[Fields]:
    """Return what is searched of each row; nothing for those whose passage is gone."""
    rows = [_NOTHING] * words.catalog.size
    with database.reading() as connection:
        pairs = Knowledge(connection).all_passages()
        for article_id, together in groupby(pairs, key=lambda pair: pair[1].id):
            places = words.catalog.rows(article_id)
            for row, (passage, article) in zip(places, together, strict=False):
                rows[row] = Fields.of(
                    article.title, article.questions, passage.heading, passage.text
                )
    return rows
