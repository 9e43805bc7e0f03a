# SPDX-License-Identifier: Apache-2.0
"""The queue on screen: rows, filters, keys, what opens inside it."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from agentassist.domain.handover import Handover
from agentassist.domain.history import Channel
from agentassist.domain.identifiers import new_id
from agentassist.domain.loop import LoopKind, Why
from agentassist.domain.queue import QueueCounts, QueueItem
from agentassist.ui.age_words import waiting
from agentassist.ui.call_strip import CallStrip
from agentassist.ui.queue_model import QueueFilter, QueueModel
from agentassist.ui.queue_panel import QueuePanel
from agentassist.ui.rows_model import Role
from agentassist.ui.theme import Theme
from tests.ui.conftest import NOON

Now = Callable[[], datetime]
KEY = Qt.Key


def line(name: str = "Grace", due: float = 60, **more: object) -> QueueItem:
    """Return a line that is due in so many minutes."""
    made = QueueItem(
        new_id(), LoopKind.UNANSWERED, Channel.EMAIL, "Where is it?", NOON - timedelta(hours=2),
        NOON + timedelta(minutes=due), new_id(), name, origin_id=new_id(),
    )  # fmt: skip
    return replace(made, **more)


def some() -> tuple[QueueItem, ...]:
    return (
        line("Ann", -30, channel=Channel.SOCIAL, public=True, complaint=True, twin=new_id()),
        line("Bob", -5, channel=Channel.CHAT),
        line("Cho", 20, owner="Dana"),
        line("Dee", 90, kind=LoopKind.PROMISE, channel=Channel.NOTE, owner="Dana", origin_id=None),
        line("Eve", 90, kind=LoopKind.COMPLAINT, complaint=True, answered=True),
    )


@pytest.fixture
def model(qtbot: QtBot, now: Now) -> QueueModel:
    made = QueueModel(now)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  kept alive
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, now: Now) -> QueuePanel:
    made = QueuePanel(theme, now)
    made.agent = "Dana"
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.show_queue(some())
    made.take_focus()
    return made


def names(model: QueueModel) -> list[str]:
    return [model.index(row).data(Role.ITEM).name for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        (QueueFilter(), ["Ann", "Bob", "Cho", "Dee", "Eve"]),
        (QueueFilter(late=True), ["Ann", "Bob"]),
        (QueueFilter(mine="dana"), ["Cho", "Dee"]),
        (QueueFilter(kinds=frozenset({LoopKind.COMPLAINT})), ["Ann", "Eve"]),
        (QueueFilter(channels=frozenset({Channel.EMAIL, Channel.CHAT})), ["Bob", "Cho", "Eve"]),
        (QueueFilter(channels=frozenset({Channel.NOTE})), []),
        (QueueFilter(kinds=frozenset({LoopKind.PROMISE}), mine="dana"), ["Dee"]),
    ],
)
def test_filters(model: QueueModel, chosen: QueueFilter, shown: list[str]) -> None:
    model.show(some())
    model.choose(chosen)
    assert names(model) == shown


def test_a_screen_reader_hears_all_of_a_line(model: QueueModel) -> None:
    model.show(some())
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ann, Social, Unanswered, Complaint, 30 min late, Where is it?"


def test_the_clock_in_words() -> None:
    assert waiting(line(due=125), NOON) == "2 h 5 min left"
    assert waiting(line(due=-60 * 50), NOON) == "2 d 2 h late"
    assert waiting(line(due=0.5), NOON) == "under a minute left"


def test_keys_act_on_the_current_line(panel: QueuePanel, qtbot: QtBot) -> None:
    heard: list[tuple[str, str]] = []
    for name in ("opened", "taken", "put_off"):
        getattr(panel, name).connect(lambda item, name=name: heard.append((name, item.name)))
    for key in (KEY.Key_J, KEY.Key_A, KEY.Key_J, KEY.Key_Return, KEY.Key_K, KEY.Key_S):
        qtbot.keyClick(panel.view, key)
    assert heard == [("taken", "Bob"), ("opened", "Cho"), ("put_off", "Bob")]


def test_done_asks_why_in_place(panel: QueuePanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, KEY.Key_D)
    assert panel.done_line.isVisible()
    reasons = panel.done_line.findChildren(QPushButton)
    assert reasons[0].text() == "Customer confirmed"
    with qtbot.waitSignal(panel.settled) as caught:
        reasons[0].click()
    assert (caught.args[0].name, caught.args[1]) == ("Ann", Why.CONFIRMED)
    assert panel.undo_line.isVisible()
    assert panel.view.hasFocus()
    with qtbot.waitSignal(panel.undone) as caught:
        qtbot.keyClick(panel.view, KEY.Key_U)
    assert caught.args[0].name == "Ann"
    assert not panel.undo_line.isVisible()


def test_a_reason_of_ones_own(panel: QueuePanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, KEY.Key_D)
    field = panel.done_line._field
    qtbot.keyClick(field, KEY.Key_Return)  # an empty reason is none
    assert panel.done_line.isVisible()
    qtbot.keyClicks(field, "came to the shop")
    with qtbot.waitSignal(panel.settled) as caught:
        qtbot.keyClick(field, KEY.Key_Return)
    assert caught.args[1] == "came to the shop"


def test_escape_leaves_the_question_then_the_queue(panel: QueuePanel, qtbot: QtBot) -> None:
    left: list[bool] = []
    panel.back_wanted.connect(lambda: left.append(True))
    qtbot.keyClick(panel.view, KEY.Key_D)
    qtbot.keyClick(panel.done_line._field, KEY.Key_Escape)
    assert not panel.done_line.isVisible()
    assert left == []
    qtbot.keyClick(panel.view, KEY.Key_Escape)
    assert left == [True]


def test_what_is_mine_is_handed_over(panel: QueuePanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, KEY.Key_H)
    form = panel.handover_form
    assert form.isVisible()
    qtbot.keyClicks(form.note, "ring Cho")
    qtbot.keyClicks(form.to, "Noor")
    with qtbot.waitSignal(panel.handed_over) as caught:
        form.send.click()
    mine = tuple(item.id for item in panel.model.items if item.owner == "Dana")
    assert caught.args == [mine, "ring Cho", "Noor"]
    assert not form.isVisible()


def test_what_was_left_can_be_taken(panel: QueuePanel, qtbot: QtBot) -> None:
    left = Handover(new_id(), NOON - timedelta(minutes=2), "Noor", note="<b>ring Cho</b>",
                    items=(new_id(),))  # fmt: skip
    panel.show_left([left])
    assert "Noor" in panel.left.sentence(left)
    assert "<b>ring Cho</b>" in panel.left.sentence(left)
    with qtbot.waitSignal(panel.handover_taken) as caught:
        panel.left.buttons[0].click()
    assert caught.args == [left.id]
    panel.show_left([])
    assert not panel.left.isVisible()


def test_chips_narrow_and_say_how_many(panel: QueuePanel) -> None:
    assert panel.filters.late.text() == "Late 2"
    assert panel.filters.mine.text() == "Mine 2"
    panel.filters.late.click()
    assert names(panel.model) == ["Ann", "Bob"]
    panel.filters.channels[Channel.CHAT].click()
    assert names(panel.model) == ["Bob"]
    panel.show_queue(())
    assert panel.filters.late.isVisible()  # what is pressed stays to be released
    panel.filters.clear()
    assert panel.filters.chosen() == QueueFilter()


def test_empty_states_are_worth_reading(panel: QueuePanel) -> None:
    panel.show_queue(())
    assert "every promise is kept" in panel._empty.text()
    assert panel._empty.isVisible()
    assert not panel.view.isVisible()
    panel.show_queue(some()[3:])
    panel.filters.late.click()
    assert "Clear the filter" in panel._empty.text()


def test_a_refresh_keeps_the_frame_where_it_was(panel: QueuePanel) -> None:
    items = panel.model.items
    panel.view.select(2)
    panel.show_queue((line("New", -100), *items))
    assert panel.view.current() == items[2]
    panel.show_queue(tuple(item for item in panel.model.items if item != items[2]))
    current = panel.view.current()
    assert current is not None
    assert current.name == "Dee"  # the one that took its place


def test_a_refresh_does_not_scroll(panel: QueuePanel) -> None:
    lines = [line(str(place), place) for place in range(500)]
    panel.show_queue(lines)
    panel.view.verticalScrollBar().setValue(3_000)
    panel.show_queue(lines)
    panel.show_queue([*lines, line("last", 600)])
    assert panel.view.verticalScrollBar().value() == 3_000
    assert panel.view.currentIndex().row() == 0


class Paints(QObject):
    """Notes which parts of a widget are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if isinstance(event, QPaintEvent):
            self.areas.append(event.rect())
        return False


def test_ticking_paints_the_clocks_alone(panel: QueuePanel, qtbot: QtBot) -> None:
    qtbot.wait(20)
    paints = Paints()
    panel.view.viewport().installEventFilter(paints)
    panel.view.tick()
    qtbot.waitUntil(lambda: bool(paints.areas))
    assert max(area.width() for area in paints.areas) < panel.view.viewport().width() / 3
    assert panel.view._ticker.isActive()
    panel.hide()
    assert not panel.view._ticker.isActive()


def test_ten_thousand_lines_are_smooth(panel: QueuePanel) -> None:
    panel.show_queue([line(str(place), place) for place in range(10_000)])
    bar = panel.view.verticalScrollBar()
    panel.grab()
    times = []
    for place in range(0, bar.maximum(), bar.maximum() // 20):
        began = time.perf_counter()
        bar.setValue(place)
        panel.view.grab()
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 0.1


def test_progress_can_be_stopped_and_gone_on_with(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.show_progress(250, 8_000)
    assert "250 of 8,000" in panel._progress.text()
    with qtbot.waitSignal(panel.stop_wanted):
        panel.stop.click()
    panel.show_stopped()
    assert panel.stop.text() == "Go on"
    panel.show_progress(0, 0)
    assert not panel.stop.isVisible()


def test_the_strip_says_how_much_is_open(qtbot: QtBot, theme: Theme, now: Now) -> None:
    strip = CallStrip(now)
    qtbot.addWidget(strip)
    strip.show_queue(QueueCounts(1_200, 3))
    assert strip._queue.text() == "Open 1,200 · 3 late"
    assert strip._queue.property("look") == "late"
    strip.show_queue(QueueCounts(2, 0))
    assert strip._queue.accessibleName() == "Open 2"
