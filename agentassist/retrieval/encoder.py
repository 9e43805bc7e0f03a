# SPDX-License-Identifier: Apache-2.0
"""Texts to unit vectors with ONNX Runtime: no torch, a fifth of a second to load.

The libraries are imported when a model is opened: words are searched before that.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from agentassist.errors import Cancelled, Unavailable
from agentassist.retrieval.analyzer import mendable
from agentassist.retrieval.model_folder import GRAPH, TOKENIZER, Manifest, verify

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Encoding

# Larger batches are no faster on the processor, and cost hundreds of megabytes.
_BATCH_TOKENS = 1024
_GIVE_BACK = "memory.enable_memory_arena_shrinkage"
_BULK_THREADS = 2
_CHARACTERS_PER_TOKEN = 32


class Encoder:
    """A verified model, ready to encode. Safe to use from several threads; `close` it.

    One session serves queries and bulk work: every run computes on the thread that
    called it, so that bulk work is two callers and not a second copy of the weights.
    `digest` identifies the vectors, `languages` are those it may vote in.
    """

    def __init__(self, folder: Path, manifest: Manifest, guard: Callable[[], None]) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415  see the module

        self._manifest = manifest
        self._guard = guard
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(manifest.max_tokens)
        self._tokenizer.no_padding()
        self._session: onnxruntime.InferenceSession | None = _session(folder / GRAPH)

    @classmethod
    def open(cls, folder: Path, *, guard: Callable[[], None] = lambda: None) -> "Encoder":
        """Load an exported model after checking every file against its manifest.

        Raises:
            UserError: the folder is not an exported model, or a file was changed.
        """
        guard()
        return cls(folder, verify(folder), guard)

    @property
    def digest(self) -> str:
        """Identity of the vectors: equal digests may be compared with each other."""
        return self._manifest.digest

    @property
    def name(self) -> str:
        """What people call the model."""
        return self._manifest.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._manifest.dimension

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the model was made for, as ISO 639-1 codes."""
        return self._manifest.languages

    def speaks(self, language: str) -> bool:
        """Tell whether the model was made for a language; one without a name counts as its own."""
        return not language or language.lower().split("-")[0] in self.languages

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors, float32 [n, dimension], computed on this thread alone."""
        self._guard()
        encoded = self._tokenize(texts)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows in _batches(encoded):
            vectors[rows] = self._run([encoded[row] for row in rows])
        return vectors

    def encode_many(
        self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False
    ) -> np.ndarray:
        """Return what `encode` returns, on two threads: for indexing, not during a call.

        Raises:
            Cancelled: `cancelled` answered True between two batches.
        """
        self._guard()
        encoded = self._tokenize(texts)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)

        def run(rows: Sequence[int]) -> None:
            if cancelled():
                raise Cancelled
            vectors[rows] = self._run([encoded[row] for row in rows], options)

        options = _bulk_options()
        with ThreadPoolExecutor(_BULK_THREADS, "encode") as pool:
            for done in [pool.submit(run, rows) for rows in _batches(encoded)]:
                done.result()
        return vectors

    def close(self) -> None:
        """Let the weights go; a later call raises Unavailable."""
        self._session = None

    def _tokenize(self, texts: Sequence[str]) -> "list[Encoding]":
        # What lies behind the last token that fits is never read: cutting first keeps a
        # text of a megabyte as quick as a page.
        limit = self._manifest.max_tokens * _CHARACTERS_PER_TOKEN
        return self._tokenizer.encode_batch_fast([mendable(text[:limit]) for text in texts])

    def _run(
        self, batch: "Sequence[Encoding]", options: "onnxruntime.RunOptions | None" = None
    ) -> np.ndarray:
        session = self._session
        if session is None:
            raise Unavailable("The language model is closed. Keyword search goes on.")
        width = max(1, *(len(one.ids) for one in batch)) if batch else 1
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": mask}, options)
        return np.asarray(vectors, dtype=np.float32)


def _bulk_options() -> "onnxruntime.RunOptions":
    """Return options under which a run gives the memory of its batch back."""
    import onnxruntime  # noqa: PLC0415  see the module

    options = onnxruntime.RunOptions()
    options.add_run_config_entry(_GIVE_BACK, "cpu:0")
    return options


def _batches(encoded: "Sequence[Encoding]") -> list[list[int]]:
    """Group rows of like length, longest first, so that little of a batch is padding."""
    order = sorted(range(len(encoded)), key=lambda row: -len(encoded[row].ids))
    batches: list[list[int]] = []
    while order:
        size = max(1, _BATCH_TOKENS // max(1, len(encoded[order[0]].ids)))
        batches.append(order[:size])
        order = order[size:]
    return batches


def _session(graph: Path) -> "onnxruntime.InferenceSession":
    import onnxruntime  # noqa: PLC0415  see the module

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(graph), sess_options=options, providers=["CPUExecutionProvider"]
    )
