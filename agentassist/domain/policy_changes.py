# SPDX-License-Identifier: Apache-2.0
"""What differs between two bundles, rule by rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from agentassist.domain.condition import Condition
from agentassist.domain.facts import FactSpec, Text
from agentassist.domain.money import Money
from agentassist.domain.policy import (
    Allow,
    Alternative,
    AnyPolicy,
    Bundle,
    Decline,
    Limit,
    Policy,
    ProtectedPolicy,
    SafePath,
    Weights,
    Wow,
    YesWith,
    canonical,
)


class ChangeKind(StrEnum):
    """What happened to a policy, a rule or a value."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `what` is policy, decline, alternative, yes_with, allow, safe_path, text, limit, retired,
    fact, ranking, wording or wow; `id` its id inside the policy (of a text: its key).
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


Parts = Mapping[tuple[str, str], object]
"""By (what, id)."""

_RULES = (Decline, Alternative, YesWith, Allow, SafePath, Limit, FactSpec, Weights, Wow)
_ROWS = frozenset({"declines", "yes_with", "allow", "safe_paths", "tests"})


def changes(before: Bundle, after: Bundle) -> tuple[Change, ...]:
    """Return every difference: policies by id and rule, then what stands beside them."""
    found: list[Change] = []
    for policy_id in sorted({*before.policies, *after.policies}):
        old, new = before.policies.get(policy_id), after.policies.get(policy_id)
        if old != new:
            found += _policy(policy_id, old, new, after.authority.currency)
    found += _between(_beside(before), _beside(after), "", after.authority.currency)
    return tuple(found)


def _policy(
    policy_id: str, old: AnyPolicy | None, new: AnyPolicy | None, currency: str
) -> Iterator[Change]:
    if old is None or new is None:
        kind = ChangeKind.ADDED if old is None else ChangeKind.REMOVED
        yield Change(kind, "policy", policy_id, policy_id)
        return
    yield from _between(parts(old), parts(new), policy_id, currency)


def _between(old: Parts, new: Parts, policy_id: str, currency: str) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if canonical(was) == canonical(now):
            continue
        kind = ChangeKind.CHANGED
        if key not in old or key not in new:
            kind = ChangeKind.ADDED if key not in old else ChangeKind.REMOVED
        money = _money(was, now, currency)
        yield Change(kind, *key, policy_id, *_difference(was, now), money)


def _difference(was: object, now: object) -> tuple[str, str]:
    """Show two values; of two rules only what differs in them."""
    if not isinstance(was, _RULES) or type(was) is not type(now):
        return shown(was), shown(now)
    names = [f.name for f in fields(was) if getattr(was, f.name) != getattr(now, f.name)]
    pairs = ((_field(name, was), _field(name, now)) for name in names)
    before, after = zip(*pairs, strict=True)
    return ", ".join(before), ", ".join(after)


def _field(name: str, thing: object) -> str:
    return f"{name}: {shown(getattr(thing, name)) or '-'}"


def parts(policy: AnyPolicy) -> dict[tuple[str, str], object]:
    """Return what a policy consists of, by (what, id): each rule, and each other key."""
    found: dict[tuple[str, str], object] = {
        ("text", item.name): getattr(policy, item.name)
        for item in fields(policy)
        if item.name not in _ROWS and item.name != "id"
    }
    if isinstance(policy, ProtectedPolicy):
        found |= {("allow", f"allow {n}"): rule for n, rule in enumerate(policy.allow, 1)}
        found |= {("safe_path", path.id): path for path in policy.safe_paths}
        return found
    for rule in policy.declines:
        found["decline", rule.id] = replace(rule, alternatives=())
        found |= {("alternative", option.id): option for option in rule.alternatives}
    return found | {("yes_with", extra.id): extra for extra in policy.yes_with}


def _beside(bundle: Bundle) -> dict[tuple[str, str], object]:
    rules = bundle.authority
    return {
        **{("limit", _purse(limit)): limit for limit in rules.limits},
        **{("retired", policy): policy for policy in sorted(rules.retired)},
        **{("fact", key): spec for key, spec in bundle.facts.items()},
        **{("wording", name): text for name, text in bundle.frames.items()},
        **{("wow", wow.id): wow for wow in bundle.wows},
        ("ranking", "ranking"): bundle.weights,
        ("limit", "currency"): rules.currency,
    }


def _purse(limit: Limit) -> str:
    return " ".join(part for part in (limit.action, limit.role, limit.currency) if part)


def _money(was: object, now: object, currency: str) -> Money | None:
    """Return what more it may cost each time: of alternatives, and of limits of authority."""
    example = now if was is None else was
    if not isinstance(example, Alternative | Limit):
        return None
    difference = _worth(now) - _worth(was)
    own = example.currency if isinstance(example, Limit) else ""
    return Money(difference, own or currency) if difference else None


def _worth(thing: object) -> int:
    if isinstance(thing, Alternative):
        return thing.cost
    return thing.per_action if isinstance(thing, Limit) else 0


def shown(thing: object) -> str:
    """Show a value in one line: texts in both languages, conditions as they are written."""
    match thing:
        case None | "" | () | False:
            return ""
        case True:
            return "yes"
        case Condition():
            return thing.text
        case Text():
            return " / ".join(text for text in (thing.en, thing.ko) if text)
        case tuple() | frozenset():
            return "; ".join(filter(None, (shown(item) for item in thing)))
        case Mapping():
            pairs = ((key, shown(value)) for key, value in thing.items())
            return "; ".join(f"{key}: {text}" if text else str(key) for key, text in pairs)
        case _ if hasattr(thing, "__dataclass_fields__"):
            named = ((name, shown(getattr(thing, name))) for name in thing.__dataclass_fields__)
            return ", ".join(f"{name}: {text}" for name, text in named if text)
        case _:
            return str(thing)


def costs(policy: AnyPolicy) -> dict[str, int]:
    """Return what each alternative that costs us costs, by id."""
    if not isinstance(policy, Policy):
        return {}
    options = (option for rule in policy.declines for option in rule.alternatives)
    return {option.id: option.cost for option in options if option.cost}
