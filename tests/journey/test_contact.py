# SPDX-License-Identifier: Apache-2.0
"""Whole contacts through the real window, with the real model and database."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.domain.call import CallEventKind, CallState, Speaker
from agentassist.domain.history import Channel
from agentassist.domain.knowledge import FeedbackKind, SearchMode
from agentassist.domain.verdict import Answer, VerdictKind
from agentassist.domain.wrap_up import Disposition, LineKind
from agentassist.settings import Settings
from agentassist.storage.audit import Audit
from agentassist.storage.calls import Calls
from agentassist.storage.database import opened
from agentassist.storage.history import History
from agentassist.storage.knowledge import Knowledge
from agentassist.ui.policy_prompt import Outcome
from tests.journey.conftest import Desk, wait_for


@pytest.fixture
def sample(sample_on_each: Settings) -> Settings:
    """Tell every contact on SQLite and on PostgreSQL."""
    return sample_on_each


GRACE = "+1 303-555-0142"
LATE = "I missed the return date for the lamp. Can I still send it back?"


def test_from_the_ring_to_the_saved_wrap_up(desk: Desk, sample: Settings, qtbot: QtBot) -> None:
    desk.pops(GRACE)
    assert desk.contact is not None
    essentials = desk.contact.essentials
    assert essentials is not None
    assert essentials.customer.name == "Grace Whitfield"
    assert desk.panes.timeline.model.rowCount() > 10

    desk.hears("Good morning, how can I help?", Speaker.AGENT)
    desk.hears(LATE)
    wait_for(lambda: desk.titles() and desk.prompts)
    assert desk.titles()[0] == "I missed the return date. What can I still do?"
    assert desk.prompts[0].prompt.verdict.policy_id == "retail.return.late"

    card = desk.panes.knowledge.cards[0]
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert QApplication.clipboard().text() == card.suggestion.article.short_answer
    qtbot.keyClick(card, Qt.Key.Key_L)

    answers = {"order.is_defective": "no", "order.days_since_delivery": "66"}
    while question := desk.prompts[0].prompt.verdict.question:
        asked = desk.prompts[0]
        asked.fact_given.emit(question.fact, answers[question.fact])
        wait_for(lambda asked=asked.prompt: desk.prompts and desk.prompts[0].prompt is not asked)
    verdict = desk.prompts[0].prompt.verdict
    assert verdict.kind is VerdictKind.DECLINE
    assert 1 <= len(verdict.alternatives) <= 2
    desk.prompts[0].answered.emit(
        Outcome(desk.prompts[0].prompt, Answer.ACCEPTED, verdict.alternatives[0])
    )

    desk.hears("I'll mail you the return code today.", Speaker.AGENT)
    qtbot.keyClicks(desk.panes.conversation.notes, "box unopened")
    desk.ring(GRACE, kind=CallEventKind.ENDED)
    wait_for(desk.panes.wrap_up.isVisible)
    wait_for(lambda: desk.panes.wrap_up._lines)
    kinds = [line.value().kind for line in desk.panes.wrap_up._lines]
    assert kinds == [LineKind.ASKED, LineKind.DONE, LineKind.PROMISED]
    desk.save()

    with opened(sample.url) as database, database.reading() as connection:
        calls = Calls(connection)
        call = calls.by_reference("c1")
        assert call is not None
        assert call.state is CallState.ENDED
        (decision,) = calls.decisions(call.id)
        assert (decision.answer, decision.offer_id) == (Answer.ACCEPTED, verdict.alternatives[0].id)
        wrap_up = calls.wrap_up(call.id)
        assert wrap_up is not None
        assert wrap_up.disposition is Disposition.FOLLOW_UP
        assert wrap_up.notes == "box unopened"
        assert call.customer_id is not None
        assert History(connection).timeline_counts(call.customer_id)[Channel.CALL] == 3
        promises = History(connection).promises(call.customer_id)
        assert verdict.alternatives[0].text in [item.text for item in promises]
        feedback = Knowledge(connection).feedback_of_call(call.id)
        assert [item.kind for item in feedback] == [FeedbackKind.USED, FeedbackKind.LINKED]


SMALL_TALK = (
    "Thank you.",
    "ok",
    "yes please",
    "my name is Grace",
    "four five five six",
    "네 감사합니다",
)


def test_small_talk_brings_up_nothing_and_takes_nothing_away(desk: Desk, sample: Settings) -> None:
    desk.pops(GRACE)
    for text in ("Hello", "Good morning!", *SMALL_TALK):
        desk.hears(text)
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles() == []
    assert not desk.panes.knowledge._gap.isVisible()
    desk.hears(f"Hi, um, {LATE}")
    wait_for(desk.titles)
    titles = desk.titles()
    for text in SMALL_TALK:
        desk.hears(text)
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles() == titles

    first = desk.panes.knowledge.cards[0]
    desk.hears("When do I get my money back?")
    wait_for(lambda: desk.application.runner.idle)
    first.acted.emit(first.suggestion, FeedbackKind.LINKED)
    wait_for(lambda: desk.application.runner.idle)
    assert desk.contact is not None
    with opened(sample.url) as database, database.reading() as connection:
        (feedback,) = Knowledge(connection).feedback_of_call(desk.contact.call.id)
    assert feedback.query == LATE  # as it was when the card came up


def test_cards_stay_where_they_are_until_something_else_is_asked(desk: Desk, qtbot: QtBot) -> None:
    desk.pops(GRACE)
    desk.hears(LATE)
    wait_for(desk.titles)
    late = desk.titles()
    for typed in ("I was", "I was in hosp", "I was in hospital, so I could not"):
        desk.panes.conversation.typed.emit(typed)
        wait_for(lambda: desk.application.runner.idle)
        assert desk.titles()[: len(late)] == late
    desk.hears("I was in hospital, so I could not send the lamp back earlier.")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles()[: len(late)] == late
    desk.hears("Also, how do I change the delivery address of another order?")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles() != late
    desk.panes.knowledge.focus_card(1)
    held = desk.titles()[0]
    desk.hears("And I would like to know how the guarantee on a sofa works.")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles()[0] == held


def test_the_agents_own_search_is_never_taken_for_small_talk(desk: Desk) -> None:
    desk.pops(GRACE)
    desk.panes.knowledge.searched.emit("returns")
    wait_for(desk.titles)
    desk.hears("ok thanks")
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles()


def test_a_prompt_nobody_answered_is_stored_as_ignored(desk: Desk, sample: Settings) -> None:
    desk.pops(GRACE)
    desk.hears(LATE)
    wait_for(lambda: desk.prompts)
    desk.wrap_up()
    desk.save()
    with opened(sample.url) as database, database.reading() as connection:
        call = Calls(connection).by_reference("c1")
        assert call is not None
        stored = [(item.policy_id, item.answer) for item in Calls(connection).decisions(call.id)]
    assert stored == [("retail.return.late", Answer.IGNORED)]


def test_a_contact_in_korean(desk: Desk) -> None:
    desk.pops("+82 10-0000-4821")
    desk.hears("PIN은 모르는데 새 폰에 유심 좀 바꿔 주세요. 확인 없이요.")
    wait_for(lambda: desk.prompts and desk.titles())
    verdict = desk.prompts[0].prompt.verdict
    assert verdict.kind is VerdictKind.REFUSE
    assert verdict.policy_id == "telecom.sim.swap"
    assert verdict.alternatives
    assert any("가" <= letter <= "힣" for letter in verdict.wording.long)
    assert desk.panes.knowledge.cards[0].suggestion.article.language == "ko"


def test_the_focus_stays_where_the_agent_types(desk: Desk, qtbot: QtBot) -> None:
    notes = desk.panes.conversation.notes
    desk.application.window.activateWindow()
    notes.setFocus()
    wait_for(notes.hasFocus)
    desk.pops(GRACE)
    desk.hears(LATE)
    wait_for(lambda: desk.titles() and desk.prompts)
    assert QApplication.focusWidget() is notes
    qtbot.keyClicks(notes, "still here")
    assert notes.toPlainText() == "still here"


def test_a_second_call_waits_for_its_turn(desk: Desk) -> None:
    desk.pops(GRACE, "first")
    desk.ring("+1 212-555-0177", "second")
    desk.ring("+1 212-555-0177", "second")
    wait_for(lambda: desk.panes.strip._waiting.isVisible())
    assert desk.contact is not None
    assert desk.contact.call.reference == "first"
    desk.wrap_up()
    desk.panes.wrap_up.save_button.click()
    wait_for(lambda: desk.contact is not None and desk.contact.call.reference == "second")
    wait_for(lambda: desk.contact is not None and desk.contact.essentials is not None)
    assert desk.contact.essentials.customer.name == "Daniel Okafor"
    assert not desk.panes.strip._waiting.isVisible()


def test_a_waiting_caller_who_hangs_up_is_in_the_log(desk: Desk, sample: Settings) -> None:
    desk.pops(GRACE, "first")
    desk.ring("+1 212-555-0177", "second")
    wait_for(lambda: desk.panes.strip._waiting.isVisible())
    desk.ring("+1 212-555-0177", "second", CallEventKind.ENDED)
    wait_for(lambda: not desk.panes.strip._waiting.isVisible())
    desk.ring("+1 212-555-0100", "missed", CallEventKind.ENDED)
    wait_for(lambda: desk.application.runner.idle)
    assert desk.contact is not None
    assert desk.contact.call.reference == "first"
    with opened(sample.url) as database, database.reading() as connection:
        for reference in ("second", "missed"):
            call = Calls(connection).by_reference(reference)
            assert call is not None
            assert call.state is CallState.ENDED


def test_a_late_answer_for_another_caller_is_dropped(desk: Desk) -> None:
    desk.pops(GRACE, "first")
    desk.hears(LATE)  # answers are on their way ...
    desk.wrap_up()
    desk.panes.wrap_up.save_button.click()
    wait_for(lambda: desk.contact is None)
    desk.pops("+82 10-0000-4821", "second")  # ... when somebody else is on the line
    wait_for(lambda: desk.application.runner.idle)
    assert desk.titles() == []
    assert desk.prompts == ()
    assert "Grace" not in desk.panes.strip._who.text()


def test_an_unknown_caller_becomes_a_customer(desk: Desk, qtbot: QtBot) -> None:
    desk.pops("+1 415-555-0199")
    assert desk.panes.caller.isVisible()
    qtbot.keyClicks(desk.panes.caller._search, "Ada Byron")
    desk.panes.caller._create()
    wait_for(lambda: desk.contact is not None and desk.contact.essentials is not None)
    assert desk.contact is not None
    assert desk.contact.call.customer_id is not None
    desk.wrap_up()
    desk.save()
    desk.pops("+1 415-555-0199", "again")
    assert desk.contact.essentials is not None
    assert desk.contact.essentials.customer.name == "Ada Byron"


def test_a_shared_number_asks_who_it_is(desk: Desk, qtbot: QtBot) -> None:
    desk.pops("+1 214-555-0171")
    panel = desk.panes.caller
    assert panel.isVisible()
    names = [item.customer.name for item in panel._people.candidates]
    assert sorted(names) == ["Helen Ashdown", "Robert Ashdown"]
    qtbot.keyClick(panel, Qt.Key.Key_1)
    wait_for(lambda: desk.contact is not None and desk.contact.essentials is not None)
    assert desk.contact is not None
    assert desk.contact.essentials is not None
    assert desk.contact.essentials.customer.name == names[0]


def test_a_customer_is_looked_up_without_a_call(desk: Desk, sample: Settings, qtbot: QtBot) -> None:
    desk.panes.show_search()
    qtbot.keyClicks(desk.panes.caller._search, "okafor")
    qtbot.keyClick(desk.panes.caller._search, Qt.Key.Key_Return)
    wait_for(lambda: desk.panes.caller._people.candidates)
    desk.panes.caller.chosen.emit(desk.panes.caller._people.candidates[0].customer.id)
    wait_for(lambda: desk.panes.timeline.model.rowCount() > 0)
    assert desk.contact is None
    with opened(sample.url) as database, database.reading() as connection:
        kinds = [entry.kind for entry in Audit(connection).entries()]
    assert kinds[-1] == "customer opened without a call"
    assert kinds.count(kinds[-1]) == 1


def test_an_unfinished_contact_comes_back(
    open_desk: Callable[..., Desk], sample: Settings, qtbot: QtBot
) -> None:
    first = open_desk(sample)
    first.pops(GRACE)
    first.hears(LATE)
    qtbot.keyClicks(first.panes.conversation.notes, "call back about the lamp")
    first.application.close()

    desk = open_desk(sample)
    wait_for(lambda: desk.contact is not None)
    assert desk.contact is not None
    assert desk.contact.call.reference == "c1"
    assert [item.text for item in desk.contact.said] == [LATE]
    wait_for(lambda: desk.panes.conversation.notes.toPlainText() == "call back about the lamp")
    desk.pops("+1 212-555-0177", "new caller")  # who rings goes before what is unfinished
    assert desk.panes.conversation.notes.toPlainText() == ""
    desk.wrap_up()
    desk.panes.wrap_up.save_button.click()
    wait_for(lambda: desk.contact is not None and desk.contact.call.reference == "c1")
    wait_for(lambda: desk.panes.conversation.notes.toPlainText() == "call back about the lamp")
    desk.wrap_up()
    desk.save()


def test_what_nothing_answers_becomes_a_gap(desk: Desk, sample: Settings) -> None:
    desk.pops(GRACE)
    desk.panes.knowledge.searched.emit("can I charter a submarine for my wedding")
    wait_for(
        lambda: desk.panes.knowledge._empty.isVisible() and desk.panes.knowledge._gap.isVisible()
    )
    assert desk.titles() == []
    desk.panes.knowledge.log_gap()
    wait_for(lambda: not desk.panes.knowledge._gap.isVisible())
    with opened(sample.url) as database, database.reading() as connection:
        assert [gap.query for gap in Knowledge(connection).gaps()] == [
            "can I charter a submarine for my wedding"
        ]


def test_the_timeline_filters_and_searches(desk: Desk, qtbot: QtBot) -> None:
    desk.pops(GRACE)
    panel = desk.panes.timeline
    before = panel.model.rowCount()
    qtbot.mouseClick(panel.chips.chips[Channel.SOCIAL], Qt.MouseButton.LeftButton)
    wait_for(lambda: 0 < panel.model.rowCount() < before)
    qtbot.mouseClick(panel.chips.chips[Channel.SOCIAL], Qt.MouseButton.LeftButton)
    wait_for(lambda: panel.model.rowCount() == before)
    qtbot.keyClicks(panel.search, "zzz nothing")
    wait_for(lambda: panel._empty.isVisible())


def test_a_better_answer_replaces_that_of_words_alone(
    open_desk: Callable[..., Desk], sample: Settings
) -> None:
    """The question is heard before the model is there."""
    desk = open_desk(sample, searching=False)
    modes: list[SearchMode] = []
    show = desk.panes.knowledge.show_suggestions
    desk.panes.knowledge.show_suggestions = lambda found: (modes.append(found.mode), show(found))  # type: ignore[method-assign]
    desk.hears("when is the return window over")
    wait_for(lambda: SearchMode.FULL in modes)
    assert desk.titles()
    assert not desk.panes.knowledge._mode.isVisible()


def test_keywords_answer_while_there_is_no_model(
    open_desk: Callable[..., Desk], sample: Settings
) -> None:
    missing = sample.model_copy(update={"model": sample.data_dir / "no-such-model"})
    desk = open_desk(missing, searching=False)
    wait_for(lambda: desk.application.window.notice.isVisible())
    desk.pops(GRACE)
    desk.hears("when is the return window over")
    wait_for(desk.titles)
    assert desk.panes.knowledge._mode.isVisible()
