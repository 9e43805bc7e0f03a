# SPDX-License-Identifier: Apache-2.0
"""The product in the shape of the other engines; it names articles, not pieces."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from agentassist.domain.clock import utc_now
from agentassist.domain.knowledge import Scope
from agentassist.retrieval.encoder import Encoder
from agentassist.services.curation import import_articles
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import Database

_DEPTH = 20


class Ours:
    """The search of the desk over a database and an index in one folder."""

    def __init__(self, model: str, folder: Path, articles: str) -> None:
        folder.mkdir(parents=True)
        self._articles = Path(articles)
        self._database = Database.open(f"sqlite:///{folder / 'agentassist.db'}")
        self._database.upgrade()
        self._index = KnowledgeIndex(
            self._database, folder / "index", lambda: Encoder.open(Path(model)), utc_now
        )
        self._index.open()
        self._index.load_model()

    @property
    def passages(self) -> int:
        """How many passages the articles were cut into."""
        return self._index.status().passages

    def build(self, pieces: Sequence[str]) -> None:
        """Import the articles (the pieces are for the others) and index them."""
        del pieces
        import_articles(self._database, self._articles)
        self._index.refresh()
        self._index.update()
        self._index.learn_korean()
        self._keys = self._index.keys()

    def answers(self, text: str) -> Iterable[str]:
        """Return the keys of the best articles."""
        return [self._keys[one.article_id] for one in self._index.rank(text, Scope(), _DEPTH)]
