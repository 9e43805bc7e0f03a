# SPDX-License-Identifier: Apache-2.0
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli import app

RETAIL = Path(__file__).parent.parent / "data" / "retail"


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AGENTASSIST_DATABASE_URL", raising=False)
    return tmp_path / "data"


def _run(data_dir: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--data-dir", str(data_dir)])


def _json(data_dir: Path, *words: str) -> list[dict[str, object]]:
    result = _run(data_dir, *words, "--json")
    assert result.exit_code == 0, result.output
    return list(json.loads(result.stdout))


def test_a_folder_is_imported_and_its_people_are_found(data_dir: Path) -> None:
    reports = _json(data_dir, "customers", "import", str(RETAIL))
    assert [(report["kind"], report["skipped"]) for report in reports] == [
        ("customers", 0),
        ("payment methods", 0),
        ("orders", 0),
        ("order items", 0),
        ("interactions", 0),
        ("interactions", 0),
    ]
    [person] = _json(data_dir, "customers", "find", "noah_brown_6181")
    shown = _run(data_dir, "customers", "show", str(person["id"]))
    assert "Noah Brown" in shown.output
    assert "1 purchase" in shown.output


def test_a_dry_run_says_so(data_dir: Path) -> None:
    result = _run(data_dir, "customers", "import", str(RETAIL / "crm_customers.csv"), "--dry-run")
    assert "nothing was written" in result.output
    assert _run(data_dir, "customers", "find", "Noah Brown").exit_code == 1


def test_contacts_are_imported_with_a_chosen_column(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.csv"
    file.write_text("who,what\nann@example.com,hello\n,\n")
    words = ("interactions", "import", str(file), "--map", "text=what", "--channel", "email")
    [report] = _json(data_dir, *words)
    assert (report["new"], report["unlinked"], report["skipped"]) == (1, 1, 0)


def test_faults_name_file_line_and_reason(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,email\nAnn,ann@nowhere\nBob\n")
    result = _run(data_dir, "customers", "import", str(file))
    assert result.exit_code == 0
    assert f"{file}:2 [email]: imported, but" in result.output
    assert f"{file}:3: left out:" in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("customers", "import", "none.csv"),
        ("customers", "import", str(RETAIL), "--kind", "cats"),
        ("customers", "import", str(RETAIL), "--map", "email"),
        ("customers", "import", str(RETAIL), "--region", "XX"),
        ("customers", "import", str(RETAIL), "--zone", "Mars"),
        ("customers", "import", str(RETAIL), "--dates", "ymd"),
        ("interactions", "import", "none.jsonl", "--channel", "smoke"),
        ("customers", "find", "nobody"),
        ("customers", "show", "01a206be-67b5-7000-b12f-c2f0005a7e17"),
        ("kb", "import", "none"),
    ],
    ids=lambda words: " ".join(words[:2] + words[3:]),
)
def test_what_cannot_be_done_is_one_sentence(data_dir: Path, words: tuple[str, ...]) -> None:
    result = _run(data_dir, *words)
    assert result.exit_code == 1
    assert result.stderr.strip().count("\n") == 0
    assert "Traceback" not in result.output


def test_articles_are_imported_listed_and_checked(data_dir: Path, tmp_path: Path) -> None:
    page = tmp_path / "kb" / "a.md"
    page.parent.mkdir()
    page.write_text("---\nid: a\ntitle: Dancing\n---\nDance.\n")
    [report] = _json(data_dir, "kb", "import", str(page.parent))
    assert report["new"] == 1
    [article] = _json(data_dir, "kb", "list")
    assert article["key"] == "a"
    checked = CliRunner().invoke(app, ["kb", "lint", str(page.parent)])
    assert checked.exit_code == 1
    assert f"{page}:3 [title]: title is a question (Dancing)" in checked.output
