# SPDX-License-Identifier: Apache-2.0
"""A small scorer with the commands of the one that lies beside real sets.

Grades are binary here; the interval of `compare` is the whole range of the differences.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any


def lines(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def table(path: str) -> list[list[str]]:
    rows = [line.split("\t") for line in Path(path).read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row[0] not in {"id", "query_id"}]


def ndcg(gold: str, run: str, only: str | None) -> dict[str, float]:
    kept = set(Path(only).read_text(encoding="utf-8").split()) if only else None
    right: dict[str, set[str]] = {}
    for query, document, _ in table(gold):
        if kept is None or query in kept:
            right.setdefault(query, set()).add(document)
    ranked = {str(line["id"]): line["ranked"][:10] for line in lines(run)}
    return {query: _gain(ranked.get(query, []), wanted) for query, wanted in right.items()}


def _gain(ranked: list[str], wanted: set[str]) -> float:
    found = sum(1 / math.log2(place + 2) for place, one in enumerate(ranked) if one in wanted)
    return found / sum(1 / math.log2(place + 2) for place in range(len(wanted)))


def retrieval(given: argparse.Namespace) -> dict[str, float]:
    scores = ndcg(given.gold, given.run, given.only)
    return {"ndcg@10": sum(scores.values()) / len(scores), "queries": len(scores)}


def compare(given: argparse.Namespace) -> dict[str, float]:
    ours = ndcg(given.gold, given.run, given.only)
    others = ndcg(given.gold, given.other, given.only)
    ahead = [ours[query] - others[query] for query in ours]
    mean = sum(ahead) / len(ahead)
    return {"difference": mean, "ci95_low": min(ahead), "ci95_high": max(ahead)}


def intent(given: argparse.Namespace) -> dict[str, float]:
    right = {row[0]: row[1] for row in table(given.gold)}
    said = {str(line["id"]): line["label"] for line in lines(given.run)}
    return {"accuracy_all": sum(said.get(key) == one for key, one in right.items()) / len(right)}


def trigger(given: argparse.Namespace) -> dict[str, float]:
    right = {row[0]: row[1] == "1" for row in table(given.gold)}
    scores = {str(line["id"]): line["score"] for line in lines(given.run)}
    order = sorted(right, key=lambda key: -scores[key])
    found = [sum(right[key] for key in order[: n + 1]) / (n + 1) for n in range(len(order))]
    hits = [share for share, key in zip(found, order, strict=True) if right[key]]
    quiet = [key for key in right if not right[key]]
    alarms = sum(scores[key] >= given.threshold for key in quiet)
    return {
        "average_precision": sum(hits) / len(hits),
        "alarms_per_100_quiet_turns": 100 * alarms / len(quiet),
    }


def pairs(given: argparse.Namespace) -> dict[str, float]:
    right, found = (_pairs(name) for name in (given.gold, given.run))
    both = len(right & found)
    return {"precision": both / max(1, len(found)), "recall": both / len(right)}


def _pairs(name: str) -> set[tuple[str, str]]:
    rows = [line.split(",") for line in Path(name).read_text(encoding="utf-8").splitlines()[1:]]
    return {(a, b) for a, one in rows for b, other in rows if a < b and one == other}


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("task", "gold", "run"):
        parser.add_argument(name)
    parser.add_argument("--with", dest="other")
    parser.add_argument("--only")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--threshold", type=float, default=0.5)
    given = parser.parse_args()
    tasks = {one.__name__: one for one in (retrieval, compare, intent, trigger, pairs)}
    sys.stdout.write(json.dumps(tasks[given.task](given)))


if __name__ == "__main__":
    main()
