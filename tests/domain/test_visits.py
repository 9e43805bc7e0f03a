# SPDX-License-Identifier: Apache-2.0
"""What was looked at before calling, short and without doubles."""

from agentassist.domain.history import Channel, Interaction
from agentassist.domain.visits import MOST, Visit, VisitKind, article_keys, visits
from tests.domain.contacts import contact


def seen(text: str = "", days: float = 0.1, **attributes: str) -> Interaction:
    return contact(text, days, Channel.WEB, attributes=attributes)


def test_an_article_of_ours_is_named_by_our_title() -> None:
    item = seen(article="return-how", page="help/4711", seconds="95")
    assert article_keys([item]) == {"return-how"}
    (visit,) = visits([item], {"return-how": "How do I return it?"})
    assert visit == Visit(
        VisitKind.ARTICLE, "How do I return it?", item.occurred_at, item.id, 95, 1, "return-how"
    )


def test_an_article_that_is_not_ours_leads_nowhere() -> None:
    (visit,) = visits([seen(article="gone", page="An old page")], {})
    assert (visit.text, visit.article) == ("An old page", "")


def test_a_search_comes_before_what_it_led_to() -> None:
    item = seen(search="late return", page="Help centre")
    assert [(x.kind, x.text) for x in visits([item], {})] == [
        (VisitKind.SEARCH, "late return"),
        (VisitKind.PAGE, "Help centre"),
    ]


def test_text_stands_in_for_attributes() -> None:
    (visit,) = visits([seen("Viewed: lamp,\n chair")], {})
    assert (visit.kind, visit.text) == (VisitKind.PAGE, "Viewed: lamp, chair")


def test_the_same_page_is_one_line() -> None:
    newer, older = seen(page="Order", seconds="20"), seen(days=0.2, page="order", seconds="15")
    (visit,) = visits([newer, older], {})
    assert (visit.times, visit.seconds, visit.source) == (2, 35, newer.id)


def test_strange_values() -> None:
    odd = [seen(page="a", seconds=text) for text in ("-4", "²", "9" * 40, "soon", "12.7")]
    assert [x.seconds for item in odd for x in visits([item], {})] == [0, 0, 0, 0, 12]
    assert visits([seen()], {}) == ()
    (long,) = visits([seen(page="x" * 9_999)], {})
    assert len(long.text) < 200
    assert len(visits([seen(page=str(n)) for n in range(40)], {})) == MOST
