# SPDX-License-Identifier: Apache-2.0
"""Requests in three tiers: how right what is shown is, and what is shown that should not be.

The labelled utterances of a set are the examples of policies, one for each label. Thresholds
are learnt from them alone, as on a desk; the test utterances are seen once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from agentassist.domain.facts import Text
from agentassist.domain.policy import Authority, Bundle, Policy, Weights, bundle
from agentassist.domain.request import Matcher, RequestMatch
from agentassist.domain.thresholds import BY_MEANING, Row, calibrate
from agentassist.domain.verdict import Match
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.meaning import ModelMeaning
from benchmarks.quality.bench import Bench
from benchmarks.quality.files import read_lines, read_table
from benchmarks.quality.results import Result

NONE = "__none__"
PRECISION = 0.95
STRANGERS = 1.0  # in a hundred
FIXED = 0.60
BASELINE = f"nearest example from {FIXED:g}"

_OUT = "out of scope shown"
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class RequestSet:
    """A folder with labelled utterances; `key` is what its measure is called."""

    name: str

    @property
    def key(self) -> str:
        """The last part of the name, apart from what else is measured on the set."""
        return f"requests/{self.name.rpartition('/')[2]}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for an utterance, empty for nothing, and all that is shown or offered."""

    shown: str
    offered: tuple[str, ...]


def measure(one: RequestSet, bench: Bench) -> list[Result]:
    """Return the precision of what is shown, and how many strangers are shown."""
    folder = bench.sets / one.name
    known, asked = read_lines(folder / "train.jsonl"), bench.queries(folder / "test.jsonl")
    gold = dict(row[:2] for row in read_table(folder / "gold.tsv"))
    right = [gold[str(query["id"])] for query in asked]
    texts = [query["text"] for query in asked]
    ours = tally(right, _ours(bench, known, texts))
    return _results(one, ours, tally(right, _nearest(bench, known, texts)))


def tally(right: Sequence[str], answers: Sequence[Answer]) -> dict[str, float]:
    """Hold answers against the labels.

    `coverage` is the share of what has a label that is shown rightly, `found` the share that
    is shown or offered rightly.
    """
    pairs = list(zip(right, answers, strict=True))
    ours = [(label, answer) for label, answer in pairs if label != NONE]
    strange = [answer for label, answer in pairs if label == NONE]
    return {
        "precision": _share(label == answer.shown for label, answer in pairs if answer.shown),
        "coverage": _share(label == answer.shown for label, answer in ours),
        "found": _share(label in answer.offered for label, answer in ours),
        "out of scope": len(strange),
        _OUT: _share(bool(answer.shown) for answer in strange),
        "out of scope offered": _share(bool(answer.offered) for answer in strange),
    }


def _share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return sum(found) / len(found) if found else 0.0


def _results(
    one: RequestSet, ours: Mapping[str, float], plain: Mapping[str, float]
) -> list[Result]:
    name, found = "precision of what is shown", [ours["precision"], plain["precision"]]
    results = [Result(one.key, name, found[0], {BASELINE: found[1]}, PRECISION, details=ours)]
    if ours["out of scope"]:
        share, other = 100 * ours[_OUT], {BASELINE: 100 * plain[_OUT]}
        results.append(Result(one.key, f"{_OUT}, %", share, other, STRANGERS, lower=True))
    return results


# Answers


def _ours(bench: Bench, known: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> list[Answer]:
    with closing(Encoder.open(bench.model)) as encoder:
        meaning = ModelMeaning(encoder)
        matcher = Matcher(policies(known), lambda: meaning)
        samples = matcher.samples["en"]

        def rows(places: Sequence[int]) -> Iterator[Row]:
            for begin in range(0, len(places), _AT_ONCE):
                some = [samples.sentences[at] for at in places[begin : begin + _AT_ONCE]]
                yield from meaning.likeness(some, samples.sentences)

        matcher.thresholds = {("en", meaning.model): calibrate(samples, rows, BY_MEANING)}
        return [answer(matcher.match(text)) for text in texts]


def policies(known: Sequence[Mapping[str, Any]]) -> Bundle:
    """Return a bundle with a policy for each label, the utterances as its examples."""
    examples: dict[str, list[str]] = defaultdict(list)
    for one in known:
        examples[one["label"]].append(one["text"])
    made = {
        label: Policy(
            id=label,
            title=Text(label),
            sector="common",
            yes=Text("Yes."),
            examples={"en": tuple(texts)},
        )
        for label, texts in examples.items()
    }
    return bundle({}, made, Authority(currency="USD"), Weights())


def answer(matches: Sequence[RequestMatch]) -> Answer:
    """Return the first that is shown, and everything."""
    shown = next((x.policy_id for x in matches if x.match is Match.SHOW), "")
    return Answer(shown, tuple(x.policy_id for x in matches))


def _nearest(
    bench: Bench, known: Sequence[Mapping[str, Any]], texts: Sequence[str]
) -> list[Answer]:
    """Answer with the label of the nearest example, from one likeness for all."""
    likeness = bench.dense.encode(texts) @ bench.dense.encode([x["text"] for x in known]).T
    best, sure = likeness.argmax(axis=1).tolist(), (likeness.max(axis=1) >= FIXED).tolist()
    found = [known[row]["label"] if shown else "" for row, shown in zip(best, sure, strict=True)]
    return [Answer(label, (label,) if label else ()) for label in found]


SETS: Sequence[RequestSet] = (
    RequestSet("intent/banking77"),
    RequestSet("intent/clinc150"),
    RequestSet("intent/hint3_sofmattress"),
    RequestSet("intent/hint3_powerplay11"),
)
