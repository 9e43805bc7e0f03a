# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentassist.retrieval import vector_file, vector_index, vector_part
from agentassist.retrieval.vector_index import VectorIndex

SIZE = 16


def unit(count: int, seed: int = 1, size: int = SIZE) -> np.ndarray:
    """Return unit vectors around some centres, as texts on some topics have them."""
    chance = np.random.default_rng(seed)
    centres = np.random.default_rng(99).standard_normal((50, size))
    made = centres[chance.integers(50, size=count)] + chance.standard_normal((count, size))
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made.astype(np.float32)


@pytest.fixture
def vectors() -> np.ndarray:
    return unit(50)


@pytest.fixture
def index(vectors: np.ndarray) -> VectorIndex:
    made = VectorIndex(SIZE)
    made.add(range(100, 150), vectors)
    return made


@pytest.fixture
def small_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lists begin at a size that is trained at once."""
    monkeypatch.setattr(vector_part, "SCANNED", 2_000)
    monkeypatch.setattr(vector_part, "_PROBES", 100)
    monkeypatch.setattr(vector_part, "BLOCK", 1_500)
    monkeypatch.setattr(vector_index, "BLOCK", 1_500)


def nearest(vectors: np.ndarray, query: np.ndarray, count: int = 10) -> list[int]:
    return np.argsort(-(vectors @ query), kind="stable")[:count].tolist()  # type: ignore[no-any-return]


def test_the_nearest_are_found_in_order(index: VectorIndex, vectors: np.ndarray) -> None:
    rows, cosines = index.search(vectors[7], 10)
    assert rows.tolist() == [100 + one for one in nearest(vectors, vectors[7])]
    assert cosines[0] == pytest.approx(1.0, abs=1e-3)


def test_only_allowed_rows_are_found(index: VectorIndex, vectors: np.ndarray) -> None:
    rows, _ = index.search(vectors[7], 10, np.array([101, 107, 999]))
    assert sorted(rows.tolist()) == [101, 107]
    assert index.search(vectors[7], 10, np.array([], dtype=np.int64))[0].size == 0


def test_removed_rows_are_gone_and_the_others_stay(index: VectorIndex, vectors: np.ndarray) -> None:
    index.remove([107, 107, 5, -3])
    assert 107 not in index
    assert index.size == 49
    assert 107 not in index.search(vectors[7], 50)[0]
    assert index.search(vectors[8], 1)[0].tolist() == [108]
    index.keep_only({120, 121})
    assert sorted(index.search(vectors[7], 50)[0].tolist()) == [120, 121]
    index.keep_only(set())
    assert index.search(vectors[7], 50)[0].size == 0


def test_a_row_has_one_vector(index: VectorIndex, vectors: np.ndarray) -> None:
    with pytest.raises(ValueError, match="twice"):
        index.add([149], vectors[:1])
    with pytest.raises(ValueError, match="twice"):
        index.add([1, 1], vectors[:2])
    index.remove([149])
    index.add([149], vectors[:1])
    assert (index.size, 149 in index) == (50, True)
    assert sorted(index.search(vectors[0], 2)[0].tolist()) == [100, 149]


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


def test_an_empty_index_finds_nothing_and_can_be_saved(vectors: np.ndarray, tmp_path: Path) -> None:
    index = VectorIndex(SIZE)
    assert index.search(vectors[0], 3)[0].size == 0
    index.save(tmp_path / "none.faiss")
    loaded = VectorIndex.load(tmp_path / "none.faiss", SIZE)
    assert (loaded.size, loaded.search(vectors[0], 3)[0].size) == (0, 0)
    loaded.add([4], vectors[:1])
    assert loaded.search(vectors[0], 3)[0].tolist() == [4]


def test_a_little_change_is_written_beside_the_large_file(tmp_path: Path) -> None:
    vectors = unit(400)
    index = VectorIndex(SIZE)
    index.add(range(400), vectors)
    (tmp_path / "a").mkdir()
    index.save(tmp_path / "a" / "one.faiss")
    index.remove([3, 4])
    index.add([1000, 1001], vectors[3:5])
    for number in range(3):  # what was saved, and saved again, is what counts
        folder = tmp_path / f"b{number}"
        folder.mkdir()
        index.save(folder / "one.faiss")
        assert (folder / "one.faiss").samefile(tmp_path / "a" / "one.faiss")
        index = VectorIndex.load(folder / "one.faiss", SIZE)
        assert index.size == 400
        assert index.search(vectors[3], 1)[0].tolist() == [1000]
        assert (3 in index, 5 in index) == (False, True)
        assert index.cosines(vectors[4], [1001]) == pytest.approx([1.0], abs=1e-3)


def test_many_changes_are_written_anew(tmp_path: Path) -> None:
    index = VectorIndex(SIZE)
    index.add(range(400), unit(400))
    index.save(tmp_path / "one.faiss")
    index.remove(range(50))
    (tmp_path / "next").mkdir()
    index.save(tmp_path / "next" / "one.faiss")
    assert not (tmp_path / "next" / "one.faiss").samefile(tmp_path / "one.faiss")
    assert not (tmp_path / "next" / "one.recent").exists()
    assert VectorIndex.load(tmp_path / "next" / "one.faiss", SIZE).size == 350


def test_the_large_file_is_written_from_the_map_when_another_process_removed_it(
    tmp_path: Path,
) -> None:
    vectors = unit(400)
    index = VectorIndex(SIZE)
    index.add(range(400), vectors)
    index.save(tmp_path / "one.faiss")
    (tmp_path / "one.faiss").unlink()
    index.remove([7])
    (tmp_path / "next").mkdir()
    index.save(tmp_path / "next" / "one.faiss")
    loaded = VectorIndex.load(tmp_path / "next" / "one.faiss", SIZE)
    assert (loaded.size, loaded.search(vectors[8], 1)[0].tolist()) == (399, [8])


def test_changes_go_on_while_a_snapshot_is_written(tmp_path: Path) -> None:
    vectors = unit(100)
    index = VectorIndex(SIZE)
    index.add(range(60), vectors[:60])
    taken = index.snapshot()
    index.remove([1, 2])
    index.add([1, 60, 61], vectors[[99, 60, 61]])
    index.remove([61])
    stored = taken.write(tmp_path / "one.faiss")
    index.adopt(taken, stored)
    assert (index.size, 2 in index, 61 in index) == (60, False, False)
    assert index.search(vectors[99], 1)[0].tolist() == [1]
    assert index.search(vectors[60], 1)[0].tolist() == [60]
    assert index.cosines(vectors[5], [5]) == pytest.approx([1.0], abs=1e-3)
    assert VectorIndex.load(tmp_path / "one.faiss", SIZE).search(vectors[1], 1)[0].tolist() == [1]


def test_only_what_must_be_trained_is_slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vector_file, "SCANNED", 300)
    index = VectorIndex(SIZE)
    index.add(range(300), unit(300))
    assert not index.snapshot().is_slow
    index.add([300], unit(1))
    assert index.snapshot().is_slow
    index.save(tmp_path / "one.faiss")
    index.remove([4])
    assert not index.snapshot().is_slow
    index.add(range(400, 500), unit(100))
    assert index.snapshot().is_slow


def test_a_snapshot_of_what_is_no_more_is_not_adopted(tmp_path: Path) -> None:
    index = VectorIndex(SIZE)
    index.add(range(60), unit(60))
    first, second = index.snapshot(), index.snapshot()
    index.adopt(first, first.write(tmp_path / "one.faiss"))
    index.remove([4])
    index.adopt(second, second.write(tmp_path / "two.faiss"))
    assert (index.size, 4 in index) == (59, False)


@pytest.mark.usefixtures("small_scans")
def test_lists_find_what_a_scan_finds(tmp_path: Path) -> None:
    vectors, queries = unit(6_000), unit(40, seed=2)
    index = VectorIndex(SIZE)
    index.add(range(6_000), vectors)
    index.save(tmp_path / "one.faiss")
    assert index._parts[0].is_listed
    index = VectorIndex.load(tmp_path / "one.faiss", SIZE)
    index.remove(range(200))
    index.add(range(200), vectors[:200])
    few = np.random.default_rng(3).permutation(6_000)[:60]
    half = np.arange(0, 6_000, 2)
    for allowed in (None, few, half):
        rows = np.arange(6_000) if allowed is None else allowed
        hits = [
            len(
                set(index.search(query, 10, allowed)[0].tolist())
                & set(rows[nearest(vectors[rows], query)].tolist())
            )
            for query in queries
        ]
        assert np.mean(hits) >= 9.9
    assert index.cosines(vectors[3000], [3000]) == pytest.approx([1.0], abs=1e-3)


@pytest.mark.usefixtures("small_scans")
def test_lists_stay_exact_when_little_is_allowed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Even where the rows are too many to be compared one by one."""
    monkeypatch.setattr(vector_index, "_FEW", 0)
    vectors, queries = unit(6_000), unit(20, seed=2)
    index = VectorIndex(SIZE)
    index.add(range(6_000), vectors)
    index.save(tmp_path / "one.faiss")
    allowed = np.arange(17, 6_000, 100)
    for query in queries:
        expected = allowed[nearest(vectors[allowed], query)].tolist()
        assert index.search(query, 10, allowed)[0].tolist() == expected


Change = st.one_of(
    st.tuples(st.just("add"), st.lists(st.integers(0, 60), unique=True, max_size=8)),
    st.tuples(st.just("remove"), st.lists(st.integers(0, 60), max_size=8)),
    st.tuples(st.just("keep"), st.lists(st.integers(0, 60), min_size=30, max_size=60)),
    st.tuples(st.just("save"), st.just([])),
    st.tuples(st.just("load"), st.just([])),
)


@given(st.lists(Change, max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_it_holds_what_a_dictionary_holds(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, list[int]]]
) -> None:
    vectors, model = unit(61), dict[int, np.ndarray]()
    index, folder = VectorIndex(SIZE), tmp_path_factory.mktemp("index")
    for number, (act, rows) in enumerate(changes):
        if act == "add":
            new = [row for row in rows if row not in model]
            index.add(new, vectors[new])
            model.update((row, vectors[row]) for row in new)
        elif act == "remove":
            index.remove(rows)
            model = {row: one for row, one in model.items() if row not in rows}
        elif act == "keep":
            index.keep_only(set(rows))
            model = {row: one for row, one in model.items() if row in rows}
        else:
            index.save(folder / f"{number}.faiss")
            if act == "load":
                index = VectorIndex.load(folder / f"{number}.faiss", SIZE)
    assert index.size == len(model)
    assert set(index.search(vectors[0], 100)[0].tolist()) == set(model)
    assert [row in index for row in range(61)] == [row in model for row in range(61)]
    for row, one in model.items():
        assert index.cosines(one, [row]) == pytest.approx([1.0], abs=2e-3)
