# SPDX-License-Identifier: Apache-2.0
"""Measure the product and its peers on the same articles and queries; print one table."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agentassist.retrieval.model_folder import bundled_source
from benchmarks import models
from benchmarks.__main__ import describe
from benchmarks.children import environment
from benchmarks.figures import p95
from benchmarks.options import CACHE, ROOT, Options
from benchmarks.peers import packages
from benchmarks.quality.__main__ import FOLDER, VARIABLE
from benchmarks.quality.dense import pieces
from benchmarks.quality.files import document_text, read_lines, write_ranked
from benchmarks.quality.scorer import Scorer

OURS = "agentassist"
SETS = ("kb/thunderbird", "kb/abcd_guidelines", "ko/belebele")
JSON = ROOT / "build" / "peers.json"

_MOST_QUERIES = 400
_QUICK_QUERIES = 10
_SECONDS = 3600
_MEGABYTE = 1_000_000
_HEADS = ("set", "engine", "version", "nDCG@10", "query median", "query p95")
_MORE_HEADS = ("passages/s", "memory", "installed")


@dataclass(frozen=True, slots=True)
class Row:
    """What one engine did on one set; times in seconds, sizes in bytes."""

    set: str
    engine: str
    version: str
    ndcg: float
    median: float
    p95: float
    pieces_per_second: float
    memory: int
    installed: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 when an engine failed."""
    chosen = _parser().parse_args(arguments)
    if chosen.markdown:
        return _show(chosen.json)
    sets = Path(os.environ.get(VARIABLE) or FOLDER)
    if not (sets / "score.py").is_file():
        print(f"There are no sets in {sets}: name the folder in {VARIABLE}.", file=sys.stderr)
        return 1
    rows, failed = _measured(sets, chosen)
    content = {
        "machine": describe(),
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "rows": [asdict(row) for row in rows],
        "failed": failed,
        "not_measured": packages.NOT_MEASURED,
        "ours_at_run_time": packages.ours_at_run_time(),
    }
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(content, indent=2), encoding="utf-8")
    print(f"{describe()}\n\n{report(content)}")
    return int(bool(failed))


def report(content: Mapping[str, Any]) -> str:
    """Return the rows as a table in Markdown, and below it who is missing and why."""
    rows = [Row(**one) for one in content["rows"]]
    lines = [(*_HEADS, *_MORE_HEADS), ("---",) * (len(_HEADS) + len(_MORE_HEADS))]
    lines += [_cells(row) for row in rows]
    missing = {**content["failed"], **content["not_measured"]}
    ours = content["ours_at_run_time"] / _MEGABYTE
    told = [
        f"Ours without what only exports models: {ours:,.0f} MB.",
        "",
        *(f"- {name}: {why}" for name, why in missing.items()),
    ]
    return "\n".join(["\n".join(f"| {' | '.join(line)} |" for line in lines), "", *told])


def _measured(sets: Path, chosen: argparse.Namespace) -> tuple[list[Row], dict[str, str]]:
    options = Options(chosen.quick, chosen.cache)
    python = packages.prepared(chosen.cache.resolve() / "peers-venv")
    installed = packages.sizes(python)
    rows: list[Row] = []
    failed: dict[str, str] = {}
    for name in chosen.sets:
        with TemporaryDirectory(prefix="peers-") as work:
            race = Race(sets, name, Path(work), options, python)
            for engine in chosen.engines or (OURS, *packages.PACKAGES):
                try:
                    rows.append(race.run(engine, installed[engine]))
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    failed[f"{engine} on {name}"] = str(error)[-300:]
                else:
                    print(" | ".join(_cells(rows[-1])), file=sys.stderr)
    return rows, failed


class Race:
    """One set that every engine is measured on."""

    def __init__(self, sets: Path, name: str, work: Path, options: Options, python: Path) -> None:
        self._folder = sets / name
        self._scorer = Scorer(sets / "score.py")
        self._name = name
        self._work = work
        self._python = python
        self._ours = str(models.exported(options).resolve())
        self._source = str(bundled_source())
        self._queries = every(read_lines(self._folder / "queries.jsonl"), quick=options.quick)

    def run(self, engine: str, installed: int) -> Row:
        """Measure one engine in a process of its own."""
        task, result = self._task(engine), self._work / "result.json"
        result.unlink(missing_ok=True)
        self._start(engine, task, result)
        found = json.loads(result.read_text(encoding="utf-8"))
        return Row(
            set=self._name,
            engine=engine,
            version=self._version(engine),
            ndcg=self._score(found["ranked"]),
            median=statistics.median(found["seconds"]),
            p95=p95(found["seconds"]),
            pieces_per_second=found["pieces_per_second"],
            memory=found["memory"],
            installed=installed,
        )

    def _task(self, engine: str) -> Path:
        corpus = self._folder / "corpus.jsonl"
        file = self._work / "task.json"
        content = {
            "model": self._ours if engine == OURS else self._source,
            "folder": str(self._work / f"data {engine}"),
            "articles": str(corpus),
            "pieces": list(_cut(read_lines(corpus))),
            "queries": [[one["id"], one["text"]] for one in self._queries],
        }
        file.write_text(json.dumps(content), encoding="utf-8")
        return file

    def _start(self, engine: str, task: Path, result: Path) -> None:
        files = (engine, str(task), str(result))
        script = str(Path(__file__).with_name("child.py"))
        child = (
            (sys.executable, "-m", "benchmarks.peers.child")
            if engine == OURS
            else (str(self._python), script)
        )
        ended = subprocess.run(
            [*child, *files],
            cwd=ROOT if engine == OURS else self._work,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        if ended.returncode:
            raise RuntimeError(ended.stderr.strip())

    def _version(self, engine: str) -> str:
        if engine == OURS:
            return packages.version(Path(sys.executable), OURS)
        return packages.version(self._python, packages.PACKAGES[engine])

    def _score(self, ranked: Mapping[str, Sequence[str]]) -> float:
        run = write_ranked(self._work / "run.jsonl", list(ranked), ranked.values())
        only = self._work / "only.txt"
        only.write_text("".join(f"{key}\n" for key in ranked), encoding="utf-8")
        labels = self._folder / "qrels.tsv"
        return self._scorer.score("retrieval", labels, run, "--only", str(only))["ndcg@10"]


def _cut(documents: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    for one in documents:
        for piece in pieces(one.get("title") or "", document_text(one)):
            yield [str(one["id"]), piece]


def every(queries: Sequence[dict[str, Any]], *, quick: bool) -> Sequence[dict[str, Any]]:
    """Return at most some hundred queries, spread over all."""
    most = _QUICK_QUERIES if quick else _MOST_QUERIES
    return queries[:: max(1, -(-len(queries) // most))]


def _show(file: Path) -> int:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        print(f"Nothing was measured yet: there is no {file}. Run `make peers`.", file=sys.stderr)
        return 1
    print(report(content))
    return 0


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.set,
        row.engine,
        row.version,
        f"{row.ndcg:.3f}",
        f"{row.median * 1000:.1f} ms",
        f"{row.p95 * 1000:.1f} ms",
        f"{row.pieces_per_second:,.0f}",
        f"{row.memory / _MEGABYTE:,.0f} MB",
        f"{row.installed / _MEGABYTE:,.0f} MB",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("benchmarks.peers", description=__doc__)
    names = (OURS, *packages.PACKAGES)
    parser.add_argument("engines", nargs="*", choices=[*names, []], help="engines; all without")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS, metavar="SET")
    parser.add_argument("--json", type=Path, default=JSON, help="where the figures go")
    parser.add_argument("--markdown", action="store_true", help="print the table of the last run")
    parser.add_argument("--quick", action="store_true", help="few queries")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the environment is kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
