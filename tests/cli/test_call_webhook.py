# SPDX-License-Identifier: Apache-2.0
"""The address that IT enters at the telephone system."""

import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from typer.testing import CliRunner, Result

from agentassist.cli.call import app
from agentassist.cti.webhook import Webhook


class Drawer(KeyringBackend):
    """Keeps one secret in memory."""

    priority = 5.0  # type: ignore[assignment]  # the base class computes it

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        del service
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        del service
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del service
        self.kept.pop(username)


@pytest.fixture(autouse=True)
def drawer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    for key in ("WEBHOOK", "WEBHOOK_PORT"):
        monkeypatch.delenv(f"AGENTASSIST_{key}", raising=False)
    before, made = keyring.get_keyring(), Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def webhook(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["webhook", *words, "--data-dir", str(folder)])


def test_the_address_is_that_of_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawer: Drawer
) -> None:
    monkeypatch.setenv("AGENTASSIST_WEBHOOK_PORT", "8741")
    first, second = webhook(tmp_path), webhook(tmp_path)
    [token] = drawer.kept.values()
    endpoint = Webhook(token, port=8741).endpoint
    assert (first.exit_code, first.stdout) == (0, f"{endpoint}\n")
    assert second.stdout == first.stdout
    assert json.loads(webhook(tmp_path, "--json").stdout) == {
        "address": endpoint,
        "port": 8741,
        "token": token,
        "kept_in": "keyring",
        "notes": [],
    }


def test_a_port_that_changes_is_told_with_what_to_do(tmp_path: Path, drawer: Drawer) -> None:
    result = webhook(tmp_path)
    [token] = drawer.kept.values()
    assert result.exit_code == 0
    assert result.stdout == f"http://127.0.0.1:PORT/cti/{token}\n"
    assert "chosen anew at each start" in result.stderr
    assert "webhook_port = 8741" in result.stderr
    plain = json.loads(webhook(tmp_path, "--json").stdout)
    assert (plain["address"], plain["port"], plain["token"]) == (None, 0, token)
    assert "webhook_port = 8741" in plain["notes"][0]


def test_a_token_in_a_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    monkeypatch.setenv("AGENTASSIST_WEBHOOK_PORT", "8741")
    result = webhook(tmp_path / "new")
    token = (tmp_path / "new" / "webhook-token").read_text().splitlines()[-1]
    assert result.stdout == f"http://127.0.0.1:8741/cti/{token}\n"
    assert f"kept in {tmp_path / 'new' / 'webhook-token'}" in result.stderr


def test_a_switched_off_webhook_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTASSIST_WEBHOOK", "false")
    monkeypatch.setenv("AGENTASSIST_WEBHOOK_PORT", "8741")
    result = webhook(tmp_path)
    assert result.exit_code == 0
    assert "switched off by the setting webhook" in result.stderr
