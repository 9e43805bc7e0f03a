# SPDX-License-Identifier: Apache-2.0
"""`agentassist doctor` says of each part whether it is well, and changes nothing."""

import json
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from typer.testing import CliRunner, Result

from agentassist.cli.doctor import app
from agentassist.places import resource, samples
from agentassist.services.curation import import_articles
from agentassist.services.staff import Staff
from agentassist.storage.database import opened
from agentassist.ui.instance_lock import InstanceLock
from tests.model import model_folder

__all__ = ["model_folder"]  # a fixture

PARTS = [
    "logs",
    "settings",
    "python",
    "display",
    "korean font",
    "disk",
    "database",
    "model",
    "index",
]
PARTS += ["policies", "signers", "keyring", "webhook"]


class Drawer(KeyringBackend):
    """A keyring that works; the real ones are tested with the credentials."""

    priority = 5.0  # type: ignore[assignment]  # the base class computes it

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""

    def delete_password(self, service: str, username: str) -> None:
        """Nothing is kept."""


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for key in ("DATABASE_URL", "DATA_DIR", "POLICIES", "MODEL", "WEBHOOK", "WEBHOOK_PORT"):
        monkeypatch.delenv(f"AGENTASSIST_{key}", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    before = keyring.get_keyring()
    keyring.set_keyring(Drawer())
    yield
    keyring.set_keyring(before)


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder)])


def results(folder: Path) -> dict[str, tuple[bool, str]]:
    found = json.loads(run(folder, "--json").stdout)
    return {item["name"]: (item["ok"], item["sentence"]) for item in found}


def fill(folder: Path) -> None:
    with opened(_url(folder)) as database:
        database.upgrade()
        import_articles(database, samples() / "en" / "bank")


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'agentassist.db'}"


def test_a_fresh_folder_is_well_and_stays_empty(tmp_path: Path) -> None:
    found = results(tmp_path)
    assert list(found) == PARTS
    faults = {name for name, (ok, _) in found.items() if not ok}
    assert faults <= {"korean font"}, found  # fonts are the machine's own
    assert "first start" in found["model"][1]
    assert "first started" in found["database"][1]
    assert [path.name for path in tmp_path.iterdir()] == ["logs"]


def test_people_get_a_line_for_each_part(tmp_path: Path) -> None:
    result = run(tmp_path)
    lines = result.output.splitlines()
    assert [re.split("  +", line)[1] for line in lines] == PARTS
    assert {line.split()[0] for line in lines} <= {"ok", "fault"}
    assert lines[1] == "ok     settings     Every name is known."
    assert result.exit_code == int(any(line.startswith("fault") for line in lines))


def test_a_name_that_is_not_known_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = run(tmp_path).exit_code
    monkeypatch.setenv("AGENTASSIST_RGION", "KR")
    result = run(tmp_path)
    assert "warn   settings     Not known: AGENTASSIST_RGION (environment)" in result.output
    assert result.exit_code == code
    assert results(tmp_path)["settings"][0]


def test_a_filled_folder_is_told(tmp_path: Path, model_folder: Path) -> None:
    fill(tmp_path)
    shutil.copytree(model_folder, tmp_path / "models" / model_folder.name)
    found = results(tmp_path)
    assert found["database"] == (True, f"The database is sound: {_url(tmp_path)}.")
    assert found["model"] == (True, "all-MiniLM-L6-v2 is ready; it knows en.")
    assert found["index"][0]
    assert found["index"][1].startswith("16 articles are found by words.")
    assert "index rebuild" in found["index"][1]


def test_who_may_sign_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTASSIST_AGENT", "Sam")
    fill(tmp_path)
    with opened(_url(tmp_path)) as database:
        staff = Staff(database, log_n=8)
        staff.add("jo", "Jo", "agent", "correct horse 7")
        assert results(tmp_path)["signers"][1].startswith("Nobody can sign yet.")
        staff.add("mina", "Mina", "lead", "correct horse 7")
        told = (True, "1 may sign what is above an agent's authority.")
        assert results(tmp_path)["signers"] == told
        monkeypatch.setenv("AGENTASSIST_AGENT", "")
        assert results(tmp_path)["signers"][1].startswith("This desk names no agent")
        staff.disable("mina")
        assert results(tmp_path)["signers"][1].startswith("Nobody can sign yet.")


def test_without_a_model_words_are_searched(tmp_path: Path) -> None:
    fill(tmp_path)
    assert results(tmp_path)["index"] == (True, "16 articles are found by words.")


def test_a_missing_upgrade_is_told_and_not_made(tmp_path: Path) -> None:
    with opened(_url(tmp_path)):
        pass
    found = results(tmp_path)
    assert [found[name][0] for name in ("database", "index")] == [False, False]
    assert "Run `agentassist db upgrade`" in found["database"][1]
    with closing(sqlite3.connect(tmp_path / "agentassist.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_spoilt_audit_is_a_fault(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "agentassist.db")) as connection:
        connection.execute("INSERT INTO audit_head VALUES (1, 5, 'x')")
        connection.commit()
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "The audit was cut after entry 0." in result.output


def test_a_database_that_does_not_answer_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTASSIST_DATABASE_URL", "postgresql+psycopg://me:secret@127.0.0.1:1/x")
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "does not answer" in result.output
    assert "secret" not in result.output


def test_a_changed_model_is_a_fault(tmp_path: Path, model_folder: Path) -> None:
    copy = tmp_path / "models" / model_folder.name
    shutil.copytree(model_folder, copy)
    (copy / "tokenizer.json").write_text("{}", encoding="utf-8")
    ok, sentence = results(tmp_path)["model"]
    assert not ok
    assert "tokenizer.json" in sentence


def test_a_model_that_is_not_there_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTASSIST_MODEL", str(tmp_path / "nowhere"))
    ok, sentence = results(tmp_path)["model"]
    assert not ok
    assert sentence.startswith(f"There is no folder {tmp_path / 'nowhere'}.")


def test_the_first_fault_of_the_policies_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(resource("policies"), folder)
    file = folder / "hotel" / "late_check_out.toml"
    file.write_text(file.read_text("utf-8").replace("owner = ", "ownr = ", 1), encoding="utf-8")
    monkeypatch.setenv("AGENTASSIST_POLICIES", str(folder))
    ok, sentence = results(tmp_path)["policies"]
    assert not ok
    assert sentence.startswith("hotel/late_check_out.toml:6 [ownr]: There is no key ownr")
    assert f"agentassist policy check {folder}" in sentence


def test_a_keyring_without_encryption_is_a_fault(tmp_path: Path) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    ok, sentence = results(tmp_path)["keyring"]
    assert not ok
    assert "No keyring was found" in sentence


def test_a_taken_port_is_a_fault_unless_the_desk_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("AGENTASSIST_WEBHOOK_PORT", str(other.getsockname()[1]))
        assert not results(tmp_path)["webhook"][0]
        desk = InstanceLock(tmp_path / "desk.lock")
        assert desk.take()
        assert results(tmp_path)["webhook"][0]
        desk.close()


def test_a_switched_off_webhook_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTASSIST_WEBHOOK", "false")
    assert results(tmp_path)["webhook"] == (
        True,
        "Call events are switched off by the setting webhook.",
    )


def test_a_folder_that_cannot_be_written_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way", encoding="utf-8")
    found = results(tmp_path)
    assert not found["logs"][0]
    assert found["python"][0]
