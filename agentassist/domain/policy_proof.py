# SPDX-License-Identifier: Apache-2.0
"""What must hold before a policy goes live, looked at in every case it can meet.

Each finding carries the rule it breaks, the path of the key in the author's file and a
sentence; where a case shows the fault, the sentence names that case. The rules are listed
in the guide for authors; those of single keys (R10, R21, R22) need the text of the file.
"""

from collections.abc import Iterator, Mapping

from agentassist.domain.authority import GOODWILL
from agentassist.domain.example_proof import enough, prove_examples
from agentassist.domain.facts import FactSpec, FactType, Text
from agentassist.domain.findings import (
    Finding,
    Path,
    by_language,
    check_hours,
    check_offer,
    conditions_at,
    length,
    lint,
    rule_names,
)
from agentassist.domain.frames import FRAMES
from agentassist.domain.guard_proof import prove_guarding
from agentassist.domain.policy import (
    GUARD_FACTS,
    Alternative,
    AnyPolicy,
    Authority,
    Bundle,
    Category,
    Decline,
    Guard,
    Policy,
    ProtectedPolicy,
)
from agentassist.domain.policy_survey import survey
from agentassist.domain.protected_proof import prove_protected
from agentassist.domain.request_proof import prove_requests
from agentassist.domain.tones import Frames
from agentassist.domain.verdict import Owner, Wording

Specs = Mapping[str, FactSpec]

_LANGUAGES = ("en", "ko")
_WITHOUT_EXCEPTION = frozenset({Category.SAFETY, Category.ETHICS})


def prove(
    policy: AnyPolicy, specs: Specs, authority: Authority, frames: Frames = FRAMES
) -> list[Finding]:
    """Return every fault of one policy, without its tests (see `policy_trial`)."""
    if policy.valid_from and policy.valid_until and policy.valid_from > policy.valid_until:
        message = "It ends before it begins, so it never speaks: write the earlier day first."
        return [Finding("R8", ("valid_until",), message)]
    if isinstance(policy, ProtectedPolicy):
        return [*_common(policy, specs), *prove_protected(policy, specs, frames)]
    found = [*_common(policy, specs), *_ordinary(policy, specs, authority)]
    if not any(finding.rule in ("R1", "R7") for finding in found):
        found += survey(policy, specs, authority, frames)
    return found


# Both kinds


def _common(policy: AnyPolicy, specs: Specs) -> Iterator[Finding]:
    yield from enough(policy)
    yield from _never_asked(policy, specs)
    if not policy.tests:
        yield Finding("R11", (), "Add at least one [[test]]: a policy without a test stays out.")
    yield from lint(("yes",), policy.yes)
    if not policy.yes.en.strip():
        yield Finding("R19", ("yes",), "Write in `yes` what the agent says when the answer is yes.")


def _never_asked(policy: AnyPolicy, specs: Specs) -> Iterator[Finding]:
    """Find conditions on what is only ever told unasked: unknown, they could not be asked."""
    for path, condition in conditions_at(policy):
        if specs[condition.fact].volunteered:
            yield Finding(
                "R7",
                path,
                "{fact} is only ever told unasked, so no policy may read it: only wow.toml may.",
                {"fact": condition.fact},
            )


# Ordinary policies, key by key


def _ordinary(policy: Policy, specs: Specs, authority: Authority) -> Iterator[Finding]:
    for index, rule in enumerate(policy.declines):
        yield from _decline(policy, rule, ("decline", index), authority)
    for index, extra in enumerate(policy.yes_with):
        yield from lint(("yes_with", index, "condition"), extra.condition)
    if policy.discovery.en:
        yield from _asked(("discovery",), policy.discovery)
    yield from _unique(policy)
    yield from _action(policy, specs, authority)


def _decline(policy: Policy, rule: Decline, path: Path, authority: Authority) -> Iterator[Finding]:
    values = {"decline": rule.id}
    yield from lint((*path, "reason"), rule.reason)
    if not rule.alternatives:
        yield Finding(
            "R1",
            path,
            'Decline "{decline}" has no alternative: add a [[decline.alternative]].',
            values,
        )
    elif all(option.owner is Owner.CUSTOMER for option in rule.alternatives):
        yield Finding(
            "R3",
            path,
            'Every alternative of "{decline}" is left to the customer: add one that we own.',
            values,
        )
    for index, option in enumerate(rule.alternatives):
        yield from _alternative(policy, option, (*path, "alternative", index), authority)


def _alternative(
    policy: Policy, option: Alternative, path: Path, authority: Authority
) -> Iterator[Finding]:
    yield from check_offer((*path, "offer"), option.offer)
    yield from check_hours((*path, "within_hours"), option.id, option.within_hours)
    if not set(option.delivers) & set(policy.needs):
        yield Finding(
            "R5",
            (*path, "delivers"),
            'Alternative "{option}" meets none of the needs ({needs}).',
            {"option": option.id, "needs": ", ".join(policy.needs)},
        )
    highest = authority.highest(GOODWILL) or 0
    if option.cost > highest:
        yield Finding(
            "R18",
            (*path, "cost"),
            'Alternative "{option}" costs {cost}, more than anybody may give away ({highest}).',
            {"option": option.id, "cost": option.cost, "highest": highest},
        )


def _unique(policy: Policy) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in rule_names(policy):
        if name in seen:
            yield Finding(
                "R22", path, '"{name}" is used twice in this policy: rename one.', {"name": name}
            )
        seen.add(name)


def _action(policy: Policy, specs: Specs, authority: Authority) -> Iterator[Finding]:
    """Check that what is signed is money, and that somebody may sign it in its currency."""
    spec = specs.get(policy.amount)
    values = {"fact": policy.amount, "action": policy.action}
    if policy.amount and (spec is None or spec.type is not FactType.MONEY):
        yield Finding("R7", ("amount",), "amount must name a money fact: {fact} is none.", values)
    elif policy.amount and not policy.action:
        yield Finding("R7", ("amount",), "Name the `action` that signs {fact}.", values)
    elif policy.action and authority.highest(policy.action, spec.currency if spec else "") is None:
        currency = spec.currency if spec else authority.currency
        message = (
            "Nobody may sign {action} in {currency}: correct it, or add a [[limit]] to "
            "authority.toml."
        )
        yield Finding("R18", ("action",), message, values | {"currency": currency})


# Facts and bundles


def prove_facts(specs: Specs) -> dict[str, list[Finding]]:
    """Return the faults of each fact's question, by fact."""
    found = {key: _question(spec) for key, spec in specs.items()}
    return {key: findings for key, findings in found.items() if findings}


def _question(spec: FactSpec) -> list[Finding]:
    if not spec.ask.en.strip():
        missing = "{fact} needs `ask`, the sentence that obtains it."
        return [] if spec.volunteered else [Finding("R7", ("key",), missing, {"fact": spec.key})]
    return list(_asked(("ask",), spec.ask))


def _asked(path: Path, question: Text) -> Iterator[Finding]:
    """Look at a question as it is asked by itself."""
    yield from lint(path, question)
    for key, sentence in by_language(path, question):
        yield from length(key, Wording(sentence, sentence))


def prove_bundle(bundle: Bundle) -> dict[str, list[Finding]]:
    """Return what is wrong between policies, by policy: requests, guards and examples."""
    found = {key: list(_guards(bundle, policy)) for key, policy in bundle.policies.items()}
    between = [*prove_requests(bundle), *prove_examples(bundle)]
    if not between and not any(found.values()):
        between = list(prove_guarding(bundle))
    for policy_id, finding in between:
        found[policy_id].append(finding)
    return {key: findings for key, findings in found.items() if findings}


def _guards(bundle: Bundle, policy: AnyPolicy) -> Iterator[Finding]:
    if not isinstance(policy, Policy):
        return
    if policy.account_bound:
        for guard, fact in GUARD_FACTS.items():
            yield from _guard(bundle, guard, ("account_bound",))
            spec = bundle.facts.get(fact)
            if spec is None or spec.type is not FactType.BOOL:
                yield Finding(
                    "R7",
                    ("account_bound",),
                    "account_bound needs the bool fact {fact}: declare it in facts.toml.",
                    {"fact": fact},
                )
    if policy.touches:
        yield from _guard(bundle, policy.touches, ("touches",))


def _guard(bundle: Bundle, guard: Guard, path: Path) -> Iterator[Finding]:
    if bundle.guardian(guard) is None:
        yield Finding(
            "R13",
            path,
            'No protected policy stands behind this: add one with guards = ["{guard}"].',
            {"guard": guard.value},
        )
