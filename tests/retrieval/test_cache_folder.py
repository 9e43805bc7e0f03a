# SPDX-License-Identifier: Apache-2.0
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agentassist.errors import Unavailable
from agentassist.retrieval.cache_folder import Damaged, read, write


def save(folder: Path, text: str) -> None:
    def fill(generation: Path) -> Mapping[str, object]:
        (generation / "data.bin").write_text(text)
        return {"length": len(text)}

    write(folder, {"format": 1}, fill)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    save(tmp_path, "first")
    save(tmp_path, "second")
    generation, about = read(tmp_path)
    assert (generation / "data.bin").read_text() == "second"
    assert (about["format"], about["length"]) == (1, 6)
    assert len(list(tmp_path.iterdir())) == 2


def test_nothing_there_is_damage(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        read(tmp_path / "nowhere")


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255), st.sampled_from([0, 1]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_every_changed_byte_is_noticed(tmp_path: Path, place: int, change: int, which: int) -> None:
    save(tmp_path, "some content that is long enough")
    generation, _ = read(tmp_path)
    path = (generation / "data.bin", tmp_path / "current")[which]
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= change
    path.write_bytes(bytes(data))
    with pytest.raises(Damaged):
        read(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", '{"files": 1}', "\x00"])
def test_a_manifest_that_says_nothing_is_damage(tmp_path: Path, text: str) -> None:
    save(tmp_path, "content")
    generation, _ = read(tmp_path)
    (generation / "manifest.json").write_text(text)
    with pytest.raises(Damaged):
        read(tmp_path)


def test_a_failed_write_leaves_the_old_generation(tmp_path: Path) -> None:
    save(tmp_path, "old")

    def fill(generation: Path) -> Mapping[str, object]:
        (generation / "data.bin").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(Unavailable, match="No space left"):
        write(tmp_path, {}, fill)
    generation, _ = read(tmp_path)
    assert (generation / "data.bin").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
