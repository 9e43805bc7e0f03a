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


KOREAN = "customer_id,name,phone\nk1,Seo-yeon Kim,010-1234-5678\n"


@pytest.mark.parametrize(
    ("phone", "words", "value"),
    [
        ("010-1234-5678", (), "+821012345678"),
        ("(415) 555-0102", ("--region", "us"), "+14155550102"),
    ],
    ids=["the setting", "the option"],
)
def test_numbers_belong_to_the_country_of_the_setting(
    data_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    phone: str,
    words: tuple[str, ...],
    value: str,
) -> None:
    monkeypatch.setenv("AGENTASSIST_REGION", "KR")
    file = tmp_path / "people.csv"
    file.write_text(KOREAN.replace("010-1234-5678", phone))
    _json(data_dir, "customers", "import", str(file), *words)
    [person] = _json(data_dir, "customers", "find", "Seo-yeon")
    points = person["contact_points"]
    assert isinstance(points, list)
    assert value in [point["value"] for point in points]


def test_who_called_is_found_by_the_country_of_the_setting(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTASSIST_REGION", "KR")
    people, notes = tmp_path / "people.csv", tmp_path / "notes.csv"
    people.write_text(KOREAN.replace("010-1234-5678", "+82 10 1234 5678"))
    notes.write_text("id,from,text\n1,01012345678,hello\n")
    _json(data_dir, "customers", "import", str(people))
    [report] = _json(data_dir, "interactions", "import", str(notes))
    assert report["linked"] == 1
    assert len(_json(data_dir, "customers", "find", "010-1234-5678")) == 1


FOREIGN = {
    "customers": "customer_id,name,shoe size,foo\nc1,Ann,38,x\n",
    "orders": "order_id,customer_id,status,tracking_ids,foo\n1,c1,sent,2,x\n",
    "interactions": "id,customer_id,text,tier,foo\n1,c1,hello,gold,x\n",
}
UNUSED = {
    "customers": ["shoe size", "foo"],
    "orders": ["tracking_ids", "foo"],
    "interactions": ["tier", "foo"],
}


@pytest.mark.parametrize("kind", list(FOREIGN))
def test_columns_that_were_not_used_are_named(data_dir: Path, tmp_path: Path, kind: str) -> None:
    for name, text in FOREIGN.items():
        (tmp_path / f"{name}.csv").write_text(text)
    noun = "interactions" if kind == "interactions" else "customers"
    words = (noun, "import", str(tmp_path / f"{kind}.csv"), "--dry-run")
    told = _run(data_dir, *words).output
    assert f"{kind}.csv: columns not used: {', '.join(UNUSED[kind])}" in told
    [report] = json.loads(_run(data_dir, *words, "--json").stdout)
    assert report["columns_not_used"] == UNUSED[kind]


def test_a_column_that_describes_new_customers_is_used_for_them(
    data_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "notes.csv"
    file.write_text(FOREIGN["interactions"])
    [report] = _json(data_dir, "interactions", "import", str(file), "--create-customers")
    assert report["columns_not_used"] == ["foo"]


def test_a_mapping_is_saved_used_and_forgotten(data_dir: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Kunde,Tel\nAnn,030 1234567\n")
    second.write_text("Kunde,Tel\nBo,030 7654321\n")
    kind = ("--kind", "customers", "--map", "name=Kunde", "--map", "phone=Tel", "--region", "DE")
    words = ("customers", "import", str(first), *kind, "--save-mapping", "erp")
    assert _run(data_dir, *words).exit_code == 0
    _json(data_dir, "customers", "import", str(second), "--mapping", "erp")
    [found] = _json(data_dir, "customers", "find", "+49307654321")
    assert found["name"] == "Bo"
    [mapping] = _json(data_dir, "interactions", "mappings")
    assert (mapping["name"], mapping["options"]) == ("erp", {"region": "DE"})
    assert "erp" not in _run(data_dir, "customers", "mappings", "--delete", "erp").output
    result = _run(data_dir, "customers", "import", str(second), "--mapping", "erp")
    assert (result.exit_code, "no mapping" in result.output) == (1, True)


def test_rejected_rows_are_listed_written_and_forgotten(data_dir: Path, tmp_path: Path) -> None:
    file, mend = tmp_path / "c.csv", tmp_path / "mend.csv"
    file.write_text("id,at,text\n1,soon,hello\n2,2026-02-30,hi\n3,2026-02-28,ok\n")
    result = _run(data_dir, "interactions", "import", str(file))
    assert "rejected --csv" in result.output
    assert _json(data_dir, "customers", "rejected") == []
    rows = _json(data_dir, "interactions", "rejected")
    assert [(row["line"], row["field"]) for row in rows] == [(2, "at"), (3, "at")]
    assert "mend.csv" in _run(data_dir, "interactions", "rejected", "--csv", str(mend)).output
    mend.write_text(mend.read_text(encoding="utf-8-sig").replace("soon", "2026-02-01"))
    [report] = _json(data_dir, "interactions", "import", str(mend))
    assert (report["new"], report["skipped"], report["columns_not_used"]) == (1, 1, [])
    assert len(_json(data_dir, "interactions", "rejected")) == 1
    assert "forgotten" in _run(data_dir, "interactions", "rejected", "--forget").output
    assert "No row waits" in _run(data_dir, "interactions", "rejected").output
    missing = tmp_path / "no" / "such.csv"
    assert _run(data_dir, "interactions", "rejected", "--csv", str(missing)).exit_code == 1


def test_a_second_run_says_that_the_file_is_in(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("customer_id,name,Kunden-Mail\nc1,Ann,a@example.com\nc2,Bo,b@example.com\n")
    dry = _run(data_dir, "customers", "import", str(file), "--dry-run")
    assert 'perhaps: --map "email=Kunden-Mail"' in dry.output
    assert "imported before" not in _run(data_dir, "customers", "import", str(file)).output
    assert "imported before" in _run(data_dir, "customers", "import", str(file)).output
    words = ("customers", "import", str(file), "--from-start", "--own", "a@example.com")
    assert "imported before" not in _run(data_dir, *words).output
