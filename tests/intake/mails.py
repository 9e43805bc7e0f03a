# SPDX-License-Identifier: Apache-2.0
"""Mails to read."""

from collections.abc import Mapping

from agentassist.domain.importing import RawRecord
from agentassist.errors import Place
from agentassist.intake.mail import Sight, record_of

OWN = ("help@shop.example", "@shop.example")
PLACE = Place("a.eml")


def mail(
    body: str | bytes = "Hello, where is my order?",
    headers: Mapping[str, str | bytes] | None = None,
    **more: str | bytes,
) -> bytes:
    """Return a mail; `Message_ID` names the header Message-ID."""
    given: dict[str, str | bytes] = {
        "From": "Ann Lee <ann@example.com>",
        "To": "help@shop.example",
        "Subject": "Order",
        "Date": "Mon, 2 Mar 2026 10:00:00 +0900",
        "Message-ID": "<a1@example.com>",
    }
    given |= {name.replace("_", "-"): value for name, value in more.items()} | dict(headers or {})
    lines = [name.encode() + b": " + _bytes(value) for name, value in given.items() if value]
    return b"\r\n".join(lines) + b"\r\n\r\n" + _bytes(body)


def fields(raw: bytes, sight: Sight = Sight(OWN)) -> Mapping[str, str]:  # noqa: B008  # it is frozen
    """Return what is read of a mail that can be read."""
    record = record_of(raw, PLACE, sight)
    assert isinstance(record, RawRecord), record
    return record.fields


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
