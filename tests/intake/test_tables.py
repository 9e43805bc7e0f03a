# SPDX-License-Identifier: Apache-2.0
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake.files import MAX_LINE, detect_encoding
from agentassist.intake.tables import MAX_FIELD, Table

HEAD = "id,name,city\n"


def _read(path: Path, data: bytes | str, **options: str) -> tuple[list[RawRecord], list[RowFault]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with Table(path, **options) as table:
        items = list(table)
    records = [item for item in items if isinstance(item, RawRecord)]
    return records, [item for item in items if isinstance(item, RowFault)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(file: Path, delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (("id", "a b"), ("1", "x"), ("2", "y")))
    records, faults = _read(file, text)
    assert [record.fields for record in records] == [
        {"id": "1", "a b": "x"},
        {"id": "2", "a b": "y"},
    ]
    assert faults == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_korean_is_read_in_every_usual_encoding(file: Path, encoding: str) -> None:
    text = "고객번호,이름,메모\n1,김서연,배송이 늦어요\n2,이준호,환불 문의\n"
    records, _ = _read(file, text.encode(encoding))
    assert records[0].fields["이름"] == "김서연"
    assert records[1].place.line == 3


def test_western_accents_are_read(file: Path) -> None:
    records, _ = _read(file, "id,name\n1,José Müller\n2,Zoë Çelik\n".encode("cp1252"))
    assert [record.fields["name"] for record in records] == ["José Müller", "Zoë Çelik"]


@pytest.mark.parametrize(
    ("sample", "encoding"),
    [
        (b"plain", "utf-8"),
        ("가".encode()[:2], "cp1252"),
        ("café".encode("cp1252"), "cp1252"),
        ("서울 부산".encode("cp949"), "cp949"),
        (b"", "utf-8"),
    ],
)
def test_the_encoding_is_found(sample: bytes, encoding: str) -> None:
    assert detect_encoding(sample) == encoding


def test_a_torn_row_costs_only_itself(file: Path) -> None:
    records, faults = _read(file, HEAD + "1,Ann,Rome\n2,Bob\n3,Cy,Oslo,x\n4,Di,Bern,,\n")
    assert [record.fields["id"] for record in records] == ["1", "4"]
    assert [(fault.place.line, fault.values["found"]) for fault in faults] == [(3, 2), (4, 4)]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(file: Path) -> None:
    rows = "".join(f"{n},Name {n},Town\n" for n in range(2, 500))
    records, faults = _read(file, HEAD + '1,"Ann,Rome\n' + rows)
    assert len(records) == 498
    assert [fault.place.line for fault in faults] == [2]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("row", ['"', 'x"y,"z', 'a"b,"c'])
def test_nothing_but_marks_is_left_quickly(file: Path, row: str) -> None:
    records, faults = _read(file, "a,b\n" + f"{row}\n" * 100_000 + "1,2\n" * 3 + '3,"4\n4"\n')
    assert len(faults) == 100_000
    assert [record.fields["b"] for record in records] == ["2", "2", "2", "4\n4"]


def test_a_value_may_have_several_lines(file: Path) -> None:
    records, faults = _read(file, HEAD + '1,"Ann\n""the\n\ngreat""",Rome\n2,Bob,Oslo\n')
    assert records[0].fields["name"] == 'Ann\n"the\n\ngreat"'
    assert records[1].place.line == 6
    assert faults == []


def test_marks_inside_a_value_are_text(file: Path) -> None:
    records, faults = _read(file, HEAD + '1,5" pipe,Rome\n2,"a"b,Oslo\n')
    assert [record.fields["name"] for record in records] == ['5" pipe', "ab"]
    assert faults == []


def test_a_byte_that_is_no_utf8_costs_one_row(file: Path) -> None:
    data = HEAD.encode() + "1,가,Rome\n".encode() * 100_000 + b"2,\xff\xfe,Oslo\n3,Cy,Bern\n"
    records, faults = _read(file, data)
    assert len(records) == 100_001
    assert [fault.place.line for fault in faults] == [100_002]


def test_a_huge_value_is_cut_and_a_huge_line_left_out(file: Path) -> None:
    text = HEAD + f"1,{'x' * (MAX_FIELD + 5)},Rome\n2,{'y' * (MAX_LINE + 5)},Oslo\n3,Cy,Bern\n"
    records, faults = _read(file, text)
    assert [record.fields["id"] for record in records] == ["1", "3"]
    assert records[0].cut == ("name",)
    assert len(records[0].fields["name"]) == MAX_FIELD
    assert [fault.place.line for fault in faults] == [3]


def test_an_endless_line_is_not_loaded(file: Path) -> None:
    with pytest.raises(BadInput, match="longer than"):
        _read(file, "x" * (5 * MAX_LINE))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n\x00\x01", "not a text file"),
        (b"id,name,id\n1,2,3\n", 'named "id"'),
        (b",".join(b"c%d" % n for n in range(1_001)), "columns"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(
    file: Path, data: bytes, sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence) as caught:
        _read(file, data)
    assert caught.value.place.file == str(file)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        Table(tmp_path / "none.csv")
    with pytest.raises(BadInput, match="folder"):
        Table(tmp_path)


def test_the_encoding_can_be_said_and_must_exist(file: Path) -> None:
    records, _ = _read(file, "id,name\n1,é\n".encode("latin-1"), encoding="latin-1")
    assert records[0].fields["name"] == "é"
    with pytest.raises(BadInput, match="no encoding"):
        Table(file, encoding="klingon")


def test_reading_reports_how_far_it_is(file: Path) -> None:
    file.write_text(HEAD + "1,Ann,Rome\n" * 200_000)
    with Table(file) as table:
        rows = iter(table)
        next(rows)
        assert 0 < table.position < table.size
        assert sum(1 for _ in rows) == 199_999
        assert table.position == table.size


plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.tuples(plain, plain, plain), max_size=12))
def test_what_the_standard_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b", "c"), *rows])
    records, faults = _read(tmp_path_factory.mktemp("t") / "t.csv", text.getvalue())
    assert [tuple(record.fields.values()) for record in records] == [r for r in rows if any(r)]
    assert faults == []


@given(st.binary(max_size=400))
def test_any_bytes_end_in_rows_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("t") / "t.csv"
    try:
        records, faults = _read(path, data)
    except BadInput:
        return
    assert len(records) + len(faults) <= data.count(b"\n") + data.count(b"\r") + 1


@given(st.text('"",;\nab', max_size=300))
def test_any_marks_end_in_rows_or_faults(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    records, faults = _read(tmp_path_factory.mktemp("t") / "t.csv", "x,y\n" + text)
    assert all(set(record.fields) == {"x", "y"} for record in records)
    assert all(fault.reason for fault in faults)
