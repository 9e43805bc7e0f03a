# SPDX-License-Identifier: Apache-2.0
"""Score the product on the sets of a folder beside baselines; print one table, write JSON."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import models
from benchmarks.__main__ import describe
from benchmarks.options import CACHE, ROOT, Options
from benchmarks.quality import (
    identity,
    intents,
    policies,
    requests,
    retrieval,
    triggers,
    utterances,
)
from benchmarks.quality.bench import Bench
from benchmarks.quality.dense import Dense
from benchmarks.quality.results import Result, table

VARIABLE = "AGENTASSIST_EVAL"
FOLDER = ROOT.parent / "shared" / "eval"
JSON = ROOT / "build" / "eval.json"

Measure = Callable[[Bench], list[Result]]

MEASURES: Mapping[str, Measure] = {
    **{one.name: partial(retrieval.measure, one) for one in retrieval.SETS},
    **{one.name: partial(intents.measure, one) for one in intents.SETS},
    **{one.key: partial(requests.measure, one) for one in requests.SETS},
    **{f"requests/{name}": partial(utterances.measure, name) for name in utterances.FILES},
    **{one.name: partial(triggers.measure, one) for one in triggers.SETS},
    **{one.name: partial(identity.measure, one) for one in identity.SETS},
    **{one.name: partial(identity.measure_links, one) for one in identity.LINKS},
    **{one.name: partial(policies.measure, one) for one in policies.SETS},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 when a set failed, missed targets or not."""
    chosen = _parser().parse_args(arguments)
    if chosen.markdown:
        return _show(chosen.json)
    sets = chosen.sets or Path(os.environ.get(VARIABLE) or FOLDER)
    if not (sets / "score.py").is_file():
        print(
            f"There are no sets in {sets}: name the folder with score.py in {VARIABLE}.",
            file=sys.stderr,
        )
        return 1
    results, failed = _measured(sets, chosen)
    print(f"{describe()}\n\n{table(results)}")
    print("\n".join(failed), file=sys.stderr)
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(_document(results, failed), encoding="utf-8")
    return int(bool(failed))


def _measured(sets: Path, chosen: argparse.Namespace) -> tuple[list[Result], list[str]]:
    options = Options(chosen.quick, chosen.cache)
    model = models.exported(options).resolve()
    results: list[Result] = []
    failed: list[str] = []
    with (
        TemporaryDirectory(prefix="eval-", dir=options.folder("work")) as work,
        closing(Dense(model, options.folder("vectors"))) as dense,
    ):
        bench = Bench(sets, Path(work), model, dense, chosen.quick, chosen.runs)
        for name in chosen.names or MEASURES:
            began = time.perf_counter()
            try:
                results += MEASURES[name](bench)
            except (RuntimeError, OSError) as error:
                failed.append(f"{name}: {error}")
            print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return results, failed


def _show(file: Path) -> int:
    """Print the table of the last run."""
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        print(f"Nothing was measured yet: there is no {file}. Run `make eval`.", file=sys.stderr)
        return 1
    print(table([Result.from_json(one) for one in given["results"]]))
    return 0


def _document(results: Sequence[Result], failed: Sequence[str]) -> str:
    content = {
        "machine": describe(),
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "results": [one.to_json() for one in results],
        "failed": list(failed),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("benchmarks.quality", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], help="sets; all without")
    parser.add_argument("--sets", type=Path, help=f"the folder; else {VARIABLE}, else {FOLDER}")
    parser.add_argument("--json", type=Path, default=JSON, help="where the results go")
    parser.add_argument("--runs", type=Path, metavar="DIR", help="keep the answers there")
    parser.add_argument("--markdown", action="store_true", help="print the table of the last run")
    parser.add_argument("--quick", action="store_true", help="the first queries of each set")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where large data is kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
