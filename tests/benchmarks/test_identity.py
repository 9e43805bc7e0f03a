# SPDX-License-Identifier: Apache-2.0
"""Records are joined by the commands and by plain rules, and scored alike."""

import shutil
from pathlib import Path

from benchmarks.quality.bench import Bench
from benchmarks.quality.identity import IdentitySet, measure
from benchmarks.quality.identity_baselines import baselines
from benchmarks.quality.results import table

HEADS = "record_id,source,first_name,surname,dob,city,email"
RECORDS = (
    "a,,Grace,Whitfield,1990-04-05,Young,grace@whitfield.example",
    "b,,Grace,Whitfeild,1990-04-05,Young,",
    "c,,Otto,Lind,1961-03-09,Kotara,grace@whitfield.example",
    "d,,Lena,Sommer,1975-12-01,Kotara,",
)


def test_equal_fields_join_and_strings_that_are_alike_do() -> None:
    records = [dict(zip(HEADS.split(","), row.split(","), strict=True)) for row in RECORDS]
    found = {name: sorted(map(sorted, groups)) for name, groups in baselines(records).items()}
    assert found["equal e-mail"] == [["a", "c"], ["b"], ["d"]]
    assert found["likeness of strings, 0.8"] == [["a", "b"], ["c"], ["d"]]


def test_a_set_is_measured_through_the_command_line(tmp_path: Path) -> None:
    folder = tmp_path / "sets" / "people"
    folder.mkdir(parents=True)
    shutil.copyfile(Path(__file__).with_name("tiny_score.py"), folder.parent / "score.py")
    (folder / "records.csv").write_text("\n".join((HEADS, *RECORDS)), encoding="utf-8")
    gold = "record_id,person_id\na,p1\nb,p1\nc,p2\nd,p3\n"
    (folder / "gold_clusters.csv").write_text(gold, encoding="utf-8")
    (tmp_path / "work").mkdir()
    bench = Bench(folder.parent, tmp_path / "work", tmp_path, None)  # type: ignore[arg-type]
    results = measure(IdentitySet("people", "people", 0.9), bench)
    assert results[0].measure == "recall without a wrong merge"
    assert [one.ours for one in results] == [1.0] * 4
    assert "equal e-mail" not in results[0].baselines  # it joins two people
    assert "people" in table(results)
