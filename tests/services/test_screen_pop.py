# SPDX-License-Identifier: Apache-2.0
"""A call event becomes a call, a caller and a timeline."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from agentassist.domain.call import CallEvent, CallEventKind, CallState
from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import Channel, Interaction, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Means, Outcome
from agentassist.services.identity import Identity
from agentassist.services.screen_pop import ScreenPop
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from tests.services.conftest import NOON, person


@pytest.fixture
def screen_pop(database: Database, now: Callable[[], datetime]) -> ScreenPop:
    return ScreenPop(database, Identity(database, "US"), now)


def ring(remote: str, reference: str = "a1", **more: object) -> CallEvent:
    return CallEvent(CallEventKind.RINGING, reference, NOON, remote=remote, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "dialled", ["+14155550134", "(415) 555-0134", "415/555/0134", " 415 555 0134 ", "0014155550134"]
)
def test_one_match_opens_the_timeline(
    screen_pop: ScreenPop, grace: Customer, dialled: str, database: Database
) -> None:
    with database.transaction() as connection:
        History(connection).add_interactions(
            [Interaction(new_id(), grace.id, Channel.CHAT, "hello", NOON - timedelta(days=1))]
        )
    pop = screen_pop.open(ring(dialled))
    assert pop.recognition.outcome is Outcome.ONE_MATCH
    assert pop.timeline is not None
    assert pop.timeline.essentials.customer.name == "Grace Whitfield"
    assert pop.timeline.counts == {Channel.CHAT: 1}
    assert pop.call.customer_id == grace.id


def test_no_match_says_what_was_tried(screen_pop: ScreenPop, grace: Customer) -> None:
    pop = screen_pop.open(ring("+14155550199"))
    assert pop.recognition.outcome is Outcome.NO_MATCH
    assert pop.timeline is None
    tried = [(item.means, item.value) for item in pop.recognition.attempts]
    assert tried == [(Means.EXACT, "+14155550199"), (Means.LAST_DIGITS, "55550199")]


def test_a_shared_number_offers_both(
    screen_pop: ScreenPop, grace: Customer, database: Database
) -> None:
    with database.transaction() as connection:
        Customers(connection).add(person("Henry Whitfield", (ContactKind.PHONE, "+14155550134")))
    pop = screen_pop.open(ring("+14155550134"))
    assert pop.recognition.outcome is Outcome.MANY_MATCHES
    assert {item.customer.name for item in pop.recognition.candidates} == {
        "Grace Whitfield",
        "Henry Whitfield",
    }
    chosen = screen_pop.choose(pop.call, grace.id)
    assert chosen.timeline is not None
    with database.reading() as connection:
        stored = Calls(connection).by_reference("a1")
    assert stored is not None
    assert stored.customer_id == grace.id


def test_a_number_in_another_country_is_only_a_maybe(
    screen_pop: ScreenPop, grace: Customer
) -> None:
    pop = screen_pop.open(ring("+445555550134"))
    assert [item.certain for item in pop.recognition.candidates] in ([], [False])


@pytest.mark.parametrize("withheld", ["", "anonymous"])
def test_a_withheld_number_has_an_outcome_of_its_own(screen_pop: ScreenPop, withheld: str) -> None:
    assert screen_pop.open(ring(withheld)).recognition.outcome is Outcome.NO_NUMBER


def test_what_a_voice_menu_collected_identifies(screen_pop: ScreenPop, database: Database) -> None:
    with database.transaction() as connection:
        Customers(connection).add(person("Min Park", (ContactKind.ACCOUNT, "NL7781")))
    pop = screen_pop.open(ring("", context={"account": "nl 7781"}))
    assert pop.recognition.outcome is Outcome.ONE_MATCH


def test_an_id_number_that_was_keyed_in_identifies(
    screen_pop: ScreenPop, database: Database
) -> None:
    with database.transaction() as connection:
        Customers(connection).add(person("Min Park", (ContactKind.ID_NUMBER, "9001011234567")))
    pop = screen_pop.open(ring("", context={"id_number": "900101-1234567"}))
    assert pop.recognition.outcome is Outcome.ONE_MATCH


@pytest.mark.parametrize("keyed", ["MP204817", "mp 204817", "MP-204817"])
def test_an_order_number_without_its_dash_identifies(
    screen_pop: ScreenPop, grace: Customer, database: Database, keyed: str
) -> None:
    with database.transaction() as connection:
        History(connection).add_purchases([Purchase(new_id(), grace.id, "MP-204817")])
    pop = screen_pop.open(ring("", context={"order": keyed}))
    assert pop.call.customer_id == grace.id
    assert screen_pop.open(ring("", "a2", context={"order": "MP2"})).call.customer_id is None


def test_card_numbers_told_to_a_menu_are_not_kept(
    screen_pop: ScreenPop, database: Database
) -> None:
    told = {"intent": "pay with 4242 4242 4242 4242", "order": "MP-1"}
    event = ring("+14155550199", context=told)
    assert screen_pop.received(screen_pop.received(event)) == screen_pop.received(event)
    pop = screen_pop.open(event)
    assert pop.call.context == {
        "intent": "pay with [card \u2022\u2022\u2022\u2022 4242]",
        "order": "MP-1",
    }
    with database.reading() as connection:
        stored = Calls(connection).by_reference("a1")
    assert stored is not None
    assert stored.context == pop.call.context


def test_doubled_and_late_events_are_one_call(screen_pop: ScreenPop, grace: Customer) -> None:
    first = screen_pop.open(ring("+14155550134")).call
    ended = screen_pop.advance(CallEvent(CallEventKind.ENDED, "a1", NOON + timedelta(minutes=2)))
    late = screen_pop.advance(CallEvent(CallEventKind.ANSWERED, "a1", NOON + timedelta(seconds=5)))
    assert first.id == ended.id == late.id
    assert late.state is CallState.ENDED
    assert late.answered_at == NOON + timedelta(seconds=5)
    assert late.customer_id == grace.id
