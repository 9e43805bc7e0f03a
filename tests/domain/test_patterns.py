# SPDX-License-Identifier: Apache-2.0
"""A pattern is said when the record shows it, with how often, and never below three times."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from agentassist.domain.history import Channel, Direction, Interaction, Purchase
from agentassist.domain.pattern import Pattern, PatternKind
from agentassist.domain.patterns import FEWEST, MOST, Habits, find_patterns
from tests.domain.contacts import NOW, contact, purchase

MONTHLY, EVERY, WEEKDAY, QUESTION, RETURNS = PatternKind


def on(*days: tuple[int, int], item: str = "Filter") -> tuple[Purchase, ...]:
    """Return purchases on these months and days of 2026, newest first."""
    made = (
        replace(purchase(0, item), ordered_at=datetime(2026, month, day, 15, tzinfo=UTC))
        for month, day in sorted(days, reverse=True)
    )
    return tuple(made)


def found(
    purchases: Iterable[Purchase] = (), contacts: Iterable[Interaction] = (), **more: object
) -> tuple[Pattern, ...]:
    return find_patterns(Habits(tuple(purchases), tuple(contacts), **more), NOW)  # type: ignore[arg-type]


class TestOrders:
    def test_every_month_around_a_day(self) -> None:
        (pattern,) = found(on((8, 5), (9, 6), (10, 4), (11, 5)))
        assert (pattern.kind, pattern.seen, pattern.among) == (MONTHLY, 4, 4)
        assert (pattern.number, pattern.words, pattern.last) == (5, "Filter", date(2026, 11, 5))
        assert not pattern.fits_now

    def test_around_the_end_of_a_month(self) -> None:
        (pattern,) = found(on((9, 1), (9, 30), (10, 31), (11, 29)))
        assert (pattern.kind, pattern.number) == (MONTHLY, 30)

    def test_today_fits(self) -> None:
        (pattern,) = found(on((8, 26), (9, 27), (10, 25)))
        assert (pattern.number, pattern.fits_now) == (26, True)

    def test_a_distance(self) -> None:
        (pattern,) = found([purchase(days, "Coffee") for days in (14, 28, 42, 57)])
        assert (pattern.kind, pattern.number, pattern.seen) == (EVERY, 14, 4)
        assert pattern.fits_now

    def test_other_orders_between_do_not_hide_one_item(self) -> None:
        coffee = [purchase(days, "Coffee") for days in (14, 28, 42, 56)]
        other = [purchase(days, "Lamp", "Rug") for days in (3, 17, 50)]
        assert [item.words for item in found([*coffee, *other])][:1] == ["Coffee"]

    def test_two_are_no_pattern(self) -> None:
        assert found(on((9, 5), (10, 5))) == ()
        assert found([purchase(days) for days in (14, 28)]) == ()

    def test_what_is_over_is_not_said(self) -> None:
        assert found(on((3, 5), (4, 5), (5, 5), (6, 5))) == ()

    def test_irregular_ones_are_not_said(self) -> None:
        assert found([purchase(days, "Lamp") for days in (2, 31, 90, 140, 260)]) == ()

    def test_what_came_on_one_day_counts_once(self) -> None:
        assert found(on((10, 5), (10, 5), (11, 5), (11, 5))) == ()

    def test_the_day_is_that_of_the_customer(self) -> None:
        late = on((9, 4), (10, 4), (11, 4))
        at_night = [replace(x, ordered_at=(x.ordered_at or NOW).replace(hour=20)) for x in late]
        (pattern,) = found(at_night, zone=ZoneInfo("Asia/Seoul"))
        assert pattern.number == 5


class TestReturns:
    def test_the_third_in_sixty_days(self) -> None:
        back = [purchase(days, status="Returned (refund)") for days in (5, 20, 55)]
        (pattern,) = found(back)
        assert (pattern.kind, pattern.seen, pattern.number) == (RETURNS, 3, 60)

    def test_older_ones_and_kept_ones_do_not_count(self) -> None:
        back = [purchase(days, status="returned") for days in (5, 21, 70)]
        assert found([*back, purchase(33)]) == ()


class TestWeekday:
    def calls(self, *days: float) -> list[Interaction]:
        return [contact(f"About {day}", day, Channel.CALL) for day in days]

    def test_calls_on_a_weekday(self) -> None:
        (pattern,) = found(contacts=self.calls(3, 10, 17))
        assert (pattern.kind, pattern.number, pattern.seen, pattern.among) == (WEEKDAY, 0, 3, 3)
        assert pattern.channel is Channel.CALL
        assert not pattern.fits_now
        assert len(pattern.sources) == 3

    def test_today_is_the_day_and_channels_differ(self) -> None:
        mixed = [*self.calls(7, 14), contact("Hello", 21)]
        (pattern,) = found(contacts=mixed)
        assert (pattern.number, pattern.fits_now, pattern.channel) == (3, True, None)

    def test_three_of_four_might_be_chance(self) -> None:
        assert found(contacts=self.calls(3, 10, 17, 19)) == ()

    def test_one_week_is_no_rhythm(self) -> None:
        assert found(contacts=self.calls(3, 3.1, 3.2, 3.3)) == ()

    def test_long_ago_is_over(self) -> None:
        assert found(contacts=self.calls(73, 80, 87)) == ()


class TestQuestions:
    def test_the_same_question_each_quarter(self) -> None:
        asked = [
            contact("Please send the VAT invoice of the quarter", days, subject="VAT invoice")
            for days in (20, 111, 202, 294)
        ]
        (pattern,) = found(contacts=asked)
        assert (pattern.kind, pattern.words, pattern.seen) == (QUESTION, "VAT invoice", 4)
        assert abs(pattern.number - 91) <= 1
        assert pattern.sources[0] == asked[0].id

    def test_what_we_wrote_is_no_question(self) -> None:
        sent = [
            contact("Please send the VAT invoice", days, direction=Direction.OUTBOUND)
            for days in (20, 111, 202)
        ]
        assert found(contacts=sent) == ()


@given(st.lists(st.integers(0, 700), max_size=12), st.lists(st.integers(0, 700), max_size=12))
def test_nothing_below_three_and_never_more_than_two(bought: list[int], asked: list[int]) -> None:
    shown = found([purchase(x) for x in bought], [contact("Where is my bill", x) for x in asked])
    assert len(shown) <= MOST
    assert all(FEWEST <= item.seen <= item.among for item in shown)


def test_random_histories_rarely_show_one() -> None:
    """Six orders and six contacts on random days of a year, 400 customers."""
    chance = random.Random(7)
    hits = 0
    for _ in range(400):
        bought = [purchase(day, "Lamp") for day in sorted(chance.sample(range(360), 6))]
        asked = [contact(topic, chance.uniform(0, 360)) for topic in ("leg", "rug", "bill", "box")]
        hits += bool(found(bought, asked))
    assert hits <= 12


def test_a_time_that_is_not_known() -> None:
    nowhen = replace(contact("x"), occurred_at=None)
    unknown = replace(purchase(1), ordered_at=None)
    assert found([unknown] * 4, [nowhen] * 4) == ()
