# SPDX-License-Identifier: Apache-2.0
"""Workbooks as openpyxl writes them, and as an enemy would."""

import contextlib
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake import workbook
from agentassist.intake.formats import Hints
from agentassist.intake.tables import MAX_FIELD
from agentassist.intake.workbook import Workbook
from agentassist.intake.xlsx import Sheet, XlsxFormat, number

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = ["customer id", "name", "email"]


def _rows(path: Path) -> list[list[RawRecord | RowFault]]:
    found = []
    for part in XlsxFormat().parts(path, Hints()):
        found.append(list(part.records))
        part.records.close()
    return found


def _fields(path: Path) -> list[dict[str, str]]:
    return [dict(row.fields) for row in _rows(path)[0] if isinstance(row, RawRecord)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def _made(path: Path, sheet: str, *, shared: str = "", compress: bool = True) -> Path:
    """Write a workbook of one sheet from its XML."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    how = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{relations}">'
            '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if shared:
            archive.writestr("xl/sharedStrings.xml", shared)
    return path


def _sheet(*rows: list[str]) -> str:
    cells = (
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in row) + "</row>"
        for row in rows
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(cells)}</sheetData></worksheet>'


def test_values_are_what_the_person_sees(book: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["Our customers"])
    sheet.append([])
    sheet.append([*HEAD, "phone", "birth date", "zip", "seen", "note", "price", "vip", "name"])
    seen = datetime(2026, 3, 1, 15, 5)
    sheet.append(
        [
            10500000000,
            "김서연",
            "s@example.com",
            1055550101,
            date(1990, 5, 17),
            1234,
            seen,
            "two\nlines",
            12.35,
            True,
            "x",
        ]
    )
    sheet["D4"].number_format = "000-0000-0000"
    sheet["F4"].number_format = "00000"
    sheet.append([None] * 11)
    sheet.append(["c2", "Ann", None, "=1/0"])
    sheet.merge_cells("B6:C6")
    made.save(book)
    first, second = _fields(book)
    assert first == {
        "customer id": "10500000000",
        "name": "김서연",
        "email": "s@example.com",
        "phone": "010-5555-0101",
        "birth date": "1990-05-17",
        "zip": "01234",
        "seen": "2026-03-01 15:05:00",
        "note": "two\nlines",
        "price": "12.35",
        "vip": "true",
        "name 2": "x",
    }
    assert {name: text for name, text in second.items() if text} == {
        "customer id": "c2",
        "name": "Ann",
    }


def test_every_sheet_with_known_columns_is_a_part(book: Path) -> None:
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.append(["how", "to", "read"])
    made.create_sheet("Empty")
    made.create_sheet("People").append(HEAD)
    made["People"].append([1, "Ann", "a@example.com"])
    orders = made.create_sheet("주문")
    orders.append(["주문번호", "고객번호", "상태"])
    orders.append(["W1", 1, "배송"])
    made.save(book)
    parts = _rows(book)
    assert [[row.place.file.rpartition("#")[2] for row in rows] for rows in parts] == [
        ["People"],
        ["주문"],
    ]


def test_the_years_may_begin_in_1904(book: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = made.active
    assert sheet is not None
    sheet.append([*HEAD, "birth date"])
    sheet.append([1, "Ann", "a@example.com", date(1990, 5, 17)])
    made.save(book)
    assert _fields(book)[0]["birth date"] == "1990-05-17"


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("1.05E+10", "", "10500000000"),
        ("0.1", "", "0.1"),
        ("1E-7", "", "0.0000001"),
        ("1E+300", "", "1" + "0" * 300),
        ("0.5", "time", "12:00:00"),
        ("60", "date", "1900-02-28"),
        ("1", "date", "1900-01-01"),
        ("-5", "date", "-5"),
        ("99999999", "date", "99999999"),
        ("5", "00000", "00005"),
        ("nonsense", "", "nonsense"),
        ("NaN", "", "NaN"),
        ("Infinity", "date", "Infinity"),
    ],
)
def test_numbers(text: str, shown: str, said: str) -> None:
    assert number(text, shown) == said


def test_a_bomb_is_not_unpacked(book: Path) -> None:
    _made(book, _sheet(HEAD, ["1", "0" * 20_000_000, "x"]))
    assert book.stat().st_size < 100_000
    tracemalloc.start()
    with pytest.raises(BadInput, match="far too large"):
        _rows(book)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_entities_are_refused(book: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + _sheet(HEAD, ["1", "&b;", ""])
    with pytest.raises(BadInput, match="declares entities"):
        _rows(_made(book, bomb))


def test_a_cell_of_ten_megabytes_is_cut(book: Path) -> None:
    long = "".join(chr(97 + place % 26) + str(place) for place in range(1_500_000))
    _made(book, _sheet(HEAD, ["1", long, "a@example.com"], ["2", "Bo", "b@example.com"]))
    first, second = _rows(book)[0]
    assert isinstance(first, RawRecord)
    assert first.cut == ("name",)
    assert len(first.fields["name"]) == MAX_FIELD
    assert isinstance(second, RawRecord)


def test_a_value_without_end_is_refused(book: Path) -> None:
    endless = f'<worksheet xmlns="{MAIN}"><sheetData><row r="' + "1" * 20_000_000
    with pytest.raises(BadInput):
        _rows(_made(book, endless, compress=False))


def test_a_torn_sheet_gives_the_rows_before(book: Path) -> None:
    whole = _sheet(HEAD, ["1", "Ann", "a@example.com"], ["2", "Bo", "b@example.com"])
    rows = _rows(_made(book, whole[: whole.index(">Bo")]))[0]
    assert isinstance(rows[0], RawRecord)
    assert rows[0].fields["name"] == "Ann"
    assert isinstance(rows[1], RowFault)
    assert len(rows) == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0" + b"\x00" * 600])
def test_what_is_no_workbook_is_told(book: Path, data: bytes) -> None:
    book.write_bytes(data)
    with pytest.raises(BadInput, match="no workbook"):
        _rows(book)


def test_another_archive_and_an_empty_sheet_are_told(book: Path) -> None:
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(BadInput, match="no workbook"):
        _rows(book)
    with pytest.raises(BadInput, match="empty"):
        _rows(_made(book, _sheet()))


def test_many_texts_lie_in_a_file(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_IN_MEMORY", 1_000)
    count = 3_000
    texts = "".join(f"<si><t>name {n}</t><rPh><t>no</t></rPh></si>" for n in range(count))
    head = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in HEAD)
    rows = "".join(
        f'<row><c t="s"><v>{n}</v></c><c t="s"><v>{n}</v></c></row>' for n in range(count)
    )
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row>{head}</row>{rows}</sheetData></worksheet>'
    _made(book, sheet, shared=f'<sst xmlns="{MAIN}">{texts}</sst>')
    names = [fields["name"] for fields in _fields(book)]
    assert names == [f"name {n}" for n in range(count)]


def test_memory_stays_flat(book: Path) -> None:
    def peak(count: int) -> int:
        made = openpyxl.Workbook(write_only=True)
        sheet = made.create_sheet()
        sheet.append(HEAD)
        for n in range(count):
            sheet.append([n, "Ann Lee", "ann@example.com"])
        made.save(book)
        with Workbook(book) as opened:
            name = opened.sheets[0]
        tracemalloc.start()
        rows = Sheet(book, name)
        assert sum(1 for _ in rows) == count
        rows.close()
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    assert peak(12_000) < 1.3 * peak(3_000)


@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=40))
def test_damage_is_faults_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "a.xlsx"
    _made(
        path, _sheet(HEAD, *([str(n), "Ann", "a@example.com"] for n in range(20))), compress=False
    )
    data = bytearray(path.read_bytes())
    data[at : at + len(noise)] = noise
    path.write_bytes(data)
    with contextlib.suppress(BadInput):
        assert all(isinstance(row, RawRecord | RowFault) for rows in _rows(path) for row in rows)
