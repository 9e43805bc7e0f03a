# SPDX-License-Identifier: Apache-2.0
"""A themed application, a clock, and the pieces a contact is made of."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import ContactKind, ContactPoint, Customer, Preference
from agentassist.domain.history import (
    Channel,
    Essentials,
    Interaction,
    Purchase,
    PurchaseLine,
    Timeline,
    TimelinePage,
)
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.domain.promise import Promise
from agentassist.ui.theme import Theme
from agentassist.ui.translations import install

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> Callable[[], datetime]:
    return lambda: NOON


@pytest.fixture
def theme(qapp: QApplication, qtbot: QtBot) -> Iterator[Theme]:
    install(qapp, "en")
    made = Theme(qapp, "light")
    yield made
    made.close()
    # Widgets that are to be deleted later would be styled again by every later theme.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def customer(name: str = "Grace Whitfield") -> Customer:
    points = (
        ContactPoint(ContactKind.PHONE, "+14155550134", "+1 415-555-0134"),
        ContactPoint(ContactKind.EMAIL, "grace@example.com", "grace@example.com"),
    )
    return Customer(new_id(), name, points, "en", "Gold", "America/Los_Angeles")


def interactions(count: int, *, days: int = 1) -> tuple[Interaction, ...]:
    channels = list(Channel)
    return tuple(
        Interaction(
            new_id(),
            None,
            channels[i % len(channels)],
            f"text {i}",
            NOON - timedelta(days=days * i // 3),
            author="Dana",
        )
        for i in range(count)
    )


def timeline(who: Customer | None = None, count: int = 20, older: str | None = None) -> Timeline:
    who = who or customer()
    essentials = Essentials(
        who,
        (Preference(new_id(), who.id, "contact", "Prefers e-mail"),),
        (Promise(new_id(), who.id, "Call back", "Dana", NOON - timedelta(hours=2), NOON),),
        (
            Purchase(
                new_id(), who.id, "MP-204817", "MP-204817", "delivered", Money(8900, "USD"),
                ordered_at=NOON - timedelta(days=38), lines=(PurchaseLine("Linen lamp"),),
            ),
        ),
    )  # fmt: skip
    items = interactions(count)
    counts = {channel: sum(item.channel is channel for item in items) for channel in Channel}
    return Timeline(essentials, counts, TimelinePage(items, older))


def call(**more: object) -> Call:
    values: dict[str, object] = {
        "id": new_id(), "reference": "r1", "state": CallState.TALKING, "remote": "+14155550134",
        "queue": "Returns", "started_at": NOON, "answered_at": NOON,
    }  # fmt: skip
    return Call(**{**values, **more})  # type: ignore[arg-type]
