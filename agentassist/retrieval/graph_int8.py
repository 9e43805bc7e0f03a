# SPDX-License-Identifier: Apache-2.0
"""A float graph to one that multiplies in 8 bits, close to the vectors of the original.

ONNX Runtime's own dynamic quantization has one scale for all tokens of a batch: a vector
then depends on what is encoded beside it, and one neighbour in twelve is another. Here
each token has a scale of its own, each column of the weights too, and what is large in
few channels is moved from the activations into the weights before (SmoothQuant, Xiao et
al. 2023: s_j = max|x_j|^a / max|w_j|^(1-a), here a = 0.5). The output of GELU, which is
above -0.17, uses the whole unsigned range. Integer sums are exact, so that every machine
computes the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

_MICROSOFT = "com.microsoft"
_STEPS = 127
_GELU_FLOOR = 0.17
_SMALLEST = 1e-4
_EMBEDDING_ROWS = 1 << 10
_ACTIVE = "int8_"

Largest = Callable[[onnx.ModelProto, Sequence[str]], Mapping[str, np.ndarray]]


def to_int8(model: onnx.ModelProto, largest: Largest) -> onnx.ModelProto:
    """Return a copy of `model` whose products with constant matrices are done in 8 bits.

    `largest` runs a model on examples and returns, for each named tensor [.., k], the
    largest magnitude of each of its k channels. Tables of embeddings become 16-bit floats.

    Raises:
        ValueError: there is nothing to multiply in 8 bits.
    """
    made = onnx.ModelProto()
    made.CopyFrom(model)
    products = _products(made.graph)
    if not products:
        raise ValueError("no product with a constant matrix")
    inputs = dict.fromkeys(node.input[0] for node in products)
    _Rewriting(made.graph, products, largest(model, list(inputs))).run()
    _halve_tables(made.graph)
    if all(one.domain != _MICROSOFT for one in made.opset_import):
        made.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
    return made


def largest_channels(
    model: onnx.ModelProto, names: Sequence[str], inputs: Iterable[Mapping[str, np.ndarray]]
) -> dict[str, np.ndarray]:
    """Run a graph on each input and return the largest magnitudes of tensors [.., k], [k]."""
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    shown.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        shown.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    largest: dict[str, np.ndarray] = {}
    for one in inputs:
        for name, value in zip(names, session.run(list(names), one), strict=True):
            channels = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, channels), channels)
    return largest


@dataclass(slots=True)
class _Rewriting:
    """One pass over the nodes, in their order."""

    graph: onnx.GraphProto
    products: list[onnx.NodeProto]
    largest: Mapping[str, np.ndarray]
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    smoothing: dict[str, np.ndarray] = field(default_factory=dict)

    def run(self) -> None:
        weights = {one.name: one for one in self.graph.initializer}
        makers = {name: node.op_type for node in self.graph.node for name in node.output}
        chosen = {node.output[0] for node in self.products}
        self._add_constants()
        for node in self.graph.node:
            if node.output[0] not in chosen:
                self.nodes.append(node)
                continue
            gelu = makers.get(node.input[0]) == "Gelu"
            if node.input[0] not in self.smoothing:
                self._quantize(node.input[0], weights, gelu=gelu)
            self._multiply(node, numpy_helper.to_array(weights[node.input[1]]), gelu=gelu)
        _replace(self.graph.node, self.nodes)
        gone = {node.input[1] for node in self.products}
        _replace(self.graph.initializer, [i for i in self.graph.initializer if i.name not in gone])

    def _add_constants(self) -> None:
        self._constant("step", np.float32(1 / _STEPS))
        self._constant("zero", np.uint8(_STEPS + 1))
        self._constant("gelu_step", np.float32(1 / 255))
        self._constant("gelu_zero", np.uint8(0))
        self._constant("floor", np.float32(_GELU_FLOOR))
        self._constant("least", np.float32(1e-6))
        self._constant("last", np.asarray([-1], dtype=np.int64))

    def _quantize(self, name: str, weights: Mapping[str, onnx.TensorProto], *, gelu: bool) -> None:
        """Write the nodes from a tensor [.., k] to its 8 bits and the scale of each token."""
        if gelu:
            self.smoothing[name] = np.ones(1, dtype=np.float64)
            inner = self._node("Add", name, _ACTIVE + "floor", name, "raised")
            size = self._node("ReduceMax", inner, _ACTIVE + "last", name, "size", keepdims=1)
        else:
            mine = [weights[one.input[1]] for one in self.products if one.input[0] == name]
            self.smoothing[name] = _smoothing(self.largest[name], mine)
            inverse = (1 / self.smoothing[name]).astype(np.float32)
            inner = self._node("Mul", name, self._constant(f"{name}_inverse", inverse), name, "x")
            self._node("Abs", inner, "", name, "abs")
            most = f"{_ACTIVE}{name}_abs"
            most = self._node("ReduceMax", most, _ACTIVE + "last", name, "most", keepdims=1)
            size = self._node("Max", most, _ACTIVE + "least", name, "size")
        self._node("Div", inner, size, name, "share")
        kind = "gelu_" if gelu else ""
        taken = [f"{_ACTIVE}{name}_share", f"{_ACTIVE}{kind}step", f"{_ACTIVE}{kind}zero"]
        self.nodes.append(helper.make_node("QuantizeLinear", taken, [f"{_ACTIVE}{name}_8"]))

    def _multiply(self, node: onnx.NodeProto, weight: np.ndarray, *, gelu: bool) -> None:
        source, label, output = node.input[0], node.output[0], node.output[0]
        wide = weight.astype(np.float64) * self.smoothing[source].reshape(-1, 1)
        scale = np.maximum(np.abs(wide).max(axis=0), 1e-12) / _STEPS
        small = np.rint(wide / scale).astype(np.int8)
        kind = "gelu_" if gelu else ""
        inputs = [
            f"{_ACTIVE}{source}_8",
            self._constant(f"{label}_weight", small),
            f"{_ACTIVE}{kind}step",
            self._constant(f"{label}_scale", scale.astype(np.float32)),
            f"{_ACTIVE}{kind}zero",
            self._constant(f"{label}_zero", np.zeros(len(scale), dtype=np.int8)),
        ]
        share = f"{_ACTIVE}{label}_product"
        self.nodes.append(
            helper.make_node("MatMulIntegerToFloat", inputs, [share], domain=_MICROSOFT)
        )
        size = f"{_ACTIVE}{source}_size"
        if not gelu:
            self.nodes.append(helper.make_node("Mul", [share, size], [output]))
            return
        raised = self._node("Mul", share, size, label, "high")
        back = (-_GELU_FLOOR * (small * scale).sum(axis=0)).astype(np.float32)
        back_name = self._constant(f"{label}_back", back)
        self.nodes.append(helper.make_node("Add", [raised, back_name], [output]))

    def _constant(self, name: str, value: Any) -> str:
        full = _ACTIVE + name
        self.graph.initializer.append(numpy_helper.from_array(np.asarray(value), full))
        return full

    def _node(
        self, kind: str, left: str, right: str, tensor: str, label: str, **attributes: Any
    ) -> str:
        output = f"{_ACTIVE}{tensor}_{label}"
        inputs = [left, right] if right else [left]
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output


def _products(graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    floats = {
        one.name
        for one in graph.initializer
        if len(one.dims) == 2 and one.data_type == TensorProto.FLOAT  # noqa: PLR2004  a matrix
    }
    return [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in floats]


def _smoothing(largest: np.ndarray, weights: Iterable[onnx.TensorProto]) -> np.ndarray:
    rows = [np.abs(numpy_helper.to_array(one)).max(axis=1) for one in weights]
    weight = np.maximum(np.max(rows, axis=0), _SMALLEST).astype(np.float64)
    factor = np.sqrt(np.maximum(largest, _SMALLEST) / weight)
    smooth: np.ndarray = factor / factor.mean()
    return smooth


def _halve_tables(graph: onnx.GraphProto) -> None:
    """Keep large tables that are only looked up in as 16-bit floats; their rows are cast back."""
    tables = {one.name: one for one in graph.initializer if _is_table(graph, one)}
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        nodes.append(node)
        if node.op_type == "Gather" and node.input[0] in tables:
            output, row = node.output[0], f"{_ACTIVE}{node.output[0]}_row"
            node.output[0] = row
            nodes.append(helper.make_node("Cast", [row], [output], to=TensorProto.FLOAT))
    for name, one in tables.items():
        half = numpy_helper.to_array(one).astype(np.float16)
        one.CopyFrom(numpy_helper.from_array(half, name))
    _replace(graph.node, nodes)


def _is_table(graph: onnx.GraphProto, one: onnx.TensorProto) -> bool:
    if one.data_type != TensorProto.FLOAT or len(one.dims) != 2:  # noqa: PLR2004  a matrix
        return False
    users = [node for node in graph.node if one.name in node.input]
    looked_up = all(node.op_type == "Gather" and node.input[0] == one.name for node in users)
    return bool(users) and looked_up and one.dims[0] >= _EMBEDDING_ROWS


def _replace(repeated: Any, kept: Sequence[Any]) -> None:
    copies = [type(one).FromString(one.SerializeToString()) for one in kept]
    del repeated[:]
    repeated.extend(copies)
