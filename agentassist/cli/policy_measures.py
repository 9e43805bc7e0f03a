# SPDX-License-Identifier: Apache-2.0
"""`agentassist reports policy`: whether the house says yes, in numbers."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

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
    from agentassist.services.measures import PolicyMeasures, Share


@guarded
def policy(since: Since = "", data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Declines with an alternative, acceptance, overrides, protected refusals, promises."""
    from agentassist.services.measures import measures  # noqa: PLC0415  slow

    with open_database(data_dir) as database:
        found = measures(database, day_of(since))
    if as_json:
        print_json(_plain(found))
        return
    print_table(("MEASURE", "VALUE", "PART", "WHOLE"), list(_rows(found)))
    _print_lists(found)
    typer.echo("\nWhat is counted over what:")
    for name, text in found.definitions.items():
        typer.echo(f"  {name}: {text}")


def _rows(found: "PolicyMeasures") -> Iterator[tuple[object, ...]]:
    yield _line("declines with an alternative", found.declined)
    yield "declines without one", "", found.bare, ""
    for kind, number in found.verdicts.items():
        yield f"verdicts: {kind.value}", "", number, ""
    yield "protected refusals", "", sum(x.times for x in found.refusals), ""
    yield "overrides", "", sum(x.times for x in found.overrides), ""
    yield "follow-ups", "", found.follow_ups, ""
    yield _line("promises kept in time", found.promises_kept)
    yield "promises kept late", "", found.promises.late, ""
    yield "promises over their time", "", found.promises.overdue, ""
    yield "promises still open", "", found.promises.open, ""


def _line(name: str, share: "Share") -> tuple[object, ...]:
    value = share.value
    return name, "" if value is None else f"{value:.1%}", share.part, share.whole


def _print_lists(found: "PolicyMeasures") -> None:
    from agentassist.services.measures import acceptance  # noqa: PLC0415  slow

    if found.alternatives:
        typer.echo("")
        heads = ("ALTERNATIVE", "POLICY", "ACCEPTED", "TAKEN", "ANSWERED")
        rows = [(x.offer or x.offer_id, x.policy_id, acceptance(x)) for x in found.alternatives]
        print_table(heads, [(a, b, *_line("", share)[1:]) for a, b, share in rows])
    if found.refusals:
        typer.echo("")
        refusals = [(x.title, x.policy_id, x.times) for x in found.refusals]
        print_table(("REFUSED", "POLICY", "TIMES"), refusals)
    if found.overrides:
        typer.echo("")
        rules = [(x.policy_id, x.rule, x.kind, x.times) for x in found.overrides]
        print_table(("OVERRIDDEN", "RULE", "HOW", "TIMES"), rules)


def _plain(found: "PolicyMeasures") -> dict[str, Any]:
    from agentassist.services.measures import acceptance  # noqa: PLC0415  slow

    return {
        "since": found.since,
        "declined_with_alternative": _share(found.declined),
        "bare": found.bare,
        "verdicts": {kind.value: number for kind, number in found.verdicts.items()},
        "alternatives": [
            {**asdict(x), "acceptance": acceptance(x).value} for x in found.alternatives
        ],
        "overrides": [asdict(x) for x in found.overrides],
        "override_rates": {key: _share(share) for key, share in found.override_rates.items()},
        "refusals": [asdict(x) for x in found.refusals],
        "follow_ups": found.follow_ups,
        "promises": {**asdict(found.promises), "kept_in_time": _share(found.promises_kept)},
        "definitions": found.definitions,
    }


def _share(share: "Share") -> dict[str, Any]:
    return {"part": share.part, "whole": share.whole, "value": share.value}
