# SPDX-License-Identifier: Apache-2.0
"""`agentassist policy replay` and `policy overrides`: what was decided, and who signed it."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    Since,
    day_of,
    guarded,
    open_database,
    print_json,
    print_table,
)

if TYPE_CHECKING:
    from agentassist.domain.override import Override
    from agentassist.services.replay import Replayed

_SHOWN = 50
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@guarded
def replay(since: Since = "", data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Decide again what was decided: the same bytes, or it says which. Exit code 1 then."""
    from agentassist.services.replay import replay as decide_again  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        found = decide_again(database, day_of(since), _progress)
    if as_json:
        print_json({**asdict(found), "same": found.same})
    else:
        _print_replayed(found)
    if found.different:
        raise typer.Exit(1)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{done:,} of {of:,}", err=True, nl=False)


def _print_replayed(found: "Replayed") -> None:
    typer.echo(f"{found.same:,} of {found.total:,} decisions came out byte for byte.")
    if found.unrecorded:
        typer.echo(f"{found.unrecorded:,} were stored without what they came from.")
    if found.different:
        typer.echo(f"{len(found.different):,} did not:\n")
        rows = [
            (x.decision_id, f"{x.at:%Y-%m-%d}", x.policy_id, x.stored, x.computed, x.fault.value)
            for x in found.different[:_SHOWN]
        ]
        print_table(("Decision", "Day", "Policy", "Was", "Is", "Why"), rows)


@guarded
def overrides(since: Since = "", data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List what was signed: who answers for it, up to how much, and why."""
    from agentassist.storage.overrides import Overrides  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database, database.reading() as connection:
        found = list(Overrides(connection).since(day_of(since) or _BEGINNING))
    if as_json:
        print_json([asdict(one) for one in found])
    elif not found:
        typer.echo("Nothing was signed.")
    else:
        heads = ("Day", "Policy", "Verdict", "Kind", "Agent", "Signed by", "Amount", "Reason")
        print_table(heads, [_row(one) for one in found])


def _row(one: "Override") -> tuple[object, ...]:
    from agentassist.domain.money import Money  # noqa: PLC0415  as above

    amount = Money(one.amount, one.currency) if one.amount else "-"
    who = one.actor or "-", one.signer or "-"
    return f"{one.at:%Y-%m-%d}", one.policy_id, one.verdict, one.kind, *who, amount, one.reason
