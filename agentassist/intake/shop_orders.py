# SPDX-License-Identifier: Apache-2.0
"""Orders of web shops as JSON, with their customer and their items inside: in one import.

Shapes are those of the public documentation of Shopify (shopify.dev, REST Admin API: Order)
and of WooCommerce (woocommerce.github.io, REST API v3: Orders), and of any export whose orders
hold their items under `line_items` or `items`.
"""

from collections.abc import Collection, Iterable, Iterator

from agentassist.domain.importing import RecordKind
from agentassist.intake.documents import Document, Fields
from agentassist.intake.json_node import Node
from agentassist.intake.systems import Export, filled, listed, numbered

_ITEMS = ("line_items", "items", "order_items", "products")
_NUMBERS = ("order_number", "order_no", "number", "order_id", "id")
_TOTALS = ("total_price", "current_total_price", "total", "total_amount", "grand_total", "amount")
_TIMES = ("processed_at", "date_created_gmt", "created_at", "date_created", "ordered_at", "date")
_KINDS = (RecordKind.CUSTOMERS, RecordKind.ORDERS, RecordKind.ORDER_ITEMS)


class ShopReader:
    """Makes records of orders."""

    def notice(self, document: Document) -> Collection[RecordKind]:
        """An order makes its customer, itself and its items."""
        return _KINDS if _is_order(document) else ()

    def draw(self, kind: RecordKind, document: Document) -> Iterable[Fields]:
        """Return the records of one kind."""
        if not _is_order(document):
            return
        order = Node(document.value)
        if kind is RecordKind.CUSTOMERS:
            yield from _customers(order)
        elif kind is RecordKind.ORDERS:
            yield _order(order)
        else:
            yield from _items(order)


def _is_order(document: Document) -> bool:
    held = (document.value.get(name) for name in _ITEMS)
    return any(isinstance(items, list) for items in held) and bool(
        document.value.keys() & set(_TOTALS)
    )


def _customers(order: Node) -> Iterator[Fields]:
    """Yield who ordered; nobody for an order at the counter."""
    person, bill = order.node("customer"), _address(order)
    fields = {
        "customer_key": _customer_key(order),
        **_names(order),
        **numbered("email", [person.text("email"), order.text("email"), bill.text("email")]),
        **numbered("phone", [person.text("phone"), order.text("phone"), bill.text("phone")]),
        "organisation": bill.text("company"),
        "language": order.text("customer_locale"),
        "address": listed((bill.text("address1", "address_1"), bill.text("address2", "address_2"))),
        "city": bill.text("city"),
        "state": bill.text("province", "state"),
        "country": bill.text("country"),
        "zip": bill.text("zip", "postcode"),
    }
    if fields["customer_key"]:
        yield filled(fields)


def _order(order: Node) -> Fields:
    bill, person = _address(order), order.node("customer")
    fields = {
        "customer_key": _customer_key(order),
        "email": person.text("email") or order.text("email") or bill.text("email"),
        "phone": person.text("phone") or order.text("phone") or bill.text("phone"),
        "zip": bill.text("zip", "postcode"),
        "order_number": _number(order),
        "status": _status(order),
        "total": order.text(*_TOTALS),
        "currency": order.text("currency", "presentment_currency", "currency_code"),
        "payment": order.text("payment_method_title", "payment_method", "gateway")
        or listed(order.texts("payment_gateway_names")),
        "ordered_at": order.time(*_TIMES),
    }
    return filled(fields)


def _items(order: Node) -> Iterator[Fields]:
    number = _number(order)
    currency = order.text("currency", "presentment_currency", "currency_code")
    for name in _ITEMS:
        for item in order.nodes(name):
            fields = {
                "order_number": number,
                "item_id": item.text("sku", "variant_id", "product_id", "item_id", "id"),
                "name": item.text("name", "title", "product_name"),
                "price": item.text("price", "unit_price"),
                "currency": currency,
                "quantity": item.text("quantity", "qty"),
                "options": item.text("variant_title"),
            }
            yield filled(fields)


def _number(order: Node) -> str:
    number = order.text(*_NUMBERS)
    if not number:
        raise order.fault("id", "This is missing: each record needs one.")
    return number


def _address(order: Node) -> Node:
    """Return the address of the bill, else that of the parcel."""
    for name in ("billing_address", "billing", "shipping_address", "shipping"):
        if name in order:
            return order.node(name)
    return order.node("billing")


def _customer_key(order: Node) -> str:
    """Return the customer's key in the shop; a guest is known by the address of the order."""
    key = order.node("customer").text("id") or _nonzero(order.text("customer_id"))
    if key:
        return f"shop:customer:{key}"
    mail = order.text("email") or _address(order).text("email")
    return f"shop:guest:{mail.casefold()}" if mail else ""


def _nonzero(text: str) -> str:
    return "" if text == "0" else text


def _names(order: Node) -> Fields:
    """Return first and last name apart, because they are not joined alike everywhere."""
    person, bill = order.node("customer"), _address(order)
    first = person.text("first_name") or bill.text("first_name")
    last = person.text("last_name") or bill.text("last_name")
    if first or last:
        return {"first_name": first, "last_name": last}
    return {"name": bill.text("name") or person.text("name")}


def _status(order: Node) -> str:
    """Shopify has a state of the payment and one of the parcel, WooCommerce has one for both."""
    if order.text("cancelled_at"):
        return "cancelled"
    parcel = order.text("fulfillment_status")
    return order.text("status") or ", ".join(filter(None, (order.text("financial_status"), parcel)))


SHOP_ORDERS = Export("shop", ShopReader, _is_order)
"""The format: orders of a web shop, with their items."""
