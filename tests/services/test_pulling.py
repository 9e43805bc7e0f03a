# SPDX-License-Identifier: Apache-2.0
"""Exports and live systems: the same records, page by page, whatever the server does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agentassist.credentials import Credentials
from agentassist.domain.importing import ImportReport, Progress, RecordKind
from agentassist.errors import Cancelled, Unavailable, UserError
from agentassist.intake.rest import Patience
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.services.pulling import SYSTEMS, Origin, Puller, allowed, keep_token
from agentassist.storage.database import Database
from agentassist.storage.pulls import Pulls
from agentassist.storage.schema.customers import contact_points, customers
from agentassist.storage.schema.history import conversations, interactions
from tests.live_systems import ANSWERS, LiveSystem, serving
from tests.test_credentials import Shelf

EXPORTS = Path(__file__).parent.parent / "data" / "exports"
HASTE = Patience(attempts=4, first_wait=0.01, longest_wait=0.02, timeout=2.0)
NAMES = sorted(SYSTEMS)


def _data(name: str) -> dict[str, Any]:
    return dict(json.loads((EXPORTS / f"{name}.json").read_text(encoding="utf-8")))


@pytest.fixture(params=NAMES)
def live(request: pytest.FixtureRequest) -> Iterator[LiveSystem]:
    """Give each system in turn."""
    name = request.param
    with serving(_data(name), ANSWERS[name], name) as system:
        yield system


@pytest.fixture
def credentials() -> Credentials:
    backend = Shelf()
    return Credentials(find=lambda: backend)


class _Desk:
    """A database that pulls from one live system."""

    def __init__(self, database: Database, credentials: Credentials, live: LiveSystem) -> None:
        self.database, self.live = database, live
        self.origin = Origin(live.name, live.url)
        self.seen: list[Progress] = []
        self.stop = False
        keep_token(credentials, self.origin, "someone/token:secret")
        self._puller = Puller(
            database,
            credentials,
            patience=HASTE,
            progress=self.seen.append,
            cancelled=lambda: self.stop,
        )

    def pull(self, *, again: bool = False, dry_run: bool = False) -> dict[RecordKind, ImportReport]:
        options = ImportOptions(source=self.origin.system, dry_run=dry_run)
        reports = self._puller.run(self.origin, options, again=again)
        return {report.kind: report for report in reports}


@pytest.fixture
def desk(database: Database, credentials: Credentials, live: LiveSystem) -> _Desk:
    return _Desk(database, credentials, live)


def _rows(database: Database) -> tuple[list[Any], ...]:
    """Return what an import stored, without keys that differ from run to run."""
    people = customers.c
    person = (people.name, people.organisation, people.language, people.source_ref)
    points = (contact_points.c.kind, contact_points.c.value)
    said = [
        interactions.c[name]
        for name in ("source_ref", "channel", "direction", "author", "status", "subject", "text")
    ]
    with database.reading() as connection:
        return (
            sorted(connection.execute(people.name.table.select().with_only_columns(*person)).all()),
            sorted(connection.execute(contact_points.select().with_only_columns(*points)).all()),
            sorted(
                connection.execute(
                    conversations.select().with_only_columns(conversations.c.source_ref)
                ).all()
            ),
            sorted(connection.execute(interactions.select().with_only_columns(*said)).all()),
        )


@pytest.mark.parametrize("name", NAMES)
def test_an_export_comes_in_whole_and_linked(database: Database, name: str) -> None:
    reports = Importer(database).run(EXPORTS / f"{name}.json", ImportOptions(source=name))
    assert [report.kind for report in reports] == [RecordKind.CUSTOMERS, RecordKind.INTERACTIONS]
    assert all(report.skipped == 0 and report.ignored == () for report in reports)
    known_nobody = 1 if name == "intercom" else 0  # a visitor who left no name
    assert reports[1].unlinked == known_nobody


def test_the_interface_gives_the_records_of_the_export(desk: _Desk, tmp_path: Path) -> None:
    desk.pull()
    other = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        other.upgrade()
        name = desk.origin.system
        Importer(other).run(EXPORTS / f"{name}.json", ImportOptions(source=name))
        assert _rows(desk.database) == _rows(other)
        again = Importer(other).run(EXPORTS / f"{name}.json", ImportOptions(source=name))
    finally:
        other.close()
    assert [(report.new, report.updated) for report in again] == [(0, 0), (0, 0)]


def test_a_second_round_asks_for_changes_only_and_doubles_nothing(desk: _Desk) -> None:
    desk.pull()
    before, first = _rows(desk.database), len(desk.live.asked)
    desk.pull()
    assert _rows(desk.database) == before
    assert len(desk.live.asked) - first < first
    desk.pull(again=True)
    assert _rows(desk.database) == before


def test_bad_moments_of_a_server_cost_nothing(desk: _Desk) -> None:
    desk.live.troubles = ["429 0", "500", "cut", "garbage", "503 0"][:3]
    desk.pull()
    first = _rows(desk.database)
    desk.live.troubles = ["garbage", "503 0", "429"]
    desk.pull(again=True)
    assert _rows(desk.database) == first
    assert first[0]
    assert first[3]


def test_a_server_that_stays_down_keeps_what_came_before(desk: _Desk) -> None:
    original = desk.live.answer
    count = 0

    def failing(data: Any, asked: Any) -> Any:
        nonlocal count
        count += 1
        if count > 3:
            desk.live.troubles = ["500"] * 10
        return original(data, asked)

    desk.live.answer = failing
    with pytest.raises(Unavailable, match="does not answer"):
        desk.pull()
    desk.live.answer, desk.live.troubles = original, []
    desk.pull()
    stored = _rows(desk.database)
    desk.pull(again=True)
    assert _rows(desk.database) == stored


def test_a_refused_token_is_told_and_a_redirect_is_not_followed(desk: _Desk) -> None:
    desk.live.troubles = ["401"]
    with pytest.raises(UserError, match="refuses the token"):
        desk.pull()
    desk.live.troubles = ["elsewhere"]
    with pytest.raises(UserError, match="check the address"):
        desk.pull()


def test_names_of_agents_are_done_without(database: Database, credentials: Credentials) -> None:
    with serving(_data("freshdesk"), ANSWERS["freshdesk"], "freshdesk") as live:
        live.troubles = ["403", "403"]
        reports = _Desk(database, credentials, live).pull()
    assert reports[RecordKind.INTERACTIONS].new == 5
    assert {row.author for row in _rows(database)[3]} == {"", "Helpers", "ines.marlow@example.com"}


def test_a_wait_of_hours_is_not_waited_for(desk: _Desk) -> None:
    desk.live.troubles = ["429 7200"]
    with pytest.raises(Unavailable, match="too many requests"):
        desk.pull()


def test_it_stops_when_the_person_says_so(desk: _Desk) -> None:
    desk.stop = True
    with pytest.raises(Cancelled):
        desk.pull()
    assert desk.live.asked == []


def test_a_dry_run_writes_nothing_and_progress_is_told(desk: _Desk) -> None:
    reports = desk.pull(dry_run=True)
    assert reports[RecordKind.CUSTOMERS].new > 0
    assert _rows(desk.database)[0] == []
    with desk.database.reading() as connection:
        assert Pulls(connection).cursor(desk.origin.system, desk.origin.address) == {}
    assert desk.seen[-1].rows > 0


def test_without_a_token_it_says_how_to_store_one(database: Database, live: LiveSystem) -> None:
    backend = Shelf()
    puller = Puller(
        database,
        Credentials(find=lambda: backend),
        progress=lambda _progress: None,
        cancelled=lambda: False,
    )
    name = live.name
    with pytest.raises(UserError, match=f"interactions token {name}"):
        puller.run(Origin(name, live.url), ImportOptions())


def test_a_ticket_that_went_on_gets_its_new_part_and_status(
    database: Database, credentials: Credentials
) -> None:
    data = _data("zendesk")
    with serving(data, ANSWERS["zendesk"], "zendesk") as live:
        desk = _Desk(database, credentials, live)
        desk.pull()
        ticket = dict(data["tickets"][0], status="solved")
        comment = {
            "id": 9005,
            "author_id": 201,
            "plain_body": "It is here, thank you!",
            "public": True,
            "created_at": "2026-11-04T08:00:00Z",
            "via": {"channel": "email"},
        }
        ticket["comments"] = [*ticket["comments"], comment]
        data["tickets"] = [*data["tickets"], ticket]
        data["tickets"][0] = {"id": 5001, "status": "deleted"}
        report = desk.pull()[RecordKind.INTERACTIONS]
    assert (report.new, report.updated) == (1, 4)
    states = {row.source_ref: row.status for row in _rows(database)[3]}
    assert {state for key, state in states.items() if key.startswith("zendesk:5001")} == {"solved"}


def test_a_record_of_the_wrong_shape_costs_itself_only(
    database: Database, credentials: Credentials
) -> None:
    data = _data("zendesk")
    data["users"][1]["email"] = ["not", "a", "text"]
    data["tickets"][0]["created_at"] = "2026-02-31T00:00:00Z"
    data["tickets"].insert(0, {"requester_id": 1, "via": None, "subject": "no id"})
    with serving(data, ANSWERS["zendesk"], "zendesk") as live:
        reports = _Desk(database, credentials, live).pull()
    fields = [fault.place.field for report in reports.values() for fault in report.faults]
    assert fields == ["users[1].email", "tickets[0].id"]
    assert reports[RecordKind.INTERACTIONS].new == 6


def test_nobody_is_asked_who_is_not_allowed() -> None:
    setting = ("zendesk=https://a.zendesk.com", "zendesk=https://b.zendesk.com/agent")
    assert allowed(setting, "zendesk", "https://b.zendesk.com").address == "https://b.zendesk.com"
    for system, url in (
        ("zendesk", ""),
        ("zendesk", "https://evil.example.com"),
        ("hubspot", ""),
        ("nothing", ""),
    ):
        with pytest.raises(UserError):
            allowed(setting, system, url)
    for address in ("http://a.zendesk.com", "file:///etc/passwd", "https://u:p@a.com", "a.com"):
        with pytest.raises(UserError):
            allowed((f"zendesk={address}",), "zendesk")


def _longer(name: str, array: str, time: str) -> dict[str, Any]:
    """Return an export of which one array has five records, each changed a minute later."""
    data = _data(name)
    first = data[array][0]
    data[array] = []
    for n in range(5):
        item = json.loads(json.dumps(first | {"id": str(9_000 + n)}))
        holder = item.get("properties", item)
        holder[time] = f"2026-11-07T10:0{n}:00Z"
        data[array].append(item)
    return data


@pytest.mark.parametrize(
    ("name", "array", "time", "limits"),
    [
        ("freshdesk", "tickets", "updated_at", {"_PER_PAGE": 1, "_MOST_PAGES": 2}),
        ("hubspot", "tickets", "hs_lastmodifieddate", {"_MOST_FOUND": 2}),
    ],
)
def test_a_list_that_is_cut_off_is_asked_anew(
    database: Database,
    credentials: Credentials,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    array: str,
    time: str,
    limits: dict[str, int],
) -> None:
    for limit, value in limits.items():
        monkeypatch.setattr(f"agentassist.intake.{name}.{limit}", value)
    with serving(_longer(name, array, time), ANSWERS[name], name) as live:
        _Desk(database, credentials, live).pull()
    keys = [row.source_ref for row in _rows(database)[3]]
    assert all(any(f":{9_000 + n}" in key for key in keys) for n in range(5))
