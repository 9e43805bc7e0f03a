# SPDX-License-Identifier: Apache-2.0
"""Cards of an address book become customers, once, and are found by every number."""

from pathlib import Path

from agentassist.domain.customer import ContactKind
from agentassist.domain.importing import ImportReport
from agentassist.services.import_options import ImportOptions
from agentassist.services.importing import Importer
from agentassist.storage.customers import Customers
from agentassist.storage.database import Database
from tests.intake.test_vcard import card

ANN = card(
    "UID:1",
    "N:김;서연;;;",
    "TEL;TYPE=CELL:010-1234-5678",
    "TEL;TYPE=WORK:02-2123-4567",
    "EMAIL:Seoyeon@example.com",
    "ADR:;;테헤란로 1;강남구;서울;04001;",
    "BDAY:19900504",
)


def take(database: Database, folder: Path, *cards: str) -> ImportReport:
    path = folder / "people.vcf"
    path.write_text("".join(cards), encoding="utf-8")
    [report] = Importer(database).run(path, ImportOptions(source="phone", region="KR"))
    return report


def test_a_card_is_one_customer_with_all_points(database: Database, tmp_path: Path) -> None:
    assert take(database, tmp_path, ANN).new == 1
    assert take(database, tmp_path, ANN).unchanged == 1
    assert take(database, tmp_path, ANN.replace("19900504", "19900505")).updated == 1
    with database.reading() as connection:
        [found] = Customers(connection).by_point(ContactKind.PHONE, "+82221234567")
    assert (found.name, found.birth_date, found.postal_code) == ("김서연", "1990-05-05", "04001")
    assert found.address == "서울 강남구 테헤란로 1"
    labels = {point.value: point.label for point in found.points(ContactKind.PHONE)}
    assert labels == {"+821012345678": "phone.mobile", "+82221234567": "phone.work"}
    assert [point.value for point in found.contact_points if point.kind is ContactKind.EMAIL] == [
        "seoyeon@example.com"
    ]
    assert not found.points(ContactKind.ACCOUNT)


def test_a_family_with_one_number_stays_apart(database: Database, tmp_path: Path) -> None:
    cards = [card(f"N:김;{name};;;", "TEL:02-2123-4567") for name in ("서연", "민수")]
    assert take(database, tmp_path, *cards).new == 2
    assert take(database, tmp_path, *reversed(cards)).unchanged == 2
    with database.reading() as connection:
        assert len(Customers(connection).by_point(ContactKind.PHONE, "+82221234567")) == 2


def test_what_is_wrong_in_a_card_is_named(database: Database, tmp_path: Path) -> None:
    bad = card("FN:Ann", "TEL:call me", "EMAIL:nowhere", "BDAY:1990-02-31")
    report = take(database, tmp_path, bad, card("NOTE:x"))
    assert (report.new, report.skipped, report.ignored) == (1, 1, ())
    assert {fault.place.field for fault in report.faults} == {"phone", "email", "birth_date", ""}
