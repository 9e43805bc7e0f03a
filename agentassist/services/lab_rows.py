# SPDX-License-Identifier: Apache-2.0
"""What the policy lab shows: rows, faults, choices, and where a draft stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from agentassist.domain.facts import FactType, Sensitivity, Source, Unit
from agentassist.domain.policy_changes import Change
from agentassist.domain.policy_draft import Draft, Review
from agentassist.domain.policy_speech import Path
from agentassist.domain.two_people import TwoReason


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy in the list. `overrides` and `uses` are those since the time asked for.

    `protected` is its category, empty for an ordinary one. `state` is "" for one that is
    as in force, else new, changed or removed (of a draft).
    """

    id: str
    title: str
    sector: str
    protected: str
    version: int
    file: str
    uses: int = 0
    overrides: int = 0
    state: str = ""

    @property
    def override_rate(self) -> float | None:
        """Overrides of uses; None before it was used."""
        return self.overrides / self.uses if self.uses else None


@dataclass(frozen=True, slots=True)
class LabFault:
    """A fault of the check. `path` is the field it belongs to, as in the file.

    ("decline", 0, "alternative", 1, "cost"); empty for the file as a whole.
    `policy_id` is empty where the file holds no policy.
    """

    rule: str
    file: str
    line: int
    path: Path
    policy_id: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Slider:
    """A fact to try. `edges` are the numbers that the rules of this policy name.

    `low`, `high`, `step` for int and money (minor units), `values` for enum, `names` what
    people call each of them.
    """

    fact: str
    name: str
    type: FactType
    ask: str
    low: int = 0
    high: int = 0
    step: int = 1
    values: tuple[str, ...] = ()
    edges: tuple[int, ...] = ()
    currency: str = ""
    unit: Unit = Unit.PLAIN
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactChoice:
    """A declared fact, for the choosers of conditions; `operators` are those that fit.

    `names` are what people call each of its `values`.
    """

    key: str
    name: str
    type: FactType
    operators: tuple[str, ...]
    values: tuple[str, ...]
    low: int
    high: int
    currency: str
    unit: Unit
    source: Source
    sensitivity: Sensitivity
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything a form may choose from. `policies` are the ids that there are."""

    facts: tuple[FactChoice, ...]
    sectors: tuple[str, ...]
    actions: tuple[str, ...]
    touches: tuple[str, ...]
    guards: tuple[str, ...]
    categories: tuple[str, ...]
    owners: tuple[str, ...]
    currency: str
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between a draft and being in force.

    `faults` are those of the check. `two` says why two people must look at it; empty: its
    author alone may put it in force. `approved_by` is the second person, once there.
    `conflicts` are files that were changed in force after the draft began: `rebase` it.
    """

    draft: Draft
    changes: tuple[Change, ...]
    two: tuple[TwoReason, ...]
    faults: tuple[LabFault, ...]
    reviews: tuple[Review, ...]
    conflicts: tuple[str, ...] = ()
    approved_by: str = ""

    @property
    def ready(self) -> bool:
        """True when the author (or the reviewer) may put it in force now."""
        return not (self.faults or self.conflicts or (self.two and not self.approved_by))


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One time that policies were put in force, the newest first.

    `source` is folder, lab or rollback; `title` that of the draft.
    """

    id: UUID
    digest: str
    at: datetime
    actor: str
    source: str
    draft_id: UUID | None
    title: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class RuleUse:
    """How often a rule decided. `kind` is decline, yes_with, allow, yes, ask or refuse.

    `rule` is the id of a decline or yes_with, "allow 1", else empty. Never used: 0.
    """

    policy_id: str
    title: str
    kind: str
    rule: str
    uses: int
    overrides: int

    @property
    def override_rate(self) -> float | None:
        """Overrides of uses; None before it was used."""
        return self.overrides / self.uses if self.uses else None
