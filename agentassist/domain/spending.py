# SPDX-License-Identifier: Apache-2.0
"""What was spent of an authority so far: the part of a decision that other desks change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from agentassist.domain.money import Money
from agentassist.domain.verdict import Answer, Decision

CUSTOMER_DAYS = timedelta(days=90)
"""How far back what one customer was given counts."""

HELD_FOR = timedelta(hours=4)
"""After this a reservation of a contact that was never wrapped up counts no more."""


class EntryState(StrEnum):
    """Reserved while the customer decides, then committed or released."""

    RESERVED = "reserved"
    COMMITTED = "committed"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Spending:
    """Reserved and committed minor units: for this customer in 90 days, by this agent today."""

    customer: int = 0
    day: int = 0


Spent = Mapping[tuple[str, str], Spending]
"""By action and currency; what is missing was never spent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One amount, reserved or spent, in minor units of `currency`.

    `id` is that of the decision it belongs to, `actor` who answers for it: the agent, or
    whoever signed. `day` is the company's calendar day, written 2026-03-01.
    """

    id: UUID
    action: str
    currency: str
    role: str
    actor: str
    customer_id: UUID | None
    call_id: UUID | None
    policy_id: str
    amount: int
    day: str
    reserved_at: datetime
    expires_at: datetime
    state: EntryState = EntryState.RESERVED
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An amount that is about to be given. `id` is that of the decision it belongs to."""

    id: UUID
    policy_id: str
    action: str
    amount: Money
    call_id: UUID | None = None
    customer_id: UUID | None = None


_GIVEN = frozenset({Answer.ACCEPTED, Answer.OVERRIDDEN})
_PASSED_OVER = frozenset({Answer.IGNORED})


def given(decisions: Sequence[Decision]) -> frozenset[UUID]:
    """Return the decisions (in order) of which something is given in the end.

    One that was accepted and then answered otherwise, under the same policy, is not.
    """
    last = {d.policy_id: d.answer for d in decisions if d.answer not in _PASSED_OVER}
    return frozenset(d.id for d in decisions if d.answer in _GIVEN and last[d.policy_id] in _GIVEN)
