# SPDX-License-Identifier: Apache-2.0
"""The real model for tests: exported in a child once, then kept while nothing about it changes.

A test module that needs it imports the fixtures: `from tests.model import encoder, model_folder`.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentassist.errors import UserError
from agentassist.retrieval import (
    agreement,
    check_sentences,
    export_process,
    graph_int8,
    graph_tidy,
    model_export,
    model_source,
)
from agentassist.retrieval import model_folder as folders
from agentassist.retrieval.encoder import Encoder


@pytest.fixture(scope="session")
def model_folder(pytestconfig: pytest.Config) -> Path:
    """Give the bundled model, exported."""
    source = folders.bundled_source()
    assert source is not None, "the bundled model is not installed"
    assert pytestconfig.cache is not None
    target = pytestconfig.cache.mkdir("model") / key_of(source) / folders.BUNDLED_NAME
    try:
        folders.verify(target)
    except UserError:
        export_process.Export(source, target).wait()
    return target


@pytest.fixture
def encoder(model_folder: Path) -> Iterator[Encoder]:
    """Give the bundled model, loaded."""
    made = Encoder.open(model_folder)
    yield made
    made.close()


def key_of(source: Path) -> str:
    """Change with the weights and with the code that exports them."""
    modules = (
        model_export,
        model_source,
        graph_tidy,
        graph_int8,
        agreement,
        check_sentences,
        folders,
    )
    parts = [folders.sha256_of(Path(module.__file__ or "")) for module in modules]
    parts.append(folders.sha256_of(source / "model.safetensors"))
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]
