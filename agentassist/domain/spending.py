# SPDX-License-Identifier: Apache-2.0
"""What was spent of an authority so far: the part of a decision that other desks change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

CUSTOMER_DAYS = timedelta(days=90)
"""How far back what one customer was given counts."""


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
