# SPDX-License-Identifier: Apache-2.0
"""Measure one engine in this process: `child.py ENGINE TASK RESULT`, all but the first files.

TASK is JSON with `model`, `folder`, `pieces` ([document, text] each) and `queries` ([id,
text] each); RESULT gets the ranked documents and what it cost.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

_DOCUMENTS = 20
_WARM_UP = 3


def main(name: str, task: Path, result: Path) -> None:
    """Build, ask each query alone, and write what came of it."""
    given = json.loads(task.read_text(encoding="utf-8"))
    began = time.perf_counter()
    engine = _made(name, given)
    loaded = time.perf_counter()
    engine.build([text for _, text in given["pieces"]])
    built = time.perf_counter()
    ranked, seconds = _asked(engine, given)
    pieces = getattr(engine, "passages", len(given["pieces"]))
    figures = {
        "ranked": ranked,
        "seconds": seconds,
        "load_seconds": loaded - began,
        "pieces_per_second": pieces / (built - loaded),
        "memory": resident(),
    }
    result.write_text(json.dumps(figures), encoding="utf-8")


def resident() -> int:
    """Return the memory of this process in bytes; its peak where the system does not say."""
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _made(name: str, given: dict[str, Any]) -> Any:
    folder = Path(given["folder"])
    if name == "agentassist":
        from benchmarks.peers.ours import Ours  # noqa: PLC0415  not in the environment of the peers

        return Ours(given["model"], folder, given["articles"])
    from engines import ENGINES  # noqa: PLC0415  started as a script, beside this file

    return ENGINES[name](given["model"], folder)


def _asked(engine: Any, given: dict[str, Any]) -> tuple[dict[str, list[str]], list[float]]:
    owners = [document for document, _ in given["pieces"]]
    for _, text in given["queries"][:_WARM_UP]:
        engine.answers(text)
    ranked, seconds = {}, []
    for key, text in given["queries"]:
        began = time.perf_counter()
        found = list(engine.answers(text))
        seconds.append(time.perf_counter() - began)
        ranked[key] = _documents(found, owners)
    return ranked, seconds


def _documents(found: Iterable[Any], owners: Sequence[str]) -> list[str]:
    """Return the documents of ranked pieces, each once; ours names documents itself."""
    documents = (owners[one] if isinstance(one, int) else str(one) for one in found)
    return list(dict.fromkeys(documents))[:_DOCUMENTS]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
