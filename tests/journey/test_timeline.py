# SPDX-License-Identifier: Apache-2.0
"""The timeline as a place to work, in the real window on a long history."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.domain.customer import ContactKind
from agentassist.domain.history import Channel, Interaction, Timeline, TimelineFilter
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import FeedbackKind
from agentassist.settings import Settings
from agentassist.storage.customers import Customers
from agentassist.storage.database import opened
from agentassist.storage.history import History
from agentassist.storage.knowledge import Knowledge
from agentassist.ui.timeline_model import WINDOW, Role
from agentassist.ui.timeline_panel import TimelinePanel
from tests.journey.conftest import Desk, wait_for

GRACE = "+1 303-555-0142"
DANIEL = "+1 212-555-0177"
LONG = 1_500


@pytest.fixture
def sample(sample_on_each: Settings) -> Settings:
    """Give Grace a long history, on SQLite and on PostgreSQL."""
    with opened(sample_on_each.url) as database, database.transaction() as connection:
        (grace,) = Customers(connection).by_point(ContactKind.PHONE, "+13035550142")
        History(connection).add_interactions(old(grace.id))
    return sample_on_each


@pytest.fixture
def desk(open_desk: Callable[..., Desk], sample: Settings) -> Desk:
    return open_desk(sample, searching=False)


def old(owner: UUID) -> list[Interaction]:
    began = datetime.now(UTC) - timedelta(days=400)
    texts = ["asked for the opening hours", "asked about a purple zebra"]
    return [
        Interaction(
            new_id(),
            owner,
            list(Channel)[n % 4],
            f"{texts[n == 3]} ({n})",
            began - timedelta(hours=n),
            status="pending" if n == 700 else "",
        )
        for n in range(LONG)
    ]


def held(panel: TimelinePanel) -> list[Interaction]:
    rows = (panel.model.row(at) for at in range(panel.model.rowCount()))
    return [row.interaction for row in rows if row.interaction]


def select(panel: TimelinePanel, text: str) -> Interaction:
    item = next(item for item in held(panel) if text in item.text)
    panel.show_entry(item.id)
    return item


def test_the_history_is_read_to_its_end_and_found_again(desk: Desk) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    newest = held(panel)[0]
    wait_for(lambda: sum(panel.head.counts.values()) == LONG + 19)  # counted to the end meanwhile
    panel.oldest_wanted.emit()
    wait_for(lambda: panel.model.at_oldest and held(panel)[-1].text.endswith(f"({LONG - 1})"))
    bar = panel.view.verticalScrollBar()

    def up() -> bool:
        bar.setValue(bar.value() - 2_000)
        assert panel.model.held <= WINDOW
        return panel.model.at_newest and bar.value() == 0

    wait_for(up)
    assert held(panel)[0] == newest


def test_filters_reach_the_whole_history_and_give_way_to_newer_ones(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    qtbot.keyClicks(panel.search, "nowhere at all")
    wait_for(lambda: not held(panel))
    panel.search.clear()
    qtbot.keyClicks(panel.search, "zebra")
    wait_for(lambda: [item.text for item in held(panel)] == ["asked about a purple zebra (3)"])
    wait_for(lambda: panel.head.heading.text() == f"Timeline · 1 of {LONG + 19:,}")
    panel.bar.state.setCurrentIndex(1)
    wait_for(lambda: not held(panel) and panel._empty.isVisible())
    panel.search.clear()
    wait_for(lambda: any("(700)" in item.text for item in held(panel)))
    select(panel, "(700)")
    panel.bar.period.setCurrentIndex(1)
    wait_for(lambda: sum(panel.head.counts.values()) < 19 and panel.model.at_oldest)
    panel.bar.period.setCurrentIndex(0)
    wait_for(lambda: any("(700)" in item.text for item in held(panel)))
    select(panel, "(700)")
    panel.release_filters()
    wait_for(lambda: sum(panel.head.counts.values()) == LONG + 19)
    wait_for(lambda: any("(701)" in item.text for item in held(panel)))
    assert panel.view.selected() is not None
    assert "(700)" in panel.view.selected().text  # type: ignore[union-attr]


def test_a_date_and_an_entry_far_back_are_gone_to(desk: Desk) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    moment = datetime.now(UTC) - timedelta(days=420)
    panel.date_wanted.emit(moment)
    wait_for(lambda: panel.view.selected() is not None)
    found = panel.view.selected()
    assert found is not None
    assert found.occurred_at is not None
    assert timedelta(0) <= moment - found.occurred_at <= timedelta(hours=1)
    assert not panel.model.at_newest
    panel.newest_wanted.emit()
    wait_for(lambda: panel.model.at_newest)
    panel.show_entry(found.id)
    wait_for(lambda: panel.view.selected() == found)


def test_pins_notes_and_promises_are_made_in_place(
    desk: Desk, sample: Settings, qtbot: QtBot
) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    item = select(panel, "Third day of silence")
    case = panel.view.currentIndex().data(Role.ROW).case
    assert case.number == "MP-204817"
    assert len(case.channels) >= 5
    qtbot.keyClick(panel.view, Qt.Key.Key_P)
    wait_for(panel.pins.isVisible)
    panel.undo.more_button.click()
    panel.editor.field.setPlainText("ask how she is")
    panel.editor._save()
    wait_for(lambda: panel._pins[item.id].pin.note == "ask how she is")
    assert panel._pins[item.id].pin.actor == "Sam"
    qtbot.keyClick(panel.view, Qt.Key.Key_N)
    qtbot.keyClicks(panel.editor.field, "carrier found it")
    panel.editor._save()
    wait_for(lambda: held(panel)[0].text == "carrier found it")
    assert not panel.editor.isVisible()
    assert panel.view.selected() == item
    qtbot.keyClick(panel.view, Qt.Key.Key_R)
    panel.editor.field.setPlainText("Bring it today")
    panel.editor._save()
    wait_for(lambda: desk.contact and "Bring it today" in promises(desk))
    panel.undo.undo_button.click()
    wait_for(lambda: "Bring it today" not in promises(desk))
    qtbot.keyClick(panel.view, Qt.Key.Key_P)
    wait_for(lambda: not panel.pins.isVisible())
    panel.undo.undo_button.click()
    wait_for(panel.pins.isVisible)
    desk.wrap_up()
    desk.save()
    desk.pops(GRACE, "c2")
    assert panel._pins[item.id].pin.note == "ask how she is"
    assert any(one.text == "carrier found it" for one in held(panel))


def promises(desk: Desk) -> list[str]:
    assert desk.contact is not None
    assert desk.contact.essentials is not None
    return [promise.text for promise in desk.contact.essentials.promises]


def test_one_case_alone_holds_all_of_it(desk: Desk, qtbot: QtBot) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    select(panel, "Third day of silence")
    qtbot.keyClick(panel.view, Qt.Key.Key_C)
    wait_for(lambda: panel.model.at_oldest and 9 <= len(held(panel)) < 20)
    assert {item.channel for item in held(panel)} >= {
        Channel.EMAIL, Channel.CHAT, Channel.SOCIAL, Channel.CALL, Channel.PURCHASE,
    }  # fmt: skip
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    wait_for(lambda: len(held(panel)) > 30)


def test_an_article_is_linked_with_the_words_of_the_entry(
    desk: Desk, sample: Settings, qtbot: QtBot
) -> None:
    desk.pops(GRACE)
    wait_for(lambda: desk.application.runner.idle)
    panel = desk.panes.timeline
    item = select(panel, "marked my order MP-204817")
    qtbot.keyClick(panel.view, Qt.Key.Key_L)
    wait_for(desk.titles)
    card = desk.panes.knowledge.cards[0]
    qtbot.keyClick(card, Qt.Key.Key_L)
    wait_for(lambda: desk.application.runner.idle)
    assert desk.contact is not None
    with opened(sample.url) as database, database.reading() as connection:
        (feedback,) = Knowledge(connection).feedback_of_call(desk.contact.call.id)
    assert feedback.kind is FeedbackKind.LINKED
    assert feedback.query.startswith(item.subject)


def test_late_pages_of_another_customer_are_dropped(desk: Desk) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    grace = panel.timeline
    assert grace is not None
    go_on = Event()
    timelines = desk.application.desk.timelines  # type: ignore[union-attr]
    read = timelines.older

    def late(shown: Timeline, chosen: TimelineFilter, cursor: str | None) -> object:
        go_on.wait(10)
        return read(shown, chosen, cursor)

    timelines.older = late  # type: ignore[method-assign,assignment]
    panel.filter_changed.emit(TimelineFilter(text="zebra"))
    panel.older_wanted.emit("0." + "0" * 32)
    desk.wrap_up()
    desk.save()
    desk.pops(DANIEL, "c2")
    before = held(panel)
    assert before
    go_on.set()
    wait_for(lambda: desk.application.runner.idle)
    for _ in range(5):
        QApplication.processEvents()
    assert held(panel) == before
    assert panel.timeline is not grace
    daniel = panel.timeline
    assert daniel is not None
    owners = {item.customer_id for item in held(panel)}
    assert owners == {daniel.essentials.customer.id}
