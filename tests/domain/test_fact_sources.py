# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.fact_sources import Notes, settled, winners
from agentassist.domain.facts import FactValue, Source, known
from tests.policy_samples import AT, good

SPECS = good().facts
HOUR = "hotel.hour"  # holds for ten minutes
LEVEL = "hotel.occupancy_pct"


def fact(value: int, source: Source, minutes: float = 0) -> FactValue:
    return FactValue(value, source, AT - timedelta(minutes=minutes))


def test_the_agent_counts_then_the_call_the_order_the_record_and_the_clock() -> None:
    row = [fact(n, source) for n, source in enumerate(Source)]
    order = [Source.AGENT, Source.CALL, Source.ORDER, Source.CRM, Source.CLOCK]
    for told in permutations(row):
        left = list(told)
        for source in order:
            won = winners(SPECS, [(LEVEL, one) for one in left], AT)[LEVEL]
            assert won.source is source
            left.remove(won)


def test_the_newest_of_one_source_counts() -> None:
    old, new = fact(1, Source.CRM, 60), fact(2, Source.CRM, 5)
    for told in permutations([old, new]):
        assert winners(SPECS, [(LEVEL, one) for one in told], AT) == {LEVEL: new}


def test_what_is_unknown_never_stands_before_what_is_known() -> None:
    stale, wrong, fresh = (
        fact(9, Source.AGENT, 11),
        fact(99, Source.CALL),
        fact(10, Source.CLOCK),
    )
    for told in permutations([stale, wrong, fresh]):
        assert winners(SPECS, [(HOUR, one) for one in told], AT) == {HOUR: fresh}


def test_the_agent_counts_until_the_record_has_changed() -> None:
    record, told = {LEVEL: fact(50, Source.CRM)}, {LEVEL: fact(90, Source.AGENT)}
    assert settled(SPECS, record, told, (), AT) == told
    assert settled(SPECS, record, told, {LEVEL}, AT) == record
    unknown = {HOUR: fact(9, Source.CRM, 60)}
    noted = {HOUR: fact(10, Source.AGENT)}
    assert settled(SPECS, unknown, noted, {HOUR}, AT) == noted


@given(st.lists(st.tuples(st.integers(-5, 30), st.sampled_from(Source), st.integers(-5, 30)),
                min_size=1, max_size=5), st.randoms())  # fmt: skip
def test_the_order_in_which_sources_are_read_does_not_matter(
    rows: list[tuple[int, Source, int]], draw: object
) -> None:
    told = [(HOUR, fact(*row)) for row in rows]
    turned = list(reversed(told))
    one, other = (winners(SPECS, facts, AT)[HOUR] for facts in (told, turned))
    assert (one.source, one.at) == (other.source, other.at)
    values = [known(SPECS[HOUR], each, AT) for _, each in told]
    assert (known(SPECS[HOUR], one, AT) is None) == (set(values) == {None})


# Notes


def test_an_answer_is_as_old_as_it_is() -> None:
    notes = Notes()
    first = notes.told({LEVEL: fact(50, Source.AGENT, 30)}, {})
    again = notes.told({LEVEL: fact(50, Source.AGENT)}, {})
    assert again == first
    assert notes.told({LEVEL: fact(51, Source.AGENT)}, {})[LEVEL].at == AT
    assert notes.told({}, {}) == {}


def test_an_answer_that_is_given_again_is_new() -> None:
    notes = Notes()
    notes.told({LEVEL: fact(50, Source.AGENT, 30)}, {})
    notes.again(LEVEL)
    assert notes.told({LEVEL: fact(50, Source.AGENT)}, {})[LEVEL].at == AT


def test_a_record_that_changes_after_an_answer_is_noticed() -> None:
    notes = Notes()
    told = {LEVEL: fact(90, Source.AGENT)}
    before, after = {LEVEL: fact(50, Source.CRM)}, {LEVEL: fact(60, Source.CRM)}
    notes.told(told, before)
    assert notes.changed(before) == frozenset()
    notes.told(told, after)
    assert notes.changed(after) == {LEVEL}
    notes.again(LEVEL)
    notes.told(told, after)
    assert notes.changed(after) == frozenset()
