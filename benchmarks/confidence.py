# SPDX-License-Identifier: Apache-2.0
"""Fit how sure phrases make an article, and measure it on sets it has not seen.

    python -m benchmarks.confidence FOLDER FOLDER ...

Each folder is a set of labelled utterances: train.jsonl is what the product knows,
test.jsonl what it is asked, gold.tsv what was right (`__none__` for nothing). Prints the
accuracy over all with silence, by the coefficients of all sets and by those of the
others, and the coefficients that stand in `agentassist/retrieval/confidence.py`.
"""

import argparse
import math
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from agentassist.domain.clock import utc_now
from agentassist.domain.knowledge import Scope
from agentassist.retrieval.confidence import POSSIBLE, Calibration, Said
from agentassist.retrieval.encoder import Encoder
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import opened
from benchmarks import models
from benchmarks.logistic import newton
from benchmarks.options import CACHE, Options
from benchmarks.quality.files import read_lines, read_table
from benchmarks.quality.intents import NONE
from benchmarks.quality.product import Product

NAMES = ("vote", "nearest", "cover", "denied", "length", "density", "rivalry", "rest")
_RIDGE = 2e-4
_MOST_COVER = 1.2


@dataclass(frozen=True, slots=True)
class Asked:
    """A set as the product answered it: features [n, k], whether right, whether none was."""

    name: str
    x: np.ndarray
    right: np.ndarray
    silent: np.ndarray


def row(said: Said, calibration: Calibration) -> list[float]:
    """Return the features of an answer, in the order of NAMES."""
    return [
        math.sqrt(min(1.0, max(0.0, said.vote))),
        said.nearest,
        min(_MOST_COVER, said.cover),
        float(said.denied),
        math.log(1 + said.words),
        calibration.density,
        calibration.rivalry,
        1.0,
    ]


def fit(sets: Sequence[Asked]) -> np.ndarray:
    """Return the coefficients [k]; every set weighs the same, however large."""
    weight = np.hstack([np.full(len(one.x), 1 / len(one.x) / len(sets)) for one in sets])
    ridge = np.full(len(NAMES), _RIDGE)
    ridge[-1] = 0
    right = np.hstack([one.right for one in sets]).astype(float)
    return newton(np.vstack([one.x for one in sets]), right, weight, ridge)


def accuracy(one: Asked, coefficients: np.ndarray) -> float:
    """Return how often the answer, or the silence, was right."""
    likely = 1 / (1 + np.exp(-one.x @ coefficients))
    return float(np.where(likely >= POSSIBLE, one.right, one.silent).mean())


def ask(folder: Path, model: Path, work: Path) -> Asked:
    """Let the product learn a set and answer it."""
    product = Product(work, model)
    product.take_in(folder / "train.jsonl")
    gold = dict(line[:2] for line in read_table(folder / "gold.tsv"))
    with opened(f"sqlite:///{work / 'agentassist.db'}") as database:
        index = KnowledgeIndex(database, work / "index", lambda: Encoder.open(model), utc_now)
        with closing(index):
            index.open()
            index.load_model()
            index.update()
            keys, calibration = index.keys(), index.status().calibration
            rows, right, silent = [], [], []
            for query in read_lines(folder / "test.jsonl"):
                best = index.rank(str(query["text"]), Scope(), 1)
                said = best[0].evidence.said if best else Said()
                rows.append(row(said, calibration))
                right.append(bool(best) and keys[best[0].article_id] == gold[query["id"]])
                silent.append(gold[query["id"]] == NONE)
    return Asked(folder.name, np.array(rows), np.array(right), np.array(silent))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and the coefficients."""
    parser = argparse.ArgumentParser("confidence", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="one folder for each set")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where large data is kept")
    chosen = parser.parse_args(arguments)
    model = models.exported(Options(quick=False, cache=chosen.cache)).resolve()
    with TemporaryDirectory(prefix="confidence-") as work:
        sets = [ask(one, model, Path(work) / one.name) for one in chosen.folders]
    for one in sets:
        others = [other for other in sets if other is not one]
        unseen = f"{accuracy(one, fit(others)):.4f}" if others else "-"
        print(f"{one.name:20} all {accuracy(one, fit(sets)):.4f}  the others {unseen}")
    pairs = zip(NAMES, fit(sets).tolist(), strict=True)
    print("  ".join(f"{name} {value:.2f}" for name, value in pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
