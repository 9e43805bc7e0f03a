# SPDX-License-Identifier: Apache-2.0
"""From the entered line to the painted cards, beside encoding and FAISS alone.

The bare search is what nobody can go below with this model: encode the text, then look
through a flat index of the same vectors, one thread. Both take turns on the same
questions, so that a slow moment of the machine meets both.
"""

import time
import tomllib
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import faiss

from agentassist.domain.knowledge import Scope, Suggestions
from agentassist.places import samples
from agentassist.retrieval import chunker
from agentassist.retrieval.encoder import Encoder
from agentassist.services.desk import Desk
from agentassist.storage.database import opened
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.vectors import Vectors
from benchmarks import knowledge, models
from benchmarks.figures import Budget, Figure, figure, p95
from benchmarks.options import Options
from benchmarks.stage import Stage, rest

_SIZES = (1_000, 100_000)
_SIZES_QUICK = (1_000,)
_QUESTIONS = 60
_QUESTIONS_QUICK = 10
_FRAME_MS = 16
_TIMES_BARE = 1.3
_PAUSE = 0.05
_CARDS = 3


def measure(options: Options) -> list[Figure]:
    """Measure each size of the knowledge base."""
    sizes = _SIZES_QUICK if options.quick else _SIZES
    return [one for size in sizes for one in _size(options, size)]


def _size(options: Options, size: int) -> list[Figure]:
    with TemporaryDirectory(prefix="agentassist-bench-") as folder:
        data_dir = knowledge.copied(options, size, Path(folder) / "data")
        model = models.exported(options)
        bare = BareSearch(data_dir, model)
        with closing(Stage(data_dir, model)) as stage:
            stage.start()
            wanted = _QUESTIONS_QUICK if options.quick else _QUESTIONS
            figures = _compare(stage, bare, _answered(stage, wanted), size)
            return [*figures, _article_changed(stage, data_dir, size)]


class BareSearch:
    """The encoder and a flat FAISS index over the vectors of a data folder, nothing else."""

    def __init__(self, data_dir: Path, model: Path) -> None:
        self._encoder = Encoder.open(model)
        with (
            opened(f"sqlite:///{data_dir / 'agentassist.db'}") as database,
            database.reading() as connection,
        ):
            _, vectors = Vectors(connection).load(self._encoder.digest)
        self._index = faiss.IndexFlatIP(self._encoder.dimension)
        self._index.add(vectors)

    def seconds(self, text: str) -> float:
        """Encode a text and find the nearest; return how long it took."""
        faiss.omp_set_num_threads(1)
        began = time.perf_counter()
        self._index.search(self._encoder.encode([text]), _CARDS)
        return time.perf_counter() - began


def _answered(stage: Stage, wanted: int) -> list[str]:
    """Return questions with cards, each other ones than the question before."""
    file = samples() / "golden_questions.toml"
    found: list[str] = []
    before: Suggestions | None = None
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["question"]:
        if entry["language"] == "en" and len(found) < wanted:
            answer = stage.in_model_lane(partial(_suggest, entry["text"]))
            if answer.cards and (before is None or answer.cards != before.cards):
                found.append(entry["text"])
                before = answer
    return found


def _suggest(text: str, desk: Desk) -> Suggestions:
    return desk.assist.suggest(text, Scope())


def _compare(stage: Stage, bare: BareSearch, texts: list[str], size: int) -> list[Figure]:
    on_screen, alone = [], []
    for text in texts:
        alone.append(1000 * bare.seconds(text))
        rest(_PAUSE)
        on_screen.append(1000 * stage.ask(text))
        rest(_PAUSE)
    limit = _TIMES_BARE * p95(alone) + _FRAME_MS
    ratios = [(shown - _FRAME_MS) / least for shown, least in zip(on_screen, alone, strict=True)]
    return [
        figure(f"encode and flat FAISS alone, {size:,} passages", "ms", alone),
        figure(
            f"text to suggestions on screen, {size:,} passages", "ms", on_screen,
            Budget(limit, on_p95=True), "Enter to paint; the budget is 1.3 x p95 alone + 16 ms",
        ),
        figure(
            f"text to suggestions, less a frame, beside alone, {size:,} passages", "x", ratios,
            None, "of the same question",
        ),
    ]  # fmt: skip


def _article_changed(stage: Stage, data_dir: Path, size: int) -> Figure:
    """Change an article and tell the index; the encoder and both indexes take it over."""
    times = []
    for number in range(5):
        key = _edit(data_dir, number)
        began = time.perf_counter()
        stage.in_model_lane(partial(_take_over, key))
        times.append(time.perf_counter() - began)
    return figure(f"one article changed to findable, {size:,} passages", "s", times, Budget(0.5))


def _take_over(article_id: UUID, desk: Desk) -> None:
    desk.index.article_changed(article_id)


def _edit(data_dir: Path, number: int) -> UUID:
    """Save a new version of a sample article; return its id."""
    with (
        opened(f"sqlite:///{data_dir / 'agentassist.db'}") as database,
        database.transaction() as connection,
    ):
        article = Knowledge(connection).by_key("retail-return-late")
        if article is None:
            raise RuntimeError("the sample article is gone")
        changed = replace(article, body=f"{article.body}\n\nRevision {number} of this page.")
        Knowledge(connection).save_article(changed, chunker.cut(changed))
        return article.id
