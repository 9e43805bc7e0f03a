# SPDX-License-Identifier: Apache-2.0
from pathlib import Path
from uuid import uuid4

import pytest

from agentassist.domain.knowledge import Scope
from agentassist.retrieval.catalog import Catalog, Header
from agentassist.retrieval.chunker import digest_of, encoded_text
from agentassist.retrieval.phrases import Phrase, PhraseKind


def header(title: str = "Title", **more: object) -> Header:
    return Header(uuid4(), title, str(more.pop("language", "en")), **more)  # type: ignore[arg-type]  # of the test


def pieces(count: int) -> list[tuple[object, str]]:
    return [(uuid4(), f"{number:064x}") for number in range(count)]


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (Scope(), True),
        (Scope(language="en"), True),
        (Scope(language="ko"), False),
        (Scope(labels=frozenset({"a", "z"})), True),
        (Scope(labels=frozenset({"z"})), False),
        (Scope(products=frozenset({"p"})), True),
        (Scope(products=frozenset({"q"})), False),
        (Scope(include_internal=False), False),
    ],
)
def test_a_scope_holds_what_it_names(scope: Scope, *, inside: bool) -> None:
    one = header(labels=frozenset({"a"}), products=frozenset({"p"}), internal=True)
    catalog = Catalog()
    catalog.put(one, pieces(2))  # type: ignore[arg-type]  # uuids
    assert one.within(scope) is inside
    assert catalog.allowed(scope).tolist() == [inside, inside]


def test_a_replaced_article_gets_new_rows_and_the_old_ones_are_dead() -> None:
    catalog, one = Catalog(), header()
    old = catalog.put(one, pieces(2))  # type: ignore[arg-type]  # uuids
    new = catalog.put(one, pieces(1))  # type: ignore[arg-type]  # uuids
    assert (old, new) == ((0, 1), (2,))
    assert catalog.allowed(Scope()).tolist() == [False, False, True]
    assert (catalog.living, catalog.size) == (1, 3)
    assert catalog.dead_share == pytest.approx(2 / 3)


def test_a_removed_article_is_gone() -> None:
    catalog, one = Catalog(), header()
    catalog.put(one, pieces(2))  # type: ignore[arg-type]  # uuids
    assert catalog.remove(one.article_id) == (0, 1)
    assert catalog.remove(one.article_id) == ()
    assert catalog.of(one.article_id) is None
    assert list(catalog.articles()) == []


def test_many_rows_grow_the_room() -> None:
    catalog = Catalog()
    for _ in range(700):
        catalog.put(header(), pieces(3))  # type: ignore[arg-type]  # uuids
    assert (catalog.living, catalog.dead_share) == (2100, 0)


def test_every_question_is_a_phrase_and_each_text_is_one() -> None:
    one = header("T", questions=(*(f"q{number}" for number in range(40)), "T", "q1"))
    catalog = Catalog()
    catalog.put(one, pieces(1))  # type: ignore[arg-type]  # uuids
    kinds = [catalog.phrases.records[row].kind for row in catalog.phrases.rows(0)]
    assert kinds == [PhraseKind.QUESTION] * 41


def test_an_article_without_text_of_its_own_is_bare() -> None:
    catalog, bare, full = Catalog(), header("Bare"), header("Full")
    catalog.put(bare, [(uuid4(), digest_of(encoded_text("Bare", "", "Bare")))])
    catalog.put(full, [(uuid4(), digest_of(encoded_text("Full", "", "More")))])
    assert [catalog.is_bare(0), catalog.is_bare(1)] == [True, False]


def test_contacts_go_with_a_replaced_article_and_end_with_a_removed_one() -> None:
    catalog, one = Catalog(), header("T", questions=("q",))
    catalog.put(one, pieces(1))  # type: ignore[arg-type]  # uuids
    act = uuid4()
    catalog.phrases.add(0, [Phrase(PhraseKind.LINKED, "0" * 64, "said", act, 7)])
    catalog.put(one, pieces(1))  # type: ignore[arg-type]  # uuids
    records = [catalog.phrases.records[row] for row in catalog.phrases.rows(1)]
    assert records[0].kind is PhraseKind.LINKED
    assert len(records) == 3
    assert catalog.phrases.knows(act)
    catalog.remove(one.article_id)
    assert not catalog.phrases.knows(act)
    assert set(catalog.phrases.owners) == {-1}


def test_what_a_customer_said_is_not_kept() -> None:
    catalog, one = Catalog(), header("T")
    catalog.put(one, pieces(1))  # type: ignore[arg-type]  # uuids
    catalog.phrases.add(0, [Phrase(PhraseKind.LINKED, "0" * 64, "a secret", uuid4(), 7)])
    assert "secret" not in "".join(catalog.phrases.lines())


def test_a_saved_catalog_is_the_same(tmp_path: Path) -> None:
    catalog, gone, kept = Catalog(), header("Gone"), header("Kept", questions=("why",))
    catalog.put(gone, pieces(2))  # type: ignore[arg-type]  # uuids
    catalog.put(kept, pieces(3))  # type: ignore[arg-type]  # uuids
    catalog.remove(gone.article_id)
    catalog.save(tmp_path)
    loaded = Catalog.load(tmp_path)
    assert loaded.stamp == catalog.stamp
    assert loaded.rows(kept.article_id) == (2, 3, 4)
    assert loaded.place(kept.article_id) == catalog.place(kept.article_id) == 1
    assert loaded.of(kept.article_id) == kept
    assert loaded.owner.tolist() == catalog.owner.tolist()
    assert [loaded.digest(row) for row in range(5)] == [catalog.digest(row) for row in range(5)]
