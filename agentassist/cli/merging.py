# SPDX-License-Identifier: Apache-2.0
"""`agentassist customers merge, merges, split, move`: two records of one person."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    fail,
    guarded,
    open_database,
    print_json,
    print_table,
    settings,
)
from agentassist.domain.clock import utc_now
from agentassist.errors import UserError

if TYPE_CHECKING:
    from agentassist.domain.merge import Holdings, MergePreview, Move
    from agentassist.services.merging import MergeRecord
    from agentassist.storage.database import Database

Service = TypeVar("Service")

Reason = Annotated[str, typer.Option("--reason", help="Why, for the audit.")]
_NOBODY = "nobody"


def add_to(app: typer.Typer) -> None:
    """Put these commands beside the others of `customers`."""
    app.command("merge")(merge)
    app.command("merges")(merges)
    app.command("split")(split)
    app.command("move")(move)


@guarded
def merge(
    kept: Annotated[UUID, typer.Argument(help="A: the record that stays in front.")],
    absorbed: Annotated[UUID, typer.Argument(help="B: the record whose history joins it.")],
    take: Annotated[
        list[str] | None,
        typer.Option("--take", help="Whose value is shown: FIELD=A or FIELD=B; may be repeated."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what it would do.")] = False,
    reason: Reason = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Merge two customers: nothing is lost, and `split` undoes it at any time."""
    from agentassist.services.merging import Merging  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        service = _made(Merging, database, data_dir)
        wanted = _taken(service.preview(kept, absorbed), take or [])
        preview = service.preview(kept, absorbed, wanted)
        done = None if dry_run else service.merge(kept, absorbed, wanted, reason)
    if as_json:
        print_json(_plain(preview) | {"merge_id": done.id if done else None})
        return
    _print_preview(preview)
    typer.echo(f"Merged. Undo: agentassist customers split {done.id}" if done else "Nothing done.")


@guarded
def merges(
    customer_id: Annotated[UUID, typer.Argument(help="The id that `find` prints.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List the merges of a customer and what was moved from and to it, the newest first."""
    from agentassist.services.merging import Merging  # noqa: PLC0415  slow to load
    from agentassist.services.moving import Moving  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        merged = _made(Merging, database, data_dir).of(customer_id)
        moved = _made(Moving, database, data_dir).of(customer_id)
    rows = [_merge_row(record) for record in merged] + [_move_row(item) for item in moved]
    rows.sort(key=lambda row: str(row["at"]), reverse=True)
    if as_json:
        print_json(rows)
    elif rows:
        heads = ("id", "kind", "at", "by", "what", "reason", "undone")
        print_table([head.upper() for head in heads], [[row[key] for key in heads] for row in rows])
    else:
        fail("Nothing was merged with this customer or moved.")


@guarded
def split(
    key: Annotated[UUID, typer.Argument(help="The id of a merge or a move, as `merges` prints.")],
    data_dir: DataDir = None,
) -> None:
    """Undo a merge or a move, whenever it was made."""
    from agentassist.services.merging import Merging  # noqa: PLC0415  slow to load
    from agentassist.services.moving import Moving  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        service = _made(Merging, database, data_dir)
        if service.known(key):
            service.split(key)
        else:
            _made(Moving, database, data_dir).undo(key)
    typer.echo("Undone.")


@guarded
def move(
    key: Annotated[UUID, typer.Argument(help="A conversation, or an interaction of one.")],
    customer: Annotated[str, typer.Argument(help="The id of the customer, or `nobody`.")],
    alone: Annotated[
        bool, typer.Option("--alone", help="Only this interaction, not its conversation.")
    ] = False,
    reason: Reason = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Give a conversation to another customer, with all that belongs to it."""
    from agentassist.services.moving import Moving  # noqa: PLC0415  slow to load

    to = None if customer == _NOBODY else _uuid(customer)
    with open_database(data_dir) as database:
        done = _made(Moving, database, data_dir).move(key, to, reason, alone=alone)
    if as_json:
        plain = {"interactions": done.interactions, "stayed": done.stayed}
        print_json({"move_id": done.move.id} | plain)
        return
    typer.echo(f"Moved {done.interactions}. Undo: agentassist customers split {done.move.id}")
    if done.stayed:
        typer.echo(f"{done.stayed} promises or preferences stayed: they need somebody.")


def _made(
    service: "Callable[[Database, str, Any], Service]", database: "Database", data_dir: Path | None
) -> Service:
    return service(database, settings(data_dir).settings.agent or getpass.getuser(), utc_now)


def _taken(preview: "MergePreview", choices: list[str]) -> set[str]:
    """Return the fields to take from B: those that A leaves empty, changed by the choices."""
    wanted = {pair.name for pair in preview.pairs if pair.take_absorbed}
    known = [pair.name for pair in preview.pairs]
    for choice in choices:
        name, _, side = choice.partition("=")
        if name not in known or side.upper() not in {"A", "B"}:
            raise UserError(
                "--take {choice}: write FIELD=A or FIELD=B with one of {known}.",
                choice=choice,
                known=", ".join(known),
            )
        (wanted.add if side.upper() == "B" else wanted.discard)(name)
    return wanted


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UserError("Give the id of a customer, or the word nobody.") from None


def _print_preview(preview: "MergePreview") -> None:
    from agentassist.services.duplicate_listing import sentence  # noqa: PLC0415  slow to load

    rows = [
        (pair.name, pair.kept, pair.absorbed, pair.result) for pair in preview.pairs if pair.differs
    ]
    print_table(("FIELD", "A", "B", "SHOWN"), rows)
    typer.echo(f"Moves: {_counted(preview.moves)}")
    typer.echo(f"Is there: {_counted(preview.stays)}")
    if told := sentence(preview.comparison):
        typer.echo(f"Evidence: {told}")
    if preview.apart:
        typer.echo("Somebody found these to be two people.")


def _counted(holds: "Holdings") -> str:
    parts = [f"{count} {channel}" for channel, count in holds.interactions.items()]
    parts += [f"{count} {name.replace('_', ' ')}" for name, count in _rest(holds).items() if count]
    return ", ".join(parts) or "nothing"


def _rest(holds: "Holdings") -> dict[str, int]:
    names = ("purchases", "promises", "contact_points", "preferences", "payment_methods")
    return {name: getattr(holds, name) for name in (*names, "pins", "loops")}


def _plain(preview: "MergePreview") -> dict[str, Any]:
    from agentassist.services.merge_writer import evidence  # noqa: PLC0415  slow to load

    return {
        "kept": preview.kept.id,
        "absorbed": preview.absorbed.id,
        "fields": {
            pair.name: {"a": pair.kept, "b": pair.absorbed, "shown": pair.result}
            for pair in preview.pairs
        },
        "moves": dict(preview.moves.interactions) | _rest(preview.moves),
        "stays": dict(preview.stays.interactions) | _rest(preview.stays),
        "evidence": dict(evidence(preview.comparison)),
        "needs_reason": preview.needs_reason,
    }


def _merge_row(record: "MergeRecord") -> dict[str, object]:
    given = record.merge
    what = f"{record.absorbed or given.customer_id} into {record.kept or given.survivor_id}"
    return {
        "id": given.id,
        "kind": "merge",
        "at": f"{given.merged_at:%Y-%m-%d %H:%M}",
        "by": given.actor,
        "what": what,
        "reason": given.reason,
        "undone": given.undone_by,
    }


def _move_row(given: "Move") -> dict[str, object]:
    return {
        "id": given.id,
        "kind": "move",
        "at": f"{given.moved_at:%Y-%m-%d %H:%M}",
        "by": given.actor,
        "what": f"to {given.to_customer_id or _NOBODY}",
        "reason": given.reason,
        "undone": given.undone_by,
    }
