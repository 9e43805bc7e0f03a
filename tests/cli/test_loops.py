# SPDX-License-Identifier: Apache-2.0
"""`agentassist loops` and `agentassist reports`, as people and programs run them."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli import app
from agentassist.domain.clock import utc_now
from agentassist.places import resource
from agentassist.services.sample_data import load_sample
from agentassist.storage.database import opened


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AGENTASSIST_AGENT", "Dana")
    with opened(f"sqlite:///{tmp_path / 'agentassist.db'}") as database:
        database.upgrade()
        load_sample(database, resource("sample"), utc_now())
    return tmp_path


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--data-dir", str(folder)])


def listed(folder: Path, *more: str) -> list[dict[str, object]]:
    found = run(folder, "loops", "list", "--json", *more)
    assert found.exit_code == 0, found.output
    items: list[dict[str, object]] = json.loads(found.stdout)
    return items


def test_the_sample_has_a_queue_worth_looking_at(folder: Path) -> None:
    items = listed(folder)
    assert len(items) > 8
    assert {item["kind"] for item in items} >= {"unanswered", "complaint", "promise"}
    assert {item["channel"] for item in items} >= {"email", "chat", "call", "sms", "social"}
    assert items[0]["public"] is True
    table = run(folder, "loops", "list").stdout
    assert "Grace Whitfield" in table
    assert "out of the office" not in table


def test_the_list_is_narrowed(folder: Path) -> None:
    assert {item["channel"] for item in listed(folder, "--channel", "chat")} == {"chat"}
    assert {item["age"] for item in listed(folder, "--late")} == {"late"}
    assert listed(folder, "--mine") == []
    assert run(folder, "loops", "list", "--channel", "fax").exit_code == 1


def test_a_line_is_taken_handed_over_and_done(folder: Path) -> None:
    key = str(listed(folder, "--channel", "chat")[0]["id"])
    assert run(folder, "loops", "take", key).exit_code == 0
    assert [item["id"] for item in listed(folder, "--mine")] == [key]
    left = run(folder, "loops", "handover", "--note", "please ring back", "--to", "Noor")
    assert left.stdout == "Left to Noor: 1 lines.\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AGENTASSIST_AGENT", "Noor")
        shown = run(folder, "loops", "handover", "--list").stdout
        assert "Left by Dana" in shown
        assert "please ring back" in shown
        assert run(folder, "loops", "handover", "--take").exit_code == 0
        assert key in [item["id"] for item in listed(folder, "--mine")]
        assert run(folder, "loops", "handover", "--take").exit_code == 1
    done = run(folder, "loops", "done", key[-12:], "--why", "answered by phone")
    assert done.exit_code == 0, done.output
    assert key not in [item["id"] for item in listed(folder)]
    assert run(folder, "loops", "done", key, "--why", "again").exit_code == 1
    assert run(folder, "loops", "done", key, "--why", " ").exit_code == 1


def test_refreshing_again_changes_nothing(folder: Path) -> None:
    assert run(folder, "loops", "refresh").exit_code == 0
    assert run(folder, "loops", "refresh").stdout.startswith("0 ")
    assert run(folder, "loops", "refresh", "--rebuild").stdout.startswith("0 ")


def test_a_summary_goes_along(folder: Path) -> None:
    key = str(listed(folder, "--channel", "email")[0]["id"])
    plain = run(folder, "loops", "continue", key, "--by", "call", "--store")
    assert "Asked: " in plain.stdout
    summary = json.loads(run(folder, "loops", "continue", key, "--by", "call", "--json").stdout)
    assert (summary["moved_from"], summary["moved_to"]) == ("email", "call")
    assert all(line["sources"] for line in summary["lines"])
    assert run(folder, "loops", "continue", key, "--by", "").exit_code == 1


def test_numbers_for_leads(folder: Path) -> None:
    table = run(folder, "reports", "contacts")
    assert table.exit_code == 0, table.output
    assert "What is counted over what:" in table.stdout
    assert "within 3 days" in table.stdout
    plain = json.loads(run(folder, "reports", "contacts", "--json", "--move-days", "5").stdout)
    assert "within 5 days" in plain["definitions"]["escalation"]
    assert sum(one["whole"] for one in plain["linked"]) > 150
    rows = list(csv.DictReader(io.StringIO(run(folder, "reports", "contacts", "--csv").stdout)))
    linked = next(row for row in rows if (row["number"], row["channel"]) == ("linked", "all"))
    assert int(linked["whole"]) == sum(one["whole"] for one in plain["linked"])


def test_a_day_that_is_none_is_said(folder: Path) -> None:
    found = run(folder, "reports", "contacts", "--since", "yesterday")
    assert found.exit_code == 1
    assert "2026-11-01" in found.output
    assert run(folder, "reports", "contacts", "--since", "2020-01-01").exit_code == 0
