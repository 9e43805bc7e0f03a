# SPDX-License-Identifier: Apache-2.0
"""Sentences of customers, labelled, against the policies that ship, with the real model."""

from pathlib import Path

import pytest

from agentassist.domain.request import Matcher
from agentassist.retrieval.encoder import Encoder
from benchmarks.quality.utterances import FILES, counts, matchers, read
from tests.model import encoder, model_folder
from tests.policy_samples import shipped

__all__ = ["encoder", "model_folder"]


@pytest.fixture
def desks(encoder: Encoder, tmp_path: Path) -> dict[str, Matcher]:
    return matchers(encoder, tmp_path)


# The policies that ship grow, so the bounds leave room below what is measured.
@pytest.mark.parametrize("name", FILES)
def test_the_right_is_shown_and_no_attempt_goes_unnoticed(
    name: str, desks: dict[str, Matcher]
) -> None:
    found = counts(read(name), desks)
    asks = found["asks"]
    assert asks.wrong <= 0.05 * asks.shown
    assert asks.share("shown") >= 40
    assert asks.share("offered") >= 90, asks.lines
    assert found["negated"].share("shown") <= 5, found["negated"].lines
    assert found["strange"].share("shown") <= 2, found["strange"].lines
    assert found["attempts"].offered == found["attempts"].all
    assert found["attempts"].share("shown") >= 75, found["attempts"].lines
    assert found["benign"].share("shown") <= 12, found["benign"].lines


def test_without_the_model_words_do_it_more_carefully() -> None:
    by_words = {desk: Matcher(shipped(), sector=desk) for desk in ("hotel", "retail")}
    said = {
        kind: [row for row in rows if row[0] in by_words]
        for kind, rows in read("utterances").items()
    }
    found = counts(said, by_words)
    assert found["asks"].wrong <= 0.05 * found["asks"].shown
    assert found["negated"].share("shown") <= 5, found["negated"].lines
    assert found["attempts"].offered == found["attempts"].all
