# SPDX-License-Identifier: Apache-2.0
"""Fit the gate that tells when to search, and measure it on domains it has not seen.

    python -m benchmarks.turn_gate FOLDER FOLDER [--write]

Each folder is a domain: turns.jsonl (id, conversation, text, in order) and gold.tsv (id,
1 for a turn that asks for something). Every domain is scored by a gate fitted on the
others and by the gate of all; only the gate of all is written.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agentassist.domain.turn import read
from agentassist.domain.turn_gate import Gate, Past, features
from agentassist.services.live_text import GATE
from benchmarks.logistic import newton

_PENALTY = 10.0
_RECALL = 0.6
_DIGITS = 3
# How many quiet turns in a hundred may show what is sure, and may search.
_QUIET_ALARMS, _SEARCH_ALARMS = 8.0, 3.0


@dataclass(frozen=True, slots=True)
class Domain:
    """Turns of one trade: their features [n, k] by `names`, and 1 for a request [n]."""

    name: str
    names: tuple[str, ...]
    x: np.ndarray
    y: np.ndarray


def load(folder: Path) -> Domain:
    """Read the turns of a domain, each with what was said before it."""
    with (folder / "gold.tsv").open(encoding="utf-8", newline="") as file:
        gold = {line[0]: int(line[1]) for line in list(csv.reader(file, delimiter="\t"))[1:]}
    past: defaultdict[str, Past] = defaultdict(Past)
    rows, labels = [], []
    for line in (folder / "turns.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        turn, before = read(raw["text"]), past[raw["conversation"]]
        rows.append(features(turn, before))
        labels.append(gold[raw["id"]])
        past[raw["conversation"]] = before.after(turn)
    return Domain(folder.name, tuple(rows[0]), _matrix(rows), np.array(labels))


def fit(domains: Sequence[Domain]) -> Gate:
    """Fit a gate by Newton's steps on the logistic loss, with a ridge on scaled weights.

    Every domain weighs the same, however many turns it has.
    """
    x, y = np.vstack([one.x for one in domains]), np.hstack([one.y for one in domains])
    share = np.hstack([np.full(len(one.y), 1 / len(one.y)) for one in domains])
    scale = x.std(axis=0) + 1e-9
    design = np.hstack([np.ones((len(y), 1)), (x - x.mean(axis=0)) / scale])
    ridge = np.full(design.shape[1], _PENALTY)
    ridge[0] = 1e-6
    found = newton(design, y, share * len(y) / len(domains), ridge)
    weights = np.round(found[1:] / scale, _DIGITS)
    bias = round(float(found[0] - (found[1:] / scale) @ x.mean(axis=0)), _DIGITS)
    pairs = zip(domains[0].names, map(float, weights), strict=True)
    return Gate(dict(pairs), bias, quiet=1.0, search=1.0)


def scores(gate: Gate, domain: Domain) -> np.ndarray:
    """Score every turn of a domain, [n]."""
    weights = np.array([gate.weights[name] for name in domain.names])
    result: np.ndarray = 1 / (1 + np.exp(-(gate.bias + domain.x @ weights)))
    return result


def average_precision(y: np.ndarray, score: np.ndarray) -> float:
    """Return the mean precision at each request, by falling score."""
    ranked = y[np.argsort(-score, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    return float(precision[ranked == 1].mean())


def auroc(y: np.ndarray, score: np.ndarray) -> float:
    """Return how often a request scores above a quiet turn; ties count half."""
    quiet = np.sort(score[y == 0])
    wins = np.searchsorted(quiet, score[y == 1], "left") + np.searchsorted(
        quiet, score[y == 1], "right"
    )
    return float(wins.mean() / 2 / len(quiet))


def alarms(y: np.ndarray, score: np.ndarray, recall: float = _RECALL) -> float:
    """Return the alarms per hundred quiet turns where `recall` of the requests are met."""
    bound = np.sort(score[y == 1])[::-1][int(np.ceil(recall * y.sum())) - 1]
    return float(100 * (score[y == 0] >= bound).mean())


def bounded(gate: Gate, domains: Sequence[Domain]) -> Gate:
    """Set the bounds where quiet turns raise as many alarms as allowed, mean over domains."""
    quiet = [np.sort(scores(gate, one)[one.y == 0]) for one in domains]
    grid = np.arange(0.02, 0.98, 0.005)
    rates = [np.mean([100 * (one >= bound).mean() for one in quiet]) for bound in grid]

    def least(most: float) -> float:
        return round(float(next(b for b, rate in zip(grid, rates, strict=True) if rate <= most)), 3)

    return Gate(gate.weights, gate.bias, least(_QUIET_ALARMS), least(_SEARCH_ALARMS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; write the weights when asked to."""
    chosen = _parser().parse_args(arguments)
    domains = [load(folder) for folder in chosen.folders]
    print("domain      gate of       AP     AUROC  alarms/100 at recall 0.6")
    for one in domains:
        if others := [other for other in domains if other is not one]:
            _report(one, "the others", scores(fit(others), one))
        _report(one, "all", scores(fit(domains), one))
    gate = bounded(fit(domains), domains)
    print(json.dumps(_document(gate)))
    if chosen.write:
        GATE.parent.mkdir(parents=True, exist_ok=True)
        GATE.write_text(json.dumps(_document(gate), indent=2) + "\n", encoding="utf-8")
    return 0


def _matrix(rows: Sequence[dict[str, float]]) -> np.ndarray:
    return np.array([list(row.values()) for row in rows])


def _report(one: Domain, by: str, score: np.ndarray) -> None:
    figures = (average_precision(one.y, score), auroc(one.y, score), alarms(one.y, score))
    print(f"{one.name:11} {by:12} {figures[0]:.4f}  {figures[1]:.4f}  {figures[2]:.2f}")


def _document(gate: Gate) -> dict[str, Any]:
    return {
        "quiet": gate.quiet,
        "search": gate.search,
        "bias": gate.bias,
        "weights": dict(gate.weights),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("turn_gate", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="one folder for each domain")
    parser.add_argument("--write", action="store_true", help="write the weights of all domains")
    return parser


if __name__ == "__main__":
    sys.exit(main())
