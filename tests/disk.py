# SPDX-License-Identifier: Apache-2.0
"""A real disk that is full. A test module that needs it imports the fixture `full_disk`."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

_FILLER = "filler"


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a file system of its own with 8 MB, to be filled; needs root."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    if not made:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path, left: int) -> None:
    """Leave about `left` bytes free."""
    now = os.statvfs(disk)
    (disk / _FILLER).write_bytes(bytes(now.f_bavail * now.f_frsize - left))


def empty(disk: Path) -> None:
    """Make room again."""
    (disk / _FILLER).unlink()
