# SPDX-License-Identifier: Apache-2.0
"""Who may spend how much: a role, an action, a currency, and what was spent already.

Above the limit an answer stays what it is, and somebody with a larger limit signs it.
"""

from collections.abc import Mapping

from agentassist.domain.money import Money
from agentassist.domain.policy import Authority as Rules
from agentassist.domain.policy import Limit
from agentassist.domain.spending import Spending, Spent
from agentassist.domain.staff import ROLES
from agentassist.domain.verdict import Authority, Period

GOODWILL = "goodwill"
"""The action under which alternatives that cost us are counted."""

_NOTHING_SPENT = Spending()
_NOTHING = Limit(action="", role="", per_action=0)
_BELOW = {role: tuple(reversed(ROLES[: place + 1])) for place, role in enumerate(ROLES)}


def weigh(rules: Rules, action: str, role: str, amount: Money, spent: Spent) -> Authority:
    """Compare an amount with what is left to `role`; above it the signer is named.

    The tightest of the three periods counts. An action that no line of authority.toml names
    is not limited; one that is named is closed to roles and currencies without a line.
    """
    lines = _lines(rules, action, amount.currency)
    if lines is None:
        return Authority(role, action, amount)
    spending = spent.get((action, amount.currency), _NOTHING_SPENT)
    left, period = _left(_own(lines, role), spending)
    short = amount.minor > left
    signer = _signer(lines, role, amount.minor, spending) if short else ""
    return Authority(role, action, amount, Money(left, amount.currency), signer, period)


def limit_for(rules: Rules, action: str, currency: str, role: str) -> Limit | None:
    """Return the line that holds for a role, None where the action is not limited at all."""
    lines = _lines(rules, action, currency)
    return None if lines is None else _own(lines, role)


def _lines(rules: Rules, action: str, currency: str) -> Mapping[str, Limit] | None:
    """Return the lines of an action in a currency by role; None: no line names the action."""
    named = [line for line in rules.limits if line.action == action]
    if not named:
        return None
    return {x.role: x for x in named if (x.currency or rules.currency) == currency}


def _own(lines: Mapping[str, Limit], role: str) -> Limit:
    """Return the line of a role, else that of the next smaller one, else nothing at all."""
    return next((lines[name] for name in _downwards(role) if name in lines), _NOTHING)


def _downwards(role: str) -> tuple[str, ...]:
    """Return a role and those below it; one that is not on the ladder stands alone."""
    return _BELOW.get(role, (role,))


def _left(line: Limit, spending: Spending) -> tuple[int, Period]:
    """Return what is left of the tightest limit; of equal ones the first of the three."""
    left = [(line.per_action, Period.ACTION)]
    if line.per_customer is not None:
        left.append((max(0, line.per_customer - spending.customer), Period.CUSTOMER))
    if line.per_day is not None:
        left.append((max(0, line.per_day - spending.day), Period.DAY))
    return min(left, key=lambda pair: pair[0])


def _signer(lines: Mapping[str, Limit], role: str, amount: int, spending: Spending) -> str:
    """Return the role with the smallest limit that covers an amount, empty for nobody.

    The customer's 90 days hold for it too; its own day is looked at when it signs.
    """
    below = _downwards(role)
    able = [x for x in lines.values() if x.role not in below and _covers(x, amount, spending)]
    return min(able, key=lambda line: (line.per_action, line.role)).role if able else ""


def _covers(line: Limit, amount: int, spending: Spending) -> bool:
    customer = line.per_customer is None or spending.customer + amount <= line.per_customer
    day = line.per_day is None or amount <= line.per_day
    return customer and day and amount <= line.per_action
