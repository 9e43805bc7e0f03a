# SPDX-License-Identifier: Apache-2.0
"""`agentassist kb search`: what the desk would suggest for a text, or a run over many."""

from pathlib import Path
from typing import Annotated

import typer

from agentassist.cli.context import AsJson, DataDir, fail, guarded, print_json
from agentassist.cli.kb_runs import labelled, ranked, write_run
from agentassist.domain.knowledge import Scope, Suggestion, Suggestions

_MOST_RANKED = 100


@guarded
def search(
    text: Annotated[str, typer.Argument(help="What the customer says.", show_default=False)] = "",
    language: Annotated[
        str, typer.Option("--language", help="Only articles in this language (en, ko).")
    ] = "",
    public: Annotated[bool, typer.Option("--public", help="Leave internal articles out.")] = False,
    queries: Annotated[
        Path | None,
        typer.Option("--queries", help="JSON lines with id and text: search for each."),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option("--run", help="Where the ranked keys of --queries go, as JSON lines."),
    ] = None,
    labels: Annotated[
        bool,
        typer.Option("--labels", help="Write what would be shown first instead, or __none__."),
    ] = False,
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=_MOST_RANKED, help="Articles for each query.")
    ] = 10,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Search the knowledge base: what the desk would show, and why.

    With --queries every query gets its best articles, however unsure, to be scored; with
    --labels too, the one article that the desk would show first, and how sure it is.
    """
    from agentassist.cli.index import encode, open_index  # noqa: PLC0415 - slow to load

    many = queries is not None
    if many == bool(text) or many != (run is not None) or (labels and not many):
        fail("Give a text, or --queries and --run together.")
    scope = Scope(language=language, include_internal=not public)
    with open_index(data_dir) as (index, reason):
        if reason:
            typer.echo(f"Keywords only: {reason}", err=True)
        else:
            encode(index, data_dir)
        if queries is not None and run is not None:
            index.learn_korean()
            answer = labelled(index, scope) if labels else ranked(index, scope, limit)
            write_run(answer, queries, run)
        else:
            _show(index.search(text, scope), reason, as_json=as_json)


def _show(found: Suggestions, reason: str, *, as_json: bool) -> None:
    if as_json:
        cards = [_facts(card) for card in found.cards]
        print_json({"query": found.query, "mode": found.mode, "reason": reason, "cards": cards})
        return
    if not found.cards:
        typer.echo("Nothing in the knowledge base fits well enough.")
    for card in found.cards:
        typer.echo(f"[{card.strength.value}] {card.article.title} ({card.article.key})")
        typer.echo(f"    {_why(card)}")
        typer.echo("    " + " ".join(card.passage.text.split())[:240] + "\n")


def _why(card: Suggestion) -> str:
    why = f'asked as "{card.question}"' if card.question else ", ".join(card.words)
    solved = f"solved {card.solved} like it, last on {card.solved_on}" if card.solved else ""
    return "; ".join(filter(None, (why, solved))) or "close in meaning"


def _facts(card: Suggestion) -> dict[str, object]:
    return {
        "article": card.article.key,
        "title": card.article.title,
        "strength": card.strength.value,
        "score": round(card.score, 4),
        "heading": card.passage.heading,
        "passage": card.passage.text,
        "short_answer": card.article.short_answer,
        "words": card.words,
        "question": card.question,
        "semantic": card.semantic,
        "solved": card.solved,
        "solved_on": card.solved_on,
    }
