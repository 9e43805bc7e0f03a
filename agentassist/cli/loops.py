# SPDX-License-Identifier: Apache-2.0
"""`agentassist loops`: what is unanswered, promised or not confirmed, on every channel."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from agentassist.domain.age_clock import Age
from agentassist.domain.clock import utc_now
from agentassist.domain.history import Channel
from agentassist.domain.loop import LoopKind
from agentassist.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime

    from agentassist.domain.queue import QueueItem
    from agentassist.services.handover import ShiftHandover
    from agentassist.services.open_loops import OpenLoops

app = typer.Typer(help="See and work off what is open.", no_args_is_help=True)

_WIDEST = 60
_KEY = 12
Key = Annotated[str, typer.Argument(help="The id that `list` prints, or the end of it.")]


@app.command("list")
@guarded
def list_open(
    channel: Annotated[str, typer.Option("--channel", help="call, email, chat, sms, social.")] = "",
    late: Annotated[bool, typer.Option("--late", help="Only what is over its time.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only what this agent has.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many at most.")] = 100,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """List what is open, the most urgent first, after reading what is new."""
    now = utc_now()
    with _loops(data_dir) as (loops, agent):
        loops.refresh(_progress)
        items = [item for item in loops.queue() if not mine or item.owner == agent]
    wanted = _channel(channel)
    shown = [
        item
        for item in items
        if (not wanted or (item.channel is wanted and item.kind is not LoopKind.PROMISE))
        and (not late or item.age(now) is Age.LATE)
    ][:limit]
    if as_json:
        print_json([asdict(item) | {"age": item.age(now).value} for item in shown])
    elif shown:
        heads = ("ID", "AGE", "DUE", "CHANNEL", "KIND", "CUSTOMER", "OWNER", "ABOUT")
        print_table(heads, [_row(item, now) for item in shown])
    else:
        typer.echo("Nothing is open.")


@app.command("refresh")
@guarded
def refresh(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read everything again, not only what is new.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Read what has come in; the first time, and with --rebuild, the whole history."""
    with _loops(data_dir) as (loops, _):
        changed = loops.rebuild(_progress) if rebuild else loops.refresh(_progress)
    typer.echo(f"{changed:,} loops opened, closed or changed.")


@app.command("done")
@guarded
def done(
    key: Key,
    why: Annotated[
        str, typer.Option("--why", help='The reason; "customer confirmed" closes a complaint.')
    ],
    data_dir: DataDir = None,
) -> None:
    """Settle a line by hand; the reason is kept."""
    if not why.strip():
        raise UserError("Say why it is done with --why.")
    with _loops(data_dir) as (loops, _):
        item = loops.find(key)
        loops.done(item, why.strip())
    typer.echo(f"Done: {item.name or item.subject}")


@app.command("take")
@guarded
def take(
    key: Key,
    agent: Annotated[str, typer.Option("--agent", help="Who has it; by default you.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Give a line to an agent."""
    with _loops(data_dir) as (loops, me):
        owner = agent.strip() or me
        if not owner:
            raise UserError("Say who takes it with --agent, or set your name: agent = NAME.")
        item = loops.find(key)
        loops.assign(item, owner)
    typer.echo(f"{owner}: {item.name or item.subject}")


@app.command("handover")
@guarded
def handover(
    note: Annotated[str, typer.Option("--note", help="What the next one should know.")] = "",
    to_agent: Annotated[str, typer.Option("--to", help="To whom; empty: whoever is next.")] = "",
    accept: Annotated[bool, typer.Option("--take", help="Take what was left for you.")] = False,
    show: Annotated[bool, typer.Option("--list", help="Only show what was left for you.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Leave everything that is yours to the next shift, or take what was left for you."""
    from agentassist.services.handover import ShiftHandover  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        agent = settings(data_dir).settings.agent
        shift = ShiftHandover(database, agent, utc_now)
        if accept or show:
            _left(shift, accept=accept)
            return
        with _loops(data_dir) as (loops, _):
            mine = [item for item in loops.queue() if agent and item.owner == agent]
        left = shift.leave([key for item in mine for key in item.keys], note, to_agent)
    typer.echo(f"Left to {left.to_agent or 'whoever comes next'}: {len(mine)} lines.")


@app.command("continue")
@guarded
def go_on(
    key: Key,
    by: Annotated[str, typer.Option("--by", help="The channel: call, email, chat, sms, social.")],
    store: Annotated[bool, typer.Option("--store", help="Put it on the timeline.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Print the summary that goes along when a contact goes on on another channel."""
    from agentassist.services.continuation import Continuation, as_text  # noqa: PLC0415

    channel = _channel(by)
    if channel is None:
        raise UserError("Name the channel with --by: call, email, chat, sms or social.")
    with _loops(data_dir) as (loops, agent), open_database(data_dir) as database:
        moving = Continuation(database, agent, utc_now)
        summary = moving.of_item(loops.find(key), channel)
        if store:
            moving.store(summary, as_text(summary))
    if as_json:
        print_json(asdict(summary))
    else:
        typer.echo(as_text(summary))


def _left(shift: "ShiftHandover", *, accept: bool) -> None:
    waiting = shift.waiting()
    if not waiting:
        fail("Nothing was left for you.")
    for one in waiting:
        who = one.from_agent or "a colleague"
        typer.echo(f"Left by {who}, {one.at:%Y-%m-%d %H:%M} UTC: {one.note} ({len(one.items)})")
        if accept:
            shift.take(one.id)
            typer.echo("Taken over.")


@contextmanager
def _loops(data_dir: Path | None) -> "Iterator[tuple[OpenLoops, str]]":
    from agentassist.services.open_loops import OpenLoops  # noqa: PLC0415  slow to load
    from agentassist.services.queue_rules import queue_rules  # noqa: PLC0415

    chosen = settings(data_dir).settings
    with open_database(data_dir) as database:
        yield OpenLoops(database, queue_rules(chosen), chosen.agent, utc_now), chosen.agent


def _progress(done: int, total: int) -> None:
    if total and sys.stderr.isatty():
        typer.echo(f"\rReading {done:,} of {total:,} customers", err=True, nl=done >= total)


def _channel(name: str) -> Channel | None:
    known = ", ".join(channel.value for channel in Channel)
    if not name:
        return None
    if name not in set(Channel):
        raise UserError("There is no channel {name}: use one of {known}.", name=name, known=known)
    return Channel(name)


def _row(item: "QueueItem", now: "datetime") -> tuple[Any, ...]:
    kind = "complaint" if item.complaint else item.kind.value
    promise = item.kind is LoopKind.PROMISE
    return (
        item.id.hex[-_KEY:],
        item.age(now).value,
        f"{item.due_at:%Y-%m-%d %H:%M}",
        "-" if promise else item.channel.value + ("!" if item.public else ""),
        kind,
        item.name or "-",
        item.owner or "-",
        " ".join(item.subject.split())[:_WIDEST],
    )
