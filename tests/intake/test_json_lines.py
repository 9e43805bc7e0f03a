# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RowFault
from agentassist.errors import BadInput
from agentassist.intake.json_lines import JsonLines, flatten


def _items(path: Path, data: str | bytes) -> list[RawRecord | RowFault]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with JsonLines(path) as lines:
        return list(lines)


def test_nested_objects_become_dotted_names(tmp_path: Path) -> None:
    [record] = _items(tmp_path / "a.jsonl", '{"a": {"b": 1, "c": {"d": true}}, "e": null}\n')
    assert isinstance(record, RawRecord)
    assert record.fields == {"a.b": "1", "a.c.d": "true", "e": ""}


def test_messages_become_a_transcript_with_roles(tmp_path: Path) -> None:
    messages = [
        {"role": "customer", "text": "Hi"},
        {"role": "assistant", "content": "Hello"},
        {"role": "action", "text": "Account opened"},
        {"sender": "Kim", "message": "done"},
    ]
    [record] = _items(tmp_path / "a.jsonl", json.dumps({"messages": messages}))
    assert isinstance(record, RawRecord)
    assert record.fields["messages"].splitlines() == [
        "Customer: Hi",
        "Agent: Hello",
        "Action: Account opened",
        "Kim: done",
    ]


def test_bad_lines_are_reported_and_passed_over(tmp_path: Path) -> None:
    lines = [
        '{"a": 1}',
        "{oops",
        "[1]",
        "",
        '{"a": 2}',
        "[" * 100_000,
        '{"n": ' + "9" * 5_000 + "}",
    ]
    items = _items(tmp_path / "a.jsonl", "\n".join(lines))
    assert [item.place.line for item in items if isinstance(item, RawRecord)] == [1, 5]
    assert [item.place.line for item in items if isinstance(item, RowFault)] == [2, 3, 6, 7]


def test_what_no_database_can_hold_is_replaced(tmp_path: Path) -> None:
    [record] = _items(tmp_path / "a.jsonl", '{"a": "x\\ud800y", "b": "\\ud83d\\ude00"}')
    assert isinstance(record, RawRecord)
    assert record.fields == {"a": "x\ufffdy", "b": "😀"}


@pytest.mark.parametrize("data", ["", "\n\n", "nothing", '[{"a": 1}]'])
def test_a_file_without_objects_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(BadInput):
        _items(tmp_path / "a.jsonl", data)


def test_depth_is_bounded() -> None:
    value: dict[str, object] = {"leaf": 1}
    for _ in range(60):
        value = {"n": value}
    [(name, _)] = flatten(value).items()
    assert name.count(".") == 30


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=5), values, min_size=1), min_size=1))
def test_every_object_becomes_one_record(
    tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, object]]
) -> None:
    flat = [item for item in objects if flatten(item)]
    text = "\n".join(json.dumps(item) for item in objects)
    path = tmp_path_factory.mktemp("j") / "a.jsonl"
    try:
        items = _items(path, text)
    except BadInput:
        assert flat == []
        return
    assert len(items) == len(objects)
    assert all(isinstance(item, RawRecord) for item in items)
