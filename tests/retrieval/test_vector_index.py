# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import numpy as np
import pytest

from agentassist.retrieval.vector_index import VectorIndex

SIZE = 16


@pytest.fixture
def vectors() -> np.ndarray:
    made = np.random.default_rng(1).standard_normal((50, SIZE)).astype(np.float32)
    unit: np.ndarray = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


@pytest.fixture
def index(vectors: np.ndarray) -> VectorIndex:
    made = VectorIndex(SIZE)
    made.add(range(100, 150), vectors)
    return made


def test_the_nearest_are_found_in_order(index: VectorIndex, vectors: np.ndarray) -> None:
    rows, cosines = index.search(vectors[7], 10)
    expected = 100 + np.argsort(-(vectors @ vectors[7]))[:10]
    assert rows.tolist() == expected.tolist()
    assert cosines[0] == pytest.approx(1.0, abs=1e-3)


def test_only_allowed_rows_are_found(index: VectorIndex, vectors: np.ndarray) -> None:
    rows, _ = index.search(vectors[7], 10, np.array([101, 107, 999]))
    assert sorted(rows.tolist()) == [101, 107]
    assert index.search(vectors[7], 10, np.array([], dtype=np.int64))[0].size == 0


def test_removed_rows_are_gone_and_the_others_stay(index: VectorIndex, vectors: np.ndarray) -> None:
    index.remove([107, 5])
    assert 107 not in index
    assert index.size == 49
    assert 107 not in index.search(vectors[7], 50)[0]
    assert index.search(vectors[8], 1)[0].tolist() == [108]
    index.keep_only({120, 121})
    assert sorted(index.search(vectors[7], 50)[0].tolist()) == [120, 121]


def test_cosines_are_given_for_any_row(index: VectorIndex, vectors: np.ndarray) -> None:
    found = index.cosines(vectors[3], [103, 104, 7])
    assert found == pytest.approx([1.0, float(vectors[3] @ vectors[4]), 0.0], abs=2e-3)


def test_a_saved_index_is_the_same(index: VectorIndex, vectors: np.ndarray, tmp_path: Path) -> None:
    index.remove([100])
    index.save(tmp_path / "one.faiss")
    loaded = VectorIndex.load(tmp_path / "one.faiss", SIZE)
    assert (loaded.size, 100 in loaded, 101 in loaded) == (49, False, True)
    loaded.add([100], vectors[:1])
    assert loaded.search(vectors[0], 1)[0].tolist() == [100]
    with pytest.raises(ValueError, match="dimension"):
        VectorIndex.load(tmp_path / "one.faiss", SIZE * 2)


def test_an_empty_index_finds_nothing(vectors: np.ndarray) -> None:
    assert VectorIndex(SIZE).search(vectors[0], 3)[0].size == 0
