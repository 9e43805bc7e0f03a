# SPDX-License-Identifier: Apache-2.0
"""What the known phrases near a query say for each article, by meaning and by words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from agentassist.retrieval.catalog import Catalog
from agentassist.retrieval.lexical_index import LexicalScores
from agentassist.retrieval.phrases import EXEMPLARS, PhraseKind
from agentassist.retrieval.vote import Neighbours, votes

COVER_VOTES = 0.1
_ALIKE = 0.5
_MOST_COVER = 1.2
_SOLVED = frozenset({PhraseKind.LINKED, PhraseKind.USED})
_NAMED = frozenset({PhraseKind.TITLE, PhraseKind.QUESTION})
_FEW_DENY = 0.2


@dataclass(slots=True)
class Heard:
    """What phrases say for one article.

    `vote` is that of meaning, `cover` the best share of the query that one phrase holds.
    `nearest` and `question` are the best cosines of anything said and of the author's
    questions; `named` the row of the closest title or question with `likeness` to the
    query. `solved` counts contacts like this one that it helped, the last on `day`.
    """

    vote: float = 0.0
    cover: float = 0.0
    nearest: float = 0.0
    question: float = 0.0
    named: int = -1
    likeness: float = 0.0
    solved: int = 0
    day: int = 0

    @property
    def total(self) -> float:
        """The vote for the order of articles."""
        return self.vote + COVER_VOTES * self.cover


@dataclass(slots=True)
class Listener:
    """Asks the phrases of a catalog; `found` is what they say, by the place of an article."""

    catalog: Catalog
    found: dict[int, Heard] = field(default_factory=lambda: defaultdict(Heard))

    def by_meaning(self, near: Neighbours) -> None:
        """Take in the nearest phrases, dead ones and those out of scope left out already."""
        records = [self.catalog.phrases.records[row] for row in near.rows]
        newest = max(one.day for one in records)
        ages = [newest - one.day if one.day else 0 for one in records]
        said = votes(near, [one.kind for one in records], ages).tolist()
        for row, cosine, vote in zip(near.rows, near.cosines.tolist(), said, strict=True):
            self._take(row, cosine, vote)

    def _take(self, row: int, cosine: float, vote: float) -> None:
        table = self.catalog.phrases
        record, heard = table.records[row], self.found[table.owner(row)]
        heard.vote += vote
        if record.kind in _NAMED and cosine > heard.likeness:
            heard.named, heard.likeness = row, cosine
        if record.kind is PhraseKind.QUESTION:
            heard.question = max(heard.question, cosine)
        if record.kind in EXEMPLARS and record.kind is not PhraseKind.DISMISSED:
            heard.nearest = max(heard.nearest, cosine)
        if record.kind in _SOLVED and cosine >= _ALIKE:
            heard.solved += 1
            heard.day = max(heard.day, record.day)

    def by_words(self, scores: LexicalScores, rows: Iterable[int]) -> None:
        """Take in the phrases that hold most of the query's words."""
        for row in rows:
            place = self.catalog.phrases.owner(row)
            cover = min(_MOST_COVER, float(scores.cover[row]))
            record = self.catalog.phrases.records[row]
            if place >= 0 and record.kind is not PhraseKind.DISMISSED:
                self.found[place].cover = max(self.found[place].cover, cover)


def denies(catalog: Catalog, place: int) -> bool:
    """Tell whether phrases of an article deny or complain, more than a few of them."""
    records = [catalog.phrases.records[row] for row in catalog.phrases.rows(place)]
    said = [one.negated for one in records if one.kind in EXEMPLARS]
    return not said or float(np.mean(said)) >= _FEW_DENY
