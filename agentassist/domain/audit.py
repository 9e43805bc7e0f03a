# SPDX-License-Identifier: Apache-2.0
"""A record of what was done, chained so that a change of the past shows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

BEGINNING = "0" * 64
"""What stands in place of a hash before the first entry."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: who did what to which record. `position` counts from 1 without a gap.

    `hash` is the sha256 of `previous` (the hash of the entry before) and of the entry's
    canonical JSON.
    """

    position: int
    at: datetime
    kind: str
    actor: str
    subject: str
    details: Mapping[str, object]
    previous: str
    hash: str


def chained(previous: str, canonical: str) -> str:
    """Return the hash of an entry, written as `canonical` JSON, after `previous`."""
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()
