# SPDX-License-Identifier: Apache-2.0
"""The form of the policy lab: what it shows, what it tells, and where faults stand."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain import policy_form
from agentassist.domain.condition import Operator, parse
from agentassist.domain.facts import FactSpec, FactType, Text
from agentassist.domain.policy_form import AlternativeForm, ButtonForm, DeclineForm, PolicyForm
from agentassist.services.policy_lab import LabFault
from agentassist.ui.lab_cards import Card, Cards, Section
from agentassist.ui.lab_conditions import ConditionRow, ConditionRows
from agentassist.ui.lab_document import (
    Edits,
    moved_item,
    part,
    with_item,
    with_part,
    without_item,
)
from agentassist.ui.lab_form import LabForm
from agentassist.ui.lab_inputs import Amount, Choice, Line, Number, Page, TimeOfDay
from agentassist.ui.lab_operators import begun, fitting, read, suited, written
from agentassist.ui.theme import Theme
from tests.ui.lab_samples import breakfast, bundle, choices, form, policy_files, sim_swap

SPECS = bundle().facts
CONDITIONS = sorted({c.text for policy in bundle().policies.values() for c in policy.conditions()})


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme) -> LabForm:
    made = LabForm()
    qtbot.addWidget(made)
    made.resize(640, 900)
    made.show()
    made.show_form(breakfast(), choices())
    return made


def told(shown: LabForm) -> list[PolicyForm]:
    heard: list[PolicyForm] = []
    shown.edited.connect(lambda changed, _step: heard.append(changed))
    return heard


def cards(shown: LabForm, path: tuple[str | int, ...]) -> Cards:
    return next(made for made in shown.findChildren(Cards) if made.path == path)


# Conditions


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_that_ships_comes_back_as_it_was(text: str) -> None:
    found = read(text, SPECS)
    assert found is not None
    again = parse(written(found, SPECS[found.fact]), SPECS)
    assert (again.fact, again.operator, again.literals) == (
        found.fact, found.operator, found.literals,
    )  # fmt: skip


@given(st.sampled_from(sorted(SPECS)), st.lists(st.sampled_from(list(Operator)), max_size=6))
def test_choosers_never_write_what_does_not_fit(key: str, chosen: list[Operator]) -> None:
    spec = SPECS[key]
    now = begun(spec)
    for operator in chosen:
        if operator in fitting(spec):
            now = replace(now, operator=operator, literals=suited(spec, operator, now.literals))
        assert parse(written(now, spec), SPECS).fact == key


def test_only_what_fits_the_fact_can_be_chosen(qtbot: QtBot, theme: Theme) -> None:
    row = ConditionRow("hotel.is_weekend is yes", SPECS)
    qtbot.addWidget(row)
    names = {made.accessibleName(): made for made in row.findChildren(Choice)}
    assert names["Comparison"].count() == 1
    assert [names["Value"].itemData(at) for at in range(2)] == [True, False]


def test_another_fact_begins_anew(qtbot: QtBot, theme: Theme) -> None:
    row = ConditionRow("hotel.is_weekend is yes", SPECS)
    qtbot.addWidget(row)
    with qtbot.waitSignal(row.changed) as heard:
        fact = next(x for x in row.findChildren(Choice) if x.accessibleName() == "Fact")
        fact.picked.emit("hotel.time")
    assert parse(heard.args[0], SPECS).fact == "hotel.time"


@pytest.mark.parametrize("text", ["hotel.nope is yes", "hotel.time", "", "hotel.time in 1, 2"])
def test_what_choosers_cannot_show_stays_a_text(qtbot: QtBot, theme: Theme, text: str) -> None:
    rows = ConditionRows(SPECS, "Add")
    qtbot.addWidget(rows)
    rows.show_conditions([text])
    line = rows.findChild(Line)
    assert isinstance(line, Line)
    assert line.text() == text
    with qtbot.waitSignal(rows.changed) as heard:
        line.edited.emit("hotel.time > 12:00")
    assert heard.args[0] == ("hotel.time > 12:00",)


def test_conditions_are_added_and_removed(qtbot: QtBot, theme: Theme) -> None:
    rows = ConditionRows(SPECS, "Add")
    qtbot.addWidget(rows)
    heard: list[tuple[str, ...]] = []
    rows.changed.connect(heard.append)
    button(rows, "Add").click()
    assert len(heard[-1]) == 1
    button(rows, "Remove this condition").click()
    assert heard[-1] == ()


# What is edited


TREE = breakfast()
PATHS: list[tuple[str | int, ...]] = [
    ("title",),
    ("declines",),
    ("declines", 1),
    ("declines", 1, "when"),
    ("declines", 1, "alternatives", 0, "offer"),
    ("tests", 3, "facts"),
]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_a_part_is_exchanged_and_nothing_else(path: tuple[str | int, ...]) -> None:
    changed = with_part(TREE, path, "mark")
    assert part(changed, path) == "mark"
    assert with_part(changed, path, part(TREE, path)) == TREE


def test_items_come_go_and_move() -> None:
    path = ("declines",)
    more = with_item(TREE, path, DeclineForm(id="new"))
    assert more.declines[-1].id == "new"
    assert without_item(more, (*path, 4)) == TREE
    moved = moved_item(TREE, (*path, 0), 1)
    assert [rule.id for rule in moved.declines[:2]] == ["lunch_setup", "between_services"]
    assert moved_item(moved, (*path, 1), -1) == TREE
    assert moved_item(TREE, (*path, 0), -1) == TREE
    assert moved_item(TREE, (*path, 3), 1) == TREE


@given(st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["undo", "redo"])), max_size=30))
def test_undo_and_redo_are_a_list_with_a_mark(steps: list[int | str]) -> None:
    edits: Edits[int] = Edits()
    edits.begin(-1)
    states, at = [-1], 0
    for step in steps:
        if step == "undo":
            at = max(0, at - 1)
            edits.undo()
        elif step == "redo":
            at = min(len(states) - 1, at + 1)
            edits.redo()
        elif step != states[at]:
            states = [*states[: at + 1], int(step)]
            at += 1
            edits.change(int(step))
        assert edits.now == states[at]
        assert (edits.can_undo, edits.can_redo) == (at > 0, at + 1 < len(states))


def test_typing_in_one_field_is_one_step() -> None:
    edits: Edits[str] = Edits()
    edits.begin("")
    for text in ("a", "ab", "abc"):
        edits.change(text, "title")
    edits.change("abcd", "reason")
    assert edits.undo() == "abc"
    assert edits.undo() == ""
    assert edits.undo() is None


# The form


@pytest.mark.parametrize("path", policy_files(), ids=lambda path: path.stem)
def test_showing_a_policy_changes_nothing(qtbot: QtBot, theme: Theme, path: Path) -> None:
    made = LabForm()
    qtbot.addWidget(made)
    heard = told(made)
    made.show_form(form(path), choices())
    for section in made.findChildren(Section):
        section.unfold()
    for _inside in range(2):
        for card in made.findChildren(Card):
            card.open()
    made.show_form(form(path), choices())
    assert heard == []
    assert made.form == form(path)


def test_a_text_is_told_with_its_place(shown: LabForm) -> None:
    heard = told(shown)
    page(shown, "Title, Korean").setPlainText("늦은 조식")
    assert heard[-1].title == Text("Breakfast outside breakfast hours", "늦은 조식")


def test_blanks_stay_while_one_types(shown: LabForm, qtbot: QtBot) -> None:
    title = page(shown, "Title, English")
    title.setFocus()
    title.moveCursor(title.textCursor().MoveOperation.End)
    qtbot.keyClicks(title, " at noon ")
    assert title.toPlainText().endswith("hours at noon ")
    assert shown.form is not None
    assert shown.form.title.en == "Breakfast outside breakfast hours at noon"


def test_a_form_shown_again_keeps_the_caret(shown: LabForm) -> None:
    title = page(shown, "Title, English")
    title.moveCursor(title.textCursor().MoveOperation.End)
    shown.show_form(replace(breakfast(), owner="somebody"), choices())
    assert page(shown, "Title, English") is title
    assert title.textCursor().position() == len(title.toPlainText())


def test_rules_are_added_moved_and_removed(shown: LabForm) -> None:
    heard = told(shown)
    declines = cards(shown, ("declines",))
    button(declines, "Add a ground to decline").click()
    assert [rule.id for rule in heard[-1].declines][-1] == "ground_1"
    assert heard[-1].declines[-1].alternatives[0].delivers == ("eat_now",)
    assert declines.cards[-1].is_open
    button(declines.cards[-1], "Move up").click()
    assert heard[-1].declines[3].id == "ground_1"
    button(declines.cards[3], "Remove").click()
    assert heard[-1] == breakfast()
    assert len(declines.cards) == 4


def test_an_alternative_is_edited_inside_its_decline(shown: LabForm, qtbot: QtBot) -> None:
    heard = told(shown)
    shown.go_to(("decline", 1, "alternative", 0))
    options = cards(shown, ("declines", 1, "alternatives"))
    first = options.cards[0]
    assert first.is_open
    amount = first.findChild(Amount)
    assert isinstance(amount, Amount)
    amount.setValue(7.5)
    assert heard[-1].declines[1].alternatives[0].cost == 750
    button(first, "breakfast food").click()
    assert heard[-1].declines[1].alternatives[0].delivers == ("eat_now",)
    hours = first.findChild(Number)
    assert isinstance(hours, Number)
    hours.setValue(-1)
    assert heard[-1].declines[1].alternatives[0].within_hours is None


def test_tests_take_facts_by_choosers(shown: LabForm) -> None:
    heard = told(shown)
    made = cards(shown, ("tests",))
    made.cards[0].open()
    time = made.cards[0].findChild(TimeOfDay)
    assert isinstance(time, TimeOfDay)
    time.edited.emit(15 * 60 + 5)
    assert heard[-1].tests[0].facts["hotel.time"] == "15:05"
    button(made.cards[0], "Remove this fact").click()
    assert "hotel.time" not in heard[-1].tests[0].facts
    button(made, "Add a test").click()
    assert heard[-1].tests[-1] == policy_form.TestForm()


def test_an_expected_list_of_alternatives_can_be_left_open(shown: LabForm) -> None:
    heard = told(shown)
    made = cards(shown, ("tests",))
    made.cards[0].open()
    button(made.cards[0], "breakfast brought to your room (room_service)").click()
    button(made.cards[0], "coffee and pastries in the lounge at once").click()
    assert heard[-1].tests[0].alternatives is None


def test_a_protected_policy_has_a_form_of_its_own(shown: LabForm, qtbot: QtBot) -> None:
    shown.show_form(sim_swap(), choices())
    qtbot.wait(10)  # what is laid out anew is shown with the next event
    heads = shown.findChildren(QPushButton)
    titles = {head.accessibleName() for head in heads if head.isVisible()}
    assert "The safe path" in titles
    assert "We say yes, unless …" not in titles
    heard = told(shown)
    page(shown, "The no, English").setPlainText("I keep your number safe.")
    assert heard[-1].refuse.en == "I keep your number safe."


def test_a_button_on_orders_is_kept_while_it_is_off(shown: LabForm) -> None:
    returns = form(next(path for path in policy_files() if path.stem == "late_return"))
    shown.show_form(returns, choices())
    heard = told(shown)
    for section in shown.findChildren(Section):
        section.unfold()
    tick = next(x for x in shown.findChildren(QCheckBox) if "orders" in x.text())
    assert tick.isChecked() is (returns.button is not None)
    tick.click()
    assert (heard[-1].button is None) is (returns.button is not None)
    tick.click()
    assert heard[-1].button == (returns.button or ButtonForm())


def test_names_are_parted_by_commas(shown: LabForm, qtbot: QtBot) -> None:
    for section in shown.findChildren(Section):
        section.unfold()
    heard = told(shown)
    line = next(x for x in shown.findChildren(Line) if x.accessibleName().startswith("Speaks"))
    qtbot.keyClicks(line, "hotel.a, hotel.b,")
    assert heard[-1].overrides == ("hotel.a", "hotel.b")
    assert line.text() == "hotel.a, hotel.b,"


# Faults


def fault(path: tuple[str | int, ...], text: str = "mend this") -> LabFault:
    return LabFault("R1", "x.toml", 3, path, "hotel.breakfast.late", text)


@pytest.mark.parametrize(
    ("path", "at"),
    [
        (("title",), "Title"),
        (("title_ko",), "Title"),
        (("yes_ko",), "The yes"),
        (("examples", 2), "Means this"),
        (("examples_ko",), "Means this"),
    ],
    ids=str,
)
def test_a_fault_stands_below_its_field(
    shown: LabForm, path: tuple[str | int, ...], at: str
) -> None:
    shown.show_faults([fault(path)])
    said = faults(shown)
    assert [line.text() for line in said] == ["R1 · mend this"]
    heading = said[0].parentWidget().findChild(QLabel)
    assert isinstance(heading, QLabel)
    assert heading.text() == at


def test_a_fault_in_a_closed_card_stands_at_the_card(shown: LabForm) -> None:
    shown.show_faults([fault(("decline", 2, "alternative", 1, "offer"))])
    (line,) = faults(shown)
    card = cards(shown, ("declines",)).cards[2]
    assert card.isAncestorOf(line)
    shown.go_to(("decline", 2, "alternative", 1, "offer"))
    shown.show_faults([fault(("decline", 2, "alternative", 1, "offer"))])
    (line,) = faults(shown)
    assert cards(shown, ("declines", 2, "alternatives")).cards[1].isAncestorOf(line)


def test_a_folded_section_opens_for_a_fault(shown: LabForm) -> None:
    shown.show_faults([fault(("needs",))])
    (line,) = faults(shown)
    assert line.isVisible()


def test_a_fault_of_nothing_stands_on_top(shown: LabForm) -> None:
    shown.show_faults([fault(()), fault(("nothing", 3))])
    assert [line.text() for line in faults(shown)] == ["R1 · mend this"]
    shown.show_faults([])
    assert faults(shown) == []


def test_faults_follow_rules_that_move(shown: LabForm) -> None:
    button(cards(shown, ("declines",)).cards[0], "Remove").click()
    shown.show_faults([fault(("decline", 2))])
    assert len(faults(shown)) == 1
    button(cards(shown, ("declines",)).cards[2], "Remove").click()
    shown.show_faults([fault(("decline", 1))])
    assert len(faults(shown)) == 1


# Fields


@pytest.mark.parametrize(
    "make",
    [
        lambda: Choice("c", [("a", 1), ("b", 2)]),
        lambda: Number("n", 0, 9),
        lambda: Amount("a", "USD"),
        lambda: TimeOfDay("t", 0, 1439),
    ],
)
def test_the_wheel_scrolls_the_page_not_the_value(
    qtbot: QtBot, theme: Theme, make: Callable[[], QWidget]
) -> None:
    field = make()
    qtbot.addWidget(field)
    field.show()
    before = (QApplication.instance() and field.property("value")) or field.property("currentIndex")
    turn = QWheelEvent(
        QPointF(3, 3), QPointF(3, 3), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(field, turn)
    assert not turn.isAccepted()
    assert (field.property("value") or field.property("currentIndex")) == before


def test_money_is_exact(qtbot: QtBot, theme: Theme) -> None:
    for currency, minor in (("USD", 1999), ("USD", 1), ("KRW", 15_000)):
        amount = Amount("a", currency)
        qtbot.addWidget(amount)
        amount.show_value(minor)
        assert amount.minor() == minor


@pytest.mark.parametrize("kind", list(FactType))
def test_every_type_of_fact_has_comparisons(kind: FactType) -> None:
    assert fitting(FactSpec("a.b", kind, Text("?"), values=("x",)))


def test_hostile_texts_are_shown_as_they_are(shown: LabForm) -> None:
    hostile = "<b>x</b>" * 500
    changed = replace(
        breakfast(),
        declines=(DeclineForm(reason=Text(hostile), alternatives=(AlternativeForm(),)),),
    )
    shown.show_form(changed, choices())
    assert shown.minimumSizeHint().width() < 700
    head = cards(shown, ("declines",)).cards[0].findChild(QPushButton)
    assert isinstance(head, QPushButton)
    assert hostile in head.accessibleName()


def button(inside: QWidget, name: str) -> QPushButton:
    found = [x for x in inside.findChildren(QPushButton) if x.accessibleName() == name]
    assert found, name
    return found[0]


def page(inside: QWidget, name: str) -> Page:
    return next(x for x in inside.findChildren(Page) if x.accessibleName() == name)


def faults(inside: LabForm) -> list[QLabel]:
    """Return the faults that are said, in sections that are open."""
    assert inside.findChildren(Section)
    return [
        line
        for line in inside.findChildren(QLabel)
        if line.property("look") == "fault" and line.text() and not line.isHidden()
    ]
