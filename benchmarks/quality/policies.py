# SPDX-License-Identifier: Apache-2.0
"""Written guidelines as policy files: what is allowed, and what must not be."""

from collections.abc import Callable, Mapping
from csv import DictReader
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.options import ROOT
from benchmarks.quality.bench import Bench
from benchmarks.quality.product import Product
from benchmarks.quality.results import Result

POLICIES = ROOT / "tests" / "data" / "policies"
WRONGLY_ALLOWED, WRONGLY_REFUSED = "wrongly_allowed", "wrongly_refused"

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Cases of a folder, the policy files they are decided by, and the bounds to hold.

    `least` is the accuracy wanted, None where the sources contradict themselves too often
    to name one; the other two are the most cases that may be wrongly allowed and refused.
    """

    name: str
    files: str
    read: Callable[[Path, Case], Case]
    least: float | None = None
    most_allowed: int = 0
    most_refused: int | None = None


def measure(one: PolicySet, bench: Bench) -> list[Result]:
    """Decide every case by the command line; return accuracy and both kinds of mistakes."""
    folder = bench.sets / one.name
    cases = bench.queries(folder / "cases.jsonl")
    asked = [dict(one.read(bench.sets, case)) for case in cases]
    product = Product(bench.folder("data"))
    run = product.decide(
        POLICIES / one.files, bench.written("cases.jsonl", asked), bench.folder("ours.jsonl")
    )
    bench.keep(run, one.name, "ours")
    always = bench.written("always.jsonl", [{"id": x["id"], "outcome": "allow"} for x in cases])
    gold = bench.gold(folder, cases)
    found, other = (bench.scorer.score("policy", gold, each) for each in (run, always))
    return _results(one, found, other, product.seconds)


def _results(
    one: PolicySet, found: Mapping[str, float], other: Mapping[str, float], seconds: float
) -> list[Result]:
    def result(measure: str, target: float, *, lower: bool) -> Result:
        baselines = {"always yes": other[measure]}
        return Result(
            one.name,
            measure,
            found[measure],
            baselines,
            target,
            lower=lower,
            details=found,
            seconds=seconds,
        )

    results = [result(WRONGLY_ALLOWED, one.most_allowed, lower=True)]
    if one.least is not None:
        results.append(result("accuracy", one.least, lower=False))
    if one.most_refused is not None:
        results.append(result(WRONGLY_REFUSED, one.most_refused, lower=True))
    return results


def _guideline(_sets: Path, case: Case) -> Case:
    facts = {f"case.{name}": value for name, value in case["facts"].items()}
    return {"id": case["id"], "policy": f"shop.{case['policy']}", "facts": facts}


def _order(sets: Path, case: Case) -> Case:
    """Look the state of the order up in the export, as the desk would."""
    with (sets / "history" / "retail" / "orders.csv").open(encoding="utf-8") as stream:
        states = {row["order_id"]: row["status"] for row in DictReader(stream)}
    facts = {"order.status": states[case["order_id"]]}
    return {"id": case["id"], "policy": f"shop.{case['action']}", "facts": facts}


def _conversation(_sets: Path, case: Case) -> Case:
    return {"id": case["id"], "policy": case["policy"], "messages": case["messages"]}


SETS = (
    PolicySet("policy/abcd", "abcd", _guideline, least=0.98),
    PolicySet("policy/retail_orders", "shop", _order, least=0.98),
    PolicySet("policy/star_bank", "bank_calls", _conversation, most_allowed=3, most_refused=39),
)
