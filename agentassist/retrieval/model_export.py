# SPDX-License-Identifier: Apache-2.0
"""Turn a sentence-transformers folder into an ONNX graph, in a child process of its own.

The only module that loads torch; nothing at run time imports it for more than `Export`,
which starts `python -m agentassist.retrieval.model_export SOURCE TARGET` and listens.
The child prints one line `progress STEP OF TEXT` per step, and ends with `failed TEXT`
and exit status 1 when it cannot go on.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from agentassist.errors import Cancelled, Problem, Unavailable, UserError
from agentassist.retrieval.check_sentences import check_sentences
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.model_folder import (
    GRAPH,
    MANIFEST,
    TOKENIZER,
    Agreement,
    Manifest,
    sha256_of,
    verify,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[int, int, str], None]

_MODULE = "agentassist.retrieval.model_export"
_STEPS = 5
_OPSET = 18
_NEIGHBOURS = 10
_LOWEST_COSINE = 0.999
_LOWEST_OVERLAP = 0.98
_DEFAULT_TOKENS = 256
_UNKNOWN = Agreement(0.0, 0.0, 0.0)
_UNSAFE = {".bin", ".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".py", ".h5", ".msgpack"}


class Export:
    """A running export to `target`.

    `wait` blocks and reports; `cancel` may come from any thread. Whoever starts one waits.
    """

    def __init__(self, source: Path, target: Path, languages: Sequence[str] = ()) -> None:
        self.target = target
        command = [sys.executable, "-m", _MODULE, str(source), str(target)]
        self._stopped = False
        # What the libraries have to say is not for people; `wait` closes it.
        self._errors = tempfile.TemporaryFile(mode="w+", encoding="utf-8")  # noqa: SIM115
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, *(f"--language={language}" for language in languages)],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
            env={**os.environ, "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"},
        )

    def wait(self, progress: Progress = lambda step, of, text: None) -> None:
        """Wait for the end and hand on each step.

        Raises:
            UserError: the folder cannot be exported; the sentence says why.
            Unavailable: the child ended for a reason of its own.
            Cancelled: `cancel` was called.
        """
        reason = ""
        with self._errors, self._child:
            for line in self._child.stdout or ():
                word, _, rest = line.rstrip("\n").partition(" ")
                if word == "progress":
                    step, of, text = rest.split(" ", 2)
                    progress(int(step), int(of), text)
                elif word == "failed":
                    reason = rest
        self._raise_for(reason)

    def _raise_for(self, reason: str) -> None:
        if self._stopped:
            raise Cancelled
        if reason:
            raise UserError("The model cannot be used: {reason}", reason=reason)
        if self._child.returncode:
            raise Unavailable(
                "The export of the model ended early (status {status}). Try it again.",
                status=self._child.returncode,
            )

    def cancel(self) -> None:
        """End the child; what it had written so far is removed by the next export."""
        self._stopped = True
        self._child.terminate()


def export(
    source: Path,
    target: Path,
    languages: Sequence[str] = (),
    progress: Progress = lambda step, of, text: None,
) -> Manifest:
    """Export `source` and put the checked result at `target` in one rename.

    Loads torch: call it in a child process. `languages` are those the model speaks,
    read from the model card when empty.

    Raises:
        UserError: the folder is not safe or not a model, or the graph disagrees.
    """
    progress(1, _STEPS, "Checking the folder")
    _refuse_unsafe(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    _sweep(target)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch:
        folder = Path(scratch) / target.name
        folder.mkdir()
        manifest = _build(source, folder, tuple(languages) or spoken(source), progress)
        progress(_STEPS, _STEPS, "Saving")
        _swap(folder, target)
    return manifest


def _build(source: Path, folder: Path, languages: tuple[str, ...], progress: Progress) -> Manifest:
    progress(2, _STEPS, "Loading the model")
    model = _load(source)
    progress(3, _STEPS, "Writing the graph")
    _write_graph(model, folder / GRAPH)
    _write_tokenizer(model, folder / TOKENIZER)
    manifest = _describe(model, source, folder, languages, _UNKNOWN)
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    progress(4, _STEPS, "Comparing with the original")
    agreement = _compare(model, folder)
    if agreement.lowest < _LOWEST_COSINE or agreement.overlap < _LOWEST_OVERLAP:
        raise UserError(
            "the exported graph does not agree with the original (cosine {cosine:.4f}, "
            "overlap {overlap:.3f}). Use another model.",
            cosine=agreement.lowest,
            overlap=agreement.overlap,
        )
    manifest = _describe(model, source, folder, languages, agreement)
    (folder / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    return manifest


def _refuse_unsafe(source: Path) -> None:
    if not (source / "modules.json").is_file():
        raise UserError("{folder} is not a sentence-transformers folder.", folder=str(source))
    for path in source.rglob("*"):
        if path.suffix.lower() in _UNSAFE:
            raise UserError(
                "{file} may carry code. Use a folder with safetensors only.", file=path.name
            )
        if path.is_symlink() and not path.resolve().is_relative_to(source.resolve()):
            raise UserError("{file} is a link to another place.", file=path.name)


def spoken(source: Path) -> tuple[str, ...]:
    """Return the languages that the model card names, English when it names none."""
    import frontmatter  # noqa: PLC0415 - the child alone needs it

    card = source / "README.md"
    named: Any = frontmatter.load(str(card)).get("language") if card.is_file() else None
    named = [named] if isinstance(named, str) else named
    return tuple(str(language) for language in named or ()) or ("en",)


def _load(source: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - loads torch

    model = SentenceTransformer(
        str(source), device="cpu", local_files_only=True, trust_remote_code=False
    )
    model.max_seq_length = min(model.max_seq_length or _DEFAULT_TOKENS, _DEFAULT_TOKENS * 2)
    return model.eval()


def _write_graph(model: Any, path: Path) -> None:
    """Write pooling and normalisation into the graph: token ids in, unit vectors out."""
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
        torch.onnx.export(
            Graph(),
            (example["input_ids"], example["attention_mask"]),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_shapes=({0: rows, 1: columns}, {0: rows, 1: columns}),
            opset_version=_OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )


def _write_tokenizer(model: "SentenceTransformer", path: Path) -> None:
    model.tokenizer.backend_tokenizer.save(str(path))


def _describe(
    model: "SentenceTransformer",
    source: Path,
    folder: Path,
    languages: tuple[str, ...],
    agreement: Agreement,
) -> Manifest:
    files = {name: sha256_of(folder / name) for name in (GRAPH, TOKENIZER)}
    tokens = int(model.max_seq_length or _DEFAULT_TOKENS)
    return Manifest(
        name=folder.name or source.name,
        digest=_identity(source, tokens),
        dimension=int(model.get_embedding_dimension() or 0),
        max_tokens=tokens,
        languages=languages,
        agreement=agreement,
        files=files,
    )


def _identity(source: Path, tokens: int) -> str:
    """Digest of the weights and what shapes the vectors: the same on every machine.

    The graph's own bytes would not do, since they differ with the version of torch.
    """
    digest = hashlib.sha256(str(tokens).encode())
    kept = (path for path in source.rglob("*") if path.suffix in {".safetensors", ".json"})
    for path in sorted(kept):
        if path.name != "data_config.json":
            digest.update(f"{path.relative_to(source).as_posix()}\0{sha256_of(path)}\n".encode())
    return digest.hexdigest()


def _compare(model: "SentenceTransformer", folder: Path) -> Agreement:
    sentences = check_sentences()
    expected = model.encode(list(sentences), normalize_embeddings=True, show_progress_bar=False)
    encoder = Encoder.open(folder)
    try:
        got = encoder.encode_many(sentences)
    finally:
        encoder.close()
    return agreement_of(np.asarray(expected, dtype=np.float32), got)


def agreement_of(expected: np.ndarray, got: np.ndarray) -> Agreement:
    """Compare two sets of unit vectors [n, d] of the same sentences."""
    cosines = np.sum(expected * got, axis=1)
    shared = [
        len(set(left) & set(right)) / _NEIGHBOURS
        for left, right in zip(_nearest(expected), _nearest(got), strict=True)
    ]
    return Agreement(float(cosines.mean()), float(cosines.min()), float(np.mean(shared)))


def _nearest(vectors: np.ndarray) -> list[list[int]]:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    nearest: list[list[int]] = np.argsort(-likeness, axis=1)[:, :_NEIGHBOURS].tolist()
    return nearest


def _swap(folder: Path, target: Path) -> None:
    """Put `folder` in the place of `target`; the old one goes only when the new one is there."""
    old = target.with_name(f".{target.name}.old")
    if target.exists():
        target.rename(old)
    folder.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove what an export that was killed left; bring back a target it had set aside."""
    old = target.with_name(f".{target.name}.old")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in target.parent.glob(f".{target.name}.*"):
        shutil.rmtree(left, ignore_errors=True)


def _say(step: int, of: int, text: str) -> None:
    sys.stdout.write(f"progress {step} {of} {text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Run the child. Returns the exit status."""
    languages = [word.partition("=")[2] for word in arguments if word.startswith("--language=")]
    folders = [Path(word) for word in arguments if not word.startswith("--")]
    try:
        source, target = folders
        manifest = export(source, target, languages, _say)
        verify(target)
    except (Problem, OSError, ValueError) as fault:
        sys.stdout.write("failed " + " ".join(str(fault).split()) + "\n")
        return 1
    sys.stdout.write("done " + json.dumps({"digest": manifest.digest}) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
