# SPDX-License-Identifier: Apache-2.0
"""Past decisions decided again under a draft: what would have been different."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from agentassist.domain.verdict import VerdictKind

Cell = tuple[VerdictKind, VerdictKind]
"""The verdict before and after."""


@dataclass(frozen=True, slots=True)
class Example:
    """One past decision of a cell of the matrix; `facts` are shown as `key value`."""

    decision_id: UUID
    policy_id: str
    title: str
    request: str
    at: datetime
    facts: tuple[str, ...]
    before: VerdictKind
    after: VerdictKind
    call_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """An alternative that was shown before and would not be any more, and how often."""

    policy_id: str
    alternative: str
    offer: str
    times: int


@dataclass(frozen=True, slots=True)
class Cost:
    """Minor units of `currency`, before and after.

    `agreed`: for decisions that the customer accepted. `offered`: what the first
    alternative, or the yes, would cost in all of them.
    """

    currency: str
    agreed_before: int = 0
    agreed_after: int = 0
    offered_before: int = 0
    offered_after: int = 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The result. `matrix` counts each pair of verdicts that was met.

    `protected` are refusals that would not be refusals any more: with any, the draft may
    not be put in force. `skipped` counts decisions of policies that are in neither bundle.
    `policies` counts decisions that differ, by policy.
    """

    decisions: int = 0
    skipped: int = 0
    matrix: Mapping[Cell, int] = field(default_factory=dict)
    examples: Mapping[Cell, tuple[Example, ...]] = field(default_factory=dict)
    lost: tuple[Lost, ...] = ()
    costs: tuple[Cost, ...] = ()
    protected: tuple[Example, ...] = ()
    protected_flips: int = 0
    policies: Mapping[str, int] = field(default_factory=dict)

    @property
    def flips(self) -> int:
        """How many verdicts would be of another kind."""
        return sum(n for (before, after), n in self.matrix.items() if before is not after)
