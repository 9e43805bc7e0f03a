# SPDX-License-Identifier: Apache-2.0
"""Turns of customers: when to search, and when it is small talk."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.bench import Bench
from benchmarks.quality.files import read_lines, read_table, write_lines
from benchmarks.quality.product import Product
from benchmarks.quality.results import Result
from benchmarks.quality.scorer import threshold_at_recall

MEASURE = "average_precision"
ALARMS = "alarms_per_100_quiet_turns"
RECALL = 0.6
MOST_ALARMS = 3.0
COMMAND = "turns"

_FEWEST_WORDS = 4
_QUICK_TURNS = 60
_WORD = re.compile(r"[\w']+")
_PLEASANT = frozenset(
    _WORD.findall(
        """
        hi hello hey good morning afternoon evening night day thanks thank you very much so ok
        okay yes yeah no nope not please sure bye goodbye welcome great nice perfect fine that's
        it that is all right alright cool awesome have a the my for your help i am i'm im and to
        well
        """
    )
)


@dataclass(frozen=True, slots=True)
class TriggerSet:
    """A folder with the turns of customers, and which of them ask for something."""

    name: str
    target: float


def measure(one: TriggerSet, bench: Bench) -> list[Result]:
    """Return the average precision, and the false alarms at a recall of 0.6."""
    folder = bench.sets / one.name
    turns = read_lines(folder / "turns.jsonl")[: _QUICK_TURNS if bench.quick else None]
    gold = _gold(bench, folder, turns)
    others = {name: _run(bench, turns, scores) for name, scores in _baselines(turns).items()}
    product = Product(bench.folder("data"), bench.model)
    if not product.can(COMMAND):
        return _results(one, bench, gold, None, others, 0.0)
    run = product.turns(bench.written("turns.jsonl", turns), bench.folder("ours.jsonl"))
    bench.keep(run, one.name, "ours")
    return _results(one, bench, gold, run, others, product.seconds)


def _results(
    one: TriggerSet,
    bench: Bench,
    gold: Path,
    run: Path | None,
    others: Mapping[str, Path],
    seconds: float,
) -> list[Result]:
    found = _scored(bench, gold, run) if run else {}
    scored = {name: _scored(bench, gold, other) for name, other in others.items()}
    note = "" if run else f"no command `kb {COMMAND}` yet"
    measures = (MEASURE, one.target, False), (ALARMS, MOST_ALARMS, True)
    return [
        Result(
            one.name,
            f"{measure}, recall {RECALL:g}" if lower else measure,
            found.get(measure),
            {name: each[measure] for name, each in scored.items()},
            target,
            lower=lower,
            details=found,
            seconds=seconds,
            note=note,
        )
        for measure, target, lower in measures
    ]


def _scored(bench: Bench, gold: Path, run: Path) -> dict[str, float]:
    bound = threshold_at_recall(gold, run, RECALL)
    return bench.scorer.score("trigger", gold, run, "--threshold", repr(bound))


def _baselines(turns: Sequence[Mapping[str, str]]) -> dict[str, list[float]]:
    return {
        "every turn": [1.0] * len(turns),
        "4 words or more, no pleasantries": [_asks(one["text"]) for one in turns],
    }


def _asks(text: str) -> float:
    """Return the number of words, 0 for fewer than four and for pleasantries."""
    words = _WORD.findall(text.lower())
    return float(len(words) >= _FEWEST_WORDS and not _PLEASANT.issuperset(words)) * len(words)


def _gold(bench: Bench, folder: Path, turns: Sequence[Mapping[str, str]]) -> Path:
    """Return the labels of the turns that are judged."""
    asked = {one["id"] for one in turns}
    rows = [row for row in read_table(folder / "gold.tsv") if row[0] in asked]
    file = bench.folder("gold.tsv")
    lines = ["id\tsuggest\tintent", *("\t".join(row) for row in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _run(bench: Bench, turns: Sequence[Mapping[str, str]], scores: Sequence[float]) -> Path:
    pairs = zip(turns, scores, strict=True)
    lines = ({"id": turn["id"], "score": score} for turn, score in pairs)
    return write_lines(bench.folder("other.jsonl"), lines)


SETS: Sequence[TriggerSet] = (
    TriggerSet("trigger/airline", 0.80),
    TriggerSet("trigger/software", 0.45),
)
