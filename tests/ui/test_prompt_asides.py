# SPDX-License-Identifier: Apache-2.0
"""The frames around a prompt: they are quiet, reachable by keys, and say what they did."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu
from pytestqt.qtbot import QtBot

from agentassist.domain.agreement import Agreement, Due
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.ui.agreed_steps import AgreedSteps
from agentassist.ui.conflict_line import ConflictLine
from agentassist.ui.find_out_form import FindOutForm, FoundOut
from agentassist.ui.noted_menu import NotedMenu
from agentassist.ui.refusal_hint import RefusalHint, Way
from agentassist.ui.surprise_line import SurpriseLine
from agentassist.ui.theme import Theme
from tests.ui.conftest import NOON
from tests.ui.test_panels import press, shown, texts

Now = Callable[[], datetime]
LONG = "we really and truly cannot do anything at all about this request of yours today"


class TestRefusalHint:
    @pytest.mark.parametrize(("way", "picks"), [(Way.PROMPT, 0), (Way.PICK, 1), (Way.FIND_OUT, 1)])
    def test_each_way_is_there(self, qtbot: QtBot, theme: Theme, way: Way, picks: int) -> None:
        hint = RefusalHint()
        qtbot.addWidget(hint)
        hint.show_ways("told her no", way)
        said = texts(hint)
        assert "“told her no”" in said
        assert said.count("Pick the request") == picks
        assert "Let me find out" in said
        assert hint.words == "told her no"

    def test_long_words_are_cut(self, qtbot: QtBot, theme: Theme) -> None:
        hint = RefusalHint()
        qtbot.addWidget(hint)
        hint.show_ways(LONG, Way.PICK)
        assert LONG not in texts(hint)
        assert "…”" in texts(hint)

    def test_leaving_it_says_which_words(self, qtbot: QtBot, theme: Theme) -> None:
        hint = RefusalHint()
        shown(qtbot, hint)
        hint.show_ways("no", Way.PICK)
        with qtbot.waitSignal(hint.closed) as caught:
            press(qtbot, hint, "Leave it so")
        assert caught.args == ["no"]
        assert not hint.isVisible()
        assert hint.words == ""


class TestAgreedSteps:
    AGREED = Agreement(
        new_id(), "Late return", "store credit", "Sam", NOON + timedelta(hours=3), NOON,
        ("Mail the code", "Credit it"),
    )  # fmt: skip

    def test_steps_owner_and_time_are_there(self, qtbot: QtBot, theme: Theme, now: Now) -> None:
        made = AgreedSteps(self.AGREED, now)
        qtbot.addWidget(made)
        said = texts(made)
        for wanted in ("store credit", "Mail the code", "Credit it", "Sam, until"):
            assert wanted in said
        boxes = made.findChildren(QCheckBox)
        assert [box.accessibleName() for box in boxes] == ["Mail the code", "Credit it"]

    @pytest.mark.parametrize(("days", "word"), [(0, "until "), (1, "tomorrow "), (9, "March ")])
    def test_near_days_are_words(
        self, qtbot: QtBot, theme: Theme, now: Now, days: int, word: str
    ) -> None:
        made = AgreedSteps(replace(self.AGREED, due_at=NOON + timedelta(days=days)), now)
        qtbot.addWidget(made)
        assert word in texts(made)

    def test_a_tick_and_its_taking_back_are_told(
        self, qtbot: QtBot, theme: Theme, now: Now
    ) -> None:
        made = AgreedSteps(self.AGREED, now)
        shown(qtbot, made)
        box = made.findChildren(QCheckBox)[1]
        with qtbot.waitSignal(made.ticked) as caught:
            box.click()
        assert caught.args[0].done == {1}
        with qtbot.waitSignal(made.ticked) as caught:
            box.click()
        assert caught.args[0].done == frozenset()
        with qtbot.waitSignal(made.taken_back) as caught:
            press(qtbot, made, "Take back")
        assert caught.args[0].id == self.AGREED.id


class TestFindOutForm:
    def test_a_time_makes_the_promise(self, qtbot: QtBot, theme: Theme) -> None:
        form = FindOutForm()
        shown(qtbot, form)
        form.ask("Late return", ["Sam", "Lead", "", "Sam", "returns-team"], "Both were declined.")
        assert form.isVisible()
        assert "Both were declined." in texts(form)
        offered = [form.owner.itemText(place) for place in range(form.owner.count())]
        assert offered == ["Sam", "Lead", "returns-team"]
        form.owner.setCurrentText("  Kim of the night shift ")
        with qtbot.waitSignal(form.promised) as caught:
            press(qtbot, form, "Tomorrow")
        assert caught.args == [FoundOut("Late return", "Kim of the night shift", Due.TOMORROW)]
        assert not form.isVisible()

    def test_nothing_is_promised_without_saying_what(self, qtbot: QtBot, theme: Theme) -> None:
        form = FindOutForm()
        shown(qtbot, form)
        form.ask("   ", ["Sam"])
        promised: list[object] = []
        form.promised.connect(promised.append)
        press(qtbot, form, "Today")
        assert promised == []
        assert form.isVisible()

    def test_escape_goes_back(self, qtbot: QtBot, theme: Theme) -> None:
        form = FindOutForm()
        shown(qtbot, form)
        form.ask("x", ["Sam"])
        with qtbot.waitSignal(form.left):
            qtbot.keyClick(form.what, Qt.Key.Key_Escape)
        assert not form.isVisible()

    def test_opening_takes_no_focus(self, qtbot: QtBot, theme: Theme) -> None:
        form = FindOutForm()
        shown(qtbot, form)
        form.drop()
        form.ask("x", ["Sam"])
        assert QApplication.focusWidget() not in (form.what, form.owner)


class TestSurpriseLine:
    def test_a_hint_says_what_it_costs(self, qtbot: QtBot, theme: Theme) -> None:
        line = SurpriseLine()
        qtbot.addWidget(line)
        line.suggest("Send a card.", Money(300, "USD"))
        assert "Send a card. (costs us $3.00)" in texts(line)
        line.suggest("Wish well.", None)
        assert "costs" not in texts(line)

    def test_what_became_of_it_leaves_no_keys(self, qtbot: QtBot, theme: Theme) -> None:
        line = SurpriseLine()
        shown(qtbot, line)
        line.suggest("Send a card.", None)
        with qtbot.waitSignal(line.accepted):
            press(qtbot, line, "I do this")
        line.say("Noted.")
        assert "Noted." in texts(line)
        assert not line.take.isVisible()
        line.suggest("Another.", None)
        assert line.take.isVisible()


class TestNotedMenu:
    @pytest.mark.qt_log_ignore("This plugin does not support")  # what a menu asks of a screen
    def test_ticks_are_told_and_remembered(self, qtbot: QtBot, theme: Theme) -> None:
        button = NotedMenu()
        shown(qtbot, button)
        facts = (("told.new_baby", "a new baby"), ("told.birthday", "a birthday & more"))
        button.show_notes(facts, {"told.birthday"}, hurried=True, recovery=False)
        menu = button.findChild(QMenu, "noted")
        assert menu is not None
        by_text = {action.text(): action for action in menu.actions() if action.text()}
        assert by_text["a birthday && more"].isChecked()
        assert by_text["In a hurry"].isChecked()
        assert not by_text["Has time"].isChecked()
        with qtbot.waitSignal(button.noted) as caught:
            by_text["a new baby"].trigger()
        assert caught.args == ["told.new_baby", True]
        with qtbot.waitSignal(button.paced) as caught:
            by_text["Has time"].trigger()
        assert caught.args == [False]
        with qtbot.waitSignal(button.recovered) as caught:
            by_text["We make up for something"].trigger()
        assert caught.args == [True]
        menu.close()


class TestConflictLine:
    def test_each_source_has_its_key(self, qtbot: QtBot, theme: Theme) -> None:
        line = ConflictLine()
        shown(qtbot, line)
        line.ask("State", (("from the order", "shipped"), ("as you noted", "pending")))
        assert line.accessibleName() == (
            "State: shipped (from the order), pending (as you noted). Which is right?"
        )
        assert [way.text() for way in line.ways] == ["shipped", "pending"]
        with qtbot.waitSignal(line.settled) as caught:
            line.ways[1].click()
        assert caught.args == [1]
        assert not line.isVisible()
