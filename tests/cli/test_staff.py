# SPDX-License-Identifier: Apache-2.0
"""`agentassist staff` takes passwords from standard input and never shows them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli.policy import app as policy
from agentassist.cli.staff import app
from agentassist.services.staff import Staff
from agentassist.storage.audit import Audit
from agentassist.storage.database import opened

WORD = "correct horse 7"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    monkeypatch.delenv("AGENTASSIST_DATA_DIR", raising=False)


def run(folder: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder)], input=typed)


def role_of(folder: Path, word: str) -> str:
    with opened(f"sqlite:///{folder / 'agentassist.db'}") as database:
        return Staff(database).sign_in("mina", word).role


def test_a_login_is_made_changed_and_closed(tmp_path: Path) -> None:
    assert "There are no logins yet" in run(tmp_path, "list").output
    made = run(tmp_path, "add", "Mina", "--name", "Mina Park", typed=f"{WORD}\n")
    assert (made.exit_code, made.output) == (0, "Mina Park can sign in as mina (lead).\n")
    assert role_of(tmp_path, WORD) == "lead"
    assert run(tmp_path, "role", "mina", "agent").exit_code == 0
    assert run(tmp_path, "password", "mina", typed="another one 8\r\n").exit_code == 0
    assert role_of(tmp_path, "another one 8") == "agent"
    assert run(tmp_path, "disable", "mina").exit_code == 0
    (row,) = json.loads(run(tmp_path, "list", "--json").stdout)
    assert (row["login"], row["role"], bool(row["closed"])) == ("mina", "agent", True)
    assert run(tmp_path, "enable", "mina").exit_code == 0
    assert "mina   Mina Park  agent" in run(tmp_path, "list").output


def test_from_the_first_supervisor_on_a_supervisor_keeps_the_logins(tmp_path: Path) -> None:
    boss = ("add", "boss", "--role", "supervisor")
    assert run(tmp_path, *boss, typed=f"{WORD} boss's\n").exit_code == 1
    assert run(tmp_path, *boss, typed=f"{WORD}\n").exit_code == 0
    other = ("add", "mina", "--role", "lead")
    alone = run(tmp_path, *other, typed=f"{WORD}\n")
    assert "A supervisor keeps the logins" in alone.output
    wrong = run(tmp_path, *other, "--by", "boss", typed="guess guess\nanother one 8\n")
    assert "Login and password do not match" in wrong.output
    right = run(tmp_path, *other, "--by", "boss", typed=f"{WORD}\nanother one 8\n")
    assert right.exit_code == 0
    assert role_of(tmp_path, "another one 8") == "lead"
    lead = run(tmp_path, "role", "mina", "supervisor", "--by", "mina", typed="another one 8\n")
    assert "Only a supervisor keeps the logins" in lead.output
    url = f"sqlite:///{tmp_path / 'agentassist.db'}"
    with opened(url) as database, database.reading() as connection:
        actors = {x.subject: x.actor for x in Audit(connection).of_kind("staff added")}
    assert actors["mina"] == "boss"


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("add", "mina"), "short\n", "A password has 8"),
        (("add", "mina"), "", "A password has 8"),
        (("add", "a b"), WORD, "A login has 2"),
        (("add", "mina", "--role", "boss"), WORD, "boss is no role"),
        (("role", "ghost", "lead"), "", "There is no login ghost"),
        (("disable", "ghost"), "", "There is no login ghost"),
        (("password", "ghost"), WORD, "There is no login ghost"),
    ],
)
def test_a_fault_is_a_sentence(
    tmp_path: Path, words: tuple[str, ...], typed: str, sentence: str
) -> None:
    got = run(tmp_path, *words, typed=typed)
    assert got.exit_code == 1
    assert sentence in got.output
    assert WORD not in got.output


def test_replay_and_overrides_of_an_empty_database(tmp_path: Path) -> None:
    def ask(*words: str) -> Result:
        return CliRunner().invoke(policy, [*words, "--data-dir", str(tmp_path)])

    assert ask("replay").output == "0 of 0 decisions came out byte for byte.\n"
    assert json.loads(ask("replay", "--json").stdout)["different"] == []
    assert ask("overrides").output == "Nothing was signed.\n"
    wrong = ask("replay", "--since", "yesterday")
    assert (wrong.exit_code, "is no day" in wrong.output) == (1, True)
