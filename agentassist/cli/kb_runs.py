# SPDX-License-Identifier: Apache-2.0
"""Many queries from a file, and the answers into another, for a program that scores them."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agentassist.cli.context import fail
from agentassist.domain.knowledge import Scope
from agentassist.errors import BadInput, Place

if TYPE_CHECKING:
    from agentassist.services.knowledge_index import KnowledgeIndex

Answer = Callable[[str], Mapping[str, object]]

NONE = "__none__"
"""The label of a query for which nothing would be shown."""


def ranked(index: "KnowledgeIndex", scope: Scope, limit: int) -> Answer:
    """Return what ranks the keys of the best articles for a text, however unsure."""
    keys = index.keys()

    def answer(text: str) -> Mapping[str, object]:
        best = index.rank(text, scope, limit)
        return {"ranked": [keys[one.article_id] for one in best if one.article_id in keys]}

    return answer


def labelled(index: "KnowledgeIndex", scope: Scope) -> Answer:
    """Return what names the article that would be shown first, and how sure the best one is."""
    keys = index.keys()

    def answer(text: str) -> Mapping[str, object]:
        best, shown = index.judged(text, scope)
        label = keys.get(shown[0].article_id, NONE) if shown else NONE
        return {"label": label, "confidence": round(best[0].likely, 6) if best else 0.0}

    return answer


def write_run(answer: Answer, queries: Path, run: Path) -> None:
    """Answer every query of a file of JSON lines with id and text.

    Raises:
        BadInput: a line is no query.
    """
    try:
        with run.open("w", encoding="utf-8") as file:
            for key, text in _read(queries):
                line = {"id": key, **answer(text)}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as fault:
        fail(f"{run}: {fault.strerror}. Choose another place.")


def _read(queries: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = queries.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        raise BadInput(Place(str(queries)), "The file cannot be read as UTF-8 text.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _query(line, Place(str(queries), number))


def _query(line: str, place: Place) -> tuple[str, str]:
    try:
        raw: Any = json.loads(line)
        return str(raw["id"]), str(raw["text"])
    except (ValueError, KeyError, TypeError):
        raise BadInput(place, "Each line must be a JSON object with id and text.") from None
