# SPDX-License-Identifier: Apache-2.0
"""A history is paged exactly, whatever ties, arrives or has no time."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from agentassist.domain.history import (
    CaseKeys,
    Channel,
    Conversation,
    Direction,
    Interaction,
    Pin,
    TimelineFilter,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import LoopKind
from agentassist.domain.merge import Merge
from agentassist.domain.promise import Promise
from agentassist.domain.state_kind import StateKind, kind_of_state
from agentassist.errors import UserError
from agentassist.storage import timeline_pages
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from agentassist.storage.pins import Pins
from agentassist.storage.schema.loops import loops
from agentassist.storage.timeline_pages import TimelinePages, key_of
from tests.storage.build import NOON, at, interaction, stored

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
ALL = TimelineFilter()
MOMENTS = st.none() | st.integers(0, 3).map(at)
ROWS = st.lists(st.tuples(MOMENTS, st.sampled_from(list(Channel)[:3])), max_size=25)


def expected(rows: list[Interaction]) -> list[UUID]:
    known = [row for row in rows if row.occurred_at is not None]
    unknown = [row for row in rows if row.occurred_at is None]
    known.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
    unknown.sort(key=lambda row: row.id, reverse=True)
    return [row.id for row in (*known, *unknown)]


def walk(history: History, customer_id: UUID, chosen: TimelineFilter, size: int) -> list[UUID]:
    seen: list[UUID] = []
    older: str | None = None
    while True:
        page = history.page(customer_id, chosen, older, size)
        assert len(page.interactions) == size or page.older is None
        seen += [item.id for item in page.interactions]
        if (older := page.older) is None:
            return seen


def make(owner: UUID, rows: list[tuple[datetime | None, Channel]]) -> list[Interaction]:
    return [interaction(owner, when, channel=channel) for when, channel in rows]


@FEW
@given(rows=ROWS, size=st.integers(1, 7), channels=st.sets(st.sampled_from(list(Channel)[:3])))
def test_pages_hold_every_row_once_newest_first_unknown_last(
    database: Database,
    rows: list[tuple[datetime | None, Channel]],
    size: int,
    channels: set[Channel],
) -> None:
    with database.transaction() as connection:
        owner, other = stored(connection).id, stored(connection).id
        given = make(owner, rows)
        History(connection).add_interactions([*given, *make(other, rows)])
        wanted = [row for row in given if not channels or row.channel in channels]
        seen = walk(History(connection), owner, TimelineFilter(frozenset(channels)), size)
        assert seen == expected(wanted)
        counts = History(connection).timeline_counts(owner)
        assert counts == {
            channel: sum(row.channel is channel for row in given)
            for channel in Channel
            if any(row.channel is channel for row in given)
        }


@FEW
@given(first=ROWS, later=ROWS, size=st.integers(1, 5))
def test_rows_that_arrive_meanwhile_move_nothing(
    database: Database,
    first: list[tuple[datetime | None, Channel]],
    later: list[tuple[datetime | None, Channel]],
    size: int,
) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        history = History(connection)
        given, arriving = make(owner, first), make(owner, later)
        history.add_interactions(given)
        seen: list[UUID] = []
        older: str | None = None
        while True:
            page = history.page(owner, ALL, older, size)
            seen += [item.id for item in page.interactions]
            if (older := page.older) is None:
                break
            history.add_interactions(arriving[:2])
            arriving = arriving[2:]
    assert len(seen) == len(set(seen))
    before = {row.id for row in given}
    assert [key for key in seen if key in before] == expected(given)


def test_an_interaction_comes_back_whole(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        talk = Conversation(new_id(), owner, "lamp", "chat", "c1")
        made = replace(
            interaction(owner, at(1), channel=Channel.CHAT, text="안녕하세요 🙂\nline two"),
            zone="Asia/Seoul",
            direction=Direction.OUTBOUND,
            subject="Lamp",
            author="ben",
            status="closed",
            conversation_id=talk.id,
            source="chat",
            source_ref="7",
            attributes={"queue": "sales", "a": "b"},
        )
        History(connection).add_conversation(talk)
        History(connection).add_interactions([made])
    with database.reading() as connection:
        assert History(connection).interaction(made.id) == made
        assert History(connection).page(owner).interactions == (made,)
        assert History(connection).conversation(talk.id) == talk
        assert History(connection).interaction(new_id()) is None


def test_importing_again_adds_nothing(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        history = History(connection)
        rows = [interaction(owner, source="x", source_ref=str(n)) for n in range(1_200)]
        by_hand = [interaction(owner, text="by hand") for _ in range(3)]
        again = [replace(row, id=new_id()) for row in rows]
        assert history.add_interactions(rows) == 1_200
        assert history.add_interactions(by_hand) == 3
        assert history.add_interactions([*again, *rows, *by_hand]) == 0
        assert history.add_interactions([]) == 0
        assert history.timeline_counts(owner) == {Channel.CALL: 1_203}


@pytest.mark.parametrize(
    ("text", "hits"),
    [("LAMP", 2), ("100%", 1), ("a_b", 1), ("\\", 1), ("über", 1), ("램프", 1), ("zebra", 0)],
)
def test_text_is_found_as_it_is_typed(database: Database, text: str, hits: int) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        texts = ["broken lamp", "100% sure", "a_b c:\\d", "axb", "Über uns", "램프", "1000"]
        rows = [interaction(owner, text=item) for item in texts]
        rows.append(interaction(owner, text="", subject="Lamp again"))
        History(connection).add_interactions(rows)
        found = History(connection).page(owner, TimelineFilter(text=f" {text} ")).interactions
    assert len(found) == hits


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.x", "1.2.3", "'; DROP TABLE customers"])
def test_a_made_up_cursor_is_refused(database: Database, cursor: str) -> None:
    with database.reading() as connection, pytest.raises(UserError, match="Open the customer"):
        History(connection).page(new_id(), ALL, cursor, 5)


def test_promises_are_open_until_they_are_kept(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        history = History(connection)
        late, soon = (Promise(new_id(), owner, "call back", "ben", at(n), NOON) for n in (9, 3))
        for promise in (late, soon, late):
            history.add_promise(promise)
        assert history.promises(owner) == (soon, late)
        history.keep_promise(soon.id, at(2))
        history.keep_promise(soon.id, at(4))
        assert history.promises(owner) == (late,)
        kept = replace(soon, kept_at=at(2))
        assert history.promises(owner, open_only=False) == (kept, late)
        with pytest.raises(UserError, match="no longer there"):
            history.keep_promise(new_id(), NOON)


def walk_up(
    history: History, pages: TimelinePages, chosen: TimelineFilter, size: int
) -> list[UUID]:
    """Go down to the end with short pages, then back up with pages of `size`."""
    last = pages.older(chosen, None, 1)
    while last.older:
        last = pages.older(chosen, last.older, 3)
    seen = [item.id for item in last.interactions]
    newer = last.newer
    while newer:
        page = pages.newer(chosen, newer, size)
        seen = [item.id for item in page.interactions] + seen
        newer = page.newer
    return seen


STATES = ("", "open", "Solved", "whatever", "pending")
ENTRIES = st.lists(
    st.tuples(
        MOMENTS,
        st.sampled_from(list(Channel)[:3]),
        st.sampled_from(["broken lamp", "a chair", "Lamp and chair"]),
        st.sampled_from(STATES),
        st.sampled_from(Direction),
    ),
    max_size=20,
)
FILTERS = st.builds(
    TimelineFilter,
    channels=st.frozensets(st.sampled_from(list(Channel)[:3]), max_size=2),
    text=st.sampled_from(["", "lamp", "lamp chair"]),
    states=st.frozensets(st.sampled_from(StateKind), max_size=2),
    directions=st.frozensets(st.sampled_from(Direction), max_size=2),
    since=st.none() | st.integers(0, 3).map(at),
    until=st.none() | st.integers(0, 4).map(at),
    pinned=st.booleans(),
)


def meets(item: Interaction, chosen: TimelineFilter, pinned: set[UUID]) -> bool:
    when = item.occurred_at
    dated = chosen.since or chosen.until
    return (
        (not chosen.channels or item.channel in chosen.channels)
        and all(word in item.text.casefold() for word in chosen.text.split())
        and (not chosen.states or kind_of_state(item.status) in chosen.states)
        and (not chosen.directions or item.direction in chosen.directions)
        and (not dated or when is not None)
        and (when is None or chosen.since is None or when >= chosen.since)
        and (when is None or chosen.until is None or when < chosen.until)
        and (not chosen.pinned or item.id in pinned)
    )


@pytest.mark.parametrize("scanned", [1, 4_000])
@FEW
@given(rows=ENTRIES, chosen=FILTERS, size=st.integers(1, 7), merge=st.booleans())
def test_every_filter_pages_exactly_in_both_directions(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    scanned: int,
    rows: list[tuple[datetime | None, Channel, str, str, Direction]],
    chosen: TimelineFilter,
    size: int,
    *,
    merge: bool,
) -> None:
    monkeypatch.setattr(timeline_pages, "SCANNED", scanned)
    with database.transaction() as connection:
        owners = [stored(connection).id, stored(connection).id]
        history = History(connection)
        given = [
            interaction(
                owners[place % 2 if merge else 0], when, channel=channel, text=text, status=status,
                direction=direction,
            )
            for place, (when, channel, text, status, direction) in enumerate(rows)
        ]  # fmt: skip
        history.add_interactions(given)
        history.add_interactions(make(stored(connection).id, [(at(1), Channel.CALL)]))
        for item in given[::2]:
            assert item.customer_id is not None
            Pins(connection).add(Pin(item.id, item.customer_id, at(1), "ben"))
        if merge:
            Merges(connection).add(Merge(new_id(), owners[1], owners[0], at(0), "ben"))
        pinned = {item.id for item in given[::2]}
        wanted = expected([item for item in given if meets(item, chosen, pinned)])
        pages = TimelinePages(connection, owners[0])
        seen: list[UUID] = []
        older: str | None = None
        while True:
            page = pages.older(chosen, older, size)
            seen += [item.id for item in page.interactions]
            if (older := page.older) is None:
                break
        assert seen == wanted
        assert walk_up(history, pages, chosen, size) == wanted
        for item in given[:3]:
            around = pages.around(chosen, key_of(item), 4)
            here = [row.id for row in around.interactions]
            assert (item.id in here) == (item.id in wanted)
            assert here == [key for key in wanted if key in here]


def test_a_case_is_found_whole_by_conversation_number_and_id(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        talk = Conversation(new_id(), owner)
        History(connection).add_conversation(talk)
        rows = [
            interaction(owner, at(1), text="one", conversation_id=talk.id),
            interaction(owner, at(2), text="about MP-20481 again"),
            interaction(owner, at(3), text="alike"),
            interaction(owner, at(4), text="something else"),
            interaction(owner, at(5), text="MP-20481, much later"),
        ]
        History(connection).add_interactions(rows)
        keys = CaseKeys(frozenset({rows[2].id}), frozenset({talk.id}), "MP-20481", at(0), at(4))
        page = History(connection).page(owner, TimelineFilter(case=keys))
        assert [item.id for item in page.interactions] == [rows[n].id for n in (2, 1, 0)]
        for n in (1, 4):
            Pins(connection).add(Pin(rows[n].id, owner, at(9), "ben"))
        page = History(connection).page(owner, TimelineFilter(case=keys, pinned=True))
        assert [item.id for item in page.interactions] == [rows[1].id]


def test_what_waits_in_a_loop_is_open_and_what_was_answered_is_answered(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        rows = [interaction(owner, at(n), channel=Channel.EMAIL) for n in range(3)]
        History(connection).add_interactions(rows)
        for place, closed in ((0, None), (1, at(9))):
            loop = {
                "id": new_id(), "customer_id": owner, "kind": LoopKind.UNANSWERED,
                "channel": Channel.EMAIL, "origin_id": rows[place].id, "subject": "", "refs": "",
                "public": False, "owner": "",
                "opened_at": at(place), "closed_at": closed, "closed_by": "", "closed_why": "",
            }  # fmt: skip
            connection.execute(insert(loops).values(loop))
        for kind, place in ((StateKind.OPEN, 0), (StateKind.ANSWERED, 1)):
            page = History(connection).page(owner, TimelineFilter(states=frozenset({kind})))
            assert [item.id for item in page.interactions] == [rows[place].id]


def test_a_person_of_sixty_records_is_paged_too(database: Database) -> None:
    words = [f"open {n}" for n in range(4)]
    with database.transaction() as connection:
        owners = [stored(connection).id for _ in range(60)]
        rows = [
            interaction(owner, at(place), status="Pending", channel=list(Channel)[place % 3])
            for place, owner in enumerate(owners)
        ]
        rows += [interaction(owners[0], at(99), status=word) for word in words]
        History(connection).add_interactions(rows)
        for owner in owners[1:]:
            Merges(connection).add(Merge(new_id(), owner, owners[0], at(0), "ben"))
        pages = TimelinePages(connection, owners[0])
        for chosen in (
            ALL,
            TimelineFilter(channels=frozenset(list(Channel)[:2])),
            TimelineFilter(states=frozenset({StateKind.OPEN})),
        ):
            found = [item.id for item in pages.older(chosen, None, 100).interactions]
            wanted = [item for item in rows if meets(item, chosen, set())]
            assert found == expected(wanted)


def test_counting_stops_where_it_is_told_to(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        History(connection).add_interactions(make(owner, [(at(n), Channel.CALL) for n in range(9)]))
        History(connection).add_interactions(make(owner, [(at(2), Channel.CHAT)]))
        history = History(connection)
        assert history.counts_up_to(owner, 5) == {Channel.CALL: 5, Channel.CHAT: 1}
        assert history.counts_up_to(owner, 50) == history.timeline_counts(owner)
        assert history.timeline_counts(owner, at(2), at(4)) == {Channel.CALL: 2, Channel.CHAT: 1}
