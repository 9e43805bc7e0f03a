# SPDX-License-Identifier: Apache-2.0
"""A whole multi-channel export: every timeline counts what it should.

The small export lies in tests/data; AGENTASSIST_EVAL names a folder with the full one.
"""

import csv
import os
from pathlib import Path

import pytest

from agentassist.domain.history import Channel
from agentassist.domain.importing import ImportReport
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.known import Known

SMALL = Path(__file__).parent.parent / "data" / "retail"
FULL = Path(os.environ.get("AGENTASSIST_EVAL", "none")) / "history" / "retail"
COLUMNS = {"orders": Channel.PURCHASE, "chats": Channel.CHAT, "call_notes": Channel.CALL}


@pytest.fixture(params=[SMALL, FULL], ids=["small", "full"])
def export(request: pytest.FixtureRequest) -> Path:
    path = Path(request.param)
    if not path.is_dir():
        pytest.skip("AGENTASSIST_EVAL does not name the full export")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _import(database: Database, export: Path) -> tuple[ImportReport, ...]:
    return Importer(database).run(export, ImportOptions())


def test_every_timeline_counts_what_it_should(database: Database, export: Path) -> None:
    reports = _import(database, export)
    expected = _rows(export / "expected_timeline.csv")
    with database.reading() as connection:
        ids = Customers(connection).ids_by_reference(
            "import", [row["customer_id"] for row in expected]
        )
        history = History(connection)
        counted = {ref: history.timeline_counts(key) for ref, key in ids.items()}
    wanted = {
        row["customer_id"]: {
            channel: int(row[name]) for name, channel in COLUMNS.items() if int(row[name])
        }
        for row in expected
    }
    assert counted == wanted
    assert not any(report.faults for report in reports)


def test_every_contact_finds_its_customer_and_no_other(database: Database, export: Path) -> None:
    _import(database, export)
    gold = {row["record_id"]: row["customer_id"] for row in _rows(export / "gold_links.csv")}
    channels = {"chat": Channel.CHAT, "note": Channel.CALL}
    references = {f"{channels[record[:4]]}:{record}": record for record in gold}
    with database.reading() as connection:
        ids = Customers(connection).ids_by_reference("import", filter(None, gold.values()))
        stored = Known(connection).contents("import", list(references))
    owners = {record: key.hex for record, key in ids.items()}
    found = {references[reference]: content.owner for reference, content in stored.items()}
    assert found == {record: owners.get(customer) for record, customer in gold.items()}


def test_a_second_run_adds_nothing(database: Database, export: Path) -> None:
    first, second = _import(database, export), _import(database, export)
    assert all(report.new for report in first)
    assert [(report.new, report.updated) for report in second] == [(0, 0)] * len(second)
    assert [report.unchanged for report in second] == [report.new for report in first]
