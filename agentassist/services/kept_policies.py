# SPDX-License-Identifier: Apache-2.0
"""What a call keeps until it ends: the policies and the day it began with, and its notes."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from agentassist.domain.fact_sources import Notes
from agentassist.domain.request import Matcher


@dataclass(frozen=True, slots=True)
class Kept:
    """What one call began with. `notes` are when the agent told what in it."""

    matcher: Matcher
    day: date
    notes: Notes = field(default_factory=Notes)


class KeptPolicies:
    """What the running calls keep, whatever is loaded later."""

    def __init__(self) -> None:
        self._calls: dict[UUID, Kept] = {}

    def begin(self, call_id: UUID, matcher: Matcher, day: date) -> None:
        """Let a call keep these policies and this day; one that keeps some already goes on."""
        if call_id not in self._calls:
            self._calls[call_id] = Kept(matcher, day)

    def of(self, call_id: UUID | None) -> Kept | None:
        """Return what a call keeps; None for one that is over or never began."""
        return self._calls.get(call_id) if call_id else None

    def end(self, call_id: UUID) -> None:
        """Forget a call."""
        self._calls.pop(call_id, None)

    def clear(self) -> None:
        """Forget all calls."""
        self._calls.clear()
