# SPDX-License-Identifier: Apache-2.0
"""The lab's window and its parts: lists, cards, matrix, review, and what a keyboard reaches."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.decision import decide
from agentassist.domain.facts import FactType, FactValue, Source, parse_value
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.policy_changes import Change, ChangeKind
from agentassist.domain.policy_draft import Draft, DraftState, Outcome, Review
from agentassist.domain.policy_speech import spoken
from agentassist.domain.staff import Person
from agentassist.domain.two_people import TwoReason
from agentassist.domain.verdict import Verdict, VerdictKind
from agentassist.domain.what_if import Cost, Example, Lost, WhatIf
from agentassist.services.policy_lab import (
    HistoryRow,
    LabFault,
    PolicyRow,
    RuleUse,
    Slider,
    Standing,
)
from agentassist.ui.lab_list_model import LabFilter, LabListModel
from agentassist.ui.lab_matrix import KINDS, FlipModel, mark, mark_word
from agentassist.ui.lab_sliders import FactControl
from agentassist.ui.lab_tables import HistoryModel, UseModel
from agentassist.ui.lab_window import LabWindow
from agentassist.ui.rows_model import Role
from agentassist.ui.theme import Theme
from tests.ui.conftest import NOON
from tests.ui.lab_samples import breakfast, bundle, choices

Now = Callable[[], datetime]
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
KIND = VerdictKind
ANN = Person("ann", "Ann Lee", "supervisor")
BEN = Person("ben", "Ben Ode", "lead")
EVE = Person("eve", "Eve Moss", "agent")
HOSTILE = '<img src="file:///etc/passwd"><b>Bold</b>'
TRIED = {"hotel.time": "14:00", "hotel.is_weekend": "no", "hotel.occupancy_pct": "60"}


def draft(state: DraftState = DraftState.DRAFT, title: str = "Longer breakfast") -> Draft:
    return Draft(new_id(), title, "base", {}, state, "ann", 2, NOON, NOON, editors=("ann",))


def policies() -> list[PolicyRow]:
    return [
        PolicyRow("bank.fee", "Refund of a fee", "bank", "", 1, "f", 40, 10),
        PolicyRow("hotel.late", "Late breakfast", "hotel", "", 1, "f", state="changed"),
        PolicyRow("telecom.sim", "SIM swap", "telecom", "security", 1, "f", 3),
    ]


CHANGES = (
    Change(ChangeKind.CHANGED, "decline", "lunch", "hotel.late", "time >= 11:00", "time >= 12:00"),
    Change(ChangeKind.ADDED, "alternative", "box", "hotel.late", "", "a box", Money(500, "USD")),
)
TWO = (TwoReason("{what} costs money.", {"what": "An alternative"}),)
FAULT = LabFault("R4", "f", 7, ("yes",), "hotel.breakfast.late", "offers nothing")


def standing(state: DraftState = DraftState.DRAFT, **more: object) -> Standing:
    values: dict[str, object] = {"changes": CHANGES, "two": (), "faults": (), "reviews": ()}
    return Standing(draft(state), **{**values, **more})  # type: ignore[arg-type]


def verdict(values: dict[str, str] = TRIED) -> Verdict:
    specs = bundle().facts
    facts = {
        key: FactValue(parse_value(specs[key], text), Source.AGENT, NOON)
        for key, text in values.items()
    }
    return decide(bundle(), "hotel.breakfast.late", facts, at=NOON)


def sliders() -> list[Slider]:
    keys = ("hotel.time", "hotel.is_weekend", "hotel.occupancy_pct")
    specs = [bundle().facts[key] for key in keys]
    return [
        Slider(s.key, s.called("en"), s.type, s.ask.en, s.low, s.high, 1, s.values, (), "", s.unit)
        for s in specs
    ]


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, now: Now, tmp_path: Path) -> Iterator[LabWindow]:
    made = LabWindow(theme, now, tmp_path / "window.ini")
    qtbot.addWidget(made)
    fill(made)
    made.show()
    yield made
    made.close()


def fill(made: LabWindow) -> None:
    made.list.show_drafts([draft()])
    made.list.show_policies(policies())
    made.list.allow_new(allowed=True)
    made.show_policy("Late breakfast", "hotel.breakfast.late")
    made.form.show_form(breakfast(), choices())
    made.show_text(shown=False)
    policy = bundle().policies["hotel.breakfast.late"]
    said = {key: spoken(policy, bundle(), key) for key in ("en", "ko")}
    made.speech.show_speech(said)
    made.trial.show_sliders(sliders())
    made.trial.set_values(TRIED)
    made.trial.show_verdict(verdict())
    made.review.show_standing(standing(), ANN)


# Models


def test_the_list_is_a_sound_model(qtbot: QtBot) -> None:
    model = LabListModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show_policies(policies())
    model.show_drafts([draft(DraftState.IN_REVIEW)])
    shown = [model.index(row).data() for row in range(model.rowCount())]
    assert shown == [
        "Drafts", "Longer breakfast, In review, ann",
        "Bank", "Refund of a fee, 40 uses · 25% overridden",
        "Hotel", "Late breakfast, Changed, not used yet",
        "Telecom", "SIM swap, Security, 3 uses · 0% overridden",
    ]  # fmt: skip
    model.choose(LabFilter("sim", "protected"))
    assert [model.index(row).data(Role.ITEM) for row in range(model.rowCount())] == [
        "Telecom", policies()[2],
    ]  # fmt: skip
    model.choose(LabFilter("nothing like it"))
    assert model.rowCount() == 0
    del tester


def test_headings_cannot_be_chosen(qtbot: QtBot) -> None:
    model = LabListModel()
    model.show_policies(policies())
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable


def test_the_matrix_and_the_tables_are_sound_models(qtbot: QtBot, now: Now) -> None:
    flips, uses, history = FlipModel(), UseModel(), HistoryModel(now)
    testers = [QAbstractItemModelTester(model, FATAL) for model in (flips, uses, history)]
    flips.show({(KIND.DECLINE, KIND.YES): 1_234})
    uses.show(
        [RuleUse("p", "Title", "decline", "too_late", 4, 1), RuleUse("p", "T", "yes", "", 0, 0)]
    )
    history.show([HistoryRow(new_id(), "d" * 64, NOON, "ann", "lab", None, "Title", in_force=True)])
    assert flips.index(3, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "1,234: INSTEAD becomes YES, better for the customer"
    )
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert flips.headerData(0, across) == "YES\n1,234"
    assert flips.headerData(3, down) == "INSTEAD\n1,234"
    assert [uses.index(0, at).data() for at in range(5)] == [
        "Title", "decline · too late", "4", "1", "25%",
    ]  # fmt: skip
    assert [uses.index(1, at).data() for at in range(2, 5)] == ["never", "–", "–"]
    assert history.index(0, 3).data() == "In force"
    assert testers


def test_every_flip_has_a_sign_and_a_meaning() -> None:
    signs = {cell: mark(*cell) for cell in product(KINDS, KINDS)}
    assert all(sign == "=" for (a, b), sign in signs.items() if a is b)
    assert signs[KIND.DECLINE, KIND.YES] == "▲"
    assert signs[KIND.YES, KIND.ASK] == "▼"
    assert signs[KIND.REFUSE, KIND.YES] == signs[KIND.YES, KIND.REFUSE] == "shield"
    assert len({mark_word(*cell) for cell in signs}) == 4


# The list


def test_a_word_finds_a_policy(window: LabWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.list.search, "breakfast")
    with qtbot.waitSignal(window.list.policy_chosen) as heard:
        window.list.view.setCurrentIndex(window.list.model.index(1))
    assert heard.args == ["hotel.late"]


def test_lists_that_come_anew_keep_the_frame_and_say_nothing(window: LabWindow) -> None:
    window.list.select("bank.fee")
    heard: list[object] = []
    window.list.policy_chosen.connect(heard.append)
    window.list.show_policies(policies())
    window.list.show_drafts(())
    item = window.list.view.currentIndex().data(Role.ITEM)
    assert (item.id, heard) == ("bank.fee", [])


def test_an_empty_list_says_what_to_do(window: LabWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(window.list.search, "zzz")
    said = [x.text() for x in window.list.findChildren(QLabel) if x.isVisible()]
    assert "Nothing matches. Try another word." in said


# Trying


def test_a_fact_is_unknown_until_it_is_touched(qtbot: QtBot, theme: Theme) -> None:
    for slider in sliders():
        control = FactControl(theme, slider)
        qtbot.addWidget(control)
        heard: list[str] = []
        control.changed.connect(lambda _key, text, said=heard: said.append(text))
        control._known.setChecked(True)
        control._known.setChecked(False)
        first = "yes" if slider.type is FactType.BOOL else heard[0]
        assert heard == [first, ""]
        assert parse_value(bundle().facts[slider.fact], first) is not None


def test_a_slider_tells_what_the_engine_reads(window: LabWindow) -> None:
    heard: list[dict[str, str]] = []
    window.trial.changed.connect(heard.append)
    window.trial.facts._controls["hotel.time"]._range.setValue(11 * 60)
    assert heard[-1] == {**TRIED, "hotel.time": "11:00"}
    window.trial.forget()
    assert heard[-1] == {}


def test_the_card_answers_its_own_question(window: LabWindow) -> None:
    window.trial.set_values({})
    window.trial.show_verdict(verdict({}))
    card = window.trial.card
    assert card is not None
    card.fact_given.emit("hotel.is_weekend", "yes")
    assert window.trial.values == {"hotel.is_weekend": "yes"}
    assert window.trial.facts._controls["hotel.is_weekend"]._known.isChecked()


def test_the_same_verdict_leaves_the_card_alone(window: LabWindow) -> None:
    card = window.trial.card
    assert card is not None
    before = card.prompt
    window.trial.show_verdict(verdict())
    assert card.prompt is before
    window.trial.show_verdict(verdict({"hotel.time": "09:00", "hotel.is_weekend": "no"}))
    assert window.trial.card is card
    assert card.prompt.verdict.kind is VerdictKind.YES


def test_a_sentence_leads_to_its_rule(window: LabWindow, qtbot: QtBot) -> None:
    sentence = next(
        x for x in window.speech.findChildren(QPushButton) if "kitchen" in x.accessibleName()
    )
    with qtbot.waitSignal(window.speech.chosen) as heard:
        sentence.click()
    assert heard.args == [("decline", 2)]


def test_it_is_read_back_in_both_languages(window: LabWindow, qtbot: QtBot) -> None:
    window.speech.speak("ko")
    qtbot.wait(10)
    said = [x.accessibleName() for x in window.speech.findChildren(QPushButton) if x.isVisible()]
    assert any("조식" in text for text in said)


# Review


@pytest.mark.parametrize(
    ("state", "more", "person", "offered"),
    [
        (DraftState.DRAFT, {}, ANN, {"Put in force"}),
        (DraftState.DRAFT, {"two": TWO}, ANN, {"Send for review"}),
        (DraftState.DRAFT, {"two": TWO, "faults": (FAULT,)}, ANN, set()),
        (DraftState.DRAFT, {"changes": ()}, ANN, set()),
        (DraftState.DRAFT, {}, EVE, set()),
        (DraftState.IN_REVIEW, {"two": TWO}, ANN, {"Send back"}),
        (DraftState.IN_REVIEW, {"two": TWO}, EVE, {"Send back"}),
        (DraftState.IN_REVIEW, {"two": TWO}, BEN, {"Approve", "Send back"}),
        (DraftState.IN_REVIEW, {"two": TWO}, None, {"Approve", "Send back"}),
        (DraftState.REVIEWED, {"two": TWO, "approved_by": "ben"}, ANN, {"Put in force"}),
        (DraftState.REVIEWED, {"conflicts": ("a.toml",)}, ANN, {"Take over what is in force"}),
    ],
)
def test_only_the_next_steps_are_offered(
    window: LabWindow, state: DraftState, more: dict[str, object], person: Person | None,
    offered: set[str],
) -> None:  # fmt: skip
    window.review.show_standing(standing(state, **more), person)
    steps = {
        "Send for review",
        "Approve",
        "Send back",
        "Put in force",
        "Take over what is in force",
    }
    found = {
        x.accessibleName()
        for x in window.review.findChildren(QPushButton)
        if x.isVisible() and x.isEnabled()
    }
    assert found & steps == offered


def test_sending_back_needs_a_note(window: LabWindow, qtbot: QtBot) -> None:
    window.review.show_standing(standing(DraftState.IN_REVIEW, two=TWO), BEN)
    heard: list[tuple[object, str]] = []
    window.review.reviewed.connect(lambda outcome, note: heard.append((outcome, note)))
    window.review.send_back.click()
    assert heard == []
    window.review.note.setPlainText("Too dear at weekends")
    window.review.send_back.click()
    assert heard == [(Outcome.SENT_BACK, "Too dear at weekends")]
    assert window.review.note.toPlainText() == ""


def test_the_difference_is_readable(window: LabWindow) -> None:
    review = Review(2, "ben", Outcome.SENT_BACK, "Too dear", NOON)
    window.review.show_standing(standing(two=TWO, reviews=(review,)), ANN)
    window.review.changes_button.click()
    said = "\n".join(x.text() for x in window.review.findChildren(QLabel) if x.isVisible())
    for text in (
        "time >= 11:00 → time >= 12:00",
        "+ Added",
        "+$5.00",
        "An alternative costs money.",
        "ben sent back: Too dear",
    ):
        assert text in said


def test_the_password_is_forgotten_at_once(window: LabWindow, qtbot: QtBot) -> None:
    line, went_on = window.sign_in, []
    line.ask("Sign in to approve.", went_on.append)
    line.login.setText(" ben ")
    line.password.setText("correct horse")
    with qtbot.waitSignal(line.given) as heard:
        line.sign_button.click()
    assert heard.args == ["ben", "correct horse"]
    assert line.password.text() == ""
    assert line.password.echoMode() is QLineEdit.EchoMode.Password
    line.show_fault("Login and password do not match.")
    assert line.sign_button.isEnabled()
    line.accept(BEN)
    assert went_on == [BEN]
    assert line.isHidden()


# Past decisions


def result() -> WhatIf:
    at = NOON - timedelta(days=3)
    examples = tuple(
        Example(
            new_id(), "hotel.late", f"Call {n}", "r", at, ("time 11:20",), KIND.DECLINE, KIND.YES
        )
        for n in range(3)
    )
    matrix = {(KIND.YES, KIND.YES): 90, (KIND.DECLINE, KIND.YES): 9, (KIND.REFUSE, KIND.YES): 1}
    return WhatIf(
        100, 2, matrix, {(KIND.DECLINE, KIND.YES): examples},
        (Lost("hotel.late", "box", "a breakfast box", 4),),
        (Cost("USD", 1_000, 700, 2_000, 2_500),), examples[:1], 1, {"hotel.late": 10},
    )  # fmt: skip


def test_what_if_tells_flips_money_and_what_is_lost(window: LabWindow, qtbot: QtBot) -> None:
    page = window.what_if
    page.allow(allowed=True)
    window.show_page(page)
    page.show_result(result())
    qtbot.wait(10)  # what is laid out anew is shown with the next event
    said = "\n".join(x.text() for x in page.findChildren(QLabel) if x.isVisible())
    for text in (
        "100 decisions replayed, 90 as before.",
        "2 are of policies",
        "10.0%",
        "−$3.00",
        "+$5.00",
        "may not be put in force",
        "a breakfast box",
        "Call 0",
        "1 / 3",
    ):
        assert text in said, text


def test_examples_are_clicked_through(window: LabWindow, qtbot: QtBot) -> None:
    page = window.what_if
    page.show_result(result())
    page.examples.forth.click()
    page.examples.forth.click()
    assert not page.examples.forth.isEnabled()
    with qtbot.waitSignal(page.test_wanted) as heard:
        page.examples._tell_test()
    assert heard.args[0].title == "Call 2"
    page.matrix.setCurrentIndex(page.matrix.flips.index(1, 1))
    assert page.examples.back.isHidden()


def test_a_replay_shows_progress_and_can_be_cancelled(window: LabWindow, qtbot: QtBot) -> None:
    page = window.what_if
    page.allow(allowed=True)
    page.show_progress(5_000, 20_000)
    assert not page.run.isEnabled()
    with qtbot.waitSignal(page.cancelled):
        next(x for x in page.progress.findChildren(QPushButton)).click()
    page.stopped()
    assert page.run.isEnabled()


def test_without_a_sound_draft_there_is_no_replay(window: LabWindow) -> None:
    page = window.what_if
    page.allow(allowed=False)
    assert not page.run.isEnabled()
    page.allow(allowed=True)
    assert page.run.isEnabled()


def test_an_empty_past_says_so(window: LabWindow) -> None:
    window.what_if.show_result(WhatIf())
    said = [x.text() for x in window.what_if.findChildren(QLabel)]
    assert "There are no decisions in that time. Choose a longer one." in said


def test_rules_are_picked_out(window: LabWindow) -> None:
    page = window.coverage
    page.show_rules([RuleUse("a", "A", "yes", "", 3, 0), RuleUse("b", "B", "yes", "", 0, 0)])
    page.never.click()
    assert [page.model.row(0).policy_id, page.model.rowCount()] == ["b", 1]
    page.overridden.click()
    assert page.model.rowCount() == 0


def test_a_roll_back_asks_first(window: LabWindow, qtbot: QtBot) -> None:
    rows = [
        HistoryRow(new_id(), "b" * 64, NOON, "ben", "lab", None, "Two", in_force=True),
        HistoryRow(new_id(), "a" * 64, NOON, "ann", "lab", None, "One", in_force=False),
    ]
    page = window.history
    window.show_page(page)
    page.show_history(rows)
    page.table.selectRow(0)
    assert not page.back.isEnabled()
    page.table.selectRow(1)
    page.back.click()
    assert page.sure.isVisible()
    with qtbot.waitSignal(page.rolled_back) as heard:
        page.sure.click()
    assert heard.args == [rows[1]]


# The text


def test_faults_stand_at_their_lines(window: LabWindow) -> None:
    window.show_text(shown=True)
    window.toml.show_text("a = 1\nb = 2\n" * 20)
    window.toml.show_faults([replace(FAULT, line=4), replace(FAULT, line=9)])
    assert window.toml.editor._faulty == {4, 9}
    button = next(
        x for x in window.toml.findChildren(QPushButton) if x.accessibleName().startswith("Line 9")
    )
    button.click()
    assert window.toml.editor.textCursor().blockNumber() == 8


# Everybody


def test_every_control_has_a_name(window: LabWindow) -> None:
    for page in (window.bench, window.what_if, window.coverage, window.history):
        window.show_page(page)
        window.sign_in.ask("x", lambda _: None)
        nameless = [
            f"{type(widget).__name__} in {type(widget.parent()).__name__}"
            for widget in window.findChildren(QWidget)
            if is_control(widget) and not spoken_name(widget)
        ]
        assert nameless == []


def test_tab_reaches_every_control_and_comes_back(window: LabWindow) -> None:
    start = window.list.search
    start.setFocus()
    reached, at = set(), start.nextInFocusChain()
    while at is not start:
        reached.add(at)
        at = at.nextInFocusChain()
    wanted = {w for w in window.findChildren(QWidget) if is_control(w) and w is not start}
    assert wanted <= reached


def test_keys_reach_every_page(window: LabWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    for key, page in (("2", window.what_if), ("3", window.coverage), ("4", window.history),
                      ("1", window.bench)):  # fmt: skip
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda page=page: window.page is page)


def test_hostile_names_are_shown_as_they_are(window: LabWindow) -> None:
    window.show_policy(HOSTILE, HOSTILE)
    window.review.show_standing(replace(standing(), draft=draft(title=HOSTILE)), ANN)
    labels = [x for x in window.findChildren(QLabel) if HOSTILE in x.text()]
    assert labels
    assert all(x.textFormat() is Qt.TextFormat.PlainText for x in labels)


def test_twice_the_text_size_fits_a_screen(
    qapp: QApplication, qtbot: QtBot, now: Now, tmp_path: Path
) -> None:
    large = Theme(qapp, "light", 200)
    try:
        made = LabWindow(large, now, tmp_path / "large.ini")
        qtbot.addWidget(made)
        fill(made)
        made.resize(1366, 768)
        made.show()
        for page in (made.bench, made.what_if, made.coverage, made.history):
            made.show_page(page)
            qtbot.wait(20)
            assert made.minimumSizeHint().width() <= 1366
    finally:
        large.close()


def is_control(widget: QWidget) -> bool:
    own = not widget.objectName().startswith("qt_")
    return own and widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""
