# SPDX-License-Identifier: Apache-2.0
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.errors import BadInput, UserError
from agentassist.ui.desk_commands import MAX_LINE, MAX_TEXT, desk_name, read_command, write_line


@pytest.mark.parametrize(
    "command",
    [
        {"command": "raise"},
        {"command": "pop", "from": "+1 555-0100", "to": "", "queue": "orders", "id": "c-1"},
        {"command": "pop"},
        {"command": "pop", "context.intent": "return", "context.tried": "a\nb"},
        {"command": "pop", "context.transcript": "x" * MAX_TEXT},
        {"command": "say", "text": "어디 있어요?", "speaker": "agent", "id": "c-1"},
        {"command": "say", "text": "x" * MAX_TEXT},
        {"command": "end", "id": "c-1"},
    ],
)
def test_a_command_comes_over_the_line_as_it_was(command: dict[str, str]) -> None:
    line = write_line(command)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_command(line) == command


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"", ""),
        (b"raise", ""),
        (b"[]", ""),
        (b"\xff", ""),
        (b"[" * 60_000, ""),
        (b"{}", "command"),
        (b'{"command": "quit"}', "command"),
        (b'{"command": ["pop"]}', "command"),
        (b'{"command": "raise", "from": "1"}', "from"),
        (b'{"command": "pop", "from": 5}', "from"),
        (b'{"command": "pop", "from": "%s"}' % (b"1" * 251), "from"),
        (b'{"command": "pop", "context.x": 5}', "context.x"),
        (b'{"command": "pop", "context": "x"}', "context"),
        (b'{"command": "end", "context.x": "y"}', "context.x"),
        (b'{"command": "say"}', "text"),
        (b'{"command": "say", "text": " "}', "text"),
        (b'{"command": "say", "text": "%s"}' % (b"x" * (MAX_TEXT + 1)), "text"),
        (b'{"command": "say", "text": "x", "speaker": "bot"}', "speaker"),
    ],
)
def test_what_is_no_command(line: bytes, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_command(line)
    assert caught.value.place.field == field


@given(st.binary() | st.dictionaries(st.text(), st.text()).map(lambda d: json.dumps(d).encode()))
def test_any_line_is_a_command_or_bad_input(line: bytes) -> None:
    try:
        assert read_command(line)["command"]
    except BadInput as error:
        assert str(error).startswith("command")  # noqa: PT017 - any fault has its sentence


def test_a_line_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(UserError, match="too long"):
        write_line({"command": "say", "text": "x" * MAX_LINE})


def test_the_name_follows_the_data_folder_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = desk_name(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path.parent)
    assert desk_name(Path(tmp_path.name)) == name
    assert desk_name(tmp_path / "other") != name


@pytest.mark.skipif(os.name != "posix", reason="named pipes have no folder")
def test_the_socket_lies_where_nobody_else_can_enter(tmp_path: Path) -> None:
    name = Path(desk_name(tmp_path / ("long" * 50)))
    found = name.parent.stat()
    assert (found.st_uid, found.st_mode & 0o077) == (os.getuid(), 0)
    assert len(str(name)) < 90
