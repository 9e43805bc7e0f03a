# SPDX-License-Identifier: Apache-2.0
"""One thing that may be done with an order, as it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Stand(StrEnum):
    """How an action stands before anything is asked."""

    OPEN = "open"
    ASK = "ask"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class OrderAction:
    """A button. `days_left` is for how many days more it stays open, None without an end."""

    policy_id: str
    label: str
    stand: Stand
    days_left: int | None = None
