# SPDX-License-Identifier: Apache-2.0
"""A million past decisions: decided again under a draft, and counted.

Facts are drawn over the shipped policies: most are known, some are old. The draft changes
what many of them say. Replay is measured alone, and again while it reads from SQLite.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import insert

from agentassist.domain.facts import FactSpec, FactType, FactValue, Plain, Source, to_json, worth
from agentassist.domain.identifiers import new_id
from agentassist.domain.policy import Bundle
from agentassist.domain.verdict import Answer, VerdictKind
from agentassist.domain.what_if import PastCase, Replay, WhatIf
from agentassist.intake.policy_files import load_folders, load_texts
from agentassist.places import resource
from agentassist.services.measures import measures
from agentassist.services.what_if import coverage, what_if
from agentassist.storage.database import Database, opened
from agentassist.storage.schema.calls import decisions
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options

_FULL = 1_000_000
_QUICK = 5_000
_SETS = 20_000
_BATCH = 5_000
_AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_REPLAY = Budget(30.0)
# A limit moves with the author's tests that stand on both sides of it.
_EDITS = (
    ("hotel/late_breakfast.toml", "11:01", "13:01"),
    ("bank/fee_refund.toml", "600", "500"),
)

T = TypeVar("T")


def measure(options: Options) -> list[Figure]:
    """Replay without and with the database, then count rules and measures."""
    number = _QUICK if options.quick else _FULL
    before, after = _bundles()
    sets = _drawn_sets(before, min(_SETS, number))
    alone, _ = _timed(lambda: _replayed(before, after, sets, number))
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        read, covered, counted, told = _stored(Path(folder), before, after, sets, number)
    note = f"{number:,} decisions, {told.flips:,} of them would be others; time of one processor"
    return [
        figure("what-if: decide again", "s", [alone], _REPLAY, note),
        figure("what-if: read from SQLite and decide again", "s", [read], _REPLAY, note),
        figure("coverage by rule", "s", [covered], None, f"{number:,} decisions, from SQLite"),
        figure("policy measures", "s", [counted], None, f"{number:,} decisions, from SQLite"),
    ]


def _stored(
    folder: Path, before: Bundle, after: Bundle, sets: list[PastCase], number: int
) -> tuple[float, float, float, WhatIf]:
    with opened(f"sqlite:///{folder / 'past.db'}") as database:
        database.upgrade()
        _fill(database, sets, number)
        read, told = _timed(lambda: what_if(database, before, after))
        covered, _ = _timed(lambda: coverage(database, before))
        counted, _ = _timed(lambda: measures(database))
    return read, covered, counted, told


def _timed(job: Callable[[], T]) -> tuple[float, T]:
    """Return the time of one processor that a job takes, whoever else is at work."""
    began = time.process_time()
    result = job()
    return time.process_time() - began, result


def _bundles() -> tuple[Bundle, Bundle]:
    """Return what ships, and a draft of it."""
    loaded = load_folders([resource("policies")])
    texts = dict(loaded.files)
    for file, old, new in _EDITS:
        texts[file] = texts[file].replace(old, new)
    after = load_texts(texts)
    if loaded.bundle is None or after.bundle is None:
        raise RuntimeError("the policies are not sound")
    return loaded.bundle, after.bundle


def _replayed(before: Bundle, after: Bundle, sets: list[PastCase], number: int) -> Replay:
    run = Replay(before, after)
    for place in range(number):
        run.add(sets[place % len(sets)])
    return run


def _drawn_sets(bundle: Bundle, number: int) -> list[PastCase]:
    draw = random.Random(7)
    asked = sorted(bundle.policies)
    return [_case(bundle, draw.choice(asked), draw) for _ in range(number)]


def _case(bundle: Bundle, policy_id: str, draw: random.Random) -> PastCase:
    reads = sorted(bundle.index.reads[policy_id] & bundle.facts.keys())
    at = _AT + timedelta(seconds=draw.randrange(86_400))
    known = (name for name in reads if draw.random() < 0.9)  # noqa: PLR2004  most
    facts = {
        name: FactValue(worth(bundle.facts[name], _value(bundle.facts[name], draw)), Source.CRM, at)
        for name in known
    }
    answer = draw.choice([Answer.ACCEPTED, Answer.DECLINED, Answer.IGNORED])
    kind = draw.choice(list(VerdictKind))
    text = to_json(facts)
    return PastCase(new_id(), policy_id, kind, answer, at, text, policy_id, "as they said it")


def _value(spec: FactSpec, draw: random.Random) -> Plain:
    if spec.type is FactType.BOOL:
        return draw.random() < 0.7  # noqa: PLR2004  most are true
    if spec.type is FactType.ENUM:
        return draw.choice(spec.values)
    return draw.randint(spec.low, min(spec.high, spec.low + 10_000))


def _fill(database: Database, sets: list[PastCase], number: int) -> None:
    for start in range(0, number, _BATCH):
        with database.transaction() as connection:
            connection.execute(insert(decisions), list(_rows(sets, start, number)))


def _rows(sets: list[PastCase], start: int, number: int) -> Iterator[dict[str, object]]:
    for place in range(start, min(start + _BATCH, number)):
        one = sets[place % len(sets)]
        yield {
            "id": new_id(),
            "call_id": None,
            "customer_id": None,
            "policy_id": one.policy_id,
            "bundle": "0" * 64,
            "verdict": one.verdict,
            "answer": one.answer,
            "at": one.at,
            "request": one.request,
            "title": one.title,
            "offer_id": "first" if one.answer is not Answer.IGNORED else "",
            "offer": "an alternative",
            "reason": "",
            "facts": one.facts,
            "given": "{}",
            "verdict_hash": "0" * 64,
        }
