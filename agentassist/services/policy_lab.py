# SPDX-License-Identifier: Apache-2.0
"""The policy lab: policies drafted, tried, reviewed, put in force and taken back.

Everything blocks; the desk calls it in a lane. A draft holds whatever its author writes,
also what is wrong; only what the check finds sound gets in force. Every step stands in
the audit, in the transaction that makes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from uuid import UUID

from agentassist.domain.facts import FactType, Sensitivity, Source, Unit
from agentassist.domain.policy_changes import Change
from agentassist.domain.policy_draft import Draft, DraftState, Outcome, Review
from agentassist.domain.policy_form import PolicyForm
from agentassist.domain.policy_speech import Path, Spoken
from agentassist.domain.staff import Person
from agentassist.domain.two_people import TwoReason
from agentassist.domain.verdict import Verdict
from agentassist.domain.what_if import WhatIf
from agentassist.services.policies import PolicyService
from agentassist.storage.database import Database

Progress = Callable[[int, int], None]
"""Called with what is done so far and what there is in all."""
Stop = Callable[[], bool]
"""True once the person wants no more of it."""


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A policy in the list. `overrides` and `uses` are those since the time asked for.

    `state` is "" for one that is as in force, else new, changed or removed (of a draft).
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
    """A fact to try. `edges` are the values at which a rule of this policy changes.

    `low`, `high`, `step` for int and money (minor units), `values` for enum.
    `read` is False for facts the policy itself does not look at (guards do).
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


@dataclass(frozen=True, slots=True)
class FactChoice:
    """A declared fact, for the choosers of conditions; `operators` are those that fit."""

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


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything a form may choose from."""

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
    """One time that policies were put in force, the newest first."""

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


class PolicyLab:
    """Everything the lab's window and command line do. `zone` is where the company is.

    Methods that write take the `revision` the person saw: when another save came first,
    UserError says who saved. `person` is who does it; reviewing and putting in force take
    a lead or a supervisor.
    """

    def __init__(
        self,
        database: Database,
        policies: PolicyService,
        now: Callable[[], datetime],
        *,
        zone: tzinfo | None = None,
    ) -> None:
        self._database = database
        self._policies = policies
        self._now = now
        self._zone = zone

    # Looking

    def policies(
        self, language: str, draft_id: UUID | None = None, since: datetime | None = None
    ) -> tuple[PolicyRow, ...]:
        """Return the policies in force, or as a draft has them, by sector and title."""
        raise NotImplementedError

    def drafts(self, *, closed: bool = False) -> tuple[Draft, ...]:
        """Return the open drafts, the latest changed first; with `closed` all of them."""
        raise NotImplementedError

    def draft(self, draft_id: UUID) -> Draft:
        """Return one draft. Raises UserError when it is not there."""
        raise NotImplementedError

    def choices(self, draft_id: UUID | None, language: str) -> Choices:
        """Return what a form may choose from."""
        raise NotImplementedError

    # Editing

    def begin(self, title: str, person: Person) -> Draft:
        """Begin a draft over the policies in force."""
        raise NotImplementedError

    def rename(self, draft_id: UUID, title: str, revision: int, person: Person) -> Draft:
        """Give a draft another title."""
        raise NotImplementedError

    def form(self, draft_id: UUID | None, policy_id: str) -> PolicyForm:
        """Return a policy as a form. Raises UserError when its text is not TOML."""
        raise NotImplementedError

    def template(self, policy_id: str, sector: str, category: str = "") -> PolicyForm:
        """Return a new policy to begin with; with a `category` a protected one."""
        raise NotImplementedError

    def save(
        self, draft_id: UUID, policy_id: str, form: PolicyForm, revision: int, person: Person
    ) -> Draft:
        """Write a form into the policy's file; what was not touched stays byte for byte.

        A `policy_id` that is not there yet makes a new file in the sector's folder.
        """
        raise NotImplementedError

    def text(self, draft_id: UUID | None, policy_id: str) -> str:
        """Return the TOML of a policy."""
        raise NotImplementedError

    def save_text(
        self, draft_id: UUID, policy_id: str, text: str, revision: int, person: Person
    ) -> Draft:
        """Keep the TOML of a policy as it was typed, sound or not."""
        raise NotImplementedError

    def remove(self, draft_id: UUID, policy_id: str, revision: int, person: Person) -> Draft:
        """Take a policy out. A protected one is refused."""
        raise NotImplementedError

    def revert(self, draft_id: UUID, policy_id: str, revision: int, person: Person) -> Draft:
        """Give a policy the text it has in force (or take out one that is new)."""
        raise NotImplementedError

    # Trying

    def check(self, draft_id: UUID) -> tuple[LabFault, ...]:
        """Return every fault of a draft; empty: sound."""
        raise NotImplementedError

    def spoken(self, draft_id: UUID | None, policy_id: str, language: str) -> tuple[Spoken, ...]:
        """Return the policy as sentences. Raises UserError while its text is not readable."""
        raise NotImplementedError

    def sliders(self, draft_id: UUID | None, policy_id: str, language: str) -> tuple[Slider, ...]:
        """Return the facts that this policy and the guards before it look at."""
        raise NotImplementedError

    def try_facts(
        self, draft_id: UUID | None, policy_id: str, values: Mapping[str, str], language: str
    ) -> Verdict:
        """Decide on facts as people write them; a missing or empty one is unknown.

        Works while other policies of the draft are faulty. Raises UserError for a wrong
        value, or while this policy itself cannot be read.
        """
        raise NotImplementedError

    def add_test(
        self,
        draft_id: UUID,
        policy_id: str,
        values: Mapping[str, str],
        revision: int,
        person: Person,
    ) -> Draft:
        """Make a test of facts that were tried: it expects what is decided now."""
        raise NotImplementedError

    def test_of_decision(
        self, draft_id: UUID, decision_id: UUID, revision: int, person: Person
    ) -> Draft:
        """Make this call a test: its facts, and the verdict that was given on them."""
        raise NotImplementedError

    # Reviewing

    def standing(self, draft_id: UUID) -> Standing:
        """Return what was changed, what is missing, and who must look."""
        raise NotImplementedError

    def submit(self, draft_id: UUID, revision: int, person: Person, note: str = "") -> Draft:
        """Send a sound draft for review."""
        raise NotImplementedError

    def review(
        self, draft_id: UUID, revision: int, outcome: Outcome, note: str, person: Person
    ) -> Draft:
        """Approve a draft or send it back, with a note."""
        raise NotImplementedError

    def activate(
        self,
        draft_id: UUID,
        revision: int,
        person: Person,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> Draft:
        """Put a draft in force. Desks that run notice with their next contact.

        Raises UserError when it is faulty, needs another pair of eyes, was overtaken, drops
        a protected policy, or would turn a past refusal into something else (named).
        """
        raise NotImplementedError

    def rebase(self, draft_id: UUID, revision: int, person: Person) -> Draft:
        """Move a draft over what is in force now, keeping what it changed."""
        raise NotImplementedError

    def discard(self, draft_id: UUID, person: Person) -> Draft:
        """Put a draft away; `restore` brings it back."""
        raise NotImplementedError

    def restore(self, draft_id: UUID, person: Person) -> Draft:
        """Bring a discarded draft back, as a draft."""
        raise NotImplementedError

    def history(self, limit: int = 50) -> tuple[HistoryRow, ...]:
        """Return what was put in force, the newest first."""
        raise NotImplementedError

    def rollback(self, digest: str, person: Person) -> HistoryRow:
        """Put a bundle in force again that was in force before (also to undo a rollback)."""
        raise NotImplementedError

    # Past decisions

    def what_if(
        self,
        draft_id: UUID,
        since: datetime | None = None,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> WhatIf:
        """Replay past decisions over a sound draft. Raises Cancelled when stopped."""
        raise NotImplementedError

    def coverage(
        self,
        since: datetime | None = None,
        language: str = "en",
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> tuple[RuleUse, ...]:
        """Return how often each rule in force decided, those never used too."""
        raise NotImplementedError


__all__ = [
    "Choices",
    "Draft",
    "DraftState",
    "FactChoice",
    "HistoryRow",
    "LabFault",
    "Outcome",
    "PolicyLab",
    "PolicyRow",
    "RuleUse",
    "Slider",
    "Spoken",
    "Standing",
]
