# SPDX-License-Identifier: Apache-2.0
"""The order right after the first paint: the briefing, what may be done, and where acts lead."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QLocale, QObject

from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.order_action import OrderAction
from agentassist.ui.advice_controller import AdviceController
from agentassist.ui.contact import Contact
from agentassist.ui.panes import Panes
from agentassist.ui.task_runner import Lane, TaskRunner

if TYPE_CHECKING:
    from agentassist.services.briefing import Briefing
    from agentassist.services.desk import Desk

Actions = dict[UUID, tuple[OrderAction, ...]]


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom the briefing is about; `contact` is None for a customer who was looked up."""

    contact: Contact | None
    essentials: Essentials


class BriefingController(QObject):
    """Holds order only. What arrives for one customer is never shown for another."""

    def __init__(
        self,
        desk: "Desk",
        runner: TaskRunner,
        panes: Panes,
        advice: AdviceController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._panes = panes
        self._advice = advice
        self._subject: _Subject | None = None
        self._purchases: tuple[Purchase, ...] = ()
        panel = panes.essentials
        panel.source_wanted.connect(self._show_source)
        panel.article_wanted.connect(advice.show_article)
        panel.request_wanted.connect(advice.pick_for)
        panel.more_purchases_wanted.connect(self._more)

    def begin(self, contact: Contact | None, essentials: Essentials) -> None:
        """Read the briefing on the customer who was just painted."""
        self._subject = _Subject(contact, essentials)
        self._purchases = essentials.purchases
        since = contact.call.started_at if contact else None
        job = partial(self._desk.briefings.brief, essentials, since)
        self._runner.submit_after_paint(Lane.READ, job, self._still(self._show), key="briefing")
        self.again()

    def again(self) -> None:
        """Find out anew what may be done with the purchases on screen."""
        if self._subject and self._subject.contact:
            job = partial(self._actions, self._subject.essentials, self._purchases)
            show = self._still(self._show_actions)
            self._runner.submit_after_paint(Lane.READ, job, show, key="actions")

    def drop(self) -> None:
        """Forget the customer: what is still on its way is dropped."""
        self._subject, self._purchases = None, ()
        for key in ("briefing", "actions", "purchases"):
            self._runner.cancel(key)

    def _show(self, briefing: "Briefing") -> None:
        self._panes.essentials.show_briefing(briefing)

    def _actions(self, essentials: Essentials, purchases: tuple[Purchase, ...]) -> Actions:
        language = QLocale().name()[:2]
        policies = self._desk.policies
        return {item.id: policies.actions(essentials, item, language) for item in purchases}

    def _show_actions(self, actions: Actions) -> None:
        self._panes.essentials.show_purchases(self._purchases, actions)

    def _more(self, most: int) -> None:
        if self._subject:
            customer_id = self._subject.essentials.customer.id
            job = partial(self._desk.briefings.purchases, customer_id, most)
            self._runner.submit(Lane.READ, job, self._still(self._show_more), key="purchases")

    def _show_more(self, purchases: tuple[Purchase, ...]) -> None:
        self._purchases = purchases
        if self._subject and (contact := self._subject.contact) and contact.essentials:
            contact.essentials = replace(contact.essentials, purchases=purchases)
        self._panes.essentials.show_purchases(purchases, {})
        self.again()

    def _show_source(self, source: UUID) -> None:
        self._panes.timeline.show_entry(source)

    def _still(self, show: Callable[[Any], None]) -> Callable[[Any], None]:
        subject = self._subject
        return lambda result: show(result) if self._subject is subject else None
