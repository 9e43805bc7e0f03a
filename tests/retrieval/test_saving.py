# SPDX-License-Identifier: Apache-2.0
"""Saving is all or nothing: on a full disk, under kill -9, and beside another process."""

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from agentassist.errors import Unavailable
from agentassist.retrieval.cache_folder import About, CacheFolder, Damaged
from agentassist.retrieval.vector_index import VectorIndex
from tests.disk import empty, fill, full_disk

__all__ = ["full_disk"]

KEY = b"k" * 32
SIZE = 32
COUNT = 3_000

SAVING = """
import os, signal, sys
from pathlib import Path
from tests.retrieval.test_saving import cache_in, opened, save

folder, kill_at, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
index = opened(folder)
seen = 0

STEPS = {"open", "os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "shutil.rmtree"}

def count(event, arguments):
    global seen
    if event in STEPS:
        if str(folder) in str(arguments):
            seen += 1
            if seen == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
for number in range(rounds):
    index.remove([number])
    save(folder, index)
print(seen)
"""


def cache_in(folder: Path) -> CacheFolder:
    return CacheFolder(folder / "vectors", KEY)


def save(folder: Path, index: VectorIndex) -> None:
    taken = index.snapshot()
    stored = []

    def fill(generation: Path) -> dict[str, object]:
        stored.append(taken.write(generation / "passages.faiss"))
        return {"size": index.size}

    cache_in(folder).write({}, fill)
    index.adopt(taken, stored[0])


def opened(folder: Path) -> VectorIndex:
    """Open what is there; every part of it must be of the same moment."""

    def load(generation: Path, about: About) -> VectorIndex:
        index = VectorIndex.load(generation / "passages.faiss", SIZE)
        assert index.size == about["size"]
        return index

    return cache_in(folder).read(load)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vectors = np.random.default_rng(1).standard_normal((COUNT, SIZE)).astype(np.float32)
    index = VectorIndex(SIZE)
    index.add(range(COUNT), vectors)
    save(tmp_path, index)
    return tmp_path


def run(folder: Path, kill_at: int = 0, rounds: int = 1) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", SAVING, str(folder), str(kill_at), str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_kill_at_any_step_leaves_the_old_or_the_new(folder: Path) -> None:
    done = run(folder)
    steps = int(done.communicate()[0])
    assert steps >= 10
    left = COUNT - 1
    for kill_at in range(1, steps + 1):
        killed = run(folder, kill_at)
        killed.communicate()
        assert killed.returncode == -signal.SIGKILL
        index = opened(folder)
        assert index.size in {left, left - 1}
        left = index.size
        index.add([10_000 + kill_at], np.ones((1, SIZE), np.float32))
        save(folder, index)
        left += 1
        assert opened(folder).size == left


def test_two_processes_that_save_at_once_do_not_mix(folder: Path) -> None:
    writers = [run(folder, rounds=60) for _ in range(2)]
    looks = 0
    while any(writer.poll() is None for writer in writers):
        index = opened(folder)
        assert COUNT - 60 <= index.size <= COUNT
        assert index.search(np.ones(SIZE, np.float32), 10)[0].size == 10
        looks += 1
    assert looks
    for writer in writers:
        _, errors = writer.communicate()
        assert (writer.returncode, errors) == (0, "")
    assert opened(folder).size == COUNT - 60


def test_a_large_file_that_was_changed_meanwhile_is_not_sealed_anew(folder: Path) -> None:
    cache = cache_in(folder)
    index = cache.read(lambda path, _: VectorIndex.load(path / "passages.faiss", SIZE))
    (file,) = folder.glob("vectors/*/passages.faiss")
    with file.open("r+b") as changed:
        changed.seek(-1, 2)
        changed.write(b"\x7f")
    index.remove([1])
    taken = index.snapshot()

    def fill(generation: Path) -> dict[str, object]:
        taken.write(generation / "passages.faiss")
        return {"size": index.size}

    cache.write({}, fill)
    with pytest.raises(Damaged):
        opened(folder)


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow beyond 64 KB: a write fails as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("folder")
def test_a_refused_write_leaves_the_old(folder: Path, small_files: None) -> None:
    index = opened(folder)
    index.remove(range(COUNT // 2))
    with pytest.raises(Unavailable, match="cannot be saved"):
        save(folder, index)
    assert index.search(np.ones(SIZE, np.float32), 5)[0].size == 5
    assert opened(folder).size == COUNT
    assert len(list((folder / "vectors").iterdir())) == 2


def test_a_full_disk_leaves_the_old(full_disk: Path) -> None:
    vectors = np.random.default_rng(1).standard_normal((COUNT, SIZE)).astype(np.float32)
    index = VectorIndex(SIZE)
    index.add(range(COUNT), vectors)
    save(full_disk, index)
    fill(full_disk, 50_000)
    index.remove(range(COUNT // 2))
    with pytest.raises(Unavailable, match="No space left"):
        save(full_disk, index)
    assert index.size == COUNT // 2
    assert opened(full_disk).size == COUNT
    empty(full_disk)
    save(full_disk, index)
    assert opened(full_disk).size == COUNT // 2
