# SPDX-License-Identifier: Apache-2.0
import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from agentassist.errors import Cancelled, NewerData, Unavailable, UserError
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.model_folder import (
    GRAPH,
    MANIFEST,
    TOKENIZER,
    WEIGHTS,
    Prompts,
    read_manifest,
    verify,
    write_manifest,
)

ODD = ["", " ", "😀", "\0\0", "\ud800", "x" * 1_000_000, "가" * 100_000, "\u200b\u202e"]


def test_like_sentences_are_close_and_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(["my parcel is late", "the package has not arrived", "a red apple"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert vectors[0] @ vectors[1] > 0.4 > vectors[0] @ vectors[2]


def test_in_bulk_the_vectors_are_the_same_in_the_same_order(encoder: Encoder) -> None:
    texts = [f"{'long ' * (number % 37)}text number {number}" for number in range(150)]
    assert np.allclose(encoder.encode_many(texts), encoder.encode(texts), atol=1e-4)
    assert encoder.encode_many([]).shape == (0, encoder.dimension)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert np.linalg.norm(encoder.encode([text])) == pytest.approx(1, abs=1e-3)


def test_bulk_work_can_be_stopped(encoder: Encoder) -> None:
    with pytest.raises(Cancelled):
        encoder.encode_many(["text"] * 10, lambda: True)


def test_the_guard_comes_first(model_folder: Path) -> None:
    def guard() -> None:
        raise RuntimeError("not here")

    with pytest.raises(RuntimeError, match="not here"):
        Encoder.open(model_folder, guard=guard)


def test_a_closed_encoder_says_so(model_folder: Path) -> None:
    encoder = Encoder.open(model_folder)
    encoder.close()
    with pytest.raises(Unavailable, match="Keyword search goes on"):
        encoder.encode(["text"])


def test_it_speaks_what_the_manifest_says(encoder: Encoder) -> None:
    assert encoder.languages == ("en",)
    assert encoder.speaks("en-GB")
    assert encoder.speaks("")
    assert not encoder.speaks("ko")


@pytest.fixture
def copied(model_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder, tmp_path / "model"))


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS, TOKENIZER])
def test_a_changed_file_is_refused(copied: Path, name: str) -> None:
    data = bytearray((copied / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copied / name).write_bytes(bytes(data))
    with pytest.raises(UserError, match="sha256 differs"):
        Encoder.open(copied)


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS, TOKENIZER, MANIFEST])
def test_a_missing_file_is_refused(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(UserError, match="model"):
        Encoder.open(copied)


def test_a_link_is_refused(copied: Path, model_folder: Path) -> None:
    (copied / GRAPH).unlink()
    (copied / GRAPH).symlink_to(model_folder / GRAPH)
    with pytest.raises(UserError, match="link"):
        verify(copied)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 1}', '{"format": 2}', "\x00"])
def test_a_manifest_that_is_none_of_ours_is_refused(copied: Path, text: str) -> None:
    (copied / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="Export the model again"):
        read_manifest(copied)


def test_a_manifest_of_a_newer_version_is_refused(copied: Path) -> None:
    (copied / MANIFEST).write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(NewerData, match="Update the program"):
        Encoder.open(copied)


def test_a_manifest_that_promises_another_dimension_is_refused(copied: Path) -> None:
    write_manifest(copied, replace(read_manifest(copied), dimension=17))
    with pytest.raises(UserError, match="17 dimensions"):
        Encoder.open(copied)


@pytest.mark.parametrize("size", [0, -1, 1 << 40, "x", None])
def test_a_manifest_of_no_size_is_refused(copied: Path, size: object) -> None:
    raw = json.loads((copied / MANIFEST).read_text())
    for key in ("dimension", "max_tokens"):
        (copied / MANIFEST).write_text(json.dumps({**raw, key: size}))
        with pytest.raises(UserError, match="Export the model again"):
            read_manifest(copied)


def test_what_is_fitted_to_a_model_is_kept_in_its_manifest(copied: Path) -> None:
    manifest = replace(read_manifest(copied), calibration={"strong": (0.5, 0.25)})
    write_manifest(copied, manifest)
    assert verify(copied) == manifest
    assert {path.name for path in copied.iterdir()} == {GRAPH, WEIGHTS, TOKENIZER, MANIFEST}


def test_prompts_go_before_the_text(copied: Path, encoder: Encoder) -> None:
    prompts = Prompts(query="query: ", passage="passage: ")
    write_manifest(copied, replace(read_manifest(copied), prompts=prompts))
    prompted = Encoder.open(copied)
    for got, text in (
        (prompted.encode_query(["a red apple"]), "query: a red apple"),
        (prompted.encode(["a red apple"]), "passage: a red apple"),
        (prompted.encode_many(["a red apple"]), "passage: a red apple"),
    ):
        assert np.allclose(got, encoder.encode([text]), atol=1e-6)
    prompted.close()


def test_a_vector_does_not_depend_on_what_is_beside_it(encoder: Encoder) -> None:
    texts = ["my parcel is late", "ERROR 0x80070057 " * 60, "환불", "?", "a red apple " * 9]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.sum(together * alone, axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-4)


def test_batches_come_as_they_are_made_and_all_of_them(encoder: Encoder) -> None:
    texts = [f"{'long ' * (number % 60)}text number {number}" for number in range(150)]
    seen: list[int] = []
    for rows, vectors in encoder.encode_batches(texts):
        assert np.allclose(vectors, encoder.encode([texts[row] for row in rows]), atol=1e-3)
        seen += rows
    assert sorted(seen) == list(range(150))


def test_leaving_the_batches_ends_the_threads(encoder: Encoder) -> None:
    batches = encoder.encode_batches(["text " * 100] * 100)
    next(batches)
    batches.close()  # the threads are looked for after the test


def test_searching_never_loads_torch(model_folder: Path) -> None:
    program = (
        "import sys, pathlib;"
        "from agentassist.services.knowledge_index import KnowledgeIndex;"
        "from agentassist.services.models import ModelShelf;"
        "from agentassist.retrieval.encoder import Encoder;"
        "Encoder.open(pathlib.Path(sys.argv[1])).encode(['a text']);"
        "ModelShelf(pathlib.Path('.')).ready;"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(model_folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
