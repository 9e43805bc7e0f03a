# SPDX-License-Identifier: Apache-2.0
"""An export that is killed, meets a full disk or another export leaves a model that verifies."""

import os
import resource
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentassist.errors import Unavailable, UserError
from agentassist.retrieval import model_place
from agentassist.retrieval.export_process import Export
from agentassist.retrieval.model_export import export
from agentassist.retrieval.model_folder import verify
from tests.model import model_folder
from tests.small_model import ready_source, small_folder, small_source

__all__ = ["model_folder", "ready_source", "small_folder", "small_source"]

_MEGABYTE = 1 << 20


@pytest.fixture
def target(ready_source: Path, tmp_path: Path) -> Path:
    """Give a place with a model in it."""
    place = tmp_path / "models" / "one"
    export(ready_source, place, ["en"])
    return place


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let no file grow over ten megabytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10 * _MEGABYTE, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def kill_at(step: int, running: Export) -> None:
    def look(reached: int, of: int, text: str) -> None:
        if reached == step:
            running._child.kill()

    with pytest.raises(Unavailable, match="ended early"):
        running.wait(look)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_killed_export_leaves_the_old_model_and_can_be_repeated(
    ready_source: Path, target: Path, step: int
) -> None:
    before = verify(target)
    kill_at(step, Export(ready_source, target, ["ko"]))
    assert verify(target) == before
    Export(ready_source, target, ["ko"]).wait()
    assert verify(target).languages == ("ko",)


def test_a_full_disk_is_said_and_leaves_the_old_model(
    ready_source: Path, target: Path, small_disk: None
) -> None:
    before = verify(target)
    with pytest.raises(Unavailable, match="Free some space"):
        export(ready_source, target)
    with pytest.raises(Unavailable, match="Free some space"):
        Export(ready_source, target).wait()
    assert verify(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["one"]


def test_killed_between_two_renames_the_old_model_comes_back(target: Path) -> None:
    before = verify(target)
    target.rename(target.with_name(".one.old-x"))
    (target.parent / ".one.old-y").mkdir()  # of an export that was killed while removing
    with pytest.raises(UserError):
        verify(target)
    model_place.recover(target)
    assert verify(target) == before


def test_what_a_killed_export_left_goes_when_nobody_can_be_writing_it(target: Path) -> None:
    fresh, left = (target.parent / f".one.{name}" for name in ("fresh", "left"))
    for folder in (fresh, left):
        folder.mkdir()
    long_ago = time.time() - 3600
    os.utime(left, (long_ago, long_ago))
    model_place.sweep(target)
    assert (fresh.exists(), left.exists()) == (True, False)


def test_two_exports_at_once_leave_one_whole_model(ready_source: Path, target: Path) -> None:
    running = [Export(ready_source, target, [language]) for language in ("en", "ko", "de")]
    for one in running:
        one.wait()
    assert verify(target).languages[0] in {"en", "ko", "de"}
    assert [path.name for path in target.parent.iterdir()] == ["one"]


def test_many_swaps_at_once_never_lose_the_model(tmp_path: Path) -> None:
    place = tmp_path / "models" / "one"
    place.mkdir(parents=True)
    faults: list[BaseException] = []

    def swap(number: int) -> None:
        try:
            for turn in range(20):
                made = tmp_path / f"{number}-{turn}"
                made.mkdir()
                (made / "manifest.json").write_text(f"{number} {turn}")
                model_place.swap(made, place)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (place / "manifest.json").read_text().split()[0] in {"0", "1"}


def test_a_refused_model_leaves_nothing(ready_source: Path, tmp_path: Path) -> None:
    (ready_source / "tokenizer.json").write_text("{}")
    with pytest.raises(UserError):
        export(ready_source, tmp_path / "models" / "two")
    assert list((tmp_path / "models").iterdir()) == []
