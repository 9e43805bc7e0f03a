# SPDX-License-Identifier: Apache-2.0
"""Run the benchmarks, each topic in a process of its own, and print one table."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.children import run_child
from benchmarks.figures import Figure, table
from benchmarks.options import CACHE, Options

_SECONDS = 2 * 3600.0
TOPICS = (
    *("start", "timeline", "briefing", "search", "index_sizes", "ui_gap", "importing"),
    *("open_loops", "duplicates", "policy", "matching", "prompts", "past_decisions"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return 1 when a topic failed, missed budgets or not."""
    chosen = _parser().parse_args(arguments)
    figures: list[Figure] = []
    failed: list[str] = []
    for name in chosen.names or TOPICS:
        try:
            figures += measured(name, Options(chosen.quick, chosen.cache, chosen.large))
        except RuntimeError as error:
            failed.append(f"{name}: {error}")
    print(f"{describe()}\n\n{table(figures)}")
    if failed:
        print("\n".join(failed), file=sys.stderr)
    if chosen.json:
        chosen.json.write_text(_document(figures, failed), encoding="utf-8")
    return int(bool(failed))


def measured(name: str, options: Options) -> list[Figure]:
    """Return the figures of one topic.

    Raises:
        RuntimeError: it failed.
    """
    began = time.perf_counter()
    cache = str(options.cache.resolve())
    given: list[dict[str, Any]] = run_child("topic", name, cache, options.extent, seconds=_SECONDS)
    print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return [Figure.from_json(one) for one in given]


def describe() -> str:
    """Return what the figures were measured on; a high load explains long tails."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, load {load:.1f}, "
        f"Python {platform.python_version()}"
    )


def _document(figures: Sequence[Figure], failed: Sequence[str]) -> str:
    content = {
        "machine": describe(),
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "figures": [one.to_json() for one in figures],
        "failed": list(failed),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*TOPICS, []], help="topics; all without")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--quick", action="store_true", help="small data, few repeats")
    parser.add_argument("--large", action="store_true", help="ten million interactions: 20 GB")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where large data is kept")
    return parser


if __name__ == "__main__":
    sys.exit(main())
