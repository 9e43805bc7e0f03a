# SPDX-License-Identifier: Apache-2.0
"""Spending of an authority: what is left, and an amount held so that nobody spends it twice."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.authority import weigh
from agentassist.domain.policy import Authority as Rules
from agentassist.domain.spending import HELD_FOR, Claim, Entry, Spent
from agentassist.domain.verdict import Authority
from agentassist.errors import Unavailable
from agentassist.storage.authority import AuthorityEntries
from agentassist.storage.database import Database


class Budgets:
    """What `agent` has left in the role they work in, and amounts that are held for a contact.

    `zone` is the company's: a limit per day counts its calendar day (None: that of this
    machine).
    """

    def __init__(
        self,
        database: Database,
        agent: str,
        now: Callable[[], datetime],
        *,
        role: str = "agent",
        zone: tzinfo | None = None,
    ) -> None:
        self._database = database
        self._agent = agent
        self._now = now
        self._role = role
        self._zone = zone

    def spent(self, customer_id: UUID | None) -> Spent:
        """Return what was spent; nothing while the database does not answer.

        Nothing is given on the strength of it: `hold` looks again.
        """
        at = self._now()
        try:
            with self._database.reading() as connection:
                entries = AuthorityEntries(connection)
                return entries.spent(self._agent, customer_id, self._day(at), at)
        except Unavailable:
            return {}

    def hold(self, claim: Claim, rules: Rules) -> Authority:
        """Reserve an amount on the agent's own authority; the same claim twice is one.

        Returns:
            How it stands: unless it is `within`, nothing was reserved, and it names who signs.

        Raises:
            Unavailable: the database does not answer; nothing was reserved.
        """
        with self._database.transaction() as connection:
            return self.hold_in(connection, claim, rules)

    def hold_in(
        self, connection: Connection, claim: Claim, rules: Rules, actor: str = "", role: str = ""
    ) -> Authority:
        """Reserve inside a transaction, on the authority of `actor` in `role` (the agent's)."""
        actor, role, at = actor or self._agent, role or self._role, self._now()
        entries = AuthorityEntries(connection)
        currency = claim.amount.currency
        entries.take_turn(claim.action, currency, actor, claim.customer_id)
        if claim.amount.minor <= 0 or entries.get(claim.id) is not None:
            return Authority(role, claim.action, claim.amount)
        spent = entries.spent(actor, claim.customer_id, self._day(at), at)
        found = weigh(rules, claim.action, role, claim.amount, spent)
        if found.within:
            entries.add(self._entry(claim, actor, role, at))
        return found

    def give_back(self, claim_id: UUID) -> None:
        """Release an amount that the customer does not want after all."""
        with self._database.transaction() as connection:
            AuthorityEntries(connection).release([claim_id], self._now())

    def _entry(self, claim: Claim, actor: str, role: str, at: datetime) -> Entry:
        return Entry(
            id=claim.id,
            action=claim.action,
            currency=claim.amount.currency,
            role=role,
            actor=actor,
            customer_id=claim.customer_id,
            call_id=claim.call_id,
            policy_id=claim.policy_id,
            amount=claim.amount.minor,
            day=self._day(at),
            reserved_at=at,
            expires_at=at + HELD_FOR,
        )

    def _day(self, at: datetime) -> str:
        return at.astimezone(self._zone).date().isoformat()
