# SPDX-License-Identifier: Apache-2.0
"""What must hold before a policy goes live, looked at in every case it can meet.

Each finding carries the rule it breaks, the path of the key in the author's file and a
sentence; where a case shows the fault, the sentence names that case. Rules: R1 to R9,
R11, R13 to R16, R18 to R20 and R22 are here, the rest needs the text of the file.
"""

from collections.abc import Iterator, Mapping

from agentassist.domain import policy_cases, wording
from agentassist.domain.authority import GOODWILL
from agentassist.domain.condition import Condition
from agentassist.domain.decision import truth
from agentassist.domain.facts import FactSpec, FactType, Sensitivity
from agentassist.domain.findings import (
    Finding,
    Path,
    by_language,
    check_hours,
    check_offer,
    length,
    lint,
    rule_names,
)
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
from agentassist.domain.verdict import Owner, Truth

Specs = Mapping[str, FactSpec]

EXAMPLES = 5
COUNTER_EXAMPLES = 3
_LANGUAGES = ("en", "ko")
_WITHOUT_EXCEPTION = frozenset({Category.SAFETY, Category.ETHICS})


def prove(policy: AnyPolicy, specs: Specs, authority: Authority) -> list[Finding]:
    """Return every fault of one policy, without its tests (see `policy_trial`)."""
    if isinstance(policy, ProtectedPolicy):
        return [*_common(policy), *_protected(policy, specs)]
    found = [*_common(policy), *_ordinary(policy, specs, authority)]
    if not any(finding.rule in ("R1", "R7") for finding in found):
        found += survey(policy, specs, authority)
    return found


# Both kinds


def _common(policy: AnyPolicy) -> Iterator[Finding]:
    yield from _examples(policy)
    if not policy.tests:
        yield Finding("R11", (), "Add at least one [[test]]: a policy without a test stays out.")
    yield from lint(("yes",), policy.yes)
    if not policy.yes.en.strip():
        yield Finding("R19", ("yes",), "Write in `yes` what the agent says when the answer is yes.")


def _examples(policy: AnyPolicy) -> Iterator[Finding]:
    for language in _LANGUAGES:
        suffix = "" if language == "en" else f"_{language}"
        yield from _enough(policy.examples, language, f"examples{suffix}", EXAMPLES)
        yield from _enough(policy.counter, language, f"counter{suffix}", COUNTER_EXAMPLES)


def _enough(
    given: Mapping[str, tuple[str, ...]], language: str, key: str, least: int
) -> Iterator[Finding]:
    number = len({" ".join(text.casefold().split()) for text in given.get(language, ())})
    if number < least and (language == "en" or number):
        yield Finding(
            "R16",
            (key,),
            "{key} has {number} different sentences: write at least {least}.",
            {"key": key, "number": number, "least": least},
        )


# Ordinary policies, key by key


def _ordinary(policy: Policy, specs: Specs, authority: Authority) -> Iterator[Finding]:
    for index, rule in enumerate(policy.declines):
        yield from _decline(policy, rule, ("decline", index), authority)
    for index, extra in enumerate(policy.yes_with):
        yield from lint(("yes_with", index, "condition"), extra.condition)
    yield from _unique(policy)
    yield from _amount(policy, specs)


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
    highest = authority.highest(GOODWILL)
    if highest is not None and option.cost > highest:
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


def _amount(policy: Policy, specs: Specs) -> Iterator[Finding]:
    spec = specs.get(policy.amount)
    if policy.amount and (spec is None or spec.type is not FactType.MONEY):
        yield Finding(
            "R7",
            ("amount",),
            "amount must name a money fact: {fact} is none.",
            {"fact": policy.amount},
        )


# Protected policies


def _protected(policy: ProtectedPolicy, specs: Specs) -> Iterator[Finding]:
    if policy.exception and policy.category in _WITHOUT_EXCEPTION:
        yield Finding(
            "R14",
            ("exception",),
            "There is no exception on {category}: remove this line.",
            {"category": policy.category.value},
        )
    yield from _detector(policy)
    for index, path in enumerate(policy.safe_paths):
        yield from check_offer(("safe_path", index, "offer"), path.offer)
        yield from check_hours(("safe_path", index, "within_hours"), path.id, path.within_hours)
    for index, rule in enumerate(policy.allow):
        yield from lint(("allow", index, "condition"), rule.condition)
        yield from _proof(("allow", index, "when"), rule.when, specs)
    yield from _protected_lengths(policy)


def _detector(policy: ProtectedPolicy) -> Iterator[Finding]:
    missing = {
        "act": policy.act.get("en"),
        "object": policy.object.get("en"),
        "safe_path": policy.safe_paths,
        "refuse": policy.refuse.en.strip(),
    }
    for key, value in missing.items():
        if not value:
            yield Finding("R15", (key,), "A protected policy needs {key}: add it.", {"key": key})


def _proof(path: Path, when: tuple[Condition, ...], specs: Specs) -> Iterator[Finding]:
    """Check that an allow proves something, can be met, and reads nothing about standing."""
    for condition in when:
        if specs[condition.fact].sensitivity is Sensitivity.STANDING:
            yield Finding(
                "R13",
                path,
                "A protected rule may not read {fact}: what a customer is worth proves nothing.",
                {"fact": condition.fact},
            )
    axes = policy_cases.axes(when, specs)
    if policy_cases.count(axes) > policy_cases.LARGEST:
        yield Finding("R20", path, "This proof has too many cases: use fewer facts.")
        return
    seen = {truth(when, case) for case in policy_cases.cases(axes)}
    if Truth.FALSE not in seen:
        yield Finding("R13", path, "This `allow` is true for everybody: name the facts to prove.")
    elif Truth.TRUE not in seen:
        yield Finding(
            "R8", path, "This `allow` can never be met: its conditions exclude each other."
        )


def _protected_lengths(policy: ProtectedPolicy) -> Iterator[Finding]:
    for language in _LANGUAGES:
        for path in policy.safe_paths[:1]:
            said = wording.refuse(policy.refuse, path.offer.say(language), language)
            yield from length(("refuse",), said)
        for index, rule in enumerate(policy.allow):
            said = wording.yes(policy.yes, [rule.condition], language, signed=False)
            yield from length(("allow", index, "condition"), said)


# Facts and bundles


def prove_facts(specs: Specs) -> dict[str, list[Finding]]:
    """Return the faults of each fact's question, by fact."""
    found = {key: _question(spec) for key, spec in specs.items()}
    return {key: findings for key, findings in found.items() if findings}


def _question(spec: FactSpec) -> list[Finding]:
    said = (wording.ask(sentence) for _, sentence in by_language(("ask",), spec.ask))
    return [
        *lint(("ask",), spec.ask),
        *(finding for each in said for finding in length(("ask",), each)),
    ]


def prove_bundle(bundle: Bundle) -> dict[str, list[Finding]]:
    """Return what is wrong between policies, by policy: guards, and examples used twice."""
    found = {key: list(_guards(bundle, policy)) for key, policy in bundle.policies.items()}
    for finding_id, finding in _shared_examples(bundle):
        found[finding_id].append(finding)
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


def _shared_examples(bundle: Bundle) -> Iterator[tuple[str, Finding]]:
    """Find examples that two policies of one desk claim: the nearer type would be a toss."""
    taken: dict[tuple[str, str], list[AnyPolicy]] = {}
    for policy in bundle.policies.values():
        for language, texts in policy.examples.items():
            key = "examples" if language == "en" else f"examples_{language}"
            for index, text in enumerate(texts):
                owners = taken.setdefault((language, " ".join(text.casefold().split())), [])
                other = next((o for o in owners if _meet(o, policy)), None)
                owners.append(policy)
                if other:
                    yield (
                        policy.id,
                        Finding(
                            "R16",
                            (key, index),
                            '"{example}" is an example of {other} too: keep it in one of them.',
                            {"example": text, "other": other.id},
                        ),
                    )


def _meet(one: AnyPolicy, other: AnyPolicy) -> bool:
    return one.id != other.id and (
        "common" in (one.sector, other.sector) or one.sector == other.sector
    )
