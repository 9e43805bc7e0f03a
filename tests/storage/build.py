# SPDX-License-Identifier: Apache-2.0
"""Small domain objects, complete where nothing else is said."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from agentassist.domain.call import Call, CallState
from agentassist.domain.customer import ContactKind, ContactPoint, Customer
from agentassist.domain.history import Channel, Interaction, Purchase
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, ArticleState, Passage
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.storage.calls import Calls
from agentassist.storage.customers import Customers

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MODEL = "model-a"


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def phone(value: str, **fields: str) -> ContactPoint:
    return ContactPoint(ContactKind.PHONE, value, **fields)


def customer(name: str = "Ann Lee", *points: ContactPoint, **fields: Any) -> Customer:
    return Customer(new_id(), name, points, **fields)


def stored(connection: Connection, name: str = "Ann Lee", *points: ContactPoint) -> Customer:
    made = customer(name, *points)
    Customers(connection).add(made)
    return made


def interaction(
    customer_id: UUID | None, when: datetime | None = NOON, **fields: Any
) -> Interaction:
    given: dict[str, Any] = {"channel": Channel.CALL, "text": "Where is my parcel?"} | fields
    return Interaction(new_id(), customer_id, occurred_at=when, **given)


def purchase(customer_id: UUID, number: str = "MP204817", **fields: Any) -> Purchase:
    return Purchase(new_id(), customer_id, number, **fields)


def call(reference: str = "pbx-1", customer_id: UUID | None = None, **fields: Any) -> Call:
    given: dict[str, Any] = {"state": CallState.RINGING, "remote": "+14155550100"} | fields
    return Call(new_id(), reference, customer_id=customer_id, **given)


def stored_call(connection: Connection, reference: str = "pbx-1", **fields: Any) -> Call:
    made = call(reference, **fields)
    Calls(connection).save_call(made)
    return made


def decision(call_id: UUID | None, customer_id: UUID | None = None, **fields: Any) -> Decision:
    given: dict[str, Any] = {"answer": Answer.ACCEPTED, "at": NOON} | fields
    return Decision(
        new_id(), call_id, customer_id, "retail.return", "b" * 64, VerdictKind.YES, **given
    )


def article(key: str = "retail-return", **fields: Any) -> Article:
    given: dict[str, Any] = {
        "title": "How long can I return something?",
        "body": "You have 30 days.",
        "language": "en",
        "state": ArticleState.PUBLISHED,
    } | fields
    return Article(new_id(), key, **given)


def passage(owner: Article, ordinal: int, text: str) -> Passage:
    digest = sha256(text.encode()).hexdigest()
    return Passage(new_id(), owner.id, ordinal, "Returns", text, digest)


def passages(owner: Article, *texts: str) -> tuple[Passage, ...]:
    return tuple(passage(owner, ordinal, text) for ordinal, text in enumerate(texts))
