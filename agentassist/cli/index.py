# SPDX-License-Identifier: Apache-2.0
"""`agentassist index`: show how the search index stands, and build it again."""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    guarded,
    open_database,
    print_json,
    print_table,
    settings,
)
from agentassist.domain.knowledge import SearchMode
from agentassist.errors import Problem

if TYPE_CHECKING:
    from agentassist.services.index_status import IndexStatus
    from agentassist.services.knowledge_index import KnowledgeIndex

app = typer.Typer(help="Show and rebuild the search index.", no_args_is_help=True)


@app.command("status")
@guarded
def status(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show how many articles can be found, by what, and what waits to be encoded."""
    with open_index(data_dir) as (index, reason):
        _report(index.status(), reason, as_json=as_json)


@app.command("rebuild")
@guarded
def rebuild(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Build the index from the database again, and encode what has no vector yet."""
    with open_index(data_dir) as (index, reason):
        index.rebuild()
        index.learn_korean()
        if not reason:
            encode(index, data_dir)
        _report(index.status(), reason, as_json=as_json)


@contextmanager
def open_index(data_dir: Path | None) -> "Iterator[tuple[KnowledgeIndex, str]]":
    """Open the index of this run, with the model where there is one.

    Yields the index, and why only keyword search answers: empty when both halves do.
    """
    from agentassist.cli.model import shelf  # noqa: PLC0415 - as below
    from agentassist.domain.clock import utc_now  # noqa: PLC0415 - as below
    from agentassist.services.knowledge_index import KnowledgeIndex  # noqa: PLC0415 - slow

    with open_database(data_dir) as database:
        folder = settings(data_dir).settings.data_dir / "index"
        index = KnowledgeIndex(database, folder, shelf(data_dir).open_encoder, utc_now)
        try:
            index.open()
            yield index, _without_model(index)
        finally:
            index.close()


def encode(index: "KnowledgeIndex", data_dir: Path | None) -> None:
    """Encode what has no vector, by the model that the settings name."""
    from agentassist.cli.model import shelf  # noqa: PLC0415 - slow
    from agentassist.services.encoding import encode_all  # noqa: PLC0415 - slow

    encode_all(index, shelf(data_dir), show_progress)


def _without_model(index: "KnowledgeIndex") -> str:
    try:
        index.load_model()
    except Problem as problem:
        return str(problem)
    return ""


def show_progress(done: int, total: int) -> None:
    """Show on standard error how far the encoding is, on one line."""
    if total:
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rencoding {done} of {total}{end}")
        sys.stderr.flush()


def _report(found: "IndexStatus", reason: str, *, as_json: bool) -> None:
    # A model without a vector finds nothing by meaning yet.
    mode = found.mode if found.vectors else SearchMode.KEYWORD_ONLY
    if as_json:
        print_json({**asdict(found), "mode": mode, "reason": reason})
        return
    print_table(
        ("what", "value"),
        [
            ("articles", found.articles),
            ("passages", found.passages),
            ("vectors", found.vectors),
            ("texts waiting", _waiting(found)),
            ("search", mode.value),
            ("model", found.model or "none"),
            ("languages of the model", ", ".join(found.languages) or "none"),
            ("known phrases an article", f"{math.exp(found.calibration.density):.1f}"),
            ("closest phrase of another article", f"{found.calibration.rivalry:.2f}"),
            ("folder", found.folder),
        ],
    )
    if reason:
        typer.echo(f"Keywords only: {reason}", err=True)


def _waiting(found: "IndexStatus") -> str:
    """Return how many texts have no vector yet: an article has more of them than passages."""
    if not found.model:
        return "- (no model)"
    return f"{found.waiting} (passages, titles, questions)" if found.waiting else "0"
