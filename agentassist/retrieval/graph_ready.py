# SPDX-License-Identifier: Apache-2.0
"""Takes an ONNX graph that somebody else exported: refuses what is unsafe, adds pooling.

The result has the two inputs and the one output of our own graphs: `input_ids` and
`attention_mask`, int64 [n, t], in; `vectors`, unit vectors float32 [n, d], out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from agentassist.errors import UserError
from agentassist.retrieval.model_source import MOST_BYTES, Pooling, Source

_DOMAINS = {"", "ai.onnx", "com.microsoft"}
_UNSAFE_OPS = {"EPContext", "PythonOp", "PythonOpGrad"}
_IDS, _MASK, _TYPES = "input_ids", "attention_mask", "token_type_ids"
_TOKENS = ("last_hidden_state", "token_embeddings", "hidden_states")
_SENTENCE = ("sentence_embedding", "vectors", "sentence_embeddings", "text_embeds")
_OLDEST, _AXES_ARE_INPUTS = 11, 13
_WEIGHTS_NEED_NO_INPUT = 4  # the first version of the format in which they are none
_TOKEN_RANK = 3
_OWN = "agentassist_"
_QUANTIZED = ("DynamicQuantize", "QuantizeLinear", "MatMulNBits", "MatMulInteger")


def take_graph(source: Source) -> onnx.ModelProto:
    """Read the graph of a folder and make it one of ours.

    Raises:
        UserError: it is unsafe, cannot be read, or does not give sentence vectors.
    """
    model = _load(source)
    _refuse_unsafe(model)
    graph = _Graph(model, _unused_prefix(model))
    _fix_inputs(graph)
    _normalize(graph, _sentence(graph, source))
    try:
        onnx.checker.check_model(model)
    except (onnx.checker.ValidationError, ValueError) as fault:
        raise UserError("The graph of the model is not valid ONNX.") from fault
    return model


def is_quantized(model: onnx.ModelProto) -> bool:
    """Tell whether a graph computes in fewer bits already."""
    return any(node.op_type.startswith(_QUANTIZED) for node in model.graph.node)


def _load(source: Source) -> onnx.ModelProto:
    path = source.graph
    if path is None:
        raise UserError("The folder has no ONNX graph.")
    if path.stat().st_size > MOST_BYTES:
        raise UserError("{file} is too large.", file=path.name)
    try:
        model = onnx.load(str(path), load_external_data=False)
    except Exception as fault:  # the errors of protobuf and of the disk have nothing in common
        raise UserError("{file} cannot be read as an ONNX graph.", file=path.name) from fault
    for tensor in _tensors(model.graph):
        _refuse_outside(tensor, path.parent)
    try:
        onnx.load_external_data_for_model(model, str(path.parent))
    except (ValueError, OSError, onnx.checker.ValidationError) as fault:
        raise UserError("The weights of {file} cannot be read.", file=path.name) from fault
    return model


def _refuse_outside(tensor: onnx.TensorProto, folder: Path) -> None:
    """Refuse weights that lie anywhere but in a plain file beside the graph."""
    if tensor.data_location != TensorProto.EXTERNAL:
        return
    location = next((one.value for one in tensor.external_data if one.key == "location"), "")
    path = folder / location
    if not location or Path(location).name != location or path.is_symlink():
        raise UserError("The graph wants to read a file outside its folder.")
    if not path.is_file():
        raise UserError("{file}, which the graph needs, is missing.", file=location)


def _refuse_unsafe(model: onnx.ModelProto) -> None:
    if model.functions:
        raise UserError("The graph brings operators of its own. Export the model without them.")
    for node in _nodes(model.graph):
        if node.domain not in _DOMAINS or node.op_type in _UNSAFE_OPS:
            raise UserError(
                "The graph uses an operator that is not known here ({name}).",
                name=f"{node.domain}.{node.op_type}",
            )
    if _opset(model) < _OLDEST:
        raise UserError("The graph is too old (opset {found}).", found=_opset(model))


def _nodes(graph: onnx.GraphProto) -> Iterator[onnx.NodeProto]:
    for node in graph.node:
        yield node
        for inner in _inner(node):
            yield from _nodes(inner)


def _tensors(graph: onnx.GraphProto) -> Iterator[onnx.TensorProto]:
    yield from graph.initializer
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors
        for inner in _inner(node):
            yield from _tensors(inner)


def _inner(node: onnx.NodeProto) -> Iterator[onnx.GraphProto]:
    for attribute in node.attribute:
        if attribute.HasField("g"):
            yield attribute.g
        yield from attribute.graphs


def _opset(model: onnx.ModelProto) -> int:
    versions = [one.version for one in model.opset_import if one.domain in {"", "ai.onnx"}]
    return max(versions, default=0)


def _unused_prefix(model: onnx.ModelProto) -> str:
    """Return how names may begin that are not in the graph yet, even if it came from here."""
    names = {name for node in model.graph.node for name in (*node.input, *node.output)}
    prefix = _OWN
    while any(name.startswith(prefix) for name in names):
        prefix += "_"
    return prefix


@dataclass(frozen=True, slots=True)
class _Graph:
    """A graph to which nodes are added; each method returns the name of what it added."""

    model: onnx.ModelProto
    prefix: str

    def constant(self, label: str, value: np.ndarray) -> str:
        name = self.prefix + label
        self.model.graph.initializer.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, inputs: list[str], label: str, **attributes: Any) -> str:
        name = self.prefix + label
        self.model.graph.node.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def over(self, kind: str, name: str, axis: int, label: str, **attributes: Any) -> str:
        """Add a node that works along one axis, which older operators take as an attribute."""
        if _opset(self.model) < _AXES_ARE_INPUTS:
            return self.add(kind, [name], label, axes=[axis], **attributes)
        axes = self.constant(f"{label}_axes", np.asarray([axis], dtype=np.int64))
        return self.add(kind, [name, axes], label, **attributes)


def _fix_inputs(added: _Graph) -> None:
    """Leave token ids and mask as inputs; kinds of tokens are all 0."""
    graph = added.model.graph
    weights = {one.name for one in graph.initializer}
    names = [one.name for one in graph.input if one.name not in weights]
    if not {_IDS, _MASK} <= set(names) or not set(names) <= {_IDS, _MASK, _TYPES}:
        raise UserError(
            "The graph wants other inputs than token ids and a mask ({names}).",
            names=", ".join(names),
        )
    for one in graph.input:
        if one.name in names and one.type.tensor_type.elem_type != TensorProto.INT64:
            raise UserError("The graph wants inputs that are not 64-bit numbers.")
    if _TYPES in names:
        zero = added.constant("zero", np.asarray(0, dtype=np.int64))
        graph.node.insert(0, helper.make_node("Mul", [_IDS, zero], [_TYPES]))
    kept = [helper.make_tensor_value_info(n, TensorProto.INT64, ["n", "t"]) for n in (_IDS, _MASK)]
    del graph.input[:]
    graph.input.extend(kept)


def _sentence(added: _Graph, source: Source) -> str:
    """Return the name of a tensor [n, d] with one vector for each text."""
    outputs = {one.name: one for one in added.model.graph.output}
    ready = next((name for name in _SENTENCE if name in outputs), "")
    if ready:
        return _as_float(added, ready, outputs[ready])
    tokens = next((name for name in (*_TOKENS, *list(outputs)[:1]) if name in outputs), "")
    rank = len(outputs[tokens].type.tensor_type.shape.dim) if tokens else 0
    if rank != _TOKEN_RANK or source.pooling is None or not source.plain:
        raise UserError(
            "The graph gives no vector for a sentence, and the folder does not say how to "
            "make one from its tokens. Use a folder with 1_Pooling, mean or cls."
        )
    hidden = _as_float(added, tokens, outputs[tokens])
    return _mean(added, hidden) if source.pooling is Pooling.MEAN else _first(added, hidden)


def _as_float(added: _Graph, name: str, info: onnx.ValueInfoProto) -> str:
    if info.type.tensor_type.elem_type == TensorProto.FLOAT:
        return name
    return added.add("Cast", [name], "float", to=TensorProto.FLOAT)


def _mean(added: _Graph, hidden: str) -> str:
    mask = added.add("Cast", [_MASK], "mask", to=TensorProto.FLOAT)
    wide = added.over("Unsqueeze", mask, -1, "wide")
    total = added.over(
        "ReduceSum", added.add("Mul", [hidden, wide], "kept"), 1, "total", keepdims=0
    )
    count = added.over("ReduceSum", wide, 1, "count", keepdims=0)
    least = added.constant("least", np.asarray(1e-9, dtype=np.float32))
    return added.add("Div", [total, added.add("Max", [count, least], "some")], "mean")


def _first(added: _Graph, hidden: str) -> str:
    zero = added.constant("first_index", np.asarray(0, dtype=np.int64))
    return added.add("Gather", [hidden, zero], "first", axis=1)


def _normalize(added: _Graph, vector: str) -> None:
    square = added.add("Mul", [vector, vector], "square")
    total = added.over("ReduceSum", square, -1, "squares", keepdims=1)
    least = added.constant("shortest", np.asarray(1e-12, dtype=np.float32))
    length = added.add("Max", [added.add("Sqrt", [total], "length"), least], "long")
    unit = added.add("Div", [vector, length], "vectors")
    model = added.model
    del model.graph.output[:]
    model.graph.output.append(helper.make_tensor_value_info(unit, TensorProto.FLOAT, ["n", None]))
    model.ir_version = max(model.ir_version, _WEIGHTS_NEED_NO_INPUT)
