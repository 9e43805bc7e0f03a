# SPDX-License-Identifier: Apache-2.0
"""Where the files that come with the program lie, installed or in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under `resources`."""
    return _beside("resources").joinpath(*parts)


def samples() -> Path:
    """Return the folder of the sample knowledge base."""
    return _beside("kb_samples")


def _beside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
