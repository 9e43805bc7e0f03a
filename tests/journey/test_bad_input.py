# SPDX-License-Identifier: Apache-2.0
"""What is broken gets one clear sentence, and the desk goes on."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.app import build
from agentassist.places import resource
from agentassist.settings import Settings
from tests.journey.conftest import Desk, wait_for

GRACE = "+1 303-555-0142"

Open = Callable[..., Desk]


def broken(settings: Settings, qapp: QApplication) -> str:
    """Start a desk that cannot open its database, and return what it says."""
    application = build(settings)
    try:
        application.start()
        wait_for(application.window.notice.isVisible)
        assert application.desk is None
        return application.window.notice._text.text()
    finally:
        application.close()


def test_a_database_of_a_newer_version_is_refused(
    sample: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    with sqlite3.connect(sample.data_dir / "agentassist.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer" in broken(sample, qapp)


def test_a_file_that_is_no_database_is_named(
    sample: Settings, qapp: QApplication, qtbot: QtBot
) -> None:
    file = sample.data_dir / "agentassist.db"
    file.write_bytes(b"this is not a database at all" * 200)
    assert "agentassist.db" in broken(sample, qapp)
    assert file.read_bytes().startswith(b"this is not")


def test_a_policy_without_an_alternative_is_named_and_the_others_stay(
    open_desk: Open, sample: Settings, tmp_path: Path
) -> None:
    open_desk(sample).application.close()  # the good bundle has been in force once
    folder = tmp_path / "policies"
    shutil.copytree(resource("policies"), folder)
    file = folder / "retail" / "late_return.toml"
    head, _, _ = file.read_text(encoding="utf-8").partition("  [[decline.alternative]]")
    file.write_text(head, encoding="utf-8")
    desk = open_desk(sample.model_copy(update={"policies": folder}))
    wait_for(desk.application.window.notice.isVisible)
    said = desk.application.window.notice._text.text()
    assert "late_return.toml" in said
    desk.pops(GRACE)
    desk.hears("I missed the return date for the lamp. Can I still send it back?")
    wait_for(lambda: desk.prompts and desk.titles())
    assert desk.prompts[0].prompt.verdict.policy_id == "retail.return.late"


@pytest.mark.logs("index|cache")
def test_a_damaged_index_is_built_again(open_desk: Open, sample: Settings) -> None:
    for file in (sample.data_dir / "index").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    desk = open_desk(sample)
    desk.pops(GRACE)
    desk.hears("I missed the return date for the lamp. Can I still send it back?")
    wait_for(desk.titles)
    assert desk.titles()[0] == "I missed the return date. What can I still do?"


def test_a_megabyte_of_talk_does_not_stop_the_desk(desk: Desk) -> None:
    desk.pops(GRACE)
    desk.hears("refund " * 150_000)
    desk.hears("\u200b\u202e\x00🙂" * 50)
    desk.hears("I missed the return date for the lamp. Can I still send it back?")
    wait_for(lambda: desk.prompts and desk.titles())
    wait_for(lambda: desk.application.runner.idle)
    assert not desk.application.window.notice.isVisible()
