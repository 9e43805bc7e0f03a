# SPDX-License-Identifier: Apache-2.0
"""What must hold between the policies that answer one request, in every case and on every day.

Scopes may overlap only where one overrides the other, somebody must answer everyone (R17),
each policy must speak somewhere (R8), and names must be unambiguous (R22).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from agentassist.domain import policy_cases
from agentassist.domain.condition import truth
from agentassist.domain.facts import FactSpec, shown
from agentassist.domain.findings import Finding, Path
from agentassist.domain.policy import AnyPolicy, Bundle, ProtectedPolicy
from agentassist.domain.policy_cases import Case
from agentassist.domain.verdict import Truth

Found = tuple[str, Finding]
"""The id of the policy in whose file the fault stands, and the fault."""

_ALWAYS = date.min
_ID: Path = ("id",)


def prove_requests(bundle: Bundle) -> Iterator[Found]:
    """Return what is wrong between the policies of each request."""
    by_request: dict[str, list[AnyPolicy]] = {}
    for _, policy in sorted(bundle.policies.items()):
        by_request.setdefault(policy.asked, []).append(policy)
    for request, policies in by_request.items():
        other = bundle.policies.get(request)
        if other is not None and other.asked != request:
            yield policies[0].id, _taken(policies[0], other)
        faults = [fault for policy in policies for fault in _overrides(bundle, policy)]
        yield from faults
        if not faults and not _alone(policies):
            yield from _together(bundle, policies)


def _alone(policies: Sequence[AnyPolicy]) -> bool:
    return len(policies) == 1 and not policies[0].scope


def _taken(policy: AnyPolicy, other: AnyPolicy) -> Finding:
    return Finding(
        "R22",
        ("request",),
        "{request} is the id of a policy that answers {asked}: give this request another name.",
        {"request": policy.asked, "asked": other.asked},
    )


# Overrides


def _overrides(bundle: Bundle, policy: AnyPolicy) -> Iterator[Found]:
    for place, name in enumerate(policy.overrides):
        found = _override(bundle, policy, name, ("overrides", place))
        yield from ((policy.id, finding) for finding in found)


def _override(bundle: Bundle, policy: AnyPolicy, name: str, path: Path) -> Iterator[Finding]:
    """Find the first thing that is wrong with one name in `overrides`."""
    other = bundle.policies.get(name)
    values = {"policy": policy.id, "other": name, "request": policy.asked}
    if other is None:
        message = "There is no policy {other}: name one that answers the same request."
    elif other.asked != policy.asked:
        message = "{other} answers {asked}, not {request}: remove it from `overrides`."
        values["asked"] = other.asked
    elif isinstance(other, ProtectedPolicy):
        message = "{other} is protected: nothing overrides it. Remove it from `overrides`."
    elif policy.id in bundle.index.overridden[name]:
        message = "{policy} and {other} override each other: remove one of the two."
    else:
        return
    yield Finding("R17", path, message, values)


# Scopes and days


@dataclass(slots=True)
class _Found:
    """What was met on the way through all cases and days. A day of `_ALWAYS` goes unsaid."""

    spoke: set[str] = field(default_factory=set)
    silent: tuple[Case, date] | None = None
    both: dict[tuple[str, str], tuple[Case, date]] = field(default_factory=dict)


def _together(bundle: Bundle, policies: Sequence[AnyPolicy]) -> Iterator[Found]:
    sectors = sorted({policy.sector for policy in policies})
    if len(sectors) > 1:
        message = "Policies of one request serve one sector, not {sectors}: split the request."
        values = {"sectors": ", ".join(sectors)}
        yield policies[-1].id, Finding("R17", ("sector",), message, values)
        return
    conditions = [condition for policy in policies for condition in policy.scope]
    axes = policy_cases.axes(conditions, bundle.facts)
    if policy_cases.exceeds(axes, len(conditions)):
        message = "The scopes of {request} have more cases than can be proven: use fewer facts."
        yield policies[0].id, Finding("R20", ("scope",), message, {"request": policies[0].asked})
        return
    yield from _told(bundle, policies, _survey(bundle, policies, policy_cases.cases(axes)))


def _survey(bundle: Bundle, policies: Sequence[AnyPolicy], cases: Iterable[Case]) -> _Found:
    found = _Found()
    days = [(day, [p for p in policies if p.in_force(day)]) for day in seasons(policies)]
    for case in cases:
        inside = {p.id for p in policies if truth(p.scope, case) is Truth.TRUE}
        for day, valid in days:
            _look(bundle, [p for p in valid if p.id in inside], (case, day), found)
            if valid and not any(p.id in inside for p in valid):
                found.silent = found.silent or (case, day)
    return found


def seasons(policies: Iterable[AnyPolicy]) -> list[date]:
    """Return the first day of each span within which the same policies are valid."""
    first = {policy.valid_from for policy in policies if policy.valid_from}
    ends = (policy.valid_until for policy in policies if policy.valid_until)
    after = {end + timedelta(days=1) for end in ends if end < date.max}
    return sorted({_ALWAYS, *first, *after})


def _look(
    bundle: Bundle, inside: Sequence[AnyPolicy], where: tuple[Case, date], found: _Found
) -> None:
    guarding = [policy for policy in inside if isinstance(policy, ProtectedPolicy)]
    speaking = guarding or inside
    over = bundle.index.overridden
    for one, other in combinations(speaking, 2):
        if guarding or (other.id not in over[one.id] and one.id not in over[other.id]):
            found.both.setdefault((one.id, other.id), where)
    beaten = {name for policy in speaking for name in over[policy.id]}
    found.spoke |= {policy.id for policy in speaking if guarding or policy.id not in beaten}


def _told(bundle: Bundle, policies: Sequence[AnyPolicy], found: _Found) -> Iterator[Found]:
    for (one, other), where in found.both.items():
        yield other, _overlap(bundle, one, other, where)
    if found.silent:
        message = "{case}: nobody answers {request}. Widen a scope, or add a policy without one."
        values = {"case": _witness(bundle.facts, found.silent), "request": policies[0].asked}
        yield policies[0].id, Finding("R17", ("scope",), message, values)
    for policy in policies:
        if policy.id not in found.spoke:
            message = '"{policy}" never speaks: its scope is empty, or always overridden.'
            place: Path = ("scope",) if policy.scope else _ID
            yield policy.id, Finding("R8", place, message, {"policy": policy.id})


def _overlap(bundle: Bundle, one: str, other: str, where: tuple[Case, date]) -> Finding:
    policy = bundle.policies[other]
    message = (
        "{case}: {one} and {other} both speak; name one of them in `overrides` of the other, "
        "or narrow a scope."
    )
    if isinstance(policy, ProtectedPolicy):
        message = "{case}: {one} and {other} are both protected; narrow the scope of one."
    values = {"case": _witness(bundle.facts, where), "one": one, "other": other}
    return Finding("R17", ("scope",) if policy.scope else _ID, message, values)


def _witness(specs: Mapping[str, FactSpec], where: tuple[Case, date]) -> str:
    """Tell the case by its facts, and the day where that matters."""
    case, day = where
    facts = [f"{key} {shown(specs[key], value)}" for key, value in case.items()]
    days = [day.isoformat()] if day != _ALWAYS else []
    return ", ".join([*facts, *days]) or "Every customer"
