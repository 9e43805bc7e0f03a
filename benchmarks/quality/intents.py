# SPDX-License-Identifier: Apache-2.0
"""Labelled utterances: the right label, and silence where none fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.bench import Bench
from benchmarks.quality.files import read_lines, read_table, write_lines
from benchmarks.quality.ranking import nearest
from benchmarks.quality.results import Result

MEASURE = "accuracy_all"
NONE = "__none__"
FITTED = "5 nearest, threshold fitted to the answers"


@dataclass(frozen=True, slots=True)
class IntentSet:
    """A folder with labelled utterances to know and others to answer."""

    name: str
    target: float


def measure(one: IntentSet, bench: Bench) -> list[Result]:
    """Return the accuracy over all, silence counted, of the product and of the baselines."""
    folder = bench.sets / one.name
    gold = bench.gold(folder, bench.queries(folder / "test.jsonl"))
    product = bench.product(folder / "train.jsonl")
    queries = bench.written("queries.jsonl", bench.queries(folder / "test.jsonl"))
    run = product.label(queries, bench.folder("ours.jsonl"))
    bench.keep(run, one.name, "ours")
    found = bench.scorer.score("intent", gold, run)
    baselines = {
        name: bench.scorer.score("intent", gold, run)[MEASURE]
        for name, run in _runs(bench, folder, queries, gold).items()
    }
    return [
        Result(
            one.name,
            MEASURE,
            found[MEASURE],
            baselines,
            one.target,
            details=found,
            seconds=product.seconds,
        )
    ]


def _runs(bench: Bench, folder: Path, queries: Path, gold: Path) -> Mapping[str, Path]:
    known, asked = read_lines(folder / "train.jsonl"), read_lines(queries)
    names = sorted({one["label"] for one in known})
    vectors = bench.dense.encode([one["text"] for one in known])
    texts = bench.dense.encode([one["text"] for one in asked])
    labels = np.array([[one["label"] == name for name in names] for one in known], np.float32)
    likeness = texts @ vectors.T
    five = nearest(likeness, 5) @ labels
    ids = [str(one["id"]) for one in asked]
    sure = likeness.max(axis=1)
    return {
        "1 nearest": _run(bench, ids, names, nearest(likeness, 1) @ labels),
        "5 nearest": _run(bench, ids, names, five),
        "centroid": _run(bench, ids, names, texts @ _centres(vectors, labels).T),
        FITTED: _run(bench, ids, names, five, sure >= _fitted(ids, names, five, sure, gold)),
    }


def _centres(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    sums = labels.T @ vectors
    centres: np.ndarray = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return centres


def _fitted(
    ids: Sequence[str], names: Sequence[str], scores: np.ndarray, sure: np.ndarray, gold: Path
) -> float:
    """Return the threshold that is right most often: it has seen the answers, ours has not."""
    right = dict(row[:2] for row in read_table(gold))
    said = [names[place] for place in scores.argmax(axis=1)]
    hit = np.array([right.get(key) == name for key, name in zip(ids, said, strict=True)])
    silent = np.array([right.get(key) == NONE for key in ids])
    bounds = [0.0, *np.unique(sure).tolist(), 2.0]
    return max(bounds, key=lambda bound: int(np.where(sure >= bound, hit, silent).sum()))


def _run(
    bench: Bench,
    ids: Sequence[str],
    names: Sequence[str],
    scores: np.ndarray,
    shown: np.ndarray | None = None,
) -> Path:
    said = [names[place] for place in scores.argmax(axis=1)]
    if shown is not None:
        said = [name if one else NONE for name, one in zip(said, shown, strict=True)]
    lines = ({"id": key, "label": name} for key, name in zip(ids, said, strict=True))
    return write_lines(bench.folder("other.jsonl"), lines)


SETS: Sequence[IntentSet] = (
    IntentSet("intent/banking77", 0.935),
    IntentSet("intent/clinc150", 0.91),
    IntentSet("intent/hint3_sofmattress", 0.75),
    IntentSet("intent/hint3_powerplay11", 0.76),
)
