# SPDX-License-Identifier: Apache-2.0
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from agentassist.domain.request import WORDS, Matcher
from agentassist.domain.verdict import Match
from agentassist.errors import Unavailable
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.meaning import ModelMeaning
from agentassist.services.calibration import Calibrated, Calibrator
from agentassist.storage.database import Database
from tests.model import encoder, model_folder
from tests.policy_samples import shipped
from tests.small_model import small_folder, small_source

__all__ = ["encoder", "model_folder", "small_folder", "small_source"]

Now = Callable[[], datetime]


class Noise:
    """A model that tells nothing apart: every sentence is as near as its length is odd."""

    model = "noise"

    def __init__(self) -> None:
        self.asked = 0

    def speaks(self, language: str) -> bool:
        return language == "en"

    def likeness(self, texts: Sequence[str], sentences: Sequence[str]) -> list[list[float]]:
        self.asked += len(texts)
        return [[(len(x) * len(text)) % 7 / 10 for x in sentences] for text in texts]


def learnt(found: Sequence[Calibrated], language: str, model: str) -> Calibrated:
    return next(x for x in found if (x.language, x.model) == (language, model))


def test_a_model_learns_for_the_languages_it_speaks(
    database: Database, now: Now, encoder: Encoder
) -> None:
    matcher = Matcher(shipped(), lambda: ModelMeaning(encoder), "hotel")
    found = Calibrator(database, now).calibrate(matcher)
    assert {(x.language, x.model) for x in found} == {
        ("en", WORDS), ("ko", WORDS), ("en", encoder.digest)
    }  # fmt: skip
    assert matcher.thresholds.keys() == {(x.language, x.model) for x in found}
    model = learnt(found, "en", encoder.digest).thresholds
    assert model.accuracy > learnt(found, "en", WORDS).thresholds.accuracy
    assert model.coverage > learnt(found, "en", WORDS).thresholds.coverage
    (match, *_) = matcher.match("our alarm never rang, is breakfast still on?")
    assert (match.policy_id, match.match) == ("hotel.breakfast.late", Match.SHOW)


def test_it_is_learnt_once(database: Database, now: Now) -> None:
    first, second = Noise(), Noise()
    found = [
        Calibrator(database, now).calibrate(Matcher(shipped(), lambda one=one: one))  # type: ignore[misc]
        for one in (first, second)
    ]
    assert found[0] == found[1]
    assert second.asked == 1 < first.asked


def test_another_model_and_other_examples_learn_anew(
    database: Database, now: Now, encoder: Encoder, small_folder: Path
) -> None:
    small = Encoder.open(small_folder)
    try:
        calibrator = Calibrator(database, now)
        mine = calibrator.calibrate(Matcher(shipped(), lambda: ModelMeaning(encoder)))
        other = calibrator.calibrate(Matcher(shipped(), lambda: ModelMeaning(small)))
        hotel = calibrator.calibrate(Matcher(shipped(), lambda: ModelMeaning(encoder), "hotel"))
    finally:
        small.close()
    assert learnt(mine, "en", encoder.digest) != learnt(hotel, "en", encoder.digest)
    assert mine[0] == other[0]
    assert other[-1].model == small.digest


def test_a_model_that_is_worse_than_words_is_refused(database: Database, now: Now) -> None:
    noise = Noise()
    matcher = Matcher(shipped(), lambda: noise, "hotel")
    found = Calibrator(database, now).calibrate(matcher)
    assert not learnt(found, "en", "noise").used
    assert ("en", "noise") not in matcher.thresholds
    asked = noise.asked
    assert matcher.match("can I still get breakfast")[0].match is Match.SHOW
    assert noise.asked == asked


def test_a_database_that_does_not_answer_keeps_nobody_from_learning(
    database: Database, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_self: Database) -> None:
        raise Unavailable("The database does not answer.")

    monkeypatch.setattr(Database, "reading", down)
    monkeypatch.setattr(Database, "transaction", down)
    matcher = Matcher(shipped(), sector="hotel")
    assert len(Calibrator(database, now).calibrate(matcher)) == 2
    assert ("ko", WORDS) in matcher.thresholds
