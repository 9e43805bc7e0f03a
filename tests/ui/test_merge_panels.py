# SPDX-License-Identifier: Apache-2.0
"""Merging, moving and choosing people: every step by keyboard, nothing in a dialog."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.comparison import Clue, Comparison, Field, How, Veto
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Standing
from agentassist.domain.duplicates import Suggestion
from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.domain.identity import Candidate, Evidence, Means, Outcome, Recognition
from agentassist.domain.merge import FIELDS, Holdings, Merge, MergePreview, Move, choosing
from agentassist.services.merging import MergeRecord
from agentassist.ui.caller_panel import CallerPanel
from agentassist.ui.evidence import comparison_chips
from agentassist.ui.merge_panel import MergePanel
from agentassist.ui.move_panel import MovePanel
from agentassist.ui.perhaps_also import PerhapsAlso
from agentassist.ui.theme import Theme
from agentassist.ui.toast import Toast
from agentassist.ui.words import field_word
from tests.ui.conftest import NOON, call, customer
from tests.ui.test_panels import press, shown, texts
from tests.ui.test_rules import HOSTILE, _is_control, _spoken_name

Now = Callable[[], datetime]
PHONE = ContactKind.PHONE
NUMBER = "+14155550134"


def alike(*more: Clue) -> Comparison:
    """Return what two records with one number and one name have in common, and `more`."""
    phone = Clue(Field.PHONE, How.SAME, 12.0, NUMBER, NUMBER)
    return Comparison(4.0, (Clue(Field.NAME, How.SPELT_OTHERWISE, 6.0), phone, *more))


def preview(**more: str) -> MergePreview:
    kept = replace(customer("김민수"), language="ko", birth_date="1988-04-12")
    absorbed = replace(customer("Minsu Kim"), tier="", address="5 Road", birth_date="")
    absorbed = replace(absorbed, **more)  # type: ignore[arg-type]  # text fields
    moves = Holdings({Channel.CHAT: 2, Channel.EMAIL: 1}, purchases=3)
    found = alike(Clue(Field.BIRTH_DATE, How.DIFFERENT, -4.0)) if more else alike()
    blank = MergePreview(kept, absorbed, kept, (), found, moves, Holdings(), kept.contact_points)
    return choosing(blank, {"address"})


def guess(name: str = "Grace", label: str = "signature of a mail") -> Candidate:
    point = ContactPoint(PHONE, NUMBER, label=label, standing=Standing.MAYBE)
    who = replace(customer(name), contact_points=(point,))
    return Candidate(who, (Evidence(PHONE, Means.EXACT, NUMBER, Standing.MAYBE, label),))


def candidate(name: str) -> Candidate:
    return Candidate(customer(name), (Evidence(PHONE, Means.EXACT, NUMBER),))


def stranger(name: str) -> Candidate:
    return Candidate(Customer(new_id(), name), ())


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, now: Now) -> MergePanel:
    made = MergePanel(now)
    shown(qtbot, made)
    return made


class TestMerge:
    def test_both_sides_the_evidence_and_what_moves_are_there(self, panel: MergePanel) -> None:
        panel.show_preview(preview())
        said = texts(panel)
        for wanted in ("김민수", "Minsu Kim", "한국어", "English", "same phone number"):
            assert wanted in said
        assert "Joins the history: Chat 2 · E-mail 1 · Orders 3" in said
        assert "Is there already: nothing" in said
        assert "On both: +1 415-555-0134, grace@example.com" in said
        assert "Only one has: tier Gold · address 5 Road · birth date 1988-04-12" in said

    def test_a_field_is_chosen_with_the_arrows(self, panel: MergePanel, qtbot: QtBot) -> None:
        panel.show_preview(preview())
        QApplication.processEvents()  # the frame comes with the widgets
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
        with qtbot.waitSignal(panel.merge_wanted) as caught:
            qtbot.keyClick(
                QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
            )
        chosen, reason = caught.args
        assert (chosen.result.name, chosen.result.language) == ("Minsu Kim", "ko")
        assert (chosen.result.address, reason) == ("5 Road", "")

    def test_the_direction_is_turned_and_the_result_stays(
        self, panel: MergePanel, qtbot: QtBot
    ) -> None:
        given = preview()
        panel.show_preview(given)
        qtbot.keyClick(panel, Qt.Key.Key_S)
        with qtbot.waitSignal(panel.merge_wanted) as caught:
            press(qtbot, panel, "Merge")
        turned = caught.args[0]
        assert (turned.kept.id, turned.absorbed.id) == (given.absorbed.id, given.kept.id)
        fields = ("name", "language", "tier", "address", "birth_date")
        assert [getattr(turned.result, n) for n in fields] == [
            getattr(given.result, n) for n in fields
        ]
        assert (turned.stays, turned.moves) == (given.moves, given.stays)

    def test_a_conflict_asks_for_a_reason_in_the_panel(
        self, panel: MergePanel, qtbot: QtBot
    ) -> None:
        panel.show_preview(preview(birth_date="1990-01-01"))
        assert "different birth date" in texts(panel)
        wanted: list[object] = []
        panel.merge_wanted.connect(lambda *given: wanted.append(given[1]))
        press(qtbot, panel, "Merge")
        assert "Something speaks against it" in texts(panel)
        assert wanted == []
        qtbot.keyClicks(QApplication.focusWidget(), "typed wrongly")
        press(qtbot, panel, "Merge")
        assert wanted == ["typed wrongly"]

    def test_not_the_same_person_and_escape(self, panel: MergePanel, qtbot: QtBot) -> None:
        given = preview()
        panel.show_preview(given)
        with qtbot.waitSignal(panel.apart_wanted) as caught:
            press(qtbot, panel, "Not the same person")
        assert caught.args == [given]
        with qtbot.waitSignal(panel.closed):
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    def test_whom_to_merge_with_is_chosen_by_number(self, panel: MergePanel, qtbot: QtBot) -> None:
        panel.show_customer(customer(), (), ())
        people = (stranger("Ann"), stranger("Bo"))
        panel.show_people(people)
        with qtbot.waitSignal(panel.picked) as caught:
            qtbot.keyClick(panel, Qt.Key.Key_2)
        assert caught.args == [people[1].customer.id]

    def test_earlier_merges_and_moves_can_be_undone(self, panel: MergePanel, qtbot: QtBot) -> None:
        merge = Merge(new_id(), new_id(), new_id(), NOON - timedelta(days=200), "Dana", "asked")
        undone = replace(merge, id=new_id(), undone_at=NOON)
        move = Move(new_id(), None, NOON, "Dana")
        records = tuple(MergeRecord(item, "김민수", "Minsu") for item in (merge, undone))
        panel.show_customer(customer(), records, (move,))
        said = texts(panel)
        assert said.count("Minsu joined 김민수") == 2
        assert "Dana · asked" in said
        assert said.count("undone") == 1
        first, second = (b for b in panel.findChildren(QPushButton) if b.text() == "Undo")
        with qtbot.waitSignal(panel.split_wanted) as caught:
            first.click()
        assert caught.args == [merge.id]
        with qtbot.waitSignal(panel.return_wanted) as returned:
            second.click()
        assert returned.args == [move.id]

    def test_who_is_somebody_else_can_be_doubted(self, panel: MergePanel, qtbot: QtBot) -> None:
        other = customer("Minsu Kim")
        panel.show_customer(customer(), apart=(other,))
        assert "Minsu Kim is somebody else" in texts(panel)
        with qtbot.waitSignal(panel.doubt_wanted) as caught:
            press(qtbot, panel, "Undo")
        assert caught.args == [other.id]

    def test_every_control_has_a_name(self, panel: MergePanel) -> None:
        panel.show_preview(preview(birth_date="1990-01-01"))
        QApplication.processEvents()
        assert named_controls(panel) >= {"Merge", "Reason", "name: 김민수", "name: Minsu Kim"}
        panel.show_customer(customer(), (), ())
        panel.show_people((stranger("Ann"),))
        QApplication.processEvents()
        assert "Find the other record" in named_controls(panel)

    def test_a_name_that_is_markup_is_shown_as_it_is(self, panel: MergePanel) -> None:
        panel.show_preview(preview(name=HOSTILE))
        assert HOSTILE in texts(panel)
        labels = [item for item in panel.findChildren(QLabel) if HOSTILE in item.text()]
        assert all(item.textFormat() is Qt.TextFormat.PlainText for item in labels)

    def test_long_values_stay_in_their_column(self, panel: MergePanel) -> None:
        panel.resize(300, 600)
        panel.show_preview(preview(name="Anna " * 40, language="en"))
        QApplication.processEvents()
        assert panel.width() == 300


def named_controls(panel: QWidget) -> set[str]:
    """Return the names of all controls; one without a name fails."""
    names = {_spoken_name(item) for item in panel.findChildren(QWidget) if _is_control(item)}
    assert "" not in names
    return names


def test_every_field_has_a_word() -> None:
    assert all(field_word(name) and "_" not in field_word(name) for name in FIELDS)


class TestCaller:
    @pytest.fixture
    def caller(self, qtbot: QtBot, theme: Theme) -> CallerPanel:
        made = CallerPanel()
        shown(qtbot, made)
        return made

    def test_a_guess_says_where_it_comes_from_and_is_confirmed_with_one_key(
        self, caller: CallerPanel, qtbot: QtBot
    ) -> None:
        found = guess()
        caller.show_recognition(call(), Recognition(Outcome.ONE_MATCH, (found,)))
        assert "Perhaps Grace" in texts(caller)
        assert "a guess, from: signature of a mail" in texts(caller)
        with qtbot.waitSignal(caller.attached) as caught:
            qtbot.keyClick(caller, Qt.Key.Key_A)
        assert caught.args == [found.customer.id]

    def test_a_number_that_others_may_use_is_no_match_by_itself(self, caller: CallerPanel) -> None:
        point = ContactPoint(PHONE, NUMBER, standing=Standing.SHARED)
        who = replace(customer("Grace"), contact_points=(point,))
        found = Candidate(who, (Evidence(PHONE, Means.EXACT, NUMBER, Standing.SHARED),))
        caller.show_recognition(call(), Recognition(Outcome.ONE_MATCH, (found,)))
        said = texts(caller)
        assert "Perhaps Grace" in said
        assert "Others may use this number too" in said
        assert "shared phone number" in said

    def test_a_then_a_number_attaches_where_several_were_found(
        self, caller: CallerPanel, qtbot: QtBot
    ) -> None:
        caller.show_recognition(call(), Recognition(Outcome.NO_MATCH))
        people = (stranger("Ann"), stranger("Bo"))
        caller.show_found(people)
        qtbot.keyClick(caller, Qt.Key.Key_A)
        assert "press the number" in texts(caller)
        with qtbot.waitSignal(caller.attached) as caught:
            qtbot.keyClick(caller, Qt.Key.Key_2)
        assert caught.args == [people[1].customer.id]
        with qtbot.waitSignal(caller.chosen):
            qtbot.keyClick(caller, Qt.Key.Key_2)

    def test_many_who_have_the_number_may_share_it(self, caller: CallerPanel, qtbot: QtBot) -> None:
        people = (candidate("Grace"), candidate("Henry"))
        caller.show_recognition(call(), Recognition(Outcome.MANY_MATCHES, people))
        assert "Add number" not in texts(caller)
        with qtbot.waitSignal(caller.shared):
            qtbot.keyClick(caller, Qt.Key.Key_S)
        caller.show_shared()
        assert texts(caller).count("shared phone number") == 2
        assert "Shared number" not in texts(caller)

    def test_n_asks_for_a_name_and_enter_adds(self, caller: CallerPanel, qtbot: QtBot) -> None:
        caller.show_recognition(call(), Recognition(Outcome.NO_MATCH))
        qtbot.keyClick(caller, Qt.Key.Key_N)
        qtbot.keyClicks(QApplication.focusWidget(), "Ada")
        with qtbot.waitSignal(caller.created) as caught:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        assert caught.args == ["Ada"]

    def test_a_question_mark_explains(self, caller: CallerPanel, qtbot: QtBot) -> None:
        caller.show_recognition(call(), Recognition(Outcome.NO_MATCH))
        qtbot.keyClick(caller, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
        assert "There was nothing to look for." in texts(caller)

    def test_somebody_found_beside_a_customer_may_be_the_same(
        self, caller: CallerPanel, qtbot: QtBot
    ) -> None:
        other = stranger("Minsu")
        caller.show_search(customer().id, None)
        caller.show_found((other,))
        assert "Add number" not in texts(caller)
        with qtbot.waitSignal(caller.merge_wanted) as caught:
            qtbot.keyClick(caller, Qt.Key.Key_M)
        assert caught.args == [other.customer.id]

    def test_down_leaves_the_search_field_for_the_people(
        self, caller: CallerPanel, qtbot: QtBot
    ) -> None:
        people = (stranger("Ann"), stranger("Bo"))
        caller.show_recognition(call(), Recognition(Outcome.NO_MATCH))
        caller.focus_search()
        caller.show_found(people)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        with qtbot.waitSignal(caller.attached) as caught:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
        assert caught.args == [people[0].customer.id]


def test_a_contact_is_given_to_somebody_or_to_nobody(qtbot: QtBot, theme: Theme, now: Now) -> None:
    panel = MovePanel(now)
    shown(qtbot, panel)
    item = Interaction(new_id(), None, Channel.CHAT, "where is it?", NOON, author="Dana")
    item = replace(item, conversation_id=new_id())
    panel.show_contact(item)
    assert "Chat · Today" in texts(panel)
    person = stranger("Ann")
    panel.show_people((person,))
    with qtbot.waitSignal(panel.moved) as caught:
        qtbot.keyClick(panel, Qt.Key.Key_1)
    assert caught.args == [item, person.customer.id, False]
    panel._alone.setChecked(True)
    with qtbot.waitSignal(panel.moved) as caught:
        press(qtbot, panel, "Not this customer, nobody known")
    assert caught.args == [item, None, True]
    panel.clear()
    assert "where is it?" not in texts(panel)


def test_perhaps_also_offers_two_and_hides_without_any(qtbot: QtBot, theme: Theme) -> None:
    bar = PerhapsAlso()
    shown(qtbot, bar)
    people = tuple(candidate(name) for name in ("Minsu", "Min", "M"))
    bar.show_candidates(people)
    assert "Perhaps also: Minsu (same phone number)" in texts(bar)
    assert texts(bar).count("Perhaps also") == 2
    with qtbot.waitSignal(bar.merge_wanted) as caught:
        bar.open_first()
    assert caught.args == [people[0].customer.id]
    bar.clear()
    assert bar.isHidden()


def test_what_a_comparison_found_is_shown_with_its_own_words(qtbot: QtBot, theme: Theme) -> None:
    bar = PerhapsAlso()
    shown(qtbot, bar)
    other = Clue(Field.EMAIL, How.DIFFERENT, -1.0)
    bar.show_candidates((Suggestion(customer("Minsu"), alike(other)),))
    assert "Perhaps also: Minsu (same phone number, name: spelt otherwise)" in texts(bar)


def test_what_speaks_against_one_person_is_said_once() -> None:
    twins = (Clue(Field.NAME, How.IN_PART, 1.0), Clue(Field.BIRTH_DATE, How.SIMILAR, 3.0))
    chips = comparison_chips(Comparison(2.0, twins, (Veto.GIVEN_NAME,)))
    assert chips == [("similar birth date", "danger"), ("different given names", "danger")]
    shared = Clue(Field.PHONE, How.SHARED, 0.0)
    guess = Clue(Field.EMAIL, How.MAYBE, 4.0)
    assert comparison_chips(Comparison(2.0, (shared, guess))) == [
        ("maybe the same e-mail address", "caution"),
        ("phone number: shared by many", "plain"),
    ]


class TestToast:
    @pytest.fixture
    def toast(self, qtbot: QtBot, theme: Theme) -> Toast:
        window = QWidget()
        shown(qtbot, window)
        return Toast(window)

    def test_it_undoes_once_and_never_takes_the_focus(self, toast: Toast, qtbot: QtBot) -> None:
        undone: list[bool] = []
        before = QApplication.focusWidget()
        toast.show_done("Merged.", lambda: undone.append(True))
        assert QApplication.focusWidget() is before
        assert toast.isVisible()
        toast.undo()
        toast.undo()
        assert undone == [True]
        assert not toast.isVisible()

    def test_it_leaves_after_ten_seconds_unless_it_is_held(
        self, toast: Toast, qtbot: QtBot
    ) -> None:
        toast.show_done("Merged.", lambda: None)
        assert toast._timer.interval() == 10_000
        toast.undo_button.setFocus()
        toast._timer.timeout.emit()
        assert toast.isVisible()
        toast.undo_button.clearFocus()
        QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
        toast._timer.timeout.emit()
        assert not toast.isVisible()

    def test_without_anything_to_undo_there_is_no_button(self, toast: Toast) -> None:
        toast.show_done("They are two again.")
        assert toast.undo_button.isHidden()
        toast.undo()
        assert toast.isVisible()
