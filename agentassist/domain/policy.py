# SPDX-License-Identifier: Apache-2.0
"""What the company has decided: a closed list of declines, and its mirror image.

An ordinary policy says yes unless a decline is true. A protected policy (safety,
security, privacy, health, ethics) refuses unless every fact of an `allow` is proven.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum

from agentassist.domain.condition import Condition
from agentassist.domain.facts import FactSpec, Plain, Text, Value
from agentassist.domain.policy_cases import cells
from agentassist.domain.verdict import Owner, VerdictKind


class Category(StrEnum):
    """The only grounds on which a request is protected."""

    SAFETY = "safety"
    SECURITY = "security"
    PRIVACY = "privacy"
    HEALTH = "health"
    ETHICS = "ethics"


class Guard(StrEnum):
    """What leads to a protected policy by facts alone, whatever was said.

    The first two stand before every policy that is bound to an account; the others
    before a policy that `touches` that kind of data.
    """

    UNVERIFIED = "unverified"
    THIRD_PARTY = "third_party"
    CREDENTIALS = "credentials"
    SIM = "sim"
    PAYEE = "payee"
    CONTACT = "contact"


GUARD_FACTS: Mapping[Guard, str] = {
    Guard.THIRD_PARTY: "caller.is_account_holder",
    Guard.UNVERIFIED: "caller.verified",
}
"""The bool fact that must be true to pass a guard of account-bound policies, in order."""


NOTHING_SAID = Text("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What can be done instead. `delivers` are needs; `cost` in minor units, ours to bear.

    `by` names the role of ours that carries it out; empty: whoever is speaking.
    """

    id: str
    offer: Text
    delivers: tuple[str, ...]
    owner: Owner
    within_hours: int
    when: tuple[Condition, ...] = ()
    cost: int = 0
    steps: tuple[Text, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """One listed ground to decline; `when` is an AND."""

    id: str
    when: tuple[Condition, ...]
    reason: Text
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YesWith:
    """A condition under which the answer is still yes; `condition` is a full sentence."""

    id: str
    when: tuple[Condition, ...]
    condition: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """The full proof that opens a protected request."""

    when: tuple[Condition, ...]
    condition: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SafePath:
    """What a refused customer can do at once."""

    id: str
    offer: Text
    owner: Owner
    within_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTest:
    """The author's own case. `alternatives` (in any order) and `asks` only where given."""

    facts: Mapping[str, Value]
    expect: VerdictKind
    alternatives: tuple[str, ...] | None = None
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderButton:
    """What the policy is called on an order, and what must be true for it to stand there."""

    label: Text
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What both kinds of policy have. `examples` are keyed by language.

    `request` is the type of request it answers; empty: its own id. Several ordinary policies
    may answer one request where their `scope` (an AND) or validity (both days included)
    keeps them apart, or where one `overrides` the others by id.
    """

    id: str
    title: Text
    sector: str
    yes: Text
    request: str = ""
    scope: tuple[Condition, ...] = ()
    overrides: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    version: int = 1
    owner: str = ""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counter: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tests: tuple[PolicyTest, ...] = ()

    @property
    def asked(self) -> str:
        """The type of request it answers."""
        return self.request or self.id

    def in_force(self, day: date) -> bool:
        """True on the days (of the company's calendar) of its validity."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(_Common):
    """Yes, unless listed.

    `needs` are what the customer is after (with names to show), `account_bound` and
    `touches` put guards before it, `action` and `amount` (a money fact) ask authority,
    `button` offers it on orders. `discovery` asks which of the needs it is, before
    alternatives are shown.
    """

    needs: Mapping[str, Text] = field(default_factory=dict)
    declines: tuple[Decline, ...] = ()
    yes_with: tuple[YesWith, ...] = ()
    account_bound: bool = False
    touches: Guard | None = None
    action: str = ""
    amount: str = ""
    button: OrderButton | None = None
    discovery: Text = NOTHING_SAID

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition, in the author's order."""
        declines = (
            (*rule.when, *(c for option in rule.alternatives for c in option.when))
            for rule in self.declines
        )
        extra = (rule.when for rule in self.yes_with)
        return tuple(c for group in (*declines, *extra) for c in group)

    def guards(self) -> tuple[Guard, ...]:
        """The guards that stand before it, in the order in which they are met."""
        account = tuple(GUARD_FACTS) if self.account_bound else ()
        return (*account, *((self.touches,) if self.touches else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedPolicy(_Common):
    """No, unless proven. `act` and `object` are the words of its detector, by language."""

    category: Category
    refuse: Text
    act: Mapping[str, tuple[str, ...]]
    object: Mapping[str, tuple[str, ...]]
    safe_paths: tuple[SafePath, ...]
    allow: tuple[Allow, ...] = ()
    exception: str = ""
    guards: tuple[Guard, ...] = ()

    def conditions(self) -> tuple[Condition, ...]:
        """Every condition, in the author's order."""
        return tuple(condition for rule in self.allow for condition in rule.when)


AnyPolicy = Policy | ProtectedPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Up to how much a role may do an action on its own, in minor units of `currency`.

    Each time, for one customer within 90 days, and by one agent within a day of the
    company's calendar; None: not limited so. An empty `currency` is that of the file.
    """

    action: str
    role: str
    per_action: int
    currency: str = ""
    per_customer: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who may spend how much. Alternatives that cost are the action `goodwill`.

    `retired` names protected policies that were given up on purpose: any other that is
    missing from a new bundle keeps that bundle out.
    """

    currency: str
    limits: tuple[Limit, ...] = ()
    retired: frozenset[str] = frozenset()

    def highest(self, action: str, currency: str = "") -> int | None:
        """Return the most that anybody may sign, None where nothing is said.

        An empty `currency` is that of the file.
        """
        own = self.currency
        fitting = (x for x in self.limits if (x.currency or own) == (currency or own))
        return max((x.per_action for x in fitting if x.action == action), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How alternatives are ranked; `cost` is the amount in minor units that weighs one need."""

    need: float = 1.0
    accepted: float = 0.5
    declined: float = 1.0
    soon: float = 1.0
    cost: int = 20_000
    shown: int = 2
    rest: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wow:
    """A small surprise that may be suggested when its conditions hold; never a quota.

    `volunteered` is the fact, told by the customer unasked, that it answers to; `cost` in
    minor units is spent under the action `wow`. An empty `sector` serves all.
    """

    id: str
    hint: Text
    volunteered: str
    when: tuple[Condition, ...] = ()
    sector: str = ""
    cost: int = 0


class PolicyIndex:
    """What decisions look up again and again, found once for each bundle. Keyed by policy id.

    `answering` are the policies that answer the same request, the request's own name
    included as a key; `overridden` those that a policy speaks before, directly or through
    others; `rules` its distinct conditions; `reads` every fact its verdict can rest on.
    """

    def __init__(self, policies: Mapping[str, AnyPolicy], specs: Mapping[str, FactSpec]) -> None:
        self.answering = _answering(policies)
        self.overridden = {key: _overridden(key, policies) for key in policies}
        self.rules = {key: _distinct(policy.conditions()) for key, policy in policies.items()}
        self._guardians = _guardians(policies.values())
        self.reads = {key: self._reads(found) for key, found in self.answering.items()}
        self._specs = specs
        self._cells: dict[tuple[str, str], tuple[Plain, ...]] = {}

    def guardians(self, guard: Guard, sector: str) -> tuple[ProtectedPolicy, ...]:
        """Return what stands behind a guard, by id: of the sector, else common, else any."""
        found = self._guardians.get(guard, ())
        for near in (sector, "common"):
            if chosen := tuple(policy for policy in found if policy.sector == near):
                return chosen
        return found

    def cells(self, policy: AnyPolicy, fact: str) -> tuple[Plain, ...]:
        """Return one value of each range within which the policy does not change."""
        key = (policy.id, fact)
        if key not in self._cells:
            self._cells[key] = cells(self._specs[fact], (*policy.scope, *policy.conditions()))
        return self._cells[key]

    def _reads(self, policies: Iterable[AnyPolicy]) -> frozenset[str]:
        facts: set[str] = set()
        for policy in policies:
            conditions = (*policy.scope, *policy.conditions())
            if isinstance(policy, Policy):
                facts |= {policy.amount, *GUARD_FACTS.values()}
                behind = (self.guardians(guard, policy.sector) for guard in policy.guards())
                conditions += tuple(c for row in behind for p in row for c in p.conditions())
            facts.update(condition.fact for condition in conditions)
        return frozenset(facts)


def _answering(policies: Mapping[str, AnyPolicy]) -> dict[str, tuple[AnyPolicy, ...]]:
    by_request: dict[str, list[AnyPolicy]] = {}
    for _, policy in sorted(policies.items()):
        by_request.setdefault(policy.asked, []).append(policy)
    found = {request: tuple(row) for request, row in by_request.items()}
    return found | {key: found[policy.asked] for key, policy in policies.items()}


def _overridden(policy_id: str, policies: Mapping[str, AnyPolicy]) -> frozenset[str]:
    found: set[str] = set()
    ahead = [policy_id]
    while ahead:
        policy = policies.get(ahead.pop())
        new = set(policy.overrides) - found if policy else set()
        found |= new
        ahead.extend(new)
    return frozenset(found)


def _guardians(policies: Iterable[AnyPolicy]) -> dict[Guard, tuple[ProtectedPolicy, ...]]:
    protected = sorted((p for p in policies if isinstance(p, ProtectedPolicy)), key=lambda p: p.id)
    return {guard: tuple(p for p in protected if guard in p.guards) for guard in Guard}


def _distinct(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple({condition.text: condition for condition in conditions}.values())


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything a decision needs. `digest` is the sha256 of the canonical form.

    `frames` are the sentences that verdicts are spoken in, by name (see `wording`).
    `index` is what follows from the policies; it is made anew with every bundle.
    """

    facts: Mapping[str, FactSpec]
    policies: Mapping[str, AnyPolicy]
    authority: Authority
    weights: Weights
    digest: str
    frames: Mapping[str, Text] = field(default_factory=dict)
    wows: tuple[Wow, ...] = ()
    index: PolicyIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", PolicyIndex(self.policies, self.facts))

    def guardian(self, guard: Guard, sector: str = "common") -> ProtectedPolicy | None:
        """Return the protected policy that speaks first behind a guard (see `PolicyIndex`)."""
        return next(iter(self.index.guardians(guard, sector)), None)

    def protected(self) -> frozenset[str]:
        """The ids of the protected policies."""
        chosen = (p.id for p in self.policies.values() if isinstance(p, ProtectedPolicy))
        return frozenset(chosen)


def bundle(
    facts: Mapping[str, FactSpec],
    policies: Mapping[str, AnyPolicy],
    authority: Authority,
    weights: Weights,
    frames: Mapping[str, Text] | None = None,
    wows: Iterable[Wow] = (),
) -> Bundle:
    """Put a bundle together; the order in which its parts were read leaves no trace."""
    ordered = dict(sorted(facts.items()))
    sorted_policies = dict(sorted(policies.items()))
    sentences = dict(sorted((frames or {}).items()))
    hints = tuple(sorted(wows, key=lambda wow: wow.id))
    form = canonical((ordered, sorted_policies, authority, weights, sentences, hints))
    digest = hashlib.sha256(form).hexdigest()
    return Bundle(ordered, sorted_policies, authority, weights, digest, sentences, hints)


def canonical(thing: object) -> bytes:
    """Write any domain value as JSON with sorted keys: equal values give equal bytes."""
    text = json.dumps(_simple(thing), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _simple(thing: object) -> object:
    if is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: _simple(getattr(thing, f.name)) for f in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _simple(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [_simple(item) for item in thing]
    if isinstance(thing, frozenset):
        return sorted(str(item) for item in thing)
    if isinstance(thing, timedelta):
        return thing.total_seconds()
    return thing if isinstance(thing, bool | int | float | str | None) else str(thing)
