# SPDX-License-Identifier: Apache-2.0
"""The briefing reads the newest of everything, for all who are one person, on each database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import insert

from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.highlight import HighlightKind
from agentassist.domain.history import (
    Channel,
    Conversation,
    Direction,
    Essentials,
    Interaction,
    Purchase,
    PurchaseLine,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, ArticleState, Audience
from agentassist.domain.loop import LoopKind
from agentassist.domain.merge import Merge
from agentassist.domain.pattern import PatternKind
from agentassist.domain.promise import Promise
from agentassist.domain.visits import VisitKind
from agentassist.services.briefing import Briefing, Briefings
from agentassist.services.wrap_up import SOURCE
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.merges import Merges
from agentassist.storage.schema.loops import loops
from tests.services.conftest import NOON, person


@pytest.fixture
def briefings(database: Database, now: Callable[[], datetime]) -> Briefings:
    return Briefings(database, now)


def wrote(
    customer: Customer, text: str, days: float = 1, channel: Channel = Channel.EMAIL, **more: object
) -> Interaction:
    at = NOON - timedelta(days=days)
    return Interaction(new_id(), customer.id, channel, text, at, **more)  # type: ignore[arg-type]


def add(database: Database, *items: Interaction) -> None:
    with database.transaction() as connection:
        History(connection).add_interactions(items)


def brief(briefings: Briefings, customer: Customer, *promises: Promise) -> Briefing:
    return briefings.brief(Essentials(customer, promises=promises))


def test_somebody_new_has_an_empty_briefing(briefings: Briefings, grace: Customer) -> None:
    assert brief(briefings, grace) == Briefing()


def test_promise_repeat_and_mood_with_their_sources(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    call_id = new_id()
    wrapped = wrote(
        grace, "Asked for a call", 3, Channel.CALL, source=SOURCE, source_ref=str(call_id)
    )
    first = wrote(grace, "The sofa leg is loose since the assembly", 5, subject="Sofa leg")
    second = wrote(grace, "The sofa leg is still loose. I am upset", 1)
    add(database, wrapped, first, second)
    due = NOON - timedelta(hours=1)
    promise = Promise(new_id(), grace.id, "Call", "Dana", due, NOON - timedelta(days=3), call_id)
    found = brief(briefings, grace, promise).highlights
    assert [(item.kind, item.sources) for item in found] == [
        (HighlightKind.PROMISE, (wrapped.id,)),
        (HighlightKind.MOOD, (second.id,)),
        (HighlightKind.REPEAT, (second.id, first.id)),
    ]


def test_an_open_complaint_counts_until_it_is_closed(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    item = wrote(grace, "The lamp is broken", 20)
    add(database, item)
    row = {
        "id": new_id(), "customer_id": grace.id, "kind": LoopKind.COMPLAINT,
        "channel": Channel.EMAIL, "origin_id": item.id, "conversation_id": None,
        "subject": "Lamp", "refs": "", "public": False, "owner": "",
        "opened_at": NOON - timedelta(days=20),
        "closed_at": None, "closed_by": "", "closed_why": "", "closing_id": None,
    }  # fmt: skip
    with database.transaction() as connection:
        connection.execute(insert(loops).values(row))
    found = brief(briefings, grace)
    assert [(x.kind, x.words) for x in found.highlights] == [(HighlightKind.COMPLAINT, "Lamp")]
    assert found.open_loops == 1
    with database.transaction() as connection:
        connection.execute(loops.update().values(closed_at=NOON))
    assert brief(briefings, grace) == Briefing()


def test_visits_of_the_day_before_name_our_articles(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    with database.transaction() as connection:
        for key, audience, state in (
            ("return-how", Audience.PUBLIC, ArticleState.PUBLISHED),
            ("internal", Audience.INTERNAL, ArticleState.PUBLISHED),
            ("old", Audience.PUBLIC, ArticleState.RETIRED),
        ):
            article = Article(new_id(), key, f"About {key}", "b", "en", audience, state)
            Knowledge(connection).save_article(article, ())
    keys = ("return-how", "internal", "old")
    reads = [
        wrote(grace, "", 0.1 * n, Channel.WEB, attributes={"article": key, "page": "a page"})
        for n, key in enumerate(keys, 1)
    ]
    yesterday = wrote(grace, "", 1.1, Channel.WEB, attributes={"search": "too old"})
    add(database, *reads, yesterday)
    found = brief(briefings, grace).visits
    assert [(x.kind, x.text, x.article) for x in found] == [
        (VisitKind.ARTICLE, "About return-how", "return-how"),
        (VisitKind.ARTICLE, "a page", ""),
    ]
    later = briefings.brief(Essentials(grace), NOON - timedelta(days=1))
    assert "too old" in [x.text for x in later.visits]


def test_patterns_come_from_purchases_and_contacts(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    with database.transaction() as connection:
        History(connection).add_purchases(
            Purchase(
                new_id(), grace.id, f"N{days}", ordered_at=NOON - timedelta(days=days),
                lines=(PurchaseLine("Coffee"),), source="t", source_ref=f"N{days}",
            )
            for days in (14, 28, 42, 56)
        )  # fmt: skip
    add(database, *(wrote(grace, f"about {day}", day, Channel.CALL) for day in (2, 9, 16, 23)))
    kinds = {item.kind for item in brief(briefings, grace).patterns}
    assert kinds == {PatternKind.ORDERS_EVERY, PatternKind.CONTACTS_WEEKDAY}
    assert len(briefings.purchases(grace.id, 3)) == 3


def test_merged_customers_have_one_briefing(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    twin = person("G. Whitfield", (ContactKind.EMAIL, "g@example.com"))
    angry = wrote(twin, "I am furious", 2)
    with database.transaction() as connection:
        Customers(connection).add(twin)
        History(connection).add_interactions([angry])
        Merges(connection).add(Merge(new_id(), twin.id, grace.id, NOON, "Sam"))
    assert [item.sources for item in brief(briefings, grace).highlights] == [(angry.id,)]


def test_a_long_history_is_read_at_its_end(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    old = [wrote(grace, "x" * 9_000, 3 + n / 50, Channel.CHAT) for n in range(300)]
    unknown = replace(wrote(grace, "I am furious"), occurred_at=None)
    newest = wrote(grace, "I am upset", 1, Channel.CHAT)
    add(database, *old, unknown, newest)
    found = brief(briefings, grace).highlights
    assert [item.sources[0] for item in found if item.kind is HighlightKind.MOOD] == [newest.id]


def test_a_zone_that_does_not_exist_and_a_conversation(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    thread = Conversation(new_id(), grace.id)
    with database.transaction() as connection:
        History(connection).add_conversation(thread)
    texts = ("Where is my lamp", "No lamp yet")
    add(
        database,
        *(wrote(grace, x, 2 * n + 1, conversation_id=thread.id) for n, x in enumerate(texts)),
        wrote(grace, "Sent", 2, direction=Direction.OUTBOUND, conversation_id=thread.id),
    )
    found = briefings.brief(Essentials(replace(grace, time_zone="Mars/Base")))
    assert [item.count for item in found.highlights] == [2]


def test_somebody_elses_history_is_not_read(
    database: Database, briefings: Briefings, grace: Customer
) -> None:
    other = person("Henry")
    with database.transaction() as connection:
        Customers(connection).add(other)
    add(database, wrote(other, "I am furious"), replace(wrote(other, "I am mad"), customer_id=None))
    assert brief(briefings, grace) == Briefing()
    assert briefings.purchases(UUID(int=5), 3) == ()
