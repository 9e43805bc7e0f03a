# SPDX-License-Identifier: Apache-2.0
"""The terms of one segment, asked for what resembles them: endings to come, and typos."""

from agentassist.retrieval.postings import Segment
from agentassist.retrieval.typos import Spelling
from agentassist.retrieval.unfinished import Unfinished

_MOST_COMPLETIONS = 32


class Vocabulary:
    """A segment with its spelling."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self._spelling = Spelling(segment)

    def near(self, term: str) -> list[int]:
        """Return the places of terms that a misspelt one may stand for."""
        return self._spelling.near(term)

    def completions(self, unfinished: Unfinished) -> list[int]:
        """Return the places of the commonest terms that a word may become."""
        places = [
            place
            for first, last in unfinished.ranges
            for place in self.segment.between(first, last)
        ]
        places.sort(key=self.segment.frequency, reverse=True)
        return places[:_MOST_COMPLETIONS]
