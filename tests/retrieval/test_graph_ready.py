# SPDX-License-Identifier: Apache-2.0
"""A folder that brings its own ONNX graph, sound and with each fault."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from agentassist.errors import UserError
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.export_process import Export
from agentassist.retrieval.model_export import export
from agentassist.retrieval.model_folder import (
    GRAPH,
    TOKENIZER,
    WEIGHTS,
    Precision,
    Reference,
    verify,
)
from tests.model import model_folder
from tests.small_model import ready_source, small_folder, small_source

__all__ = ["model_folder", "ready_source", "small_folder", "small_source"]

TEXTS = ["my parcel is late", "환불", "a much longer sentence about a red apple and a pear", "?"]
Change = Callable[[onnx.ModelProto], None]


def encoded(folder: Path) -> np.ndarray:
    encoder = Encoder.open(folder)
    vectors = encoder.encode(TEXTS)
    encoder.close()
    return vectors


def change(source: Path, how: Change) -> None:
    path = source / "onnx" / GRAPH
    model = onnx.load(path)
    how(model)
    onnx.save(model, path)


def refused(source: Path, sentence: str) -> None:
    target = source.parent / "models" / "one"
    with pytest.raises(UserError, match=sentence):
        export(source, target)
    assert not target.exists()
    assert not target.parent.exists() or list(target.parent.iterdir()) == []


def test_a_graph_of_tokens_is_pooled_like_the_library_does(
    ready_source: Path, small_folder: Path, tmp_path: Path
) -> None:
    manifest = export(ready_source, tmp_path / "models" / "one", ["en", "ko"])
    assert verify(tmp_path / "models" / "one") == manifest
    assert (manifest.dimension, manifest.max_tokens, manifest.languages) == (384, 256, ("en", "ko"))
    assert manifest.precision is Precision.GIVEN
    assert manifest.agreement.reference is Reference.ITSELF
    assert np.allclose(encoded(tmp_path / "models" / "one"), encoded(small_folder), atol=1e-5)


def test_it_is_compared_with_the_library_where_that_can_load_the_weights(
    ready_source: Path, small_source: Path, tmp_path: Path
) -> None:
    shutil.copy(small_source / "model.safetensors", ready_source)
    Export(ready_source, tmp_path / "one").wait()
    manifest = verify(tmp_path / "one")
    assert manifest.agreement.reference is Reference.LIBRARY
    assert manifest.agreement.lowest > 0.9999


def test_it_may_be_brought_to_8_bits(ready_source: Path, tmp_path: Path) -> None:
    given = export(ready_source, tmp_path / "given" / "one")
    small = export(ready_source, tmp_path / "small" / "one", precision=Precision.INT8)
    assert small.precision is Precision.INT8
    assert small.digest != given.digest
    assert small.agreement.cosine > 0.998
    sizes = [(tmp_path / name / "one" / WEIGHTS).stat().st_size for name in ("given", "small")]
    assert sizes[1] < sizes[0] / 2


def test_the_first_token_may_stand_for_the_sentence(ready_source: Path, tmp_path: Path) -> None:
    mean = export(ready_source, tmp_path / "mean")
    pooling = {"word_embedding_dimension": 384, "pooling_mode_cls_token": True}
    (ready_source / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    cls = export(ready_source, tmp_path / "cls")
    assert cls.digest != mean.digest
    assert np.all(np.sum(encoded(tmp_path / "cls") * encoded(tmp_path / "mean"), axis=1) < 0.99)


def test_a_graph_that_wants_kinds_of_tokens_and_gives_sentences(
    ready_source: Path, small_folder: Path, tmp_path: Path
) -> None:
    def add(model: onnx.ModelProto) -> None:
        kinds = helper.make_tensor_value_info("token_type_ids", TensorProto.INT64, ["n", "t"])
        model.graph.input.append(kinds)
        model.graph.node.insert(0, helper.make_node("Add", ["input_ids", "token_type_ids"], ["x"]))
        for node in list(model.graph.node)[1:]:
            for at, name in enumerate(node.input):
                node.input[at] = "x" if name == "input_ids" else name

    change(ready_source, add)
    export(ready_source, tmp_path / "one")
    assert np.allclose(encoded(tmp_path / "one"), encoded(small_folder), atol=1e-5)
    for name in (GRAPH, WEIGHTS):
        shutil.copy(tmp_path / "one" / name, ready_source / "onnx" / name)
    change(ready_source, lambda model: rename_output(model, "sentence_embedding"))
    export(ready_source, tmp_path / "two")
    assert np.allclose(encoded(tmp_path / "two"), encoded(small_folder), atol=1e-5)


def rename_output(model: onnx.ModelProto, name: str) -> None:
    old = model.graph.output[0].name
    model.graph.output[0].name = name
    for node in model.graph.node:
        if old in node.output:
            node.output[0] = name


def test_weights_beside_the_graph_are_taken_in(
    ready_source: Path, small_folder: Path, tmp_path: Path
) -> None:
    path = ready_source / "onnx" / GRAPH
    model = onnx.load(path)
    onnx.save(model, path, save_as_external_data=True, location="model.onnx_data")
    assert path.stat().st_size < 1 << 20
    export(ready_source, tmp_path / "one")
    assert np.allclose(encoded(tmp_path / "one"), encoded(small_folder), atol=1e-5)


@pytest.mark.parametrize("place", ["../secret", "/etc/passwd", "link", "absent"])
def test_weights_elsewhere_are_refused(ready_source: Path, place: str) -> None:
    (ready_source / "secret").write_bytes(b"x" * (1 << 20))
    (ready_source / "onnx" / "link").symlink_to("../secret")

    def lead_out(model: onnx.ModelProto) -> None:
        tensor = model.graph.initializer[0]
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value=place)

    path = ready_source / "onnx" / GRAPH
    model = onnx.load(path)
    lead_out(model)
    path.write_bytes(model.SerializeToString())
    refused(ready_source, "missing" if place == "absent" else "outside its folder")


def foreign_operator(model: onnx.ModelProto) -> None:
    model.graph.node[0].domain = "evil.corp"
    model.opset_import.append(helper.make_opsetid("evil.corp", 1))


def binary_operator(model: onnx.ModelProto) -> None:
    node = helper.make_node("EPContext", ["input_ids"], ["y"], domain="com.microsoft")
    model.graph.node.append(node)


def foreign_operator_in_a_branch(model: onnx.ModelProto) -> None:
    inner = helper.make_node("Run", [], ["y"], domain="evil.corp")
    info = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])
    graph = helper.make_graph([inner], "branch", [], [info])
    model.graph.initializer.append(numpy_helper.from_array(np.asarray(True), "yes"))
    model.graph.node.append(
        helper.make_node("If", ["yes"], ["z"], then_branch=graph, else_branch=graph)
    )


def own_operators(model: onnx.ModelProto) -> None:
    model.functions.add(name="Mine", domain="mine")


def another_input(model: onnx.ModelProto) -> None:
    model.graph.input.append(helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1]))


def another_type(model: onnx.ModelProto) -> None:
    model.graph.input[0].type.tensor_type.elem_type = TensorProto.INT32


def scaled(by: float) -> Change:
    def apply(model: onnx.ModelProto) -> None:
        weights = next(i for i in model.graph.initializer if "LayerNorm.weight" in i.name)
        values = numpy_helper.to_array(weights) * np.float32(by)
        weights.CopyFrom(numpy_helper.from_array(values, weights.name))

    return apply


def old(model: onnx.ModelProto) -> None:
    model.opset_import[0].version = 7


def broken_node(model: onnx.ModelProto) -> None:
    model.graph.node[-1].input[0] = "nowhere"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (foreign_operator, "operator that is not known"),
        (foreign_operator_in_a_branch, "operator that is not known"),
        (binary_operator, "operator that is not known"),
        (own_operators, "operators of its own"),
        (another_input, "other inputs"),
        (another_type, "64-bit"),
        (scaled(float("nan")), "no numbers"),
        (scaled(float("inf")), "no numbers"),
        (old, "too old"),
        (broken_node, "not valid|cannot be loaded"),
    ],
)
def test_a_graph_with_a_fault_is_refused(ready_source: Path, fault: Change, sentence: str) -> None:
    change(ready_source, fault)
    refused(ready_source, sentence)


@pytest.mark.parametrize("data", [b"", b"\0\1\2 no graph", b"x" * 1000])
def test_what_is_no_graph_is_refused(ready_source: Path, data: bytes) -> None:
    (ready_source / "onnx" / GRAPH).write_bytes(data)
    refused(ready_source, "cannot be read|gives no vector|other inputs|too old")


def test_a_flipped_byte_of_the_structure_is_refused(ready_source: Path) -> None:
    path = ready_source / "onnx" / GRAPH
    data = bytearray(path.read_bytes())
    data[0:8] = b"\xff" * 8
    path.write_bytes(bytes(data))
    refused(ready_source, "cannot be read")


def test_another_dimension_than_promised_is_refused(ready_source: Path) -> None:
    pooling = {"word_embedding_dimension": 768, "pooling_mode_mean_tokens": True}
    (ready_source / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    refused(ready_source, "dimensions")


def test_unknown_pooling_is_refused(ready_source: Path) -> None:
    (ready_source / "1_Pooling" / "config.json").write_text('{"pooling_mode": "lasttoken"}')
    refused(ready_source, "1_Pooling")


@pytest.mark.parametrize("text", [None, "", "{}", '{"model": 1}'])
def test_a_tokenizer_that_is_none_is_refused(ready_source: Path, text: str | None) -> None:
    (ready_source / TOKENIZER).unlink()
    if text is not None:
        (ready_source / TOKENIZER).write_text(text)
    refused(ready_source, "tokenizer.json")


@pytest.mark.parametrize("text", ["{", "[]", '"x"', '{"auto_map": {"AutoModel": "x.Y"}}'])
def test_a_config_that_is_none_or_wants_code_is_refused(ready_source: Path, text: str) -> None:
    (ready_source / "config.json").write_text(text)
    refused(ready_source, "cannot be read|code of its own")


def test_modules_of_its_own_or_elsewhere_are_refused(ready_source: Path) -> None:
    path = ready_source / "modules.json"
    modules = json.loads(path.read_text())
    path.write_text(json.dumps([{**modules[0], "type": "evil.Transformer"}, *modules[1:]]))
    refused(ready_source, "code of its own")
    path.write_text(json.dumps([{**modules[0], "path": "../../etc"}, *modules[1:]]))
    refused(ready_source, "another place")
    path.write_text(json.dumps(["x"]))
    refused(ready_source, "cannot be read")


def test_prompts_come_from_the_folder(ready_source: Path, tmp_path: Path) -> None:
    config = {"prompts": {"query": "query: ", "document": "passage: "}}
    (ready_source / "config_sentence_transformers.json").write_text(json.dumps(config))
    manifest = export(ready_source, tmp_path / "one")
    assert (manifest.prompts.query, manifest.prompts.passage) == ("query: ", "passage: ")


def bag_of_words(table: np.ndarray, opset: int) -> onnx.ModelProto:
    """Return a model of one lookup: the vector of a token is a row of a table."""
    ids, mask = (
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"])
        for name in ("input_ids", "attention_mask")
    )
    out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["n", "t", 384])
    node = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    weights = numpy_helper.from_array(table, "table")
    graph = helper.make_graph([node], "words", [ids, mask], [out], [weights])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=7)


@pytest.mark.parametrize("opset", [11, 12, 13, 18])
def test_old_and_new_operators_pool_alike(ready_source: Path, tmp_path: Path, opset: int) -> None:
    model = onnx.load(ready_source / "onnx" / GRAPH)
    (weights,) = (i for i in model.graph.initializer if "word_embeddings" in i.name)
    table = numpy_helper.to_array(weights)
    onnx.save(bag_of_words(table, opset), ready_source / "onnx" / GRAPH)
    export(ready_source, tmp_path / "one")
    encoder = Encoder.open(tmp_path / "one")
    (inputs,) = encoder.inputs_of(["a red apple"])
    mean = table[inputs["input_ids"][0]].mean(axis=0)
    assert np.allclose(encoder.encode(["a red apple"]), mean / np.linalg.norm(mean), atol=1e-5)
    encoder.close()
