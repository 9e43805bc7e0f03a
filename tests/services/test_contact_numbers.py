# SPDX-License-Identifier: Apache-2.0
"""The numbers for leads, counted by hand beside them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from agentassist.domain.age_clock import AgeClock
from agentassist.domain.history import Channel, Direction, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.merge import Merge
from agentassist.domain.promise import Promise
from agentassist.domain.same_topic import is_same, topic
from agentassist.services.contact_numbers import (
    ContactNumbers,
    Share,
    contact_numbers,
    overall,
)
from agentassist.services.loop_upkeep import LoopUpkeep
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.merges import Merges
from tests.services.conftest import people

NOW = datetime(2030, 1, 10, 12, tzinfo=UTC)
IN, OUT = Direction.INBOUND, Direction.OUTBOUND
CALL, MAIL, CHAT = Channel.CALL, Channel.EMAIL, Channel.CHAT
CLOCK = AgeClock({MAIL: timedelta(hours=8), CHAT: timedelta(minutes=2)})
PARCEL = "My parcel has disappeared somewhere"


def contact(
    owner: UUID | None, days_ago: float, channel: Channel, text: str = PARCEL, **more: object
) -> Interaction:
    when = NOW - timedelta(days=days_ago)
    return Interaction(new_id(), owner, channel, text, when, **more)  # type: ignore[arg-type]


def numbers(database: Database, *contacts: Interaction) -> ContactNumbers:
    with database.transaction() as connection:
        History(connection).add_interactions(contacts)
    LoopUpkeep(database, lambda: NOW).refresh()
    return contact_numbers(database, CLOCK, None, lambda: NOW)


def test_linked(database: Database) -> None:
    one, _ = people(database, 2)
    found = numbers(
        database, contact(one, 1, CALL), contact(None, 1, CALL), contact(one, 2, MAIL),
        contact(one, 2, Channel.NOTE),
    )  # fmt: skip
    assert found.linked == {CALL: Share(1, 2), MAIL: Share(1, 1)}
    assert overall(found.linked.values()) == Share(2, 3)


def test_ignored_late_and_answer_times(database: Database) -> None:
    owners = people(database, 13)
    contacts = [contact(owners[0], 5, MAIL), contact(owners[1], 0.1, MAIL)]
    for place, owner in enumerate(owners[2:12], start=1):  # answered after 1, 2 ... 10 hours
        contacts.append(contact(owner, 5, MAIL))
        contacts.append(contact(owner, 5 - place / 24, MAIL, direction=OUT))
    contacts.append(contact(owners[12], 5, MAIL, status="solved"))
    clock = numbers(database, *contacts).clocks[MAIL]
    assert clock.ignored == Share(1, 12)  # the newest one has time left
    assert clock.late == Share(3, 12)
    assert clock.answered == 10
    assert (clock.median, clock.p90) == (5 * 3600, 9 * 3600)


def test_who_goes_on_elsewhere(database: Database) -> None:
    one, two, three = people(database, 3)
    found = numbers(
        database,
        contact(one, 20, CHAT), contact(one, 19, CALL),
        contact(two, 20, CHAT), contact(two, 10, CALL),
        contact(three, 1, CHAT),  # its three days are not over
    )  # fmt: skip
    assert found.escalation == {(CHAT, CALL): Share(1, 2)}


def test_first_contact(database: Database) -> None:
    one, two, three = people(database, 3)
    found = numbers(
        database,
        contact(one, 30, CALL), contact(one, 25, MAIL, "The parcel disappeared, still nothing"),
        contact(two, 30, CALL), contact(two, 25, MAIL, "Which colours has the sofa?"),
        contact(three, 30, CHAT), contact(three, 30 - 1 / 24, CHAT, "Hello?"),
    )  # fmt: skip
    assert found.first_contact == {CALL: Share(1, 2), MAIL: Share(2, 2), CHAT: Share(1, 1)}


def test_merged_customers_are_one(database: Database) -> None:
    one, two = people(database, 2)
    contacts = contact(one, 20, CHAT), contact(two, 19, CALL)
    assert numbers(database, *contacts).escalation == {}
    with database.transaction() as connection:
        Merges(connection).add(Merge(new_id(), two, one, NOW, "Dana"))
    assert numbers(database).escalation == {(CHAT, CALL): Share(1, 1)}


def test_promises(database: Database) -> None:
    (one,) = people(database, 1)
    due = NOW - timedelta(days=1)
    kept = [due - timedelta(hours=1), due, due + timedelta(hours=1), None, None]
    dues = [due, due, due, due, NOW + timedelta(days=1)]
    with database.transaction() as connection:
        for at, until in zip(kept, dues, strict=True):
            made = Promise(new_id(), one, "Call", "Dana", until, due - timedelta(days=1), None, at)
            History(connection).add_promise(made)
    found = numbers(database).promises
    assert (found.early, found.late, found.overdue) == (2, 1, 1)


def test_since_cuts_the_past_off(database: Database) -> None:
    (one,) = people(database, 1)
    numbers(database, contact(one, 20, MAIL), contact(one, 2, MAIL))
    found = contact_numbers(database, CLOCK, NOW - timedelta(days=5), lambda: NOW)
    assert found.linked == {MAIL: Share(1, 1)}
    assert found.clocks == {}  # both are one loop, and it was opened before


def test_an_empty_database_has_no_numbers_and_no_faults(database: Database) -> None:
    found = numbers(database)
    assert overall(found.linked.values()).value is None
    assert (found.clocks, found.escalation, found.first_contact) == ({}, {}, {})
    assert set(found.definitions) >= {"linked", "ignored", "escalation", "first contact"}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Where is MP-204817?", "About MP-204817 again", True),
        (PARCEL, "that parcel disappeared", True),
        ("수수료 환불 요청합니다", "환불 요청한 수수료가 아직 안 들어왔어요", True),
        (PARCEL, "Which colours has the sofa?", False),
        ("Hello", "Hello", False),
        ("", "", False),
    ],
)
def test_the_same_topic(one: str, other: str, same: bool) -> None:
    assert is_same(topic(None, one), topic(None, other)) is same
