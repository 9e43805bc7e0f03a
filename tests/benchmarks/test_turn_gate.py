# SPDX-License-Identifier: Apache-2.0
"""The gate is fitted and measured as it says, on invented turns."""

import json
from pathlib import Path

import numpy as np
import pytest

from agentassist.domain.turn import read
from agentassist.domain.turn_gate import Past
from agentassist.services.live_text import load_gate
from benchmarks import turn_gate

REQUESTS = ("I want to return a lamp", "my router is not working", "can I change my seat")
OTHERS = ("hello", "ok", "4 5 5 6", "my name is Ann", "thank you")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines, gold = [], ["id\tsuggest"]
    for number in range(60):
        asks = number % 4 == 1
        texts = REQUESTS if asks else OTHERS
        key = f"t{number}"
        turn = {"id": key, "conversation": f"c{number // 4}", "text": texts[number % len(texts)]}
        lines.append(json.dumps(turn))
        gold.append(f"{key}\t{int(asks)}")
    (tmp_path / "turns.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "gold.tsv").write_text("\n".join(gold) + "\n")
    return tmp_path


def test_a_fitted_gate_scores_as_the_domain_does(folder: Path) -> None:
    domain = turn_gate.load(folder)
    gate = turn_gate.bounded(turn_gate.fit([domain]), [domain])
    scores = turn_gate.scores(gate, domain)
    assert turn_gate.average_precision(domain.y, scores) > 0.95
    assert scores[0] == pytest.approx(gate.score(read("hello"), Past()))
    assert 0 < gate.quiet <= gate.search < 1


def test_nothing_is_written_unless_asked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = turn_gate.GATE.read_bytes()
    assert turn_gate.main([str(folder)]) == 0
    assert turn_gate.GATE.read_bytes() == before
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert set(told["weights"]) == set(load_gate().weights)


def test_measures_are_those_of_a_ranking() -> None:
    y = np.array([1, 0, 1, 0])
    score = np.array([0.9, 0.8, 0.7, 0.1])
    assert turn_gate.average_precision(y, score) == pytest.approx((1 + 2 / 3) / 2)
    assert turn_gate.auroc(y, score) == pytest.approx(0.75)
    assert turn_gate.alarms(y, score, recall=0.5) == 0
    assert turn_gate.alarms(y, score, recall=1.0) == 50
