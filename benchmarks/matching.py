# SPDX-License-Identifier: Apache-2.0
"""Matching what is said to 200 policies with ten examples each, by meaning and by words."""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from agentassist.domain.clock import utc_now
from agentassist.domain.facts import Text
from agentassist.domain.policy import (
    AnyPolicy,
    Authority,
    Bundle,
    Category,
    Policy,
    ProtectedPolicy,
    Weights,
    bundle,
)
from agentassist.domain.request import Matcher
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.meaning import ModelMeaning
from agentassist.services.calibration import Calibrator
from agentassist.storage.database import Database, opened
from benchmarks import models
from benchmarks.figures import Budget, Figure, figure
from benchmarks.options import Options
from benchmarks.words import Sentences, english

_POLICIES = 200
_QUICK = 20
_EXAMPLES = 10
_COUNTER = 3
_PROTECTED = 10  # one in so many
_ASKED = 400
_ABOUT_ONE = 0.5  # share of clauses that are an example
_PROMPT = Budget(150.0, on_p95=True)
_WORDS = Budget(50.0, on_p95=True)


def measure(options: Options) -> list[Figure]:
    """Learn thresholds, then match utterances of one to three clauses."""
    count = _QUICK if options.quick else _POLICIES
    maker = Maker(count)
    with (
        TemporaryDirectory(prefix="agentassist-bench-") as folder,
        closing(Encoder.open(models.exported(options))) as encoder,
        opened(f"sqlite:///{Path(folder) / 'matching.db'}") as database,
    ):
        database.upgrade()
        matcher = Matcher(maker.bundle(), lambda: ModelMeaning(encoder))
        return [*_figures(matcher, maker, database, count)]


def _figures(matcher: Matcher, maker: "Maker", database: Database, count: int) -> Iterator[Figure]:
    said = [maker.utterance() for _ in range(_ASKED)]
    name = f"{count} policies"
    words = [_milliseconds(matcher, text) for text in said]
    yield figure(f"matching by words, {name}", "ms", words, _WORDS)
    began = time.perf_counter()
    Calibrator(database, utc_now).calibrate(matcher)
    learnt = time.perf_counter() - began
    yield figure(f"learning thresholds, {name}", "s", [learnt], note="once, beside the desk")
    meaning = [_milliseconds(matcher, text) for text in said]
    note = "the encoder included, one to three clauses"
    yield figure(f"matching by meaning, {name}", "ms", meaning, _PROMPT, note)


def _milliseconds(matcher: Matcher, text: str) -> float:
    began = time.perf_counter()
    matcher.match(text)
    return 1000 * (time.perf_counter() - began)


class Maker:
    """Makes policies and what customers say from sentences of the sample articles."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._sentences = Sentences(english())
        self._random = random.Random(5)
        self._examples: list[str] = []

    def bundle(self) -> Bundle:
        """Return a bundle with a protected policy among ten."""
        made = (self._policy(number) for number in range(self._count))
        return bundle({}, {one.id: one for one in made}, Authority(currency="USD"), Weights())

    def utterance(self) -> str:
        """Return an example with other words in it, or several, or what nobody is about."""
        parts = [
            self._random.choice(self._examples)
            if self._random.random() < _ABOUT_ONE
            else self._short()
            for _ in range(self._random.randint(1, 3))
        ]
        return ", ".join(parts)

    def _short(self) -> str:
        return " ".join(self._sentences.one().split()[: self._random.randint(5, 12)])

    def _policy(self, number: int) -> AnyPolicy:
        examples = tuple(self._short() for _ in range(_EXAMPLES))
        counter = tuple(self._short() for _ in range(_COUNTER))
        self._examples += examples
        id_, title, yes = f"made.{number:03}", Text(f"Made {number}"), Text("Yes.")
        sentences = {"examples": {"en": examples}, "counter": {"en": counter}}
        if number % _PROTECTED:
            return Policy(id=id_, title=title, sector="common", yes=yes, **sentences)
        words = " ".join(examples).casefold().split()
        return ProtectedPolicy(
            id=id_,
            title=title,
            sector="common",
            yes=yes,
            category=Category.SECURITY,
            refuse=Text("Not without proof."),
            act={"en": tuple(words[:12])},
            object={"en": tuple(words[12:24])},
            safe_paths=(),
            **sentences,
        )
