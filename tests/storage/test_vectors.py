# SPDX-License-Identifier: Apache-2.0
"""A text is encoded once per model, whoever shows it."""

import numpy as np
import pytest

from agentassist.storage import vectors as stored
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.rows import CHUNK
from agentassist.storage.vectors import Vectors
from tests.storage.build import MODEL, article, passages


def test_vectors_come_back_bit_for_bit(database: Database) -> None:
    made = article()
    cut = passages(made, *(f"text {n}" for n in range(1_100)))
    given = np.random.default_rng(1).standard_normal((len(cut), 4)).astype(np.float32)
    by_digest = {item.digest: row for item, row in zip(cut, given, strict=True)}
    with database.transaction() as connection:
        Knowledge(connection).save_article(made, cut)
        assert Vectors(connection).store(MODEL, by_digest) == len(cut)
        assert Vectors(connection).store(MODEL, by_digest) == 0
    with database.reading() as connection:
        digests, loaded = Vectors(connection).load(MODEL)
    assert digests == sorted(by_digest)
    assert loaded.dtype == np.float32
    assert np.array_equal(loaded, np.stack([by_digest[digest] for digest in digests]))


def test_nothing_encoded_yet_is_an_empty_array(database: Database) -> None:
    with database.reading() as connection:
        digests, loaded = Vectors(connection).load(MODEL)
    assert digests == []
    assert loaded.shape == (0, 0)


def test_what_is_missing_is_named_once_and_with_its_words(database: Database) -> None:
    first, second = article("a", title="A?"), article("b", title="B?")
    with database.transaction() as connection:
        knowledge, vectors = Knowledge(connection), Vectors(connection)
        knowledge.save_article(first, passages(first, "one", "two"))
        knowledge.save_article(second, passages(second, "two", "three"))
        missing = vectors.missing(MODEL)
        assert [(item.title, item.heading, item.text) for item in missing] == [
            ("A?", "Returns", "one"),
            ("A?", "Returns", "two"),
            ("B?", "Returns", "three"),
        ]
        assert vectors.missing(MODEL, limit=2) == missing[:2]
        vectors.store(MODEL, {missing[0].digest: np.ones(3, np.float32)})
        assert vectors.missing(MODEL) == missing[1:]
        assert vectors.missing("model-b") == missing
        knowledge.retire(second.id)
        assert [item.text for item in vectors.missing(MODEL)] == ["two"]


def test_vectors_that_nothing_needs_can_be_dropped(database: Database) -> None:
    made = article()
    one = np.ones(3, np.float32)
    with database.transaction() as connection:
        vectors = Vectors(connection)
        cut = passages(made, "one")
        Knowledge(connection).save_article(made, cut)
        vectors.store(MODEL, {cut[0].digest: one, "f" * 64: one})
        vectors.store("model-b", {cut[0].digest: one})
        assert vectors.drop_unused([MODEL]) == 2
        assert vectors.load(MODEL)[0] == [cut[0].digest]


@pytest.mark.parametrize("fewest", [1, 1_000_000])
def test_vectors_are_found_by_their_digests(
    database: Database, monkeypatch: pytest.MonkeyPatch, fewest: int
) -> None:
    """Whether they are looked up or the whole table is read."""
    monkeypatch.setattr(stored, "_FEWEST_TO_READ_ALL", fewest)
    given = {f"{number:064x}": np.full(3, number, np.float32) for number in range(1_300)}
    wanted = [*list(given)[100:1_250], "f" * 64]
    with database.transaction() as connection:
        Vectors(connection).store(MODEL, given)
        Vectors(connection).store("model-b", {"f" * 64: np.ones(3, np.float32)})
    with database.reading() as connection:
        batches = list(Vectors(connection).named(MODEL, wanted))
    assert max(len(batch) for batch in batches) <= CHUNK
    found = {digest: one for batch in batches for digest, one in batch.items()}
    assert sorted(found) == wanted[:-1]
    assert all(np.array_equal(found[digest], given[digest]) for digest in found)


def test_no_texts_have_no_vectors(database: Database) -> None:
    with database.reading() as connection:
        assert list(Vectors(connection).named(MODEL, [])) == []
