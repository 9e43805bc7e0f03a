# SPDX-License-Identifier: Apache-2.0
"""`agentassist customers`: import, find and show customers; see `merging` for the rest."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
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
)
from agentassist.cli.duplicates import duplicates
from agentassist.cli.import_upkeep import add_upkeep_to
from agentassist.cli.imports import (
    Currency,
    Dates,
    DryRun,
    Encoding,
    FormatName,
    FromStart,
    MappingName,
    Maps,
    Own,
    Region,
    SaveMapping,
    Source,
    Zone,
    date_order,
    explicit_columns,
    kind_named,
    region_of,
    run_import,
)
from agentassist.cli.merging import add_to
from agentassist.domain.importing import RecordKind

if TYPE_CHECKING:
    from agentassist.domain.customer import Customer
    from agentassist.services.customers import CustomerView

app = typer.Typer(
    help="Import, find, show, merge and split customers, find duplicates.", no_args_is_help=True
)
add_to(app)
app.command("duplicates")(duplicates)

_SHOWN = 10


@app.command("import")
@guarded
def import_customers(
    path: Annotated[Path, typer.Argument(help="A CSV, TSV or NDJSON file, or a folder of them.")],
    kind: Annotated[
        str, typer.Option("--kind", help="customers, orders, order-items, payment-methods, ...")
    ] = "",
    columns: Maps = None,
    dry_run: DryRun = False,
    source: Source = "import",
    encoding: Encoding = "",
    format_name: FormatName = "",
    region: Region = "",
    zone: Zone = "UTC",
    currency: Currency = "USD",
    dates: Dates = "",
    own: Own = None,
    mapping: MappingName = "",
    save_mapping: SaveMapping = "",
    from_start: FromStart = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Import customers, orders, order items and payment methods; known rows are updated."""
    from agentassist.services.import_options import ImportOptions  # noqa: PLC0415  slow to load

    options = ImportOptions(
        source=source,
        kind=kind_named(kind),
        columns=explicit_columns(columns),
        encoding=encoding,
        format=format_name,
        region=region,
        currency=currency,
        zone=zone,
        dates=date_order(dates),
        dry_run=dry_run,
        own=tuple(own or ()),
        from_start=from_start,
    )
    run_import(path, options, data_dir, as_json=as_json, mapping=mapping, save_as=save_mapping)


add_upkeep_to(app, tuple(kind for kind in RecordKind if kind is not RecordKind.INTERACTIONS))


@app.command("find")
@guarded
def find(
    text: Annotated[str, typer.Argument(help="Name, number, address, handle, order number.")],
    region: Region = "",
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Find customers by anything that leads to them. Exit code 1 when there is none."""
    from agentassist.services.customers import find_customers  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        found = find_customers(database, text, region_of(region, data_dir))
    if as_json:
        print_json([_plain(customer) for customer in found])
    elif found:
        heads = ("ID", "NAME", "LANGUAGE", "TIER", "REACHED BY")
        print_table(heads, [_row(customer) for customer in found])
    else:
        fail("No customer was found.")


@app.command("show")
@guarded
def show(
    customer_id: Annotated[UUID, typer.Argument(help="The id that `find` prints.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Show a customer with counts, purchases, preferences, promises and the newest contacts."""
    from agentassist.services.customers import view_customer  # noqa: PLC0415  slow to load

    with open_database(data_dir) as database:
        view = view_customer(database, customer_id)
    if as_json:
        print_json(_plain_view(view))
    else:
        _print_view(view)


def _plain(customer: "Customer") -> dict[str, Any]:
    points = [{"kind": p.kind, "value": p.value, "shown": p.shown} for p in customer.contact_points]
    return {
        "id": customer.id,
        "name": customer.name,
        "language": customer.language,
        "tier": customer.tier,
        "time_zone": customer.time_zone,
        "postal_code": customer.postal_code,
        "contact_points": points,
    }


def _row(customer: "Customer") -> tuple[object, ...]:
    reached = ", ".join(point.value for point in customer.contact_points)
    return customer.id, customer.name, customer.language, customer.tier, reached


def _plain_view(view: "CustomerView") -> dict[str, Any]:
    return _plain(view.customer) | {
        "counts": dict(view.counts),
        "purchases": [
            {"order_number": item.shown or item.order_number, "status": item.status}
            for item in view.purchases
        ],
        "preferences": [{"topic": item.topic, "text": item.text} for item in view.preferences],
        "promises": [{"text": item.text, "due_at": item.due_at} for item in view.promises],
        "interactions": [
            {
                "id": item.id,
                "conversation_id": item.conversation_id,
                "at": item.occurred_at,
                "channel": item.channel,
                "text": item.text,
            }
            for item in view.newest
        ],
    }


def _print_view(view: "CustomerView") -> None:
    customer = view.customer
    typer.echo(" · ".join(filter(None, (customer.name, customer.tier, customer.language))))
    for point in customer.contact_points:
        typer.echo(f"  {point.kind}: {point.value}")
    counts = ", ".join(f"{number} {channel}" for channel, number in view.counts.items())
    typer.echo(f"Timeline: {counts or 'nothing yet'}")
    for purchase in view.purchases:
        typer.echo(f"  {purchase.shown or purchase.order_number}: {purchase.status}")
    for preference in view.preferences:
        typer.echo(f"Likes or needs: {preference.text}")
    for promise in view.promises:
        typer.echo(f"Promised until {promise.due_at:%Y-%m-%d %H:%M} UTC: {promise.text}")
    for item in view.newest[:_SHOWN]:
        at = f"{item.occurred_at:%Y-%m-%d %H:%M}" if item.occurred_at else "time not known"
        typer.echo(f"{at}  {item.channel}: {' '.join(item.text.split())[:100]}")
