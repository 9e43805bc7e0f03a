# SPDX-License-Identifier: Apache-2.0
"""A bare no is found, and little else: the labelled sentences are in refusals.toml."""

import time
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.bare_refusal import LONGEST, find_refusal

_SET = Path(__file__).with_name("refusals.toml")
_LABELLED: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(_SET.read_text(encoding="utf-8"))


def found(part: str, kind: str) -> tuple[int, int]:
    """Return how many sentences of a kind are taken for a refusal, of how many."""
    texts = [*_LABELLED[part][f"{kind}_en"], *_LABELLED[part][f"{kind}_ko"]]
    return sum(bool(find_refusal(text)) for text in texts), len(texts)


@pytest.mark.parametrize("part", ["tuned", "tuned_later"])
def test_what_was_looked_at_is_right(part: str) -> None:
    bare, all_bare = found(part, "bare")
    assert bare == all_bare
    assert found(part, "silent")[0] == 0


def test_what_was_not_looked_at_is_nearly_all_right() -> None:
    bare, all_bare = found("fresh", "bare")
    false, silent = found("fresh", "silent")
    assert bare / all_bare >= 0.9  # measured: 25 of 26
    assert false / silent <= 0.05  # measured: 1 of 34


def test_an_offer_in_another_sentence_is_an_offer() -> None:
    assert find_refusal("We can't refund it.") == "We can't refund it"
    assert find_refusal("We can't refund it. I can send you a credit note.") == ""
    assert find_refusal("She was told so.\nNot possible.\nWe offered an exchange.") == ""


def test_only_the_end_of_a_long_text_is_read() -> None:
    assert find_refusal("not possible. " + "x" * LONGEST) == ""
    began = time.perf_counter()
    assert find_refusal("na " * 300_000 + "\nwe can't do that") == "we can't do that"
    assert find_refusal("안 " * 300_000 + "됩니다 we can't " * 200) is not None
    assert time.perf_counter() - began < 1.0


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    find_refusal(text)


@given(st.text(alphabet="can't do not 안됩니다 불가 ?.\"'\n", max_size=200))
def test_any_mixture_of_its_words_is_read(text: str) -> None:
    find_refusal(text)
