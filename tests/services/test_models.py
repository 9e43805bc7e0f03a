# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from agentassist.errors import UserError
from agentassist.retrieval.model_folder import BUNDLED_NAME, MANIFEST
from agentassist.services.models import ModelShelf
from tests.model import model_folder

__all__ = ["model_folder"]


def test_a_shelf_shows_its_models_and_what_is_wrong(model_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "models" / "broken").mkdir(parents=True)
    (tmp_path / "models" / "broken" / MANIFEST).write_text("{")
    (tmp_path / "models" / BUNDLED_NAME).symlink_to(model_folder)
    broken, good = sorted(
        ModelShelf(tmp_path / "models").entries(), key=lambda one: -ord(one.name[0])
    )
    assert broken.manifest is None
    assert "Export the model again" in broken.fault
    assert good.manifest is not None
    assert good.manifest.dimension == 384


def test_the_bundled_model_is_used_without_a_choice(model_folder: Path) -> None:
    shelf = ModelShelf(model_folder.parent)
    assert shelf.ready
    assert shelf.verify().name == BUNDLED_NAME
    encoder = shelf.open_encoder()
    assert encoder.dimension == 384
    encoder.close()


def test_an_exported_folder_is_taken_as_it_is(model_folder: Path, tmp_path: Path) -> None:
    shelf = ModelShelf(tmp_path, model_folder)
    assert shelf.in_use == model_folder
    assert shelf.ready


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    shelf = ModelShelf(tmp_path / "models")
    assert not shelf.ready
    assert shelf.entries() == ()
    with pytest.raises(UserError, match="agentassist model add"):
        shelf.open_encoder()
    with pytest.raises(UserError, match="no folder"):
        shelf.export(tmp_path / "nowhere")
