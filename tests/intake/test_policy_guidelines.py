# SPDX-License-Identifier: Apache-2.0
"""Guidelines of real service desks, written as policy files: they stand the whole proof."""

import json
import os
from pathlib import Path

import pytest

from agentassist.intake.policy_files import load_folders
from benchmarks.quality.__main__ import main
from benchmarks.quality.policies import POLICIES, SETS

EVAL = os.environ.get("AGENTASSIST_EVAL", "")


@pytest.mark.parametrize("files", sorted({one.files for one in SETS}))
def test_the_guidelines_can_be_written_as_policies(files: str) -> None:
    loaded = load_folders([POLICIES / files])
    assert loaded.faults == ()
    assert loaded.bundle is not None
    assert loaded.bundle.policies


@pytest.mark.skipif(not EVAL, reason="AGENTASSIST_EVAL names no sets")
def test_the_cases_are_decided_as_the_guidelines_say(tmp_path: Path) -> None:
    file = tmp_path / "eval.json"
    names = [one.name for one in SETS]
    assert main([*names, "--sets", EVAL, "--cache", str(tmp_path), "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))["results"]
    assert [one["name"] for one in found if not one["met"]] == []
