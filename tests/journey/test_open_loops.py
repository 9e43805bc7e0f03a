# SPDX-License-Identifier: Apache-2.0
"""The queue in the real window: counted in the strip, opened by a key, never in a call's way."""

from contextlib import AbstractContextManager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.domain.clock import utc_now
from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind
from agentassist.domain.queue import QueueItem
from agentassist.services.handover import ShiftHandover
from agentassist.storage.audit import Audit
from agentassist.storage.database import Database
from agentassist.storage.database import opened as open_database
from tests.journey.conftest import Desk, wait_for


def opened(desk: Desk) -> None:
    """Wait for the queue and bring it to the front by its key."""
    wait_for(lambda: desk.panes.queue.model.rowCount() > 5)
    desk.panes.strip.queue_wanted.emit()
    wait_for(desk.panes.queue.isVisible)


def opened_database(desk: Desk) -> AbstractContextManager[Database]:
    """Open the desk's database once more: the desk's own refuses this thread."""
    return open_database(desk.application._settings.url)


def first(desk: Desk, kind: LoopKind = LoopKind.UNANSWERED) -> QueueItem:
    items = desk.panes.queue.model.items
    return next(item for item in items if item.kind is kind and item.name)


def test_the_queue_is_worked_off(desk: Desk, qtbot: QtBot) -> None:
    opened(desk)
    queue = desk.panes.queue
    count = len(queue.model.items)
    assert f"{count}" in desk.panes.strip._queue.text()
    assert queue.left.isVisible()  # what the sample's late shift left
    item = queue.view.current()
    assert item is not None
    qtbot.keyClick(queue.view, Qt.Key.Key_A)
    wait_for(lambda: "Sam" in {one.owner for one in queue.model.items if one.id == item.id})
    queue.done_line.ask(item)
    queue.done_line.settled.emit(item, "came to the shop")
    wait_for(lambda: item.id not in {one.id for one in queue.model.items})
    queue.undo_line.undo()
    wait_for(lambda: item.id in {one.id for one in queue.model.items})
    assert len(queue.model.items) == count


def test_enter_opens_the_customer_and_writes_it_down(desk: Desk, qtbot: QtBot) -> None:
    opened(desk)
    item = first(desk)
    queue = desk.panes.queue
    row = queue.model.row_of(item.id)
    assert row is not None
    queue.view.select(row)
    qtbot.keyClick(queue.view, Qt.Key.Key_Return)
    wait_for(desk.panes.timeline.isVisible)
    assert not queue.isVisible()
    with opened_database(desk) as database, database.reading() as connection:
        kinds = [entry.kind for entry in Audit(connection).entries(str(item.customer_id))]
    assert "customer opened without a call" in kinds


def test_a_call_comes_to_the_front_and_is_not_pushed_aside(desk: Desk, qtbot: QtBot) -> None:
    opened(desk)
    desk.pops("+1 415-555-0118")
    queue = desk.panes.queue
    assert not queue.isVisible()
    desk.panes.strip.queue_wanted.emit()
    wait_for(queue.isVisible)
    assert desk.panes.strip.isVisible()
    contact = desk.contact
    assert contact is not None
    other = next(
        one for one in queue.model.items if one.customer_id not in (None, contact.call.customer_id)
    )
    queue.opened.emit(other)
    wait_for(lambda: "Finish the contact" in desk.application.window.statusBar().currentMessage())
    assert desk.contact is contact
    assert contact.call.customer_id != other.customer_id


def test_a_wrapped_up_call_takes_its_loop_off_the_queue(desk: Desk) -> None:
    opened(desk)
    missed = next(
        one
        for one in desk.panes.queue.model.items
        if one.channel is Channel.CALL and one.kind is LoopKind.UNANSWERED
    )
    desk.pops("+1 972-555-0160")  # the number that was missed
    contact = desk.contact
    assert contact is not None
    if contact.call.customer_id is None:  # the number is shared: choose who it was
        assert missed.customer_id is not None
        desk.panes.caller.chosen.emit(missed.customer_id)
        wait_for(lambda: desk.contact is not None and desk.contact.call.customer_id is not None)
    desk.hears("Where can I see my balance?")
    desk.wrap_up()
    desk.save()
    wait_for(lambda: missed.id not in {one.id for one in desk.panes.queue.model.items})


def test_a_contact_goes_on_by_mail_with_its_summary(desk: Desk) -> None:
    desk.pops("+1 415-555-0118")
    desk.hears("Can you send me the return label by mail?")
    wait_for(lambda: desk.contact is not None and desk.contact.said)
    desk.panes.strip.move_wanted.emit(Channel.EMAIL)
    wait_for(lambda: "Can you send me the return label" in QApplication.clipboard().text())
    wait_for(lambda: "timeline" in desk.application.window.statusBar().currentMessage())


def test_what_a_colleague_left_is_taken(desk: Desk) -> None:
    opened(desk)
    item = first(desk, LoopKind.PROMISE)
    with opened_database(desk) as database:
        ShiftHandover(database, "Noor", utc_now).leave([item.id], "ring her first", "Sam")
    queue = desk.panes.queue
    queue.back_wanted.emit()
    desk.panes.strip.queue_wanted.emit()
    wait_for(lambda: len(queue.left.buttons) == 2)
    queue.left.buttons[1].click()
    wait_for(lambda: {one.owner for one in queue.model.items if one.id == item.id} == {"Sam"})


def test_the_start_says_what_was_left(desk: Desk) -> None:
    shown = desk.application.window.statusBar()
    wait_for(lambda: "Left by Rosa M." in shown.currentMessage())
