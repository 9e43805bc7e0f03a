# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli.policy import app
from agentassist.places import resource
from benchmarks.quality.policies import POLICIES
from tests.policy_samples import BREAKFAST, files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in files().items():
        path = tmp_path / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "policies"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def spoil(folder: Path) -> None:
    text = BREAKFAST.replace(
        'id = "room_service"', 'id = "room_service"\n  when = ["hotel.hour < 9"]'
    )
    (folder / "hotel/breakfast.toml").write_text(text, encoding="utf-8")


def test_check_says_that_policies_are_sound(folder: Path) -> None:
    result = run("check", folder)
    assert result.exit_code == 0
    assert result.output.startswith("3 policies are sound (bundle ")


def test_check_without_a_folder_takes_those_in_force(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AGENTASSIST_POLICIES", raising=False)
    shipped = run("check")
    assert shipped.exit_code == 0
    assert f"in {resource('policies')}" in shipped.output
    monkeypatch.setenv("AGENTASSIST_POLICIES", str(folder))
    assert json.loads(run("check", "--json").output)["folder"] == str(folder)
    assert run("check").output.startswith("3 policies are sound (bundle ")
    spoil(folder)
    assert run("check").exit_code == 1


def test_check_names_file_line_rule_and_sentence(folder: Path) -> None:
    spoil(folder)
    result = run("check", folder)
    assert result.exit_code == 1
    assert "hotel/breakfast.toml:13  R2" in result.output
    assert "hotel.occupancy_pct 95: no alternative left" in result.output


def test_check_for_programs(folder: Path) -> None:
    assert json.loads(run("check", folder, "--json").output)["policies"] == 3
    spoil(folder)
    result = run("check", folder, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["ok"] is False
    assert sorted(fault["rule"] for fault in answer["faults"]) == ["R2", "R8"]


def test_check_of_no_folder_fails(tmp_path: Path) -> None:
    result = run("check", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert "There is no folder" in result.output


def test_decide_prints_the_verdict_with_alternatives_and_why(folder: Path) -> None:
    result = run(
        "decide", "--policies", folder, "--policy", "hotel.breakfast.late",
        "--fact", "hotel.hour=14", "--fact", "hotel.occupancy_pct=10",
    )  # fmt: skip
    assert result.exit_code == 0
    assert result.output.startswith("DECLINE  Breakfast outside breakfast hours\n")
    assert "breakfast brought to your room" in result.output
    assert "5.00 USD" in result.output
    assert "hotel.hour >= 12" in result.output


def test_decide_in_korean_and_json(folder: Path) -> None:
    result = run(
        "decide", "--policies", folder, "--policy", "hotel.breakfast.late",
        "--language", "ko", "--json",
    )  # fmt: skip
    answer = json.loads(result.output)
    assert answer["kind"] == "ask"
    assert answer["question"]["sentence"] == "몇 시로 도와드릴까요?"


def test_decide_names_who_signs_and_what_is_missing(folder: Path) -> None:
    known = ["--fact", "caller.verified=yes", "--fact", "caller.is_account_holder=yes"]
    result = run(
        "decide", "--policies", folder, "--policy", "bank.fee.refund", *known,
        "--fact", "bank.fee=4000",
    )  # fmt: skip
    assert "Signed by: lead" in result.output
    refused = run("decide", "--policies", folder, "--policy", "telecom.sim.swap")
    assert "Missing: proof of identity, caller.pin_ok" in refused.output


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--policy", "x"], 1, "There is no policy x"),
        (["--policy", "hotel.breakfast.late", "--fact", "oops"], 1, "KEY=VALUE: oops"),
        (
            ["--policy", "hotel.breakfast.late", "--fact", "hotel.hours=1"],
            1,
            "did you mean hotel.hour?",
        ),
        (["--policy", "hotel.breakfast.late", "--fact", "hotel.hour=99"], 1, "write 0 to 23"),
        ([], 2, "Name a policy"),
    ],
)
def test_decide_says_what_is_wrong(
    folder: Path, arguments: list[str], code: int, words: str
) -> None:
    result = run("decide", "--policies", folder, *arguments)
    assert result.exit_code == code
    assert words in result.output


def test_decide_without_a_folder_takes_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTASSIST_DATA_DIR", str(tmp_path))
    result = run("decide", "--policy", "common.credential.disclose")
    assert result.exit_code == 0
    assert result.output.startswith("REFUSE")


CASES = [
    {"id": "a", "policy": "hotel.breakfast.late", "facts": {"hotel.hour": 9}},
    {"id": "b", "policy": "hotel.breakfast.late", "facts": {"hotel.hour": 14}},
    {"id": "c", "policy": "telecom.sim.swap", "facts": {"caller.verified": True}},
    {"id": "d", "policy": "bank.fee.refund", "facts": {"bank.fee": 100}},
    {
        "id": "e",
        "policy": "bank.fee.refund",
        "facts": {"caller.verified": True, "caller.is_account_holder": True, "bank.fee": 2000},
    },
    {"id": "f", "policy": "hotel.breakfast.late"},
]


def lines(path: Path, *cases: object) -> Path:
    path.write_text("\n".join(json.dumps(case) for case in cases) + "\n\n", encoding="utf-8")
    return path


def test_cases_are_decided_and_written(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    cases = lines(tmp_path / "cases.jsonl", *CASES)
    result = run("decide", "--policies", folder, "--cases", cases, "--run", out)
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["outcome"] for line in out.read_text().splitlines()] == [
        "allow", "alternative", "verify", "verify", "escalate", "ask",
    ]  # fmt: skip


def outcome(tmp_path: Path, folder: Path, **case: object) -> str:
    out = tmp_path / "one.jsonl"
    cases = lines(tmp_path / "one-case.jsonl", {"id": "1", **case})
    result = run("decide", "--policies", folder, "--cases", cases, "--run", out)
    assert result.exit_code == 0, result.output
    return str(json.loads(out.read_text())["outcome"])


@pytest.mark.parametrize(
    ("folder_name", "case", "expected"),
    [
        ("abcd", {"policy": "shop.manage_create", "level": "gold"}, "alternative"),
        ("abcd", {"policy": "shop.manage_create", "level": "guest"}, "decline"),
        ("abcd", {"policy": "shop.manage_extension", "level": "guest"}, "escalate"),
    ],
)
def test_what_is_given_instead_is_told_apart(
    tmp_path: Path, folder_name: str, case: dict[str, str], expected: str
) -> None:
    facts = {"case.shipping_status": "In Transit", "case.membership": case["level"]}
    found = outcome(tmp_path, POLICIES / folder_name, policy=case["policy"], facts=facts)
    assert found == expected


def test_proofs_are_heard_in_a_conversation(tmp_path: Path) -> None:
    folder = POLICIES / "bank_calls"
    said = [{"role": "agent", "text": "Your account number?"}]
    said.append({"role": "customer", "text": "It is 4815162342"})
    assert outcome(tmp_path, folder, policy="bank_balance", messages=said) == "verify"
    said.append({"role": "customer", "text": "and my PIN is 2342"})
    assert outcome(tmp_path, folder, policy="bank_balance", messages=said) == "allow"


@pytest.mark.parametrize("messages", ["hello", [3], [{"role": "agent"}]])
def test_messages_of_another_shape_are_told(folder: Path, tmp_path: Path, messages: object) -> None:
    case = {"id": "m", "policy": "hotel.breakfast.late", "messages": messages}
    cases = lines(tmp_path / "cases.jsonl", case)
    result = run("decide", "--policies", folder, "--cases", cases, "--json")
    assert result.exit_code == 1
    assert "messages" in json.loads(result.output)["problems"]["m"]


def test_a_wrong_case_is_told_and_the_others_go_on(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    wrong = {"id": "w", "policy": "hotel.breakfast.late", "facts": {"hotel.hour": "noon"}}
    cases = lines(tmp_path / "cases.jsonl", wrong, {"policy": "x", "facts": 3}, *CASES)
    result = run("decide", "--policies", folder, "--cases", cases, "--run", out, "--json")
    assert result.exit_code == 1
    answer = json.loads(result.output)
    assert answer["cases"] == 8
    assert answer["problems"]["w"] == "noon is not a value of hotel.hour: write 0 to 23."
    assert answer["problems"]["2"] == "`facts` must be an object with fact names and values."
    assert len(out.read_text().splitlines()) == 8


@pytest.mark.parametrize("raw", [b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_line_that_is_no_case_is_named(folder: Path, tmp_path: Path, raw: bytes) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_bytes(b"\n" + raw)
    result = run("decide", "--policies", folder, "--cases", cases)
    assert result.exit_code == 1
    assert "cases.jsonl:2" in result.output


def test_a_file_of_cases_that_is_not_there_is_named(folder: Path, tmp_path: Path) -> None:
    result = run("decide", "--policies", folder, "--cases", tmp_path / "nowhere.jsonl")
    assert result.exit_code == 1
    assert "cannot be read" in result.output


@pytest.mark.parametrize("kind", ["policy", "protected", "facts", "authority", "wow"])
def test_the_schema_for_editors_is_printed(kind: str) -> None:
    result = run("schema", "--kind", kind)
    assert result.exit_code == 0
    assert json.loads(result.output)["title"] == f"agentassist {kind} file"


def test_a_kind_of_file_that_is_not_there_is_told() -> None:
    result = run("schema", "--kind", "poem")
    assert result.exit_code == 1
    assert "There are no poem files: write policy, protected, facts" in result.output


def test_a_day_decides_which_policies_are_valid(folder: Path) -> None:
    text = BREAKFAST.replace("needs =", "valid_until = 2026-12-31\nneeds =")
    (folder / "hotel/breakfast.toml").write_text(text, encoding="utf-8")
    case = ("decide", "--policies", folder, "--policy", "hotel.breakfast.late")
    assert run(*case, "--fact", "hotel.hour=9", "--day", "2026-12-31").exit_code == 0
    late = run(*case, "--fact", "hotel.hour=9", "--day", "2027-01-01")
    assert late.exit_code == 1
    assert "hotel.breakfast.late is not in force on 2027-01-01" in late.output
    assert "tomorrow is no day" in run(*case, "--day", "tomorrow").output
