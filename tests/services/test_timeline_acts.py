# SPDX-License-Identifier: Apache-2.0
"""Acts on an entry are stored whole, and taken back without a trace where they may be."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agentassist.domain.cases import cases_of
from agentassist.domain.history import (
    Channel,
    Conversation,
    Direction,
    Interaction,
    Timeline,
    TimelineFilter,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.errors import UserError
from agentassist.services.timeline import COUNTED, PAGE_SIZE, Timelines
from agentassist.services.timeline_acts import TimelineActs
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from tests.storage.build import at, interaction, stored

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def acts(database: Database) -> TimelineActs:
    return TimelineActs(database, "Sam", lambda: NOW)


@pytest.fixture
def timelines(database: Database) -> Timelines:
    return Timelines(database)


@pytest.fixture
def entry(database: Database) -> Interaction:
    with database.transaction() as connection:
        owner = stored(connection).id
        talk = Conversation(new_id(), owner)
        History(connection).add_conversation(talk)
        made = interaction(
            owner, at(1), channel=Channel.EMAIL, subject="Lamp", conversation_id=talk.id,
            attributes={"message_id": "<1@x>"},
        )  # fmt: skip
        History(connection).add_interactions([made])
        return made


def opened(timelines: Timelines, entry: Interaction) -> Timeline:
    assert entry.customer_id is not None
    return timelines.open(entry.customer_id)


def test_a_pin_is_there_at_the_next_contact(
    acts: TimelineActs, timelines: Timelines, entry: Interaction
) -> None:
    pin = acts.pin(entry, "card 4111 1111 1111 1111")
    assert (pin.actor, pin.pinned_at) == ("Sam", NOW)
    assert "4111 1111" not in pin.note
    assert [one.pin for one in opened(timelines, entry).pinned] == [pin]
    taken = acts.unpin(entry.id)
    assert taken == pin
    assert acts.unpin(entry.id) is None
    assert opened(timelines, entry).pinned == ()
    acts.put_back(pin)
    assert opened(timelines, entry).pinned[0].pin == pin


def test_a_note_goes_into_the_conversation_and_the_case(
    acts: TimelineActs, timelines: Timelines, entry: Interaction, database: Database
) -> None:
    note = acts.note(entry, " asked twice \n")
    assert (note.channel, note.direction) == (Channel.NOTE, Direction.INTERNAL)
    assert (note.text, note.author, note.occurred_at) == ("asked twice", "Sam", NOW)
    assert note.conversation_id == entry.conversation_id
    page = opened(timelines, entry).page.interactions
    assert page == (note, entry)
    assert len({case.id for case in cases_of(page).values()}) == 1
    with pytest.raises(UserError, match="Write the note"):
        acts.note(entry, "  ")
    with pytest.raises(UserError, match="no customer yet"):
        acts.note(replace(entry, customer_id=None), "x")
    with database.reading() as connection:
        assert [one.kind for one in Audit(connection).entries(str(note.id))] == ["note"]


def test_a_promise_comes_from_its_entry_and_can_be_taken_back(
    acts: TimelineActs, timelines: Timelines, entry: Interaction
) -> None:
    owner = entry.customer_id
    assert owner is not None
    draft = acts.new_promise(owner, entry, None)
    assert (draft.text, draft.owner, draft.due_at) == ("", "Sam", NOW + timedelta(days=1))
    made = acts.promise(replace(draft, text=" send a lamp ", owner="Kim"))
    assert timelines.essentials(owner).promises == (made,)
    assert (made.text, made.interaction_id) == ("send a lamp", entry.id)
    acts.take_back(made.id)
    assert timelines.essentials(owner).promises == ()
    for empty in (replace(draft, text=" "), replace(draft, owner="")):
        with pytest.raises(UserError, match="what is promised"):
            acts.promise(empty)


def test_a_long_history_is_counted_to_the_end_only_later(
    timelines: Timelines, entry: Interaction, database: Database
) -> None:
    owner = entry.customer_id
    assert owner is not None
    with database.transaction() as connection:
        rows = [interaction(owner, at(n), channel=Channel.SMS) for n in range(COUNTED + 5)]
        History(connection).add_interactions(rows)
    shown = timelines.open(owner)
    assert shown.counts == {Channel.EMAIL: 1, Channel.SMS: COUNTED}
    assert shown.uncounted == {Channel.SMS}
    assert timelines.counts(owner) == {Channel.EMAIL: 1, Channel.SMS: COUNTED + 5}


def test_an_entry_is_found_wherever_it_is(
    timelines: Timelines, entry: Interaction, database: Database
) -> None:
    owner = entry.customer_id
    assert owner is not None
    with database.transaction() as connection:
        History(connection).add_interactions([interaction(owner, at(n)) for n in range(2, 400)])
        foreign = interaction(stored(connection).id)
        merged = stored(connection)
        own = interaction(merged.id, at(200))
        History(connection).add_interactions([foreign, own])
        Merges(connection).add(Merge(new_id(), merged.id, owner, NOW, "Sam"))
    shown = timelines.open(owner)
    assert entry not in shown.page.interactions
    for wanted in (entry, own):
        page = timelines.around(shown, wanted.id)
        assert wanted in page.interactions
        assert len(page.interactions) <= PAGE_SIZE
        assert shown.book is not None
        assert shown.book.case(wanted.id) is not None
    with pytest.raises(UserError, match="no longer in"):
        timelines.around(shown, foreign.id)
    oldest = timelines.oldest(shown, TimelineFilter())
    assert oldest.interactions[-1] == entry
    assert oldest.older is None
    there = timelines.at(shown, TimelineFilter(), at(100)).interactions
    assert there[0].occurred_at > at(100) > there[-1].occurred_at  # type: ignore[operator]
