# SPDX-License-Identifier: Apache-2.0
"""Small surprises at work: when one is suggested, and the ledger of what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from agentassist.domain.authority import weigh
from agentassist.domain.facts import Facts
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.policy import Bundle, Wow
from agentassist.domain.spending import Claim
from agentassist.domain.wow import ACTION, Situation, WowAnswer, hint
from agentassist.errors import UserError
from agentassist.services.authority import Budgets
from agentassist.storage.audit import Audit
from agentassist.storage.authority import AuthorityEntries
from agentassist.storage.briefing import BriefingRows
from agentassist.storage.database import Database
from agentassist.storage.wows import WowEntry, Wows

if TYPE_CHECKING:
    from sqlalchemy import Connection

SPENT = "The budget for surprises is used up for today. Kind words cost nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What the desk knows of the contact on screen; the database knows the rest.

    `open_here` counts what is still unanswered in this contact.
    """

    call_id: UUID
    customer_id: UUID
    facts: Facts
    open_here: int = 0
    promises: int = 0
    recovery: bool = False
    hurried: bool | None = None
    refused: bool = False
    passed: frozenset[str] = field(default_factory=frozenset)


class Surprises:
    """Suggests small surprises of a bundle to `agent`, and keeps the ledger."""

    def __init__(
        self,
        database: Database,
        budgets: Budgets,
        agent: str,
        now: Callable[[], datetime],
        *,
        role: str = "agent",
        sector: str = "",
    ) -> None:
        self._database = database
        self._budgets = budgets
        self._agent = agent
        self._now = now
        self._role = role
        self._sector = sector

    def hint(self, bundle: Bundle, moment: Moment) -> Wow | None:
        """Return what may be suggested now, None unless everything speaks for it.

        Raises:
            Unavailable: the database does not answer.
        """
        with self._database.reading() as connection:
            open_loops = BriefingRows(connection, moment.customer_id).open_loops()
            last_at = Wows(connection).last_given(moment.customer_id)
        situation = Situation(
            facts=moment.facts,
            at=self._now(),
            open=open_loops + moment.promises + moment.open_here,
            recovery=moment.recovery,
            hurried=moment.hurried,
            refused=moment.refused,
            left=self._left(bundle, moment.customer_id),
            last_at=last_at,
            sector=self._sector,
            passed=moment.passed,
        )
        return hint(bundle, situation)

    def give(self, bundle: Bundle, wow: Wow, moment: Moment, language: str) -> WowEntry:
        """Write down that a surprise is given, and spend its cost in the same transaction.

        Raises:
            UserError: somebody else has spent the budget meanwhile; nothing was written.
            Unavailable: the database does not answer; nothing was written.
        """
        entry = self._entry(bundle, wow, moment, WowAnswer.GIVEN, language)
        with self._database.transaction() as connection:
            if wow.cost:
                self._spend(connection, bundle, entry)
            Wows(connection).add(entry)
            details = {"wow": wow.id, "amount": entry.amount, "currency": entry.currency}
            Audit(connection).append("surprise", self._agent, str(moment.call_id), details)
        return entry

    def pass_over(self, bundle: Bundle, wow: Wow, moment: Moment, language: str) -> None:
        """Write down that a hint was not taken now; it counts for nothing."""
        entry = self._entry(bundle, wow, moment, WowAnswer.NOT_NOW, language)
        with self._database.transaction() as connection:
            Wows(connection).add(entry)

    def _spend(self, connection: "Connection", bundle: Bundle, entry: WowEntry) -> None:
        claim = Claim(
            id=entry.id,
            policy_id=entry.wow_id,
            action=ACTION,
            amount=Money(entry.amount, entry.currency),
            call_id=entry.call_id,
            customer_id=entry.customer_id,
        )
        if not self._budgets.hold_in(connection, claim, bundle.authority).within:
            raise UserError(SPENT)
        AuthorityEntries(connection).commit(entry.id, entry.at)

    def _left(self, bundle: Bundle, customer_id: UUID) -> int:
        """Return what may be spent now; where nobody set a limit there is no budget."""
        nothing = Money(0, bundle.authority.currency)
        spent = self._budgets.spent(customer_id)
        limit = weigh(bundle.authority, ACTION, self._role, nothing, spent).limit
        return limit.minor if limit else 0

    def _entry(
        self, bundle: Bundle, wow: Wow, moment: Moment, answer: WowAnswer, language: str
    ) -> WowEntry:
        return WowEntry(
            id=new_id(),
            wow_id=wow.id,
            call_id=moment.call_id,
            customer_id=moment.customer_id,
            actor=self._agent,
            hint=wow.hint.say(language),
            answer=answer,
            amount=wow.cost if answer is WowAnswer.GIVEN else 0,
            currency=bundle.authority.currency,
            at=self._now(),
        )
