# SPDX-License-Identifier: Apache-2.0
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake.documents import Document, DocumentFile, first_of
from agentassist.intake.formats import Hints
from agentassist.intake.json_document import JsonDocumentFormat

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def _read(path: Path, text: str | bytes) -> list[Document | RowFault]:
    path.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    with DocumentFile(path) as file:
        return list(file)


def _values(items: list[Document | RowFault]) -> list[object]:
    return [item.value for item in items if isinstance(item, Document)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.json"


def test_arrays_are_found_wherever_they_stand(path: Path) -> None:
    found = _read(
        path,
        '{"count": 2, "next": null, "tags": ["a"], "data": {"tickets": [{"id": 1}, {"x": [{}]}]},'
        ' "users": [{"u": 1}]}',
    )
    assert [(item.array, item.place.field) for item in found if isinstance(item, Document)] == [
        ("tickets", "tickets[0]"),
        ("tickets", "tickets[1]"),
        ("users", "users[0]"),
    ]


@pytest.mark.parametrize(
    "torn",
    ['{"b": nope}', '{"b": "no end}', '{"b": [1, 2}', "5", '"x"', '{"n": ' + "9" * 5_000 + "}"],
)
def test_a_torn_object_costs_itself(path: Path, torn: str) -> None:
    found = _read(path, f'[{{"a": 1}},\n{torn},\n{{"c": 3}},\n{{"d": 4}}]')
    assert _values(found) == [{"a": 1}, {"c": 3}, {"d": 4}]
    assert [item.place.line for item in found if isinstance(item, RowFault)] == [2]


def test_a_file_that_ends_in_the_middle_gives_what_is_whole(path: Path) -> None:
    found = _read(path, '{"tickets": [{"id": 1}, {"id": 2}, {"id": 3, "te')
    assert _values(found) == [{"id": 1}, {"id": 2}]
    assert any("torn" in item.reason for item in found if isinstance(item, RowFault))


def test_objects_on_lines_may_be_called_json(path: Path) -> None:
    found = _read(path, '{"a": 1}\n{oops\n{"b": 2}\n')
    assert _values(found) == [{"a": 1}, {"b": 2}]
    assert [item.place.line for item in found if isinstance(item, RowFault)] == [2]


def test_wrong_characters_are_a_fault_of_their_object(path: Path) -> None:
    head = '[{"a": "김"}, '.encode()
    found = _read(path, head * 60_000 + b'{"b": "\xff\xfe"}, {"c": 1}]')
    kept = [item for item in _values(found) if item == {"c": 1}]
    assert len(kept) == 1


@pytest.mark.parametrize("depth", [2_000, 200_000])
def test_nesting_without_end_is_refused(path: Path, depth: int) -> None:
    for text in ("[" * depth, '{"a":' * depth, '[{"a": ' + "[" * depth + "]" * depth + "}]"):
        assert _values(_read(path, text)) == []


def test_each_array_is_a_part(path: Path) -> None:
    path.write_text(
        json.dumps(
            {
                "customers": [{"customer_id": 1, "name": "Ann", "contact": {"email": "a@b.com"}}],
                "orders": [{"order_id": 7, "customer_id": 1, "status": "new"}, 5],
            }
        )
    )
    parts = list(JsonDocumentFormat().parts(path, Hints()))
    assert [part.records.columns for part in parts] == [
        ("customer_id", "name", "contact.email"),
        ("order_id", "customer_id", "status"),
    ]
    items = [list(part.records) for part in parts]
    for part in parts:
        part.records.close()
    assert [len(rows) for rows in items] == [1, 1]


@pytest.mark.parametrize("text", ["", "[]", "hello", '{"a": 1}', "[1, 2]"])
def test_a_document_without_objects_is_refused(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(BadInput):
        list(JsonDocumentFormat().parts(path, Hints()))


def test_memory_stays_flat(path: Path) -> None:
    def peak(count: int) -> int:
        one = json.dumps({"id": 1, "text": "word " * 60})
        path.write_text("[" + ",".join([one] * count) + "]")
        tracemalloc.start()
        with DocumentFile(path) as file:
            assert sum(1 for _ in file) == count
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    small, large = peak(20_000), peak(80_000)
    assert large < 1.2 * small


@given(st.lists(st.dictionaries(st.text(), JSON, max_size=5), max_size=8), st.booleans())
def test_whatever_json_writes_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]], pretty: bool
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    text = json.dumps({"items": objects}, indent=1 if pretty else None)
    assert _values(_read(path, text)) == objects


@given(st.binary(max_size=300), st.integers(0, 400))
def test_damage_is_faults_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.json"
    whole = json.dumps({"tickets": [{"id": n, "subject": "a", "x": [n]} for n in range(12)]})
    damaged = whole.encode()[:at] + noise + whole.encode()[at:]
    path.write_bytes(damaged)
    first_of(path)
    try:
        with DocumentFile(path) as file:
            for item in file:
                assert isinstance(item, Document | RowFault)
        for part in JsonDocumentFormat().parts(path, Hints()):
            assert all(isinstance(item, RawRecord | RowFault) for item in part.records)
            part.records.close()
    except BadInput:
        pass
