# SPDX-License-Identifier: Apache-2.0
"""Who somebody is, decided on the real screen: merged, moved, attached, and all of it undone."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from agentassist.domain.customer import ContactKind, Standing
from agentassist.domain.history import Channel
from agentassist.settings import Settings
from agentassist.storage.audit import Audit
from agentassist.storage.customers import Customers
from agentassist.storage.database import opened
from agentassist.storage.history import History
from agentassist.ui.toast import Toast
from tests.journey.conftest import Desk, wait_for

TWICE = "+82 10-0000-8147"
FAMILY = "+1 214-555-0171"
UNKNOWN = "+1 415-555-0199"


@pytest.fixture
def sample(sample_on_each: Settings) -> Settings:
    """Decide on SQLite and on PostgreSQL."""
    return sample_on_each


def toast(desk: Desk) -> Toast:
    return desk.application.window.toast


def said(desk: Desk) -> str:
    wait_for(toast(desk).isVisible)
    return toast(desk).accessibleName()


def name(desk: Desk) -> str:
    contact = desk.contact
    return contact.essentials.customer.name if contact and contact.essentials else ""


def total(desk: Desk) -> str:
    return desk.panes.timeline.head.heading.text()


def minsu(desk: Desk) -> None:
    """Ring with a number that leads to two records, and choose the first."""
    desk.pops(TWICE)
    people = desk.panes.caller._people.candidates
    assert [item.customer.name for item in people] == ["김민수", "Minsu Kim"]
    desk.panes.caller.choose_first()
    wait_for(lambda: name(desk) == "김민수")
    wait_for(desk.panes.essentials.perhaps.isVisible)
    (offered,) = desk.panes.essentials.perhaps.findChildren(QPushButton)
    assert offered.text().startswith("Perhaps also: Minsu Kim (")
    assert "same phone number" in offered.text()
    assert "same name" in offered.text()


def test_two_records_become_one_and_two_again(desk: Desk, sample: Settings, qtbot: QtBot) -> None:
    minsu(desk)
    before = total(desk)
    qtbot.keyClicks(desk.panes.conversation.notes, "asks for Friday")
    desk.panes.essentials.perhaps.open_first()
    wait_for(desk.panes.merge.shows_pair)
    qtbot.keyClick(desk.panes.merge, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said(desk) == "Minsu Kim joined 김민수: one history of 10 contacts."
    wait_for(lambda: total(desk) == "Timeline · 10")
    wait_for(desk.panes.essentials.perhaps.isHidden)
    assert desk.panes.conversation.isVisible()
    assert desk.panes.conversation.notes.toPlainText() == "asks for Friday"
    toast(desk).undo()
    wait_for(lambda: total(desk) == before)
    with opened(sample.url) as database, database.reading() as connection:
        kinds = [entry.kind for entry in Audit(connection).entries()]
        assert Audit(connection).verify() == []
    assert [kind for kind in kinds if kind.startswith("customers")] == [
        "customers merged", "customers split",
    ]  # fmt: skip


def test_a_merge_is_found_again_and_undone_in_the_panel(desk: Desk, qtbot: QtBot) -> None:
    minsu(desk)
    desk.panes.essentials.perhaps.open_first()
    wait_for(desk.panes.merge.shows_pair)
    desk.panes.merge.merge_button.click()
    wait_for(lambda: total(desk) == "Timeline · 10")
    desk.panes.merge_wanted.emit()
    wait_for(desk.panes.merge.isVisible)
    undo = [b for b in desk.panes.merge.findChildren(QPushButton) if b.text() == "Undo"]
    assert len(undo) == 1
    undo[0].click()
    wait_for(lambda: total(desk) == "Timeline · 6")
    assert said(desk) == "The two records are two again, as they were."


def test_a_merge_in_the_other_direction_leaves_the_call_where_it_was(
    desk: Desk, sample: Settings, qtbot: QtBot
) -> None:
    minsu(desk)
    mine = _customer(desk)
    desk.panes.essentials.perhaps.open_first()
    wait_for(desk.panes.merge.shows_pair)
    qtbot.keyClick(desk.panes.merge, Qt.Key.Key_S)
    desk.panes.merge.merge_button.click()
    wait_for(lambda: total(desk) == "Timeline · 10")
    assert name(desk) == "김민수"
    toast(desk).undo()
    wait_for(lambda: total(desk) == "Timeline · 6")
    assert _customer(desk) == mine
    desk.wrap_up()
    desk.save()
    with opened(sample.url) as database, database.reading() as connection:
        assert History(connection).timeline_counts(mine)[Channel.CALL] == 2


def test_two_people_are_not_suggested_again(desk: Desk, qtbot: QtBot) -> None:
    minsu(desk)
    desk.panes.essentials.perhaps.open_first()
    wait_for(desk.panes.merge.shows_pair)
    preview = desk.panes.merge._preview
    desk.panes.merge.apart_wanted.emit(preview)
    assert "two people" in said(desk)
    wait_for(desk.panes.essentials.perhaps.isHidden)
    desk.panes.merge_wanted.emit()
    wait_for(desk.panes.merge.history.isVisible)
    (undo,) = [b for b in desk.panes.merge.findChildren(QPushButton) if b.text() == "Undo"]
    undo.click()
    wait_for(desk.panes.essentials.perhaps.isVisible)


def test_a_preview_that_comes_late_is_not_shown_to_another_caller(desk: Desk) -> None:
    minsu(desk)
    desk.panes.essentials.perhaps.open_first()
    desk.panes.merge.clear()
    desk.wrap_up()
    desk.panes.wrap_up.save_button.click()
    wait_for(lambda: desk.contact is None)
    desk.pops(FAMILY, "second")
    wait_for(lambda: desk.application.runner.idle)
    assert not desk.panes.merge.isVisible()
    assert not desk.panes.merge.shows_pair()


def test_an_unknown_number_is_attached_with_its_earlier_calls(
    desk: Desk, sample: Settings, qtbot: QtBot
) -> None:
    for reference in ("first", "second"):
        desk.pops(UNKNOWN, reference)
        desk.wrap_up()
        desk.save()
    desk.pops(UNKNOWN, "third")
    panel = desk.panes.caller
    qtbot.keyClicks(panel._search, "okafor")
    qtbot.keyClick(panel._search, Qt.Key.Key_Return)
    wait_for(lambda: panel._people.candidates)
    qtbot.keyClick(panel, Qt.Key.Key_A)
    wait_for(lambda: name(desk) == "Daniel Okafor")
    assert said(desk) == "The number was added; 2 earlier contacts with it."
    key = _customer(desk)
    with opened(sample.url) as database, database.reading() as connection:
        assert History(connection).timeline_counts(key)[Channel.CALL] >= 2
        (owner,) = Customers(connection).by_point(ContactKind.PHONE, "+14155550199")
        assert owner.id == key
    toast(desk).undo()
    wait_for(lambda: desk.application.runner.idle)
    with opened(sample.url) as database, database.reading() as connection:
        assert Customers(connection).by_point(ContactKind.PHONE, "+14155550199") == ()
    assert name(desk) == "Daniel Okafor"


def test_a_family_shares_a_number(desk: Desk, sample: Settings, qtbot: QtBot) -> None:
    desk.pops(FAMILY)
    qtbot.keyClick(desk.panes.caller, Qt.Key.Key_S)
    assert "shared" in said(desk)
    with opened(sample.url) as database, database.reading() as connection:
        people = Customers(connection).by_point(ContactKind.PHONE, "+12145550171")
    assert {p.points(ContactKind.PHONE)[0].standing for p in people} == {Standing.SHARED}
    desk.panes.caller.choose_first()
    wait_for(lambda: name(desk).endswith("Ashdown"))
    wait_for(lambda: desk.application.runner.idle)
    assert desk.panes.essentials.perhaps.isHidden()


def test_a_contact_is_moved_to_somebody_else(desk: Desk, sample: Settings, qtbot: QtBot) -> None:
    minsu(desk)
    with opened(sample.url) as database, database.reading() as connection:
        page = History(connection).page(_customer(desk)).interactions
    chat = next(item for item in page if item.channel is Channel.CHAT)
    assert desk.application.identity is not None
    desk.application.identity.open_move(chat)
    wait_for(desk.panes.moving.isVisible)
    qtbot.keyClicks(QApplication.focusWidget(), "okafor")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    wait_for(lambda: desk.panes.moving.picker._people.candidates)
    qtbot.keyClick(desk.panes.moving, Qt.Key.Key_1)
    assert said(desk) == "3 contacts moved."
    wait_for(lambda: total(desk) == "Timeline · 3")
    toast(desk).undo()
    wait_for(lambda: total(desk) == "Timeline · 6")


def test_somebody_found_by_hand_is_merged_without_a_call(desk: Desk, qtbot: QtBot) -> None:
    _find(desk, qtbot, "minsu88")
    desk.panes.caller.choose_first()
    wait_for(lambda: total(desk) == "Timeline · 4")
    _find(desk, qtbot, "jihoon.park")
    qtbot.keyClick(desk.panes.caller, Qt.Key.Key_M)
    wait_for(desk.panes.merge.shows_pair)
    desk.panes.merge.merge_button.click()
    wait_for(lambda: total(desk) not in ("Timeline · 4", "Timeline"))
    toast(desk).undo()
    wait_for(lambda: total(desk) == "Timeline · 4")


def _find(desk: Desk, qtbot: QtBot, text: str) -> None:
    desk.panes.show_search()
    desk.panes.caller._search.clear()
    qtbot.keyClicks(desk.panes.caller._search, text)
    qtbot.keyClick(desk.panes.caller._search, Qt.Key.Key_Return)
    wait_for(lambda: desk.panes.caller._people.candidates)


def _customer(desk: Desk) -> UUID:
    contact = desk.contact
    assert contact is not None
    assert contact.call.customer_id is not None
    return contact.call.customer_id
