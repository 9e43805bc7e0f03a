# SPDX-License-Identifier: Apache-2.0
"""Contacts and purchases to look for highlights and patterns in."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from agentassist.domain.history import Channel, Direction, Interaction, Purchase, PurchaseLine
from agentassist.domain.identifiers import new_id

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)  # a Thursday


def contact(
    text: str,
    days: float = 1,
    channel: Channel = Channel.EMAIL,
    subject: str = "",
    **more: object,
) -> Interaction:
    """Return what the customer sent `days` ago, unless told otherwise."""
    at = NOW - timedelta(days=days)
    item = Interaction(new_id(), None, channel, text, at, subject=subject)
    return Interaction(**{**_fields(item), **more})  # type: ignore[arg-type]


def answer(text: str, days: float = 1, channel: Channel = Channel.EMAIL) -> Interaction:
    """Return what we sent `days` ago."""
    return contact(text, days, channel, direction=Direction.OUTBOUND)


def purchase(days: float, *items: str, status: str = "delivered") -> Purchase:
    """Return a purchase made `days` ago."""
    number = f"MP-{int(days):06}"
    lines = tuple(PurchaseLine(item) for item in items)
    return Purchase(
        new_id(), UUID(int=1), number, number, status, ordered_at=NOW - timedelta(days=days),
        lines=lines,
    )  # fmt: skip


def _fields(item: Interaction) -> dict[str, object]:
    return {name: getattr(item, name) for name in Interaction.__slots__}
