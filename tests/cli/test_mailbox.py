# SPDX-License-Identifier: Apache-2.0
"""The mailbox from the command line: its password in the keyring, and the mail in it."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from typer.testing import CliRunner, Result

from agentassist.cli import app
from tests.intake.mails import mail
from tests.mail_servers import PASSWORD, Dovecot
from tests.test_credentials import Shelf

USER = "desk@shop.example"


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    before, made = keyring.get_keyring(), Shelf()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def run(folder: Path, *words: str, given: str = "") -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder)], input=given)


def test_without_a_mailbox_it_says_what_to_set(tmp_path: Path) -> None:
    found = run(tmp_path, "interactions", "watch-mail", "--once")
    assert found.exit_code == 1
    assert "imap_host" in found.output


def test_a_mailbox_is_set_up_and_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Shelf, dovecot: Dovecot
) -> None:
    set_to = {"HOST": "localhost", "PORT": dovecot.port, "USER": USER, "CA": dovecot.certificate}
    for key, value in set_to.items():
        monkeypatch.setenv(f"AGENTASSIST_IMAP_{key}", str(value))
    monkeypatch.setenv("AGENTASSIST_IMAP_FOLDERS", "INBOX,Sent")
    missing = run(tmp_path, "interactions", "watch-mail", "--once")
    assert (missing.exit_code, "mail-password" in missing.output) == (1, True)

    kept = run(tmp_path, "interactions", "mail-password", given=f"{PASSWORD}\n")
    assert (kept.exit_code, list(shelf.kept.values())) == (0, [PASSWORD])
    assert PASSWORD not in kept.output

    dovecot.deliver(USER, mail())
    dovecot.deliver(USER, mail("", From="", Date=""))
    found = run(tmp_path, "interactions", "watch-mail", "--once")
    assert found.exit_code == 0, found.output
    assert f"{USER}@localhost/INBOX: 1 new, 0 known, 1 left out, 0 linked" in found.output
    assert "INBOX:2: left out: This is no mail" in found.output


def test_mails_are_imported_with_our_own_addresses(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail())
    words = ("interactions", "import", str(path), "--own", "@shop.example", "--dry-run")
    found = run(tmp_path / "data", *words)
    assert found.exit_code == 0, found.output
    assert "interactions  1" in found.output
