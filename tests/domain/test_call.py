# SPDX-License-Identifier: Apache-2.0
"""Calls are what their events tell, in whatever order they come."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.call import CallEvent, CallEventKind, CallState, advance, begin
from agentassist.domain.identifiers import new_id

START = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
EVENTS = [
    CallEvent(CallEventKind.RINGING, "r", START, remote="+14155550134", queue="Returns"),
    CallEvent(CallEventKind.ANSWERED, "r", START + timedelta(seconds=4), agent="sam"),
    CallEvent(CallEventKind.ENDED, "r", START + timedelta(seconds=90)),
]


def test_every_order_of_events_ends_in_the_same_call() -> None:
    call_id = new_id()
    results = set()
    for first, *rest in permutations(EVENTS):
        call = begin(first, call_id)
        for event in rest:
            call = advance(call, event)
        results.add(
            (call.state, call.remote, call.agent, call.started_at, call.answered_at, call.ended_at)
        )
    assert results == {
        (
            CallState.ENDED,
            "+14155550134",
            "sam",
            START,
            EVENTS[1].received_at,
            EVENTS[2].received_at,
        )
    }


@given(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=12))
def test_doubled_events_change_nothing(events: list[CallEvent]) -> None:
    call_id = new_id()
    once = begin(events[0], call_id)
    for event in events[1:]:
        once = advance(once, event)
    twice = once
    for event in events:
        twice = advance(twice, event)
    assert twice == once
