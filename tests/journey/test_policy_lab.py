# SPDX-License-Identifier: Apache-2.0
"""Whole ways through the policy lab: its window over real services and a real database."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.domain.clock import utc_now
from agentassist.domain.facts import Text
from agentassist.domain.policy_draft import Draft, DraftState, Outcome
from agentassist.domain.staff import Person
from agentassist.places import resource
from agentassist.services.policies import PolicyService
from agentassist.services.policy_lab import PolicyLab
from agentassist.services.sample_decisions import load_decisions
from agentassist.services.staff import Staff
from agentassist.storage.database import Database
from agentassist.ui.lab_controller import LabController
from agentassist.ui.lab_document import with_part
from agentassist.ui.lab_tour import LabTour
from agentassist.ui.lab_window import LabWindow
from agentassist.ui.task_runner import TaskRunner
from agentassist.ui.theme import Theme
from agentassist.ui.translations import install
from tests.journey.conftest import wait_for

LATE = "hotel.breakfast.late"
SIM = "telecom.sim.swap"
FILE = "hotel/late_breakfast.toml"
PASSWORD = "maple and pine"
LATER = ("hotel.time between 13:31 and 17:00",)
WHEN = ("declines", 1, "when")
REASON = ("declines", 1, "reason")
COST = ("declines", 1, "alternatives", 1, "cost")


@dataclass
class Opened:
    """What a tour opens: it has the window already."""

    window: LabWindow
    controller: LabController


class Lab(LabTour):
    """A lab without a desk, told in the verbs of a supervisor."""

    def __init__(self, database: Database, folder: Path, theme: Theme, layout: Path) -> None:
        self.database = database
        self.policies = PolicyService(database, folder, None, utc_now)
        self.service = PolicyLab(database, self.policies, utc_now)
        self.staff = Staff(database, utc_now, "test", log_n=4)
        self.runner = TaskRunner()
        self.errors: list[BaseException] = []
        self.runner.failed.connect(self.errors.append)
        self._theme, self._layout = theme, layout
        self.start()

    def start(self) -> None:
        window = LabWindow(self._theme, utc_now, self._layout)
        controller = LabController(self.service, self.staff.sign_in, self.runner, window, utc_now)
        self._window, self._controller, self._wait = window, controller, wait_for
        window.resize(1366, 820)
        window.show()
        controller.start()
        wait_for(lambda: window.list.model.rowCount() > 0)

    @property
    def draft(self) -> Draft | None:
        return self.controller.editor.draft

    def stored(self) -> Draft:
        assert self.draft is not None
        return self.service.draft(self.draft.id)

    def settle(self) -> None:
        wait_for(lambda: self.runner.idle and not self.controller.editor.unsaved)

    def notice(self) -> str:
        notice = self.window.notice
        return "" if notice.isHidden() else notice._text.text()

    def toast(self) -> str:
        return self.window.toast.accessibleName()

    def sign_in_as(self, login: str) -> None:
        self.controller.session.leave()
        self.sign_in(login, PASSWORD)

    def shut(self) -> None:
        self.controller.close()
        self.window.close()
        self.window.deleteLater()
        self.runner.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(resource("policies"), tmp_path / "policies")
    return tmp_path / "policies"


@pytest.fixture
def lab(
    database: Database, folder: Path, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[Lab]:
    install(qapp, "en")
    theme = Theme(qapp, "light")
    load_decisions(database, folder, utc_now(), 600)
    made = Lab.__new__(Lab)
    policies = PolicyService(database, folder, None, utc_now)
    assert policies.load() == []
    Lab.__init__(made, database, folder, theme, tmp_path / "window.ini")
    made.policies.load()
    for login, name, role in (("ann", "Ann Lee", "supervisor"), ("ben", "Ben Ode", "lead")):
        made.staff.add(login, name, role, PASSWORD)
    yield made
    made.shut()
    theme.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert made.errors == []


def test_a_change_becomes_a_draft_and_the_file_keeps_its_words(lab: Lab, folder: Path) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    before = (folder / FILE).read_text(encoding="utf-8")
    after = before.replace("hotel.time between 11:01 and 17:00", LATER[0])
    assert lab.stored().files == {FILE: after}
    lab.settle()
    assert lab.window.toml.editor.toPlainText() == after
    assert lab.stored().title == "Breakfast outside breakfast hours"
    assert lab.service.standing(lab.stored().id).faults
    lab.mend_tests()
    assert [c.kind.value for c in lab.service.standing(lab.stored().id).changes] == ["changed"]
    said = lab.service.spoken(lab.stored().id, LATE, "en")
    assert any("13:31" in sentence.text for sentence in said)


def test_what_is_typed_waits_for_the_login(lab: Lab) -> None:
    lab.read(LATE)
    context = lab.window.form.context
    assert context is not None
    context.change(REASON, Text("Lunch is being laid", "점심 준비 중입니다"))
    wait_for(lab.window.sign_in.isVisible)
    assert lab.draft is None
    line = lab.window.sign_in
    line.login.setText("ann")
    line.password.setText("wrong password")
    line.sign_button.click()
    wait_for(lambda: "do not match" in line._fault.text())
    assert lab.controller.session.person is None
    lab.sign_in("ann", PASSWORD)
    lab.settle()
    assert "Lunch is being laid" in lab.stored().files[FILE]


def test_closing_in_the_middle_of_a_word_loses_nothing(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    context = lab.window.form.context
    assert context is not None
    context.change(REASON, Text("Half a sent", ""))
    draft = lab.stored()
    lab.shut()
    assert "Half a sent" in lab.service.draft(draft.id).files[FILE]
    lab.runner = TaskRunner()
    lab.start()
    assert lab.window.list.model.row_of(draft.id) > 0


def test_undo_and_redo_reach_the_database(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    lab.window.undo_button.click()
    lab.settle()
    assert lab.stored().files == {} or LATER[0] not in lab.stored().files[FILE]
    assert lab.window.redo_button.isEnabled()
    lab.window.redo_button.click()
    lab.settle()
    assert LATER[0] in lab.stored().files[FILE]


def test_the_text_and_the_form_are_one(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.window.show_text(shown=True)
    editor = lab.window.toml.editor
    text = editor.toPlainText()
    editor.setPlainText("# seen by Ann\n" + text.replace("11:01", "12:01"))
    lab.settle()
    form = lab.window.form.form
    assert form is not None
    assert form.declines[1].when == ("hotel.time between 12:01 and 17:00",)
    editor.setPlainText(text.replace('sector = "hotel"', "sector = hotel"))
    lab.settle()
    assert lab.window.text_shown
    assert "This is not TOML" in lab.window.speech._problem.text()
    wait_for(lambda: lab.window.toml.editor._faulty == {4})


def test_faults_stand_beside_their_field(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(("yes",), Text("Unfortunately not.", ""))
    slots = lab.window.form.context._slots  # type: ignore[union-attr]
    assert "closes the door" in slots["yes",].text()
    assert not lab.window.review.submit.isEnabled()
    lab.window.review.faults.click()
    assert lab.window.form.isVisible()


def test_facts_are_tried_and_made_a_test(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    count = len(lab.window.form.form.tests)  # type: ignore[union-attr]
    lab.window.trial.set_values({"hotel.time": "12:15", "hotel.is_weekend": "yes"})
    wait_for(lambda: lab.window.trial.card.prompt.verdict.kind.value == "yes")  # type: ignore[union-attr]
    lab.window.trial.test_button.click()
    lab.settle()
    form = lab.window.form.form
    assert form is not None
    assert form.tests[count].facts == {"hotel.time": "12:15", "hotel.is_weekend": True}
    lab.window.toast.undo()
    lab.settle()
    assert len(lab.window.form.form.tests) == count  # type: ignore[union-attr]


def test_past_decisions_are_replayed_and_become_tests(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    lab.mend_tests()
    lab.replay()
    result = lab.window.what_if.result
    assert result is not None
    assert result.decisions == 600
    assert result.protected_flips == 0
    assert result.flips > 0
    before = len(lab.window.form.form.tests)  # type: ignore[union-attr]
    lab.window.what_if.examples._test.click()
    lab.settle()
    assert len(lab.window.form.form.tests) == before + 1  # type: ignore[union-attr]


def test_two_people_put_it_in_force_and_a_desk_notices(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(COST, 900)
    before = lab.policies.bundle
    assert before is not None
    assert not lab.window.review.activate.isVisible()
    lab.window.review.submit.click()
    lab.settle()
    assert lab.stored().state is DraftState.IN_REVIEW
    assert not lab.window.review.approve.isEnabled()
    lab.sign_in_as("ben")
    assert lab.window.review.approve.isEnabled()
    lab.window.review.note.setPlainText("Good")
    lab.window.review.approve.click()
    lab.settle()
    assert lab.stored().state is DraftState.REVIEWED
    lab.window.review.activate.click()
    wait_for(lambda: lab.draft is None)
    lab.settle()
    after = lab.policies.bundle
    assert after is not None
    assert after.digest != before.digest
    assert "is in force" in lab.toast()
    lab.window.toast.undo()
    wait_for(lambda: lab.policies.bundle.digest == before.digest)  # type: ignore[union-attr]
    lab.settle()


def test_a_second_person_signs_what_costs_more_again(lab: Lab) -> None:
    ann, ben = Person("ann", "Ann Lee", "supervisor"), Person("ben", "Ben Ode", "lead")
    first = lab.policies.bundle
    draft = lab.service.begin("Cheaper", ann)
    form = with_part(lab.service.form(draft.id, LATE), COST, 100)
    draft = lab.service.save(draft.id, LATE, form, draft.revision, ann)
    lab.service.activate(draft.id, draft.revision, ben)
    assert first is not None
    lab.sign_in_as("ben")
    lab.controller.past.take_back()
    wait_for(lab.window.sign_in.isVisible)
    lab.sign_in("ann", PASSWORD)
    wait_for(lambda: lab.policies.bundle.digest == first.digest)  # type: ignore[union-attr]
    assert lab.controller.session.person == ben
    lab.settle()


def test_a_draft_is_sent_back_with_a_note(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(COST, 900)
    lab.window.review.submit.click()
    lab.settle()
    lab.sign_in_as("ben")
    lab.window.review.note.setPlainText("Too long at weekends")
    lab.window.review.send_back.click()
    lab.settle()
    assert lab.stored().state is DraftState.DRAFT
    assert "Too long at weekends" in lab.window.review._next.text()
    reviews = lab.service.standing(lab.stored().id).reviews
    assert [review.outcome for review in reviews] == [Outcome.SENT_BACK]


def test_a_roll_back_can_be_undone(lab: Lab) -> None:
    ann, ben = Person("ann", "Ann Lee", "supervisor"), Person("ben", "Ben Ode", "lead")
    first = lab.policies.bundle
    draft = lab.service.begin("Kinder", ann)
    form = lab.service.form(draft.id, LATE)
    rule = replace(form.declines[1], reason=Text("Lunch is being laid", "점심 준비 중입니다"))
    changed = replace(form, declines=(form.declines[0], rule, *form.declines[2:]))
    draft = lab.service.save(draft.id, LATE, changed, draft.revision, ann)
    lab.service.activate(draft.id, draft.revision, ben)
    second = lab.policies.bundle
    assert first is not None
    assert second is not None
    lab.sign_in_as("ben")
    lab.window.show_page(lab.window.history)
    wait_for(lambda: lab.window.history.model.rowCount() > 1)
    lab.window.history.table.selectRow(1)
    lab.window.history.back.click()
    lab.window.history.sure.click()
    wait_for(lambda: lab.policies.bundle.digest == first.digest)  # type: ignore[union-attr]
    lab.settle()
    assert "in force again" in lab.toast()
    lab.window.toast.undo()
    wait_for(lambda: lab.policies.bundle.digest == second.digest)  # type: ignore[union-attr]
    lab.settle()


def test_a_discarded_draft_comes_back(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    draft = lab.stored()
    lab.window.review.discard.click()
    wait_for(lambda: lab.draft is None)
    lab.settle()
    assert lab.service.draft(draft.id).state is DraftState.DISCARDED
    lab.window.toast.undo()
    wait_for(lambda: lab.draft is not None)
    lab.settle()
    assert lab.stored().state is DraftState.DRAFT
    assert LATER[0] in lab.stored().files[FILE]


def test_nobody_overwrites_what_another_saved(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    lab.edit(WHEN, LATER)
    draft, ben = lab.stored(), Person("ben", "Ben Ode", "lead")
    form = lab.service.form(draft.id, LATE)
    lab.service.save(draft.id, LATE, replace(form, owner="bens-team"), draft.revision, ben)
    context = lab.window.form.context
    assert context is not None
    context.change(("owner",), "anns-team")
    wait_for(lambda: "ben" in lab.notice())
    wait_for(lambda: lab.window.form.form.owner == "bens-team")  # type: ignore[union-attr]
    lab.settle()
    assert 'owner = "bens-team"' in lab.stored().files[FILE]
    lab.window.redo_button.click()
    lab.settle()
    assert 'owner = "anns-team"' in lab.stored().files[FILE]


def test_a_new_policy_begins_with_a_form(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.window.list.new_draft.click()
    wait_for(lambda: lab.draft is not None)
    lab.settle()
    lab.window.list.new_policy.click()
    wait_for(lab.window.new_policy.isVisible)
    lab.window.new_policy.name.setText("early check in")
    lab.window.new_policy.sector.show_value("hotel")
    lab.window.new_policy._tell()
    lab.settle()
    wait_for(lambda: lab.window.form.form is not None)
    assert lab.window.form.form.id == "hotel.early_check_in"  # type: ignore[union-attr]
    wait_for(lambda: lab.window.list.model.row_of("hotel.early_check_in") > 0)
    lab.window.remove_button.click()
    lab.settle()
    wait_for(lambda: lab.window.list.model.row_of("hotel.early_check_in") < 0)


def test_a_protected_policy_cannot_be_taken_out(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.window.list.new_draft.click()
    wait_for(lambda: lab.draft is not None)
    lab.read(SIM)
    lab.settle()
    assert lab.window.remove_button.isHidden()


def test_policies_are_switched_without_losing_what_was_typed(lab: Lab) -> None:
    lab.sign_in_as("ann")
    lab.read(LATE)
    context = lab.window.form.context
    assert context is not None
    context.change(("owner",), "late-team")
    lab.read(SIM)
    lab.settle()
    assert 'owner = "late-team"' in lab.stored().files[FILE]
    assert lab.window.form.form.id == SIM  # type: ignore[union-attr]


def test_rules_in_use_are_counted(lab: Lab) -> None:
    lab.window.show_page(lab.window.coverage)
    wait_for(lambda: lab.window.coverage.model.rowCount() > 0)
    rows = lab.window.coverage.model.rows
    assert sum(row.uses for row in rows) > 0
    opened: list[str] = []
    lab.window.coverage.opened.connect(opened.append)
    lab.window.coverage.table.setCurrentIndex(lab.window.coverage.model.index(0, 0))
    lab.window.coverage._open()
    wait_for(lambda: lab.window.page is lab.window.bench)
    assert opened == [rows[0].policy_id]
    lab.settle()
