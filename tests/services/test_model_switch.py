# SPDX-License-Identifier: Apache-2.0
"""One model takes over from another: real models, searches going on, stops and kills."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import select

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, ArticleState, Scope, SearchMode
from agentassist.errors import Cancelled, Unavailable, UserError
from agentassist.retrieval.chunker import cut
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.model_folder import GRAPH, read_manifest
from agentassist.services.encoding import encode_all
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.services.models import ModelShelf
from agentassist.storage.database import Database, opened
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.schema.knowledge import vectors
from tests.model import model_folder
from tests.small_model import small_folder, small_source

__all__ = ["model_folder", "small_folder", "small_source"]

Clock = Callable[[], datetime]
COUNT = 240
QUESTION = "can I send these shoes back"
RETURNS = Article(
    new_id(),
    "returns",
    "How long can I return something?",
    "You have 30 days from delivery to send an item back for a full refund.",
    "en",
    state=ArticleState.PUBLISHED,
)


def publish(database: Database, *articles: Article) -> None:
    with database.transaction() as connection:
        for article in articles:
            Knowledge(connection).save_article(article, cut(article))


def stored(database: Database, digest: str) -> dict[str, bytes]:
    query = select(vectors.c.digest, vectors.c.vector).where(vectors.c.model_digest == digest)
    with database.reading() as connection:
        return {row.digest: bytes(row.vector) for row in connection.execute(query)}


def others() -> list[Article]:
    return [
        replace(
            RETURNS,
            id=new_id(),
            key=f"k{number}",
            title=f"About thing number {number}",
            body=f"Thing {number} is kept in hall {number % 7}. " * (1 + number % 9),
        )
        for number in range(COUNT)
    ]


@pytest.fixture
def shelf(model_folder: Path, small_folder: Path, tmp_path: Path) -> "Shelf":
    return Shelf(tmp_path, model_folder, small_folder)


class Shelf:
    """A shelf whose settings can be written by the test."""

    def __init__(self, folder: Path, first: Path, second: Path) -> None:
        self.first, self.second = first, second
        self.named: Path | None = first
        self.folder = folder / "models"
        self.folder.mkdir()

    def open(self) -> ModelShelf:
        return ModelShelf(self.folder, self.named, lambda: self.named)


@pytest.fixture
def small_database(tmp_path: Path) -> Iterator[Database]:
    with opened(f"sqlite:///{tmp_path / 'one.db'}") as database:
        database.upgrade()
        publish(database, RETURNS, *others())
        yield database


Started = tuple[KnowledgeIndex, ModelShelf]


@pytest.fixture
def start(
    small_database: Database, tmp_path: Path, shelf: Shelf, now: Clock
) -> Iterator[Callable[[], Started]]:
    made: list[KnowledgeIndex] = []

    def build() -> Started:
        models = shelf.open()
        index = KnowledgeIndex(small_database, tmp_path / "index", models.open_encoder, now)
        made.append(index)
        index.open()
        index.load_model()
        return index, models

    yield build
    for index in made:
        index.close()


def test_the_old_model_answers_until_the_new_one_has_everything(
    start: Callable[[], Started], shelf: Shelf, small_database: Database
) -> None:
    index, models = start()
    encode_all(index, models)
    assert not models.waiting
    assert not models.look_again()
    shelf.named = shelf.second
    assert models.look_again()
    seen: list[tuple[str, SearchMode, str]] = []

    def look(done: int, total: int) -> None:
        found = index.search(QUESTION, Scope())
        seen.append((index.status().model, found.mode, index.ranked_keys(QUESTION, Scope())[0]))

    encode_all(index, models, look)
    assert set(seen) == {(shelf.first.name, SearchMode.FULL, "returns")}
    assert len(seen) > 3
    assert index.status().model == shelf.second.name
    assert (index.status().waiting, models.waiting) == (0, False)
    assert index.ranked_keys(QUESTION, Scope())[0] == "returns"
    one, other = (read_manifest(folder).digest for folder in (shelf.first, shelf.second))
    assert stored(small_database, one).keys() == stored(small_database, other).keys()


def test_stopped_in_the_middle_it_goes_on_at_the_next_start(
    start: Callable[[], Started], shelf: Shelf, small_database: Database
) -> None:
    index, models = start()
    encode_all(index, models)
    shelf.named = shelf.second
    models.look_again()
    steps: list[int] = []
    with pytest.raises(Cancelled):
        encode_all(index, models, lambda done, _: steps.append(done), lambda: len(steps) > 2)
    assert index.status().model == shelf.first.name
    half = stored(small_database, read_manifest(shelf.second).digest)
    assert 0 < len(half) < 2 * COUNT
    index.close()

    index, models = start()
    assert index.status().model == shelf.first.name
    assert index.search(QUESTION, Scope()).mode is SearchMode.FULL
    assert (models.waiting, index.status().waiting) == (True, 0)
    encode_all(index, models)
    assert index.status().model == shelf.second.name
    whole = stored(small_database, read_manifest(shelf.second).digest)
    assert {digest: whole[digest] for digest in half} == half
    index.close()

    index, models = start()
    assert (index.status().model, models.waiting) == (shelf.second.name, False)
    assert index.status().waiting == 0


def test_articles_that_change_meanwhile_are_not_lost(
    start: Callable[[], Started], shelf: Shelf, small_database: Database
) -> None:
    index, models = start()
    encode_all(index, models)
    shelf.named = shelf.second
    models.look_again()
    changes = iter(
        [
            lambda: index.rebuild(),
            lambda: change(replace(RETURNS, body="Bring the giraffe to the counter.")),
        ]
    )

    def change(article: Article) -> None:
        publish(small_database, article)
        index.article_changed(article.id)

    def look(done: int, total: int) -> None:
        if done:
            next(changes, lambda: None)()

    encode_all(index, models, look)
    assert (index.status().model, index.status().waiting) == (shelf.second.name, 0)
    (card, *_) = index.search("where do I bring the giraffe", Scope()).cards
    assert card.passage.text == "Bring the giraffe to the counter."


def test_articles_that_others_took_away_do_not_hold_it_up(
    start: Callable[[], Started], shelf: Shelf, small_database: Database
) -> None:
    index, models = start()
    encode_all(index, models)
    shelf.named = shelf.second
    models.look_again()
    publish(small_database, replace(RETURNS, body="Bring the giraffe to the counter."))
    encode_all(index, models)
    assert index.status().model == shelf.second.name
    assert index.refresh()
    encode_all(index, models)
    assert index.status().waiting == 0


def likeness(index: KnowledgeIndex, text: str, other: str) -> float:
    """Compare with the model of the moment; one that is closed meanwhile gives way."""
    while True:
        try:
            meaning = index.meaning()
            assert meaning is not None
            return meaning.likeness([text], [other])[0][0]
        except Unavailable:
            continue


def test_searches_go_on_through_the_switch(start: Callable[[], Started], shelf: Shelf) -> None:
    index, models = start()
    encode_all(index, models)
    faults: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                assert index.ranked_keys(QUESTION, Scope())[0] == "returns"
                assert likeness(index, QUESTION, "send shoes back") > 0.4
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for folder in (shelf.second, shelf.first):
        shelf.named = folder
        models.look_again()
        encode_all(index, models)
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_chosen_model_that_is_damaged_leaves_the_old_one(
    start: Callable[[], Started], shelf: Shelf, tmp_path: Path, small_database: Database
) -> None:
    index, models = start()
    broken = tmp_path / "broken"
    broken.mkdir()
    for path in shelf.second.iterdir():
        (broken / path.name).write_bytes(path.read_bytes())
    (broken / GRAPH).write_bytes(b"x")
    shelf.named = broken
    assert models.look_again()
    with pytest.raises(UserError, match="sha256 differs"):
        encode_all(index, models)
    assert (index.status().model, index.status().waiting) == (shelf.first.name, 0)
    assert index.search(QUESTION, Scope()).mode is SearchMode.FULL


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from agentassist.retrieval.encoder import Encoder
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import Database
url, folder, first, second = sys.argv[1:]
database = Database.open(url)
index = KnowledgeIndex(
    database, Path(folder), lambda: Encoder.open(Path(first)), lambda: datetime.now(UTC)
)
index.open()
index.load_model()
def say(done, total):
    print(done, flush=True)
if second:
    index.switch_model(Encoder.open(Path(second)), say)
else:
    index.update(say)
print("end", flush=True)
"""


def killed_after(steps: int, *arguments: str) -> bool:
    """Run the program until it has said some steps, kill it; tell whether it came to its end."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        said = [child.stdout.readline().strip() for _ in range(steps)]
        child.kill()
    return "end" in said


@pytest.mark.parametrize("switch", [False, True], ids=["update", "switch"])
def test_a_kill_loses_nothing_that_was_reported(
    small_database: Database, tmp_path: Path, shelf: Shelf, now: Clock, switch: bool
) -> None:
    second = str(shelf.second) if switch else ""
    folder = shelf.second if switch else shelf.first
    digest = read_manifest(folder).digest
    arguments = (f"sqlite:///{tmp_path / 'one.db'}", str(tmp_path / "index"))
    before: dict[str, bytes] = {}
    for steps in (1, 2, 3):
        assert not killed_after(steps, *arguments, str(shelf.first), second)
        after = stored(small_database, digest)
        assert before.items() <= after.items()
        before = after
    assert 0 < len(before) < 2 * COUNT
    index = KnowledgeIndex(small_database, tmp_path / "index", lambda: Encoder.open(folder), now)
    index.open()
    index.load_model()
    index.update()
    assert index.status().waiting == 0
    assert before.items() <= stored(small_database, digest).items()
    assert index.ranked_keys(QUESTION, Scope())[0] == "returns"
    index.close()


def test_in_bulk_the_vectors_are_those_of_each_text(
    start: Callable[[], Started], small_database: Database, model_folder: Path
) -> None:
    index, models = start()
    encode_all(index, models)
    found = stored(small_database, read_manifest(model_folder).digest)
    encoder = Encoder.open(model_folder)
    for article in [RETURNS, *others()][:5]:
        for passage in cut(article):
            got = np.frombuffer(found[passage.digest], dtype="<f4")
            alone = encoder.encode([f"{article.title}\n{passage.text}"])[0]
            assert float(got @ alone) == pytest.approx(1, abs=1e-4)
    encoder.close()
