# SPDX-License-Identifier: Apache-2.0
"""The product's own words in the agent's language: every enumeration that is shown."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from agentassist.domain.agreement import Due
from agentassist.domain.call import CallState, Speaker
from agentassist.domain.comparison import Field, How, Veto
from agentassist.domain.customer import ContactKind
from agentassist.domain.history import Channel, Direction
from agentassist.domain.identity import Means
from agentassist.domain.loop import LoopKind
from agentassist.domain.money import Money
from agentassist.domain.staff import Role
from agentassist.domain.state_kind import StateKind
from agentassist.domain.verdict import Owner, Truth, VerdictKind
from agentassist.domain.wrap_up import Disposition, LineKind
from agentassist.errors import BadInput, Problem
from agentassist.ui.formats import amount

_WORDS: tuple[tuple[StrEnum, object], ...] = (
    (Channel.CALL, QT_TRANSLATE_NOOP("words", "Call")),
    (Channel.EMAIL, QT_TRANSLATE_NOOP("words", "E-mail")),
    (Channel.CHAT, QT_TRANSLATE_NOOP("words", "Chat")),
    (Channel.SMS, QT_TRANSLATE_NOOP("words", "SMS")),
    (Channel.SOCIAL, QT_TRANSLATE_NOOP("words", "Social")),
    (Channel.WEB, QT_TRANSLATE_NOOP("words", "Web")),
    (Channel.PURCHASE, QT_TRANSLATE_NOOP("words", "Purchase")),
    (Channel.NOTE, QT_TRANSLATE_NOOP("words", "Note")),
    (CallState.RINGING, QT_TRANSLATE_NOOP("words", "Ringing")),
    (CallState.TALKING, QT_TRANSLATE_NOOP("words", "Talking")),
    (CallState.ENDED, QT_TRANSLATE_NOOP("words", "Ended")),
    (Speaker.CUSTOMER, QT_TRANSLATE_NOOP("words", "Customer")),
    (Speaker.AGENT, QT_TRANSLATE_NOOP("words", "Agent")),
    (Direction.INBOUND, QT_TRANSLATE_NOOP("words", "from the customer")),
    (Direction.OUTBOUND, QT_TRANSLATE_NOOP("words", "from us")),
    (Direction.INTERNAL, QT_TRANSLATE_NOOP("words", "internal")),
    (StateKind.OPEN, QT_TRANSLATE_NOOP("words", "open")),
    (StateKind.ANSWERED, QT_TRANSLATE_NOOP("words", "answered")),
    (StateKind.DONE, QT_TRANSLATE_NOOP("words", "done")),
    (ContactKind.PHONE, QT_TRANSLATE_NOOP("words", "phone number")),
    (ContactKind.EMAIL, QT_TRANSLATE_NOOP("words", "e-mail address")),
    (ContactKind.HANDLE, QT_TRANSLATE_NOOP("words", "social handle")),
    (ContactKind.ACCOUNT, QT_TRANSLATE_NOOP("words", "account number")),
    (ContactKind.ORDER, QT_TRANSLATE_NOOP("words", "order number")),
    (ContactKind.ID_NUMBER, QT_TRANSLATE_NOOP("words", "id number")),
    (Means.EXACT, QT_TRANSLATE_NOOP("words", "same")),
    (Means.WITHOUT_EXTENSION, QT_TRANSLATE_NOOP("words", "same without extension")),
    (Means.LAST_DIGITS, QT_TRANSLATE_NOOP("words", "same last 8 digits")),
    (Means.PURCHASE, QT_TRANSLATE_NOOP("words", "purchase with this number")),
    (Field.NAME, QT_TRANSLATE_NOOP("words", "name")),
    (Field.BIRTH_DATE, QT_TRANSLATE_NOOP("words", "birth date")),
    (Field.EMAIL, QT_TRANSLATE_NOOP("words", "e-mail address")),
    (Field.PHONE, QT_TRANSLATE_NOOP("words", "phone number")),
    (Field.HANDLE, QT_TRANSLATE_NOOP("words", "social handle")),
    (Field.ACCOUNT, QT_TRANSLATE_NOOP("words", "account number")),
    (Field.ID_NUMBER, QT_TRANSLATE_NOOP("words", "id number")),
    (Field.ADDRESS, QT_TRANSLATE_NOOP("words", "address")),
    (Field.POSTAL_CODE, QT_TRANSLATE_NOOP("words", "postal code")),
    (How.SAME, QT_TRANSLATE_NOOP("words", "same")),
    (How.SPELT_OTHERWISE, QT_TRANSLATE_NOOP("words", "spelt otherwise")),
    (How.SHORT_FORM, QT_TRANSLATE_NOOP("words", "short form")),
    (How.SIMILAR, QT_TRANSLATE_NOOP("words", "similar")),
    (How.IN_PART, QT_TRANSLATE_NOOP("words", "the same in part")),
    (How.SHARED, QT_TRANSLATE_NOOP("words", "shared by many")),
    (How.MAYBE, QT_TRANSLATE_NOOP("words", "maybe the same")),
    (How.DIFFERENT, QT_TRANSLATE_NOOP("words", "different")),
    (Veto.ID_NUMBER, QT_TRANSLATE_NOOP("words", "different id numbers")),
    (Veto.BIRTH_DATE, QT_TRANSLATE_NOOP("words", "different birth dates")),
    (Veto.GIVEN_NAME, QT_TRANSLATE_NOOP("words", "different given names")),
    (Veto.NAME, QT_TRANSLATE_NOOP("words", "different names")),
    (Veto.NOT_SAME, QT_TRANSLATE_NOOP("words", "told apart by a person")),
    (VerdictKind.YES, QT_TRANSLATE_NOOP("words", "YES")),
    (VerdictKind.YES_WITH, QT_TRANSLATE_NOOP("words", "YES, IF")),
    (VerdictKind.ASK, QT_TRANSLATE_NOOP("words", "ASK")),
    (VerdictKind.DECLINE, QT_TRANSLATE_NOOP("words", "INSTEAD")),
    (VerdictKind.REFUSE, QT_TRANSLATE_NOOP("words", "PROTECTED")),
    (Owner.US, QT_TRANSLATE_NOOP("words", "we do it")),
    (Owner.SHARED, QT_TRANSLATE_NOOP("words", "together")),
    (Owner.CUSTOMER, QT_TRANSLATE_NOOP("words", "customer does it")),
    (Truth.TRUE, QT_TRANSLATE_NOOP("words", "true")),
    (Truth.FALSE, QT_TRANSLATE_NOOP("words", "not true")),
    (Truth.UNKNOWN, QT_TRANSLATE_NOOP("words", "not known")),
    (Disposition.RESOLVED, QT_TRANSLATE_NOOP("words", "Resolved")),
    (Disposition.FOLLOW_UP, QT_TRANSLATE_NOOP("words", "Follow-up needed")),
    (Disposition.TRANSFERRED, QT_TRANSLATE_NOOP("words", "Transferred")),
    (Disposition.DECLINED, QT_TRANSLATE_NOOP("words", "Declined")),
    (Disposition.NO_ANSWER, QT_TRANSLATE_NOOP("words", "Nobody on the line")),
    (Disposition.WRONG_NUMBER, QT_TRANSLATE_NOOP("words", "Wrong number")),
    (LineKind.ASKED, QT_TRANSLATE_NOOP("words", "Asked")),
    (LineKind.DONE, QT_TRANSLATE_NOOP("words", "Done")),
    (LineKind.OPEN, QT_TRANSLATE_NOOP("words", "Open")),
    (LineKind.PROMISED, QT_TRANSLATE_NOOP("words", "Promised")),
    (LineKind.NOTE, QT_TRANSLATE_NOOP("words", "Note")),
    (Due.HOUR, QT_TRANSLATE_NOOP("words", "In 1 hour")),
    (Due.TODAY, QT_TRANSLATE_NOOP("words", "Today")),
    (Due.TOMORROW, QT_TRANSLATE_NOOP("words", "Tomorrow")),
    (Role.AGENT, QT_TRANSLATE_NOOP("words", "agent")),
    (Role.LEAD, QT_TRANSLATE_NOOP("words", "lead")),
    (Role.SUPERVISOR, QT_TRANSLATE_NOOP("words", "supervisor")),
    (LoopKind.UNANSWERED, QT_TRANSLATE_NOOP("words", "Unanswered")),
    (LoopKind.COMPLAINT, QT_TRANSLATE_NOOP("words", "Complaint")),
    (LoopKind.PROMISE, QT_TRANSLATE_NOOP("words", "Promise")),
)
_FIELDS = {
    "name": QT_TRANSLATE_NOOP("fields", "name"),
    "language": QT_TRANSLATE_NOOP("fields", "language"),
    "tier": QT_TRANSLATE_NOOP("fields", "tier"),
    "time_zone": QT_TRANSLATE_NOOP("fields", "time zone"),
    "address": QT_TRANSLATE_NOOP("fields", "address"),
    "postal_code": QT_TRANSLATE_NOOP("fields", "post code"),
    "birth_date": QT_TRANSLATE_NOOP("fields", "birth date"),
}
_STATES = (
    QT_TRANSLATE_NOOP("states", "active"),
    QT_TRANSLATE_NOOP("states", "answered"),
    QT_TRANSLATE_NOOP("states", "cancelled"),
    QT_TRANSLATE_NOOP("states", "checked in"),
    QT_TRANSLATE_NOOP("states", "closed"),
    QT_TRANSLATE_NOOP("states", "completed"),
    QT_TRANSLATE_NOOP("states", "confirmed"),
    QT_TRANSLATE_NOOP("states", "delivered"),
    QT_TRANSLATE_NOOP("states", "exchange requested"),
    QT_TRANSLATE_NOOP("states", "in transit"),
    QT_TRANSLATE_NOOP("states", "new"),
    QT_TRANSLATE_NOOP("states", "on hold"),
    QT_TRANSLATE_NOOP("states", "open"),
    QT_TRANSLATE_NOOP("states", "out for delivery"),
    QT_TRANSLATE_NOOP("states", "packed"),
    QT_TRANSLATE_NOOP("states", "paid"),
    QT_TRANSLATE_NOOP("states", "pending"),
    QT_TRANSLATE_NOOP("states", "processing"),
    QT_TRANSLATE_NOOP("states", "received"),
    QT_TRANSLATE_NOOP("states", "return requested"),
    QT_TRANSLATE_NOOP("states", "returned"),
    QT_TRANSLATE_NOOP("states", "shipped"),
    QT_TRANSLATE_NOOP("states", "solved"),
)
# Members of different classes with one value are equal as strings: the class tells them apart.
_BY_CLASS = {(type(member), member.value): str(text) for member, text in _WORDS}


def word(member: StrEnum) -> str:
    """Return the word for an enumeration's member in the language of the interface."""
    return QCoreApplication.translate("words", _BY_CLASS[type(member), member.value])


def field_word(name: str) -> str:
    """Return the word for a field of a customer, or for a kind of contact point, by its name."""
    if name in tuple(ContactKind):
        return word(ContactKind(name))
    known = _FIELDS.get(name)
    return QCoreApplication.translate("fields", str(known)) if known else name.replace("_", " ")


def state(text: str) -> str:
    """Return the state of an order or an interaction in the language of the interface.

    States come as words from wherever the data was imported: ours and the usual ones of
    shops are translated, any other stays as it is.
    """
    known = text.strip().casefold()
    if known in tuple(Disposition):
        return word(Disposition(known))
    return QCoreApplication.translate("states", known) if known in _STATES else text


def sentence(problem: Problem) -> str:
    """Return an error's sentence in the language of the interface."""
    translated = QCoreApplication.translate("errors", problem.template)
    place = f"{problem.place}: " if isinstance(problem, BadInput) else ""
    return place + _filled(translated, problem.values)


def template_sentence(template: str, values: Mapping[str, object]) -> str:
    """Return a template of the domain, filled in, in the language of the interface."""
    return _filled(QCoreApplication.translate("errors", template), values)


def _filled(sentence_: str, values: Mapping[str, object]) -> str:
    return sentence_.format(**{key: _said(value) for key, value in values.items()})


def _said(value: object) -> object:
    """Return a value of an error as people write it."""
    if isinstance(value, Money):
        return amount(value)
    known = isinstance(value, StrEnum) and (type(value), value.value) in _BY_CLASS
    return word(value) if known and isinstance(value, StrEnum) else value
