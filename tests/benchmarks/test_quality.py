# SPDX-License-Identifier: Apache-2.0
"""Scoring works on tiny invented sets. Nothing here judges how good the answers are."""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.quality import words
from benchmarks.quality.__main__ import main
from benchmarks.quality.dense import OVERLAP, WORDS, best_of, pieces
from benchmarks.quality.files import write_lines
from benchmarks.quality.ranking import fused, mixed, nearest, neighbours, ranked
from benchmarks.quality.results import Difference, Result, table
from benchmarks.quality.scorer import Scorer, threshold_at_recall
from tests.model import model_folder

__all__ = ["model_folder"]

# bm25s shows its progress with tqdm, whose monitor lives as long as the process.
pytestmark = pytest.mark.leaves_threads

CORPUS = [
    {"id": "router", "title": "The internet is down", "text": "Unplug the router for a minute."},
    {"id": "refund", "title": "Money back", "text": "A refund takes five working days."},
    {"id": "bill", "title": "The bill is too high", "text": "Look at the roaming charges first."},
]
QUERIES = [
    {"id": "q1", "text": "my internet is down since morning", "date": "2023-02-01"},
    {"id": "q2", "text": "when do I get my money back", "date": "2024-02-01"},
    {"id": "q3", "text": "why is my bill so high", "date": "2024-03-01"},
]
RIGHT = {"q1": "router", "q2": "refund", "q3": "bill"}


def result(ours: float | None = 0.5, **given: Any) -> Result:
    values: dict[str, Any] = {"baselines": {"a": 0.4, "b": 0.45}, "target": 0.6} | given
    return Result("kb/x", "ndcg@10", ours, **values)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Give a folder of tiny sets with a scorer."""
    folder = tmp_path / "sets"
    folder.mkdir()
    shutil.copyfile(Path(__file__).with_name("tiny_score.py"), folder / "score.py")
    for name in ("kb/thunderbird", "ko/belebele"):
        _knowledge(folder / name)
    _intents(folder / "intent/hint3_sofmattress")
    _turns(folder / "trigger/airline")
    return folder


def _knowledge(folder: Path) -> None:
    folder.mkdir(parents=True)
    write_lines(folder / "corpus.jsonl", CORPUS)
    write_lines(folder / "queries.jsonl", QUERIES)
    _table(folder / "qrels.tsv", ["query_id", "doc_id", "grade"], _with_grades())


def _with_grades() -> Iterable[list[str]]:
    return ([query, document, "1"] for query, document in RIGHT.items())


def _intents(folder: Path) -> None:
    folder.mkdir(parents=True)
    said = {"size": ["which size fits", "how large is it"], "price": ["what does it cost"]}
    known = [(text, label) for label, texts in said.items() for text in texts]
    write_lines(
        folder / "train.jsonl",
        ({"id": n, "text": text, "label": label} for n, (text, label) in enumerate(known)),
    )
    asked = ["which size fits me", "what does it cost", "tell me a joke about penguins"]
    write_lines(folder / "test.jsonl", ({"id": f"t{n}", "text": t} for n, t in enumerate(asked)))
    right = [["t0", "size"], ["t1", "price"], ["t2", "__none__"]]
    _table(folder / "gold.tsv", ["id", "label"], right)


def _turns(folder: Path) -> None:
    folder.mkdir(parents=True)
    said = ["hello", "I want to change my seat please", "thank you very much"]
    write_lines(
        folder / "turns.jsonl",
        ({"id": f"u{n}", "conversation": "c", "turn": n, "text": t} for n, t in enumerate(said)),
    )
    _table(folder / "gold.tsv", ["id", "suggest"], [["u0", "0"], ["u1", "1"], ["u2", "0"]])


def _table(path: Path, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = ("\t".join(row) for row in (heads, *rows))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def cache(tmp_path: Path, model_folder: Path) -> Path:
    (tmp_path / "cache" / "models").mkdir(parents=True)
    link = tmp_path / "cache" / "models" / model_folder.name
    link.symlink_to(model_folder, target_is_directory=True)
    return tmp_path / "cache"


def run(cache: Path, sets: Path, *names: str) -> list[dict[str, Any]]:
    file = cache / "eval.json"
    given = ["--sets", str(sets), "--cache", str(cache), "--json", str(file)]
    assert main([*names, *given]) == 0
    found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["results"]
    return found


@pytest.mark.parametrize(
    ("given", "best", "met"),
    [
        (result(), "b", False),
        (result(0.6), "b", True),
        (result(0.5, lower=True), "a", True),
        (result(None), "b", None),
        (result(baselines={}), "", False),
    ],
)
def test_a_result_knows_the_best_baseline_and_its_target(
    given: Result, best: str, met: bool | None
) -> None:
    assert (given.best, given.met) == (best, met)


def test_results_survive_json_and_make_a_table() -> None:
    first = result(difference=Difference(0.05, -0.01, 0.11), details={"queries": 3})
    assert Result.from_json(json.loads(json.dumps(first.to_json()))) == first
    shown = table([first, result(None, note="no command yet")]).splitlines()
    assert "| 0.500 | 0.450 (b) | +0.050 [-0.010, +0.110] | ≥ 0.6 | **no** |" in shown[2]
    assert "| no command yet | 0.450 (b) |  | ≥ 0.6 | - |" in shown[3]


def test_ranked_leaves_out_what_scores_nothing() -> None:
    scores = np.array([[0.1, 0.0, 0.9]], dtype=np.float32)
    assert ranked(scores, ["a", "b", "c"]) == [["c", "a"]]


def test_fusion_prefers_what_both_name() -> None:
    left = np.array([[3.0, 2.0, 0.0]], dtype=np.float32)
    right = np.array([[0.0, 2.0, 3.0]], dtype=np.float32)
    assert int(fused(left, right).argmax()) == 1
    assert np.allclose(fused(left), [[1 / 61, 1 / 62, 0]])


def test_a_mix_goes_by_the_best_of_each() -> None:
    left, right = np.array([[10.0, 5.0]]), np.array([[0.0, 0.1]])
    assert np.allclose(mixed(left, right, 0.8), [[0.8, 0.6]])


def test_neighbours_vote_for_what_they_stand_for() -> None:
    likeness = np.array([[0.9, 0.8, 0.1]], dtype=np.float32)
    assert np.allclose(nearest(likeness, 2), [[0.9, 0.8, 0]])
    labels = np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32)
    assert np.allclose(neighbours(likeness, labels), [[0.9, 0.9]])


def test_bm25_finds_by_stems_and_by_korean_pairs() -> None:
    english = words.bm25(words.stems, ["returning a lamp", "a bill"], ["return lamps", "zebra"])
    assert english[0, 0] > english[0, 1] == 0
    assert not english[1].any()
    korean = words.bm25(words.bigrams, ["환불은 삼 일", "요금제 변경"], ["환불 되나요"])
    assert korean[0, 0] > korean[0, 1]
    assert words.bigrams("환불은 가") == ["환불", "불은", "가"]


def test_long_texts_are_cut_into_windows_that_overlap() -> None:
    said = [str(number) for number in range(WORDS + 10)]
    first, second = (piece.split() for piece in pieces("", " ".join(said)))
    assert first == said[:WORDS]
    assert second == said[WORDS - OVERLAP :]
    assert pieces("Title", "") == ["Title"]


def test_the_best_piece_counts_for_a_document() -> None:
    scores = np.array([[0.2, 0.7, 0.4]], dtype=np.float32)
    assert np.allclose(best_of(scores, np.array([0, 0, 1]), 2), [[0.7, 0.4]])


def test_the_threshold_finds_enough_of_the_positive_turns(tmp_path: Path) -> None:
    gold, file = tmp_path / "gold.tsv", tmp_path / "run.jsonl"
    _table(gold, ["id", "suggest"], [[str(n), str(int(n < 5))] for n in range(8)])
    write_lines(file, ({"id": str(n), "score": n / 10} for n in range(8)))
    assert threshold_at_recall(gold, file, 0.6) == 0.2
    assert threshold_at_recall(gold, file, 1.0) == 0.0


def test_a_scorer_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"score\.py"):
        Scorer(tmp_path / "score.py").score("retrieval", tmp_path, tmp_path)


def test_without_sets_it_says_what_to_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--sets", str(tmp_path)]) == 1
    assert "AGENTASSIST_EVAL" in capsys.readouterr().err
    assert main(["--markdown", "--json", str(tmp_path / "none.json")]) == 1
    assert "make eval" in capsys.readouterr().err


def test_a_knowledge_base_is_scored_beside_baselines(
    cache: Path, sets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [found] = run(cache, sets, "kb/thunderbird", "--runs", str(cache / "runs"))
    assert set(found["baselines"]) >= {"BM25", "dense", "naive fusion"}
    assert found["ours"] == found["baselines"]["BM25"] == 1
    assert found["details"]["queries"] == 3
    ours = (cache / "runs" / "kb-thunderbird-ours.jsonl").read_text(encoding="utf-8")
    assert json.loads(ours.splitlines()[0])["ranked"][0] == "router"
    shown = capsys.readouterr().out.splitlines()[-1]
    assert main(["--markdown", "--json", str(cache / "eval.json")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == shown


def test_past_contacts_are_learned_and_only_later_queries_asked(cache: Path, sets: Path) -> None:
    [found] = run(cache, sets, "kb/thunderbird, 2024 after 2023")
    assert found["details"]["queries"] == 2
    assert {"nearest of 1 past contacts", "0.8 dense, 0.2 past"} <= set(found["baselines"])


def test_korean_is_scored_with_pairs_of_characters(cache: Path, sets: Path) -> None:
    [found] = run(cache, sets, "ko/belebele")
    assert {"BM25, words", "BM25, bigrams", "dense"} <= set(found["baselines"])


def test_intents_are_scored_with_silence(cache: Path, sets: Path) -> None:
    [found] = run(cache, sets, "intent/hint3_sofmattress")
    assert found["ours"] >= 1 / 3
    assert found["baselines"]["1 nearest"] == pytest.approx(2 / 3)
    assert found["baselines"]["5 nearest, threshold fitted to the answers"] == 1


def test_turns_are_scored(cache: Path, sets: Path) -> None:
    sharp, alarms = run(cache, sets, "trigger/airline")
    assert sharp["baselines"]["4 words or more, no pleasantries"] == 1
    assert alarms["lower"]
    assert alarms["baselines"] == {"every turn": 100, "4 words or more, no pleasantries": 0}


def test_a_set_that_is_missing_does_not_stop_the_others(
    cache: Path, sets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = cache / "eval.json"
    given = ["--sets", str(sets), "--cache", str(cache), "--json", str(file)]
    assert main(["intent/banking77", "trigger/airline", *given]) == 1
    assert "intent/banking77" in capsys.readouterr().err
    assert len(json.loads(file.read_text(encoding="utf-8"))["results"]) == 2


@pytest.mark.skipif("AGENTASSIST_EVAL" not in os.environ, reason="no sets are named")
@pytest.mark.parametrize("name", ["kb/abcd_guidelines", "trigger/airline"])
def test_the_real_sets_can_be_scored(cache: Path, name: str) -> None:
    found = run(cache, Path(os.environ["AGENTASSIST_EVAL"]), name, "--quick")
    assert all(one["baselines"] for one in found)
