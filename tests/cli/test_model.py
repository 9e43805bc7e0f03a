# SPDX-License-Identifier: Apache-2.0
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist import settings
from agentassist.cli.model import app
from agentassist.retrieval.model_folder import BUNDLED_NAME, GRAPH
from tests.model import model_folder
from tests.small_model import ready_source, small_folder, small_source

__all__ = ["model_folder", "ready_source", "small_folder", "small_source"]


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the person's file, in a place of the test."""
    file = tmp_path / "config" / "settings.toml"
    monkeypatch.setattr(settings, "user_file", lambda: file)
    monkeypatch.setattr(settings, "machine_policy_file", lambda: tmp_path / "policy.toml")
    return file


@pytest.fixture
def data(tmp_path: Path, model_folder: Path) -> Path:
    """Give a data folder with the bundled model."""
    shutil.copytree(model_folder, tmp_path / "data" / "models" / BUNDLED_NAME)
    return tmp_path / "data"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def listed(data: Path) -> dict[str, bool]:
    result = run("list", "--json", "--data-dir", str(data))
    return {one["name"]: one["in_use"] for one in json.loads(result.stdout)}


def test_add_verify_and_use(data: Path, ready_source: Path, user: Path) -> None:
    added = run("add", str(ready_source), "--language", "ko", "--data-dir", str(data))
    assert (added.exit_code, added.stderr.splitlines()[-1]) == (0, "5/5 Saving")
    assert "Languages ko; 384 dimensions; precision given; agreement with itself" in added.stdout
    assert listed(data) == {BUNDLED_NAME: True, "ready": False}
    used = run("use", "ready", "--data-dir", str(data))
    assert (used.exit_code, used.stderr) == (0, "")
    assert str(user) in used.stdout
    assert listed(data) == {BUNDLED_NAME: False, "ready": True}
    assert run("verify", "--data-dir", str(data)).stdout.startswith("ready: every file is right")
    assert run("use", BUNDLED_NAME, "--data-dir", str(data)).exit_code == 0
    assert listed(data) == {BUNDLED_NAME: True, "ready": False}


def test_a_precision_may_be_asked_for(data: Path, ready_source: Path) -> None:
    words = ("add", str(ready_source), "--precision", "int8", "--json", "--data-dir", str(data))
    assert json.loads(run(*words).stdout)["precision"] == "int8"


def test_a_model_that_is_not_there_or_damaged_is_not_chosen(data: Path, user: Path) -> None:
    result = run("use", "absent", "--data-dir", str(data))
    assert (result.exit_code, user.exists()) == (1, False)
    assert "agentassist model add" in result.stderr
    (data / "models" / BUNDLED_NAME / GRAPH).write_bytes(b"x")
    result = run("use", BUNDLED_NAME, "--data-dir", str(data))
    assert (result.exit_code, user.exists()) == (1, False)
    assert "sha256 differs" in result.stderr


def test_a_locked_model_is_not_changed(data: Path, user: Path, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('locked = ["model"]\n')
    result = run("use", BUNDLED_NAME, "--data-dir", str(data))
    assert (result.exit_code, user.exists()) == (1, False)
    assert "administrator" in result.stderr


def test_the_environment_that_says_otherwise_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTASSIST_MODEL", "/elsewhere")
    result = run("use", BUNDLED_NAME, "--data-dir", str(data))
    assert result.exit_code == 0
    assert "AGENTASSIST_MODEL" in result.stderr
