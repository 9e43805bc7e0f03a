# SPDX-License-Identifier: Apache-2.0
"""A change of policies on the command line: from a file to what is in force, and back."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli.policy import app
from agentassist.cli.reports import app as reports
from agentassist.domain.facts import Value, to_json
from agentassist.domain.identifiers import new_id
from agentassist.domain.verdict import Answer, Decision, VerdictKind
from agentassist.services.staff import Staff
from agentassist.storage.calls import Calls
from agentassist.storage.database import opened
from tests.policy_samples import AT, BREAKFAST, FEE, facts, files

WORD = "correct horse 7"
HOTEL = "hotel.breakfast.late"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    monkeypatch.delenv("AGENTASSIST_DATA_DIR", raising=False)
    monkeypatch.setenv("AGENTASSIST_POLICIES", str(put(tmp_path / "policies", files())))
    with opened(url(tmp_path)) as database:
        database.upgrade()
        staff = Staff(database, log_n=4)
        staff.add("ann", "Ann Lee", "supervisor", WORD)
        staff.add("ben", "Ben Ode", "lead", WORD)


def url(folder: Path) -> str:
    (folder / "data").mkdir(exist_ok=True)
    return f"sqlite:///{folder / 'data' / 'agentassist.db'}"


def put(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, *words: str, typed: str = f"{WORD}\n") -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(folder / "data")], input=typed)


def decided(folder: Path, values: dict[str, Value], policy: str, kind: VerdictKind) -> None:
    one = Decision(
        new_id(),
        None,
        None,
        policy,
        "b",
        kind,
        Answer.ACCEPTED,
        AT,
        title=policy,
        facts=to_json(facts(values)),
    )
    with opened(url(folder)) as database, database.transaction() as connection:
        Calls(connection).add_decision(one)


def test_a_file_becomes_a_draft_is_reviewed_and_put_in_force(tmp_path: Path) -> None:
    dearer = put(tmp_path / "new", {"b.toml": BREAKFAST.replace("cost = 500", "cost = 700")})
    file = str(dearer / "b.toml")
    made = run(tmp_path, "draft", file, "--title", "Dearer", "--by", "ann")
    assert "alternative  room_service" in made.output
    assert "Two people: hotel.breakfast.late: room_service costs us 7.00 USD" in made.output
    assert "Two people must look" in run(tmp_path, "activate", "Dearer", "--by", "ann").output
    assert "waits for review" in run(tmp_path, "submit", "dearer", "--by", "ann").output
    own = run(tmp_path, "review", "Dearer", "--approve", "--by", "ann")
    assert (own.exit_code, "somebody else" in own.output) == (1, True)
    assert run(tmp_path, "review", "Dearer", "--approve", "--by", "ben").exit_code == 0
    put_in = run(tmp_path, "activate", "Dearer", "--by", "ann")
    assert "Dearer is in force" in put_in.output
    rows = json.loads(run(tmp_path, "history", "--json").stdout)
    assert [(row["source"], row["actor"], row["in_force"]) for row in rows] == [
        ("lab", "ann", True),
        ("folder", "", False),
    ]
    assert "7.00 USD" in run(tmp_path, "say", HOTEL).output
    back = run(tmp_path, "rollback", rows[1]["digest"][:12], "--by", "ben")
    assert "in force again" in back.output
    assert "비용 5.00 USD" in run(tmp_path, "say", HOTEL, "--language", "ko").output
    table = run(tmp_path, "history").output
    assert "rollback" in table
    assert "in force" in table


def test_drafts_are_listed_and_named_by_the_end_of_their_id(tmp_path: Path) -> None:
    assert "There are no drafts" in run(tmp_path, "draft").output
    source = put(tmp_path / "new", {"b.toml": BREAKFAST + "# seen\n"})
    for _ in range(2):
        run(tmp_path, "draft", str(source / "b.toml"), "--title", "Twin", "--by", "ann")
    assert "2 drafts are called Twin" in run(tmp_path, "discard", "Twin", "--by", "ann").output
    first, second = json.loads(run(tmp_path, "draft", "--json").stdout)
    gone = run(tmp_path, "discard", first["id"][-8:], "--by", "ann")
    assert "is discarded now" in gone.output
    (left,) = json.loads(run(tmp_path, "draft", "--json").stdout)
    assert left["id"] == second["id"]
    assert run(tmp_path, "discard", first["id"], "--undo", "--by", "ann").exit_code == 0
    assert "draft" in run(tmp_path, "draft", "--all").output


def test_a_folder_is_imported_as_a_draft(tmp_path: Path) -> None:
    same = run(tmp_path, "import", str(tmp_path / "policies"), "--by", "ann")
    assert "nothing to import" in same.output
    other = put(tmp_path / "other", files(fee=FEE.replace("> 6000", "> 5000")))
    made = run(tmp_path, "import", str(other), "--by", "ann")
    assert "decline" in made.output
    assert "Draft" in made.output


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("activate", "none", "--by", "ann"), WORD, "0 drafts are called none"),
        (("rollback", "f00", "--by", "ann"), WORD, "0 bundles begin with f00"),
        (("import", "DIR"), "", "--by LOGIN"),
        (("import", "DIR", "--by", "ann"), "wrong", "do not match"),
        (("draft", "no-such.toml", "--by", "ann"), WORD, "cannot be read"),
        (("say", "no.such"), "", "There is no policy"),
    ],
)
def test_wrong_calls_say_what_to_do(
    tmp_path: Path, words: tuple[str, ...], typed: str, sentence: str
) -> None:
    named = [str(tmp_path / "policies") if word == "DIR" else word for word in words]
    result = run(tmp_path, *named, typed=f"{typed}\n")
    assert result.exit_code == 1
    assert sentence in result.output


def test_what_if_and_simulate_say_the_same(tmp_path: Path) -> None:
    decided(tmp_path, {"hotel.hour": 13, "hotel.occupancy_pct": 5}, HOTEL, VerdictKind.DECLINE)
    decided(tmp_path, {"caller.verified": True}, "telecom.sim.swap", VerdictKind.REFUSE)
    later = files(breakfast=BREAKFAST.replace(">= 12", ">= 14"))
    folder = put(tmp_path / "later", later)
    run(tmp_path, "import", str(folder), "--title", "Later", "--by", "ann")
    draft = run(tmp_path, "what-if", "Later", "--json")
    whole = run(tmp_path, "simulate", str(folder), "--json")
    assert json.loads(draft.stdout) == json.loads(whole.stdout)
    told = json.loads(draft.stdout)
    assert (told["decisions"], told["flips"], told["protected_flips"]) == (2, 1, 0)
    assert "decline  yes     1" in run(tmp_path, "what-if", "Later").output
    assert "0 decisions" in run(tmp_path, "simulate", str(folder), "--since", "2027-01-01").output


def test_a_refusal_that_would_fall_fails_the_simulation(tmp_path: Path) -> None:
    decided(tmp_path, {"caller.verified": True}, "telecom.sim.swap", VerdictKind.REFUSE)
    weaker = files()["telecom/sim.toml"].replace(', "caller.pin_ok is yes"', "")
    weaker = weaker.replace(
        'facts = {"caller.verified" = true}\nexpect = "refuse"', 'expect = "refuse"'
    )
    folder = put(tmp_path / "weaker", files(sim=weaker))
    result = run(tmp_path, "simulate", str(folder))
    assert result.exit_code == 1
    assert "1 refusals of protected requests would fall" in result.output


def test_a_faulty_folder_is_told_by_its_first_fault(tmp_path: Path) -> None:
    folder = put(tmp_path / "bad", files(breakfast=BREAKFAST.replace("within_hours = 1", "x = 1")))
    result = run(tmp_path, "simulate", str(folder))
    assert result.exit_code == 1
    assert "hotel/breakfast.toml" in result.output


def test_coverage_and_measures_are_printed(tmp_path: Path) -> None:
    decided(tmp_path, {"hotel.hour": 13, "hotel.occupancy_pct": 5}, HOTEL, VerdictKind.DECLINE)
    rows = json.loads(run(tmp_path, "coverage", "--json").stdout)
    used = {(row["policy_id"], row["rule"]): row["uses"] for row in rows}
    assert used[HOTEL, "lunch_setup"] == 1
    assert "never" in run(tmp_path, "coverage").output
    data = ["--data-dir", str(tmp_path / "data")]
    table = CliRunner().invoke(reports, ["policy", *data])
    assert "declines with an alternative  100.0%  1     1" in table.output
    told = json.loads(CliRunner().invoke(reports, ["policy", "--json", *data]).stdout)
    assert told["declined_with_alternative"] == {"part": 1, "whole": 1, "value": 1.0}
