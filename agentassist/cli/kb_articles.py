# SPDX-License-Identifier: Apache-2.0
"""`agentassist kb import`, `learn`, `list` and `lint`: files in, and what the database has."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    guarded,
    open_database,
    print_json,
    print_table,
)
from agentassist.cli.imports import DryRun, Source, finish, show_progress

Folder = Annotated[Path, typer.Argument(help="A folder with Markdown files.")]


@guarded
def import_path(
    path: Annotated[
        Path,
        typer.Argument(help="A folder with Markdown files, or a .jsonl file of articles."),
    ],
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import the articles of PATH: unchanged ones are passed over, changed ones updated.

    In a .jsonl file a line is an article (id, title, summary, text, questions, labels …), or
    an utterance with its label (text, label): those of one label are one article.
    """
    from agentassist.services.curation import import_articles  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        report = import_articles(database, path, dry_run=dry_run, progress=show_progress)
    finish((report,), as_json=as_json)


@guarded
def learn_from(
    file: Annotated[
        Path, typer.Argument(help="A .jsonl file: id, text, articles (their ids), date.")
    ],
    source: Source = "import",
    dry_run: DryRun = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Learn from solved contacts of an older system which article solved what."""
    from agentassist.services.learning import learn  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        report = learn(database, file, source=source, dry_run=dry_run, progress=show_progress)
    finish((report,), as_json=as_json)


@guarded
def list_articles(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List all articles with state, audience, version and date of the next check."""
    from agentassist.services.curation import all_articles  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        articles = all_articles(database)
    if as_json:
        print_json([asdict(article) for article in articles])
        return
    heads = ("KEY", "LANGUAGE", "STATE", "AUDIENCE", "VERSION", "CHECK BY", "TITLE")
    print_table(
        heads,
        [
            (a.key, a.language, a.state, a.audience, a.version, a.verify_by or "-", a.title)
            for a in articles
        ],
    )


@guarded
def lint_folder(folder: Folder, as_json: AsJson = False) -> None:
    """Check the articles of FOLDER against the rules of a good page. Exit code 1 when found."""
    from agentassist.services.article_lint import lint  # noqa: PLC0415  slow to load

    findings = lint(folder, datetime.now(UTC).date())
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            detail = f" ({finding.detail})" if finding.detail else ""
            typer.echo(f"{finding.place}: {finding.rule}{detail}")
        typer.echo(f"{len(findings)} to mend." if findings else "Every article is in order.")
    if findings:
        raise typer.Exit(1)
