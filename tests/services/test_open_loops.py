# SPDX-License-Identifier: Apache-2.0
"""The queue is read, worked off, handed over; what a call settles is settled with it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from agentassist.domain.age_clock import Age, AgeClock
from agentassist.domain.call import Call, CallState, Speaker, Utterance
from agentassist.domain.customer import Customer
from agentassist.domain.history import Channel, Conversation, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import LoopKind, Why
from agentassist.domain.merge import Merge
from agentassist.domain.moving import MOVED_FROM, MOVED_TO, SOURCES
from agentassist.domain.promise import Promise
from agentassist.domain.queue import QueueItem
from agentassist.domain.wrap_up import Disposition, LineKind, WrapUp
from agentassist.errors import UserError
from agentassist.services.continuation import Continuation, as_text
from agentassist.services.handover import ShiftHandover
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.services.open_loops import OpenLoops, QueueRules
from agentassist.services.wrap_up import Closing
from agentassist.storage.audit import Audit
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from tests.services.conftest import person

NOW = datetime(2030, 1, 10, 12, tzinfo=UTC)
IN, OUT = Direction.INBOUND, Direction.OUTBOUND
ANGRY = "This is unacceptable. Where is MP-204817?"
HOURS = {Channel.EMAIL: 8, Channel.SOCIAL: 1, Channel.CHAT: 1}
RULES = QueueRules(AgeClock({key: timedelta(hours=value) for key, value in HOURS.items()}))


@pytest.fixture
def loops(database: Database) -> OpenLoops:
    return OpenLoops(database, RULES, "Dana", lambda: NOW)


def contact(
    owner: UUID | None, hours_ago: float, text: str = "Hello?", **more: object
) -> Interaction:
    given: dict[str, object] = {"channel": Channel.EMAIL, "direction": IN} | more
    return Interaction(
        new_id(), owner, text=text, occurred_at=NOW - timedelta(hours=hours_ago), **given
    )  # type: ignore[arg-type]


def arrive(database: Database, *contacts: Interaction) -> None:
    with database.transaction() as connection:
        History(connection).add_interactions(contacts)


def promise(owner: UUID, hours: float, who: str = "Dana") -> Promise:
    due = NOW + timedelta(hours=hours)
    return Promise(new_id(), owner, "Call back", who, due, NOW - timedelta(days=1))


def add_promise(database: Database, made: Promise) -> None:
    with database.transaction() as connection:
        History(connection).add_promise(made)


def queue(loops: OpenLoops) -> tuple[QueueItem, ...]:
    loops.refresh()
    return loops.queue()


def test_the_most_urgent_comes_first(database: Database, loops: OpenLoops, grace: Customer) -> None:
    plain = person("Plain Jane")
    with database.transaction() as connection:
        Customers(connection).add(plain)
    arrive(
        database,
        contact(plain.id, 7, "soon"),
        contact(plain.id, 90, "late chat", channel=Channel.CHAT),
        contact(plain.id, 2, "late post", channel=Channel.SOCIAL),
        contact(grace.id, 20, "late, of gold"),
    )
    add_promise(database, promise(grace.id, 20))
    found = queue(loops)
    assert [item.subject for item in found] == [
        "late post", "late, of gold", "late chat", "soon", "Call back",
    ]  # fmt: skip
    ages = [item.age(NOW) for item in found]
    assert ages == [Age.LATE, Age.LATE, Age.LATE, Age.SOON, Age.FINE]
    assert (found[0].public, found[1].name, found[1].tier) == (True, "Grace Whitfield", "Gold")


def test_the_queue_looks_back_so_far_only(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 24 * 31))
    add_promise(database, promise(grace.id, -24 * 90))
    add_promise(database, promise(grace.id, 25))
    assert [item.kind for item in queue(loops)] == [LoopKind.PROMISE]


def test_a_merged_customer_has_one_name(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    other = person("G. Whitfield")
    with database.transaction() as connection:
        Customers(connection).add(other)
        Merges(connection).add(Merge(new_id(), other.id, grace.id, NOW, "Dana"))
    arrive(database, contact(other.id, 1))
    assert [(item.customer_id, item.name) for item in queue(loops)] == [(grace.id, grace.name)]


def test_done_keeps_the_reason_and_can_be_undone(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3))
    (item,) = queue(loops)
    loops.done(item, "answered by phone")
    assert queue(loops) == ()
    with pytest.raises(UserError):
        loops.done(item, "again")
    loops.undo_done(item)
    assert queue(loops) == (item,)
    with database.reading() as connection:
        entries = [(one.kind, one.actor) for one in Audit(connection).entries(str(item.id))]
    assert entries == [("loop closed", "Dana"), ("loop opened again", "Dana")]


def test_undoing_finds_what_came_meanwhile(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3))
    (item,) = queue(loops)
    loops.done(item, "answered by phone")
    arrive(database, contact(grace.id, 2, direction=OUT))
    loops.refresh()
    loops.undo_done(item)
    assert queue(loops) == ()


def test_a_kept_promise_is_done_and_can_be_undone(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    add_promise(database, promise(grace.id, -1))
    (item,) = queue(loops)
    loops.done(item, "kept")
    assert queue(loops) == ()
    loops.undo_done(item)
    assert queue(loops) == (item,)


def test_an_unanswered_complaint_is_one_line_until_it_is_answered(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3, ANGRY))
    (item,) = queue(loops)
    assert (item.kind, item.complaint, len(item.keys)) == (LoopKind.UNANSWERED, True, 2)
    loops.done(item, "answered elsewhere")
    (rest,) = queue(loops)
    assert (rest.kind, rest.id) == (LoopKind.COMPLAINT, item.twin)
    loops.done(rest, Why.CONFIRMED)
    assert queue(loops) == ()


def test_customer_confirmed_closes_both(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3, ANGRY))
    (item,) = queue(loops)
    loops.done(item, Why.CONFIRMED)
    assert queue(loops) == ()


def test_mine_and_put_off(database: Database, loops: OpenLoops, grace: Customer) -> None:
    arrive(database, contact(grace.id, 3, ANGRY))
    (item,) = queue(loops)
    loops.assign(item, "Dana")
    assert [one.owner for one in queue(loops)] == ["Dana"]
    loops.snooze(item, NOW + timedelta(hours=1))
    assert queue(loops) == ()
    loops.snooze(item, None)
    assert len(queue(loops)) == 1


def test_who_has_it_keeps_it_when_an_earlier_message_turns_up(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3))
    (item,) = queue(loops)
    loops.assign(item, "Dana")
    early = contact(grace.id, 5)
    arrive(database, early)
    (found,) = queue(loops)
    assert (found.origin_id, found.owner) == (early.id, "Dana")


def test_a_line_is_found_by_a_part_of_its_id(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3), contact(grace.id, 3, channel=Channel.SMS))
    for item in queue(loops):
        assert loops.find(item.id.hex[-12:]) == item
    for wrong in ("", "zzz", queue(loops)[0].id.hex[:6]):
        with pytest.raises(UserError):
            loops.find(wrong)


MAIL = """From: Grace <grace@example.com>
To: help@shop.example
Subject: {subject}
Date: Thu, 10 Jan 2030 09:00:00 +0000
Message-ID: <{key}@example.com>
{more}
{text}
"""


def test_imported_mails_wait_unless_a_machine_wrote_them(
    database: Database, loops: OpenLoops, tmp_path: Path
) -> None:
    given = {"real": "", "away": "Auto-Submitted: auto-replied\n", "news": "List-Id: <n.x.y>\n"}
    for key, more in given.items():
        mail = MAIL.format(subject=key, key=key, more=more, text="Could you look into this?")
        (tmp_path / f"{key}.eml").write_text(mail)
    Importer(database).run(tmp_path, ImportOptions(own=("shop.example",)))
    assert [item.subject for item in queue(loops)] == ["real: Could you look into this?"]


# Hand-over


def test_a_shift_leaves_what_is_its_own_and_the_next_takes_it(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3))
    made = promise(grace.id, 2)
    add_promise(database, made)
    items = queue(loops)
    dana = ShiftHandover(database, "Dana", lambda: NOW)
    noor = ShiftHandover(database, "Noor", lambda: NOW + timedelta(hours=1))
    for item in items:
        loops.assign(item, "Dana")
    left = dana.leave([item.id for item in items], "She is upset. Card 4242 4242 4242 4242", "")
    assert "4242 4242 4242" not in left.note
    assert dana.waiting() == ()
    assert noor.waiting() == (left,)
    assert {item.owner for item in queue(loops)} == {"Dana"}
    noor.take(left.id)
    assert {item.owner for item in queue(loops)} == {"Noor"}
    assert noor.waiting() == ()
    with pytest.raises(UserError):
        noor.take(left.id)
    with database.reading() as connection:
        entry = list(Audit(connection).entries(str(made.id)))[-1]
    assert (entry.kind, entry.actor, dict(entry.details)) == (
        "promise assigned", "Noor", {"from": "Dana", "to": "Noor"},
    )  # fmt: skip


def test_what_is_for_a_colleague_is_for_nobody_else(database: Database) -> None:
    dana = ShiftHandover(database, "Dana", lambda: NOW)
    left = dana.leave([], "please watch the queue", " noor ")
    assert ShiftHandover(database, "Noor", lambda: NOW).waiting() == (left,)
    assert ShiftHandover(database, "Sam", lambda: NOW).waiting() == ()
    with pytest.raises(UserError):
        dana.leave([], "  ", "")


def test_what_was_answered_meanwhile_is_not_taken(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    dana = ShiftHandover(database, "Dana", lambda: NOW)
    left = dana.leave([new_id()], "gone")
    ShiftHandover(database, "Noor", lambda: NOW).take(left.id)


# The wrap-up


def close(
    database: Database, owner: UUID, text: str, disposition: Disposition, *promises: Promise
) -> None:
    when = NOW - timedelta(minutes=5)
    call = Call(new_id(), str(new_id()), CallState.ENDED, "+1", customer_id=owner, started_at=when)
    with database.transaction() as connection:
        Calls(connection).save_call(call)
    wrap_up = WrapUp(call.id, owner, Channel.CALL, disposition, (), NOW, text, promises)
    Closing(database, "Dana", lambda: NOW).save(wrap_up, call)


def test_a_wrapped_up_call_closes_what_it_was_about_at_once(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(
        database,
        contact(grace.id, 3, "Where is MP-204817?"),
        contact(grace.id, 2, channel=Channel.CALL, status="missed"),
        contact(grace.id, 1, "Something else", channel=Channel.SMS),
    )
    assert len(queue(loops)) == 3
    close(database, grace.id, "MP-204817 comes tomorrow", Disposition.RESOLVED)
    assert [item.subject for item in loops.queue()] == ["Something else"]
    assert [item.subject for item in queue(loops)] == ["Something else"]


def test_a_call_that_needs_more_opens_a_loop_unless_a_promise_carries_it(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    loops.refresh()
    close(database, grace.id, "Has to ask", Disposition.FOLLOW_UP, promise(grace.id, 2))
    assert [item.kind for item in loops.queue()] == [LoopKind.PROMISE]
    close(database, grace.id, "Has to ask", Disposition.FOLLOW_UP)
    assert LoopKind.UNANSWERED in {item.kind for item in loops.queue()}


# Another channel


def test_the_summary_names_its_sources_and_stays_in_the_conversation(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    talk = Conversation(new_id(), grace.id)
    with database.transaction() as connection:
        History(connection).add_conversation(talk)
    asked = contact(grace.id, 3, "Good day. Can I still return the lamp?", conversation_id=talk.id)
    wrote = contact(grace.id, 2, "I'll send you a code.", direction=OUT, conversation_id=talk.id)
    again = contact(grace.id, 1, "The code does not work!", conversation_id=talk.id)
    arrive(database, asked, wrote, again)
    add_promise(database, promise(grace.id, 2))
    moving = Continuation(database, "Dana", lambda: NOW)
    item = next(one for one in queue(loops) if one.origin_id == again.id)
    summary = moving.of_item(item, Channel.CALL)
    assert [(line.kind, line.text, line.sources) for line in summary.lines][:2] == [
        (LineKind.ASKED, "The code does not work!", (again.id,)),
        (LineKind.OPEN, "The code does not work!", (again.id,)),
    ]
    assert summary.lines[-1].kind is LineKind.PROMISED
    note = moving.store(summary, as_text(summary))
    assert (note.channel, note.conversation_id) == (Channel.NOTE, talk.id)
    assert dict(note.attributes)[MOVED_FROM] == "email"
    assert dict(note.attributes)[MOVED_TO] == "call"
    assert str(again.id) in dict(note.attributes)[SOURCES]
    with database.reading() as connection:
        assert History(connection).page(grace.id).interactions[0] == note


def test_a_transcript_is_quoted_line_by_line(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    talk = "Customer: Hello\nCustomer: My code is wrong, can you help?"
    asked = contact(grace.id, 1, talk, channel=Channel.CHAT)
    arrive(database, asked)
    (item,) = queue(loops)
    summary = Continuation(database, "Dana", lambda: NOW).of_item(item, Channel.CALL)
    assert summary.lines[0].text == "My code is wrong, can you help?"


def test_a_live_contact_goes_on_elsewhere(
    database: Database, loops: OpenLoops, grace: Customer
) -> None:
    arrive(database, contact(grace.id, 3, "Where is my refund?"))
    loops.refresh()
    call = Call(new_id(), "c1", CallState.TALKING, "+1", customer_id=grace.id)
    said = (Utterance(new_id(), call.id, Speaker.CUSTOMER, "Can you mail it to me?", NOW),)
    moving = Continuation(database, "Dana", lambda: NOW)
    summary = moving.of_call(call, said, (), Channel.EMAIL)
    assert [(line.kind, line.text) for line in summary.lines] == [
        (LineKind.ASKED, "Can you mail it to me?"),
        (LineKind.OPEN, "Where is my refund?"),
    ]
    nobody = moving.of_call(Call(new_id(), "c2", CallState.TALKING, ""), said, (), Channel.EMAIL)
    assert [line.sources for line in nobody.lines] == [(said[0].id,)]
