# SPDX-License-Identifier: Apache-2.0
"""What opens and closes a loop, whatever the order of arrival."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import Event, Loop, LoopKind, Why, arrival, follow
from agentassist.domain.loop_reading import PROMISED, read_event

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
GRACE = new_id()
IN, OUT = Direction.INBOUND, Direction.OUTBOUND


def contact(minutes: int, text: str = "Where is it?", **more: object) -> Interaction:
    given_: dict[str, object] = {"channel": Channel.EMAIL, "direction": IN} | more
    return Interaction(
        new_id(), GRACE, text=text, occurred_at=NOON + timedelta(minutes=minutes), **given_
    )  # type: ignore[arg-type]


def events(*contacts: Interaction) -> list[Event]:
    return [one for item in contacts if (one := read_event(item, item.customer_id))]


def loops(*contacts: Interaction, settled: tuple[Loop, ...] = ()) -> list[Loop]:
    return follow(events(*contacts), settled=settled)


def left(*contacts: Interaction) -> list[tuple[LoopKind, UUID]]:
    return [(item.kind, item.origin_id) for item in loops(*contacts) if not item.closed_at]


def test_a_message_is_open_until_an_answer_in_the_same_place() -> None:
    asked, answer = contact(0), contact(30, direction=OUT)
    assert left(asked) == [(LoopKind.UNANSWERED, asked.id)]
    (loop,) = loops(asked, answer)
    assert (loop.closed_at, loop.closing_id, loop.closed_why) == (
        answer.occurred_at, answer.id, Why.ANSWERED,
    )  # fmt: skip


def test_an_answer_elsewhere_does_not_count() -> None:
    asked = contact(0)
    elsewhere = contact(5, direction=OUT, channel=Channel.SMS)
    other_thread = contact(5, direction=OUT, conversation_id=new_id())
    before = contact(-5, direction=OUT)
    assert left(asked, elsewhere, other_thread, before) == [(LoopKind.UNANSWERED, asked.id)]


def test_what_comes_months_later_is_about_something_else() -> None:
    month = 31 * 24 * 60
    asked, later = contact(0), contact(month, direction=OUT)
    assert left(asked, later) == [(LoopKind.UNANSWERED, asked.id)]
    again, answer = contact(month), contact(month + 5, direction=OUT)
    assert left(asked, again, answer) == [(LoopKind.UNANSWERED, asked.id)]
    talk = new_id()
    thread = [replace(item, conversation_id=talk) for item in (asked, later)]
    assert left(*thread) == []


def test_a_contact_about_the_same_order_counts() -> None:
    asked = contact(0, "Where is MP-204817?", conversation_id=new_id())
    call = contact(9, "MP 204817, no: MP-204817, on its way", channel=Channel.CALL, direction=OUT)
    assert left(asked, call) == []
    assert len(left(asked, replace(call, text="MP-999999"))) == 1
    assert len(left(asked, replace(call, customer_id=new_id()))) == 1


def test_several_messages_in_a_row_are_one_loop() -> None:
    first, second, answer, third = contact(0), contact(5), contact(6, direction=OUT), contact(7)
    assert [item.origin_id for item in loops(first, second, answer, third)] == [first.id, third.id]


def test_of_nobody_each_message_stands_alone() -> None:
    one, two = (replace(contact(n), customer_id=None) for n in (0, 1))
    assert len(left(one, two)) == 2
    thread = new_id()
    joined = [replace(item, conversation_id=thread) for item in (one, two)]
    assert len(left(*joined)) == 1


def test_calls() -> None:
    call = Channel.CALL
    assert len(left(contact(0, channel=call, status="missed"))) == 1
    assert left(contact(0, channel=call)) == []
    assert left(contact(0, channel=call, status="missed"), contact(9, channel=call)) == []
    assert len(left(contact(0, channel=call, status="follow-up"))) == 1
    carried = contact(0, channel=call, status="follow-up", attributes={PROMISED: "1"})
    assert left(carried) == []
    nobody = contact(9, channel=call, direction=OUT, status="no answer")
    assert len(left(contact(0, channel=call, status="missed"), nobody)) == 1


def test_what_waits_for_nobody_opens_nothing() -> None:
    assert left(contact(0, status="spam")) == []
    assert left(contact(0, attributes={"Auto-Submitted": "auto-replied"})) == []
    assert left(contact(0, "Thanks, all good!")) == []
    assert left(contact(0, channel=Channel.NOTE)) == []
    assert left(contact(0, direction=Direction.INTERNAL)) == []
    assert left(replace(contact(0), occurred_at=None)) == []
    talk = "Customer: Is it dimmable?\nAgent: Yes.\nCustomer: Ordering now."
    assert left(contact(0, talk, channel=Channel.CHAT)) == []
    assert len(left(contact(0, talk, channel=Channel.CHAT, status="missed"))) == 1


def test_an_automatic_answer_is_none() -> None:
    machine = contact(1, direction=OUT, subject="Automatic reply: we got your mail")
    assert len(left(contact(0), machine)) == 1


def test_what_the_source_calls_solved_is_closed_and_counted() -> None:
    (loop,) = loops(contact(0, status="Solved"))
    assert (loop.closed_why, loop.closed_at) == (Why.SOURCE, NOON)
    asked, solved = contact(0), contact(5, status="closed")
    assert [item.closing_id for item in loops(asked, solved)] == [solved.id]


ANGRY = "This is unacceptable, third time!"


def test_a_complaint_is_open_until_the_customer_says_so() -> None:
    asked, answer = contact(0, ANGRY), contact(5, direction=OUT)
    complaint = (LoopKind.COMPLAINT, asked.id)
    assert complaint in left(asked)
    assert left(asked, answer) == [complaint]
    assert left(asked, answer, contact(9, "Thanks, that works now")) == []
    assert left(asked, contact(1, "Thanks, all good"), answer) == [complaint]
    assert left(asked, answer, contact(9, "감사하지만 아직 안 돼요"))[0] == complaint


def test_a_source_may_call_it_a_complaint() -> None:
    marked = contact(0, attributes={"Type": "Complaint"})
    assert (LoopKind.COMPLAINT, marked.id) in left(marked)
    talked = contact(0, channel=Channel.CALL, attributes={"category": "불만"})
    (loop,) = loops(talked)
    assert (loop.kind, loop.answered_at) == (LoopKind.COMPLAINT, NOON)


def test_public_posts_are_told_from_private_messages() -> None:
    (post,) = loops(contact(0, channel=Channel.SOCIAL))
    (note,) = loops(contact(0, channel=Channel.SOCIAL, attributes={"visibility": "DM"}))
    assert (post.public, note.public) == (True, False)


def test_what_an_agent_settled_stays_settled_but_hides_nothing_newer() -> None:
    asked, seen = contact(0), contact(5)
    (loop,) = loops(asked, seen)
    done_at = max(arrival(asked.id), arrival(seen.id)) + timedelta(seconds=1)
    done = replace(loop, closed_at=done_at, closed_why="called back", closed_by="Dana")
    assert loops(asked, seen, settled=(done,)) == []
    late = replace(contact(7), id=UUID(int=seen.id.int + (60_000 << 80)))
    assert [item.origin_id for item in loops(asked, seen, late, settled=(done,))] == [late.id]


def test_odd_attributes_and_keys_break_nothing() -> None:
    odd = contact(0, attributes={"type": 3, "x": None, "precedence": ["bulk"]})
    assert len(left(odd)) == 1
    assert arrival(UUID(int=(1 << 128) - 1)).year > 9000
    assert arrival(UUID(int=0)).year == 1970


_TEXTS = ("Where is MP-204817?", ANGRY, "Thanks, all good now", "MP-204817 is sent", "Hello?")
_THREADS = (None, new_id())
_CONTACTS = st.lists(
    st.builds(
        contact,
        st.sampled_from([*range(13), *(31 * 24 * 60 + n for n in range(5))]),
        st.sampled_from(_TEXTS),
        channel=st.sampled_from([Channel.EMAIL, Channel.CALL, Channel.CHAT]),
        direction=st.sampled_from([IN, OUT]),
        status=st.sampled_from(["", "", "missed", "solved"]),
        conversation_id=st.sampled_from(_THREADS),
    ),
    max_size=9,
)


@given(_CONTACTS, st.data())
def test_the_order_of_arrival_does_not_matter(
    contacts: list[Interaction], data: st.DataObject
) -> None:
    given_ = events(*contacts)
    assert follow(data.draw(st.permutations(given_))) == follow(given_)


@given(_CONTACTS, st.sampled_from([*range(13), 31 * 24 * 60, 31 * 24 * 60 + 2]))
def test_going_on_from_any_moment_gives_the_same(contacts: list[Interaction], cut: int) -> None:
    moment = NOON + timedelta(minutes=cut)
    given_ = events(*contacts)
    early = follow([item for item in given_ if item.at < moment])
    later = [item for item in given_ if item.at >= moment]
    closed = [item for item in early if item.closed_at]
    went_on = follow(later, [item for item in early if not item.closed_at])
    whole = follow(given_)
    key = lambda item: (item.opened_at, item.origin_id, item.kind)  # noqa: E731
    assert sorted(closed + went_on, key=key) == sorted(whole, key=key)
