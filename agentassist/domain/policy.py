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
from agentassist.domain.facts import FactSpec, Text, Value
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
    """What can be done instead. `delivers` are needs; `cost` in minor units, ours to bear."""

    id: str
    offer: Text
    delivers: tuple[str, ...]
    owner: Owner
    within_hours: int
    when: tuple[Condition, ...] = ()
    cost: int = 0
    steps: tuple[Text, ...] = ()


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

    def highest(self, action: str) -> int | None:
        """Return the most that anybody may sign."""
        return max((x.per_action for x in self.limits if x.action == action), default=None)


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


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything a decision needs. `digest` is the sha256 of the canonical form.

    `frames` are the sentences that verdicts are spoken in, by name (see `wording`).
    """

    facts: Mapping[str, FactSpec]
    policies: Mapping[str, AnyPolicy]
    authority: Authority
    weights: Weights
    digest: str
    frames: Mapping[str, Text] = field(default_factory=dict)
    wows: tuple[Wow, ...] = ()

    def guardian(self, guard: Guard) -> ProtectedPolicy | None:
        """Return the protected policy that stands behind a guard (by id where several do)."""
        for _, policy in sorted(self.policies.items()):
            if isinstance(policy, ProtectedPolicy) and guard in policy.guards:
                return policy
        return None

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
