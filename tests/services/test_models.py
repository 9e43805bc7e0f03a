# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from agentassist.errors import NewerData, UserError
from agentassist.retrieval.model_folder import BUNDLED_NAME, MANIFEST
from agentassist.services.models import ModelShelf
from tests.model import model_folder
from tests.small_model import small_folder, small_source

__all__ = ["model_folder", "small_folder", "small_source"]


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


def shelves(folder: Path, first: Path, second: Path) -> tuple[ModelShelf, list[Path | None]]:
    named: list[Path | None] = [first]
    return ModelShelf(folder, first, lambda: named[0]), named


def test_another_choice_is_seen_once_and_waits(
    model_folder: Path, small_folder: Path, tmp_path: Path
) -> None:
    models, named = shelves(tmp_path, model_folder, small_folder)
    models.open_encoder().close()
    assert (models.waiting, models.look_again()) == (False, False)
    named[0] = small_folder
    assert (models.look_again(), models.waiting, models.in_use) == (True, True, small_folder)
    assert not models.look_again()
    named[0] = model_folder
    assert (models.look_again(), models.waiting) == (False, False)


def test_the_model_that_answered_answers_at_the_next_start(
    model_folder: Path, small_folder: Path, tmp_path: Path
) -> None:
    ModelShelf(tmp_path, model_folder).open_encoder().close()
    again = ModelShelf(tmp_path, small_folder)
    encoder = again.open_encoder()
    assert (encoder.name, again.waiting) == (model_folder.name, True)
    encoder.close()
    again.settle()
    encoder = ModelShelf(tmp_path, small_folder).open_encoder()
    assert encoder.name == small_folder.name
    encoder.close()


def test_when_the_one_before_is_gone_the_chosen_one_answers(
    small_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "answering").write_text("/nowhere/at/all")
    models = ModelShelf(tmp_path, small_folder)
    encoder = models.open_encoder()
    assert (encoder.name, models.waiting) == (small_folder.name, False)
    encoder.close()


def test_settings_that_cannot_be_read_change_nothing(model_folder: Path, tmp_path: Path) -> None:
    def reread() -> Path | None:
        if reread.broken:  # type: ignore[attr-defined]
            raise UserError("half written")
        return model_folder

    reread.broken = False  # type: ignore[attr-defined]
    models = ModelShelf(tmp_path, model_folder, reread)
    reread.broken = True  # type: ignore[attr-defined]
    assert not models.look_again()
    assert models.in_use == model_folder


def test_a_model_of_a_newer_version_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / BUNDLED_NAME).mkdir()
    (tmp_path / BUNDLED_NAME / MANIFEST).write_text('{"format": 99}')
    models = ModelShelf(tmp_path)
    assert not models.can_answer
    with pytest.raises(NewerData):
        models.export()


def test_a_model_of_an_older_version_is_exported_again(tmp_path: Path) -> None:
    (tmp_path / BUNDLED_NAME).mkdir()
    (tmp_path / BUNDLED_NAME / MANIFEST).write_text('{"format": 1}')
    assert not ModelShelf(tmp_path).ready
