# SPDX-License-Identifier: Apache-2.0
"""Learning from which likeness requests are shown, once for a model and a set of examples.

It takes a few seconds with hundreds of policies, so it runs beside the searches, and words
answer meanwhile. A model that tells the examples apart worse than their words do is not
used: words go on.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from agentassist.domain.request import WORDS, Matcher, Meaning
from agentassist.domain.samples import Samples
from agentassist.domain.thresholds import (
    BY_MEANING,
    BY_WORDS,
    Row,
    Rows,
    Thresholds,
    calibrate,
    digest_of,
)
from agentassist.errors import Unavailable
from agentassist.storage.calibrations import Calibrations
from agentassist.storage.database import Database

_log = logging.getLogger(__name__)

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What was learnt for a language and a model (or `WORDS`); `used` is False if refused."""

    language: str
    model: str
    thresholds: Thresholds
    used: bool = True


class Calibrator:
    """Learns the thresholds of a matcher, or fetches them where they were learnt before."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def calibrate(self, matcher: Matcher) -> tuple[Calibrated, ...]:
        """Give a matcher its thresholds; words first, so that they hold while a model learns.

        Raises:
            Unavailable: the model was closed meanwhile; words go on.
        """
        words = [self._by_words(matcher, known) for known in matcher.samples.values()]
        matcher.thresholds = _used(words)
        meaning = matcher.meaning()
        if meaning is None:
            return tuple(words)
        models = [
            self._by_meaning(matcher.samples[one.language], meaning, one.thresholds)
            for one in words
            if meaning.speaks(one.language)
        ]
        matcher.thresholds = _used([*words, *models])
        return (*words, *models)

    def _by_words(self, matcher: Matcher, known: Samples) -> Calibrated:
        def rows(places: Sequence[int]) -> Iterable[Row]:
            return (matcher.likeness(known.sentences[at], known.sentences) for at in places)

        return Calibrated(known.language, WORDS, self._learnt(known, WORDS, rows, BY_WORDS))

    def _by_meaning(self, known: Samples, meaning: Meaning, words: Thresholds) -> Calibrated:
        def rows(places: Sequence[int]) -> Iterable[Row]:
            for begin in range(0, len(places), _AT_ONCE):
                texts = [known.sentences[at] for at in places[begin : begin + _AT_ONCE]]
                yield from meaning.likeness(texts, known.sentences)

        # Also where the thresholds are stored: the first request must not wait for the vectors.
        meaning.likeness(known.sentences[:1], known.sentences)
        learnt = self._learnt(known, meaning.model, rows, BY_MEANING)
        used = learnt.accuracy >= words.accuracy
        if not used:
            _log.info("the model tells requests apart worse than their words do: words are used")
        return Calibrated(known.language, meaning.model, learnt, used)

    def _learnt(self, known: Samples, model: str, rows: Rows, usual: Thresholds) -> Thresholds:
        examples = digest_of(known)
        if (stored := self._stored(model, examples)) is not None:
            return stored
        learnt = calibrate(known, rows, usual)
        try:
            with self._database.transaction() as connection:
                Calibrations(connection).save(model, examples, learnt, self._now())
        except Unavailable as problem:
            _log.info("what was learnt of the examples is not kept: %s", problem)
        return learnt

    def _stored(self, model: str, examples: str) -> Thresholds | None:
        try:
            with self._database.reading() as connection:
                return Calibrations(connection).find(model, examples)
        except Unavailable:
            return None


def _used(learnt: Iterable[Calibrated]) -> dict[tuple[str, str], Thresholds]:
    return {(one.language, one.model): one.thresholds for one in learnt if one.used}
