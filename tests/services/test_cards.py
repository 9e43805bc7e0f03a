# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, Hit, Strength
from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.chunker import cut
from agentassist.services.cards import cards
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge


def published(database: Database, key: str) -> Hit:
    article = Article(new_id(), key, f"About {key}", f"What to do about {key}.", "en")
    with database.transaction() as connection:
        stored = Knowledge(connection).save_article(article, cut(article)).article
        (passage,) = Knowledge(connection).passages_of(stored.id)
    return Hit(passage.id, stored.id, 0.5, Strength.POSSIBLE, solved=2, day=739_000)


def test_what_is_strong_stands_first_and_the_rest_in_its_order(database: Database) -> None:
    one, two, three = (published(database, key) for key in ("lamps", "sofas", "desks"))
    found = cards(
        database, Analyzer(), "sofas", (one, two, replace(three, strength=Strength.STRONG))
    )
    assert [card.article.key for card in found] == ["desks", "lamps", "sofas"]
    assert found[2].words == ("sofas",)
    assert (found[0].solved, str(found[0].solved_on)) == (2, "2024-04-24")


def test_what_is_gone_has_no_card(database: Database) -> None:
    here = published(database, "lamps")
    gone = replace(here, article_id=new_id())
    assert [card.article.key for card in cards(database, Analyzer(), "x", (gone, here))] == [
        "lamps"
    ]
    assert cards(database, Analyzer(), "x", ()) == ()
