# SPDX-License-Identifier: Apache-2.0
"""Watches what verdicts rest on: when a fact changes in mid-call, the card says what and why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from agentassist.domain.fact_news import FactNews, fact_news, same_answer
from agentassist.domain.history import Essentials
from agentassist.domain.verdict import Prompt
from agentassist.ui.contact import Contact
from agentassist.ui.prompt_board import PromptBoard
from agentassist.ui.prompt_words import value_words
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.desk import Desk

_LOOK_MS = 20_000


class FactsWatch(QObject):
    """Decides the prompts on screen anew, now and then and when it is told to.

    Signals:
        record_changed: the Essentials as they are in the database now.
        changed: a Prompt with another verdict than the one on screen.
        looked: every prompt on screen stands on the facts as they are now.
    """

    record_changed = Signal(object)
    changed = Signal(object)
    looked = Signal()

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        board: PromptBoard,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._board = board
        self._contact: Contact | None = None
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self.read)

    def begin(self, contact: Contact | None) -> None:
        """Turn to another contact."""
        for key in ("recheck", "record"):
            self._runner.cancel(key)
        self._contact = contact
        if contact is None:
            self._clock.stop()
        else:
            self._clock.start()

    def read(self) -> None:
        """Read the record anew while a prompt stands on it, then decide anew."""
        contact = self._contact
        if contact is None or not self._board.cards:
            return
        if contact.essentials is None:
            self.look()
            return
        job = partial(self._desk.timelines.essentials, contact.essentials.customer.id)
        self._runner.submit(Lane.READ, job, self._still(self._take), key="record")

    def look(self, *, told: bool = True) -> None:
        """Decide every prompt on screen anew; what says the same stays untouched.

        With `told` a card says what has changed: the agent did not do it themselves.
        """
        contact = self._contact
        prompts = tuple(card.prompt for card in self._board.cards)
        if contact is None or not prompts:
            return
        job = partial(self._again, contact, prompts, tuple(contact.decisions))
        show = self._still(partial(self._show, told))
        self._runner.submit(Lane.MODEL, job, show, key="recheck")

    def _take(self, essentials: Essentials) -> None:
        if self._contact and essentials != self._contact.essentials:
            self.record_changed.emit(essentials)
        else:
            self.look()

    def _again(
        self, contact: Contact, prompts: Sequence[Prompt], said: Sequence[Any]
    ) -> list[tuple[Prompt, Prompt]]:
        """Return pairs of a prompt as it was and as it is now. Blocks for each."""
        facts = contact.known(self._desk.policies)
        found = []
        for prompt in prompts:
            new = self._desk.policies.pick(
                prompt.verdict.policy_id,
                facts,
                prompt.language,
                call_id=contact.call.id,
                customer_id=contact.call.customer_id,
                said=said,
                need=contact.needs.get(prompt.verdict.policy_id),
            )
            found.append((prompt, replace(prompt, verdict=new.verdict, basis=new.basis)))
        return found

    def _show(self, told: bool, found: list[tuple[Prompt, Prompt]]) -> None:  # noqa: FBT001
        for old, new in found:
            policy_id = new.verdict.policy_id
            card = self._board.card(policy_id)
            if card is not None and not same_answer(card.prompt.verdict, new.verdict):
                self.changed.emit(replace(new, match=card.prompt.match))
                self._board.tell(policy_id, self._told(old, new) if told else "")
        self.looked.emit()

    def _told(self, old: Prompt, new: Prompt) -> str:
        news = [self._line(item) for item in self._news(old, new)]
        return " ".join([*news, self.tr("The answer changed.")])

    def _news(self, old: Prompt, new: Prompt) -> list[FactNews]:
        contact = self._contact
        bundle = self._desk.policies.bundle_of(contact.call.id) if contact else None
        if bundle is None or old.basis is None or new.basis is None:
            return []
        looked_at = {item.fact for item in (*old.verdict.why, *new.verdict.why)}
        language = QLocale().name()[:2]
        found = fact_news(bundle.facts, old.basis.facts, new.basis.facts, looked_at, language)
        return list(found)

    def _line(self, item: FactNews) -> str:
        was, now = value_words(item.was), value_words(item.now)
        if not item.now:
            return self.tr("{fact}: not known any more.").format(fact=item.name)
        if not item.was:
            return self.tr("{fact}: now {now}.").format(fact=item.name, now=now)
        text = self.tr("{fact}: now {now} (was {was}).")
        return text.format(fact=item.name, now=now, was=was)

    def _still(self, show: Callable[[Any], object]) -> Callable[[Any], None]:
        contact = self._contact

        def once(result: Any) -> None:
            if self._contact is contact:
                show(result)

        return once
