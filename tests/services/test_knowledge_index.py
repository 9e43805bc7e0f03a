# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, ArticleState, Scope, SearchMode
from agentassist.errors import Cancelled, Unavailable, UserError
from agentassist.retrieval.chunker import cut
from agentassist.retrieval.encoder import Encoder
from agentassist.retrieval.index_cache import VectorSave
from agentassist.retrieval.vector_file import Snapshot, Stored
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import Database, opened
from agentassist.storage.knowledge import Knowledge
from tests.disk import empty, fill, full_disk
from tests.model import model_folder

__all__ = ["full_disk", "model_folder"]

Clock = Callable[[], datetime]
Open = Callable[[], KnowledgeIndex]

RETURNS = Article(
    new_id(),
    "returns",
    "How long can I return something?",
    "You have 30 days from delivery to send an item back for a full refund.",
    "en",
    state=ArticleState.PUBLISHED,
    questions=("can I send this back",),
)
ROUTER = Article(
    new_id(),
    "router",
    "My home internet is down",
    "Pull the plug of the router and wait two minutes. Error E-4410/7 means no line.",
    "en",
    state=ArticleState.PUBLISHED,
)
REFUND = Article(
    new_id(),
    "ko-refund",
    "환불은 언제 받을 수 있나요?",
    "반품한 상품이 도착하면 5일 안에 결제하신 카드로 환불됩니다.",
    "ko",
    state=ArticleState.PUBLISHED,
)


def publish(database: Database, *articles: Article) -> None:
    with database.transaction() as connection:
        for article in articles:
            Knowledge(connection).save_article(article, cut(article))


def keys(index: KnowledgeIndex, text: str, scope: Scope | None = None) -> list[str]:
    return [card.article.key for card in index.search(text, scope or Scope()).cards]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def make(database: Database, folder: Path, model_folder: Path, now: Clock) -> Iterator[Open]:
    made: list[KnowledgeIndex] = []

    def build() -> KnowledgeIndex:
        index = KnowledgeIndex(database, folder, lambda: Encoder.open(model_folder), now)
        made.append(index)
        return index

    yield build
    for index in made:
        index.close()


@pytest.fixture
def index(database: Database, make: Open) -> KnowledgeIndex:
    publish(database, RETURNS, ROUTER, REFUND)
    made = make()
    made.open()
    made.load_model()
    made.update()
    return made


def test_words_answer_before_the_model_is_there(database: Database, make: Open) -> None:
    publish(database, RETURNS, REFUND)
    index = make()
    index.open()
    found = index.search("send an item back for a refund", Scope())
    assert found.mode is SearchMode.KEYWORD_ONLY
    assert [card.article.key for card in found.cards] == ["returns"]
    assert keys(index, "환불은 언제 되나요") == ["ko-refund"]
    assert index.keyword_search("refu", Scope()).cards[0].article.key == "returns"


def test_both_halves_answer_with_passage_words_and_question(index: KnowledgeIndex) -> None:
    found = index.search("can I send these shoes back", Scope())
    assert found.mode is SearchMode.FULL
    card = found.cards[0]
    assert card.article.key == "returns"
    assert card.passage.text.startswith("You have 30 days")
    assert card.words == ("send", "back")
    assert card.question == "can I send this back"
    assert card.semantic
    assert keys(index, "there is no connection at my house") == ["router"]
    assert keys(index, "환불은 언제 되나요") == ["ko-refund"]


def test_a_korean_answer_does_not_claim_meaning(index: KnowledgeIndex) -> None:
    (card,) = index.search("환불은 언제 되나요", Scope()).cards
    assert not card.semantic


@pytest.mark.parametrize("text", ["", "ok thanks", "😀", "\0", "\ud800", "z" * 1_000_000])
def test_noise_brings_up_nothing(index: KnowledgeIndex, text: str) -> None:
    assert index.search(text, Scope()).cards == ()
    assert index.keyword_search(text, Scope()).cards == ()


def test_an_empty_knowledge_base_answers_with_nothing(make: Open) -> None:
    index = make()
    index.open()
    index.load_model()
    assert index.update() == 0
    assert index.search("can I send this back", Scope()).cards == ()
    assert index.status().articles == 0


def test_only_spoken_languages_are_encoded_and_each_text_once(index: KnowledgeIndex) -> None:
    status = index.status()
    assert (status.articles, status.passages, status.waiting) == (3, 3, 0)
    assert status.vectors == 2 + 3
    assert (status.model, status.languages) == ("all-MiniLM-L6-v2", ("en",))
    assert index.update() == 0


def test_the_next_start_encodes_nothing(index: KnowledgeIndex, make: Open, folder: Path) -> None:
    index.close()
    again = make()
    again.open()
    again.load_model()
    assert again.status().waiting == 0
    assert keys(again, "can I send these shoes back") == ["returns"]


def test_without_its_folder_nothing_is_lost(
    index: KnowledgeIndex, make: Open, folder: Path
) -> None:
    index.close()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    again = make()
    again.open()
    again.load_model()
    assert again.status().waiting == 0
    assert keys(again, "can I send these shoes back") == ["returns"]


def test_any_damaged_cache_is_noticed_and_built_again(
    index: KnowledgeIndex, make: Open, folder: Path
) -> None:
    index.close()
    names = sorted({path.relative_to(folder).parts[::2] for path in folder.glob("*/*/*")})
    assert len(names) == 12 + 5
    places = [f"{half}/*/{name}" for half, name in names]
    for place in [*places, "words/current", "vectors/current"]:
        (path,) = folder.glob(place)
        good = path.read_bytes()
        path.write_bytes(good[: len(good) // 2] + b"\xff" + good[len(good) // 2 + 1 :])
        again = make()
        again.open()
        again.load_model()
        assert keys(again, "can I send these shoes back") == ["returns"], place
        assert keys(again, "환불은 언제 되나요") == ["ko-refund"], place
        again.close()


def test_a_changed_article_is_found_anew(index: KnowledgeIndex, database: Database) -> None:
    changed = replace(RETURNS, body="Bring the giraffe to the counter.", questions=())
    publish(database, changed)
    index.article_changed(RETURNS.id)
    (card,) = index.search("where do I bring the giraffe", Scope()).cards
    assert card.passage.text == "Bring the giraffe to the counter."
    assert index.status().waiting == 0
    assert index.status().passages == 3


def test_a_retired_article_is_gone_at_once(index: KnowledgeIndex, database: Database) -> None:
    with database.transaction() as connection:
        Knowledge(connection).retire(RETURNS.id)
    index.article_changed(RETURNS.id)
    assert "returns" not in keys(index, "can I send these shoes back")
    assert "returns" not in index.ranked_keys("can I send these shoes back", Scope())
    assert index.status().articles == 2


def test_changes_made_elsewhere_are_taken_over_at_the_next_start(
    index: KnowledgeIndex, make: Open, database: Database
) -> None:
    index.close()
    late = replace(
        ROUTER, id=new_id(), key="late", title="Can I check out late?", body="Until 14:00."
    )
    publish(database, late, replace(RETURNS, questions=("giraffe",)))
    with database.transaction() as connection:
        Knowledge(connection).retire(ROUTER.id)
    again = make()
    again.open()
    again.load_model()
    assert again.status().articles == 3
    again.update()
    assert again.status().waiting == 0
    assert keys(again, "is a late check-out possible") == ["late"]
    assert keys(again, "giraffe")[:1] == ["returns"]
    assert keys(again, "E-4410/7") == []


def test_the_cache_of_another_database_is_not_believed(
    index: KnowledgeIndex, folder: Path, tmp_path: Path, now: Clock
) -> None:
    index.close()
    with opened(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.upgrade()
        publish(other, *(replace(article, id=new_id()) for article in (RETURNS, ROUTER, REFUND)))
        made = KnowledgeIndex(other, folder, lambda: pytest.fail("not needed"), now)
        made.open()
        assert keys(made, "send this back refund") == ["returns"]
        made.close()


def test_what_others_publish_is_found_without_a_restart(
    index: KnowledgeIndex, database: Database
) -> None:
    assert index.refresh() is False
    publish(database, replace(ROUTER, id=new_id(), key="tv", title="My TV box shows error TV-99"))
    assert index.refresh() is True
    assert keys(index, "error TV-99") == ["tv"]
    assert index.refresh() is False


def test_changes_missed_in_between_are_taken_over_with_the_next(
    index: KnowledgeIndex, database: Database
) -> None:
    with database.transaction() as connection:
        Knowledge(connection).retire(ROUTER.id)
    publish(database, replace(RETURNS, body="Now about giraffes."))
    index.article_changed(RETURNS.id)
    assert "router" not in index.ranked_keys("router error E-4410/7", Scope())
    assert index.status().articles == 2


def test_update_stops_when_told_and_goes_on_later(database: Database, make: Open) -> None:
    publish(
        database,
        *(
            replace(RETURNS, id=new_id(), key=f"k{number}", title=f"About thing {number}")
            for number in range(40)
        ),
    )
    index = make()
    index.open()
    index.load_model()
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        index.update(lambda done, total: seen.append((done, total)), lambda: len(seen) > 1)
    left = index.status().waiting
    assert 0 < left < seen[0][1]
    assert index.update() == left
    assert index.status().waiting == 0


def test_without_a_model_there_is_a_sentence_and_words_go_on(
    database: Database, folder: Path, tmp_path: Path, now: Clock
) -> None:
    publish(database, RETURNS)
    index = KnowledgeIndex(database, folder, lambda: Encoder.open(tmp_path / "none"), now)
    index.open()
    with pytest.raises(UserError, match="agentassist model add"):
        index.load_model()
    with pytest.raises(Unavailable, match="Keyword search goes on"):
        index.update()
    assert keys(index, "send an item back for a refund") == ["returns"]
    assert index.meaning() is None
    index.close()


def test_meaning_orders_examples(index: KnowledgeIndex) -> None:
    meaning = index.meaning()
    assert meaning is not None
    said = ["can we stay longer today", "my card is gone"]
    (stay, _), (_, card) = meaning.likeness(said, ["late check-out", "lost credit card"])
    (_, less), (other, _) = meaning.likeness(said, ["late check-out", "lost credit card"])
    assert stay > less
    assert card > other
    assert meaning.likeness([], ["late check-out"]) == []
    assert meaning.likeness(said, []) == [[], []]
    assert meaning.speaks("en")
    assert not meaning.speaks("ko")


def test_rebuild_gives_the_same_answers_without_encoding(index: KnowledgeIndex) -> None:
    before = index.ranked_keys("can I send these shoes back", Scope())
    index.rebuild()
    assert index.status().waiting == 0
    assert index.ranked_keys("can I send these shoes back", Scope()) == before


def test_many_searches_and_changes_at_once(index: KnowledgeIndex, database: Database) -> None:
    faults: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(20):
                index.search("can I send these shoes back", Scope())
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(5):
        publish(database, replace(RETURNS, body=f"Version {number} of the rule on returns."))
        index.article_changed(RETURNS.id)
    for thread in threads:
        thread.join()
    assert faults == []
    assert index.status().waiting == 0


def test_a_full_disk_stops_the_saving_and_nothing_else(
    database: Database, full_disk: Path, model_folder: Path, now: Clock
) -> None:
    publish(database, RETURNS, ROUTER, REFUND)
    index = KnowledgeIndex(database, full_disk, lambda: Encoder.open(model_folder), now)
    index.open()
    index.load_model()
    index.update()
    before = {path.name for path in full_disk.glob("*/*")}
    fill(full_disk, 4096)
    with pytest.raises(Unavailable, match="cannot be saved"):
        index.rebuild()
    assert keys(index, "can I send these shoes back") == ["returns"]
    assert keys(index, "환불은 언제 되나요") == ["ko-refund"]
    assert {path.name for path in full_disk.glob("*/*")} == before
    empty(full_disk)
    index.rebuild()
    assert {path.name for path in full_disk.glob("*/*")} != before
    index.close()


REBUILDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from agentassist.domain.knowledge import Scope
from agentassist.retrieval.encoder import Encoder
from agentassist.services.knowledge_index import KnowledgeIndex
from agentassist.storage.database import opened

with opened(sys.argv[1]) as database:
    model = Path(sys.argv[3])
    index = KnowledgeIndex(
        database, Path(sys.argv[2]), lambda: Encoder.open(model), lambda: datetime.now(UTC)
    )
    index.open()
    index.load_model()
    for _ in range(15):
        index.rebuild()
        (card,) = index.search("can I send these shoes back", Scope()).cards
        assert card.article.key == "returns"
    index.close()
"""


def test_two_processes_may_rebuild_at_once(
    index: KnowledgeIndex, database_url: str, folder: Path, model_folder: Path, make: Open
) -> None:
    index.close()
    command = [sys.executable, "-c", REBUILDING, database_url, str(folder), str(model_folder)]
    children = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for child in children:
        said = child.communicate()
        assert (child.returncode, said) == (0, ("", ""))
    again = make()
    again.open()
    again.load_model()
    assert again.status().waiting == 0
    assert keys(again, "can I send these shoes back") == ["returns"]


def test_searches_go_on_while_vectors_are_saved(
    index: KnowledgeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    write = Snapshot.write

    def slowly(snapshot: Snapshot, path: Path) -> Stored:
        writing.set()
        assert go_on.wait(30)
        return write(snapshot, path)

    monkeypatch.setattr(Snapshot, "write", slowly)
    saving = threading.Thread(target=index.rebuild)
    saving.start()
    try:
        assert writing.wait(30)
        assert keys(index, "can I send these shoes back") == ["returns"]
    finally:
        go_on.set()
        saving.join()
    assert keys(index, "can I send these shoes back") == ["returns"]


def test_nobody_waits_at_the_end_for_what_is_slow_to_save(
    index: KnowledgeIndex, make: Open, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VectorSave, "is_slow", property(lambda _: True))
    monkeypatch.setattr(Snapshot, "write", lambda *_: pytest.fail("written"))
    publish(database, replace(RETURNS, body="Bring the giraffe to the counter."))
    index.article_changed(RETURNS.id)
    index.close()
    again = make()
    again.open()
    again.load_model()
    assert again.status().waiting == 0
    assert keys(again, "where do I bring the giraffe")[:1] == ["returns"]
