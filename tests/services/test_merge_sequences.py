# SPDX-License-Identifier: Apache-2.0
"""Any sequence of additions, merges, moves and undos can be undone to the very first state.

A model in plain dictionaries says what must be on which timeline at any moment; the
machine compares, and in the end undoes what is left in an order that it draws.
"""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from agentassist.domain.call import Call, CallState, Speaker, Utterance
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Preference
from agentassist.domain.history import Channel, Conversation, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import LoopKind
from agentassist.domain.merge import FIELDS, Merge
from agentassist.domain.promise import Promise
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine, WrapUp
from agentassist.services.merging import Merging
from agentassist.services.moving import Moving
from agentassist.services.numbers import Attachment, Numbers
from agentassist.services.wrap_up import Closing
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.schema.base import metadata
from agentassist.storage.schema.history import pins
from agentassist.storage.schema.loops import loops
from tests.services.conftest import NOON

PEOPLE = 4
PLACES = st.integers(0, PEOPLE - 1)
SOMEBODY = st.none() | PLACES
EXAMPLES = int(os.environ.get("AGENTASSIST_SEQUENCES", "15"))
NUMBERS = st.integers(0, 1)
_example = count()


@dataclass
class Done:
    """An open move: what it took along and to whom, in the model's terms."""

    key: UUID
    contacts: frozenset[UUID]
    to: UUID | None
    attached: Attachment | None = None


@dataclass
class Model:
    people: list[Customer] = field(default_factory=list)
    first_owner: dict[UUID, UUID | None] = field(default_factory=dict)
    channel: dict[UUID, Channel] = field(default_factory=dict)
    conversation: dict[UUID, UUID] = field(default_factory=dict)
    merges: list[tuple[Merge, frozenset[str]]] = field(default_factory=list)
    moves: list[Done] = field(default_factory=list)

    def root(self, key: UUID) -> UUID:
        """Follow the open merges."""
        step = {merge.customer_id: merge.survivor_id for merge, _ in self.merges}
        while key in step:
            key = step[key]
        return key

    def owner(self, contact: UUID) -> UUID | None:
        """Return whose a contact is: of the newest open move, else whose it was first."""
        for done in reversed(self.moves):
            if contact in done.contacts:
                return done.to
        return self.first_owner[contact]

    def timelines(self) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = {self.root(person.id): set() for person in self.people}
        for contact in self.first_owner:
            if owner := self.owner(contact):
                found[self.root(owner)].add(contact)
        return found

    def shown(self) -> dict[UUID, dict[str, str]]:
        """Replay the open merges on the first fields."""
        fields = {p.id: {name: getattr(p, name) for name in FIELDS} for p in self.people}
        for merge, taken in self.merges:
            fields[merge.survivor_id] |= {n: fields[merge.customer_id][n] for n in taken}
        return {key: fields[key] for key in {self.root(person.id) for person in self.people}}

    def points(self) -> dict[UUID, set[tuple[ContactKind, str]]]:
        found: dict[UUID, set[tuple[ContactKind, str]]] = {}
        for person in self.people:
            mine = {(point.kind, point.value) for point in person.contact_points}
            mine |= {
                (done.attached.point.kind, done.attached.point.value)
                for done in self.moves
                if done.attached and done.to == person.id
            }
            found.setdefault(self.root(person.id), set()).update(mine)
        return found


class Sequences(RuleBasedStateMachine):
    """Works on people of its own in a database that earlier examples have used too."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.merging = Merging(self.database, "eve", lambda: NOON)
        self.moving = Moving(self.database, "eve", lambda: NOON)
        self.numbers = Numbers(self.database, "US", "eve", lambda: NOON)
        self.first_number = 2_000_000 + 2 * next(_example)

    # People and what happened to them

    @initialize(births=st.lists(st.sampled_from(["", "1980-02-01"]), min_size=4, max_size=4))
    def people(self, births: list[str]) -> None:
        shared = ContactPoint(ContactKind.PHONE, "+14155550100")
        for place, born in enumerate(births):
            own = ContactPoint(ContactKind.EMAIL, f"{new_id()}@example.com")
            tier = "gold" if place % 2 else ""
            person = Customer(
                new_id(), f"Name {place}", (shared, own),
                tier=tier, birth_date=born, address="x" * place,
            )  # fmt: skip
            self.model.people.append(person)
        with self.database.transaction() as connection:
            for person in self.model.people:
                Customers(connection).add(person)

    @rule(
        place=SOMEBODY, size=st.integers(1, 3), channel=st.sampled_from([Channel.CHAT, Channel.SMS])
    )
    def a_conversation(self, place: int | None, size: int, channel: Channel) -> None:
        owner = self.person(place)
        thread = Conversation(new_id(), owner)
        items = [self.contact(owner, channel, thread.id) for _ in range(size)]
        with self.database.transaction() as connection:
            History(connection).add_conversation(thread)
            History(connection).add_interactions(items)
            self.trimmings(connection, items[0])

    def contact(self, owner: UUID | None, channel: Channel, thread: UUID | None) -> Interaction:
        item = Interaction(new_id(), owner, channel, "hello", NOON, conversation_id=thread)
        self.know(item)
        return item

    def know(self, item: Interaction) -> None:
        self.model.first_owner[item.id] = item.customer_id
        self.model.channel[item.id] = item.channel
        if item.conversation_id:
            self.model.conversation[item.id] = item.conversation_id

    def trimmings(self, connection: Any, item: Interaction) -> None:
        """Add a loop, a pin and (for somebody) a preference that came up in a contact."""
        loop = {
            "id": new_id(), "customer_id": item.customer_id, "kind": LoopKind.COMPLAINT,
            "channel": item.channel, "origin_id": item.id, "subject": "", "owner": "",
            "refs": "", "public": False,
            "opened_at": NOON, "closed_by": "", "closed_why": "",
        }  # fmt: skip
        pin = {
            "interaction_id": item.id, "customer_id": item.customer_id, "pinned_at": NOON,
            "actor": "eve", "note": "",
        }  # fmt: skip
        connection.execute(loops.insert().values(loop))
        connection.execute(pins.insert().values(pin))
        if item.customer_id:
            preference = Preference(new_id(), item.customer_id, "", "tea", NOON, item.id)
            Customers(connection).add_preference(preference)

    @rule(place=SOMEBODY, number=NUMBERS, parted=st.booleans())
    def a_call(self, place: int | None, number: int, parted: bool) -> None:
        owner = self.person(place)
        call = Call(
            new_id(),
            str(new_id()),
            CallState.ENDED,
            self.number(number, parted=parted),
            customer_id=owner,
        )
        said = Utterance(new_id(), call.id, Speaker.CUSTOMER, "hello", NOON)
        with self.database.transaction() as connection:
            Calls(connection).save_call(call)
            Calls(connection).add_utterance(said)
        item = Closing(self.database, "eve", lambda: NOON).save(_wrap_up(call), call)
        self.know(item)

    # Merges, moves, attachments

    @rule(kept=PLACES, absorbed=PLACES, taken=st.sets(st.sampled_from(FIELDS)) | st.none())
    def merge(self, kept: int, absorbed: int, taken: set[str] | None) -> None:
        one, other = self.model.people[kept].id, self.model.people[absorbed].id
        if self.model.root(one) == self.model.root(other):
            return
        preview = self.merging.preview(one, other, taken)
        counts = Counter(preview.moves.interactions) + Counter(preview.stays.interactions)
        merge = self.merging.merge(one, other, taken, "they said so")
        self.model.merges.append((merge, frozenset(merge.chosen)))
        with self.database.reading() as connection:
            assert in_any_order(Customers(connection).get(other)) == in_any_order(preview.result)
            assert Counter(History(connection).timeline_counts(one)) == counts

    @precondition(lambda self: self.model.merges)
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        self.part(data.draw(st.integers(0, len(self.model.merges) - 1)))

    def part(self, place: int) -> None:
        merge, _ = self.model.merges.pop(place)
        self.merging.split(merge.id)

    @precondition(lambda self: self.model.first_owner)
    @rule(data=st.data(), to=SOMEBODY, alone=st.booleans())
    def move(self, data: st.DataObject, to: int | None, alone: bool) -> None:
        contact = data.draw(st.sampled_from(sorted(self.model.first_owner)))
        target = self.person(to)
        done = self.moving.move(contact, target, alone=alone)
        thread = None if alone else self.model.conversation.get(contact)
        along = {key for key, other in self.model.conversation.items() if other == thread}
        assert done.interactions == len(along | {contact})
        root = self.model.root(target) if target else None
        self.model.moves.append(Done(done.move.id, frozenset(along | {contact}), root))

    @precondition(lambda self: self.model.moves)
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        self.undo(data.draw(st.integers(0, len(self.model.moves) - 1)))

    def undo(self, place: int) -> None:
        done = self.model.moves.pop(place)
        if done.attached:
            self.numbers.detach(done.attached)
        else:
            self.moving.undo(done.key)

    @rule(place=PLACES, number=NUMBERS)
    def attach(self, place: int, number: int) -> None:
        owner = self.model.root(self.model.people[place].id)
        attached = [done.attached for done in self.model.moves if done.attached]
        if any(
            item.customer_id == owner and item.point.value == self.number(number)
            for item in attached
        ):
            return  # undone out of order, the first would take away the number of the second
        before = {key for key in self.model.first_owner if self.model.owner(key) is None}
        made = self.numbers.attach(self.model.people[place].id, self.number(number))
        with self.database.reading() as connection:
            now = {item.id: item.customer_id for item in History(connection).many(before)}
        given = frozenset(key for key, owner_now in now.items() if owner_now)
        assert set(filter(None, now.values())) <= {owner}
        assert made.contacts >= len(given)
        self.model.moves.append(Done(made.move_id or new_id(), given, owner, made))

    # What holds at any moment

    @invariant()
    def each_contact_is_on_exactly_one_timeline(self) -> None:
        wanted = self.model.timelines()
        with self.database.reading() as connection:
            history = History(connection)
            for root, contacts in wanted.items():
                for person in self.members(root):
                    page = history.page(person, size=1000)
                    assert {item.id for item in page.interactions} == contacts
                    assert len(page.interactions) == len(contacts)
                    channels = Counter(self.model.channel[key] for key in contacts)
                    assert history.timeline_counts(person) == channels

    @invariant()
    def each_record_shows_what_was_chosen(self) -> None:
        shown, points = self.model.shown(), self.model.points()
        with self.database.reading() as connection:
            for root, fields in shown.items():
                read = Customers(connection).get(root)
                assert read is not None
                assert {name: getattr(read, name) for name in FIELDS} == fields
                assert {(point.kind, point.value) for point in read.contact_points} == points[root]

    def teardown(self) -> None:
        """Undo what is left: merges and moves mixed, in an order that depends on their keys."""
        if not self.model.people:
            return
        while self.model.merges or self.model.moves:
            left = len(self.model.merges) + len(self.model.moves)
            place = (left * 7 + len(self.model.first_owner)) % left
            if place < len(self.model.merges):
                self.part(place)
            else:
                self.undo(place - len(self.model.merges))
            self.each_contact_is_on_exactly_one_timeline()
        with self.database.reading() as connection:
            ids = [person.id for person in self.model.people]
            assert Customers(connection).many(ids) == tuple(self.model.people)
            for item in History(connection).many(self.model.first_owner):
                assert item.customer_id == self.model.first_owner[item.id]
            self.everything_is_whose_it_was(connection)

    def everything_is_whose_it_was(self, connection: Any) -> None:
        """Rows of one contact were all made for one customer: so they must be again."""
        first = self.model.first_owner
        for name, column in (("loops", "origin_id"), ("pins", "interaction_id"),
                             ("preferences", "interaction_id")):  # fmt: skip
            table = metadata.tables[name]
            for row in connection.execute(select(table).where(table.c[column].in_(first))):
                assert row.customer_id == first[getattr(row, column)], name
        items = {i.source_ref: i for i in History(connection).many(first) if i.source_ref}
        for name in ("utterances", "decisions", "wrap_ups", "summary_lines", "promises"):
            table = metadata.tables[name]
            rows = connection.execute(select(table).where(table.c.call_id.in_(map(UUID, items))))
            for row in rows:
                assert row.customer_id == items[str(row.call_id)].customer_id, name
        threads = set(self.model.conversation.values())
        table = metadata.tables["conversations"]
        for row in connection.execute(select(table).where(table.c.id.in_(threads))):
            key = next(k for k, thread in self.model.conversation.items() if thread == row.id)
            assert row.customer_id == first[key]

    def number(self, which: int, *, parted: bool = False) -> str:
        """Return a telephone number that no other example uses."""
        digits = str(self.first_number + which)
        return f"(415) {digits[:3]}-{digits[3:]}" if parted else f"+1415{digits}"

    def person(self, place: int | None) -> UUID | None:
        """Return a customer as the screen names it: the survivor of its group."""
        return None if place is None else self.model.root(self.model.people[place].id)

    def members(self, root: UUID) -> Iterable[UUID]:
        return [person.id for person in self.model.people if self.model.root(person.id) == root]


def in_any_order(customer: Customer | None) -> tuple[object, ...]:
    assert customer is not None
    return replace(customer, contact_points=()), set(customer.contact_points)


def _wrap_up(call: Call) -> WrapUp:
    owner = call.customer_id
    promise = [Promise(new_id(), owner, "call back", "eve", NOON, NOON, call.id)] if owner else []
    decision = Decision(
        new_id(), call.id, owner, "retail.return", "b" * 64, VerdictKind.YES, Answer.ACCEPTED, NOON
    )
    lines = (SummaryLine(LineKind.ASKED, "Asked for a refund"), SummaryLine(LineKind.DONE, "Done"))
    return WrapUp(
        call.id, owner, Channel.CALL, Disposition.RESOLVED, lines, NOON, "notes",
        tuple(promise), (decision,),
    )  # fmt: skip


def test_any_sequence_can_be_undone(database: Database) -> None:
    machine = type("OnThisDatabase", (Sequences,), {"database": database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=20, suppress_health_check=list(HealthCheck)
        ),
    )
