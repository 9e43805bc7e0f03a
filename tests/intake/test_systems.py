# SPDX-License-Identifier: Apache-2.0
"""Exports of other systems: what each record becomes, and what damage costs."""

import contextlib
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.importing import RawRecord, RecordKind, RowFault
from agentassist.errors import BadInput
from agentassist.intake.formats import Format, Hints, recognise
from agentassist.services.importing import FORMATS

EXPORTS = Path(__file__).parent.parent / "data" / "exports"
NAMES = ("zendesk", "freshdesk", "intercom", "hubspot", "shopify", "woocommerce")
ODD = [None, [], {}, "", "x", 7, True, ["x"], {"a": 1}, "<b>", "2026-02-31", "\ud800"]
WRONG = st.sampled_from(ODD)


def _format(path: Path) -> Format:
    return recognise(path, FORMATS)


def _records(path: Path) -> dict[RecordKind | None, list[RawRecord | RowFault]]:
    found: dict[RecordKind | None, list[RawRecord | RowFault]] = {}
    for part in _format(path).parts(path, Hints()):
        with contextlib.closing(part.records) as records:
            found[part.kind] = list(records)
    return found


def _fields(path: Path, kind: RecordKind) -> list[dict[str, str]]:
    return [dict(item.fields) for item in _records(path)[kind] if isinstance(item, RawRecord)]


@pytest.mark.parametrize("name", NAMES)
def test_each_export_is_recognised_as_one_document_and_as_lines(tmp_path: Path, name: str) -> None:
    path = EXPORTS / f"{name}.json"
    wanted = {"shopify": "shop", "woocommerce": "shop"}.get(name, name)
    assert _format(path).name == wanted
    lines = tmp_path / "lines.ndjson"
    data = json.loads(path.read_text(encoding="utf-8"))
    arrays = data.values() if isinstance(data, dict) else [data]
    objects = [item for array in arrays for item in array]
    lines.write_text("".join(json.dumps(item) + "\n" for item in objects), encoding="utf-8")
    assert _format(lines).name == wanted
    of_lines, of_document = _records(lines), _records(path)
    assert {
        kind: [item.fields for item in items if isinstance(item, RawRecord)]
        for kind, items in of_lines.items()
    } == {
        kind: [item.fields for item in items if isinstance(item, RawRecord)]
        for kind, items in of_document.items()
    }


def test_zendesk_knows_sides_notes_and_markup() -> None:
    contacts = _fields(EXPORTS / "zendesk.json", RecordKind.INTERACTIONS)
    sides = [(item["channel"], item["direction"]) for item in contacts[:4]]
    assert sides == [
        ("email", "inbound"),
        ("note", "internal"),
        ("email", "outbound"),
        ("email", "inbound"),
    ]
    assert contacts[2]["text"] == "It arrives tomorrow.\nSorry!"
    assert {item["conversation"] for item in contacts[:4]} == {"zendesk:5001"}
    mira = _fields(EXPORTS / "zendesk.json", RecordKind.CUSTOMERS)[0]
    assert (mira["email.2"], mira["phone.2"]) == ("mira@harbourlights.example", "+1 415 555 0112")
    assert mira["organisation"] == "Harbour Lights Ltd"


def test_a_zendesk_ticket_without_comments_has_the_key_of_its_first(tmp_path: Path) -> None:
    data = json.loads((EXPORTS / "zendesk.json").read_text(encoding="utf-8"))
    del data["tickets"][0]["comments"]
    path = tmp_path / "tickets.json"
    path.write_text(json.dumps(data))
    first = _fields(path, RecordKind.INTERACTIONS)[0]
    assert (first["key"], first["text"]) == ("zendesk:5001", "Where is my parcel?")


def test_shops_give_customers_orders_and_items_in_one_import() -> None:
    found = _records(EXPORTS / "shopify.json")
    assert list(found) == [RecordKind.CUSTOMERS, RecordKind.ORDERS, RecordKind.ORDER_ITEMS]
    orders = _fields(EXPORTS / "shopify.json", RecordKind.ORDERS)
    assert [(item["order_number"], item["status"]) for item in orders] == [
        ("1001", "paid, fulfilled"),
        ("1002", "cancelled"),
    ]
    [person] = _fields(EXPORTS / "woocommerce.json", RecordKind.CUSTOMERS)
    assert (person["first_name"], person["last_name"]) == ("지우", "한")


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) of a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


@pytest.mark.parametrize("name", NAMES)
@given(picks=st.lists(st.tuples(st.integers(0, 10_000), WRONG), min_size=1, max_size=4))
def test_wrong_types_anywhere_are_faults_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, picks: list[tuple[int, Any]]
) -> None:
    data = json.loads((EXPORTS / f"{name}.json").read_text(encoding="utf-8"))
    for number, wrong in picks:
        places = list(_places(data))
        container, key = places[number % len(places)]
        container[key] = deepcopy(wrong)
    path = tmp_path_factory.mktemp("export") / "a.json"
    path.write_text(json.dumps(data))
    made = next(item for item in FORMATS if item.name == _format(EXPORTS / f"{name}.json").name)
    with contextlib.suppress(BadInput):
        for part in made.parts(path, Hints()):
            with contextlib.closing(part.records) as records:
                for item in records:
                    assert isinstance(item, RawRecord | RowFault)
                    assert item.place.file == str(path)
