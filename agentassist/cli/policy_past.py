# SPDX-License-Identifier: Apache-2.0
"""`agentassist policy what-if`, `simulate`, `coverage` and `say`: policies looked at."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentassist.cli.context import (
    AsJson,
    DataDir,
    Since,
    day_of,
    guarded,
    print_json,
    print_table,
)
from agentassist.cli.lab_context import Which, opened, progress, the_draft
from agentassist.domain.amounts import written

if TYPE_CHECKING:
    from agentassist.domain.what_if import WhatIf
    from agentassist.services.policy_lab import RuleUse

Language = Annotated[str, typer.Option("--language", help="en or ko.")]

_SHOWN = 10


@guarded
def what_if(
    which: Which, since: Since = "", data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Decide past decisions again under a draft: what would have been different."""
    with opened(data_dir) as (lab, _):
        found = lab.what_if(the_draft(lab, which).id, day_of(since), progress)
    _tell(found, as_json=as_json)


@guarded
def simulate(
    folder: Annotated[Path, typer.Argument(help="Folder of policy files.", show_default=False)],
    since: Since = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Decide past decisions again under the policies of FOLDER. Nothing is stored."""
    with opened(data_dir) as (lab, _):
        found = lab.simulate(folder, day_of(since), progress)
    _tell(found, as_json=as_json)


@guarded
def coverage(since: Since = "", data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Say how often each rule decided, those that never did, and how often against them."""
    with opened(data_dir) as (lab, _):
        rows = lab.coverage(day_of(since), progress=progress)
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        print_table(("Policy", "Kind", "Rule", "Uses", "Overrides"), [_use(row) for row in rows])


def _use(row: "RuleUse") -> tuple[object, ...]:
    return row.policy_id, row.kind, row.rule or "-", row.uses or "never", row.overrides or "-"


@guarded
def say(
    policy: Annotated[str, typer.Argument(help="Id of the policy.", show_default=False)],
    draft: Annotated[str, typer.Option("--draft", help="As a draft has it.")] = "",
    language: Language = "en",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Read a policy back as sentences."""
    with opened(data_dir) as (lab, _):
        draft_id = the_draft(lab, draft).id if draft else None
        lines = lab.spoken(draft_id, policy, language)
    if as_json:
        print_json([asdict(line) for line in lines])
    for line in () if as_json else lines:
        typer.echo("  " * line.depth + line.text)


def _tell(found: "WhatIf", *, as_json: bool) -> None:
    if as_json:
        print_json(_plain(found))
    else:
        _print(found)
    if found.protected_flips:
        raise typer.Exit(1)


def _print(found: "WhatIf") -> None:
    typer.echo(f"{found.decisions:,} decisions, {found.flips:,} would be others.")
    if found.skipped:
        typer.echo(f"{found.skipped:,} were left out: no policy, or facts that cannot be read.")
    typer.echo("")
    print_table(("Before", "After", "Decisions"), list(_matrix(found)))
    for cost in found.costs:
        typer.echo("")
        print_table(
            ("Money", "Before", "After"),
            [
                ("agreed", *(written(x, cost.currency) for x in _agreed(cost))),
                ("offered", *(written(x, cost.currency) for x in _offered(cost))),
            ],
        )
    if found.lost:
        typer.echo("")
        rows = [(x.policy_id, x.offer, x.times) for x in found.lost[:_SHOWN]]
        print_table(("Policy", "Alternative no longer shown", "Times"), rows)
    if found.protected_flips:
        typer.echo(f"\n{found.protected_flips:,} refusals of protected requests would fall:")
        for case in found.protected[:_SHOWN]:
            typer.echo(f"  {case.at:%Y-%m-%d %H:%M}  {case.title}: {', '.join(case.facts)}")


def _agreed(cost: Any) -> tuple[int, int]:
    return cost.agreed_before, cost.agreed_after


def _offered(cost: Any) -> tuple[int, int]:
    return cost.offered_before, cost.offered_after


def _matrix(found: "WhatIf") -> Iterator[tuple[object, ...]]:
    for (before, after), times in sorted(found.matrix.items()):
        yield before.value, after.value, f"{times:,}"


def _plain(found: "WhatIf") -> dict[str, Any]:
    return {
        "decisions": found.decisions,
        "skipped": found.skipped,
        "flips": found.flips,
        "matrix": [
            {"before": before.value, "after": after.value, "decisions": times}
            for (before, after), times in sorted(found.matrix.items())
        ],
        "costs": [asdict(cost) for cost in found.costs],
        "lost": [asdict(lost) for lost in found.lost],
        "protected_flips": found.protected_flips,
        "protected": [asdict(case) for case in found.protected],
        "policies": dict(found.policies),
        "examples": [asdict(case) for cases in found.examples.values() for case in cases],
    }


def register(app: typer.Typer) -> None:
    """Add the commands to `agentassist policy`."""
    app.command("what-if")(what_if)
    for command in (simulate, coverage, say):
        app.command(command.__name__)(command)
