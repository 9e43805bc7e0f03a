# SPDX-License-Identifier: Apache-2.0
"""The facts that are known without asking: from the record, the call and the clock.

Where the record leaves room for a guess (which of three orders is this about?) nothing
is filled in: the question is asked instead. Where two sources tell one fact, `fact_sources`
says which counts. Days are counted by the calendar of the company: what came at eleven in
the evening came yesterday when it is one in the morning.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from functools import partial

from agentassist.domain.call import Call
from agentassist.domain.fact_sources import winners
from agentassist.domain.facts import (
    FactSpec,
    FactType,
    FactValue,
    Source,
    Unit,
    Value,
    parse_value,
)
from agentassist.domain.history import Essentials, Purchase
from agentassist.domain.proof import told
from agentassist.domain.spoken import Line
from agentassist.errors import UserError

Specs = Mapping[str, FactSpec]

_SATURDAY = 5
_STATUS = {
    "pending": "pending",
    "received": "pending",
    "paid": "pending",
    "open": "pending",
    "processing": "pending",
    "processed": "packed",
    "packed": "packed",
    "shipped": "shipped",
    "in transit": "shipped",
    "out for delivery": "shipped",
    "delivered": "delivered",
    "return requested": "delivered",
    "exchange requested": "delivered",
    "cancelled": "cancelled",
    "canceled": "cancelled",
}
"""What shops call the states of an order, and the state that policies know."""


def gather(
    specs: Specs,
    essentials: Essentials | None,
    call: Call | None,
    at: datetime,
    zone: tzinfo | None,
) -> dict[str, FactValue]:
    """Return every fact that can be filled in at `at`; `zone` is where the company is."""
    found: list[tuple[str, Value | str | None, Source]] = [
        *_clock(specs, at.astimezone(zone)),
        *(_customer(essentials) if essentials else ()),
        *_order(essentials, call, partial(_days, at, zone)),
        *(_call(specs, call) if call else ()),
    ]
    facts = ((key, _fact(specs.get(key), value, source, at)) for key, value, source in found)
    return winners(specs, [(key, fact) for key, fact in facts if fact is not None], at)


def heard(specs: Specs, lines: Iterable[Line], at: datetime) -> dict[str, FactValue]:
    """Return which proofs of identity the caller told, as facts `proof.*` that are declared.

    Told is not right: what is right, the company's own system says. Where no such fact is
    declared nothing is listened to: a long conversation takes a while.
    """
    if not any(key.startswith("proof.") for key in specs):
        return {}
    keys = (f"proof.{proof}" for proof in told(lines))
    return {key: FactValue(True, Source.CALL, at) for key in keys if key in specs}  # noqa: FBT003


def answered(specs: Specs, answers: Mapping[str, str], at: datetime) -> dict[str, FactValue]:
    """Return what the agent found out; an answer that does not fit stays unknown."""
    facts = {key: _fact(specs.get(key), text, Source.AGENT, at) for key, text in answers.items()}
    return {key: fact for key, fact in facts.items() if fact is not None}


def _fact(
    spec: FactSpec | None, value: Value | str | None, source: Source, at: datetime
) -> FactValue | None:
    """Make a fact of what was found, when it is declared and of the right type and range."""
    if spec is None or value is None:
        return None
    if isinstance(value, str):
        try:
            return FactValue(parse_value(spec, value), source, at)
        except UserError:
            return None
    return FactValue(value, source, at) if spec.admits(value) else None


def _clock(specs: Specs, local: datetime) -> Iterator[tuple[str, Value, Source]]:
    """Fill facts of the clock by their shape: a time of day, an hour, a weekend."""
    for key, spec in specs.items():
        if spec.source is not Source.CLOCK:
            continue
        if spec.unit is Unit.DAY_TIME:
            yield key, local.hour * 60 + local.minute, Source.CLOCK
        elif spec.type is FactType.INT and key.endswith(".hour"):
            yield key, local.hour, Source.CLOCK
        elif spec.type is FactType.BOOL and key.endswith(".is_weekend"):
            yield key, local.weekday() >= _SATURDAY, Source.CLOCK


def _customer(essentials: Essentials) -> Iterator[tuple[str, str | None, Source]]:
    yield "customer.tier", essentials.customer.tier.strip().casefold() or None, Source.CRM


def _order(
    essentials: Essentials | None, call: Call | None, days: Callable[[datetime], int]
) -> Iterator[tuple[str, Value | str | None, Source]]:
    purchase = _purchase(essentials, call)
    if purchase is None:
        return
    status = purchase.status.split("(")[0].strip().casefold()
    yield "order.status", _STATUS.get(status), Source.ORDER
    if purchase.ordered_at is not None:
        yield "price.days_since_purchase", days(purchase.ordered_at), Source.ORDER
    if purchase.delivered_at is not None:
        yield "order.days_since_delivery", days(purchase.delivered_at), Source.ORDER


def _days(at: datetime, zone: tzinfo | None, since: datetime) -> int:
    return (at.astimezone(zone).date() - since.astimezone(zone).date()).days


def _purchase(essentials: Essentials | None, call: Call | None) -> Purchase | None:
    """Return the order this is about: the one that was named, else the only one."""
    purchases = essentials.purchases if essentials else ()
    named = _bare(call.context.get("order", "")) if call else ""
    if named:
        matching = [p for p in purchases if named in (_bare(p.order_number), _bare(p.shown))]
        return matching[0] if len(matching) == 1 else None
    return purchases[0] if len(purchases) == 1 else None


def _bare(number: str) -> str:
    """Return a number without the dashes that a menu cannot take."""
    return "".join(character for character in number.casefold() if character.isalnum())


def _call(specs: Specs, call: Call) -> Iterator[tuple[str, str | None, Source]]:
    """Take over what a bot or voice menu already settled, by the fact's key or its last part."""
    for key, spec in specs.items():
        if spec.source is Source.CALL:
            short = key.rsplit(".", 1)[-1]
            yield key, call.context.get(key, call.context.get(short)), Source.CALL
