# SPDX-License-Identifier: Apache-2.0
"""What is done to an entry, by key and by mouse, and what the filters ask for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from agentassist.domain.cases import CaseBook
from agentassist.domain.history import (
    Channel,
    Direction,
    Pin,
    PinnedEntry,
    Timeline,
    TimelineFilter,
    TimelinePage,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.promise import Promise
from agentassist.domain.state_kind import StateKind
from agentassist.ui.entry_actions import Act
from agentassist.ui.entry_texts import preview
from agentassist.ui.theme import Theme
from agentassist.ui.timeline_filters import Period
from agentassist.ui.timeline_model import Role
from agentassist.ui.timeline_panel import TimelinePanel
from tests.ui.conftest import NOON, timeline
from tests.ui.long_history import LongHistory

Now = Callable[[], datetime]


@pytest.fixture
def history() -> LongHistory:
    return LongHistory(30)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, now: Now, history: LongHistory) -> TimelinePanel:
    made = TimelinePanel(theme, now)
    qtbot.addWidget(made)
    made.resize(420, 640)
    made.show()
    known = timeline(count=12)
    made.show_timeline(
        Timeline(known.essentials, known.counts, history.older(0), book=history.book)
    )
    return made


@pytest.mark.parametrize(
    ("key", "signal"),
    [("P", "pin_wanted"), ("R", "promise_wanted"), ("L", "link_wanted"), ("M", "move_wanted")],
)
def test_a_letter_acts_on_the_selected_entry(
    panel: TimelinePanel, history: LongHistory, qtbot: QtBot, key: str, signal: str
) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    with qtbot.waitSignal(getattr(panel, signal)) as caught:
        qtbot.keyClick(panel.view, Qt.Key[f"Key_{key}"])
    assert caught.args == [history.items[1]]


def test_nothing_is_done_while_nothing_is_selected(panel: TimelinePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.pin_wanted):
        qtbot.keyClick(panel.view, Qt.Key.Key_P)


def test_the_buttons_over_an_entry_act_on_it(
    panel: TimelinePanel, history: LongHistory, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    qtbot.waitUntil(panel.view.acts.isVisible)
    with qtbot.waitSignal(panel.pin_wanted) as caught:
        qtbot.mouseClick(panel.view.acts._buttons[Act.PIN], Qt.MouseButton.LeftButton)
    assert caught.args == [history.items[0]]


def test_the_menu_names_every_act(panel: TimelinePanel, history: LongHistory, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    menu = panel.view.menu(pinned=False)
    assert len(menu.actions()) == len(Act)
    with qtbot.waitSignal(panel.pin_wanted) as caught:
        menu.actions()[0].trigger()
    assert caught.args == [history.items[0]]
    menu.deleteLater()


def test_a_pin_stands_above_and_is_taken_away_by_the_same_key(
    panel: TimelinePanel, history: LongHistory, qtbot: QtBot
) -> None:
    item = history.items[0]
    pin = Pin(item.id, new_id(), NOON, "Sam", "call first")
    panel.show_pinned([PinnedEntry(pin, item)])
    assert panel.pins.isVisible()
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    assert panel.view.currentIndex().data(Role.PINNED)
    with qtbot.waitSignal(panel.unpin_wanted):
        qtbot.keyClick(panel.view, Qt.Key.Key_P)
    panel.show_pinned(())
    assert not panel.pins.isVisible()


def test_a_pin_leads_to_its_entry(panel: TimelinePanel, history: LongHistory, qtbot: QtBot) -> None:
    panel.pins.opened.emit(history.items[20])
    assert panel.view.selected() == history.items[20]
    far = LongHistory(1).items[0]
    with qtbot.waitSignal(panel.entry_wanted) as caught:
        panel.pins.opened.emit(far)
    assert caught.args == [far.id]


def test_a_note_is_written_in_place_and_kept_until_it_is_stored(
    panel: TimelinePanel, history: LongHistory, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    qtbot.keyClick(panel.view, Qt.Key.Key_N)
    assert panel.editor.isVisible()
    qtbot.keyClicks(panel.editor.field, "asked twice")
    with qtbot.waitSignal(panel.noted) as caught:
        qtbot.keyClick(panel.editor.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [history.items[0], "asked twice"]
    assert panel.editor.field.toPlainText() == "asked twice"
    qtbot.keyClick(panel.editor.field, Qt.Key.Key_Escape)
    assert not panel.editor.isVisible()


def test_a_promise_is_changed_before_it_is_made(
    panel: TimelinePanel, history: LongHistory, qtbot: QtBot
) -> None:
    draft = Promise(new_id(), new_id(), "subject 0", "Sam", NOON + timedelta(days=1), NOON)
    panel.editor.write_promise(history.items[0], draft)
    panel.editor.field.setPlainText("Send a new one")
    panel.editor.owner.setText("Kim")
    with qtbot.waitSignal(panel.promised) as caught:
        panel.editor._save()
    assert caught.args == [replace(draft, text="Send a new one", owner="Kim")]
    assert caught.args[0].due_at.tzinfo is UTC


def test_another_customer_closes_what_was_being_written(
    panel: TimelinePanel, history: LongHistory
) -> None:
    panel.editor.write_note(history.items[0])
    panel.editor.field.setPlainText("about Grace")
    panel.show_timeline(timeline())
    assert not panel.editor.isVisible()
    assert panel.editor.field.toPlainText() == ""


def test_what_was_done_can_be_undone_once(panel: TimelinePanel) -> None:
    undone: list[bool] = []
    panel.say("Pinned", lambda: undone.append(True))
    panel.undo.undo_button.click()
    panel.undo.undo_button.click()
    assert undone == [True]
    assert not panel.undo.isVisible()


def test_only_one_case_is_shown_and_everything_again(
    panel: TimelinePanel, history: LongHistory, qtbot: QtBot
) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    with qtbot.waitSignal(panel.filter_changed) as caught:
        qtbot.keyClick(panel.view, Qt.Key.Key_C)
    (chosen,) = caught.args
    assert chosen.case.number == "MP-10000"
    assert chosen.case.ids == frozenset(item.id for item in history.items[:10])
    assert panel.head.case_line.isVisible()
    with qtbot.waitSignal(panel.entry_wanted) as caught:
        qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert caught.args == [history.items[0].id]  # it stays in sight
    assert panel.chosen() == TimelineFilter()


def test_fold_follows_the_selection(panel: TimelinePanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_J)
    qtbot.keyClick(panel.view, Qt.Key.Key_F)
    assert panel.view.currentIndex().data(Role.ROW).hidden == 10
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.view.currentIndex().data(Role.ROW).hidden == 0
    assert panel.view.currentIndex().data(Role.ROW).interaction is not None


def test_a_reply_leads_to_what_it_answers(
    qtbot: QtBot, panel: TimelinePanel, history: LongHistory
) -> None:
    answer = replace(history.items[2], id=new_id(), attributes={"in_reply_to": "<9>"})
    panel._go_to_answered(answer)
    assert panel.view.selected() == history.items[9]
    panel._go_to_answered(replace(answer, attributes={"in_reply_to": "<unknown>"}))
    assert "not in sight" in panel.undo._text.text()


def test_an_answer_without_a_chain_leads_to_what_was_said_before(
    qtbot: QtBot, theme: Theme, now: Now
) -> None:
    panel = TimelinePanel(theme, now)
    qtbot.addWidget(panel)
    talk, items = new_id(), LongHistory(6).items
    said = [replace(item, conversation_id=talk) for item in items]
    said[1] = replace(said[1], direction=Direction.OUTBOUND)
    said[3] = replace(said[3], conversation_id=new_id())
    panel.show_timeline(replace(timeline(), page=TimelinePage(tuple(said)), book=CaseBook()))
    panel.show_entry(said[1].id)
    assert panel.view.currentIndex().data(Role.EXPANDED)
    qtbot.keyClick(panel.view, Qt.Key.Key_U)
    assert panel.view.selected() == said[2]


def test_filters_are_combined(panel: TimelinePanel, qtbot: QtBot) -> None:
    panel.more_filters.setChecked(True)
    assert panel.bar.isVisible()
    bar = panel.bar
    bar.state.setCurrentIndex(bar.state.findData(StateKind.OPEN))
    bar.direction.setCurrentIndex(bar.direction.findData(Direction.OUTBOUND))
    bar.pinned.setChecked(True)
    bar.period.setCurrentIndex(bar.period.findData(Period.WEEK))
    panel.chips.chips[Channel.CALL].click()
    chosen = panel.chosen()
    assert chosen.states == {StateKind.OPEN}
    assert chosen.directions == {Direction.OUTBOUND}
    assert chosen.channels == {Channel.CALL}
    assert chosen.pinned
    assert chosen.until is None
    assert chosen.since is not None
    assert timedelta(days=6) <= NOON - chosen.since <= timedelta(days=7, hours=1)
    panel.more_filters.setChecked(False)
    assert panel.more_filters.text() == "Filters •"
    panel.release_filters()
    assert panel.chosen() == TimelineFilter()
    assert panel.more_filters.text() == "Filters"


def test_a_span_is_read_either_way_round(panel: TimelinePanel) -> None:
    bar = panel.bar
    bar.period.setCurrentIndex(bar.period.findData(Period.CHOSEN))
    bar.since.setDate(QDate(2026, 2, 10))
    bar.until.setDate(QDate(2026, 2, 1))
    chosen = panel.chosen()
    assert chosen.since is not None
    assert chosen.until is not None
    assert chosen.since.astimezone().date().isoformat() == "2026-02-01"
    assert chosen.until - chosen.since >= timedelta(days=9, hours=23)


def test_a_date_is_gone_to(panel: TimelinePanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.view, Qt.Key.Key_G)
    assert panel.bar.isVisible()
    with qtbot.waitSignal(panel.date_wanted) as caught:
        panel.bar.date.setDate(QDate(2026, 3, 2))
    assert caught.args[0].astimezone().date().isoformat() == "2026-03-03"


def test_what_is_counted_so_far_says_so(panel: TimelinePanel) -> None:
    panel.show_counts({Channel.CALL: 1_000, Channel.CHAT: 3}, frozenset({Channel.CALL}))
    assert panel.chips.chips[Channel.CALL].text() == "Call 1,000+"
    chip = panel.chips.chips[Channel.CALL]
    chip.click()
    panel.show_counts({Channel.CALL: 23_411, Channel.CHAT: 3})
    assert panel.chips.chips[Channel.CALL].text() == "Call 23,411"
    assert panel.chips.chips[Channel.CALL] is chip  # pressed as it was
    panel.show_span_counts({Channel.CHAT: 1})
    assert chip.text() == "Call 0"


def test_a_word_far_in_a_text_is_shown() -> None:
    text = "blah " * 100 + "the lamp is broken"
    assert preview(text, ("LAMP",)).endswith("the lamp is broken")
    assert preview(text, ("LAMP",)).startswith("… ")
    assert preview("the lamp", ("lamp",)) == "the lamp"


def test_names_and_notes_are_shown_as_they_are(panel: TimelinePanel, history: LongHistory) -> None:
    hostile = '<img src="file:///etc/passwd">&amp'
    item = replace(history.items[0], subject=hostile, text=hostile)
    panel.show_pinned([PinnedEntry(Pin(item.id, new_id(), NOON, hostile, hostile), item)])
    line = panel.pins.findChild(QPushButton)
    assert "<" not in line.toolTip()
    assert line.accessibleName().startswith(hostile)
    panel.editor.write_note(item)
    assert panel.editor._head.textFormat() is Qt.TextFormat.PlainText
    panel.grab()
