# SPDX-License-Identifier: Apache-2.0
"""Turn a model folder into a checked ONNX graph: runs in a child process of its own.

The only module that loads torch, and that only where it makes a graph or compares one.
`export_process` starts it as `python -m agentassist.retrieval.model_export SOURCE TARGET`.
It prints one line `progress STEP OF TEXT` per step, and ends with `failed TEXT` or
`unavailable TEXT` and exit status 1 when it cannot go on.
"""

import importlib.util
import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx

from agentassist.errors import Problem, Unavailable, UserError
from agentassist.retrieval import scale
from agentassist.retrieval.agreement import agreement_of, agrees, refuse_unsound
from agentassist.retrieval.check_sentences import check_sentences
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.graph_int8 import largest_channels, to_int8
from agentassist.retrieval.graph_ready import is_quantized, take_graph
from agentassist.retrieval.graph_tidy import fuse_gelu
from agentassist.retrieval.model_folder import (
    GRAPH,
    MANIFEST,
    TOKENIZER,
    WEIGHTS,
    Agreement,
    Manifest,
    Precision,
    Reference,
    sha256_of,
    verify,
    write_manifest,
)
from agentassist.retrieval.model_place import swap, sweep
from agentassist.retrieval.model_source import (
    DEFAULT_TOKENS,
    Source,
    identity,
    read_source,
    spoken,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[int, int, str], None]

_STEPS = 5
_OPSET = 18
_LEAST_MAPPED_BYTES = 1 << 16
_UNKNOWN = Agreement(0.0, 0.0, 0.0)


def export(
    source: Path,
    target: Path,
    languages: Sequence[str] = (),
    precision: Precision | None = None,
    progress: Progress = lambda step, of, text: None,
) -> Manifest:
    """Export `source` and put the checked result at `target` in one rename.

    May load torch: call it in a child process. `languages` are those the model speaks,
    read from the model card when empty. Without `precision` a graph of our own is made in
    8 bits where that agrees, and one that the folder brings is taken as it is.

    Raises:
        UserError: the folder is not safe or not a model, or the graph disagrees.
        Unavailable: the disk is full.
    """
    progress(1, _STEPS, "Checking the folder")
    about = read_source(source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch:
            folder = Path(scratch) / target.name
            folder.mkdir()
            spoken_here = tuple(languages) or spoken(source)
            manifest = _build(about, folder, spoken_here, precision, progress)
            progress(_STEPS, _STEPS, "Saving")
            swap(folder, target)
    except OSError as fault:
        raise Unavailable(
            "The model cannot be saved ({reason}). Free some space, or end the program that "
            "uses it, and try again.",
            reason=fault.strerror or "disk error",
        ) from fault
    return manifest


def _build(
    source: Source,
    folder: Path,
    languages: tuple[str, ...],
    precision: Precision | None,
    progress: Progress,
) -> Manifest:
    progress(2, _STEPS, "Loading the model")
    model = _load(source) if source.weights and _has_torch() else None
    progress(3, _STEPS, "Writing the graph")
    graph = _graph(source, model)
    _write_tokenizer(source, model, folder / TOKENIZER)
    tokens = int(model.max_seq_length or 0) if model else source.max_tokens
    source = replace(source, max_tokens=tokens)
    draft = Manifest(
        name=folder.name,
        digest="",
        dimension=source.dimension,
        max_tokens=tokens,
        languages=languages,
        agreement=_UNKNOWN,
        prompts=source.prompts,
    )
    progress(4, _STEPS, "Comparing with the original")
    kept = _first_that_agrees(folder, draft, graph, _wanted(source, graph, precision), model)
    kept = replace(kept, digest=identity(source, kept.precision), files=_digests(folder))
    write_manifest(folder, kept)
    return kept


def _has_torch() -> bool:
    return importlib.util.find_spec("sentence_transformers") is not None


def _graph(source: Source, model: "SentenceTransformer | None") -> onnx.ModelProto:
    if source.graph is not None:
        return take_graph(source)
    if model is None:
        raise UserError(
            "the folder has no ONNX graph, and this installation cannot make one. "
            "Use a folder with onnx/model.onnx."
        )
    return _exported(model)


def _wanted(
    source: Source, graph: onnx.ModelProto, precision: Precision | None
) -> tuple[Precision, ...]:
    """Return the precisions to try, the preferred one first."""
    given = source.graph is not None
    if precision is None:
        return (Precision.GIVEN,) if given else (Precision.INT8, Precision.FP32)
    if precision is Precision.INT8 and is_quantized(graph):
        raise UserError("The graph of the folder computes in few bits already; take it as it is.")
    if precision is Precision.FP32 and given:
        return (Precision.GIVEN,)
    return (precision,)


def _first_that_agrees(
    folder: Path,
    draft: Manifest,
    graph: onnx.ModelProto,
    wanted: tuple[Precision, ...],
    model: "SentenceTransformer | None",
) -> Manifest:
    """Write the graph in the first precision that agrees and return what is known of it."""
    _write(folder, graph)
    draft = _measured(folder, draft)
    expected, reference = _expected(folder, draft, model)
    for precision in wanted:
        if precision is Precision.INT8:
            _write(folder, _in_8_bits(graph, folder, draft))
        elif precision is not wanted[0]:
            _write(folder, graph)
        agreement = agreement_of(expected, _vectors(folder, draft), reference)
        if agrees(agreement, precision):
            found = replace(draft, precision=precision, agreement=agreement)
            return replace(found, calibration=_calibration(folder, found))
    raise UserError(
        "the exported graph does not agree with the original (cosine {cosine:.4f}, "
        "overlap {overlap:.3f}). Use another model.",
        cosine=agreement.lowest,
        overlap=agreement.overlap,
    )


def _calibration(folder: Path, draft: Manifest) -> dict[str, tuple[float, ...]]:
    with closing(Encoder(folder, draft)) as encoder:
        unlike = scale.unlike_of(encoder.encode(scale.sentences()))
    return {scale.NAME: (round(unlike, 3),)}


def _measured(folder: Path, draft: Manifest) -> Manifest:
    """Refuse vectors that are not sound; return the manifest with their dimension."""
    with closing(Encoder(folder, draft)) as encoder:
        refuse_unsound(encoder.encode, draft.dimension)
        return replace(draft, dimension=encoder.encode(["one"]).shape[1])


def _vectors(folder: Path, draft: Manifest) -> np.ndarray:
    with closing(Encoder(folder, draft)) as encoder:
        return encoder.encode_many(check_sentences())


def _expected(
    folder: Path, draft: Manifest, model: "SentenceTransformer | None"
) -> tuple[np.ndarray, Reference]:
    if model is None:
        return _vectors(folder, draft), Reference.ITSELF
    texts = [draft.prompts.passage + one for one in check_sentences()]
    made = model.encode(texts, prompt="", normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(made, dtype=np.float32), Reference.LIBRARY


def _in_8_bits(graph: onnx.ModelProto, folder: Path, draft: Manifest) -> onnx.ModelProto:
    def largest(model: onnx.ModelProto, names: Sequence[str]) -> dict[str, np.ndarray]:
        with closing(Encoder(folder, draft)) as encoder:
            inputs = encoder.inputs_of(check_sentences()[::3])
        return largest_channels(model, names, inputs)

    return to_int8(graph, largest)


def _write(folder: Path, graph: onnx.ModelProto) -> None:
    """Write the graph with its large weights beside it, where they can be mapped."""
    for name in (GRAPH, WEIGHTS):
        (folder / name).unlink(missing_ok=True)
    copy = onnx.ModelProto()
    copy.CopyFrom(graph)
    onnx.save(
        copy,
        folder / GRAPH,
        save_as_external_data=True,
        location=WEIGHTS,
        size_threshold=_LEAST_MAPPED_BYTES,
    )
    if (folder / WEIGHTS).exists():
        (folder / WEIGHTS).chmod(0o644)  # like its neighbours: a folder may serve many machines


def _write_tokenizer(source: Source, model: "SentenceTransformer | None", path: Path) -> None:
    own = source.folder / TOKENIZER
    if model is not None:
        text = model.tokenizer.backend_tokenizer.to_str()
    elif own.is_file():
        text = own.read_text(encoding="utf-8")
    else:
        raise UserError("{file} of the model is missing.", file=TOKENIZER)
    path.write_text(text, encoding="utf-8")


def _digests(folder: Path) -> dict[str, str]:
    names = (path.name for path in sorted(folder.iterdir()) if path.name != MANIFEST)
    return {name: sha256_of(folder / name) for name in names}


def _load(source: Source) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - loads torch

    model = SentenceTransformer(
        str(source.folder),
        device="cpu",
        local_files_only=True,
        trust_remote_code=False,
        # Attention written out is a third fewer nodes than the fused form taken apart again.
        model_kwargs={"attn_implementation": "eager"},
    )
    model.max_seq_length = min(model.max_seq_length or DEFAULT_TOKENS, DEFAULT_TOKENS * 2)
    return model.eval()


def _exported(model: Any) -> onnx.ModelProto:
    """Return the graph with pooling and normalisation inside: token ids in, unit vectors out."""
    import torch  # noqa: PLC0415 - the child alone may load it

    modules: list[Any] = list(model)

    class Graph(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model  # registers the weights

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
            features: dict[str, Any] = {"input_ids": input_ids, "attention_mask": attention_mask}
            for module in modules:
                features = module(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    example = model.tokenizer(["one two", "three"], padding=True, return_tensors="pt")
    rows, columns = torch.export.Dim("rows"), torch.export.Dim("columns")
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        made = torch.onnx.export(
            Graph(),
            (example["input_ids"], example["attention_mask"]),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_shapes=({0: rows, 1: columns}, {0: rows, 1: columns}),
            opset_version=_OPSET,
            dynamo=True,
            verbose=False,
        )
    if made is None:
        raise UserError("torch gave no graph.")
    graph: onnx.ModelProto = made.model_proto
    fuse_gelu(graph)
    return graph


def _say(step: int, of: int, text: str) -> None:
    sys.stdout.write(f"progress {step} {of} {text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Run the child. Returns the exit status."""
    languages = [word.partition("=")[2] for word in arguments if word.startswith("--language=")]
    wanted = [word.partition("=")[2] for word in arguments if word.startswith("--precision=")]
    folders = [Path(word) for word in arguments if not word.startswith("--")]
    try:
        source, target = folders
        precision = Precision(wanted[0]) if wanted else None
        manifest = export(source, target, languages, precision, _say)
        verify(target)
    except Unavailable as fault:
        return _end("unavailable", fault)
    except (Problem, OSError, ValueError, RuntimeError) as fault:
        return _end("failed", fault)
    sys.stdout.write("done " + json.dumps({"digest": manifest.digest}) + "\n")
    return 0


def _end(word: str, fault: Exception) -> int:
    sys.stdout.write(f"{word} " + " ".join(str(fault).split()) + "\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
