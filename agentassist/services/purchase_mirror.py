# SPDX-License-Identifier: Apache-2.0
"""A purchase as it stands on the timeline."""

from agentassist.domain.history import Channel, Direction, Interaction, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money

_SHOWN_LINES = 12
_WHOLE = frozenset({"KRW", "JPY", "VND", "CLP", "ISK", "UGX"})


def mirror(purchase: Purchase) -> Interaction:
    """Return the interaction that stands for `purchase`; its key is that of the purchase."""
    return Interaction(
        id=new_id(),
        customer_id=purchase.customer_id,
        channel=Channel.PURCHASE,
        text=_text(purchase),
        occurred_at=purchase.ordered_at,
        direction=Direction.INBOUND,
        subject=purchase.shown or purchase.order_number,
        status=purchase.status,
        source=purchase.source,
        source_ref=f"{Channel.PURCHASE}:{purchase.source_ref}",
        attributes={"order_number": purchase.order_number, "payment": purchase.payment},
    )


def amount(money: Money) -> str:
    """Return an amount with its currency code, as in `USD 536.65`."""
    if money.currency in _WHOLE:
        return f"{money.currency} {money.minor:,}"
    sign = "-" if money.minor < 0 else ""
    whole, rest = divmod(abs(money.minor), 100)
    return f"{money.currency} {sign}{whole:,}.{rest:02}"


def _text(purchase: Purchase) -> str:
    names = [
        f"{line.quantity} x {line.name}" if line.quantity > 1 else line.name
        for line in purchase.lines[:_SHOWN_LINES]
    ]
    more = len(purchase.lines) - _SHOWN_LINES
    facts = [purchase.shown or purchase.order_number, purchase.status]
    if purchase.total:
        facts.append(amount(purchase.total))
    if names:
        facts.append(", ".join(names) + (f" +{more}" if more > 0 else ""))
    return " · ".join(filter(None, facts))
