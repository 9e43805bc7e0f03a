# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.cti.payload import Fields
from agentassist.cti.zammad import OwnCalls, read_event
from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.domain.history import Direction
from agentassist.domain.pre_call import MOST
from agentassist.errors import BadInput

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RINGING: Fields = {
    "event": "newCall",
    "from": "493055571600",
    "to": "491711234567890",
    "direction": "in",
    "callId": "c-1",
    "user": ["Alice", "Bob"],
    "queue": "orders",
}


def event(**changes: str | list[str]) -> CallEvent:
    return read_event({**RINGING, **changes}, NOW).event


def test_a_call_comes_in() -> None:
    assert event() == CallEvent(
        kind=CallEventKind.RINGING,
        reference="c-1",
        received_at=NOW,
        remote="493055571600",
        local="491711234567890",
        direction=Direction.INBOUND,
        queue="orders",
    )


def test_a_call_goes_out_to_the_customer() -> None:
    outbound = event(direction="out", user="Alice")
    assert (outbound.remote, outbound.local) == ("491711234567890", "493055571600")
    assert (outbound.direction, outbound.agent) == (Direction.OUTBOUND, "Alice")


def test_the_end_of_a_call_tells_why() -> None:
    ended = event(event="hangup", cause="normalClearing", user="Alice")
    assert (ended.kind, ended.reason, ended.agent) == (
        CallEventKind.ENDED,
        "normalClearing",
        "Alice",
    )


def test_who_answered_has_the_call() -> None:
    answered = event(event="answer", answeringNumber="42")
    assert (answered.kind, answered.agent) == (CallEventKind.ANSWERED, "42")


@pytest.mark.parametrize(
    "number", ["", "anonymous", "Anonymous", "unknown", "RESTRICTED", [], [""]]
)
def test_a_withheld_number_is_empty(number: str | list[str]) -> None:
    assert event(**{"from": number}).remote == ""


def test_a_missing_number_and_direction_are_tolerated() -> None:
    bare = read_event({"event": "newCall", "callId": "c-1"}, NOW).event
    assert (bare.remote, bare.direction) == ("", Direction.INBOUND)


@pytest.mark.parametrize("user", ["Alice", ["Alice"], ["Alice", "Alice", ""]])
def test_one_user_in_any_form(user: str | list[str]) -> None:
    assert event(user=user).agent == "Alice"
    form = {**{k: v for k, v in RINGING.items() if k != "user"}, "user[]": user}
    assert read_event(form, NOW).users == ("Alice",)


@pytest.mark.parametrize("name", ["callId", "callid", "call_id"])
def test_spellings_of_the_call_id_in_the_wild(name: str) -> None:
    assert read_event({"event": "hangup", name: "c-9"}, NOW).event.reference == "c-9"


def test_what_a_voice_menu_knows_becomes_context() -> None:
    assert event(order="4711", menu=["2", "3"]).context == {"order": "4711", "menu": "2"}
    many = {f"field {n}": "x" for n in range(50)}
    assert len(event(**many).context) == MOST


def test_what_a_bot_learnt_has_our_names_and_never_those_of_the_call() -> None:
    told = event(
        **{
            "Authenticated": "true",
            "context.user": "someone",
            "context.orderNumber": "MP-1",
            "transcript": ["Bot: hi", "Customer: where?"],
            "tried[]": ["a", "b"],
            "pin": "1234",
        }
    )
    assert told.agent == ""
    assert told.context == {
        "verified": "yes",
        "user": "someone",
        "order": "MP-1",
        "transcript": "Bot: hi\nCustomer: where?",
        "tried": "a\nb",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"event": ""}, "event"),
        ({"event": "dtmf"}, "event"),
        ({"callId": ""}, "callId"),
        ({"callId": "x" * 251}, "callId"),
        ({"direction": "sideways"}, "direction"),
    ],
)
def test_what_cannot_be_understood(changes: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        event(**changes)
    assert caught.value.place.field == field


@given(st.dictionaries(st.sampled_from([*RINGING, "cause", "x"]), st.text() | st.lists(st.text())))
def test_any_fields_are_an_event_or_bad_input(fields: Fields) -> None:
    try:
        found = read_event(fields, NOW).event
    except BadInput:
        return
    assert found.reference
    assert max(len(found.remote), len(found.agent), len(found.queue)) <= 250


def heard(own: OwnCalls, **changes: str | list[str]) -> CallEvent | None:
    return own.filter(read_event({**RINGING, **changes}, NOW))


def test_without_a_name_every_call_is_ours() -> None:
    assert heard(OwnCalls(())) == event()


def test_a_call_for_somebody_else_does_not_pop() -> None:
    own = OwnCalls(["carol", "103"])
    for kind in ("newCall", "answer", "hangup"):
        assert heard(own, event=kind) is None


def test_a_call_for_us_among_others_names_us() -> None:
    found = heard(OwnCalls(["BOB "]))
    assert found is not None
    assert found.agent == "Bob"


def test_a_call_for_nobody_in_particular_is_for_everybody() -> None:
    assert heard(OwnCalls(["carol"]), user=[]) is not None


def test_a_colleague_answers_what_rang_here() -> None:
    own = OwnCalls(["bob"])
    heard(own)
    gone = heard(own, event="answer", user="Alice")
    assert gone is not None
    assert (gone.kind, gone.agent, gone.reason) == (CallEventKind.ENDED, "", "answered elsewhere")


def test_the_hang_up_of_our_call_arrives_whoever_it_names() -> None:
    own = OwnCalls(["bob"])
    heard(own)
    ended = heard(own, event="hangup", user="Alice")
    assert ended is not None
    assert ended.kind is CallEventKind.ENDED


def test_only_so_many_calls_are_remembered() -> None:
    own = OwnCalls(["bob"], remembered=2)
    for reference in ("1", "2", "3"):
        heard(own, callId=reference)
    assert heard(own, callId="1", event="hangup", user="Alice") is None
    assert heard(own, callId="3", event="hangup", user="Alice") is not None
