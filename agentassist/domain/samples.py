# SPDX-License-Identifier: Apache-2.0
"""The sentences of each type of request, and how well an utterance fits each type.

Several policies may answer one type: their sentences stand together. A type's score leans
on its best example and a little on the next two, so that one odd sentence decides nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agentassist.domain.polarity import asks, denial, polarity_of
from agentassist.domain.policy import AnyPolicy, ProtectedPolicy
from agentassist.domain.utterance import normalise
from agentassist.domain.verdict import Polarity

_WEIGHTS = (0.7, 0.2, 0.1)
_SHARE = {1: 0.7, 2: 0.9, 3: 1.0}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as its author wrote it, with the policy it stands in and how it is meant.

    `denial`: see `polarity.denial`; `wish`: it asks by its own words.
    """

    policy_id: str
    text: str
    polarity: Polarity
    denial: tuple[bool, bool]
    wish: bool


@dataclass(frozen=True, slots=True)
class RequestType:
    """The places of a type's examples and counter-examples among all sentences."""

    id: str
    protected: bool
    examples: range
    counter: range


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an utterance fits a type: the score, and the places of the closest examples.

    `against` is the likeness of the closest counter-example.
    """

    type: RequestType
    score: float
    nearest: tuple[int, ...]
    best: float
    against: float


@dataclass(frozen=True, slots=True)
class Samples:
    """All sentences of one language, folded, those of one type side by side.

    `examples` has one entry for each sentence, None where it is a counter-example.
    """

    language: str
    types: tuple[RequestType, ...]
    sentences: tuple[str, ...]
    examples: tuple[Example | None, ...]

    def fits(self, row: Sequence[float]) -> list[Fit]:
        """Return how well each type fits, given the likeness to every sentence."""
        return [_fit(one, row) for one in self.types]


def samples(policies: Iterable[AnyPolicy], language: str) -> Samples:
    """Gather the sentences of the policies that have examples in a language."""
    types: list[RequestType] = []
    sentences: list[str] = []
    examples: list[Example | None] = []
    for key, group in _by_type(policies, language):
        begin = len(sentences)
        known = {normalise(x): _example(p, x) for p in group for x in p.examples[language]}
        against = dict.fromkeys(normalise(x) for p in group for x in p.counter.get(language, ()))
        sentences += [*known, *against]
        examples += [*known.values(), *(None for _ in against)]
        middle, end = begin + len(known), len(sentences)
        guarded = any(isinstance(p, ProtectedPolicy) for p in group)
        types.append(RequestType(key, guarded, range(begin, middle), range(middle, end)))
    return Samples(language, tuple(types), tuple(sentences), tuple(examples))


def type_of(policy: AnyPolicy) -> str:
    """Return the type of request that a policy answers."""
    return policy.request or policy.id


def _by_type(policies: Iterable[AnyPolicy], language: str) -> list[tuple[str, list[AnyPolicy]]]:
    groups: dict[str, list[AnyPolicy]] = {}
    for policy in policies:
        if policy.examples.get(language):
            groups.setdefault(type_of(policy), []).append(policy)
    return sorted(groups.items())


def _example(policy: AnyPolicy, text: str) -> Example:
    folded = normalise(text)
    return Example(policy.id, text, polarity_of(folded), denial(folded), asks(folded))


def _fit(one: RequestType, row: Sequence[float]) -> Fit:
    nearest = sorted(one.examples, key=row.__getitem__, reverse=True)[: len(_WEIGHTS)]
    scores = [row[place] for place in nearest]
    total = sum(weight * score for weight, score in zip(_WEIGHTS, scores, strict=False))
    against = max(row[one.counter.start : one.counter.stop], default=0.0)
    return Fit(one, total / _SHARE[len(nearest)], tuple(nearest), scores[0], against)
