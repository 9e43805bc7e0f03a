# SPDX-License-Identifier: Apache-2.0
"""A window on a long history: bounded, exact, and holding still."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from agentassist.domain.history import Interaction, Timeline, TimelinePage
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_model import WINDOW, Role, TimelineModel
from agentassist.ui.timeline_panel import TimelinePanel
from agentassist.ui.timeline_rows import Row, rows_of
from tests.ui.conftest import NOON, timeline
from tests.ui.long_history import SIZE, LongHistory

Now = Callable[[], datetime]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, now: Now) -> TimelinePanel:
    made = TimelinePanel(theme, now)
    qtbot.addWidget(made)
    made.resize(420, 640)
    made.show()
    return made


def rows(model: TimelineModel) -> list[Row]:
    return [model.index(at).data(Role.ROW) for at in range(model.rowCount())]


def held(model: TimelineModel) -> list[Interaction]:
    return [row.interaction for row in rows(model) if row.interaction]


def shows(history: LongHistory, panel: TimelinePanel) -> None:
    """Show a history whose pages come when they are wanted."""
    first = history.older(0)
    known = timeline(count=1)
    panel.older_wanted.connect(lambda at: panel.show_older(history.older(int(at)), at))
    panel.newer_wanted.connect(lambda at: panel.show_newer(history.newer(int(at)), at))
    panel.show_timeline(Timeline(known.essentials, known.counts, first, book=history.book))


STEPS = st.lists(st.sampled_from(["older", "newer", "fold", "unfold"]), max_size=30)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_steps_leave_the_rows_of_what_is_held(qtbot: QtBot, now: Now, steps: list[str]) -> None:
    history = LongHistory(900)
    model = TimelineModel(now)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: dict[str, str] = {}
    model.older_wanted.connect(lambda at: wanted.update(older=at))
    model.newer_wanted.connect(lambda at: wanted.update(newer=at))
    model.show(history.older(0), history.book)
    for step in steps:
        if step == "older":
            model.ask_older()
            if at := wanted.pop("older", None):
                model.extend(history.older(int(at)), at)
        elif step == "newer":
            model.ask_newer()
            if at := wanted.pop("newer", None):
                model.prepend(history.newer(int(at)), at)
        else:
            heads = [at for at, row in enumerate(rows(model)) if row.is_head]
            if heads:
                model.fold(model.index(heads[0 if step == "fold" else -1]))
        assert model.held <= WINDOW
        items = [item for one in model._stretches for item in one.items]
        first = history.items.index(items[0])
        assert items == list(history.items[first : first + len(items)])
        assert rows(model) == list(rows_of(items, history.book.case, model._folded, model._day))
    del tester


def test_scrolling_to_the_end_and_back_holds_few_and_loses_none(
    panel: TimelinePanel, qtbot: QtBot
) -> None:
    history = LongHistory(2_000)
    shows(history, panel)
    bar = panel.view.verticalScrollBar()
    seen: set[str] = set()
    for goal in (history.items[-1], history.items[0]):
        down = goal is history.items[-1]
        for _ in range(800):
            bar.setValue(bar.value() + (400 if down else -400))
            qtbot.wait(1)
            seen |= {item.text for item in held(panel.model)}
            assert panel.model.held <= WINDOW
            if goal in held(panel.model) and bar.value() in (bar.minimum(), bar.maximum()):
                break
        assert goal in held(panel.model)
    assert seen == {item.text for item in history.items}
    assert len(history.book) <= 5_000


def test_what_is_in_sight_stays_where_it_is(panel: TimelinePanel, qtbot: QtBot) -> None:
    history = LongHistory(600)
    known = timeline(count=1)
    middle = history.older(300)
    panel.show_timeline(Timeline(known.essentials, known.counts, middle, book=history.book))
    panel.view.verticalScrollBar().setValue(900)
    qtbot.wait(10)
    index = panel.view.indexAt(QPoint(100, 150))
    item = index.data(Role.ROW).interaction
    before = panel.view.visualRect(index).top()
    panel.show_newer(history.newer(300))
    panel.show_older(history.older(300 + SIZE))
    panel.show_newer(history.newer(300 - SIZE))
    after = panel.model.index(panel.model.row_of(item.id))
    assert panel.view.visualRect(after).top() == before


def test_a_case_is_one_block_and_folds_to_its_head(panel: TimelinePanel) -> None:
    history = LongHistory(60)
    shows(history, panel)
    model = panel.model
    head = next(at for at, row in enumerate(rows(model)) if row.is_head)
    case = model.index(head).data(Role.ROW).case
    assert (case.number, case.count) == ("MP-10000", 10)
    assert [row.case and row.case.id for row in rows(model)][head + 1] == case.id
    model.fold(model.index(head))
    folded = rows(model)[head]
    assert folded.hidden == 10
    assert folded.is_choice
    assert {item.text for item in history.items[:10]} & {x.text for x in held(model)} == set()
    model.reveal(history.items[3].id)
    assert history.items[3] in held(model)


def test_the_count_of_a_case_grows_with_older_pages(qtbot: QtBot, now: Now) -> None:
    history = LongHistory(200)
    items = [item for item in history.items if "MP-10000" in item.text]
    model = TimelineModel(now)
    history.book.read(items[:2])
    model.show(TimelinePage(tuple(items[:2]), "2"), history.book)
    assert rows(model)[1].case.count == 2  # type: ignore[union-attr]
    history.book.read(items[2:5])
    model.extend(TimelinePage(tuple(items[2:5])))
    heads = [row for row in rows(model) if row.is_head]
    assert [head.case.count for head in heads if head.case] == [5]


def test_the_day_stays_in_sight(panel: TimelinePanel, qtbot: QtBot) -> None:
    history = LongHistory(100)
    shows(history, panel)
    assert panel.view._day.isHidden()
    panel.view.verticalScrollBar().setValue(700)
    qtbot.waitUntil(lambda: not panel.view._day.isHidden())
    assert panel.view._day.text() in ("Today", "Yesterday")


def test_a_short_page_makes_the_list_look_further(panel: TimelinePanel, qtbot: QtBot) -> None:
    history = LongHistory(100)
    shows(history, panel)
    panel.search.setText("rare")
    panel.older_wanted.disconnect()
    asked: list[str] = []
    panel.older_wanted.connect(asked.append)
    panel.show_page(TimelinePage((), "a", searched=NOON))
    qtbot.waitUntil(lambda: asked == ["a"])
    assert panel.progress.isVisible()
    assert "Today" in panel.progress._text.text()
    assert "Nothing found yet" in panel._empty.text()
    panel.progress.stop_button.click()
    panel.show_older(TimelinePage((), "b", searched=NOON))
    qtbot.wait(20)
    assert asked == ["a"]
    panel.progress.stop_button.click()
    qtbot.waitUntil(lambda: asked == ["a", "b"])
    panel.show_older(TimelinePage(history.items[:1]))
    assert not panel.progress.isVisible()
    assert panel.model.held == 1


def test_a_selection_that_scrolls_out_of_the_window_is_given_up(
    panel: TimelinePanel, qtbot: QtBot
) -> None:
    history = LongHistory(900)
    shows(history, panel)
    panel.view.go_to(3)
    assert panel.view.selected() is not None
    cursor = SIZE
    while cursor < 8 * SIZE:
        panel.show_older(history.older(cursor))
        cursor += SIZE
    assert panel.view.selected() is None  # and not a neighbour, on which a key would act


def test_a_page_whose_neighbour_was_dropped_meanwhile_is_left_out(qtbot: QtBot, now: Now) -> None:
    history = LongHistory(900)
    model = TimelineModel(now)
    model.show(history.older(60), history.book)
    for start in range(120, 420, SIZE):
        model.extend(history.older(start), str(start))
    late = history.older(420)
    model.ask_older()
    model.prepend(history.newer(60), "60")  # drops 360 to 420
    model.extend(late, "420")
    assert held(model) == list(history.items[:360])
    asked: list[str] = []
    model.older_wanted.connect(asked.append)
    model.ask_older()
    assert asked == ["360"]
