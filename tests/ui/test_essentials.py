# SPDX-License-Identifier: Apache-2.0
"""The card of a customer: what the record tells, then the briefing, each with a way on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.highlight import Highlight, HighlightKind
from agentassist.domain.history import Channel, Essentials, Purchase, PurchaseLine
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Candidate
from agentassist.domain.order_action import OrderAction, Stand
from agentassist.domain.pattern import Pattern, PatternKind
from agentassist.domain.promise import Promise
from agentassist.domain.visits import Visit, VisitKind
from agentassist.services.briefing import Briefing
from agentassist.ui.essentials_panel import EssentialsPanel
from agentassist.ui.theme import Theme
from agentassist.ui.widgets import ChoiceButton
from tests.ui.conftest import NOON, customer, timeline
from tests.ui.test_panels import press, shown, texts

Now = Callable[[], datetime]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, now: Now) -> EssentialsPanel:
    made = EssentialsPanel(theme, now)
    shown(qtbot, made)
    return made


def purchases(count: int) -> tuple[Purchase, ...]:
    return tuple(
        Purchase(
            new_id(), new_id(), f"MP-{n}", f"MP-{n}", "delivered",
            ordered_at=NOON - timedelta(days=n), lines=(PurchaseLine(f"Lamp {n}", quantity=n),),
        )
        for n in range(1, count + 1)
    )  # fmt: skip


def highlight(kind: HighlightKind, words: str, **more: object) -> Highlight:
    made = Highlight(kind, words, 50, (new_id(),), NOON - timedelta(days=1), Channel.SOCIAL)
    return replace(made, **more)  # type: ignore[arg-type]


def rows(panel: EssentialsPanel, part: str) -> list[ChoiceButton]:
    found = panel.findChildren(ChoiceButton)
    return [row for row in found if row.isVisibleTo(panel) and part in row.accessibleName()]


class TestHead:
    def test_a_birthday_is_said_and_no_age(self, panel: EssentialsPanel) -> None:
        who = replace(customer(), birth_date="1961-03-04")
        panel.show_essentials(Essentials(who))
        assert "Birthday today" in texts(panel)
        assert "1961" not in texts(panel)
        panel.show_essentials(Essentials(replace(who, birth_date="1961-03-05")))
        assert "Birthday" not in texts(panel)

    @pytest.mark.parametrize("born", ["", "03-04", "1961", "31.02.1961", "9" * 400])
    def test_a_birth_date_that_is_none(self, panel: EssentialsPanel, born: str) -> None:
        panel.show_essentials(Essentials(replace(customer(), birth_date=born)))
        assert "Birthday" not in texts(panel)

    def test_guesses_shared_numbers_and_ids_are_marked(self, panel: EssentialsPanel) -> None:
        points = (
            ContactPoint(ContactKind.PHONE, "+1555", "+1 555", "signature", Standing.MAYBE),
            ContactPoint(ContactKind.PHONE, "+1777", "+1 777", "", Standing.SHARED),
            ContactPoint(ContactKind.ID_NUMBER, "9001011234567", "900101-1234567"),
        )
        panel.show_essentials(Essentials(Customer(new_id(), "Ann", points)))
        said = texts(panel)
        for wanted in ("maybe · signature", "shared", "•••67"):
            assert wanted in said
        assert "1234567" not in said
        assert said.index("•••67") < said.index("+1 777") < said.index("+1 555")

    def test_forty_contact_points_wait_behind_a_button(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        points = tuple(ContactPoint(ContactKind.PHONE, f"+1{n:04}") for n in range(40))
        panel.show_essentials(Essentials(Customer(new_id(), "Ann", points)))
        assert "+10005" not in texts(panel)
        press(qtbot, panel, "38 more")
        assert "+10039" in texts(panel)
        panel.show_essentials(Essentials(customer()))
        assert "+10039" not in texts(panel)

    def test_a_long_korean_name_stays_inside(self, panel: EssentialsPanel) -> None:
        name = "황금독수리온세상을놀라게하다" * 6
        panel.show_essentials(Essentials(Customer(new_id(), name)))
        (label,) = [item for item in panel.findChildren(QLabel) if item.text() == name]
        texts(panel)
        assert label.width() <= panel.width()
        assert label.height() > label.fontMetrics().lineSpacing()

    def test_somebody_without_anything(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(Customer(new_id(), "")))
        panel.show_briefing(Briefing())
        assert texts(panel).strip() == "?"


class TestHighlights:
    def test_a_promise_is_pressing_at_once_and_said_once(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(timeline().essentials)
        assert [row.accessibleName() for row in panel.highlights.rows] == [
            "Overdue: Call back. Dana · due Today 10:00"
        ]
        assert texts(panel).count("Call back") == 1

    def test_other_promises_stay_below(self, panel: EssentialsPanel) -> None:
        who = customer()
        many = tuple(
            Promise(new_id(), who.id, f"Promise {n}", "Dana", NOON + timedelta(days=n), NOON)
            for n in range(1, 6)
        )
        panel.show_essentials(Essentials(who, promises=many))
        assert len(panel.highlights.rows) == 3
        said = texts(panel)
        assert all(said.count(f"Promise {n}") == 1 for n in range(1, 6))

    def test_what_each_kind_says(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer()))
        found = (
            highlight(HighlightKind.POST, "Third day of silence"),
            highlight(HighlightKind.REPEAT, "MP-1", count=4, first_at=NOON - timedelta(days=6)),
            highlight(HighlightKind.COMPLAINT, "It fell apart"),
        )
        panel.show_briefing(Briefing(found))
        assert [row.accessibleName() for row in panel.highlights.rows] == [
            "Public: “Third day of silence”. may spread · not answered · Social, Yesterday",
            "4×: Again about MP-1. none marked as solved, since 26 February",
            "Complaint: It fell apart. not confirmed as solved · Social, Yesterday",
        ]

    def test_a_feeling_is_a_quotation_without_a_label(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer()))
        panel.show_briefing(Briefing((highlight(HighlightKind.MOOD, "I am upset"),)))
        (row,) = panel.highlights.rows
        assert row.accessibleName() == "“ ”: “I am upset”. Social, Yesterday"

    def test_keys_move_and_enter_shows_the_source(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        panel.show_essentials(Essentials(customer()))
        found = tuple(highlight(HighlightKind.COMPLAINT, f"words {n}") for n in range(2))
        panel.show_briefing(Briefing(found))
        with qtbot.waitActive(panel):
            panel.activateWindow()
        panel.highlights.focus_first()
        first, second = panel.highlights.rows
        qtbot.keyClick(first, Qt.Key.Key_Down)
        assert second.hasFocus()
        with qtbot.waitSignal(panel.source_wanted) as caught:
            qtbot.keyClick(second, Qt.Key.Key_Return)
        assert caught.args == [found[1].sources[0]]
        qtbot.keyClick(second, Qt.Key.Key_Up)
        with qtbot.waitSignal(panel.source_wanted) as caught:
            qtbot.mouseClick(first, LEFT)
        assert caught.args == [found[0].sources[0]]

    def test_each_press_shows_the_next_source(self, qtbot: QtBot, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer()))
        many = highlight(HighlightKind.REPEAT, "MP-1", sources=(new_id(), new_id()), count=2)
        panel.show_briefing(Briefing((many,)))
        met: list[object] = []
        panel.source_wanted.connect(met.append)
        for _ in range(3):
            panel.highlights.rows[0].click()
        assert met == [*many.sources, many.sources[0]]

    def test_one_without_a_source_leads_nowhere(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(timeline().essentials)
        met: list[object] = []
        panel.source_wanted.connect(met.append)
        panel.highlights.rows[0].click()
        assert met == []

    def test_the_focus_stays_when_the_briefing_arrives(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        panel.show_essentials(timeline().essentials)
        with qtbot.waitActive(panel):
            panel.activateWindow()
        panel.highlights.focus_first()
        panel.show_briefing(Briefing((highlight(HighlightKind.COMPLAINT, "words"),)))
        assert panel.highlights.rows[0].hasFocus()
        panel.purchases.focus_first()
        bought = timeline().essentials.purchases
        deed = OrderAction("retail.return", "Return", Stand.OPEN)
        panel.show_purchases(bought, {bought[0].id: (deed,)})
        focus = panel.window().focusWidget()
        assert focus is not None
        assert panel.purchases.isAncestorOf(focus)

    def test_texts_begin_below_each_other(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer()))
        kinds = (HighlightKind.MOOD, HighlightKind.COMPLAINT)
        panel.show_briefing(Briefing(tuple(highlight(kind, "words") for kind in kinds)))
        texts(panel)
        marks = [row.findChild(QLabel, "chip") for row in panel.highlights.rows]
        assert len({mark.width() for mark in marks if mark}) == 1


class TestPurchases:
    def test_the_last_one_is_there_and_others_on_demand(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        bought = purchases(5)
        panel.show_essentials(Essentials(customer(), purchases=bought))
        assert "MP-1" in texts(panel)
        assert "MP-2" not in texts(panel)
        with qtbot.waitSignal(panel.more_purchases_wanted) as caught:
            press(qtbot, panel, "More purchases")
        assert caught.args == [12]
        panel.show_purchases(bought, {})
        assert "4 × Lamp 4" in texts(panel)
        assert "More purchases" not in texts(panel)

    def test_an_action_names_its_policy_and_the_order(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        bought = purchases(2)
        deeds = (
            OrderAction("retail.return", "Return", Stand.OPEN, 21),
            OrderAction("retail.match", "Match", Stand.ASK),
            OrderAction("retail.cancel", "Cancel", Stand.INSTEAD),
        )
        panel.show_essentials(Essentials(customer(), purchases=bought))
        panel.show_purchases(bought, {bought[0].id: deeds})
        assert "Return · until 25 March" in texts(panel)
        assert "Cancel…" in texts(panel)
        with qtbot.waitSignal(panel.request_wanted) as caught:
            press(qtbot, panel, "Match…")
        assert caught.args == ["retail.match", "MP-1"]

    def test_older_ones_have_a_menu(self, qtbot: QtBot, panel: EssentialsPanel) -> None:
        bought = purchases(2)
        deed = OrderAction("retail.return", "Return & more", Stand.OPEN)
        panel.show_essentials(Essentials(customer(), purchases=bought))
        press(qtbot, panel, "More purchases")
        panel.show_purchases(bought, {bought[1].id: (deed,)})
        (menu,) = [b.menu() for b in panel.findChildren(QPushButton) if b.menu()]
        act, copy = menu.actions()
        assert act.text() == "Return && more"
        with qtbot.waitSignal(panel.request_wanted) as caught:
            act.trigger()
        assert caught.args == ["retail.return", "MP-2"]
        copy.trigger()
        assert QGuiApplication.clipboard().text() == "MP-2"

    def test_the_number_is_copied(self, qtbot: QtBot, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer(), purchases=purchases(1)))
        (copy,) = [b for b in panel.findChildren(QPushButton) if b.toolTip() == "Copy MP-1"]
        qtbot.mouseClick(copy, LEFT)
        assert QGuiApplication.clipboard().text() == "MP-1"

    def test_the_next_customer_starts_with_one_again(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        panel.show_essentials(Essentials(customer(), purchases=purchases(4)))
        press(qtbot, panel, "More purchases")
        panel.clear()
        panel.show_essentials(Essentials(customer(), purchases=purchases(4)))
        assert "MP-2" not in texts(panel)


class TestBeforeAndAgain:
    def test_an_article_opens_and_a_page_leads_to_the_timeline(
        self, qtbot: QtBot, panel: EssentialsPanel
    ) -> None:
        read = Visit(VisitKind.ARTICLE, "How to return?", NOON, new_id(), 95, 2, "return-how")
        page = Visit(VisitKind.PAGE, "Order MP-1", NOON, new_id(), 20)
        searched = Visit(VisitKind.SEARCH, "late return", None, new_id())
        panel.show_essentials(Essentials(customer()))
        panel.show_briefing(Briefing(visits=(read, page, searched)))
        (article,) = rows(panel, "Already read: How to return?")
        assert "2 min · 2×" in article.accessibleName()
        with qtbot.waitSignal(panel.article_wanted) as key:
            qtbot.mouseClick(article, LEFT)
        assert key.args == ["return-how"]
        with qtbot.waitSignal(panel.source_wanted) as source:
            qtbot.mouseClick(rows(panel, "Order MP-1")[0], LEFT)
        assert source.args == [page.source]
        assert rows(panel, "Searched: “late return”")

    @pytest.mark.parametrize(
        ("pattern", "says"),
        [
            (
                Pattern(PatternKind.ORDERS_MONTHLY, 4, 5, 5, date(2026, 2, 5), "Filter"),
                "Orders Filter every month around day 5",
            ),
            (
                Pattern(PatternKind.ORDERS_EVERY, 4, 4, 14, date(2026, 2, 5)),
                "Orders about every 14 days",
            ),
            (
                Pattern(
                    PatternKind.CONTACTS_WEEKDAY, 3, 3, 0, date(2026, 3, 2), channel=Channel.CALL
                ),
                "Turns to us on a Monday (Call)",
            ),
            (
                Pattern(PatternKind.CONTACTS_WEEKDAY, 3, 3, 6, date(2026, 3, 1)),
                "Turns to us on a Sunday",
            ),
            (
                Pattern(PatternKind.QUESTION_EVERY, 3, 3, 91, date(2026, 1, 5), "Invoice"),
                "Asks about “Invoice” about every 91 days",
            ),
            (
                Pattern(PatternKind.RETURNS, 3, 3, 60, date(2026, 2, 5)),
                "3 returned orders in 60 days",
            ),
        ],
    )
    def test_a_pattern_says_what_it_saw_and_how_often(
        self, panel: EssentialsPanel, pattern: Pattern, says: str
    ) -> None:
        panel.show_essentials(Essentials(customer()))
        panel.show_briefing(Briefing(patterns=(replace(pattern, fits_now=True),)))
        (row,) = rows(panel, says)
        seen = f"seen {pattern.seen} times of {pattern.among}"
        assert seen in row.accessibleName()
        assert "today fits" in row.accessibleName()

    def test_open_loops_are_counted(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer()))
        panel.show_briefing(Briefing(open_loops=3))
        assert "3 open" in texts(panel)
        panel.show_essentials(Essentials(customer()))
        panel.show_briefing(Briefing())
        assert "open" not in texts(panel)

    def test_markup_is_text_everywhere(self, panel: EssentialsPanel) -> None:
        evil = "<b>x</b><img src='file:///etc/passwd'>"
        panel.show_essentials(Essentials(customer(evil), purchases=purchases(1)))
        visit = Visit(VisitKind.PAGE, evil, NOON, new_id())
        panel.show_briefing(Briefing((highlight(HighlightKind.COMPLAINT, evil),), visits=(visit,)))
        labels = panel.findChildren(QLabel)
        assert all(item.textFormat() is Qt.TextFormat.PlainText for item in labels)
        assert texts(panel).count(evil) == 3

    def test_the_place_below_the_head_is_emptied(self, panel: EssentialsPanel) -> None:
        panel.show_essentials(Essentials(customer()))
        panel.perhaps.show_candidates((Candidate(customer("Ann"), ()),))
        assert "Perhaps also" in texts(panel)
        panel.show_essentials(Essentials(customer()))
        assert "Perhaps also" not in texts(panel)
