# SPDX-License-Identifier: Apache-2.0
"""Chats, shops, web activity and workbooks come in, link to people, and come in once."""

import json
from pathlib import Path

import openpyxl
import pytest

from agentassist.domain.customer import ContactKind, Customer
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.importing import ImportReport
from agentassist.intake.values import DateOrder
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from agentassist.storage.history import History

EXPORTS = Path(__file__).parent.parent / "data" / "exports"
WHATSAPP = "WhatsApp Chat with Odette Vance.txt"


def _take(database: Database, path: Path, **options: object) -> list[ImportReport]:
    made = ImportOptions(**{"source": "shop", **options})  # type: ignore[arg-type]  # by name
    return list(Importer(database).run(path, made))


def _person(database: Database, email: str) -> Customer:
    with database.reading() as connection:
        [found] = Customers(connection).by_point(ContactKind.EMAIL, email)
    return found


def _history(database: Database, email: str, channel: Channel) -> list[Interaction]:
    person = _person(database, email)
    with database.reading() as connection:
        page = History(connection).page(person.id)
    return [item for item in page.interactions if item.channel is channel]


@pytest.fixture
def shop(database: Database) -> Database:
    _take(database, EXPORTS / "shopify.json")
    _take(database, EXPORTS / "woocommerce.json")
    return database


def test_orders_of_shops_stand_on_the_timeline(shop: Database) -> None:
    [order] = _history(shop, "odette@example.com", Channel.PURCHASE)
    assert order.text == "1001 · paid, fulfilled · USD 41.50 · 2 x Blue mug - large, Gift card"
    assert _person(shop, "jiwoo@example.com").name == "한지우"
    for name in ("shopify", "woocommerce"):
        again = _take(shop, EXPORTS / f"{name}.json")
        assert [(report.new, report.updated, report.skipped) for report in again] == [(0, 0, 0)] * 3


def test_web_activity_is_linked_by_whoever_signed_in(shop: Database) -> None:
    [report] = _take(shop, EXPORTS / "web.ndjson")
    assert (report.new, report.linked, report.unlinked, report.ignored) == (3, 2, 1, ())
    late, early = _history(shop, "odette@example.com", Channel.WEB)
    assert early.attributes["search"] == "refund late"
    assert early.attributes["article"] == "refund-times"
    assert early.attributes["page"] == "When the money comes back"
    assert late.attributes["page"] == "Contact"
    [again] = _take(shop, EXPORTS / "web.ndjson")
    assert (again.new, again.updated) == (0, 0)


def test_a_chat_is_linked_by_its_number_and_grows(shop: Database, tmp_path: Path) -> None:
    options: dict[str, object] = {
        "own": ("corner shop",),
        "zone": "America/New_York",
        "dates": DateOrder.MONTH_FIRST,
    }
    text = (EXPORTS / WHATSAPP).read_text(encoding="utf-8")
    path = tmp_path / WHATSAPP
    path.write_text("".join(text.splitlines(keepends=True)[:4]), encoding="utf-8")
    [report] = _take(shop, path, **options)
    assert (report.new, report.linked) == (1, 1)
    path.write_text(text, encoding="utf-8")
    [report] = _take(shop, path, **options)
    assert (report.new, report.updated) == (1, 1)
    later, first = _history(shop, "odette@example.com", Channel.CHAT)
    assert first.text.endswith("Customer: <Media omitted>")
    assert first.occurred_at is not None
    assert first.occurred_at.isoformat() == "2026-11-05T20:05:00+00:00"
    assert later.conversation_id == first.conversation_id
    [again] = _take(shop, path, **options)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)


def test_a_workbook_is_a_table_for_each_sheet(database: Database, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    orders = made.active
    assert orders is not None
    orders.title = "Orders"
    orders.append(["order no", "customer id", "status", "total"])
    orders.append(["W1", 7, "shipped", 12.5])
    people = made.create_sheet("People", 0)
    people.append(["customer id", "name", "phone"])
    people.append([7, "Ann Lee", 14155550101])
    people.append([8, "<img src=x>", "call me"])
    path = tmp_path / "crm.xlsx"
    made.save(path)
    first, second = _take(database, path)
    assert (first.new, second.new) == (2, 1)
    assert [str(fault.place) for fault in first.faults] == [f"{path}#People:3 [phone]"]
    with database.reading() as connection:
        [ann] = Customers(connection).by_point(ContactKind.PHONE, "+14155550101")
    assert ann.name == "Ann Lee"


def test_a_document_of_customers_and_contacts_goes_in(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "crm.json"
    people = [{"customer_id": "c1", "name": "Ann", "email": "ann@example.com"}, "torn", {"x": 1}]
    notes = [{"note_id": 1, "customer_id": "c1", "text": "called back", "at": "2026-11-01T10:00Z"}]
    path.write_text(json.dumps({"people": people, "notes": notes}))
    first, second = _take(database, path)
    assert (first.new, first.skipped, second.new, second.linked) == (1, 1, 1, 1)
