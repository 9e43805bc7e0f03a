# SPDX-License-Identifier: Apache-2.0
"""Texts to unit vectors with ONNX Runtime: no torch, a fifth of a second to load.

The libraries are imported when a model is opened: words are searched before that.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from agentassist.errors import Cancelled, Unavailable, UserError
from agentassist.retrieval.analyzer import mendable
from agentassist.retrieval.model_folder import GRAPH, TOKENIZER, Manifest, verify

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Encoding

# Larger batches are slower, as they leave the processor's cache, and cost memory.
_BATCH_TOKENS = 512
_GIVE_BACK = "memory.enable_memory_arena_shrinkage"
# Without VNNI, products of signed and unsigned bytes overflow; this takes slower exact ones.
_EXACT_BYTES = "session.x64quantprecision"
# Its fused form is written out in scalars: ten times as slow as the two nodes it replaces.
_NOT_FUSED = ["SkipLayerNormFusion"]
_BULK_THREADS = 2
_AHEAD = 4  # batches under way while one is stored
_LOW_PRIORITY = 10
_CHARACTERS_PER_TOKEN = 32


class Encoder:
    """A verified model, ready to encode. Safe to use from several threads; `close` it.

    One session serves queries and bulk work: every run computes on the thread that
    called it, so that bulk work is two callers and not a second copy of the weights.
    `digest` identifies the vectors, `languages` are those it may vote in.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, guard: Callable[[], None] = lambda: None
    ) -> None:
        from tokenizers import Tokenizer  # noqa: PLC0415  see the module

        self._manifest = manifest
        self._guard = guard
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        except Exception as fault:  # the library raises nothing more special
            raise UserError("{file} of the model cannot be read.", file=TOKENIZER) from fault
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
        made = cls(folder, verify(folder), guard)
        made.encode_query([""])  # warm, and of the dimension that the manifest promises
        return made

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

    @property
    def calibration(self) -> Mapping[str, tuple[float, ...]]:
        """What was fitted to the scores of this model, by name."""
        return self._manifest.calibration

    def encode_query(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors of what is searched for, float32 [n, dimension], on this thread."""
        self._guard()
        return self._encode(self._manifest.prompts.query, texts)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return unit vectors of what is found, float32 [n, dimension], on this thread."""
        self._guard()
        return self._encode(self._manifest.prompts.passage, texts)

    def encode_many(
        self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False
    ) -> np.ndarray:
        """Return what `encode` returns, on two threads: for indexing, not during a call.

        Raises:
            Cancelled: `cancelled` answered True between two batches.
        """
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows, made in self.encode_batches(texts, cancelled):
            vectors[rows] = made
        return vectors

    def encode_batches(
        self, texts: Sequence[str], cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[list[int], np.ndarray]]:
        """Yield the rows of each batch with their vectors, as soon as they are there.

        The batches are of like length, on two threads of low priority; the caller may
        store one while the next ones are computed.

        Raises:
            Cancelled: `cancelled` answered True between two batches.
        """
        self._guard()
        encoded = self._tokenize(self._manifest.prompts.passage, texts)
        options = _bulk_options()

        def run(rows: list[int]) -> tuple[list[int], np.ndarray]:
            if cancelled():
                raise Cancelled
            return rows, self._run([encoded[row] for row in rows], options)

        pool = ThreadPoolExecutor(_BULK_THREADS, "encode", initializer=step_back)
        under_way: deque[Future[tuple[list[int], np.ndarray]]] = deque()
        try:
            for rows in _batches(encoded):
                under_way.append(pool.submit(run, rows))
                if len(under_way) > _AHEAD:
                    yield under_way.popleft().result()
            for done in under_way:
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)

    def inputs_of(self, texts: Sequence[str]) -> "Iterator[dict[str, np.ndarray]]":
        """Yield what the graph is given for each passage alone: ids and mask, int64 [1, t]."""
        for one in self._tokenize(self._manifest.prompts.passage, texts):
            yield _inputs([one])

    def close(self) -> None:
        """Let the weights go; a later call raises Unavailable."""
        self._session = None

    def _encode(self, prompt: str, texts: Sequence[str]) -> np.ndarray:
        encoded = self._tokenize(prompt, texts)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows in _batches(encoded):
            vectors[rows] = self._run([encoded[row] for row in rows])
        return vectors

    def _tokenize(self, prompt: str, texts: Sequence[str]) -> "list[Encoding]":
        # What lies behind the last token that fits is never read: cutting first keeps a
        # text of a megabyte as quick as a page.
        limit = self._manifest.max_tokens * _CHARACTERS_PER_TOKEN
        return self._tokenizer.encode_batch_fast(
            [prompt + mendable(text[:limit]) for text in texts]
        )

    def _run(
        self, batch: "Sequence[Encoding]", options: "onnxruntime.RunOptions | None" = None
    ) -> np.ndarray:
        session = self._session
        if session is None:
            raise Unavailable("The language model is closed. Keyword search goes on.")
        (vectors,) = session.run(None, _inputs(batch), options)
        if np.shape(vectors) != (len(batch), self.dimension):
            raise UserError(
                "The vectors of the model do not have the {promised} dimensions that its "
                "description promises. Export the model again.",
                promised=self.dimension,
            )
        return np.asarray(vectors, dtype=np.float32)


def step_back() -> None:
    """Lower the priority of this thread, so that a search or the window goes first."""
    if sys.platform == "linux":
        # On Linux a thread has a priority of its own; elsewhere this would be the process.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)


def _inputs(batch: "Sequence[Encoding]") -> dict[str, np.ndarray]:
    width = max((len(one.ids) for one in batch), default=0) or 1
    ids = np.zeros((len(batch), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, one in enumerate(batch):
        ids[row, : len(one.ids)] = one.ids
        mask[row, : len(one.ids)] = 1
    return {"input_ids": ids, "attention_mask": mask}


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
    options.log_severity_level = 4
    options.add_session_config_entry(_EXACT_BYTES, "1")
    try:
        return onnxruntime.InferenceSession(
            str(graph),
            sess_options=options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_NOT_FUSED,
        )
    except Exception as fault:  # the library has a dozen of its own and no common one
        raise UserError("The graph of the model cannot be loaded. Export it again.") from fault
