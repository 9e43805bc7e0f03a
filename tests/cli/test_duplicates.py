# SPDX-License-Identifier: Apache-2.0
"""`customers import` and then `customers duplicates`, as anybody may use them."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from agentassist.cli import app

HEADS = "record_id,given_name,surname,street_number,address_1,suburb,postcode,dob,email,soc_sec_id"
ROWS = (
    "r1,grace,whitfield,12,groom street,young,2594,19900405,grace@whitfield.example,8794152",
    "r2,whitfield,grace,12,groom st,young,2594,,grace@whitfeild.example,8794152",
    "r3,otto,lind,3,mill lane,kotara,4740,19610309,,1234567",
    "r4,,,,,,,19610310,,",
    "r5,,,7,dale road,,,,no@address@at.all,",
    "r6,,,,,,,,,",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    file = tmp_path / "records.csv"
    file.write_text("\n".join((HEADS, *ROWS)) + "\n", encoding="utf-8")
    assert run(tmp_path, "import", str(file)).exit_code == 0
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["customers", *words, "--data-dir", str(folder / "data")])


def rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_every_record_is_in_the_run_and_one_person_is_one_cluster(folder: Path) -> None:
    file = folder / "run.csv"
    assert run(folder, "duplicates", "--run", str(file)).exit_code == 0
    heads, *clusters = rows(file)
    assert heads == ["record_id", "cluster_id"]
    found = dict(clusters)
    assert set(found) == {"r1", "r2", "r3", "r4", "r5", "r6"}
    assert found["r1"] == found["r2"]
    assert len(set(found.values())) == 5


def test_pairs_of_records(folder: Path) -> None:
    file = folder / "pairs.csv"
    done = run(folder, "duplicates", "--run", str(file), "--as", "pairs", "--suggest")
    assert done.exit_code == 0
    assert ["r1", "r2"] in rows(file)


def test_evidence_is_printed_for_people_and_programs(folder: Path) -> None:
    printed = run(folder, "duplicates").output
    assert "same id number" in printed
    assert "1 certain pairs" in printed
    said = json.loads(run(folder, "duplicates", "--json").output)
    (pair,) = said["certain"]
    assert {pair["one"]["record"], pair["other"]["record"]} == {"r1", "r2"}
    assert ("id number", "same") in {(clue["field"], clue["how"]) for clue in pair["clues"]}
    assert "8794152" not in json.dumps(said)


def test_merging_is_done_once(folder: Path) -> None:
    assert "(1 merged)" in run(folder, "duplicates", "--merge").output
    assert "merged" not in run(folder, "duplicates", "--merge").output


def test_another_form_is_refused(folder: Path) -> None:
    done = run(folder, "duplicates", "--as", "tree")
    assert done.exit_code == 1
    assert "--as clusters" in done.output
