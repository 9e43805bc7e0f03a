# SPDX-License-Identifier: Apache-2.0
"""Whatever happens to a file of the index, it is noticed: never a wrong answer, never a crash.

AGENTASSIST_MUTATIONS sets how many random changes are tried.
"""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from agentassist.retrieval.analyzer import Analyzer
from agentassist.retrieval.cache_folder import Damaged
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.index_cache import IndexCache, VectorSave, Words
from agentassist.retrieval.vector_index import VectorIndex
from tests.model import encoder, model_folder
from tests.retrieval.conftest import ARTICLES, build_search

__all__ = ["encoder", "model_folder"]

MUTATIONS = int(os.environ.get("AGENTASSIST_MUTATIONS", "200"))
KEY = b"\x17" * 32
ABSURD = (b"\xff" * 8, b"\x00" * 8, (1 << 62).to_bytes(8, "little"), b"\x7f\xff\xff\xff" * 2)


@dataclass
class Saved:
    """An index on disk, its pristine copy, and what it takes to open it."""

    folder: Path
    pristine: Path
    cache: IndexCache
    encoder: Encoder
    words: Words

    def open(self) -> None:
        words = self.cache.load_words(Analyzer())
        self.cache.load_vectors(self.encoder, words.catalog)

    def is_damaged(self) -> bool:
        try:
            self.open()
        except Damaged:
            return True
        return False

    def mend(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.pristine, self.folder)

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
def saved(encoder: Encoder, tmp_path: Path) -> Saved:
    """Give an index with a second generation: a large file, and recent vectors beside it."""
    search = build_search(ARTICLES, encoder)
    lexical, vectors = search._lexical, search._vectors
    words = Words(search._catalog, lexical.passages, lexical.phrases, 5)
    assert vectors is not None
    folder = tmp_path / "index"
    cache = IndexCache(folder, lambda: KEY)
    cache.save_words(words)
    extra = np.repeat(encoder.encode(["more"]), 90, axis=0)
    vectors.phrases.add(range(1000, 1090), extra)
    cache.save_vectors(VectorSave.of(vectors, words.catalog))()
    vectors.phrases.add([2000], extra[:1])
    cache.save_vectors(VectorSave.of(vectors, words.catalog))()
    shutil.copytree(folder, tmp_path / "pristine")
    return Saved(folder, tmp_path / "pristine", cache, encoder, words)


def flip(path: Path, chance: random.Random, _files: list[Path]) -> None:
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))


def cut(path: Path, chance: random.Random, _files: list[Path]) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data))])


def lengthen(path: Path, chance: random.Random, _files: list[Path]) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.randint(1, 100)))


def overwrite(path: Path, chance: random.Random, _files: list[Path]) -> None:
    """Put absurd numbers where sizes may be."""
    data, absurd = bytearray(path.read_bytes()), chance.choice(ABSURD)
    at = chance.randrange(max(1, min(len(data), 200) - len(absurd)))
    before = bytes(data)
    data[at : at + len(absurd)] = absurd
    path.write_bytes(bytes(data) if bytes(data) != before else before[:-1])


def exchange(path: Path, chance: random.Random, files: list[Path]) -> None:
    other = chance.choice([one for one in files if one.read_bytes() != path.read_bytes()])
    data = other.read_bytes()
    other.write_bytes(path.read_bytes())
    path.write_bytes(data)


def delete(path: Path, _chance: random.Random, _files: list[Path]) -> None:
    path.unlink()


ACTS: tuple[Callable[[Path, random.Random, list[Path]], None], ...] = (
    flip, flip, cut, lengthen, overwrite, exchange, delete,
)  # fmt: skip


@pytest.mark.timeout(0)
def test_every_change_of_every_file_is_noticed(saved: Saved) -> None:
    saved.open()
    chance, count = random.Random(4), len(saved.files())
    assert count == 2 + 2 + 11 + 5
    for number in range(MUTATIONS):
        files = saved.files()
        act = chance.choice(ACTS)
        path = files[number % count]
        act(path, chance, files)
        assert saved.is_damaged(), f"{act.__name__} of {path.name} went unnoticed"
        saved.mend()
    saved.open()


def test_the_vectors_of_another_model_are_not_believed(saved: Saved) -> None:
    class Other:
        digest, dimension = "another", saved.encoder.dimension

    with pytest.raises(Damaged, match="another catalog or model"):
        saved.cache.load_vectors(Other(), saved.words.catalog)  # type: ignore[arg-type]  # all that is looked at


def test_vectors_of_another_length_are_not_believed(saved: Saved, tmp_path: Path) -> None:
    class Short:
        digest, dimension = saved.encoder.digest, 16

    with pytest.raises(Damaged, match="dimension"):
        saved.cache.load_vectors(Short(), saved.words.catalog)  # type: ignore[arg-type]  # all that is looked at


def test_vectors_of_rows_that_the_catalog_does_not_know_are_not_believed(saved: Saved) -> None:
    smaller = build_search(ARTICLES[:2])._catalog
    smaller.stamp = saved.words.catalog.stamp
    with pytest.raises(Damaged, match="catalog"):
        saved.cache.load_vectors(saved.encoder, smaller)


def test_a_cache_under_another_key_is_not_believed(saved: Saved) -> None:
    other = IndexCache(saved.folder, lambda: b"\x18" * 32)
    with pytest.raises(Damaged):
        other.load_words(Analyzer())
    with pytest.raises(Damaged):
        other.load_vectors(saved.encoder, saved.words.catalog)


def test_rows_and_vectors_that_do_not_belong_together_are_damage(tmp_path: Path) -> None:
    index = VectorIndex(4)
    index.add(range(5), np.eye(5, 4, dtype=np.float32))
    index.save(tmp_path / "one.faiss")
    np.arange(4, dtype=np.int32).tofile(tmp_path / "one.rows")
    with pytest.raises(ValueError, match="together"):
        VectorIndex.load(tmp_path / "one.faiss", 4)
