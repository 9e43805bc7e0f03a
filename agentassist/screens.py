# SPDX-License-Identifier: Apache-2.0
"""Plays through the desk offscreen and saves what it looks like."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from agentassist.app import build
from agentassist.domain.call import CallEvent, CallEventKind, Speaker
from agentassist.domain.clock import utc_now
from agentassist.domain.history import Direction
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import FeedbackKind
from agentassist.domain.pre_call import tidy
from agentassist.domain.queue import QueueCounts
from agentassist.domain.verdict import Answer, Prompt
from agentassist.errors import Unavailable
from agentassist.settings import Settings
from agentassist.ui.contact import Contact
from agentassist.ui.entry_actions import Act
from agentassist.ui.lab_tour import LabTour
from agentassist.ui.policy_prompt import Outcome, PolicyPrompt

_SIZE = (1366, 768)
_PATIENCE_SECONDS = 20
_MODEL_SECONDS = 300
_TURN_SECONDS = 0.003
_SETTLE_SECONDS = 0.3
_FEWEST_LINES = 5
_HANDED_OVER = 3
_ANSWERS = {
    "order.days_since_delivery": "35",
    "customer.tier": "silver",
    "caller.verified": "yes",
    "caller.is_account_holder": "yes",
    "bank.courtesies_this_year": "0",
    "bank.fee": "4000 USD",
}
_ABOVE = "bank.fee.refund"


@dataclass(frozen=True, slots=True)
class Story:
    """One caller of the sample and what is said, in one language."""

    known: str
    shared: str
    twice: str
    lines: tuple[tuple[Speaker, str], ...]
    protected_from: str
    protected: str
    told_from: str
    told: Mapping[str, str]
    sparse: str
    sought: str
    handover: str


_STORIES = {
    "en": Story(
        known="+1 415-555-0118",
        shared="+1 214-555-0171",
        twice="+82 10-0000-8147",
        lines=(
            (Speaker.AGENT, "Maple and Pine, good morning Oliver. How can I help?"),
            (
                Speaker.CUSTOMER,
                "I missed the return date for the coffee table. Can I still send it back?",
            ),
        ),
        protected_from="+1 212-555-0177",
        sought="sofa",
        protected="I have a new phone. Just activate the SIM on it without the PIN, please.",
        told_from="+1 303-555-0142",
        told={
            "intent": "return_order",
            "order": "MP-203377",
            "tried": "track my parcel\nreturn in the account",
            "verified": "yes",
            "verified_by": "PIN",
            "transcript": "Bot: What can I do for you?\n"
            "Customer: I want to return a lamp, is it too late?\n"
            "Bot: Which order is it?\nCustomer: MP-203377",
        },
        sparse="+1 617-555-0190",
        handover="The carrier calls back before noon. Please answer the public posts first.",
    ),
    "ko": Story(
        known="+82 10-5550-0456",
        shared="+1 214-555-0171",
        twice="+82 10-0000-8147",
        lines=(
            (Speaker.AGENT, "메이플앤파인입니다, 이준호 고객님. 무엇을 도와드릴까요?"),
            (Speaker.CUSTOMER, "램프 반품 기간이 지났는데 지금이라도 반품할 수 있나요?"),
        ),
        protected_from="+82 10-0000-4821",
        sought="책장",
        protected="PIN은 모르는데 새 폰에 유심 좀 바꿔 주세요. 확인 없이요.",
        told_from="+82 10-5550-0456",
        told={
            "intent": "반품 문의",
            "order": "MP-206633",
            "tried": "배송 조회\n앱에서 반품 신청",
            "verified": "yes",
            "verified_by": "생년월일",
            "transcript": "챗봇: 무엇을 도와드릴까요?\n"
            "고객: 의자를 반품하고 싶은데 기간이 지났을까요?\n"
            "챗봇: 주문 번호를 알려 주세요.\n고객: MP-206633",
        },
        sparse="+82 10-0000-9013",
        handover="택배사에서 정오 전에 전화가 옵니다. 공개 글부터 답해 주세요.",
    ),
}


class Photographer:
    """Drives one application from scene to scene; `close` it."""

    def __init__(self, settings: Settings, target: Path) -> None:
        self._target = target
        self._name = f"{settings.language}-{settings.theme}"
        self._story = _STORIES[settings.language]
        self._application = build(settings)
        self._window = self._application.window
        self._window.resize(*_SIZE)
        self._panes = self._window.panes

    def play(self) -> list[Path]:
        """Go through all scenes and return the files that were written.

        Raises:
            Unavailable: a scene did not come up in time.
        """
        self._target.mkdir(parents=True, exist_ok=True)
        searching: list[bool] = []
        self._application.searching.connect(lambda: searching.append(True))
        self._application.start()
        self._wait(lambda: bool(searching), _MODEL_SECONDS)
        scenes = (
            self._callers,
            self._contact,
            self._guarded,
            self._signed,
            self._before,
            self._history,
            self._open_loops,
            self._lab,
        )
        return [self._shoot("1-ready"), *(path for scene in scenes for path in scene())]

    def close(self) -> None:
        """End the application."""
        self._application.close()

    def _callers(self) -> Iterator[Path]:
        self._ring("+1 415-555-0199")
        self._panes.caller.explain()
        yield self._shoot("2-no-match")
        self._finish()
        self._ring(self._story.shared)
        yield self._shoot("3-many-matches")
        self._finish()
        yield from self._twice()

    def _twice(self) -> Iterator[Path]:
        """One person with two records: chosen, merged, and the merge undone for the next run."""
        self._ring(self._story.twice)
        self._panes.caller.choose_first()
        self._wait(self._panes.essentials.perhaps.isVisible)
        self._panes.essentials.perhaps.open_first()
        self._wait(self._panes.merge.shows_pair)
        yield self._shoot("9-merge")
        self._panes.merge.merge_button.click()
        toast = self._window.toast
        self._wait(toast.isVisible)
        self._wait(lambda: not self._panes.essentials.perhaps.isVisible())
        yield self._shoot("10-merged")
        toast.undo()
        self._wait(self._panes.essentials.perhaps.isVisible)
        self._finish()

    def _contact(self) -> Iterator[Path]:
        self._ring(self._story.known)
        yield self._shoot("4-known-caller")
        for speaker, text in self._story.lines:
            self._application.switchboard.said.emit(speaker, text, "")
        self._wait(lambda: bool(self._panes.knowledge.cards) and bool(self._prompt()))
        yield self._shoot("13-ask")
        self._settle_questions()
        yield from self._discover()
        yield self._shoot("5-advice")
        self._explain()
        yield self._shoot("15-decline-why")
        self._explain()
        first = self._panes.knowledge.cards[0]
        first.acted.emit(first.suggestion, FeedbackKind.OPENED)
        self._wait(lambda: self._panes.knowledge.reading)
        yield self._shoot("6-article")
        self._accept()
        self._open_wrap_up()
        yield self._shoot("7-wrap-up")
        self._save()

    def _guarded(self) -> Iterator[Path]:
        self._ring(self._story.protected_from)
        self._application.switchboard.said.emit(Speaker.CUSTOMER, self._story.protected, "")
        self._prompt()
        yield self._shoot("8-protected")
        self._finish()

    def _signed(self) -> Iterator[Path]:
        """Show a yes above the agent's limit: it stays a yes, and the lead signs."""
        self._ring(self._story.known)
        self._panes.conversation.request_picked.emit(_ABOVE)
        self._settle_questions()
        yield self._shoot("16-yes-lead-signs")
        card = self._prompt()
        card.override_wanted.emit(card.prompt)
        yield self._shoot("17-signing")
        self._finish()

    def _before(self) -> Iterator[Path]:
        """Show what is there before the first word: told to a bot, and next to nothing."""
        self._ring(self._story.told_from, self._story.told)
        self._wait(lambda: bool(self._panes.knowledge.cards))
        yield self._shoot("9-told-the-bot")
        self._finish()
        self._ring(self._story.sparse)
        yield self._shoot("10-little-known")
        self._finish()

    def _history(self) -> Iterator[Path]:
        """Show the timeline as a place to work: its cases with a pin, then filtered."""
        self._ring(self._story.known)
        panel, sizes = self._panes.timeline, self._panes.left.sizes()
        self._panes.left.setSizes([sum(sizes) // 4, sum(sizes)])
        for _ in range(3):
            panel.view.move_by(1)
        panel.view.act(Act.PIN)
        self._wait(panel.pins.isVisible)
        yield self._shoot("11-cases")
        panel.undo.drop()
        panel.more_filters.setChecked(True)
        panel.bar.direction.setCurrentIndex(panel.bar.direction.findData(Direction.INBOUND))
        panel.search.setText(self._story.sought)
        panel.search.textEdited.emit(self._story.sought)
        self._wait(lambda: panel.filtered and self._application.runner.idle)
        yield self._shoot("12-filtered")
        panel.more_filters.setChecked(False)
        self._panes.left.setSizes(sizes)
        self._finish()

    def _open_loops(self) -> Iterator[Path]:
        queue = self._panes.queue
        self._panes.strip.queue_wanted.emit()
        self._wait(lambda: queue.isVisible() and queue.model.rowCount() > _FEWEST_LINES)
        queue.view.select(0)
        yield self._shoot("20-open-loops")
        for item in queue.model.items[:_HANDED_OVER]:
            queue.taken.emit(item)
        self._wait(lambda: all(one.owner for one in queue.model.items[:_HANDED_OVER]))
        queue.start_handover()
        queue.handover_form.note.setPlainText(self._story.handover)
        yield self._shoot("21-handover")
        queue.handover_form.hide()
        queue.show_left(())
        queue.show_queue(())
        self._panes.strip.show_queue(QueueCounts())
        yield self._shoot("22-nothing-open")
        queue.back_wanted.emit()

    def _lab(self) -> Iterator[Path]:
        """Change a policy in the lab, and replay past decisions over the change."""
        tour = LabTour(self._application, self._wait)
        window = tour.open(_SIZE)
        tour.change()
        yield self._shoot("40-policy-lab", window)
        tour.replay()
        yield self._shoot("41-what-if", window)
        tour.show(window.coverage)
        self._wait(lambda: self._application.runner.idle)
        yield self._shoot("42-in-use", window)
        tour.close()

    def _settle_questions(self) -> None:
        card = self._prompt()
        while question := card.prompt.verdict.question:
            asked = card.prompt
            card.fact_given.emit(question.fact, _ANSWERS.get(question.fact, "no"))
            card = self._prompt(after=asked)

    def _discover(self) -> Iterator[Path]:
        """Show the question for the need behind the request, where the policy asks it."""
        card = self._prompt()
        if asked := card.prompt.verdict.discovery:
            yield self._shoot("14-discovery")
            card.need_chosen.emit(card.prompt.verdict.policy_id, asked.needs[0][0])
            self._prompt(after=card.prompt)

    def _explain(self) -> None:
        """Open why the card in front says what it says, or close it again."""
        self._prompt().explain()

    def _ring(self, number: str, context: Mapping[str, str] | None = None) -> None:
        reference = f"screens-{new_id()}"
        event = CallEvent(CallEventKind.RINGING, reference, utc_now(), remote=number)
        event = replace(event, context=tidy(context or {}))
        self._application.switchboard.reported.emit(event)
        answered = replace(event, kind=CallEventKind.ANSWERED)
        self._application.switchboard.reported.emit(answered)
        self._wait(lambda: self._contact_on_screen is not None)

    @property
    def _contact_on_screen(self) -> Contact | None:
        return self._application.calls.contact if self._application.calls else None

    def _prompt(self, after: Prompt | None = None) -> PolicyPrompt:
        """Wait for a prompt, for another one than `after`, and return its card."""
        board = self._application.board
        assert board is not None  # noqa: S101  there is one once the search is ready
        self._wait(lambda: bool(board.cards) and board.cards[0].prompt is not after)
        return board.cards[0]

    def _accept(self) -> None:
        card = self._prompt()
        offers = card.prompt.verdict.alternatives
        card.answered.emit(Outcome(card.prompt, Answer.ACCEPTED, offers[0] if offers else None))

    def _finish(self) -> None:
        self._open_wrap_up()
        self._save()

    def _open_wrap_up(self) -> None:
        self._panes.strip.close_wanted.emit()
        self._wait(self._panes.wrap_up.isVisible)

    def _save(self) -> None:
        self._panes.wrap_up.save_button.click()
        self._wait(lambda: self._contact_on_screen is None)

    def _shoot(self, scene: str, window: QWidget | None = None) -> Path:
        self._pump(_SETTLE_SECONDS)
        path = self._target / f"{scene}-{self._name}.png"
        (window or self._window).grab().save(str(path))
        return path

    def _wait(self, condition: Callable[[], bool], seconds: float = _PATIENCE_SECONDS) -> None:
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                raise Unavailable("The screens could not be saved: a step took too long.")
            self._pump(_TURN_SECONDS)

    @staticmethod
    def _pump(seconds: float) -> None:
        """Handle events; sleeping lets the lanes have the interpreter."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(_TURN_SECONDS)
