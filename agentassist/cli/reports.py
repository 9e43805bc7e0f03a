# SPDX-License-Identifier: Apache-2.0
"""`agentassist reports`: numbers for leads, with their definitions beside them."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentassist.cli import policy_measures
from agentassist.cli.context import (
    AsJson,
    DataDir,
    day_of,
    guarded,
    open_database,
    print_json,
    print_table,
    settings,
)
from agentassist.domain.clock import utc_now

if TYPE_CHECKING:
    from agentassist.services.contact_numbers import ContactNumbers, ResponseClock, Share

app = typer.Typer(help="Numbers for leads, each with its definition.", no_args_is_help=True)
app.command("policy")(policy_measures.policy)
_HEADS = ("NUMBER", "CHANNEL", "VALUE", "PART", "WHOLE")


@app.callback()
def _reports() -> None:
    """Numbers for leads, each with its definition."""


@app.command("contacts")
@guarded
def contacts(
    since: Annotated[str, typer.Option("--since", help="A day, such as 2026-11-01.")] = "",
    move_days: Annotated[
        int, typer.Option("--move-days", min=1, max=365, help="Another channel within this: moved.")
    ] = 3,
    repeat_days: Annotated[
        int, typer.Option("--repeat-days", min=1, max=365, help="Same topic within this: repeated.")
    ] = 7,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a row for each number.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Linked contacts, ignored and late messages, answer times, escalation, first contact."""
    from agentassist.services.contact_numbers import contact_numbers  # noqa: PLC0415  slow
    from agentassist.services.open_loops import OpenLoops  # noqa: PLC0415
    from agentassist.services.queue_rules import queue_rules  # noqa: PLC0415

    rules = queue_rules(settings(data_dir).settings)
    with open_database(data_dir) as database:
        OpenLoops(database, rules, now=utc_now).refresh()
        numbers = contact_numbers(
            database,
            rules.clock,
            day_of(since),
            utc_now,
            timedelta(days=move_days),
            timedelta(days=repeat_days),
        )
    if as_json:
        print_json(_plain(numbers))
    elif as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(
            [[head.lower() for head in _HEADS], *_rows(numbers, exact=True)]
        )
    else:
        print_table(_HEADS, list(_rows(numbers, exact=False)))
        typer.echo("\nWhat is counted over what:")
        for name, text in numbers.definitions.items():
            typer.echo(f"  {name}: {text}")


def _rows(numbers: "ContactNumbers", *, exact: bool) -> Iterator[tuple[object, ...]]:
    from agentassist.services.contact_numbers import Share, overall  # noqa: PLC0415  slow

    def line(name: str, channel: str, share: Share) -> tuple[object, ...]:
        value = share.value
        shown = "" if value is None else (f"{value:.4f}" if exact else f"{value:.1%}")
        return name, channel, shown, share.part, share.whole

    yield line("linked", "all", overall(numbers.linked.values()))
    for channel, share in numbers.linked.items():
        yield line("linked", channel.value, share)
    for channel, clock in numbers.clocks.items():
        yield line("ignored", channel.value, clock.ignored)
        yield line("late", channel.value, clock.late)
        yield from _times(channel.value, clock, exact=exact)
    for (source, target), share in sorted(numbers.escalation.items()):
        yield line("escalation", f"{source.value} -> {target.value}", share)
    yield line("first contact", "all", overall(numbers.first_contact.values()))
    for channel, share in numbers.first_contact.items():
        yield line("first contact", channel.value, share)
    promised = numbers.promises
    over = promised.early + promised.late + promised.overdue
    yield line("promises in time", "all", Share(promised.early, over))
    yield line("promises late", "all", Share(promised.late, over))
    yield line("promises overdue", "all", Share(promised.overdue, over))


def _times(channel: str, clock: "ResponseClock", *, exact: bool) -> Iterator[tuple[object, ...]]:
    for name, seconds in (("answer time, median", clock.median), ("answer time, p90", clock.p90)):
        if seconds is not None:
            shown = f"{seconds:.0f}" if exact else _span(seconds)
            yield name, channel, shown, "", clock.answered


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{n} {unit}" for n, unit in ((days, "d"), (hours, "h"), (rest, "min")) if n]
    return " ".join(parts) or f"{seconds:.0f} s"


def _plain(numbers: "ContactNumbers") -> dict[str, Any]:
    def shares(found: "dict[Any, Share]") -> list[dict[str, Any]]:
        return [{"channel": key.value, **_share(one)} for key, one in found.items()]

    return {
        "since": numbers.since,
        "linked": shares(numbers.linked),
        "answers": [
            {
                "channel": channel.value,
                "ignored": _share(clock.ignored),
                "late": _share(clock.late),
                "answered": clock.answered,
                "median_seconds": clock.median,
                "p90_seconds": clock.p90,
            }
            for channel, clock in numbers.clocks.items()
        ],
        "escalation": [
            {"from": pair[0].value, "to": pair[1].value, **_share(one)}
            for pair, one in sorted(numbers.escalation.items())
        ],
        "first_contact": shares(numbers.first_contact),
        "promises": asdict(numbers.promises),
        "definitions": numbers.definitions,
    }


def _share(share: "Share") -> dict[str, Any]:
    return {"part": share.part, "whole": share.whole, "value": share.value}
