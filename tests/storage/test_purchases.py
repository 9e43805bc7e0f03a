# SPDX-License-Identifier: Apache-2.0
"""Purchases keep exact amounts and are stored once."""

from dataclasses import replace
from datetime import timedelta

from agentassist.domain.history import PaymentMethod, PurchaseLine
from agentassist.domain.identifiers import new_id
from agentassist.domain.money import Money
from agentassist.storage.database import Database
from agentassist.storage.history import History
from tests.storage.build import NOON, at, purchase, stored

LAMP = PurchaseLine("Lamp", "L-1", Money(1990, "USD"), 2, "red")
GIFT = PurchaseLine("Gift wrap")


def test_a_purchase_comes_back_whole(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        made = purchase(
            owner,
            "MP204817",
            shown="MP-204817",
            status="shipped",
            total=Money(2**53 + 1, "KRW"),
            payment="visa 4242",
            ordered_at=NOON,
            delivered_at=NOON + timedelta(days=3),
            lines=(LAMP, GIFT, LAMP),
            source="shop",
            source_ref="1",
        )
        assert History(connection).add_purchases([made]) == 1
    with database.reading() as connection:
        assert History(connection).purchases(owner) == (made,)
        assert History(connection).by_order_number("MP204817") == (owner,)
        assert History(connection).by_order_number("MP204818") == ()
        assert History(connection).purchase_ids("shop", ["1", "2"]) == {"1": made.id}


def test_importing_again_adds_neither_purchases_nor_lines(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        history = History(connection)
        made = purchase(owner, lines=(LAMP,), source="shop", source_ref="1")
        again = replace(made, id=new_id(), lines=(GIFT,))
        assert history.add_purchases([made, again, made]) == 1
        assert history.add_purchases([again]) == 0
        assert history.purchases(owner) == (made,)


def test_lines_that_come_later_are_added_once(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        history = History(connection)
        made = purchase(owner, lines=(LAMP,))
        history.add_purchases([made])
        wanted = {made.id: [LAMP, LAMP, GIFT], new_id(): [GIFT]}
        assert history.add_lines(wanted) == 2
        assert history.add_lines(wanted) == 0
        assert history.purchases(owner)[0].lines == (LAMP, LAMP, GIFT)


def test_the_newest_come_first_and_those_without_a_time_last(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        made = [
            purchase(owner, str(n), ordered_at=when) for n, when in enumerate((at(1), None, at(2)))
        ]
        History(connection).add_purchases(made)
        assert History(connection).purchases(owner) == (made[2], made[0], made[1])
        assert History(connection).purchases(owner, 1) == (made[2],)


def test_payment_methods_are_stored_once(database: Database) -> None:
    with database.transaction() as connection:
        owner = stored(connection).id
        card = PaymentMethod(new_id(), owner, "card", "visa", "4242", None, "shop", "p1")
        gift = PaymentMethod(new_id(), owner, "gift card", balance=Money(500, "USD"))
        assert History(connection).add_payment_methods([card, gift]) == 2
        assert History(connection).add_payment_methods([replace(card, id=new_id())]) == 0
        assert History(connection).payment_methods(owner) == (card, gift)
