# SPDX-License-Identifier: Apache-2.0
"""What was told to a bot or menu stands in one line, and the talk opens below it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agentassist.domain.pre_call import PreCall, Verification, read_context, tidy
from agentassist.ui.call_strip import CallStrip
from agentassist.ui.pre_call_bar import PreCallBar
from agentassist.ui.theme import Theme
from tests.ui.conftest import call
from tests.ui.test_panels import press, shown, texts

TOLD = {
    "intent": "return_order",
    "order": "MP-204817",
    "id_number": "900101-1234567",
    "tried": "track my parcel",
}


def test_told_the_menu(qtbot: QtBot, theme: Theme) -> None:
    bar = shown(qtbot, PreCallBar())
    assert isinstance(bar, PreCallBar)
    bar.show_told(read_context(TOLD))
    expected = "Told the menu: return order · MP-204817 · •••67 · tried: track my parcel"
    assert texts(bar).splitlines() == [expected]


def test_the_talk_with_a_bot_opens_and_is_plain_text(qtbot: QtBot, theme: Theme) -> None:
    bar = shown(qtbot, PreCallBar())
    assert isinstance(bar, PreCallBar)
    talk = "Bot: hello\nCustomer: <b>where</b> is it?"
    bar.show_told(read_context(tidy({"transcript": talk})))
    assert "Told the bot: see the talk" in texts(bar)
    assert "where" not in texts(bar)
    press(qtbot, bar, "Show the talk")
    assert "Bot: hello\nCustomer: <b>where</b> is it?" in texts(bar)
    press(qtbot, bar, "Hide the talk")
    assert "where" not in texts(bar)


def test_nothing_told_is_no_line(qtbot: QtBot, theme: Theme) -> None:
    bar = PreCallBar()
    qtbot.addWidget(bar)
    bar.show_told(PreCall(language="ko", verification=Verification(True, "PIN")))
    assert not bar.isVisibleTo(bar.parentWidget() or bar)


def test_a_huge_talk_does_not_grow_the_window(qtbot: QtBot, theme: Theme) -> None:
    bar = shown(qtbot, PreCallBar())
    assert isinstance(bar, PreCallBar)
    bar.show_told(read_context(tidy({"transcript": "Customer: word\n" * 5_000})))
    press(qtbot, bar, "Show the talk")
    texts(bar)
    assert bar.sizeHint().height() < 300
    assert max(len(item.text()) for item in bar.findChildren(QLabel)) < 10_000


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Verification(), "Not verified"),
        (Verification(False), "Not verified"),
        (Verification(True), "Verified"),
        (Verification(True, "PIN"), "Verified: PIN"),
        (Verification(True, "agent"), "Verified by you"),
    ],
)
def test_the_strip_says_whether_somebody_is_verified(
    qtbot: QtBot, theme: Theme, now: Callable[[], datetime], found: Verification, says: str
) -> None:
    strip = shown(qtbot, CallStrip(now))
    assert isinstance(strip, CallStrip)
    strip.show_call(call(), "Grace")
    strip.show_verification(found)
    assert says in texts(strip).splitlines()
    strip.clear()
    assert "erified" not in texts(strip)
