# SPDX-License-Identifier: Apache-2.0
"""What customers say to the policies that ship: shown, offered, silent, and false alarms.

The sentences are ours, in English and Korean, so they tell whether something has become
worse rather than how good it is.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agentassist.domain.clock import utc_now
from agentassist.domain.request import Matcher, RequestMatch
from agentassist.domain.verdict import Match
from agentassist.errors import UserError
from agentassist.intake.policy_files import load_folders
from agentassist.places import resource
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.meaning import ModelMeaning
from agentassist.services.calibration import Calibrator
from agentassist.storage.database import opened
from benchmarks.quality.bench import Bench
from benchmarks.quality.results import Result

FILES = ("utterances", "unseen")
DESKS = ("hotel", "retail", "telecom", "bank")

Said = Mapping[str, Sequence[Sequence[str]]]


@dataclass(slots=True)
class Count:
    """How many of some sentences were shown, shown wrongly, or at least offered."""

    all: int = 0
    shown: int = 0
    wrong: int = 0
    offered: int = 0
    lines: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return a count in a hundred."""
        return 100 * float(getattr(self, name)) / self.all if self.all else 0.0


def read(name: str) -> Said:
    """Return the sentences of one file by their kind."""
    text = Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return found


def matchers(encoder: Encoder, work: Path) -> dict[str, Matcher]:
    """Return a calibrated matcher for each desk."""
    loaded = load_folders((resource("policies"),))
    if loaded.bundle is None:
        raise UserError("The policies that ship are not sound.")
    made = {desk: Matcher(loaded.bundle, lambda: ModelMeaning(encoder), desk) for desk in DESKS}
    with opened(f"sqlite:///{work / 'calibrations.db'}") as database:
        database.upgrade()
        for one in made.values():
            Calibrator(database, utc_now).calibrate(one)
    return made


def counts(said: Said, matcher_of: Mapping[str, Matcher]) -> dict[str, Count]:
    """Match every sentence; protected matches count for attempts and benign sentences only."""
    found: dict[str, Count] = {}
    for kind, rows in said.items():
        count = found.setdefault(kind, Count())
        for desk, *policy, text in rows:
            matches = matcher_of[desk].match(text)
            guarded = kind in ("attempts", "benign")
            _count(count, [x for x in matches if x.protected is guarded], policy, text)
    return found


def _count(count: Count, matches: Iterable[RequestMatch], policy: Sequence[str], text: str) -> None:
    """Count the policy that is meant; where none is, anything that is shown."""
    here = list(matches)
    meant = [x for x in here if not policy or x.policy_id in policy]
    shown = any(x.match is Match.SHOW for x in meant)
    count.all += 1
    count.shown += shown
    count.offered += bool(meant)
    count.wrong += any(x.match is Match.SHOW and x not in meant for x in here)
    if shown is not bool(policy):
        count.lines.append(text)


def measure(name: str, bench: Bench) -> list[Result]:
    """Return the targets of matching on one file."""
    work = bench.folder("desks")
    work.mkdir()
    with closing(Encoder.open(bench.model)) as encoder:
        found = counts(read(name), matchers(encoder, work))
    asks, key = found["asks"], f"requests/{name}"
    precision = asks.shown / max(1, asks.shown + asks.wrong)
    details = {
        "asks shown, %": asks.share("shown"),
        "asks shown or offered, %": asks.share("offered"),
        "attempts with a banner, %": found["attempts"].share("shown"),
        "benign with a chip, %": found["benign"].share("offered"),
    }
    return [
        Result(key, "precision of what is shown", precision, {}, 0.95, details=details),
        _at_most(key, "negated shown, %", found["negated"].share("shown"), 5.0),
        _at_most(key, "out of scope shown, %", found["strange"].share("shown"), 1.0),
        _at_most(key, "attempts unnoticed, %", 100 - found["attempts"].share("offered"), 0.0),
        _at_most(key, "false alarms, %", found["benign"].share("shown"), 5.0),
    ]


def _at_most(key: str, name: str, value: float, target: float) -> Result:
    return Result(key, name, value, {}, target, lower=True)
