# SPDX-License-Identifier: Apache-2.0
"""Encode passages and questions with one engine; print how fast as JSON.

Called with "ours" and an exported folder, or "library" and a sentence-transformers
folder (its defaults), and a file with a JSON list of texts. Prints the passages per second
and the milliseconds that a question of 8 tokens takes.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_WARM_UP = 4
_QUESTION = "can I send this back?"  # 8 tokens with the two at its ends
_TIMES = 40
_WINDOW = 512  # what the index sorts by length at a time

Encode = Callable[[Sequence[str]], Any]


def main(engine: str, model: str, file: Path) -> None:
    """Measure; loading does not count, for either."""
    texts: list[str] = json.loads(file.read_text(encoding="utf-8"))
    encode, ask = _ours(model) if engine == "ours" else _library(model)
    encode(texts[:_WARM_UP])
    questions = [_timed(ask, [_QUESTION]) for _ in range(_TIMES)]
    speed = len(texts) / _timed(encode, texts)
    print(json.dumps({"passages": speed, "question": 1000 * statistics.median(questions)}))


def _timed(encode: Encode, texts: Sequence[str]) -> float:
    began = time.perf_counter()
    encode(texts)
    return time.perf_counter() - began


def _ours(model: str) -> tuple[Encode, Encode]:
    """Return what encodes many passages, and what encodes a question."""
    from agentassist.retrieval.encoder import Encoder  # noqa: PLC0415  one engine is loaded

    encoder = Encoder.open(Path(model))

    def encode(texts: Sequence[str]) -> None:
        for start in range(0, len(texts), _WINDOW):
            for _ in encoder.encode_batches(texts[start : start + _WINDOW]):
                pass

    return encode, encoder.encode_query


def _library(model: str) -> tuple[Encode, Encode]:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  one engine is loaded

    encode: Encode = SentenceTransformer(model, device="cpu").encode
    return encode, encode


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
