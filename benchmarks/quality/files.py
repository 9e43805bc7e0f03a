# SPDX-License-Identifier: Apache-2.0
"""The files of a set: documents, queries, labels, and the run files that are scored."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> Path:
    """Write objects as JSON lines; return the path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return path


def read_table(path: Path) -> list[list[str]]:
    """Return the rows of a file of tab separated columns, without its heads."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file, delimiter="\t") if row][1:]


def write_ranked(path: Path, ids: Sequence[str], ranked: Iterable[Sequence[str]]) -> Path:
    """Write a run of ranked documents; return the path."""
    pairs = zip(ids, ranked, strict=True)
    return write_lines(path, ({"id": key, "ranked": list(keys)} for key, keys in pairs))


def document_text(document: Mapping[str, Any]) -> str:
    """Return what a document says below its title."""
    parts = (document.get("summary"), document.get("text"))
    return "\n".join(part for part in parts if part)
