# SPDX-License-Identifier: Apache-2.0
"""`agentassist customers duplicates`: find records of one person, and merge the certain ones."""

import csv
import getpass
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

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
from agentassist.errors import UserError

if TYPE_CHECKING:
    from agentassist.domain.comparison import Comparison
    from agentassist.domain.customer import Customer
    from agentassist.domain.duplicates import DuplicatePair, DuplicatesFound, SearchProgress
    from agentassist.storage.database import Database

_SHOWN = 50


@guarded
def duplicates(
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="FILE", help="Write who is one person as CSV."),
    ] = None,
    form: Annotated[
        str,
        typer.Option("--as", metavar="FORM", help="clusters, or pairs of records, for --run."),
    ] = "clusters",
    suggest: Annotated[
        bool, typer.Option("--suggest", help="With --run: what is only suggested, too.")
    ] = False,
    merge: Annotated[
        bool, typer.Option("--merge", help="Merge what is certain; each merge can be undone.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", help="How many pairs are shown.")] = _SHOWN,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Find customers that may be one person. Without --merge nothing is changed."""
    from agentassist.services.duplicate_search import DuplicateSearch  # noqa: PLC0415  slow to load

    if form not in {"clusters", "pairs"}:
        raise UserError('Write --as clusters or --as pairs, not "{form}".', form=form[:40])
    with open_database(data_dir) as database:
        found = DuplicateSearch(database, progress=_show).run()
        _clear()
        merged = _merge(database, found, data_dir) if merge else 0
        if run:
            _write(run, form, _groups(database, found, suggest=suggest))
        _report(database, found, merged, limit, as_json=as_json)


def _merge(database: "Database", found: "DuplicatesFound", data_dir: Path | None) -> int:
    from agentassist.domain.clock import utc_now  # noqa: PLC0415  slow to load
    from agentassist.services.duplicates import Duplicates  # noqa: PLC0415  slow to load

    actor = settings(data_dir).settings.agent or _user()
    return Duplicates(database, utc_now).merge(found.certain, actor)


def _user() -> str:
    with suppress(OSError, KeyError):
        return getpass.getuser()
    return "administrator"


def _groups(database: "Database", found: "DuplicatesFound", *, suggest: bool) -> list[list[str]]:
    """Return the records of each person by their own keys, those that are alone too."""
    from agentassist.services.duplicate_listing import references  # noqa: PLC0415  slow to load

    keys = references(database)
    groups = found.possible if suggest else found.people
    named = [[keys[one] for one in group] for group in groups]
    together = {one for group in groups for one in group}
    return named + [[name] for key, name in keys.items() if key not in together]


def _write(file: Path, form: str, groups: Iterable[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        if form == "clusters":
            table.writerow(("record_id", "cluster_id"))
            table.writerows((name, group[0]) for group in groups for name in group)
        else:
            table.writerow(("record_id_1", "record_id_2"))
            table.writerows(
                (one, other)
                for group in groups
                for place, one in enumerate(group)
                for other in group[place + 1 :]
            )


def _report(
    database: "Database", found: "DuplicatesFound", merged: int, limit: int, *, as_json: bool
) -> None:
    from agentassist.services.duplicate_listing import customers_of  # noqa: PLC0415  slow to load

    shown = (*found.certain[:limit], *found.suggested[:limit])
    customers = customers_of(database, (key for pair in shown for key in (pair.one, pair.other)))
    if as_json:
        print_json(_plain(found, merged, limit, customers))
        return
    if shown:
        heads = ("", "SCORE", "ONE", "OTHER", "EVIDENCE")
        certain = (("certain", pair) for pair in found.certain[:limit])
        suggested = (("suggested", pair) for pair in found.suggested[:limit])
        print_table(heads, [_row(word, pair, customers) for word, pair in (*certain, *suggested)])
    typer.echo(
        f"{found.records} records: {len(found.certain)} certain pairs"
        f"{f' ({merged} merged)' if merged else ''}, {len(found.suggested)} suggested."
    )


def _row(word: str, pair: "DuplicatePair", customers: dict[UUID, "Customer"]) -> tuple[object, ...]:
    from agentassist.services.duplicate_listing import sentence  # noqa: PLC0415  slow to load

    names = (customers[key].name for key in (pair.one, pair.other))
    return word, f"{pair.comparison.score:.1f}", *names, sentence(pair.comparison)


def _plain(
    found: "DuplicatesFound", merged: int, limit: int, customers: dict[UUID, "Customer"]
) -> dict[str, Any]:
    return {
        "records": found.records,
        "merged": merged,
        "certain_pairs": len(found.certain),
        "suggested_pairs": len(found.suggested),
        "certain": [_plain_pair(pair, customers) for pair in found.certain[:limit]],
        "suggested": [_plain_pair(pair, customers) for pair in found.suggested[:limit]],
    }


def _plain_pair(pair: "DuplicatePair", customers: dict[UUID, "Customer"]) -> dict[str, Any]:
    return {
        "one": _plain_customer(customers[pair.one]),
        "other": _plain_customer(customers[pair.other]),
        **_plain_evidence(pair.comparison),
    }


def _plain_evidence(comparison: "Comparison") -> dict[str, Any]:
    from agentassist.services.merge_writer import evidence  # noqa: PLC0415  slow to load

    return dict(evidence(comparison))


def _plain_customer(customer: "Customer") -> dict[str, Any]:
    return {"id": customer.id, "name": customer.name, "record": customer.source_ref}


def _show(progress: "SearchProgress") -> None:
    if sys.stderr.isatty():
        share = 100 * progress.done // max(1, progress.total)
        typer.echo(f"\r{progress.step}: {share} %   ", err=True, nl=False)


def _clear() -> None:
    if sys.stderr.isatty():
        typer.echo("\r\033[K", err=True, nl=False)
