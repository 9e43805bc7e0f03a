# SPDX-License-Identifier: Apache-2.0
import io
import logging
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest

from agentassist.diagnostics import Diagnostics
from agentassist.diagnostics.log import KEPT_FILES, MAX_BYTES
from agentassist.errors import UserError

PROGRAM = """
import faulthandler, logging, os, sys, threading
from pathlib import Path
from agentassist.diagnostics import Diagnostics
diagnostics = Diagnostics(Path(sys.argv[1]), "1.2.3")
diagnostics.start()
log = logging.getLogger("agentassist.test")
"""
CUSTOMERS = [(f"mark{n}@example.com", f"+1 303-555-{n:04}", f"9{n:011}") for n in range(1_000)]


def run(folder: Path, script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PROGRAM + script, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def everything(folder: Path) -> str:
    return "\n".join(p.read_text() for p in sorted(folder.rglob("*")) if p.is_file())


def test_lines_say_when_where_and_what(tmp_path: Path) -> None:
    run(tmp_path, "log.info('call %s answered', 'c-1')\nlog.debug('nothing')\n")
    line = (tmp_path / "agentassist.log").read_text()
    assert line.endswith(" INFO agentassist.test [MainThread] call c-1 answered\n")
    assert line[:4].isdigit()


def test_no_personal_data_of_a_thousand_customers(tmp_path: Path) -> None:
    script = f"""
customers = {CUSTOMERS!r}
for mail, phone, account in customers:
    log.info("from %s to %s about %s", mail, phone, account)
    try:
        raise KeyError(mail, phone, account)
    except KeyError:
        log.exception("lost %s", phone)
    def fail(text=f"{{mail}} {{phone}} {{account}}"):
        raise ValueError(text)
    if account.endswith("7"):
        worker = threading.Thread(target=fail)
        worker.start()
        worker.join()
fail()
"""
    done = run(tmp_path, script)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    text = everything(tmp_path)
    assert "ValueError" in text
    assert [m for customer in CUSTOMERS for m in customer if m in text] == []
    assert "mark" not in text


def test_the_log_turns_over(tmp_path: Path) -> None:
    run(tmp_path, f"for _ in range({MAX_BYTES // 50}): log.warning('%s', 'words ' * 60)\n")
    files = sorted(tmp_path.glob("agentassist.log*"))
    assert len(files) == KEPT_FILES + 1
    assert all(file.stat().st_size <= MAX_BYTES for file in files)


def test_an_error_nobody_expected_becomes_a_report(tmp_path: Path) -> None:
    done = run(tmp_path, "def broken():\n    1 / 0\nbroken()\n")
    (report,) = (tmp_path / "crashes").glob("crash-*.txt")
    text = report.read_text()
    assert done.returncode == 1
    assert text.startswith("agentassist 1.2.3, Python 3.")
    assert "in MainThread" in text
    assert "in broken" in text
    assert text.endswith("ZeroDivisionError\n")
    assert report.name in (tmp_path / "agentassist.log").read_text()


def test_an_error_in_a_thread_names_it(tmp_path: Path) -> None:
    done = run(
        tmp_path,
        "t = threading.Thread(target=lambda: [][0], name='store')\nt.start()\nt.join()\n"
        "t = threading.Thread(target=sys.exit)\nt.start()\nt.join()\n",
    )
    (report,) = (tmp_path / "crashes").glob("crash-*.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "in store\n" in report.read_text()


def test_only_the_newest_reports_stay(tmp_path: Path) -> None:
    run(tmp_path, "for n in range(30): diagnostics.crashes.report(ValueError())\n")
    names = [report.name[-7:] for report in sorted((tmp_path / "crashes").glob("crash-*.txt"))]
    assert names == [f"{n:03}.txt" for n in range(11, 31)]


def test_a_fault_of_native_code_is_found_at_the_next_start(tmp_path: Path) -> None:
    done = run(tmp_path, "def in_native_code():\n    faulthandler._sigsegv()\nin_native_code()\n")
    assert done.returncode < 0
    run(tmp_path, "diagnostics.close()")
    (report,) = (tmp_path / "crashes").iterdir()
    assert report.name.endswith("-native.txt")
    assert "in in_native_code" in report.read_text()


def test_ctrl_c_is_no_crash(tmp_path: Path) -> None:
    done = run(tmp_path, "raise KeyboardInterrupt\n")
    assert "KeyboardInterrupt" in done.stderr
    assert list((tmp_path / "crashes").glob("crash-*")) == []


def test_close_gives_everything_back(tmp_path: Path) -> None:
    hooks = sys.excepthook, threading.excepthook, warnings.showwarning
    root = logging.getLogger()
    handlers, level = list(root.handlers), logging.getLogger("agentassist").level
    diagnostics = Diagnostics(tmp_path, "1")
    diagnostics.start()
    assert sys.excepthook != hooks[0]
    diagnostics.close()
    diagnostics.close()
    assert (sys.excepthook, threading.excepthook, warnings.showwarning) == hooks
    assert (root.handlers, logging.getLogger("agentassist").level) == (handlers, level)
    assert list((tmp_path / "crashes").iterdir()) == []


@pytest.mark.logs("is described in crash-")
def test_the_window_hears_of_a_report(tmp_path: Path) -> None:
    noticed: list[Path] = []
    diagnostics = Diagnostics(tmp_path, "1", noticed=noticed.append)
    (tmp_path / "crashes").mkdir()
    path = diagnostics.crashes.report(ValueError("x"), "store")
    assert noticed == [path]
    assert diagnostics.crashes.reports() == (path,)


@pytest.mark.logs("could not be reported: ValueError")
def test_a_report_that_cannot_be_written_is_no_second_error(tmp_path: Path) -> None:
    assert Diagnostics(tmp_path / "none", "1").crashes.report(ValueError()) is None


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    diagnostics = Diagnostics(tmp_path / "file", "1")
    with pytest.raises(UserError, match="cannot be written"):
        diagnostics.start()
    diagnostics.close()


@pytest.mark.logs("agentassist.test: from")
def test_other_handlers_see_the_record_as_it_was(tmp_path: Path) -> None:
    heard = io.StringIO()
    other = logging.StreamHandler(heard)
    log = logging.getLogger("agentassist.test")
    diagnostics = Diagnostics(tmp_path, "1")
    diagnostics.start()
    log.addHandler(other)
    name = "Noah"
    try:
        {}[name]
    except KeyError:
        log.exception("from %s", "+1 303 555 0142")
    log.removeHandler(other)
    diagnostics.close()
    assert "+1 303 555 0142" in heard.getvalue()
    assert "KeyError: 'Noah'" in heard.getvalue()
    assert "Noah" not in diagnostics.log_file.read_text()
