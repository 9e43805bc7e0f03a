# SPDX-License-Identifier: Apache-2.0
"""The environment of the peers: what is installed there, and how large each of them is."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TORCH = "torch==2.13.0"
PACKAGES = {
    "txtai": "txtai",
    "txtai, hybrid": "txtai",
    "chromadb": "chromadb",
    "lancedb, hybrid": "lancedb",
    "haystack, hybrid": "haystack-ai",
    "llama-index": "llama-index-embeddings-huggingface",
    "qdrant-client, local": "qdrant-client",
    "bm25s": "bm25s",
    "tantivy": "tantivy",
    "whoosh-reloaded": "whoosh-reloaded",
}
WITH_MODEL = frozenset(PACKAGES) - {"bm25s", "tantivy", "whoosh-reloaded"}
_BESIDE = ("PyStemmer", "sentence-transformers")
_READY = ".peers-ready"
_EXPORTERS = ("sentence-transformers", "torch", "onnx", "onnxscript")

NOT_MEASURED = {
    "marqo": "its package is a client: the engine is a server in a container",
    "meilisearch": "its package is a client: the engine is a server",
    "fastembed": "fetches its own copy of the model; qdrant-client is measured with ours",
}

# Sums the files of packages and of all that they require, in the environment it runs in.
_SIZES = """
import json, re, sys
from importlib import metadata
from pathlib import Path

def closure(names, seen, without):
    for name in names:
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen or key in without:
            continue
        try:
            seen[key] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        wanted = [one for one in seen[key].requires or () if "extra ==" not in one]
        closure([re.match(r"[\\w.-]+", one)[0] for one in wanted], seen, without)
    return seen

def size(names):
    found = closure(names, {}, json.loads(sys.argv[2])).values()
    files = {str(one.locate()) for each in found for one in each.files or ()}
    return sum(Path(file).stat().st_size for file in files if Path(file).is_file())

print(json.dumps([size(names) for names in json.loads(sys.argv[1])]))
"""


def prepared(folder: Path) -> Path:
    """Return the Python of the environment, made when it is not there.

    Raises:
        RuntimeError: pip failed; the message ends with what it said.
    """
    python = folder / "bin" / "python"
    if not (folder / _READY).is_file():
        _call(sys.executable, "-m", "venv", str(folder))
        for names in ([TORCH], sorted({*PACKAGES.values(), *_BESIDE})):
            _call(str(python), "-m", "pip", "install", "--quiet", *names)
        (folder / _READY).touch()
    return python


def sizes(python: Path) -> dict[str, int]:
    """Return the bytes of each peer with all that it requires; ours under its own name."""
    more = {name: ["sentence-transformers"] for name in WITH_MODEL}
    wanted = [[package, *more.get(name, ())] for name, package in PACKAGES.items()]
    found = dict(zip(PACKAGES, _sizes(python, wanted), strict=True))
    return found | {"agentassist": _sizes(Path(sys.executable), [["agentassist"]])[0]}


def ours_at_run_time() -> int:
    """Return the bytes of ours without what only exports models."""
    return _sizes(Path(sys.executable), [["agentassist"]], _EXPORTERS)[0]


def version(python: Path, package: str) -> str:
    """Return the version that is installed."""
    ask = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
    return _call(str(python), "-c", ask, package).strip()


def _sizes(python: Path, wanted: list[list[str]], without: Sequence[str] = ()) -> list[int]:
    given = (json.dumps(wanted), json.dumps(without))
    found: list[int] = json.loads(_call(str(python), "-c", _SIZES, *given))
    return found


def _call(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{' '.join(command[:4])}: {ended.stderr[-2000:]}")
    return ended.stdout
