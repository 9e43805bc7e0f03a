# SPDX-License-Identifier: Apache-2.0
"""Going on after a stop, files that were read before, and rows that were left out."""

import csv
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from agentassist.domain.importing import ImportReport, Progress, RecordKind
from agentassist.errors import Cancelled, UserError
from agentassist.services import left_out, saved_mappings
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.schema.history import interactions
from agentassist.storage.schema.imports import imports

HEAD = "customer_id,name,email\n"


def _people(path: Path, count: int) -> Path:
    rows = "".join(f"c{n},Person {n},p{n}@example.com\n" for n in range(count))
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def _run(database: Database, path: Path, options: ImportOptions | None = None) -> ImportReport:
    [report] = Importer(database).run(path, options or ImportOptions())
    return report


def _stop_early(database: Database, path: Path, options: ImportOptions | None = None) -> int:
    seen: list[Progress] = []
    importer = Importer(database, progress=seen.append, cancelled=lambda: bool(seen))
    with pytest.raises(Cancelled):
        importer.run(path, options or ImportOptions())
    return seen[-1].rows


def _count(database: Database) -> int:
    with database.reading() as connection:
        return Customers(connection).count()


def test_an_import_goes_on_where_it_was_stopped(database: Database, tmp_path: Path) -> None:
    path = _people(tmp_path / "people.csv", 2_000)
    stored = _stop_early(database, path)
    report = _run(database, path)
    assert (report.went_on_after, report.new, report.rows) == (stored, 2_000, 2_000)
    assert _count(database) == 2_000


def test_from_the_start_when_asked_or_when_anything_differs(
    database: Database, tmp_path: Path
) -> None:
    path = _people(tmp_path / "people.csv", 2_000)
    stored = _stop_early(database, path)
    other = _run(database, path, ImportOptions(region="KR"))
    assert (other.went_on_after, other.unchanged, other.new) == (0, stored, 2_000 - stored)
    again = _run(database, path, ImportOptions(from_start=True))
    assert (again.went_on_after, again.unchanged, again.known_since) == (0, 2_000, "")
    path.write_text(path.read_text().replace("Person 7,", "Person Seven,"))
    changed = _run(database, path)
    assert (changed.updated, changed.unchanged) == (1, 1_999)


def test_a_file_that_is_in_is_not_read_again(database: Database, tmp_path: Path) -> None:
    path = _people(tmp_path / "people.csv", 30)
    first = _run(database, path)
    again = _run(database, path)
    assert (first.new, first.known_since) == (30, "")
    assert (again.new, again.unchanged, bool(again.known_since)) == (0, 30, True)
    path.rename(tmp_path / "renamed.csv")
    assert _run(database, tmp_path / "renamed.csv").known_since == again.known_since


def test_an_older_file_of_customers_has_the_last_word_again(
    database: Database, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("customer_id,name,tier\nc1,Ann,gold\n")
    new.write_text("customer_id,name,tier\nc1,Ann,basic\n")
    _run(database, old)
    assert _run(database, new).updated == 1
    assert _run(database, old).updated == 1


def test_contacts_without_a_customer_are_looked_at_again(
    database: Database, tmp_path: Path
) -> None:
    contacts = tmp_path / "contacts.csv"
    contacts.write_text("id,text\nn1,it is p3@example.com\n")
    assert _run(database, contacts).unlinked == 1
    _run(database, _people(tmp_path / "people.csv", 5))
    assert _run(database, contacts).linked == 1
    assert _run(database, contacts).known_since


def test_order_items_start_again_and_double_nothing(database: Database, tmp_path: Path) -> None:
    people = _people(tmp_path / "people.csv", 1)
    orders, items = tmp_path / "orders.csv", tmp_path / "items.csv"
    orders.write_text(
        "order_id,customer_id,status\n" + "".join(f"W{n},c0,sent\n" for n in range(9))
    )
    rows = "".join(f"W{n // 200},i{n % 3},Cup\n" for n in range(1_800))
    items.write_text("order_id,item_id,name\n" + rows)
    _run(database, people)
    _run(database, orders)
    _stop_early(database, items)
    report = _run(database, items)
    assert (report.went_on_after, report.rows) == (0, 1_800)
    assert _run(database, items, ImportOptions(from_start=True)).unchanged == 1_800


def test_the_same_key_with_another_text_is_a_fault_of_the_file_however_far_apart(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.csv"
    rows = [("n0", "first")] + [(f"n{n}", "x") for n in range(1, 2_000)]
    rows += [("n0", "another"), ("n1", "x")]
    path.write_text("id,text\n" + "".join(f"{key},{text}\n" for key, text in rows))
    report = _run(database, path)
    assert (report.new, report.unchanged, report.skipped) == (2_000, 1, 1)
    assert report.faults[0].place.line == 2_002
    path.write_text("id,text\nn0,changed\n")
    assert _run(database, path).unchanged == 1


BAD = "customer_id,name,email\n,,\nc1,Ann,ann@example.com\n,,not-an-address\n"


def test_rows_left_out_wait_and_can_be_mended(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(BAD + '"torn,1\nc9,Zoe,zoe@example.com,extra\n')
    report = _run(database, path)
    assert (report.new, report.skipped) == (1, 3)
    waiting = left_out.left_out(database, (RecordKind.CUSTOMERS,))
    assert [row.line for row in waiting] == [5, 6, 4]
    assert left_out.left_out(database, (RecordKind.INTERACTIONS,)) == []
    mended = tmp_path / "mended.csv"
    left_out.write_csv(waiting, mended)
    with mended.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["left_out_row"] == "extra"
    rows[0] |= {"customer_id": "c8", "name": "Torn"}
    rows[2]["name"] = "Bo"
    with mended.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    again = _run(database, mended)
    assert (again.new, again.skipped, again.ignored) == (3, 0, ())
    assert left_out.left_out(database) == []


def test_what_is_mended_in_the_file_itself_waits_no_more(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(BAD)
    assert _run(database, path).skipped == 1
    assert _run(database, path).skipped == 1
    assert len(left_out.left_out(database)) == 1
    path.write_text(BAD.replace("not-an-address", "bo@example.com"))
    assert (_run(database, path).new, left_out.left_out(database)) == (1, [])


def test_left_out_rows_hold_no_secret_and_no_more_than_a_part(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.csv"
    long = "x" * 500_000
    path.write_text(f"id,at,text,note\n1,soon,card 4242 4242 4242 4242,{long}\n")
    assert _run(database, path).skipped == 1
    [row] = left_out.left_out(database)
    assert row.content["text"] == "card [card •••• 4242]"
    assert 0 < len(row.content["note"]) <= 10_000
    assert left_out.forget(database, [row]) == 1


def test_a_dry_run_keeps_nothing_aside(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(BAD)
    assert _run(database, path, ImportOptions(dry_run=True)).skipped == 1
    assert left_out.left_out(database) == []
    with database.reading() as connection:
        assert connection.execute(select(imports)).all() == []


def test_a_dry_run_suggests_what_columns_may_be(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "customer_id,name,Kunden Mail,Rufnummer,E-Mial,colour\n"
        "c1,Ann,ann@example.com,+1 212 200 0000,,red\n"
        "c2,Bo,bo@example.com,+1 212 200 0001,,blue\n"
    )
    report = _run(database, path, ImportOptions(dry_run=True))
    assert report.suggested == {"Kunden Mail": "email", "Rufnummer": "phone", "E-Mial": "email"}
    assert _run(database, path).suggested == {}


def test_a_mapping_is_used_again(database: Database, tmp_path: Path) -> None:
    first = ImportOptions(
        source="erp",
        kind=RecordKind.INTERACTIONS,
        columns={"text": "Inhalt"},
        zone="Europe/Berlin",
        own=("info@shop.example",),
    )
    saved_mappings.save_mapping(database, "erp", first)
    saved_mappings.save_mapping(database, "erp", first)
    used = saved_mappings.with_mapping(database, "erp", ImportOptions())
    assert used == first
    other = ImportOptions(zone="Asia/Seoul", columns={"id": "Nr"})
    used = saved_mappings.with_mapping(database, "erp", other)
    assert (used.zone, used.columns) == ("Asia/Seoul", {"text": "Inhalt", "id": "Nr"})
    [mapping] = saved_mappings.mappings(database)
    assert (mapping.name, mapping.kind) == ("erp", "interactions")
    saved_mappings.delete_mapping(database, "erp")
    for name in ("erp", ""):
        with pytest.raises(UserError):
            saved_mappings.with_mapping(database, name, ImportOptions())
    with pytest.raises(UserError):
        saved_mappings.save_mapping(database, " ", first)


def test_our_own_addresses_lead_to_nobody(database: Database, tmp_path: Path) -> None:
    people, mails = tmp_path / "people.csv", tmp_path / "mails.jsonl"
    people.write_text(
        "customer_id,name,email,phone\nc1,Shop,info@shop.example,+1 212 200 0000\n"
        "c2,Ann,ann@example.com,\n"
    )
    rows = [
        {"id": "1", "from": "info@shop.example", "to": "ann@example.com", "text": "hi"},
        {"id": "2", "from": "+12122000000", "text": "call info@shop.example or 212 200 0000"},
    ]
    mails.write_text("".join(json.dumps(row) + "\n" for row in rows))
    _run(database, people)
    options = ImportOptions(own=("Info@Shop.example", "(212) 200-0000"))
    report = _run(database, mails, options)
    assert (report.linked, report.unlinked) == (1, 1)
    with database.reading() as connection:
        query = select(interactions.c.source_ref).where(interactions.c.customer_id.is_not(None))
        assert connection.execute(query).scalars().all() == ["note:1"]
