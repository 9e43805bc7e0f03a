# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agentassist.retrieval.postings import Segment, build, merge

rows = st.lists(
    st.dictionaries(st.sampled_from("abcdef가나다"), st.floats(0.1, 9), max_size=6), max_size=12
)


def contents(segment: Segment) -> dict[str, list[int]]:
    return {
        bytes(term).decode(): segment.postings(place)[0].tolist()
        for place, term in enumerate(segment.terms)
    }


@given(rows)
def test_every_term_lists_its_rows_in_order(counts: list[dict[str, float]]) -> None:
    segment = build(counts, first=5)
    expected = {
        term: [5 + row for row, one in enumerate(counts) if term in one]
        for term in {term for one in counts for term in one}
    }
    assert contents(segment) == expected


@given(rows, rows)
def test_merged_segments_hold_what_both_held(
    left: list[dict[str, float]], right: list[dict[str, float]]
) -> None:
    base = build(left, 0)
    delta = build(right, len(left), base.average)
    merged = merge(base, delta)
    assert contents(merged) == contents(build([*left, *right], 0))
    assert merged.size == len(left) + len(right)


def test_more_mentions_weigh_more_but_not_without_end() -> None:
    segment = build([{"a": 1.0, "b": 9.0}, {"a": 5.0, "b": 5.0}, {"a": 9.0, "b": 1.0}], 0)
    _, impacts = segment.postings(segment.find("a"))
    assert impacts[0] < impacts[1] < impacts[2] < 3


def test_terms_are_found_by_their_beginning() -> None:
    segment = build([{"return": 1, "returns": 1, "retail": 1, "other": 1}], 0)
    found = [bytes(segment.terms[place]).decode() for place in segment.between("retu", "retu")]
    assert found == ["return", "returns"]
    assert segment.find("retu") == -1


def test_a_saved_segment_is_the_same(tmp_path: Path) -> None:
    segment = build([{"a": 1.0}, {"b": 2.0}], 0)
    about = segment.save(tmp_path)
    loaded = Segment.load(tmp_path, about)  # type: ignore[arg-type]  # numbers, as JSON gives them
    assert contents(loaded) == contents(segment)
    assert np.array_equal(loaded.impacts, segment.impacts)
