# SPDX-License-Identifier: Apache-2.0
"""Each panel obeys show and clear, and says in the past tense what the agent did."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.call import CallState, Speaker, Utterance
from agentassist.domain.customer import ContactKind, Customer, Standing
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import (
    Attempt,
    Candidate,
    Evidence,
    Means,
    Outcome,
    Recognition,
    recognise,
)
from agentassist.domain.knowledge import (
    Article,
    ArticleState,
    Audience,
    FeedbackKind,
    Passage,
    SearchMode,
    Strength,
    Suggestion,
    Suggestions,
)
from agentassist.domain.promise import Promise
from agentassist.domain.wrap_up import Disposition, LineKind, SummaryLine
from agentassist.services.wrap_up import Review
from agentassist.ui.article_reader import ArticleReader
from agentassist.ui.call_strip import CallStrip
from agentassist.ui.caller_panel import CallerPanel
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.essentials_panel import EssentialsPanel
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.suggestions_panel import SuggestionsPanel
from agentassist.ui.theme import Theme
from agentassist.ui.wrap_up_panel import WrapUpPanel
from tests.ui.conftest import NOON, call, customer, timeline
from tests.ui.prompts import prompt

Now = Callable[[], datetime]
LEFT = Qt.MouseButton.LeftButton


def texts(widget: QWidget) -> str:
    QApplication.processEvents()  # what a layout was just given is shown by an event
    shown = [
        w
        for w in (*widget.findChildren(QLabel), *widget.findChildren(QPushButton))
        if w.isVisibleTo(widget)
    ]
    return "\n".join(item.text() for item in shown)


def press(qtbot: QtBot, parent: QWidget, text: str) -> None:
    (found,) = [b for b in parent.findChildren(QPushButton) if b.text().replace("&", "") == text]
    qtbot.mouseClick(found, LEFT)


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(440, 600)
    widget.show()
    return widget


def suggestion(title: str = "Late return", audience: Audience = Audience.PUBLIC) -> Suggestion:
    article = Article(
        new_id(), title, title, "body", "en", audience, ArticleState.PUBLISHED,
        short_answer="We exchange it.",
    )  # fmt: skip
    passage = Passage(new_id(), article.id, 0, "", "You can return it late.", "d")
    return Suggestion(article, passage, Strength.STRONG, 0.9, ("return",), "is it too late")


class TestCallStrip:
    def test_shows_who_and_how_long(self, qtbot: QtBot, now: Now, theme: Theme) -> None:
        strip = shown(qtbot, CallStrip(now))
        strip.show_call(call(), "Grace Whitfield")
        assert "Grace Whitfield" in texts(strip)
        assert "+14155550134 · Returns" in texts(strip)
        strip.clear()
        assert "Ready" in texts(strip)
        assert "Grace" not in texts(strip)

    def test_a_withheld_number_is_said(self, qtbot: QtBot, now: Now, theme: Theme) -> None:
        strip = shown(qtbot, CallStrip(now))
        strip.show_call(call(remote="", state=CallState.RINGING))
        assert "Number withheld" in texts(strip)
        strip.show_waiting(2)
        assert "2" in texts(strip)


class TestEssentials:
    def test_what_matters_is_there(self, qtbot: QtBot, theme: Theme, now: Now) -> None:
        panel = shown(qtbot, EssentialsPanel(theme, now))
        panel.show_essentials(timeline().essentials)
        said = texts(panel)
        for wanted in ("Grace Whitfield", "Gold", "English", "there 04:00", "+1 415-555-0134"):
            assert wanted in said
        for wanted in ("Overdue", "Call back", "Linen lamp", "$89.00", "Prefers e-mail"):
            assert wanted in said
        panel.clear()
        assert "Grace" not in texts(panel)

    def test_a_zone_that_does_not_exist_is_left_out(
        self, qtbot: QtBot, theme: Theme, now: Now
    ) -> None:
        panel = shown(qtbot, EssentialsPanel(theme, now))
        essentials = timeline(replace(customer(), time_zone="../../etc/passwd")).essentials
        panel.show_essentials(essentials)
        assert "there" not in texts(panel)


class TestCaller:
    def candidates(self) -> tuple[Candidate, ...]:
        evidence = (Evidence(ContactKind.PHONE, Means.EXACT, "+14155550134"),)
        return tuple(Candidate(customer(name), evidence) for name in ("Grace", "Henry"))

    def test_many_matches_are_chosen_by_number(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, CallerPanel())
        found = self.candidates()
        panel.show_recognition(call(), Recognition(Outcome.MANY_MATCHES, found))
        assert "same phone number" in texts(panel)
        with qtbot.waitSignal(panel.chosen) as caught:
            qtbot.keyClick(panel, Qt.Key.Key_2)
        assert caught.args == [found[1].customer.id]

    def test_a_guess_says_where_it_comes_from(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, CallerPanel())
        label = "signature of a mail"
        mined = Evidence(ContactKind.PHONE, Means.EXACT, "+14155550134", Standing.MAYBE, label)
        panel.show_recognition(call(), recognise((Candidate(customer("Grace"), (mined,)),), ()))
        assert "Perhaps Grace" in texts(panel)
        assert "a guess, from: signature of a mail" in texts(panel)

    def test_no_match_explains_on_demand(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, CallerPanel())
        attempts = (Attempt(ContactKind.PHONE, Means.LAST_DIGITS, "55550199", 0),)
        panel.show_recognition(call(), Recognition(Outcome.NO_MATCH, (), attempts))
        assert "55550199" not in texts(panel)
        press(qtbot, panel, "Why no match?")
        assert "phone number 55550199: same last 8 digits, 0 found" in texts(panel)

    def test_a_found_customer_can_be_given_the_number(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, CallerPanel())
        panel.show_recognition(call(), Recognition(Outcome.NO_MATCH))
        found = customer()
        panel.show_found((Candidate(found, ()),))
        with qtbot.waitSignal(panel.attached) as caught:
            press(qtbot, panel, "Add number")
        assert caught.args == [found.id]

    def test_a_new_customer_needs_a_name_first(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, CallerPanel())
        panel.show_recognition(call(), Recognition(Outcome.NO_MATCH))
        press(qtbot, panel, "New customer")
        assert "Type the customer's name" in texts(panel)
        qtbot.keyClicks(panel._search, "Ada")
        with qtbot.waitSignal(panel.created) as caught:
            press(qtbot, panel, "New customer")
        assert caught.args == ["Ada"]

    def test_no_number_has_its_own_words(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, CallerPanel())
        panel.show_recognition(call(remote=""), Recognition(Outcome.NO_NUMBER))
        assert "withholds" in texts(panel)


class TestConversation:
    def test_enter_says_it_for_the_customer_and_ctrl_for_the_agent(
        self, qtbot: QtBot, theme: Theme
    ) -> None:
        panel = shown(qtbot, ConversationPanel())
        said: list[tuple[object, str]] = []
        panel.said.connect(lambda *what: said.append(what))
        qtbot.keyClicks(panel.line, "hello")
        qtbot.keyClick(panel.line, Qt.Key.Key_Return)
        qtbot.keyClicks(panel.line, "welcome")
        qtbot.keyClick(panel.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(panel.line, Qt.Key.Key_Return)
        assert said == [(Speaker.CUSTOMER, "hello"), (Speaker.AGENT, "welcome")]

    def test_notes_are_reported_within_a_second_of_any_key(
        self, qtbot: QtBot, theme: Theme
    ) -> None:
        panel = shown(qtbot, ConversationPanel())
        notes: list[str] = []
        panel.notes_changed.connect(notes.append)
        qtbot.keyClicks(panel.notes, "abc")
        qtbot.waitUntil(lambda: notes == ["abc"], timeout=1000)

    def test_clearing_does_not_report_an_empty_note(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, ConversationPanel())
        qtbot.keyClicks(panel.notes, "abc")
        notes: list[str] = []
        panel.notes_changed.connect(notes.append)
        panel.clear()
        qtbot.wait(600)
        assert notes == []

    def test_a_prompt_leaves_what_was_said_in_sight(self, qtbot: QtBot, theme: Theme) -> None:
        panel = ConversationPanel()
        shown(qtbot, panel)
        board = PromptBoard(theme, panel.prompts, panel)
        panel.show_utterance(Utterance(new_id(), new_id(), Speaker.CUSTOMER, "send it back?", NOON))
        board.show_prompts([prompt()])
        bubble = panel._lines.itemAt(0).widget()
        qtbot.waitUntil(lambda: not bubble.visibleRegion().isEmpty())
        gap = board.cards[0].mapTo(panel, QPoint()).y() - bubble.mapTo(panel, QPoint()).y()
        assert gap < 250

    def test_the_oldest_lines_make_room(self, qtbot: QtBot, theme: Theme) -> None:
        panel = shown(qtbot, ConversationPanel())
        for i in range(230):
            panel.show_utterance(Utterance(new_id(), new_id(), Speaker.CUSTOMER, f"line {i}", NOON))
        assert panel._lines.count() == 200


class TestSuggestions:
    @pytest.fixture
    def panel(self, qtbot: QtBot, theme: Theme) -> SuggestionsPanel:
        made = SuggestionsPanel(theme)
        shown(qtbot, made)
        made.show_suggestions(
            Suggestions(
                "late?", SearchMode.FULL, (suggestion(), suggestion("Staff", Audience.INTERNAL))
            )
        )
        return made

    @pytest.mark.parametrize(
        ("key", "kind"),
        [
            (Qt.Key.Key_Return, FeedbackKind.USED),
            (Qt.Key.Key_L, FeedbackKind.LINKED),
            (Qt.Key.Key_N, FeedbackKind.NOT_RELEVANT),
            (Qt.Key.Key_F, FeedbackKind.FLAGGED),
            (Qt.Key.Key_Space, FeedbackKind.OPENED),
        ],
    )
    def test_keys_act_on_the_card_in_focus(
        self, qtbot: QtBot, panel: SuggestionsPanel, key: Qt.Key, kind: FeedbackKind
    ) -> None:
        with qtbot.waitSignal(panel.acted) as caught:
            qtbot.keyClick(panel.cards[0], key)
        assert caught.args == [panel.cards[0].suggestion, kind]

    def test_why_and_warning_are_on_the_card(self, panel: SuggestionsPanel) -> None:
        assert "Words: return · Close to “is it too late”" in texts(panel)
        assert "Internal: do not paste" in texts(panel.cards[1])
        assert "Internal" not in texts(panel.cards[0])

    def test_contacts_it_helped_are_counted_on_the_card(self, panel: SuggestionsPanel) -> None:
        helped = replace(suggestion(), solved=3, solved_on=date(2026, 11, 3))
        panel.show_suggestions(Suggestions("late", SearchMode.FULL, (helped,)))
        assert "Solved 3 contacts like this, last on 3 Nov 2026" in texts(panel)

    def test_the_same_answer_leaves_the_cards_alone(self, panel: SuggestionsPanel) -> None:
        before = panel.cards
        again = tuple(card.suggestion for card in before)
        panel.show_suggestions(Suggestions("late, really", SearchMode.FULL, again))
        assert panel.cards == before

    def test_the_focus_goes_with_its_article(self, qtbot: QtBot, panel: SuggestionsPanel) -> None:
        first, second = (card.suggestion for card in panel.cards)
        panel.focus_card(2)
        assert panel.held == second.article.id
        newer = replace(second, words=("late",))
        panel.show_suggestions(Suggestions("late", SearchMode.FULL, (newer,)))
        assert panel.shown == (newer,)
        assert panel.held == second.article.id
        panel.show_suggestions(Suggestions("late", SearchMode.FULL, (first, newer)))
        assert panel.held == second.article.id
        with qtbot.waitSignal(panel.acted) as caught:
            qtbot.keyClick(panel.window().focusWidget(), Qt.Key.Key_Return)
        assert caught.args == [newer, FeedbackKind.USED]

    def test_no_card_is_held_without_focus_on_one(self, panel: SuggestionsPanel) -> None:
        assert panel.held is None
        panel.search.setFocus()
        assert panel.held is None

    def test_nothing_found_can_be_reported_once(
        self, qtbot: QtBot, panel: SuggestionsPanel
    ) -> None:
        panel.show_suggestions(Suggestions("do you sell cars", SearchMode.KEYWORD_ONLY))
        assert "Nothing in the knowledge base" in texts(panel)
        assert "keywords only" in texts(panel)
        with qtbot.waitSignal(panel.gap_logged) as caught:
            press(qtbot, panel, "Report the gap")
        assert caught.args == ["do you sell cars"]
        panel.show_gap_logged()
        assert "Noted" in texts(panel)

    def test_a_dropped_card_leaves_the_others(self, panel: SuggestionsPanel) -> None:
        second = panel.cards[1].suggestion
        panel.drop(panel.cards[0].suggestion)
        assert [card.suggestion for card in panel.cards] == [second]


class TestArticleReader:
    def test_links_to_articles_open_here_and_web_links_ask(
        self, qtbot: QtBot, theme: Theme
    ) -> None:
        reader = ArticleReader(theme)
        shown(qtbot, reader)
        reader.show_article(suggestion().article, '<a href="kb:other">x</a>')
        with qtbot.waitSignal(reader.link_opened) as caught:
            reader._page.anchorClicked.emit("kb:other")
        assert caught.args == ["other"]
        reader._page.anchorClicked.emit("https://shop.example/returns")
        assert "Open shop.example in the browser" in texts(reader)

    def test_nothing_is_loaded_from_outside(self, qtbot: QtBot, theme: Theme) -> None:
        reader = ArticleReader(theme)
        shown(qtbot, reader)
        assert reader._page.loadResource(2, "file:///etc/passwd") is None


class TestWrapUp:
    def review(self, who: Customer) -> Review:
        promise = Promise(new_id(), who.id, "Send the code", "Sam", NOON, NOON)
        line = SummaryLine(LineKind.ASKED, "Can I return it?", (new_id(),))
        return Review(call(customer_id=who.id), (line,), Disposition.FOLLOW_UP, (promise,))

    def test_saving_reports_what_the_agent_left(self, qtbot: QtBot, theme: Theme) -> None:
        panel = WrapUpPanel()
        shown(qtbot, panel)
        review = self.review(customer())
        panel.show_review(review, {}, alternative_offered=True)
        panel._notes.setPlainText("box")
        panel._promises[0].field.setText("Send the code today")
        with qtbot.waitSignal(panel.saved) as caught:
            qtbot.mouseClick(panel.save_button, LEFT)
        (filled,) = caught.args
        assert filled.disposition is Disposition.FOLLOW_UP
        assert filled.summary == review.summary
        assert filled.promises == (replace(review.promises[0], text="Send the code today"),)
        assert filled.notes == "box"

    def test_an_unticked_promise_is_not_kept(self, qtbot: QtBot, theme: Theme) -> None:
        panel = WrapUpPanel()
        shown(qtbot, panel)
        panel.show_review(self.review(customer()), {}, alternative_offered=True)
        panel._promises[0]._kept.setChecked(False)
        with qtbot.waitSignal(panel.saved) as caught:
            qtbot.mouseClick(panel.save_button, LEFT)
        assert caught.args[0].promises == ()

    def test_a_bare_refusal_is_met_inline(self, qtbot: QtBot, theme: Theme) -> None:
        panel = WrapUpPanel()
        shown(qtbot, panel)
        panel.show_review(self.review(customer()), {}, alternative_offered=False)
        assert "bare no" not in texts(panel)
        panel._disposition.setCurrentIndex(panel._disposition.findData(Disposition.DECLINED))
        assert "bare no" in texts(panel)

    def test_each_line_shows_its_source(self, qtbot: QtBot, theme: Theme) -> None:
        panel = WrapUpPanel()
        shown(qtbot, panel)
        review = self.review(customer())
        (source,) = review.summary[0].sources
        panel.show_review(review, {source: "I said this"}, alternative_offered=True)
        assert "I said this" not in texts(panel)
        press(qtbot, panel, "Source")
        assert "“I said this”" in texts(panel)

    def test_a_failed_save_keeps_the_form(self, qtbot: QtBot, theme: Theme) -> None:
        panel = WrapUpPanel()
        shown(qtbot, panel)
        panel.show_review(self.review(customer()), {}, alternative_offered=True)
        panel._notes.setPlainText("box")
        qtbot.mouseClick(panel.save_button, LEFT)
        assert not panel.save_button.isEnabled()
        panel.show_fault("The database does not answer.")
        assert panel.save_button.isEnabled()
        assert "does not answer" in texts(panel)
        assert panel._notes.toPlainText() == "box"
