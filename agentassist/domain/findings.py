# SPDX-License-Identifier: Apache-2.0
"""Faults of a policy, with the key they stand at, and the checks of single sentences."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from agentassist.domain import wording
from agentassist.domain.condition import Condition
from agentassist.domain.facts import Text
from agentassist.domain.policy import AnyPolicy, Policy
from agentassist.domain.verdict import Wording

Path = tuple[str | int, ...]

LONGEST_HOURS = 168


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the rule, the path of the key in the file, the sentence for the author."""

    rule: str
    path: Path
    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def lint(
    path: Path, text: Text, find: Callable[[str], str] = wording.hard_words
) -> Iterator[Finding]:
    """Find words that close the door (R19), or what else `find` returns the first words of."""
    for key, sentence in by_language(path, text):
        if words := find(sentence):
            yield Finding(
                "R19",
                key,
                '"{words}" closes the door: say what we can do instead.',
                {"words": words},
            )


def by_language(path: Path, text: Text) -> Iterator[tuple[Path, str]]:
    """Yield the path and the sentence of each language that is there."""
    yield path, text.en
    if text.ko:
        yield (*path[:-1], f"{path[-1]}_ko"), text.ko


def length(path: Path, said: Wording) -> Iterator[Finding]:
    """Find a wording that is too long to say (R19)."""
    if excess := wording.excess(said):
        yield Finding(
            "R19",
            path,
            'Too long to say ({excess}): "{sentence}"',
            {"excess": excess, "sentence": said.long},
        )


def spoken(path: Path, said: Iterable[Wording]) -> Iterator[Finding]:
    """Find the first of the tones of an answer that is too long to say (R19)."""
    yield from next(filter(None, (list(length(path, each)) for each in said)), [])


def check_offer(path: Path, offer: Text) -> Iterator[Finding]:
    """Find an offer that offers nothing (R4) or closes the door (R19)."""
    for key, sentence in by_language(path, offer):
        if wording.is_hollow(sentence):
            yield Finding(
                "R4",
                key,
                '"{offer}" offers nothing: name what the customer gets.',
                {"offer": sentence},
            )
    yield from lint(path, offer)


def check_hours(path: Path, name: str, hours: int) -> Iterator[Finding]:
    """Find a promise of more than a week (R6)."""
    if not 0 <= hours <= LONGEST_HOURS:
        yield Finding(
            "R6",
            path,
            '"{name}" comes within {hours} hours: write 0 to {longest} (a week).',
            {"name": name, "hours": hours, "longest": LONGEST_HOURS},
        )


def rule_names(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Yield the path and the id of every rule and alternative."""
    for index, rule in enumerate(policy.declines):
        yield ("decline", index, "id"), rule.id
        for place, option in enumerate(rule.alternatives):
            yield ("decline", index, "alternative", place, "id"), option.id
    for index, extra in enumerate(policy.yes_with):
        yield ("yes_with", index, "id"), extra.id


def conditions_at(policy: AnyPolicy) -> Iterator[tuple[Path, Condition]]:
    """Yield every condition of a policy with the path at which it stands."""
    for base, when in _lists(policy):
        for place, condition in enumerate(when):
            yield (*base, place), condition


def _lists(policy: AnyPolicy) -> Iterator[tuple[Path, tuple[Condition, ...]]]:
    yield ("scope",), policy.scope
    if not isinstance(policy, Policy):
        for index, allow in enumerate(policy.allow):
            yield ("allow", index, "when"), allow.when
        return
    for index, rule in enumerate(policy.declines):
        yield ("decline", index, "when"), rule.when
        for place, option in enumerate(rule.alternatives):
            yield ("decline", index, "alternative", place, "when"), option.when
    for index, extra in enumerate(policy.yes_with):
        yield ("yes_with", index, "when"), extra.when
