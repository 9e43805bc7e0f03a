# SPDX-License-Identifier: Apache-2.0
import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from typer.testing import CliRunner, Result

from agentassist.cli import app
from tests.live_systems import ANSWERS, LiveSystem, serving
from tests.test_credentials import Shelf

EXPORT = Path(__file__).parent.parent / "data" / "exports" / "zendesk.json"


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveSystem]:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    data = json.loads(EXPORT.read_text(encoding="utf-8"))
    with serving(data, ANSWERS["zendesk"], "zendesk") as system:
        monkeypatch.setenv("AGENTASSIST_PULL_FROM", f"zendesk={system.url}")
        yield system


@pytest.fixture(autouse=True)
def shelf() -> Iterator[Shelf]:
    before, made = keyring.get_keyring(), Shelf()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def _run(tmp_path: Path, *words: str, given: str = "") -> Result:
    command = ["interactions", *words, "--data-dir", str(tmp_path / "data")]
    return CliRunner().invoke(app, command, input=given)


def test_a_token_is_kept_and_a_round_is_pulled(live: LiveSystem, tmp_path: Path) -> None:
    kept = _run(tmp_path, "token", "zendesk", given="me@example.com/token:secret\n")
    assert kept.exit_code == 0, kept.output
    assert "secret" not in kept.output
    pulled = _run(tmp_path, "pull", "zendesk", "--once", "--json")
    assert pulled.exit_code == 0, pulled.output
    reports = json.loads(pulled.stdout)
    assert [(report["kind"], report["new"]) for report in reports] == [
        ("customers", 3),
        ("interactions", 6),
    ]
    assert live.asked[0].headers["Authorization"].startswith("Basic ")
    again = json.loads(_run(tmp_path, "pull", "zendesk", "--once", "--json").stdout)
    assert [report["new"] for report in again] == []


def test_without_a_token_it_says_what_to_do(live: LiveSystem, tmp_path: Path) -> None:
    result = _run(tmp_path, "pull", "zendesk", "--once")
    assert result.exit_code == 1
    assert "interactions token zendesk" in result.output
    assert live.asked == []


def test_nothing_is_asked_that_nobody_allowed(live: LiveSystem, tmp_path: Path) -> None:
    for words in (("hubspot",), ("zendesk", "--url", "https://evil.example.com"), ("nothing",)):
        result = _run(tmp_path, "pull", *words, "--once")
        assert result.exit_code == 1, result.output
    assert live.asked == []
