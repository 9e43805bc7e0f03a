# SPDX-License-Identifier: Apache-2.0
"""A desk from its start through some calls, with a timer that tells how late its window is.

Called with the data folder, the model, and what the search does once the database is
open: the name under which that phase is counted. Prints the longest gaps as JSON.
"""

import json
import sys
import tomllib
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from PySide6.QtWidgets import QApplication

from agentassist.domain.call import Speaker
from agentassist.places import samples
from benchmarks.gaps import GapMeter
from benchmarks.painted import Painted
from benchmarks.stage import Stage, rest
from benchmarks.start_child import CALLER

CALLS = 5
UTTERANCES = 60
_BETWEEN = 0.05
_SETTLE = 0.3


def main(folder: Path, model: Path, search: str) -> None:
    """Live through a start and some calls; tell the longest gap of each phase."""
    _qt = QApplication(["agentassist"])
    meter = GapMeter()
    with closing(Stage(folder, model)) as stage, closing(meter):
        shown = Painted(stage.application.window, lambda: True)
        shown.seen.connect(meter.entering("the database opens"))
        stage.application.ready.connect(meter.entering(search))
        stage.start()
        meter.enter("nothing happens")
        rest(2)
        for number in range(CALLS):
            _live_through(stage, meter, talking=number == CALLS - 1)
    print(json.dumps({phase: asdict(gap) for phase, gap in meter.longest.items()}))


def _live_through(stage: Stage, meter: GapMeter, *, talking: bool) -> None:
    meter.enter("a call pops")
    stage.call(CALLER)
    rest(_SETTLE)
    if talking:
        meter.enter(f"{UTTERANCES} utterances are heard")
        for text in _utterances():
            stage.application.switchboard.say(Speaker.CUSTOMER, text, "")
            rest(_BETWEEN)
        rest(3 * _SETTLE)
    meter.enter("the wrap-up opens and is saved")
    stage.close_contact()
    rest(_SETTLE)
    stage.save()
    rest(_SETTLE)


def _utterances() -> list[str]:
    file = samples() / "golden_questions.toml"
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["question"]
    return [entry["text"] for entry in islice(entries, UTTERANCES)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
