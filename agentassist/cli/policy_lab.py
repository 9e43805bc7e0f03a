# SPDX-License-Identifier: Apache-2.0
"""`agentassist policy draft` to `rollback`: the life of a change of policies."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentassist.cli.context import AsJson, DataDir, guarded, print_json, print_table
from agentassist.cli.lab_context import (
    By,
    Note,
    Which,
    opened,
    progress,
    short,
    signed_in,
    the_draft,
)
from agentassist.errors import UserError

if TYPE_CHECKING:
    from agentassist.domain.policy_draft import Draft
    from agentassist.services.policy_lab import PolicyLab, Standing

Title = Annotated[str, typer.Option("--title", help="What the draft changes, in a few words.")]


@guarded
def draft(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Policy files that the draft puts in place.", show_default=False),
    ] = None,
    title: Title = "",
    by: By = "",
    all_drafts: Annotated[bool, typer.Option("--all", help="List closed drafts too.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a draft of FILES over the policies in force; without FILES, list drafts."""
    with opened(data_dir) as (lab, database):
        if files:
            person = signed_in(database, by)
            made = lab.begin(title or f"From {files[0].name}", person)
            for file in files:
                made = lab.save_file(
                    made.id,
                    lab.place_of(_text(file), file.name),
                    _text(file),
                    made.revision,
                    person,
                )
            _tell(lab, made, as_json=as_json)
        else:
            _list(lab.drafts(closed=all_drafts), as_json=as_json)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "{file} cannot be read as a text: {reason}.", file=file, reason=error
        ) from error


@guarded
def import_folder(
    folder: Annotated[Path, typer.Argument(help="Folder of policy files.", show_default=False)],
    title: Title = "",
    by: By = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a draft of what FOLDER has otherwise than the policies in force."""
    with opened(data_dir) as (lab, database):
        person = signed_in(database, by)
        made = lab.import_folder(folder, title or f"From {folder.resolve().name}", person)
        _tell(lab, made, as_json=as_json)


@guarded
def submit(which: Which, note: Note = "", by: By = "", data_dir: DataDir = None) -> None:
    """Send a draft for review."""
    with opened(data_dir) as (lab, database):
        found, person = the_draft(lab, which), signed_in(database, by)
        lab.submit(found.id, found.revision, person, note)
        typer.echo(f"{found.title} waits for review.")


@guarded
def review(
    which: Which,
    approve: Annotated[
        bool, typer.Option("--approve/--send-back", help="What you say to it.", show_default=False)
    ],
    note: Note = "",
    by: By = "",
    data_dir: DataDir = None,
) -> None:
    """Approve a draft of somebody else, or send it back with a note."""
    from agentassist.domain.policy_draft import Outcome  # noqa: PLC0415  keeps `--help` quick

    with opened(data_dir) as (lab, database):
        found, person = the_draft(lab, which), signed_in(database, by)
        outcome = Outcome.APPROVED if approve else Outcome.SENT_BACK
        lab.review(found.id, found.revision, outcome, note, person)
        typer.echo(f"{found.title}: {outcome.value}.")


@guarded
def activate(which: Which, by: By = "", data_dir: DataDir = None) -> None:
    """Put a draft in force. Desks that run take it over with their next contact."""
    with opened(data_dir) as (lab, database):
        found, person = the_draft(lab, which), signed_in(database, by)
        lab.activate(found.id, found.revision, person, progress)
        typer.echo(f"{found.title} is in force (bundle {lab.history(1)[0].digest[:12]}).")


@guarded
def discard(
    which: Which,
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
    by: By = "",
    data_dir: DataDir = None,
) -> None:
    """Put a draft away, or bring it back with --undo."""
    with opened(data_dir) as (lab, database):
        found, person = the_draft(lab, which), signed_in(database, by)
        move = lab.restore if undo else lab.discard
        typer.echo(f"{found.title} is {move(found.id, person).state.value} now.")


@guarded
def rollback(
    bundle: Annotated[
        str, typer.Argument(help="The bundle, as `policy history` shows it.", show_default=False)
    ],
    by: By = "",
    second: Annotated[
        str, typer.Option("--second", help="Login of the second person, where one is needed.")
    ] = "",
    data_dir: DataDir = None,
) -> None:
    """Put policies in force again that were in force before."""
    with opened(data_dir) as (lab, database):
        digests = {row.digest for row in lab.history(1_000) if row.digest.startswith(bundle)}
        if len(digests) != 1:
            raise UserError(
                "{number} bundles begin with {text}.", number=len(digests), text=bundle[:64]
            )
        person = signed_in(database, by)
        other = signed_in(database, second) if second else None
        row = lab.rollback(digests.pop(), person, other)
        typer.echo(f"Bundle {row.digest[:12]} is in force again.")


@guarded
def history(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what was put in force, when and by whom."""
    with opened(data_dir) as (lab, _):
        rows = lab.history()
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    heads = ("Bundle", "Since", "By", "From", "Draft", "")
    print_table(
        heads,
        [
            (
                row.digest[:12],
                f"{row.at:%Y-%m-%d %H:%M}",
                row.actor or "-",
                row.source,
                row.title or "-",
                "in force" if row.in_force else "",
            )
            for row in rows
        ],
    )


def _list(drafts: "Sequence[Draft]", *, as_json: bool) -> None:
    if as_json:
        print_json([_plain(each) for each in drafts])
    elif not drafts:
        typer.echo("There are no drafts. Make one with `agentassist policy draft FILE --by LOGIN`.")
    else:
        rows = [
            (short(x), x.title, x.state.value, x.author, x.revision, len(x.files)) for x in drafts
        ]
        print_table(("Id", "Title", "State", "Author", "Revision", "Files"), rows)


def _plain(each: "Draft") -> dict[str, Any]:
    return asdict(each) | {"state": each.state.value, "files": sorted(each.files)}


def _tell(lab: "PolicyLab", made: "Draft", *, as_json: bool) -> None:
    """Say what a new draft changes, and what it takes to put it in force."""
    standing = lab.standing(made.id)
    if as_json:
        print_json(_standing(standing))
        return
    typer.echo(f"Draft {short(made)}: {made.title}")
    if standing.changes:
        rows = [(x.kind.value, x.policy_id or "-", x.what, x.id) for x in standing.changes]
        print_table(("Change", "Policy", "What", "Which"), rows)
    for fault in standing.faults:
        typer.echo(f"{fault.file}:{fault.line} {fault.rule}: {fault}")
    for why in standing.two:
        typer.echo(f"Two people: {why}")


def _standing(standing: "Standing") -> dict[str, Any]:
    return {
        "draft": _plain(standing.draft),
        "ready": standing.ready,
        "changes": [asdict(change) for change in standing.changes],
        "two_people": [str(why) for why in standing.two],
        "faults": [{**asdict(fault), "sentence": str(fault)} for fault in standing.faults],
        "conflicts": standing.conflicts,
    }


def register(app: typer.Typer) -> None:
    """Add the commands to `agentassist policy`."""
    for command in (draft, submit, review, activate, discard, rollback, history):
        app.command(command.__name__)(command)
    app.command("import")(import_folder)
