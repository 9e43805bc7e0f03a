# SPDX-License-Identifier: Apache-2.0
"""Whatever bytes a file has, a table gives records, faults or one typed error."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake import tables
from agentassist.intake.json_lines import JsonLines
from agentassist.intake.tables import Table

PIECES = st.sampled_from(
    ["a", "b,c", '"', '""', "\n", "\r\n", "\r", ",", ";", "\t", "\x00", "한글", "é", '"x\ny"', "'"]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp949", "cp1252"])


@pytest.fixture(scope="module")
def path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "fuzz.csv"


def _read(path: Path, delimiter: str = ",") -> list[RawRecord | RowFault]:
    with Table(path, delimiter=delimiter) as table:
        return list(table)


@given(st.binary(max_size=400))
def test_any_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for reader in (Table, JsonLines):
        try:
            with reader(path) as opened:
                items = list(opened)
        except BadInput:
            continue
        assert all(isinstance(item, RawRecord | RowFault) for item in items)


@given(TEXTS, CODECS)
def test_any_text_in_any_encoding(path: Path, text: str, codec: str) -> None:
    path.write_bytes(f"x,y\n1,2\n{text}".encode(codec, "replace"))
    try:
        items = _read(path)
    except BadInput:
        return
    assert all(isinstance(item, RawRecord | RowFault) for item in items)


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=12).map("\n".join))
def test_many_lines_at_once_are_read_as_one_by_one(path: Path, text: str) -> None:
    path.write_text(f"x,y\n{text}\n", encoding="utf-8", newline="")
    if "\x00" in text:
        return
    at_once = _read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_plain_rows", lambda *_given: [])
        careful = _read(path)
    assert at_once == careful


def test_texts_over_several_lines_across_blocks(path: Path) -> None:
    rows = [(f"k{n}", f'line one of {n}\n"line" two,\n\nlast') for n in range(700)]
    body = "".join('{},"{}"\n'.format(key, text.replace('"', '""')) for key, text in rows)
    path.write_text("key,text\n" + body, encoding="utf-8", newline="")
    found = [item.fields for item in _read(path) if isinstance(item, RawRecord)]
    assert found == [{"key": key, "text": text} for key, text in rows]


def test_a_file_whose_encoding_changes_is_reported_row_by_row(path: Path) -> None:
    lines = ["name,text", *(f"사람{n},안녕하세요" for n in range(40))]
    mixed = b"\n".join(
        line.encode("cp949" if number % 10 == 5 else "utf-8") for number, line in enumerate(lines)
    )
    path.write_bytes(b"name,text\n" + "가,나\n".encode() * 100_000 + mixed)
    items = _read(path)
    faults = [item for item in items if isinstance(item, RowFault)]
    assert [fault.place.line % 10 for fault in faults] == [7] * 4
    assert len(items) == 100_000 + 41
    assert "utf-8" in faults[0].reason
    assert "left_out_row" in faults[0].content


def test_a_very_long_field_costs_one_row(path: Path) -> None:
    path.write_text("a,b\n1,2\n3," + "x" * 10_000_000 + "\n4," + "y" * 150_000 + "\n5,6\n")
    items = _read(path)
    [fault] = [item for item in items if isinstance(item, RowFault)]
    assert (fault.place.line, len(fault.content) < 110_000) == (3, True)
    [cut] = [item for item in items if isinstance(item, RawRecord) and item.cut]
    assert (len(cut.fields["b"]), len(items)) == (tables.MAX_FIELD, 4)
