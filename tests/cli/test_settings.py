# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli.settings import app


def show(*words: str) -> Result:
    return CliRunner().invoke(app, ["show", *words])


def test_a_name_that_is_not_known_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTASSIST_RGION", "KR")
    for words in ((), ("--json",)):
        result = show("--data-dir", str(tmp_path), *words)
        assert result.exit_code == 0
        assert "Not known: AGENTASSIST_RGION (environment)" in result.stderr.splitlines()
    assert json.loads(result.stdout)["region"]["from"] == "built-in"


def test_a_bad_value_is_a_sentence_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTASSIST_TEXT_SCALE", "900")
    result = show()
    assert result.exit_code == 1
    assert result.stderr == (
        "environment AGENTASSIST_TEXT_SCALE [text_scale]: Write a whole number from 80 to 200.\n"
    )
