# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agentassist.cti import call_script
from agentassist.domain.highlight import HighlightKind
from agentassist.domain.history import Channel, Essentials
from agentassist.domain.pattern import PatternKind
from agentassist.domain.visits import VisitKind
from agentassist.errors import BadInput
from agentassist.places import resource
from agentassist.services.briefing import Briefing, Briefings
from agentassist.services.customers import CustomerView, find_customers, view_customer
from agentassist.services.sample_data import load_sample
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database

SAMPLE = resource("sample")
MOMENTS = [
    datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
    datetime(2031, 1, 1, 18, 0, tzinfo=UTC),
]
SCRIPTS = ["en_retail_loose_sofa", "en_hotel_late_checkout", "ko_telecom_sim_swap"]


def _view(database: Database, text: str) -> CustomerView:
    [customer] = find_customers(database, text)
    return view_customer(database, customer.id)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
def test_the_sample_is_complete_and_never_from_the_future(
    database: Database, now: datetime
) -> None:
    reports = load_sample(database, SAMPLE, now)
    assert [(report.skipped, report.unlinked, report.faults) for report in reports] == [
        (0, 0, ())
    ] * len(reports)
    grace = _view(database, "+1 303-555-0142")
    assert set(grace.counts) == set(Channel)
    times = [item.occurred_at for item in grace.newest if item.occurred_at]
    assert len(times) == len(grace.newest)
    assert max(times) <= now
    assert now - max(times) < timedelta(days=2)


def test_loading_twice_adds_nothing(database: Database) -> None:
    load_sample(database, SAMPLE, MOMENTS[0])
    before = _view(database, "@gracewhitfield")
    again = load_sample(database, SAMPLE, MOMENTS[0] + timedelta(minutes=5))
    assert sum(report.new + report.updated for report in again) == 0
    after = _view(database, "@gracewhitfield")
    assert (before.counts, before.preferences) == (after.counts, after.preferences)
    assert len(after.promises) == 1


def test_promises_are_open_and_one_is_overdue(database: Database) -> None:
    now = MOMENTS[0]
    load_sample(database, SAMPLE, now)
    with database.reading() as connection:
        people = Customers(connection).search("example", 100)
    views = [view_customer(database, person.id) for person in people]
    promises = [promise for view in views for promise in view.promises]
    assert [promise.is_overdue(now) for promise in promises].count(True) == 1
    assert len(promises) == 3


@pytest.mark.parametrize("name", [*SCRIPTS, "ko_bank_fee_refund"])
def test_each_script_is_a_call_of_somebody_we_know(database: Database, name: str) -> None:
    load_sample(database, SAMPLE, MOMENTS[0])
    script = call_script.load(resource("call_scripts", f"{name}.toml"))
    view = _view(database, script.remote)
    assert view.customer.language == script.language
    assert {Channel.CHAT, Channel.EMAIL, Channel.SOCIAL, Channel.WEB} <= set(view.counts)


def test_a_broken_sample_is_a_sentence(database: Database, tmp_path: Path) -> None:
    for file in SAMPLE.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    orders = tmp_path / "orders.csv"
    orders.write_text(orders.read_text("utf-8").replace(",9,20:14", ",soon,20:14"), "utf-8")
    with pytest.raises(BadInput, match="days_ago") as caught:
        load_sample(database, tmp_path, MOMENTS[0])
    assert caught.value.place.line == 2
    with database.reading() as connection:
        assert Customers(connection).count() == 0


def test_the_sample_shows_highlights_habits_and_visits(database: Database) -> None:
    now = MOMENTS[0]
    load_sample(database, SAMPLE, now)
    grace, oliver, sofia = (
        _brief(database, number, now)
        for number in ("+1 303-555-0142", "+1 415-555-0118", "+1 646-555-0152")
    )
    assert [item.kind for item in grace.highlights] == [
        HighlightKind.PROMISE,
        HighlightKind.REPEAT,
        HighlightKind.POST,
    ]
    assert all(item.sources for item in grace.highlights)
    assert [item.words for item in oliver.patterns] == ["Hard wax oil"]
    assert [item.kind for item in sofia.patterns] == [PatternKind.CONTACTS_WEEKDAY]
    assert {item.kind for item in oliver.visits} == set(VisitKind)


def _brief(database: Database, number: str, now: datetime) -> Briefing:
    view = _view(database, number)
    essentials = Essentials(view.customer, promises=view.promises)
    return Briefings(database, lambda: now).brief(essentials)
