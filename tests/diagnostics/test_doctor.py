# SPDX-License-Identifier: Apache-2.0
import socket
import sys
from pathlib import Path

import pytest

from agentassist.diagnostics import (
    CheckResult,
    check_disk,
    check_display,
    check_hangul,
    check_port,
    check_python,
    doctor,
)
from agentassist.errors import Unavailable, UserError


def sound() -> str:
    return "All is well."


def down() -> str:
    raise Unavailable("The database {name} does not answer.", name="x")


def broken() -> str:
    raise KeyError("Noah")


@pytest.mark.logs("the check of c failed")
def test_every_check_is_made_whatever_the_others_find(caplog: pytest.LogCaptureFixture) -> None:
    assert doctor({"a": sound, "b": down, "c": broken, "d": sound}) == (
        CheckResult("a", ok=True, sentence="All is well."),
        CheckResult("b", ok=False, sentence="The database x does not answer."),
        CheckResult(
            "c", ok=False, sentence="The check itself failed (KeyError). The log tells more."
        ),
        CheckResult("d", ok=True, sentence="All is well."),
    )
    assert [record.message for record in caplog.records] == ["the check of c failed"]


def test_this_python_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_python().startswith("Python 3.")
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    with pytest.raises(UserError, match=r"3\.9\.1 is too old.*3\.11"):
        check_python()


def test_a_display() -> None:
    assert (
        check_display({"WAYLAND_DISPLAY": "w"}, "linux") == "A display is set by WAYLAND_DISPLAY."
    )
    assert check_display({}, "darwin")
    with pytest.raises(UserError, match="no display"):
        check_display({"DISPLAY": ""}, "linux")


def lister(tmp_path: Path, output: str) -> str:
    script = tmp_path / "fc-list"
    script.write_text(f"#!/bin/sh\nprintf '{output}'\n")
    script.chmod(0o755)
    return str(script)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for fc-list")
def test_a_korean_font(tmp_path: Path) -> None:
    found = lister(tmp_path, "Noto Sans CJK KR,Noto Sans CJK KR Bold\\nOther\\n")
    assert check_hangul("linux", found) == "Korean is shown with Noto Sans CJK KR."
    with pytest.raises(UserError, match="No font shows Korean"):
        check_hangul("linux", lister(tmp_path, ""))
    with pytest.raises(UserError, match="cannot be listed"):
        check_hangul("linux", str(tmp_path / "none"))
    assert check_hangul("win32", str(tmp_path / "none"))


def test_room_on_the_disk(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "made" / "yet"
    assert "MB are free" in check_disk(folder, 1)
    with pytest.raises(UserError, match="Make room"):
        check_disk(folder, 10**18)
    assert not folder.exists()


def test_the_port_of_the_webhook() -> None:
    assert "is free" in check_port(0)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UserError, match=f"Port {port} is taken"):
            check_port(port)
    assert check_port(port) == f"Port {port} is free for call events."
