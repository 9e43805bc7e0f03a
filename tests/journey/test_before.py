# SPDX-License-Identifier: Apache-2.0
"""Before the first word: what the desk knows, and where a press leads."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from agentassist.domain.call import CallEvent, CallEventKind
from agentassist.domain.pre_call import tidy
from agentassist.domain.verdict import Truth, VerdictKind
from agentassist.settings import Settings
from agentassist.storage.calls import Calls
from agentassist.storage.database import opened
from agentassist.ui.purchases_box import PurchasesBox
from agentassist.ui.timeline_model import Role
from tests.journey.conftest import Desk, wait_for

GRACE = "+1 303-555-0142"
OLIVER = "+1 415-555-0118"
LEFT = Qt.MouseButton.LeftButton
TOLD = {
    "intent": "return_order",
    "orderNumber": "MP203377",
    "tried": "track my parcel",
    "authenticated": "true",
    "verified_by": "PIN",
    "pin": "4711",
    "transcript": "Bot: Hello, what can I do?\n"
    "Customer: I want to send a lamp back, is it too late?",
    "note": "4242 4242 4242 4242",
}


def said(widget: QWidget) -> str:
    shown = [item for item in widget.findChildren(QLabel) if item.isVisibleTo(widget)]
    return "\n".join(item.text() for item in shown)


def ring(desk: Desk, number: str, **context: str) -> None:
    event = CallEvent(
        CallEventKind.RINGING, "c1", datetime.now(UTC), remote=number, context=tidy(context)
    )
    desk.application.switchboard.reported.emit(event)
    wait_for(lambda: desk.contact is not None)


def days_since_delivery(desk: Desk, number: str) -> str:
    """Return the days by the calendar: they change at midnight, not at the hour of delivery."""
    assert desk.contact is not None
    assert desk.contact.essentials is not None
    digits = {
        "".join(filter(str.isdigit, x.order_number)): x for x in desk.contact.essentials.purchases
    }
    delivered = digits[number].delivered_at
    assert delivered is not None
    today = datetime.now(UTC).astimezone().date()
    return str((today - delivered.astimezone().date()).days)


def test_what_the_bot_was_told_is_there_when_the_agent_says_hello(
    desk: Desk, sample: Settings
) -> None:
    ring(desk, GRACE, **TOLD)
    wait_for(lambda: desk.titles() and desk.prompts)
    assert any("return" in title for title in desk.titles())
    verdict = desk.prompts[0].prompt.verdict
    assert verdict.policy_id == "retail.return.late"
    seen = {item.fact: item for item in verdict.why}
    days = days_since_delivery(desk, "203377")
    assert days in {"68", "69"}
    assert seen["order.days_since_delivery"].value == days
    line = said(desk.panes.told)
    assert "Told the bot: return order · MP203377 · tried: track my parcel" in line
    assert "Verified: PIN" in said(desk.panes.strip)
    with opened(sample.url) as database, database.reading() as connection:
        stored = Calls(connection).by_reference("c1")
    assert stored is not None
    assert "pin" not in stored.context
    assert "4242 4242" not in str(stored.context)
    assert "[card" in stored.context["note"]


def test_the_command_line_brings_it_too(desk: Desk) -> None:
    command = {"command": "pop", "from": GRACE, "id": "c1", "context.reason": "return_order"}
    desk.application.obey({**command, "context.password": "secret"})
    wait_for(desk.panes.told.isVisible)
    assert "Told the menu: return order" in said(desk.panes.told)
    assert desk.contact is not None
    assert desk.contact.call.context == {"intent": "return_order"}


def test_what_comes_with_a_later_event_is_taken_in_too(desk: Desk) -> None:
    ring(desk, OLIVER)
    assert "Not verified" in said(desk.panes.strip)
    assert not desk.panes.told.isVisible()
    answered = CallEvent(
        CallEventKind.ANSWERED, "c1", datetime.now(UTC), context=tidy({"intent": "price match"})
    )
    desk.application.switchboard.reported.emit(answered)
    wait_for(desk.panes.told.isVisible)
    wait_for(desk.titles)


def test_highlights_lead_into_the_timeline(desk: Desk, qtbot: QtBot) -> None:
    ring(desk, GRACE)
    highlights = desk.panes.essentials.highlights
    wait_for(lambda: len(highlights.rows) == 3)
    assert highlights.rows[0].accessibleName().startswith("Overdue: Trace parcel MP-204817")
    qtbot.mouseClick(highlights.rows[0], LEFT)
    view = desk.panes.timeline.view
    entry = view.currentIndex().data(Role.ROW).interaction
    assert (entry.author, entry.subject) == ("Rosa M.", "Parcel missing")
    assert view.currentIndex().data(Role.EXPANDED)


def test_an_action_brings_its_policy_with_the_facts_of_the_order(desk: Desk, qtbot: QtBot) -> None:
    ring(desk, OLIVER)
    box = desk.panes.essentials.purchases
    wait_for(lambda: [b for b in box.findChildren(QPushButton) if "Return" in b.text()])
    (act,) = [b for b in box.findChildren(QPushButton) if b.text().startswith("Return · until")]
    qtbot.mouseClick(act, LEFT)
    wait_for(lambda: desk.prompts)
    verdict = desk.prompts[0].prompt.verdict
    assert (verdict.policy_id, verdict.kind) == ("retail.return.late", VerdictKind.ASK)
    seen = {item.fact: item for item in verdict.why}
    days = seen["order.days_since_delivery"]
    assert (days.value, days.source) == (days_since_delivery(desk, "207410"), "order")
    assert seen["order.days_since_delivery"].truth is Truth.FALSE
    desk.prompts[0].fact_given.emit("order.is_defective", "no")
    wait_for(lambda: desk.prompts and desk.prompts[0].prompt.verdict.kind is VerdictKind.YES)


def test_proof_that_the_agent_takes_is_shown(desk: Desk) -> None:
    ring(desk, OLIVER)
    desk.application.calls._advice.pick_for("retail.order.cancel", "MP-207410")  # type: ignore[union-attr]
    wait_for(lambda: desk.prompts)
    assert desk.prompts[0].prompt.verdict.question is not None
    for _ in range(2):
        card = desk.prompts[0]
        question = card.prompt.verdict.question
        if question is None:
            break
        card.fact_given.emit(question.fact, "yes")
        wait_for(lambda old=card.prompt: desk.prompts and desk.prompts[0].prompt is not old)
    assert "Verified by you" in said(desk.panes.strip)


def all_purchases(desk: Desk, qtbot: QtBot) -> PurchasesBox:
    ring(desk, OLIVER)
    box = desk.panes.essentials.purchases
    wait_for(box.isVisible)
    (more,) = [b for b in box.findChildren(QPushButton) if b.text() == "More purchases"]
    qtbot.mouseClick(more, LEFT)
    wait_for(lambda: "Birch coffee table" in said(box))
    return box


def test_more_purchases_and_what_may_be_done_with_them(desk: Desk, qtbot: QtBot) -> None:
    box = all_purchases(desk, qtbot)
    wait_for(lambda: [b for b in box.findChildren(QPushButton) if b.menu() and b.menu().actions()])


def test_an_older_order_has_its_own_facts(desk: Desk, qtbot: QtBot) -> None:
    box = all_purchases(desk, qtbot)
    box.request_wanted.emit("retail.return.late", "MP-203390")
    wait_for(lambda: desk.prompts)
    seen = {item.fact: item.value for item in desk.prompts[0].prompt.verdict.why}
    assert seen["order.days_since_delivery"] == days_since_delivery(desk, "203390")


def test_an_article_that_was_read_opens(desk: Desk, qtbot: QtBot) -> None:
    ring(desk, OLIVER)
    visits = desk.panes.essentials.visits
    wait_for(lambda: visits.isVisible())
    buttons = [b for b in visits.findChildren(QPushButton) if "Already read" in b.accessibleName()]
    qtbot.mouseClick(buttons[0], LEFT)
    wait_for(lambda: desk.panes.knowledge.reading)


def test_one_customers_briefing_is_not_shown_for_another(desk: Desk) -> None:
    ring(desk, GRACE)
    controller = desk.application.calls
    assert controller is not None
    desk.wrap_up()
    desk.save()
    desk.pops("+1 617-555-0190", "c2")
    wait_for(lambda: "Marcus Bell" in said(desk.panes.essentials))
    wait_for(lambda: desk.application.runner.idle)
    assert "MP-204817" not in said(desk.panes.essentials)
