# SPDX-License-Identifier: Apache-2.0
"""Learn the Korean words of the articles, and index them again by what was learned."""

import logging
from collections.abc import Callable

from agentassist.errors import Unavailable
from agentassist.retrieval import korean_teacher
from agentassist.retrieval.lexical_index import LexicalIndex
from agentassist.services.word_upkeep import WordUpkeep

_log = logging.getLogger(__name__)


class KoreanUpkeep:
    """Makes indexes with morphemes; tries no more once the analyser has failed."""

    def __init__(self) -> None:
        self._failed = not korean_teacher.available()

    def relearned(self, words: WordUpkeep, cancelled: Callable[[], bool]) -> LexicalIndex | None:
        """Return an index of the same rows with Korean morphemes.

        None when there is nothing to learn, or the analyser is not installed or has failed.

        Raises:
            Cancelled: `cancelled` answered True.
        """
        lexical = words.words.lexical
        if self._failed or not lexical.can_learn():
            return None
        rows = words.rows()
        known = sorted({word for fields in rows for word in fields.korean_words()})
        try:
            lexicon = korean_teacher.learn(known, cancelled)
        except Unavailable as fault:
            _log.info("Korean words stay as they are: %s", fault)
            self._failed = True
            return None
        return lexical.taught(lexicon, rows)
