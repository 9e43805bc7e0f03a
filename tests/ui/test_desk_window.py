# SPDX-License-Identifier: Apache-2.0
"""The keys of the window lead to every part of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.call import Call, CallState
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Candidate, Outcome, Recognition
from agentassist.ui.desk_window import DeskWindow
from agentassist.ui.theme import Theme
from tests.ui.conftest import NOON, customer, timeline


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path) -> DeskWindow:
    made = DeskWindow(theme, lambda: NOON, tmp_path / "window.ini")
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def pressed(qtbot: QtBot, window: DeskWindow, key: Qt.Key) -> QWidget:
    qtbot.keyClick(window.focusWidget(), key)
    return window.focusWidget()


def test_f6_goes_round_what_is_on_screen(qtbot: QtBot, window: DeskWindow) -> None:
    panes = window.panes
    panes.show_customer(timeline())
    panes.conversation.line.setFocus()
    stops = [panes.conversation.notes, panes.knowledge.search, panes.timeline.view]
    met = [pressed(qtbot, window, Qt.Key.Key_F6) for _ in range(4)]
    assert met == [*stops, panes.conversation.line]


def test_f6_and_a_number_choose_a_caller(qtbot: QtBot, window: DeskWindow) -> None:
    first, second = customer("Ann Lee"), customer("Ann Leigh")
    call = Call(new_id(), "r", CallState.RINGING, remote="+12145550171")
    found = Recognition(Outcome.MANY_MATCHES, (Candidate(first, ()), Candidate(second, ())))
    window.panes.show_caller(call, found)
    while pressed(qtbot, window, Qt.Key.Key_F6) is not window.panes.caller:
        assert window.focusWidget() is not window.panes.conversation.line, "went round in vain"
    with qtbot.waitSignal(window.panes.caller.chosen) as chosen:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_2)
    assert chosen.args == [second.id]


def test_a_panel_aside_gives_back_what_was_in_front(window: DeskWindow) -> None:
    panes = window.panes
    panes.show_wrap_up()
    panes.show_aside(panes.merge)
    panes.show_aside(panes.moving)
    assert panes.moving.isVisible()
    panes.leave_aside()
    assert panes.wrap_up.isVisible()
    panes.show_aside(panes.merge)
    panes.show_conversation()
    panes.leave_aside()
    assert panes.conversation.isVisible()


def test_the_toast_stays_at_the_foot_and_is_undone_by_key(window: DeskWindow, qtbot: QtBot) -> None:
    undone: list[bool] = []
    window.toast.show_done("Merged.", lambda: undone.append(True))
    window.resize(1000, 640)
    QApplication.processEvents()
    foot = window.toast.geometry()
    assert foot.right() < 1000
    assert foot.bottom() < window.centralWidget().height()
    qtbot.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert undone == [True]
