# SPDX-License-Identifier: Apache-2.0
import json
import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentassist.errors import Unavailable
from agentassist.retrieval.cache_folder import About, CacheFolder, Damaged

KEY = bytes(range(32))


def save(cache: CacheFolder, text: str) -> None:
    def fill(generation: Path) -> Mapping[str, object]:
        (generation / "data.bin").write_text(text)
        return {"length": len(text)}

    cache.write({"format": 1}, fill)


def read(cache: CacheFolder) -> tuple[Path, About]:
    return cache.read(lambda generation, about: (generation, about))


@pytest.fixture
def cache(tmp_path: Path) -> CacheFolder:
    return CacheFolder(tmp_path / "words", KEY)


def test_what_was_written_is_read(cache: CacheFolder, tmp_path: Path) -> None:
    save(cache, "first")
    save(cache, "second")
    generation, about = read(cache)
    assert (generation / "data.bin").read_text() == "second"
    assert (about["format"], about["length"]) == (1, 6)
    assert len(list((tmp_path / "words").iterdir())) == 2


def test_nothing_there_is_damage(cache: CacheFolder) -> None:
    with pytest.raises(Damaged):
        read(cache)


@given(
    st.integers(min_value=0), st.integers(min_value=1, max_value=255), st.sampled_from([0, 1, 2])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_every_changed_byte_is_noticed(
    cache: CacheFolder, place: int, change: int, which: int
) -> None:
    save(cache, "some content that is long enough")
    generation, _ = read(cache)
    files = (generation / "data.bin", generation / "manifest.json", generation.parent / "current")
    data = bytearray(files[which].read_bytes())
    data[place % len(data)] ^= change
    files[which].write_bytes(bytes(data))
    with pytest.raises(Damaged):
        read(cache)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", '{"files": 1}', "\x00", "0" * 64 + "{}"])
def test_a_manifest_that_says_nothing_is_damage(cache: CacheFolder, text: str) -> None:
    save(cache, "content")
    generation, _ = read(cache)
    (generation / "manifest.json").write_text(text)
    with pytest.raises(Damaged):
        read(cache)


@pytest.mark.parametrize("name", ["", "..", "x" * 1_000_000, "current", "\xff", "0" * 32])
def test_a_pointer_to_nowhere_is_damage_and_is_mended(
    cache: CacheFolder, tmp_path: Path, name: str
) -> None:
    save(cache, "content")
    (tmp_path / "words" / "current").write_text(name, encoding="latin-1")
    with pytest.raises(Damaged):
        read(cache)
    save(cache, "again")
    assert read(cache)[1]["length"] == 5


def test_checksums_that_were_rewritten_with_the_file_are_noticed(
    cache: CacheFolder, tmp_path: Path
) -> None:
    """Whoever has the folder, but not the key, can seal nothing."""
    save(cache, "content")
    save(CacheFolder(tmp_path / "forged" / "words", bytes(32)), "evil")
    name = (tmp_path / "words" / "current").read_text()
    (forged,) = (tmp_path / "forged" / "words").glob("*/")
    shutil.rmtree(tmp_path / "words" / name)
    shutil.copytree(forged, tmp_path / "words" / name)
    with pytest.raises(Damaged):
        read(cache)


def test_a_generation_counts_only_where_it_was_made(cache: CacheFolder, tmp_path: Path) -> None:
    save(cache, "content")
    shutil.copytree(tmp_path / "words", tmp_path / "vectors")
    with pytest.raises(Damaged):
        read(CacheFolder(tmp_path / "vectors", KEY))
    generation, _ = read(cache)
    renamed = generation.with_name("0" * 32)
    generation.rename(renamed)
    (tmp_path / "words" / "current").write_text(renamed.name)
    with pytest.raises(Damaged):
        read(cache)


def test_two_files_cannot_change_places(cache: CacheFolder) -> None:
    def fill(generation: Path) -> Mapping[str, object]:
        (generation / "a").write_text("one")
        (generation / "b").write_text("two")
        return {}

    cache.write({}, fill)
    generation, about = read(cache)
    assert json.dumps(about["files"]).count('"') == 2 * 2 + 2 * 2
    (generation / "a").rename(generation / "c")
    (generation / "b").rename(generation / "a")
    (generation / "c").rename(generation / "b")
    with pytest.raises(Damaged):
        read(cache)


def test_a_failed_write_leaves_the_old_generation(cache: CacheFolder, tmp_path: Path) -> None:
    save(cache, "old")

    def fill(generation: Path) -> Mapping[str, object]:
        (generation / "data.bin").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(Unavailable, match="No space left"):
        cache.write({}, fill)
    generation, _ = read(cache)
    assert (generation / "data.bin").read_text() == "old"
    assert len(list((tmp_path / "words").iterdir())) == 2


def test_what_another_is_writing_stays_and_what_a_crash_left_goes(
    cache: CacheFolder, tmp_path: Path
) -> None:
    save(cache, "old")
    names = ("1" * 32, "2" * 32)
    for name in names:
        (tmp_path / "words" / name).mkdir()
        (tmp_path / "words" / name / "manifest.json").write_text("{}")
    long_ago = time.time() - 7200
    os.utime(tmp_path / "words" / names[1], (long_ago, long_ago))
    save(cache, "new")
    left = {path.name for path in (tmp_path / "words").iterdir()}
    assert left == {"current", read(cache)[0].name, names[0]}


def test_a_reader_takes_what_was_saved_while_it_looked(cache: CacheFolder) -> None:
    save(cache, "old")
    seen: list[str] = []

    def load(generation: Path, _about: About) -> str:
        if not seen:
            save(cache, "newer")
        seen.append(generation.name)
        return (generation / "data.bin").read_text()

    assert cache.read(load) == "newer"
    assert len(set(seen)) == 2


@pytest.mark.parametrize(
    "fault", [ValueError, KeyError, RuntimeError, EOFError, OSError, TypeError]
)
def test_what_cannot_be_loaded_is_damage(cache: CacheFolder, fault: type[Exception]) -> None:
    save(cache, "content")

    def load(_generation: Path, _about: About) -> None:
        raise fault

    with pytest.raises(Damaged):
        cache.read(load)
