# SPDX-License-Identifier: Apache-2.0
"""The timeline: rows, separators, paging, keys and filters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from agentassist.domain.history import Channel, TimelineFilter, TimelinePage
from agentassist.domain.identifiers import new_id
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_model import Role, TimelineModel
from agentassist.ui.timeline_panel import TimelinePanel
from tests.ui.conftest import NOON, interactions, timeline

Now = Callable[[], datetime]


@pytest.fixture
def model(qtbot: QtBot, now: Now) -> TimelineModel:
    made = TimelineModel(now)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  kept alive
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, now: Now) -> TimelinePanel:
    made = TimelinePanel(theme, now)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.show()
    return made


def rows(model: TimelineModel) -> list[str]:
    found = (model.index(i).data(Role.ROW) for i in range(model.rowCount()))
    return [row.interaction.text if row.interaction else f"-- {row.text}" for row in found]


def test_days_separate(model: TimelineModel) -> None:
    model.show(TimelinePage(interactions(7)))
    assert rows(model) == [
        "-- Today", "text 0", "text 1", "text 2", "-- Yesterday", "text 3", "text 4", "text 5",
        "-- 2 March", "text 6",
    ]  # fmt: skip


def test_an_unknown_time_is_said(model: TimelineModel) -> None:
    (one,) = interactions(1)
    model.show(TimelinePage((one, replace(one, id=new_id(), occurred_at=None))))
    assert rows(model)[2:] == ["-- Date unknown", "text 0"]


def test_a_page_continues_the_day_it_was_cut_in(model: TimelineModel) -> None:
    items = interactions(9)
    model.show(TimelinePage(items[:4], "cursor"))
    model.extend(TimelinePage(items[4:]))
    whole = TimelineModel(lambda: NOON)
    whole.show(TimelinePage(items))
    assert rows(model) == rows(whole)


def test_the_next_page_is_asked_for_once(qtbot: QtBot, now: Now) -> None:
    model = TimelineModel(now)  # the tester would ask by itself
    model.show(TimelinePage(interactions(3), "c1", "n1"))
    asked: list[str] = []
    model.older_wanted.connect(asked.append)
    model.newer_wanted.connect(asked.append)
    root = model.index(-1)
    assert model.canFetchMore(root)
    for _ in range(2):
        model.fetchMore(root)
        model.ask_newer()
    assert asked == ["c1", "n1"]
    model.extend(TimelinePage(interactions(3)))
    assert not model.canFetchMore(root)
    model.forget_asking()
    model.pause()
    model.ask_newer()
    model.go_on()
    model.ask_newer()
    assert asked == ["c1", "n1", "n1"]


def test_parts_of_one_conversation_are_joined(model: TimelineModel) -> None:
    conversation = new_id()
    items = [replace(item, conversation_id=conversation) for item in interactions(2)]
    model.show(TimelinePage((*items, *interactions(1))))
    shown = [model.index(i).data(Role.ROW) for i in range(model.rowCount())]
    assert [row.joined for row in shown] == [False, False, True, False]
    assert [row.apart for row in shown] == [False, False, False, True]


def test_keys_move_over_separators_and_open_in_place(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.show_timeline(timeline())
    texts = []
    for _ in range(5):
        qtbot.keyClick(panel.view, Qt.Key.Key_J)
        texts.append(panel.view.currentIndex().data(Role.ROW).interaction.text)
    assert texts == [f"text {i}" for i in range(5)]
    closed = panel.view.visualRect(panel.view.currentIndex()).height()
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.view.currentIndex().data(Role.EXPANDED)
    qtbot.keyClick(panel.view, Qt.Key.Key_K)
    assert panel.view.currentIndex().data(Role.ROW).interaction.text == "text 3"
    assert closed > 0


def test_chips_show_counts_and_filter(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.show_timeline(timeline(count=20))
    chip = panel.chips.chips[Channel.CALL]
    assert chip.text() == "Call 3"
    with qtbot.waitSignal(panel.filter_changed) as caught:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert caught.args == [TimelineFilter(frozenset({Channel.CALL}))]


def test_search_waits_for_the_typing_to_pause(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.show_timeline(timeline())
    asked: list[TimelineFilter] = []
    panel.filter_changed.connect(asked.append)
    qtbot.keyClicks(panel.search, "lamp")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [TimelineFilter(text="lamp")]


def test_empty_states_say_why(panel: TimelinePanel) -> None:
    assert "caller" in panel._empty.text()
    panel.show_timeline(timeline(count=0))
    assert "No contact" in panel._empty.text()
    assert panel._empty.isVisible()


def test_a_page_of_a_hundred_thousand_opens_in_a_blink(panel: TimelinePanel, qtbot: QtBot) -> None:
    first = timeline(count=60, older="more")
    start = datetime.now()
    panel.show_timeline(first)
    panel.grab()
    assert datetime.now() - start < timedelta(milliseconds=500)
