# SPDX-License-Identifier: Apache-2.0
"""The examples of a bundle: enough of them, and none that belongs to another request (R16)."""

from collections.abc import Iterator, Mapping

from agentassist.domain.findings import Finding
from agentassist.domain.lookalikes import Lookalike, Sample, lookalikes
from agentassist.domain.policy import AnyPolicy, Bundle

EXAMPLES = 5
COUNTER_EXAMPLES = 3
_LANGUAGES = ("en", "ko")


def enough(policy: AnyPolicy) -> Iterator[Finding]:
    """Find too few examples; policies of one request share theirs (see `shared_enough`)."""
    shares = policy.asked != policy.id
    for language in _LANGUAGES:
        for key, given, least in _kinds(policy, language):
            if not (shares and not given):
                yield from _count(key, len(given), least, needed=language == "en" or bool(given))
    yield from _contradictions(policy)


def _kinds(policy: AnyPolicy, language: str) -> Iterator[tuple[str, set[str], int]]:
    yield _key("examples", language), _folded(policy.examples, language), EXAMPLES
    yield _key("counter", language), _folded(policy.counter, language), COUNTER_EXAMPLES


def _key(name: str, language: str) -> str:
    return name if language == "en" else f"{name}_{language}"


def _folded(given: Mapping[str, tuple[str, ...]], language: str) -> set[str]:
    return {fold(text) for text in given.get(language, ())}


def fold(text: str) -> str:
    """Return a sentence without what does not tell it from another."""
    return " ".join(text.casefold().split())


def _count(key: str, number: int, least: int, *, needed: bool) -> Iterator[Finding]:
    if needed and number < least:
        yield Finding(
            "R16",
            (key,),
            "{key} has {number} different sentences: write at least {least}.",
            {"key": key, "number": number, "least": least},
        )


def _contradictions(policy: AnyPolicy) -> Iterator[Finding]:
    """Find what is an example and a counter-example at once."""
    for language in _LANGUAGES:
        against = _folded(policy.counter, language)
        for place, text in enumerate(policy.examples.get(language, ())):
            if fold(text) in against:
                yield Finding(
                    "R16",
                    (_key("examples", language), place),
                    '"{example}" is a counter-example here too: keep it in one of the lists.',
                    {"example": text},
                )


def prove_examples(bundle: Bundle) -> Iterator[tuple[str, Finding]]:
    """Find requests without examples, and examples that belong to another request."""
    yield from _shared(bundle)
    for language in _LANGUAGES:
        samples = _samples(bundle, language)
        doubles = dict(_doubles(samples))
        for sample, other in doubles.items():
            yield sample.policy_id, _taken(sample, other, language)
        for found in lookalikes(samples):
            if found.sample not in doubles and fold(found.sample.text) != fold(found.other.text):
                yield found.sample.policy_id, _nearer(found, language)


def _shared(bundle: Bundle) -> Iterator[tuple[str, Finding]]:
    """Find requests whose policies have no examples of their own: nobody would ever match."""
    for request in sorted({policy.asked for policy in bundle.policies.values()}):
        policies = bundle.index.answering[request]
        for key in ("examples", "counter"):
            if not any(getattr(policy, key).get("en") for policy in policies):
                least = EXAMPLES if key == "examples" else COUNTER_EXAMPLES
                for finding in _count(key, 0, least, needed=True):
                    yield policies[0].id, finding


def _samples(bundle: Bundle, language: str) -> list[Sample]:
    return [
        Sample(policy.id, place, policy.asked, policy.sector, text)
        for policy in bundle.policies.values()
        for place, text in enumerate(policy.examples.get(language, ()))
    ]


def _doubles(samples: list[Sample]) -> Iterator[tuple[Sample, Sample]]:
    """Yield each example that an earlier one of another request at the same desk repeats."""
    taken: dict[str, list[Sample]] = {}
    for sample in samples:
        row = taken.setdefault(fold(sample.text), [])
        other = next((o for o in row if o.request != sample.request and o.meets(sample)), None)
        if other is not None:
            yield sample, other
        row.append(sample)


def _taken(sample: Sample, other: Sample, language: str) -> Finding:
    return Finding(
        "R16",
        (_key("examples", language), sample.place),
        '"{example}" is an example of {other} too: keep it in one of them.',
        {"example": sample.text, "other": other.policy_id},
    )


def _nearer(found: Lookalike, language: str) -> Finding:
    return Finding(
        "R16",
        (_key("examples", language), found.sample.place),
        '"{example}" is nearer to {other} ("{twin}") than to its own examples: reword it, '
        "or move it there.",
        {
            "example": found.sample.text,
            "other": found.other.policy_id,
            "twin": found.other.text,
        },
    )
