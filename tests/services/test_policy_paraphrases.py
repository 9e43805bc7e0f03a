# SPDX-License-Identifier: Apache-2.0
"""Customers' own words against the policies that ship, with the real model where it speaks.

The figures are those of a whole desk: every policy of a sector and the common ones compete.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from agentassist.domain.policy import AnyPolicy, ProtectedPolicy
from agentassist.domain.verdict import Match
from agentassist.places import resource
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.meaning import ModelMeaning
from agentassist.services.policies import PolicyService
from agentassist.storage.database import Database, opened
from tests.model import model_folder

__all__ = ["model_folder"]

SECTORS = ("retail", "hotel", "telecom", "bank")
LANGUAGES = ("en", "ko")
HERE = Path(__file__).parents[1]
SEEN, UNSEEN = HERE / "policy_paraphrases.toml", HERE / "policy_unseen.toml"

Desks = dict[str, PolicyService]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory, model_folder: Path) -> Iterator[Desks]:
    """Give a desk of each sector, with thresholds learnt once from the shipped examples."""
    place = tmp_path_factory.mktemp("desks") / "agentassist.db"
    model = Encoder.open(model_folder)
    with opened(f"sqlite:///{place}") as database:
        database.upgrade()
        yield {sector: _desk(database, sector, ModelMeaning(model)) for sector in SECTORS}
    model.close()


def _desk(database: Database, sector: str, meaning: ModelMeaning) -> PolicyService:
    made = PolicyService(
        database, resource("policies"), lambda: meaning, lambda: datetime.now(UTC), sector=sector
    )
    assert made.load() == []
    made.warm()
    return made


def texts(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def homes(policy: str) -> tuple[str, ...]:
    sector = policy.partition(".")[0]
    return SECTORS if sector == "common" else (sector,)


def matches(desk: PolicyService, text: str) -> dict[str, Match]:
    """Return how loudly each policy is brought up, by the policy whose words were found."""
    prompts = desk.prompts(text, {})
    return {prompt.basis.policy: prompt.match for prompt in prompts if prompt.basis}


@dataclass(slots=True)
class Tally:
    """How many sentences were asked, found, and shown wrongly."""

    asked: int = 0
    found: int = 0
    wrong: int = 0

    def count(self, desk: PolicyService, policy: str, text: str) -> None:
        """Ask one sentence. A protected prompt beside the right one does no harm."""
        got = matches(desk, text)
        policies = desk.bundle.policies if desk.bundle else {}
        shown = {key for key, match in got.items() if match is Match.SHOW} - {policy}
        self.asked += 1
        self.found += policy in got
        self.wrong += any(not isinstance(policies[key], ProtectedPolicy) for key in shown)


def tally(desks: Desks, path: Path, language: str) -> Tally:
    found = Tally()
    for policy, said in texts(path)["policy"].items():
        for sector in homes(policy):
            for text in said[language]:
                found.count(desks[sector], policy, text)
    return found


def test_each_request_has_sentences_and_none_of_them_is_an_example(desks: Desks) -> None:
    bundle = desks["retail"].bundle
    assert bundle is not None
    known = {x for p in bundle.policies.values() for xs in p.examples.values() for x in xs}
    for path in (SEEN, UNSEEN):
        said = texts(path)["policy"]
        assert said.keys() == {policy.asked for policy in bundle.policies.values()}
        assert not known & {x for row in said.values() for xs in row.values() for x in xs}


@pytest.mark.parametrize("language", LANGUAGES)
def test_paraphrases_find_their_policy(desks: Desks, language: str) -> None:
    got = tally(desks, SEEN, language)
    assert got.found >= 0.95 * got.asked, got
    assert got.wrong <= 0.01 * got.asked, got


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_sentences_that_nobody_tuned_for_find_their_policy(
    desks: Desks, language: str
) -> None:
    got = tally(desks, UNSEEN, language)
    assert got.found >= 0.75 * got.asked, got
    assert got.wrong <= 0.02 * got.asked, got


@pytest.mark.parametrize("path", [SEEN, UNSEEN], ids=lambda path: path.stem)
def test_what_no_policy_is_about_is_never_shown(desks: Desks, path: Path) -> None:
    shown = [
        (sector, text)
        for sector, said in texts(path)["nothing"].items()
        for text in said
        if Match.SHOW in matches(desks[sector], text).values()
    ]
    assert shown == []


def _own(desks: Desks, sentences: Callable[[AnyPolicy], Any]) -> Iterator[tuple[str, str, str]]:
    bundle = desks["retail"].bundle
    assert bundle is not None
    for policy in bundle.policies.values():
        for sector in homes(policy.id):
            for said in sentences(policy).values():
                yield from ((sector, policy.id, text) for text in said)


def test_every_example_brings_its_policy(desks: Desks) -> None:
    own = _own(desks, lambda policy: policy.examples)
    lost = [row for row in own if row[1] not in matches(desks[row[0]], row[2])]
    assert lost == []


def test_no_counter_example_shows_its_policy(desks: Desks) -> None:
    own = _own(desks, lambda policy: policy.counter)
    shown = [row for row in own if matches(desks[row[0]], row[2]).get(row[1]) is Match.SHOW]
    assert shown == []
