# SPDX-License-Identifier: Apache-2.0
"""A merge is previewed, done with a direction and a choice, and undone at any time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import Thread

import pytest

from agentassist.domain.comparison import Comparison, Field, How
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.history import Channel, Interaction, PaymentMethod, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.errors import UserError
from agentassist.services.merging import Merging
from agentassist.services.timeline import Timelines
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.distinctions import Distinctions
from agentassist.storage.history import History
from tests.services.conftest import NOON, person

MOBILE = (ContactKind.PHONE, "+821055500123")


@pytest.fixture
def merging(database: Database, now: Callable[[], datetime]) -> Merging:
    return Merging(database, "eve", now)


def told(comparison: Comparison) -> dict[Field, How]:
    return {clue.field: clue.how for clue in comparison.clues}


def stored(database: Database, *people: Customer) -> None:
    with database.transaction() as connection:
        for one in people:
            Customers(connection).add(one)


@pytest.fixture
def pair(database: Database) -> tuple[Customer, Customer]:
    """Give one person twice: in Hangul with a mobile, and in Latin with the same one."""
    kept = person("김민수", MOBILE, tier="gold", language="ko")
    absorbed = person("Minsu Kim", MOBILE, (ContactKind.EMAIL, "minsu@example.com"), address="5 Rd")
    stored(database, kept, absorbed)
    with database.transaction() as connection:
        history = History(connection)
        channels = (Channel.CHAT, Channel.CHAT, Channel.EMAIL)
        history.add_interactions(
            [Interaction(new_id(), absorbed.id, channel, "hi", NOON) for channel in channels]
        )
        history.add_interactions([Interaction(new_id(), kept.id, Channel.CALL, "hi", NOON)])
        history.add_purchases([Purchase(new_id(), absorbed.id, "MP1")])
        history.add_payment_methods([PaymentMethod(new_id(), absorbed.id, "card")])
    return kept, absorbed


def test_the_preview_says_what_moves_and_what_is_on_both(
    merging: Merging, pair: tuple[Customer, Customer]
) -> None:
    preview = merging.preview(pair[0].id, pair[1].id)
    assert preview.moves.interactions == {Channel.CHAT: 2, Channel.EMAIL: 1}
    assert (preview.moves.contacts, preview.moves.purchases) == (3, 1)
    assert (preview.moves.payment_methods, preview.moves.contact_points) == (1, 2)
    assert preview.stays.interactions == {Channel.CALL: 1}
    assert [point.value for point in preview.both] == ["+821055500123"]
    assert told(preview.comparison)[Field.PHONE] is How.SAME
    assert told(preview.comparison)[Field.NAME] is How.SAME
    assert not preview.needs_reason


def test_what_is_empty_is_filled_and_what_is_chosen_is_shown(
    merging: Merging, pair: tuple[Customer, Customer], database: Database
) -> None:
    kept, absorbed = pair
    filled = merging.preview(kept.id, absorbed.id).result
    assert (filled.name, filled.tier, filled.address) == ("김민수", "gold", "5 Rd")
    merging.merge(kept.id, absorbed.id, {"name"})
    shown = Timelines(database).open(absorbed.id).essentials.customer
    assert (shown.name, shown.tier, shown.address) == ("Minsu Kim", "gold", "")
    assert [point.kind for point in shown.contact_points] == [ContactKind.PHONE, ContactKind.EMAIL]


def test_a_merge_is_undone_months_later_whatever_was_merged_since(
    merging: Merging, pair: tuple[Customer, Customer], database: Database
) -> None:
    third = person("M. Kim", MOBILE)
    stored(database, third)
    first = merging.merge(pair[0].id, pair[1].id, {"name"})
    second = merging.merge(third.id, pair[1].id, {"name"})
    assert second.customer_id == pair[0].id
    with database.reading() as connection:
        assert Customers(connection).many([item.id for item in (*pair, third)])[0].name == (
            "Minsu Kim"
        )
    merging.split(first.id)
    with database.reading() as connection:
        assert Customers(connection).get(pair[1].id) == pair[1]
        joined = Customers(connection).get(third.id)
        assert joined is not None
        assert joined.name == "김민수"
    merging.split(second.id)
    with database.reading() as connection:
        assert Customers(connection).many([pair[0].id, third.id]) == (pair[0], third)
    with pytest.raises(UserError, match="undone already"):
        merging.split(second.id)


def test_every_act_is_in_the_audit_without_personal_data(
    merging: Merging, pair: tuple[Customer, Customer], database: Database
) -> None:
    merge = merging.merge(pair[0].id, pair[1].id, {"name"}, "asked on the phone")
    merging.split(merge.id)
    with database.reading() as connection:
        entries = list(Audit(connection).entries(str(pair[0].id)))
        assert Audit(connection).verify() == []
    assert [(item.kind, item.actor) for item in entries] == [
        ("customers merged", "eve"),
        ("customers split", "eve"),
    ]
    assert entries[0].details["taken"] == ["name"]
    assert entries[0].details["evidence"] == {"name": "same", "phone": "same"}
    assert "Minsu" not in str([item.details for item in entries])
    (record,) = merging.of(pair[1].id)
    assert (record.kept, record.absorbed) == ("김민수", "Minsu Kim")
    assert (record.merge.reason, record.merge.undone_by) == ("asked on the phone", "eve")


@pytest.mark.parametrize("what", [Field.ID_NUMBER, Field.BIRTH_DATE])
def test_conflicting_strong_identifiers_need_a_reason(
    merging: Merging, database: Database, what: Field
) -> None:
    ids = [person(f"P{n}", (ContactKind.ID_NUMBER, f"77{n}")) for n in range(2)]
    born = [person(f"P{n}", birth_date=f"1980-02-0{n + 1}") for n in range(2)]
    one, other = ids if what is Field.ID_NUMBER else born
    stored(database, one, other)
    (clue,) = merging.preview(one.id, other.id).comparison.contradictions
    assert clue.field is what
    with pytest.raises(UserError, match="Write the reason"):
        merging.merge(one.id, other.id, reason="  ")
    merge = merging.merge(one.id, other.id, reason="typed wrongly at the shop")
    clues = merge.evidence["clues"]
    assert isinstance(clues, list)
    assert what in {clue["field"] for clue in clues}


def test_an_id_number_is_not_repeated_in_full(merging: Merging, database: Database) -> None:
    one, other = (person(name, (ContactKind.ID_NUMBER, "880412-1234567")) for name in "AB")
    stored(database, one, other)
    merge = merging.merge(one.id, other.id)
    assert "1234567" not in str(merge.snapshot)
    assert "•••67" in str(merge.snapshot)


def test_a_shared_number_is_no_evidence(merging: Merging, database: Database) -> None:
    point = ContactPoint(*MOBILE, standing=Standing.SHARED)
    one, other = (replace(person(name), contact_points=(point,)) for name in ("Ann", "Bo"))
    stored(database, one, other)
    preview = merging.preview(one.id, other.id)
    assert told(preview.comparison)[Field.PHONE] is How.SHARED


def test_two_people_are_kept_apart_until_somebody_takes_it_back(
    merging: Merging, pair: tuple[Customer, Customer], database: Database
) -> None:
    merging.keep_apart(pair[1].id, pair[0].id)
    merging.keep_apart(pair[0].id, pair[1].id)
    with database.reading() as connection:
        assert Distinctions(connection).of(pair[0].id) == {pair[1].id}
    assert merging.apart(pair[0].id) == (pair[1],)
    with database.reading() as connection:
        assert len(list(Audit(connection).entries())) == 1
    with pytest.raises(UserError, match="Write the reason"):
        merging.merge(pair[0].id, pair[1].id)
    merging.allow_again(pair[0].id, pair[1].id)
    merging.merge(pair[0].id, pair[1].id)
    with database.reading() as connection:
        assert Distinctions(connection).of(pair[0].id) == frozenset()


def test_one_customer_cannot_be_told_apart(
    merging: Merging, pair: tuple[Customer, Customer]
) -> None:
    merging.merge(pair[0].id, pair[1].id)
    with pytest.raises(UserError, match="one customer already"):
        merging.keep_apart(pair[0].id, pair[1].id)


def test_one_customer_is_not_merged_with_itself_or_with_nobody(
    merging: Merging, pair: tuple[Customer, Customer]
) -> None:
    merging.merge(pair[0].id, pair[1].id)
    with pytest.raises(UserError, match="one customer already"):
        merging.merge(pair[1].id, pair[0].id)
    with pytest.raises(UserError, match="There is no customer"):
        merging.preview(pair[0].id, new_id())


def test_two_desks_that_merge_at_once_make_no_circle(
    merging: Merging, pair: tuple[Customer, Customer], database: Database
) -> None:
    kept, absorbed = pair
    outcomes: list[object] = []

    def run(one: Customer, other: Customer) -> None:
        try:
            outcomes.append(merging.merge(one.id, other.id))
        except UserError as error:
            outcomes.append(error)

    threads = [Thread(target=run, args=both) for both in ((kept, absorbed), (absorbed, kept))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(item).__name__ for item in outcomes) == ["Merge", "UserError"]
    with database.reading() as connection:
        assert len(Customers(connection).many([kept.id, absorbed.id])) == 1
