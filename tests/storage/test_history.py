# SPDX-License-Identifier: Apache-2.0
"""A history is paged exactly, whatever ties, arrives or has no time."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentassist.domain.history import (
    Channel,
    Conversation,
    Direction,
    Interaction,
    TimelineFilter,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.errors import UserError
from agentassist.storage.database import Database
from agentassist.storage.history import History
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
