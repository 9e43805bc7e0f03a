# SPDX-License-Identifier: Apache-2.0
"""The card of a verdict: what it shows of each kind, its keys, and that it stays where it is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.call import Speaker, Utterance
from agentassist.domain.decision import decide
from agentassist.domain.facts import FactValue, Value
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.verdict import (
    Answer,
    Authority,
    ConditionResult,
    Discovery,
    Match,
    Pressure,
    Prompt,
    Question,
    Tone,
    Truth,
    VerdictKind,
    Wording,
)
from agentassist.domain.ways_to_yes import ways_to_yes
from agentassist.ui.conversation_panel import ConversationPanel
from agentassist.ui.policy_prompt import PolicyPrompt
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.prompt_parts import Badge
from agentassist.ui.theme import Theme
from agentassist.ui.why_box import WhyBox
from agentassist.ui.widgets import column
from tests.policy_samples import AT, shipped
from tests.ui.prompts import CREDIT, SWAP, prompt

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
BUNDLE = shipped()
UI = Path(__file__).resolve().parents[2] / "agentassist" / "ui"


def real(policy_id: str, language: str = "en", **known: Value | tuple[Value, timedelta]) -> Prompt:
    facts = {}
    for key, given in known.items():
        value, age = given if isinstance(given, tuple) else (given, timedelta())
        spec = BUNDLE.facts[key.replace("__", ".")]
        facts[spec.key] = FactValue(value, spec.source, AT - age)
    verdict = decide(BUNDLE, policy_id, facts, at=AT, language=language)
    return Prompt(verdict, Match.SHOW, "can I still return it", verdict.title, language)


def late(days: int = 35) -> Prompt:
    return real(
        "retail.return.late",
        order__is_defective=False,
        customer__tier="silver",
        order__days_since_delivery=days,
    )


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    parts = (*widget.findChildren(QLabel), *widget.findChildren(QPushButton))
    return "\n".join(part.text() for part in parts if part.isVisibleTo(widget))


def found(parent: QWidget, name: str) -> QPushButton:
    """The visible button whose accessible name begins with `name`."""
    QApplication.processEvents()
    (only,) = [
        b
        for b in parent.findChildren(QPushButton)
        if b.isVisibleTo(parent) and b.accessibleName().startswith(name)
    ]
    return only


def press(qtbot: QtBot, parent: QWidget, name: str) -> None:
    qtbot.mouseClick(found(parent, name), LEFT)


@pytest.fixture
def show(qtbot: QtBot, theme: Theme) -> Callable[[Prompt], PolicyPrompt]:
    def make(given: Prompt) -> PolicyPrompt:
        card = PolicyPrompt(theme, given)
        qtbot.addWidget(card)
        card.resize(440, 600)
        card.bring_to_front(on=True)
        with qtbot.waitActive(card):
            card.show()
        return card

    return make


Show = Callable[[Prompt], PolicyPrompt]


class TestDecline:
    def test_an_alternative_is_accepted_with_one_click(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt())
        assert "INSTEAD" in texts(card)
        assert "I can give you store credit." in texts(card)
        with qtbot.waitSignal(card.answered) as caught:
            press(qtbot, card, "1: store credit")
        (outcome,) = caught.args
        assert (outcome.answer, outcome.offer.id) == (Answer.ACCEPTED, "credit")

    def test_each_shows_owner_time_cost_and_who_signs(self, show: Show) -> None:
        above = Authority("agent", "goodwill", Money(500, "USD"), Money(100, "USD"), signer="lead")
        card = show(prompt(alternatives=(replace(CREDIT, authority=above), SWAP)))
        assert "we do it · within 1 hour · costs us" in texts(card)
        assert "your lead signs" in texts(card)
        assert "together · within 2 days · you decide" in texts(card)
        card.show_prompt(prompt(alternatives=(replace(SWAP, by="shop_team"),)))
        assert "together (shop team) · within" in texts(card)

    def test_each_has_a_key(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt(alternatives=(CREDIT, SWAP)))
        with qtbot.waitSignal(card.answered) as caught:
            qtbot.keyClick(card, Qt.Key.Key_2, ALT)
        assert caught.args[0].offer.id == "swap"

    def test_a_declined_offer_asks_for_the_reason(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt())
        (menu,) = [b.menu() for b in card.findChildren(QPushButton) if b.menu()]
        with qtbot.waitSignal(card.answered) as caught:
            menu.actions()[1].trigger()
        assert caught.args[0].answer is Answer.DECLINED
        assert caught.args[0].reason == "Costs too much"

    def test_a_yes_against_it_and_finding_out_are_asked_for(self, qtbot: QtBot, show: Show) -> None:
        given = prompt()
        card = show(given)
        with qtbot.waitSignal(card.override_wanted) as caught:
            press(qtbot, card, "Say yes anyway")
        assert caught.args == [given]
        with qtbot.waitSignal(card.find_out_wanted) as caught:
            press(qtbot, card, "Let me find out")
        assert caught.args == [given]

    def test_the_need_is_asked_before_alternatives_are_shown(
        self, qtbot: QtBot, show: Show
    ) -> None:
        asked = Discovery("What matters most?", (("money", "money back"), ("fit", "a fit")))
        card = show(prompt(discovery=asked, wording=Wording("What matters most?")))
        assert "store credit" not in texts(card)
        with qtbot.waitSignal(card.need_chosen) as caught:
            press(qtbot, card, "2: a fit")
        assert caught.args == ["retail.late", "fit"]
        with qtbot.waitSignal(card.need_chosen) as caught:
            press(qtbot, card, "Skip")
        assert caught.args == ["retail.late", ""]


class TestSentence:
    def test_tones_go_round_with_one_key(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt())
        with qtbot.waitSignal(card.tone) as caught:
            qtbot.keyClick(card, Qt.Key.Key_E, ALT)
        assert caught.args == [Tone.HURRIED]
        assert "Store credit, shall I?" in texts(card)
        qtbot.keyClick(card, Qt.Key.Key_E, ALT)
        assert "I understand. I can give you store credit." in texts(card)

    def test_the_short_one_has_a_counter_and_can_be_copied(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt())
        qtbot.keyClick(card, Qt.Key.Key_S, ALT)
        qtbot.waitUntil(lambda: "13/140" in texts(card))
        qtbot.keyClick(card, Qt.Key.Key_0, ALT)
        qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "Store credit.")

    def test_tone_and_length_outlive_the_verdict(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt())
        card.show_tone(Tone.UPSET)
        press(qtbot, card, "Short")
        card.show_prompt(prompt(upset=Wording("I see. x", "I see. y")))
        assert "I see. y" in texts(card)


class TestYes:
    def test_within_the_limit_it_is_done(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt(VerdictKind.YES, alternatives=()))
        with qtbot.waitSignal(card.answered) as caught:
            press(qtbot, card, "Done")
        assert caught.args[0].answer is Answer.ACCEPTED

    def test_a_condition_is_told_once(self, show: Show) -> None:
        said = Wording("Yes. It is 5.00.")
        card = show(prompt(VerdictKind.YES_WITH, conditions=("It is 5.00.",), wording=said))
        assert texts(card).count("It is 5.00.") == 1
        assert "1 condition" in texts(card)
        card.show_prompt(prompt(VerdictKind.YES_WITH, conditions=("Only today.",), wording=said))
        assert "• Only today." in texts(card)

    def test_above_the_limit_it_stays_yes_and_the_lead_signs(
        self, qtbot: QtBot, show: Show
    ) -> None:
        given = real(
            "bank.fee.refund",
            caller__verified=True,
            caller__is_account_holder=True,
            bank__is_our_mistake=False,
            bank__courtesies_this_year=0,
            bank__fee=Money(4000, "USD"),
        )
        card = show(given)
        assert "YES" in texts(card)
        assert "your lead signs (your limit is" in texts(card)
        with qtbot.waitSignal(card.override_wanted):
            press(qtbot, card, "Get it signed")


class TestAsk:
    def test_a_question_is_answered_by_buttons(self, qtbot: QtBot, show: Show) -> None:
        question = Question("order.opened", "Is the box still closed?", ("yes", "no"))
        card = show(prompt(VerdictKind.ASK, question=question, alternatives=()))
        with qtbot.waitSignal(card.fact_given) as caught:
            press(qtbot, card, "2: No")
        assert caught.args == ["order.opened", "no"]

    def test_what_is_on_record_but_old_is_confirmed_with_one_key(
        self, qtbot: QtBot, show: Show
    ) -> None:
        card = show(
            real(
                "retail.order.cancel",
                caller__verified=True,
                caller__is_account_holder=True,
                order__status=("shipped", timedelta(days=2)),
            )
        )
        assert "On record: shipped (from the order, 2 days ago)" in texts(card)
        with qtbot.waitSignal(card.fact_given) as caught:
            qtbot.keyClick(card, Qt.Key.Key_1, ALT)
        assert caught.args == ["order.status", "shipped"]

    @pytest.mark.parametrize(
        ("typed", "given"),
        [("40", "4000 USD"), ("$12.50", "1250 USD"), ("1,200", "120000 USD"), ("much", "much")],
    )
    def test_an_amount_is_typed_as_people_write_it(
        self, qtbot: QtBot, show: Show, typed: str, given: str
    ) -> None:
        card = show(
            real(
                "bank.fee.refund",
                caller__verified=True,
                caller__is_account_holder=True,
                bank__is_our_mistake=False,
                bank__courtesies_this_year=0,
            )
        )
        (field,) = card.findChildren(QLineEdit)
        field.setText(typed)
        with qtbot.waitSignal(card.fact_given) as caught:
            qtbot.keyClick(field, Qt.Key.Key_Return)
        assert caught.args == ["bank.fee", given]

    def test_nothing_typed_is_nothing_said(self, qtbot: QtBot, show: Show) -> None:
        question = Question("order.days", "Since when?")
        card = show(prompt(VerdictKind.ASK, question=question, alternatives=()))
        with qtbot.assertNotEmitted(card.fact_given):
            press(qtbot, card, "Enter")


class TestProtected:
    def test_safe_paths_come_first_then_the_missing_proof(self, qtbot: QtBot, show: Show) -> None:
        card = show(
            real(
                "telecom.sim.swap",
                caller__verified=True,
                telecom__sim_pin_ok=(True, timedelta(hours=2)),
            )
        )
        seen = texts(card)
        assert "PROTECTED" in seen
        assert "Security" in seen
        assert "correct PIN: too old (from the call, 2 hours ago)" in seen
        assert "code from the old number: not known" in seen
        assert not [b for b in card.findChildren(QPushButton) if b.menu()]
        with qtbot.waitSignal(card.answered) as caught:
            qtbot.keyClick(card, Qt.Key.Key_2, ALT)
        assert caught.args[0].offer.id == "block_now"

    def test_there_is_no_yes_anyway_except_where_two_may_sign(self, show: Show) -> None:
        seen = texts(show(prompt(VerdictKind.REFUSE, category="security")))
        assert "anyway" not in seen
        assert "Two of us" not in seen
        dual = prompt(VerdictKind.REFUSE, category="security", exception="dual_control")
        assert "Two of us sign" in texts(show(dual))

    def test_pressure_is_named(self, show: Show) -> None:
        pressed = (Pressure.HURRY, Pressure.AUTHORITY)
        seen = texts(show(prompt(VerdictKind.REFUSE, category="security", pressure=pressed)))
        assert "hurry" in seen
        assert "pulling rank" in seen

    def test_an_unsure_one_is_a_line_with_a_key(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt(VerdictKind.REFUSE, Match.OFFER, category="security"))
        with qtbot.waitSignal(card.opened):
            qtbot.keyClick(card, Qt.Key.Key_P, ALT)


class TestWhy:
    def test_it_is_closed_until_it_is_wanted(self, qtbot: QtBot, show: Show) -> None:
        card = show(late())
        assert "Looked at" not in texts(card)
        with qtbot.waitSignal(card.why_wanted) as caught:
            qtbot.keyClick(card, Qt.Key.Key_Y, ALT)
        assert caught.args == [card.prompt]
        seen = texts(card)
        assert "Heard: “can I still return it”" in seen
        assert "days since delivery: 31 to 44" in seen
        assert "35 · from the order, just now" in seen
        assert "1  brings get rid of it, something that fits · within 1 day" in seen
        assert "Policy retail.return.late, version 1" in seen

    def test_what_would_make_it_a_yes_follows(self, qtbot: QtBot, show: Show) -> None:
        card = show(late())
        press(qtbot, card, "Why?")
        card.show_ways(ways_to_yes(BUNDLE, card.prompt.verdict, at=AT))
        assert "• days since delivery: at most 30 (now 35)" in texts(card)
        card.show_ways(())
        assert "Nothing that can be found out" in texts(card)

    def test_what_decided_comes_first_and_the_rest_is_folded(
        self, qtbot: QtBot, show: Show
    ) -> None:
        card = show(late())
        press(qtbot, card, "Why?")
        assert "days since delivery: at least 45" not in texts(card)
        press(qtbot, card, "8 more condition")
        assert "days since delivery: at least 45" in texts(card)

    def test_every_condition_has_its_truth_for_a_screen_reader(
        self, qtbot: QtBot, show: Show
    ) -> None:
        card = show(late())
        press(qtbot, card, "Why?")
        names = [label.accessibleName() for label in card.findChildren(QLabel)]
        told = "days since delivery: 31 to 44: true, 35 · from the order, just now"
        assert told in names

    def test_what_the_customer_said_before_is_part_of_the_order(
        self, qtbot: QtBot, show: Show
    ) -> None:
        offers = (replace(CREDIT, accepted=2), replace(SWAP, declined=1))
        card = show(prompt(alternatives=offers))
        press(qtbot, card, "Why?")
        assert "1  brings money back · within 1 hour · costs us" in texts(card)
        assert "· taken before" in texts(card)
        assert "2  within 2 days · turned down before" in texts(card)

    def test_values_are_read_as_people_say_them(self, qtbot: QtBot, show: Show) -> None:
        why = ConditionResult("bank.fee > 6000", "bank.fee", "9000 USD", Truth.TRUE, name="fee")
        card = show(prompt(why=(why,)))
        press(qtbot, card, "Why?")
        assert "fee: more than 6000" in texts(card)
        assert "90.00" in texts(card)


class TestSteady:
    def test_the_card_never_gets_smaller_while_facts_arrive(self, show: Show) -> None:
        card = show(late())
        QApplication.processEvents()
        before = card.height()
        card.show_prompt(prompt(VerdictKind.YES, alternatives=()))
        QApplication.processEvents()
        assert card.height() >= before

    def test_the_focus_stays_inside(self, qtbot: QtBot, show: Show) -> None:
        card = show(prompt())
        found(card, "Why?").setFocus()
        qtbot.waitUntil(lambda: found(card, "Why?").hasFocus())
        card.show_prompt(prompt(alternatives=(SWAP,)))
        assert card.isAncestorOf(QApplication.focusWidget())

    def test_what_changed_is_said_quietly(self, show: Show) -> None:
        card = show(prompt())
        card.tell("Order now shipped: the answer changed.")
        assert "Order now shipped" in texts(card)
        card.tell("")
        assert "Order now shipped" not in texts(card)

    def test_read_only_leaves_nothing_to_press_but_why(self, qtbot: QtBot, theme: Theme) -> None:
        card = PolicyPrompt(theme, prompt(), read_only=True)
        qtbot.addWidget(card)
        card.show()
        seen = texts(card)
        assert "Why?" in seen
        assert "Customer declines" not in seen

    @pytest.mark.parametrize("language", ["en", "ko"])
    @pytest.mark.parametrize("width", [300, 360, 440])
    def test_no_line_is_cut_in_a_narrow_column(
        self, qtbot: QtBot, theme: Theme, language: str, width: int
    ) -> None:
        holder = QWidget()
        qtbot.addWidget(holder)
        board = PromptBoard(theme, column(parent=holder), holder)
        board.show_prompts([real("telecom.sim.swap", language), late()])
        holder.resize(width, holder.layout().heightForWidth(width))
        holder.show()
        qtbot.waitExposed(holder)
        for part in wrapped(holder):
            assert part.height() >= part.heightForWidth(part.width()), part.text()
            assert part.width() <= width


def wrapped(holder: QWidget) -> Iterator[QLabel]:
    for part in holder.findChildren(QLabel):
        if part.isVisible() and part.wordWrap():
            yield part


def test_no_key_of_the_card_is_that_of_a_panel_beside_it() -> None:
    """A key with two meanings does nothing at all."""
    files = {path.name: path.read_text(encoding="utf-8") for path in UI.glob("*.py")}
    mine = {"prompt_foot.py", "prompt_view.py", "policy_prompt.py", "say_box.py", "offer_list.py"}
    behind = {"wrap_up_panel.py"}  # never in front together with the conversation
    keys = {key for name in mine for key in re.findall(r'"Alt\+(\w)"', files[name])}
    keys |= {key for name in mine for key in re.findall(r'tr\("[^"]*&(\w)', files[name])}
    others = [text for name, text in files.items() if name not in mine | behind]
    taken = {key.upper() for text in others for key in re.findall(r'tr\("[^"]*&(\w)', text)}
    assert {"S", "L", "O", "Y", "D", "U"} <= keys
    assert {"W", "R", "G"} <= taken
    assert keys & taken == set()


class TestPromptBoard:
    @pytest.fixture
    def board(self, qtbot: QtBot, theme: Theme) -> PromptBoard:
        self.holder = QWidget()
        qtbot.addWidget(self.holder)
        self.holder.resize(440, 900)
        with qtbot.waitActive(self.holder):
            self.holder.show()
        return PromptBoard(theme, column(parent=self.holder), self.holder)

    def test_an_unchanged_prompt_does_not_flicker(self, board: PromptBoard) -> None:
        board.show_prompts([prompt()])
        before = board.cards
        board.show_prompts([prompt()])
        board.show_prompts([])
        assert board.cards == before

    def test_a_new_verdict_takes_the_place_of_the_old(self, board: PromptBoard) -> None:
        board.show_prompts([prompt(VerdictKind.ASK)])
        (card,) = board.cards
        board.show_prompts([prompt(VerdictKind.YES)])
        assert board.cards == (card,)
        assert card.prompt.verdict.kind is VerdictKind.YES

    def test_a_verdict_shown_in_full_stays_so_when_the_match_is_less_sure(
        self, board: PromptBoard
    ) -> None:
        board.show_prompts([prompt()])
        board.show_prompts([prompt(VerdictKind.YES, Match.OFFER)])
        assert board.cards[0].prompt.match is Match.SHOW
        assert board.cards[0].prompt.verdict.kind is VerdictKind.YES

    def test_two_at_most_and_three_unsure_ones(self, board: PromptBoard) -> None:
        board.show_prompts([prompt(policy_id=f"p{i}") for i in range(4)])
        assert [card.prompt.verdict.policy_id for card in board.cards] == ["p0", "p1"]
        board.show_prompts([prompt(match=Match.OFFER, policy_id=f"q{i}") for i in range(5)])
        unsure = [card for card in board.cards if card.prompt.match is Match.OFFER]
        assert len(board.cards) == 5
        assert len(unsure) == 3

    def test_the_second_is_folded_and_the_keys_are_of_the_first(
        self, qtbot: QtBot, board: PromptBoard
    ) -> None:
        board.show_prompts([prompt(policy_id="a", title="First"), prompt(policy_id="b")])
        assert "I can give you" not in texts(board.cards[1])
        found(board.cards[0], "Why?").setFocus()
        with qtbot.waitActive(self.holder):
            self.holder.activateWindow()
        with qtbot.waitSignal(board.answered) as caught:
            qtbot.keyClick(self.holder, Qt.Key.Key_1, ALT)
        assert caught.args[0].prompt.verdict.policy_id == "a"

    def test_showing_the_second_folds_the_first(self, qtbot: QtBot, board: PromptBoard) -> None:
        board.show_prompts([prompt(policy_id="a"), prompt(policy_id="b")])
        press(qtbot, board.cards[1], "Show")
        assert "I can give you" in texts(board.cards[1])
        assert "I can give you" not in texts(board.cards[0])

    def test_a_newer_one_does_not_fold_the_card_that_the_agent_works_with(
        self, qtbot: QtBot, board: PromptBoard
    ) -> None:
        board.show_prompts([prompt(policy_id="a")])
        board.cards[0].explain()
        board.show_prompts([prompt(policy_id="b")])
        newer, older = board.cards
        assert "I can give you" in texts(older)
        assert "I can give you" not in texts(newer)
        guarded = prompt(VerdictKind.REFUSE, policy_id="g", category="safety")
        board.show_prompts([guarded])
        assert "I can give you" in texts(board.cards[0])

    def test_of_two_guesses_that_protect_one_has_the_key(self, board: PromptBoard) -> None:
        more = {"match": Match.OFFER, "category": "security"}
        board.show_prompts([prompt(policy_id=name, **more) for name in ("a", "b")])
        shown = [found(card, "Show").shortcut().toString() for card in board.cards]
        assert shown == ["Alt+P", ""]

    def test_two_that_protect_do_not_share_a_key(self, qtbot: QtBot, board: PromptBoard) -> None:
        kind, more = VerdictKind.REFUSE, {"category": "safety", "alternatives": ()}
        board.show_prompts([prompt(kind, policy_id=name, **more) for name in ("a", "b")])
        keys = [found(card, "Understood").shortcut().toString() for card in board.cards]
        assert keys == ["Alt+U", ""]

    def test_a_protected_one_is_never_folded(self, board: PromptBoard) -> None:
        guarded = prompt(VerdictKind.REFUSE, policy_id="g", category="safety")
        board.show_prompts([prompt(policy_id="a"), guarded])
        assert "I can give you" in texts(board.cards[1])

    def test_an_unsure_match_is_only_a_line_until_it_is_opened(
        self, qtbot: QtBot, board: PromptBoard
    ) -> None:
        board.show_prompts([prompt(match=Match.OFFER)])
        (card,) = board.cards
        assert "store credit" not in texts(card)
        with qtbot.waitSignal(board.opened):
            press(qtbot, card, "Show")
        assert "I can give you store credit." in texts(card)

    def test_what_was_answered_goes(self, qtbot: QtBot, board: PromptBoard) -> None:
        board.show_prompts([prompt(VerdictKind.YES, alternatives=())])
        with qtbot.waitSignal(board.answered):
            press(qtbot, board.cards[0], "Done")
        assert board.cards == ()

    def test_the_tone_is_that_of_the_contact(self, qtbot: QtBot, board: PromptBoard) -> None:
        board.show_prompts([prompt(policy_id="a")])
        board.show_tone(Tone.UPSET)
        board.show_prompts([prompt(policy_id="b")])
        assert "I understand." in texts(board.cards[0])
        board.clear()
        board.show_prompts([prompt(policy_id="c")])
        assert "I understand." not in texts(board.cards[0])

    def test_a_tone_that_is_heard_is_for_the_next_card_and_never_over_the_agent(
        self, qtbot: QtBot, board: PromptBoard
    ) -> None:
        board.show_prompts([prompt(policy_id="a")])
        board.suggest_tone(Tone.UPSET)
        assert "I understand." not in texts(board.cards[0])
        board.show_prompts([prompt(policy_id="b")])
        assert "I understand." in texts(board.cards[0])
        press(qtbot, board.cards[0], "How the customer sounds: Hurried")
        board.suggest_tone(Tone.UPSET)
        board.show_prompts([prompt(policy_id="c")])
        assert "Store credit, shall I?" in texts(board.cards[0])

    def test_an_explanation_that_comes_late_is_dropped(
        self, qtbot: QtBot, board: PromptBoard
    ) -> None:
        given = late()
        board.show_prompts([given])
        press(qtbot, board.cards[0], "Why?")
        board.show_prompts([late(days=36)])
        board.show_ways(given, ways_to_yes(BUNDLE, given.verdict, at=AT))
        assert "now 35" not in texts(board.cards[0])

    @pytest.mark.parametrize("kind", VerdictKind)
    def test_a_card_takes_no_focus_and_opens_no_window(
        self, qtbot: QtBot, board: PromptBoard, kind: VerdictKind
    ) -> None:
        field = QLineEdit()
        self.holder.layout().addWidget(field)
        field.setFocus()
        with qtbot.waitActive(self.holder):
            self.holder.activateWindow()
        before = {w for w in QApplication.topLevelWidgets() if w.isVisible()}
        board.show_prompts([prompt(kind), prompt(policy_id="b")])
        QApplication.processEvents()
        assert {w for w in QApplication.topLevelWidgets() if w.isVisible()} == before
        press(qtbot, board.cards[0], "Why?")
        press(qtbot, board.cards[0], "How the customer sounds: Upset")
        assert QApplication.focusWidget() is field


class TestInTheConversation:
    @pytest.fixture
    def panel(self, qtbot: QtBot) -> ConversationPanel:
        panel = ConversationPanel()
        qtbot.addWidget(panel)
        panel.resize(440, 560)
        for number in range(12):
            said = Utterance(new_id(), new_id(), Speaker.CUSTOMER, f"line {number}", AT)
            panel.show_utterance(said)
        with qtbot.waitActive(panel):
            panel.show()
        return panel

    def board(self, theme: Theme, panel: ConversationPanel) -> PromptBoard:
        return PromptBoard(theme, panel.prompts, panel)

    def test_the_verdict_and_its_sentence_stay_in_sight(
        self, qtbot: QtBot, theme: Theme, panel: ConversationPanel
    ) -> None:
        board = self.board(theme, panel)
        board.show_prompts([real("telecom.sim.swap"), late()])
        badge = board.cards[0].findChild(Badge)
        qtbot.waitUntil(lambda: not badge.visibleRegion().isEmpty())

    def test_why_comes_into_sight_and_stays_while_lines_come(
        self, qtbot: QtBot, theme: Theme, panel: ConversationPanel
    ) -> None:
        board = self.board(theme, panel)
        board.show_prompts([late()])
        qtbot.waitUntil(lambda: not board.cards[0].visibleRegion().isEmpty())
        board.cards[0].explain()
        (why,) = board.cards[0].findChildren(WhyBox)
        qtbot.waitUntil(lambda: not why.visibleRegion().isEmpty())
        panel.show_utterance(Utterance(new_id(), new_id(), Speaker.AGENT, "one moment", AT))
        QApplication.processEvents()
        assert not why.visibleRegion().isEmpty()

    def test_what_takes_the_focus_below_a_card_comes_into_sight(
        self, qtbot: QtBot, theme: Theme, panel: ConversationPanel
    ) -> None:
        board = self.board(theme, panel)
        board.show_prompts([late()])
        field = QLineEdit()
        board.cards[0].below.addWidget(field)
        field.setFocus()
        qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
