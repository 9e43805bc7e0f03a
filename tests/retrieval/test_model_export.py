# SPDX-License-Identifier: Apache-2.0
import shutil
from pathlib import Path

import numpy as np
import pytest

from agentassist.errors import Cancelled, UserError
from agentassist.retrieval.agreement import agreement_of
from agentassist.retrieval.check_sentences import check_sentences
from agentassist.retrieval.export_process import Export
from agentassist.retrieval.model_folder import Precision, Reference, bundled_source, verify
from agentassist.retrieval.model_source import spoken


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Give a copy of the bundled model's small files: enough to be looked at."""
    bundled = bundled_source()
    assert bundled is not None
    ignored = shutil.ignore_patterns("*.safetensors", "README.md", "data_config.json")
    return Path(shutil.copytree(bundled, tmp_path / "source", ignore=ignored))


def test_the_exported_model_agrees_with_the_original(model_folder: Path) -> None:
    manifest = verify(model_folder)
    assert (manifest.dimension, manifest.max_tokens, manifest.languages) == (384, 256, ("en",))
    assert (manifest.precision, manifest.agreement.reference) == (Precision.INT8, Reference.LIBRARY)
    assert manifest.agreement.cosine > 0.998
    assert manifest.agreement.lowest > 0.99
    assert manifest.agreement.overlap > 0.95


def test_agreement_sees_a_difference() -> None:
    made = np.random.default_rng(1).standard_normal((40, 8)).astype(np.float32)
    vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    assert agreement_of(vectors, vectors).overlap == 1
    turned = np.roll(vectors, 1, axis=0)
    assert agreement_of(vectors, turned).overlap < 0.9
    assert agreement_of(vectors, turned).lowest < 0.9


def test_check_sentences_are_many_and_different() -> None:
    sentences = check_sentences()
    assert len(sentences) == len(set(sentences)) > 150
    assert {len(one.split()) > 100 for one in sentences} == {True, False}


@pytest.mark.parametrize("name", ["pytorch_model.bin", "modeling_custom.py", "1_Pooling/a.pkl"])
def test_a_folder_that_may_carry_code_is_refused(source: Path, tmp_path: Path, name: str) -> None:
    (source / name).write_bytes(b"")
    with pytest.raises(UserError, match="may carry code"):
        Export(source, tmp_path / "models" / "one").wait()
    assert not (tmp_path / "models" / "one").exists()


def test_a_link_out_of_the_folder_is_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (source / "extra.json").symlink_to(tmp_path / "secret")
    with pytest.raises(UserError, match="link"):
        Export(source, tmp_path / "models" / "one").wait()


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match="not a sentence-transformers folder"):
        Export(tmp_path / "empty", tmp_path / "models" / "one").wait()


def test_a_model_without_weights_fails_with_a_sentence(source: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    with pytest.raises(UserError, match="neither weights"):
        Export(source, tmp_path / "models" / "one").wait(lambda _, __, text: steps.append(text))
    assert steps == ["Checking the folder"]
    assert not (tmp_path / "models").exists()


def test_an_export_can_be_cancelled_and_leaves_the_old_model(tmp_path: Path) -> None:
    bundled = bundled_source()
    assert bundled is not None
    target = tmp_path / "models" / "one"
    target.mkdir(parents=True)
    (target / "old").write_text("still here")
    export = Export(bundled, target)
    with pytest.raises(Cancelled):
        export.wait(lambda step, _, __: export.cancel() if step == 2 else None)
    assert (target / "old").read_text() == "still here"


def test_languages_come_from_the_model_card(source: Path) -> None:
    assert spoken(source) == ("en",)
    (source / "README.md").write_text("---\nlanguage:\n- ko\n- en\n---\nA card.\n")
    assert spoken(source) == ("ko", "en")
