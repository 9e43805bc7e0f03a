# SPDX-License-Identifier: Apache-2.0
"""What happens around a prompt, through the real window, database and model."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from agentassist.domain.call import CallEventKind, Speaker
from agentassist.domain.history import Essentials
from agentassist.domain.verdict import Answer, Decision, Match, Prompt, VerdictKind
from agentassist.domain.wow import WowAnswer
from agentassist.domain.wrap_up import Disposition, LineKind
from agentassist.places import resource
from agentassist.settings import Settings
from agentassist.storage.calls import Calls
from agentassist.storage.database import opened
from agentassist.storage.history import History
from agentassist.storage.schema.history import purchases
from agentassist.storage.wows import Wows
from agentassist.ui.advice_controller import AdviceController
from agentassist.ui.agreed_steps import AgreedSteps
from agentassist.ui.contact import Contact
from agentassist.ui.policy_prompt import Outcome
from agentassist.ui.task_runner import Lane
from tests.journey.conftest import Desk, wait_for


@pytest.fixture
def sample(sample_on_each: Settings) -> Settings:
    """Go around prompts on SQLite and on PostgreSQL."""
    return sample_on_each


GRACE = "+1 303-555-0142"
LATE = "I missed the return date for the lamp. Can I still send it back?"
LONG_PAST = {
    "order.is_defective": "no",
    "customer.tier": "silver",
    "order.days_since_delivery": "66",
    "order.item_condition": "good",
}


def press(parent: QWidget, text: str) -> None:
    (found,) = [
        b
        for b in parent.findChildren(QPushButton)
        if b.text().replace("&", "") == text and b.isVisibleTo(parent)
    ]
    found.click()


def contact_of(desk: Desk) -> Contact:
    assert desk.contact is not None
    return desk.contact


def declined(desk: Desk) -> Prompt:
    """Bring a late return to its alternatives."""
    desk.pops(GRACE)
    contact_of(desk).facts |= LONG_PAST
    desk.hears(LATE)
    wait_for(lambda: desk.prompts)
    wait_for(lambda: desk.application.runner.idle)
    return desk.prompts[0].prompt


def answer(desk: Desk, answer: Answer, offer_id: str = "", reason: str = "") -> None:
    card = desk.prompts[0]
    offers = card.prompt.verdict.alternatives
    offer = next((item for item in offers if item.id == offer_id), None)
    card.answered.emit(Outcome(card.prompt, answer, offer, reason))
    wait_for(lambda: desk.application.runner.idle)


def shown_policies(desk: Desk) -> list[str]:
    return [card.prompt.verdict.policy_id for card in desk.prompts]


def saved(desk: Desk, sample: Settings) -> tuple[Decision, ...]:
    desk.save()
    with opened(sample.url) as database, database.reading() as connection:
        call = Calls(connection).by_reference("c1")
        assert call is not None
        return Calls(connection).decisions(call.id)


def agreements(desk: Desk) -> list[AgreedSteps]:
    layout = desk.panes.conversation.agreed
    items = (layout.itemAt(place) for place in range(layout.count()))
    found = [item.widget() for item in items if item is not None]
    return [widget for widget in found if isinstance(widget, AgreedSteps)]


class TestBareRefusal:
    def test_the_notes_bring_up_what_is_on_screen(self, desk: Desk, qtbot: QtBot) -> None:
        declined(desk)
        notes, hint = desk.panes.conversation.notes, desk.panes.conversation.refusal
        desk.application.window.activateWindow()
        notes.setFocus()
        wait_for(notes.hasFocus)
        before = QApplication.topLevelWidgets()
        qtbot.keyClicks(notes, "told her we can't do that")
        wait_for(hint.isVisible)
        assert QApplication.focusWidget() is notes
        assert QApplication.topLevelWidgets() == before
        assert "Offer what stands above" in hint.accessibleName()
        qtbot.keyClicks(notes, ", offered her our Second Home shelf instead")
        wait_for(lambda: not hint.isVisible())

    @pytest.mark.logs("This plugin does not support")  # what the menu asks of a screen
    def test_without_a_prompt_the_request_can_be_picked(self, desk: Desk) -> None:
        desk.pops(GRACE)
        desk.hears("We can't do that.", Speaker.AGENT)
        hint = desk.panes.conversation.refusal
        assert hint.isVisible()
        asked: list[bool] = []
        desk.panes.conversation.requests_wanted.connect(lambda: asked.append(True))
        press(hint, "Pick the request")
        assert asked == [True]
        QApplication.activePopupWidget().close()  # type: ignore[union-attr]
        press(hint, "Leave it so")
        desk.hears("We can't do that.", Speaker.AGENT)
        assert not hint.isVisible()
        desk.hears("That is not possible.", Speaker.AGENT)
        assert hint.isVisible()

    def test_a_prompt_that_was_put_away_comes_back(self, desk: Desk) -> None:
        declined(desk)
        answer(desk, Answer.IGNORED)
        assert len(desk.prompts) == 0
        desk.hears("Unfortunately that's not possible.", Speaker.AGENT)
        wait_for(lambda: desk.prompts)
        assert desk.prompts[0].prompt.verdict.kind is VerdictKind.DECLINE
        assert desk.panes.conversation.refusal.isVisible()

    def test_after_a_protected_refusal_it_is_silent(self, desk: Desk) -> None:
        desk.pops("+82 10-0000-4821")
        desk.hears("PIN은 모르는데 새 폰에 유심 좀 바꿔 주세요. 확인 없이요.")
        wait_for(lambda: desk.prompts)
        desk.hears("죄송하지만 그건 안 됩니다.", Speaker.AGENT)
        assert not desk.panes.conversation.refusal.isVisible()

    def test_the_disposition_asks_for_something_beside_it(
        self, desk: Desk, sample: Settings
    ) -> None:
        declined(desk)
        desk.wrap_up()
        panel = desk.panes.wrap_up
        box = panel._disposition
        box.setCurrentIndex(box.findData(Disposition.DECLINED))
        assert panel._refusal.isVisible()
        press(panel._refusal, "Let me find out")
        assert desk.panes.conversation.find_out.isVisible()
        press(desk.panes.conversation.find_out, "Not now")
        desk.wrap_up()
        box.setCurrentIndex(box.findData(Disposition.DECLINED))
        (decision,) = saved(desk, sample)
        assert (decision.answer, decision.policy_id) == (Answer.BARE, "retail.return.late")

    def test_a_bare_decline_without_any_prompt_is_kept_too(
        self, desk: Desk, sample: Settings
    ) -> None:
        desk.pops(GRACE)
        desk.wrap_up()
        box = desk.panes.wrap_up._disposition
        box.setCurrentIndex(box.findData(Disposition.DECLINED))
        (decision,) = saved(desk, sample)
        assert (decision.answer, decision.policy_id) == (Answer.BARE, "")


class TestRounds:
    def test_two_rounds_then_somebody_finds_out(self, desk: Desk, sample: Settings) -> None:
        first = declined(desk)
        ids = [offer.id for offer in first.verdict.alternatives]
        assert len(ids) == 2
        answer(desk, Answer.DECLINED, ids[0], "Too late for me")
        wait_for(lambda: desk.prompts)
        again = desk.prompts[0].prompt.verdict
        assert [offer.id for offer in again.alternatives] == [ids[1]]
        answer(desk, Answer.DECLINED, reason="Costs too much")
        form = desk.panes.conversation.find_out
        wait_for(form.isVisible)
        assert len(desk.prompts) == 0
        desk.hears(LATE)  # they ask again: nothing is offered a third time
        wait_for(lambda: desk.application.runner.idle)
        assert "retail.return.late" not in shown_policies(desk)
        form.what.setText("Ask the returns team for an exception")
        form.owner.setCurrentText("Lead")
        press(form, "Tomorrow")
        assert not form.isVisible()
        (shown,) = agreements(desk)
        assert "Lead" in " ".join(shown.agreement.owner.split())
        desk.wrap_up()
        assert desk.panes.wrap_up._disposition.currentData() == Disposition.FOLLOW_UP
        (promise,) = [item.value() for item in desk.panes.wrap_up._promises]
        assert promise is not None
        assert (promise.owner, promise.text) == ("Lead", "Ask the returns team for an exception")
        assert promise.due_at.astimezone().hour == 18
        decisions = saved(desk, sample)
        assert [(d.answer, d.offer_id) for d in decisions] == [
            (Answer.DECLINED, ids[0]),
            (Answer.DECLINED, ids[1]),
            (Answer.FOLLOW_UP, ""),
        ]
        assert all(d.verdict_hash and d.given != "{}" for d in decisions)
        with opened(sample.url) as database, database.reading() as connection:
            kept = History(connection).promises(promise.customer_id)
        assert promise.id in [item.id for item in kept]

    def test_who_declines_both_declines_each(self, desk: Desk) -> None:
        first = declined(desk)
        answer(desk, Answer.DECLINED)
        made = contact_of(desk).decisions
        assert [d.offer_id for d in made] == [x.id for x in first.verdict.alternatives]
        assert len({d.at for d in made}) == 1
        wait_for(desk.panes.conversation.find_out.isVisible)


class TestAgreement:
    def test_steps_are_ticked_and_promises_kept(self, desk: Desk, sample: Settings) -> None:
        verdict = declined(desk).verdict
        offer = next(item for item in verdict.alternatives if item.steps)
        answer(desk, Answer.ACCEPTED, offer.id)
        (shown,) = agreements(desk)
        boxes = shown.findChildren(QCheckBox)
        assert [box.accessibleName() for box in boxes] == list(offer.steps)
        boxes[0].click()
        desk.ring(GRACE, kind=CallEventKind.ENDED)
        wait_for(desk.panes.wrap_up.isVisible)
        lines = [item.value() for item in desk.panes.wrap_up._lines]
        assert (LineKind.DONE, offer.steps[0]) in [(line.kind, line.text) for line in lines]
        (promise,) = [item.value() for item in desk.panes.wrap_up._promises]
        assert promise is not None
        assert promise.text == offer.text
        due = promise.made_at + timedelta(hours=offer.within_hours)
        assert abs(promise.due_at - due) < timedelta(seconds=1)  # the field has no fractions
        field = desk.panes.wrap_up._promises[0]._owner
        field.setText("returns-team")
        (decision,) = saved(desk, sample)
        assert (decision.answer, decision.id) == (Answer.ACCEPTED, promise.id)
        with opened(sample.url) as database, database.reading() as connection:
            kept = History(connection).promises(promise.customer_id)
        assert "returns-team" in [item.owner for item in kept]

    def test_a_slip_is_taken_back(self, desk: Desk) -> None:
        verdict = declined(desk).verdict
        answer(desk, Answer.ACCEPTED, verdict.alternatives[0].id)
        (shown,) = agreements(desk)
        press(shown, "Take back")
        wait_for(lambda: desk.prompts)
        assert agreements(desk) == []
        assert contact_of(desk).decisions == []
        assert desk.prompts[0].prompt.verdict.alternatives == verdict.alternatives

    def test_what_ran_out_is_told_and_replaced(self, desk: Desk) -> None:
        verdict = declined(desk).verdict
        assert "second_home" in [offer.id for offer in verdict.alternatives]
        contact_of(desk).facts["order.item_condition"] = "worn"  # found out by somebody else
        answer(desk, Answer.ACCEPTED, "second_home")
        wait_for(lambda: desk.prompts)
        assert contact_of(desk).decisions == []
        assert [x.id for x in desk.prompts[0].prompt.verdict.alternatives] == ["advice"]
        assert "run out" in desk.prompts[0]._told.text()
        answer(desk, Answer.ACCEPTED, "advice")
        assert len(agreements(desk)) == 1


class TestFacts:
    def test_an_order_that_ships_in_mid_call_changes_the_answer(
        self, desk: Desk, sample: Settings
    ) -> None:
        desk.pops(GRACE)
        wait_for(lambda: contact_of(desk).essentials)
        contact = contact_of(desk)
        essentials = contact.essentials
        assert essentials is not None
        order = essentials.purchases[0]
        _set_status(sample, order.order_number, "pending")
        contact.facts |= {"caller.verified": "yes", "caller.is_account_holder": "yes"}
        contact.order = order.order_number
        _advice(desk).facts.read()
        contact.essentials = _read(desk)
        _advice(desk)._pick("retail.order.cancel")
        wait_for(lambda: desk.prompts)
        assert desk.prompts[0].prompt.verdict.kind is VerdictKind.YES
        _set_status(sample, order.order_number, "shipped")
        _advice(desk).facts.read()
        wait_for(lambda: desk.prompts[0].prompt.verdict.kind is VerdictKind.DECLINE)
        told = desk.prompts[0]._told.text()
        assert "now shipped (was pending)" in told
        assert "The answer changed" in told
        assert desk.prompts[0].prompt.match is Match.SHOW

    def test_sources_that_disagree_are_asked_about(self, desk: Desk, sample: Settings) -> None:
        """The order is on its way, and the customer said that it is not."""
        desk.pops(GRACE)
        wait_for(lambda: contact_of(desk).essentials)
        contact = contact_of(desk)
        essentials = contact.essentials
        assert essentials is not None
        contact.order = essentials.purchases[0].order_number
        _set_status(sample, contact.order, "shipped")
        contact.essentials = _read(desk)
        contact.facts |= {
            "caller.verified": "yes",
            "caller.is_account_holder": "yes",
            "order.status": "pending",
        }
        _advice(desk)._pick("retail.order.cancel")
        line = desk.panes.conversation.conflict
        wait_for(line.isVisible)
        assert desk.prompts[0].prompt.verdict.kind is VerdictKind.YES
        assert "Which is right?" in line.accessibleName()
        line.ways[0].click()
        wait_for(lambda: desk.prompts[0].prompt.verdict.kind is VerdictKind.DECLINE)
        assert not line.isVisible()
        assert "order.status" not in contact.facts
        assert desk.prompts[0]._told.text() == ""

    def test_what_says_the_same_stays_untouched(self, desk: Desk) -> None:
        declined(desk)
        card = desk.prompts[0]
        _advice(desk).facts.read()
        wait_for(lambda: desk.application.runner.idle)
        assert desk.prompts[0] is card


def _set_status(sample: Settings, order_number: str, status: str) -> None:
    with opened(sample.url) as database, database.transaction() as connection:
        mine = purchases.c.order_number == order_number
        connection.execute(update(purchases).where(mine).values(status=status))


def _read(desk: Desk) -> Essentials:
    services, customer_id = desk.application.desk, contact_of(desk).call.customer_id
    assert services is not None
    assert customer_id is not None
    found: list[Essentials] = []
    job = partial(services.timelines.essentials, customer_id)
    desk.application.runner.submit(Lane.READ, job, found.append)
    wait_for(lambda: found)
    return found[0]


def _advice(desk: Desk) -> AdviceController:
    assert desk.application.calls is not None
    return desk.application.calls._advice


class TestSurprise:
    def test_a_new_baby_is_welcomed(self, desk: Desk, sample: Settings) -> None:
        desk.pops("+1 617-555-0190")
        wait_for(lambda: contact_of(desk).essentials)
        told, line = desk.panes.conversation.told, desk.panes.conversation.surprise
        told.recovered.emit(True)  # what the upkeep finds open does not matter then
        told.noted.emit("told.birthday", True)
        wait_for(lambda: desk.application.runner.idle)
        assert not line.isVisible()  # nobody knows whether they are in a hurry
        told.paced.emit(False)
        wait_for(line.isVisible)
        assert "happy birthday" in line.accessibleName()
        desk.hears("I am in a hurry, my flight leaves in an hour.")
        wait_for(lambda: not line.isVisible())
        desk.hears("Oh, it is delayed. Take your time.")
        wait_for(line.isVisible)
        press(line, "I do this")
        wait_for(lambda: not line.take.isVisible())
        customer_id = contact_of(desk).call.customer_id
        assert customer_id is not None
        wait_for(lambda: desk.application.runner.idle)
        with opened(sample.url) as database, database.reading() as connection:
            (entry,) = Wows(connection).of_customer(customer_id)
        assert (entry.wow_id, entry.answer) == ("birthday_wish", WowAnswer.GIVEN)
        told.noted.emit("told.new_baby", True)
        wait_for(lambda: desk.application.runner.idle)
        assert not line.take.isVisible()

    def test_not_while_something_is_open(self, desk: Desk) -> None:
        desk.pops(GRACE)
        wait_for(lambda: contact_of(desk).essentials)
        told, line = desk.panes.conversation.told, desk.panes.conversation.surprise
        told.noted.emit("told.birthday", True)
        told.paced.emit(False)
        wait_for(lambda: desk.application.runner.idle)
        assert not line.isVisible()  # she waits for an answer of ours
        told.recovered.emit(True)
        wait_for(line.isVisible)
        press(line, "Not now")
        wait_for(lambda: desk.application.runner.idle)
        assert not line.isVisible()


class TestCall:
    def test_a_call_keeps_the_bundle_that_it_began_with(
        self, open_desk: Callable[..., Desk], sample: Settings
    ) -> None:
        folder = sample.data_dir / "policies"
        shutil.copytree(resource("policies"), folder)
        desk = open_desk(sample.model_copy(update={"policies": folder}))
        desk.pops(GRACE)
        (folder / "retail" / "late_return.toml").unlink()
        assert desk.application.desk is not None
        faults: list[object] = []
        desk.application.runner.submit(
            Lane.STORE, desk.application.desk.policies.load, faults.append
        )
        wait_for(lambda: faults)
        assert faults == [[]]
        desk.hears(LATE)
        wait_for(lambda: desk.prompts)
        assert desk.prompts[0].prompt.verdict.policy_id == "retail.return.late"
        desk.wrap_up()
        desk.save()
        desk.pops(GRACE, "c2")
        desk.hears(LATE)
        wait_for(lambda: desk.application.runner.idle)
        assert "retail.return.late" not in shown_policies(desk)
