# SPDX-License-Identifier: Apache-2.0
"""Layers of settings: the last one that speaks wins, unless the machine locked the key."""

from pathlib import Path

import pytest

from agentassist.errors import BadInput
from agentassist.settings import Loaded, Origin, load


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "policy.toml", tmp_path / "settings.toml"


def loaded(
    files: tuple[Path, Path], environment: dict[str, str] | None = None, **line: object
) -> Loaded:
    machine, user = files
    return load(line, environment or {}, machine, user)


def test_later_layers_win(files: tuple[Path, Path]) -> None:
    machine, user = files
    machine.write_text('theme = "dark"\nregion = "KR"\nagent = "machine"\n')
    user.write_text('region = "GB"\nagent = "user"\n')
    found = loaded(files, {"AGENTASSIST_AGENT": "environment"}, text_scale=150)
    assert (found.settings.theme, found.settings.region, found.settings.agent) == (
        "dark",
        "GB",
        "environment",
    )
    assert found.settings.text_scale == 150
    assert found.origins["theme"] is Origin.MACHINE
    assert found.origins["text_scale"] is Origin.COMMAND_LINE
    assert found.origins["language"] is Origin.BUILT_IN


def test_a_locked_key_is_final(files: tuple[Path, Path]) -> None:
    machine, user = files
    machine.write_text('locked = ["theme", "webhook"]\ntheme = "light"\n')
    user.write_text('theme = "dark"\nwebhook = false\n')
    found = loaded(files, {"AGENTASSIST_THEME": "dark"}, theme="dark")
    assert found.settings.theme == "light"
    assert found.settings.webhook is True
    assert found.locked == {"theme", "webhook"}


@pytest.mark.parametrize(
    ("text", "field"),
    [('colour = "red"', "colour"), ("text_scale = 900", "text_scale"), ("not toml", "")],
)
def test_a_bad_file_is_named_with_its_key(files: tuple[Path, Path], text: str, field: str) -> None:
    files[1].write_text(text)
    with pytest.raises(BadInput) as caught:
        loaded(files)
    assert caught.value.place.field == field


def test_foreign_environment_is_left_alone(files: tuple[Path, Path]) -> None:
    assert loaded(files, {"AGENTASSIST_EVAL": "/x", "THEME": "dark"}).settings.theme == "system"


def test_extensions_come_as_a_list(files: tuple[Path, Path]) -> None:
    assert loaded(files, {"AGENTASSIST_EXTENSIONS": "sam,204"}).settings.extensions == (
        "sam",
        "204",
    )
