# SPDX-License-Identifier: Apache-2.0
"""A second real model for tests: the first layer of the bundled one, in several layouts.

A test module that needs it imports the fixtures it names.
"""

import json
import shutil
from pathlib import Path

import onnx
import pytest
from onnx.utils import Extractor
from safetensors.numpy import load_file, save_file

from agentassist.errors import UserError
from agentassist.retrieval import model_folder as folders
from agentassist.retrieval.export_process import Export
from agentassist.retrieval.model_folder import Precision
from tests.model import key_of

_LAYER = "encoder.layer."


@pytest.fixture(scope="session")
def small_source(pytestconfig: pytest.Config) -> Path:
    """Give a sentence-transformers folder with one layer."""
    bundled = folders.bundled_source()
    assert bundled is not None
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("small") / key_of(bundled) / "small"
    if not (folder / "model.safetensors").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        ignored = shutil.ignore_patterns("*.safetensors", "data_config.json")
        shutil.copytree(bundled, folder, ignore=ignored)
        config = json.loads((folder / "config.json").read_text())
        (folder / "config.json").write_text(json.dumps({**config, "num_hidden_layers": 1}))
        weights = load_file(bundled / "model.safetensors")
        kept = {name: one for name, one in weights.items() if _is_kept(name)}
        save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


@pytest.fixture(scope="session")
def small_folder(small_source: Path) -> Path:
    """Give it exported, in 32-bit floats."""
    target = small_source.parent / "exported" / "small"
    try:
        folders.verify(target)
    except UserError:
        Export(small_source, target, precision=Precision.FP32).wait()
    return target


@pytest.fixture
def ready_source(small_source: Path, small_folder: Path, tmp_path: Path) -> Path:
    """Give a folder with the ONNX graph of the tokens and no other weights."""
    ignored = shutil.ignore_patterns("*.safetensors")
    folder = Path(shutil.copytree(small_source, tmp_path / "ready", ignore=ignored))
    (folder / "onnx").mkdir()
    onnx.save(token_graph(small_folder / folders.GRAPH), folder / "onnx" / folders.GRAPH)
    return folder


def token_graph(path: Path) -> onnx.ModelProto:
    """Return the part of an exported graph that ends with the vectors of the tokens."""
    model = onnx.load(path)
    norms = [node for node in model.graph.node if node.op_type == "LayerNormalization"]
    last = norms[-1].output[0]
    cut = Extractor(model).extract_model(["input_ids", "attention_mask"], [last])
    cut.graph.output[0].name = "last_hidden_state"
    for node in cut.graph.node:
        for names in (node.input, node.output):
            for at, name in enumerate(names):
                names[at] = "last_hidden_state" if name == last else name
    return cut


def _is_kept(name: str) -> bool:
    return _LAYER not in name or f"{_LAYER}0." in name
