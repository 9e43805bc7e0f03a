# SPDX-License-Identifier: Apache-2.0
"""The questions that ship with the samples: how many find their article among three."""

import tomllib
from collections.abc import Iterator

import pytest

from agentassist.domain.clock import utc_now
from agentassist.domain.knowledge import Scope
from agentassist.places import samples
from agentassist.services.opening import Parts, open_parts
from agentassist.settings import Settings

Question = dict[str, object]


@pytest.fixture
def parts(sample: Settings) -> Iterator[Parts]:
    opened = open_parts(sample, utc_now, lambda: None)
    opened.desk.index.open()
    opened.desk.index.load_model()
    yield opened
    opened.close()


def questions(language: str) -> list[Question]:
    with (samples() / "golden_questions.toml").open("rb") as file:
        return [q for q in tomllib.load(file)["question"] if q["language"] == language]


@pytest.mark.parametrize(("language", "least"), [("en", 0.80), ("ko", 0.78)])
def test_most_questions_find_their_article(parts: Parts, language: str, least: float) -> None:
    asked = [question for question in questions(language) if question["expect"]]
    found = [
        set(question["expect"])  # type: ignore[call-overload]
        & set(parts.desk.index.ranked_keys(str(question["text"]), Scope(), 3))
        for question in asked
    ]
    assert len(asked) >= 60
    assert sum(map(bool, found)) / len(asked) >= least


def test_there_are_enough_questions_and_some_without_an_answer() -> None:
    everything = questions("en") + questions("ko")
    assert len(everything) >= 150
    assert sum(not question["expect"] for question in everything) >= 15
