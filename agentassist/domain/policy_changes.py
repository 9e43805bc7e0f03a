# SPDX-License-Identifier: Apache-2.0
"""What differs between two bundles, and whether two people must look at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from agentassist.domain.money import Money


class ChangeKind(StrEnum):
    """What happened to a policy, a rule or a value."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `what` is policy, decline, alternative, yes_with, allow, safe_path,
    limit, fact, test, text, wording, ranking or wow; `id` its id inside the policy.

    `policy_id` is empty for what stands beside the policies. `before` and `after` show the
    values that differ, `money` by how much more it may cost us each time (minus: less).
    """

    kind: ChangeKind
    what: str
    id: str
    policy_id: str = ""
    before: str = ""
    after: str = ""
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class TwoReason:
    """Why two people must look; a sentence as a template with its values."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)
