# SPDX-License-Identifier: Apache-2.0
"""The second round trip: what was just said brings up knowledge, and acts are stored."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import (
    Article,
    Feedback,
    FeedbackKind,
    Gap,
    Scope,
    Suggestion,
    Suggestions,
)
from agentassist.domain.live_question import LiveQuestion
from agentassist.errors import UserError
from agentassist.services.article_view import to_html
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.services.live_text import load_gate
from agentassist.services.redaction import redact
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge


class Assist:
    """Suggestions for live text, and what the agent did with them."""

    def __init__(
        self, database: Database, index: KnowledgeIndex, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._index = index
        self._now = now

    def suggest(self, text: str, scope: Scope) -> Suggestions:
        """Search with everything that is ready. Runs in the model lane."""
        return self._index.search(text, scope)

    def live_question(self) -> LiveQuestion:
        """Return what follows the question of a new contact."""
        return LiveQuestion(load_gate())

    def record(
        self,
        kind: FeedbackKind,
        card: Suggestion,
        query: str,
        call_id: UUID | None,
        reason: str = "",
    ) -> Feedback:
        """Store an act on a card, with the words it came up for. Searches do not use it yet."""
        feedback = Feedback(
            new_id(),
            card.article.id,
            kind,
            redact(query),
            self._now(),
            call_id,
            card.passage.id,
            reason,
        )
        with self._database.transaction() as connection:
            Knowledge(connection).add_feedback(feedback)
        return feedback

    def log_gap(self, query: str, language: str, call_id: UUID | None) -> Gap:
        """Tell the curators, in the customer's words, what nothing was found for."""
        gap = Gap(new_id(), redact(query), language, self._now(), call_id)
        with self._database.transaction() as connection:
            Knowledge(connection).add_gap(gap)
        return gap

    def article(self, article_id: UUID) -> tuple[Article, str]:
        """Return an article and its body as safe HTML.

        Raises:
            UserError: it was retired or deleted in the meantime.
        """
        with self._database.reading() as connection:
            article = Knowledge(connection).article(article_id)
        if article is None:
            raise UserError("This article is no longer there. Search again.")
        return article, _page(article)

    def article_by_key(self, key: str) -> tuple[Article, str]:
        """Return the article that a `kb:` link names, as `article` does."""
        with self._database.reading() as connection:
            article = Knowledge(connection).by_key(key)
        if article is None:
            raise UserError("The linked article {key} is not there. Tell its owner.", key=key)
        return article, _page(article)


def _page(article: Article) -> str:
    return to_html("\n\n".join(filter(None, (article.summary, article.body))))
