# SPDX-License-Identifier: Apache-2.0
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import Channel, Direction
from agentassist.domain.importing import ImportReport, Progress, RecordKind
from agentassist.errors import BadInput, Cancelled
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History

CUSTOMERS = """customer_id,name,email,phone,tier,zip,username,account
c1,Ann Lee,ann@example.com,+1 415 555 0101,gold,94110,@ann,ann_lee_77
c2,Bob Ray,bob@example.com,(415) 555-0102,basic,94111,,
c3,김서연,seoyeon@example.com,+82 10-0000-0103,silver,04001,,
"""
ORDERS = """order_id,customer_id,status,amount_paid,order_date
#W100,c1,shipped,12.50,2026-11-01
#W101,c2,delivered,"1,380.00",2026-11-02
"""
ITEMS = """order_id,item_id,name,price,quantity,options
#W100,i1,Water Bottle,5.00,2,"{""color"": ""blue""}"
#W100,i1,Water Bottle,5.00,2,"{""color"": ""blue""}"
#W101,i2,Office Chair,1380,1,
"""


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _lines(folder: Path, *rows: dict[str, object]) -> Path:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return _write(folder, "contacts.jsonl", text)


def _run(database: Database, path: Path, **options: object) -> ImportReport:
    [report] = Importer(database).run(path, ImportOptions(**options))  # type: ignore[arg-type]  # by name
    return report


def _one(database: Database, kind: ContactKind, value: str) -> Customer:
    with database.reading() as connection:
        [customer] = Customers(connection).by_point(kind, value)
    return customer


def _counts(database: Database, email: str) -> dict[Channel, int]:
    customer = _one(database, ContactKind.EMAIL, email)
    with database.reading() as connection:
        return History(connection).timeline_counts(customer.id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "export"
    home.mkdir()
    return home


@pytest.fixture
def people(database: Database, folder: Path) -> None:
    _run(database, _write(folder, "people.csv", CUSTOMERS))


def test_customers_come_in_with_normal_contact_points(people: None, database: Database) -> None:
    ann = _one(database, ContactKind.PHONE, "+14155550101")
    assert (ann.name, ann.tier, ann.source_ref) == ("Ann Lee", "gold", "c1")
    assert _one(database, ContactKind.ACCOUNT, "C1").id == ann.id


def test_a_second_run_changes_nothing_and_a_changed_row_updates(
    people: None, database: Database, folder: Path
) -> None:
    again = _run(database, folder / "people.csv")
    assert (again.new, again.updated, again.unchanged) == (0, 0, 3)
    changed = CUSTOMERS.replace("Bob Ray,bob@", "Bob Ray,rob@").replace(",basic", ",silver")
    report = _run(database, _write(folder, "people.csv", changed))
    assert (report.new, report.updated, report.unchanged) == (0, 1, 2)
    bob = _one(database, ContactKind.EMAIL, "rob@example.com")
    assert bob.tier == "silver"
    assert _one(database, ContactKind.EMAIL, "bob@example.com").id == bob.id


def test_a_bad_row_is_named_and_the_others_come_in(database: Database, folder: Path) -> None:
    rows = "name,email,phone\nAnn,ann@nowhere,+14155550101\n,,\n,,x\nBob,bob@example.com\n"
    report = _run(database, _write(folder, "people.csv", rows))
    assert (report.new, report.skipped) == (1, 2)
    found = [(fault.place.line, fault.place.field, fault.kept) for fault in report.faults]
    assert found == [(5, "", False), (2, "email", True), (4, "", False)]


def test_a_dry_run_reports_the_same_and_writes_nothing(database: Database, folder: Path) -> None:
    _write(folder, "a_orders.csv", ORDERS)
    _write(folder, "b_people.csv", CUSTOMERS)
    _write(folder, "c_items.csv", ITEMS)
    _write(folder, "readme.txt", "nothing to import here\n")
    dry = Importer(database).run(folder, ImportOptions(dry_run=True))
    with database.reading() as connection:
        assert Customers(connection).count() == 0
    real = Importer(database).run(folder, ImportOptions())
    assert [(r.kind, r.new) for r in dry] == [(r.kind, r.new) for r in real]
    assert [(r.kind, r.new, r.dry_run) for r in real] == [
        (RecordKind.CUSTOMERS, 3, False),
        (RecordKind.ORDERS, 2, False),
        (RecordKind.ORDER_ITEMS, 3, False),
    ]


def test_an_order_is_a_purchase_and_stands_on_the_timeline(
    people: None, database: Database, folder: Path
) -> None:
    orders, items = _write(folder, "orders.csv", ORDERS), _write(folder, "items.csv", ITEMS)
    for _ in range(2):
        _run(database, orders)
        _run(database, items)
    ann = _one(database, ContactKind.EMAIL, "ann@example.com")
    with database.reading() as connection:
        [purchase] = History(connection).purchases(ann.id)
        [shown] = History(connection).page(ann.id).interactions
    assert (purchase.order_number, purchase.shown, len(purchase.lines)) == ("W100", "#W100", 2)
    assert purchase.lines[0].options == "color: blue"
    assert shown.channel is Channel.PURCHASE
    assert "Water Bottle" in shown.text
    assert shown.occurred_at == purchase.ordered_at


def test_the_day_of_delivery_is_kept_when_a_later_file_lacks_it(
    people: None, database: Database, folder: Path
) -> None:
    head, *rest = ORDERS.splitlines()
    arrived = [f"{head},delivery_date", *(f"{line},2026-02-03T10:00:00+00:00" for line in rest)]
    _run(database, _write(folder, "orders.csv", "\n".join(arrived) + "\n"))
    _run(database, _write(folder, "later.csv", ORDERS))
    ann = _one(database, ContactKind.EMAIL, "ann@example.com")
    with database.reading() as connection:
        [purchase] = History(connection).purchases(ann.id)
    assert purchase.delivered_at == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_a_changed_order_is_updated_on_the_timeline_too(
    people: None, database: Database, folder: Path
) -> None:
    _run(database, _write(folder, "orders.csv", ORDERS))
    _run(database, _write(folder, "items.csv", ITEMS))
    report = _run(database, _write(folder, "orders.csv", ORDERS.replace("shipped", "returned")))
    assert (report.new, report.updated, report.unchanged) == (0, 1, 1)
    ann = _one(database, ContactKind.EMAIL, "ann@example.com")
    with database.reading() as connection:
        [shown] = History(connection).page(ann.id).interactions
    assert shown.status == "returned"
    assert "Water Bottle" in shown.text


def test_orders_and_items_without_their_owner_are_named(
    people: None, database: Database, folder: Path
) -> None:
    report = _run(database, _write(folder, "orders.csv", ORDERS.replace("c2", "c9")))
    assert (report.new, report.skipped, report.faults[0].place.line) == (1, 1, 3)
    assert "import customers first" in report.faults[0].reason
    report = _run(database, _write(folder, "items.csv", ITEMS))
    assert (report.new, report.skipped) == (2, 1)
    assert "import orders first" in report.faults[0].reason


def test_payment_methods_keep_four_digits_only(
    people: None, database: Database, folder: Path
) -> None:
    text = (
        "payment_id,customer_id,source,brand,last_four,balance\np1,c1,card,visa,4242424242424242,\n"
    )
    path = _write(folder, "pay.csv", text)
    assert _run(database, path).new == 1
    assert _run(database, path).unchanged == 1
    assert _run(database, _write(folder, "pay.csv", text.replace("visa", "amex"))).updated == 1
    ann = _one(database, ContactKind.EMAIL, "ann@example.com")
    with database.reading() as connection:
        [method] = History(connection).payment_methods(ann.id)
    assert (method.brand, method.last_four) == ("amex", "4242")


LINKABLE = [
    {"customer_id": "c1", "text": "hello"},
    {"email": "ANN@example.com", "text": "hello"},
    {"phone": "415-555-0101", "text": "hello"},
    {"from": "Ann <ann@example.com>", "to": "help@shop.example", "text": "hello"},
    {"from": "+18005550199", "to": "+14155550101", "text": "hello"},
    {"text": "please write to ann@example.com."},
    {"text": "my number is +1 (415) 555-0101, call me"},
    {"text": "ann_lee_77 wants a refund"},
    {"name": "Ann Lee", "zip": "94110", "text": "hello"},
    {"text": "This is Ann Lee, I live in 94110."},
    {"order_number": "W100", "text": "where is it"},
    {"text": "where is order #W100?"},
]


@pytest.mark.parametrize("row", LINKABLE, ids=str)
def test_a_contact_finds_its_customer(
    people: None, database: Database, folder: Path, row: dict[str, object]
) -> None:
    _run(database, _write(folder, "orders.csv", ORDERS))
    report = _run(database, _lines(folder, row))
    assert (report.linked, report.unlinked) == (1, 0)


UNLINKABLE = [
    {"text": "I am Ann Lee"},
    {"text": "Ann Leeds, 94110"},
    {"text": "94110"},
    {"text": "ann@example.com and bob@example.com are both mine"},
    {"email": "nobody@example.com", "text": "hello"},
]


@pytest.mark.parametrize("row", UNLINKABLE, ids=str)
def test_nobody_is_guessed(
    people: None, database: Database, folder: Path, row: dict[str, object]
) -> None:
    report = _run(database, _lines(folder, row))
    assert (report.new, report.linked, report.unlinked) == (1, 0, 1)


def test_two_by_one_means_are_told_apart_by_the_next(
    people: None, database: Database, folder: Path
) -> None:
    row = {"text": "ann@example.com or bob@example.com, I am Bob Ray from 94111"}
    assert _run(database, _lines(folder, row)).linked == 1
    assert _counts(database, "bob@example.com") == {Channel.NOTE: 1}


def test_korean_endings_hide_nothing(people: None, database: Database, folder: Path) -> None:
    rows = [
        {"text": "안녕하세요 김서연입니다. 우편번호는 04001이에요."},
        {"text": "메일은 seoyeon@example.com입니다"},
        {"text": "번호는 +82 10-0000-0103이에요"},
    ]
    assert _run(database, _lines(folder, *rows)).linked == 3


def test_contacts_that_came_before_their_customer_are_linked_later(
    database: Database, folder: Path
) -> None:
    contacts = _lines(folder, {"id": "n1", "text": "ann@example.com"})
    assert _run(database, contacts).unlinked == 1
    _run(database, _write(folder, "people.csv", CUSTOMERS))
    report = _run(database, contacts)
    assert (report.new, report.updated, report.linked) == (0, 1, 1)
    assert _counts(database, "ann@example.com") == {Channel.NOTE: 1}


def test_contacts_are_stored_once_with_all_they_say(
    people: None, database: Database, folder: Path
) -> None:
    row = {
        "id": "m1",
        "customer_id": "c1",
        "channel": "phone",
        "created_at": "2026-11-23 14:05",
        "direction": "outgoing",
        "agent": "Rosa",
        "subject": "Card",
        "text": "card 4242 4242 4242 4242, order #W100, PIN is 1234",
        "thread": "t1",
        "mood": "calm",
    }
    path = _lines(folder, row, {"customer_id": "c1", "text": "no key", "thread": "t1"})
    report = _run(database, path, zone="Asia/Seoul")
    assert (report.new, report.redacted) == (2, 1)
    assert _run(database, path, zone="Asia/Seoul").unchanged == 2
    ann = _one(database, ContactKind.EMAIL, "ann@example.com")
    with database.reading() as connection:
        call, note = History(connection).page(ann.id).interactions
    assert (call.channel, call.direction, call.author) == (Channel.CALL, Direction.OUTBOUND, "Rosa")
    assert call.text == "card [card •••• 4242], order #W100, PIN is [code]"
    assert call.occurred_at is not None
    assert (call.occurred_at.hour, call.zone) == (5, "Asia/Seoul")
    assert call.attributes == {"mood": "calm"}
    assert call.conversation_id == note.conversation_id is not None
    assert note.direction is Direction.INTERNAL


def test_bad_contacts_are_named(people: None, database: Database, folder: Path) -> None:
    path = _lines(
        folder,
        {"id": "1", "channel": "smoke", "text": "x"},
        {"id": "2", "at": "soon", "text": "x"},
        {"id": "3", "text": " "},
        {"id": "4", "text": "one"},
        {"id": "4", "text": "another"},
    )
    report = _run(database, path)
    assert (report.new, report.skipped) == (1, 4)
    places = [(fault.place.line, fault.place.field) for fault in report.faults]
    assert places == [(1, "channel"), (2, "at"), (3, ""), (5, "")]


def test_people_that_a_row_describes_can_be_added(database: Database, folder: Path) -> None:
    row = {"name": "Eve Fox", "email": "eve@example.com", "text": "hi"}
    assert _run(database, _lines(folder, row)).unlinked == 1
    assert _run(database, _lines(folder, row), create_customers=True).linked == 1
    assert _counts(database, "eve@example.com") == {Channel.NOTE: 1}


def test_the_order_beside_a_new_person_is_kept_once(database: Database, folder: Path) -> None:
    row = {
        "id": "1", "name": "Eve Fox", "email": "eve@example.com", "text": "hi",
        "order_id": "3348917502", "purchase_date": "2019-11-06", "member_level": "bronze",
    }  # fmt: skip
    for _ in range(2):
        _run(database, _lines(folder, row), create_customers=True, kind=RecordKind.INTERACTIONS)
    assert _counts(database, "eve@example.com") == {Channel.NOTE: 1, Channel.PURCHASE: 1}
    with database.reading() as connection:
        (owner,) = History(connection).by_order_number("3348917502")
        (purchase,) = History(connection).purchases(owner)
        customer = Customers(connection).get(owner)
    assert purchase.ordered_at == datetime(2019, 11, 6, tzinfo=UTC)
    assert customer is not None
    assert customer.tier == "bronze"


@pytest.mark.parametrize("day", ["2019-02-30", "soon"])
def test_an_order_day_that_does_not_exist_stops_nothing(
    database: Database, folder: Path, day: str
) -> None:
    row = {
        "id": "1", "name": "Eve Fox", "email": "eve@example.com", "text": "hi",
        "order_id": "3348917502", "purchase_date": day,
    }  # fmt: skip
    other = {"id": "2", "name": "Bo Ray", "email": "bo@example.com", "text": "hi", "order_id": "#"}
    path = _lines(folder, row, other)
    report = _run(database, path, create_customers=True, kind=RecordKind.INTERACTIONS)
    assert (report.new, report.linked, report.skipped) == (2, 2, 0)
    assert _counts(database, "eve@example.com") == {Channel.NOTE: 1, Channel.PURCHASE: 1}
    assert _counts(database, "bo@example.com") == {Channel.NOTE: 1}


def test_markup_and_odd_characters_are_kept_as_text(database: Database, folder: Path) -> None:
    name = "<img src=x onerror=alert(1)>"
    head = "customer_id,name,email,birth_date,phone\n"
    text = f"{head}c1,{name},a@b.example,1990-02-30,+999 12 34\n"
    report = _run(database, _write(folder, "people.csv", text))
    customer = _one(database, ContactKind.EMAIL, "a@b.example")
    assert (customer.name, customer.birth_date) == (name, "1990-02-30")
    assert [fault.place.field for fault in report.faults if fault.kept] == ["birth_date"]
    rows = [
        {"id": "n\x001", "customer_id": "c\x001", "thread": "t\x00", "text": "a\x00b \ud800 c"},
        {"id": "\x00", "customer_id": "\x00", "text": "\x00x"},
    ]
    path = _write(folder, "odd.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert _run(database, path).linked == 1
    assert _run(database, path, from_start=True).unchanged == 2
    with database.reading() as connection:
        [shown] = History(connection).page(customer.id).interactions
    assert shown.text in {"ab ? c", "ab \ufffd c"}


def test_keys_too_long_for_an_index_stop_nothing(database: Database, folder: Path) -> None:
    key = "키" * 50_000
    people = f"customer_id,name,email,zip\n{key},Ann,a@example.com,{'9' * 50_000}\n"
    assert _run(database, _write(folder, "people.csv", people)).new == 1
    row = {"id": key, "customer_id": key, "thread": key, "text": "hi"}
    assert _run(database, _lines(folder, row, {**row, "id": f"{key}x"})).linked == 2
    pay = f"payment_id,customer_id,source,brand,last_four,balance\n{key},{key},card,visa,4242,\n"
    assert _run(database, _write(folder, "pay.csv", pay)).new == 1


def test_work_is_shown_and_can_be_stopped(database: Database, folder: Path) -> None:
    rows = "".join(f"c{n},Person {n},p{n}@example.com\n" for n in range(8_000))
    path = _write(folder, "people.csv", "customer_id,name,email\n" + rows)
    seen: list[Progress] = []
    importer = Importer(database, progress=seen.append, cancelled=lambda: len(seen) == 2)
    with pytest.raises(Cancelled):
        importer.run(path, ImportOptions())
    stored = seen[-1].rows
    with database.reading() as connection:
        assert Customers(connection).count() == stored < 8_000
    assert 0 < seen[0].done <= seen[1].done <= seen[1].total
    report = _run(database, path)
    assert (report.went_on_after, report.new, report.unchanged) == (stored, 8_000, 0)
    with database.reading() as connection:
        assert Customers(connection).count() == 8_000


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.csv", "x,y\n1,2\n", "--kind"),
        ("a.xyz", "[]", "--format"),
        ("a.csv", "", "empty"),
    ],
)
def test_a_file_that_cannot_be_taken_is_a_sentence(
    database: Database, folder: Path, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        _run(database, _write(folder, name, text))


def test_a_folder_without_anything_known_is_a_sentence(database: Database, folder: Path) -> None:
    _write(folder, "x.csv", "x,y\n1,2\n")
    with pytest.raises(BadInput, match="No file"):
        Importer(database).run(folder, ImportOptions())
