# SPDX-License-Identifier: Apache-2.0
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agentassist.cli import index, kb, model
from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Article, ArticleState
from agentassist.retrieval.chunker import cut
from agentassist.storage.database import opened
from agentassist.storage.knowledge import Knowledge
from tests.model import model_folder

__all__ = ["model_folder"]

run = CliRunner().invoke
ASKED = "my internet is down"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Give a data folder with one article and no model."""
    article = Article(
        new_id(),
        "router",
        "My home internet is down",
        "Pull the plug of the router and wait two minutes.",
        "en",
        state=ArticleState.PUBLISHED,
    )
    with opened(f"sqlite:///{tmp_path / 'agentassist.db'}") as database:
        database.upgrade()
        with database.transaction() as connection:
            Knowledge(connection).save_article(article, cut(article))
    return tmp_path


@pytest.fixture
def with_model(data_dir: Path, model_folder: Path) -> Path:
    (data_dir / "models").mkdir()
    (data_dir / "models" / model_folder.name).symlink_to(model_folder)
    return data_dir


def test_a_fresh_folder_is_searched_by_words_and_says_so(tmp_path: Path) -> None:
    done = run(kb.app, ["search", ASKED, "--data-dir", str(tmp_path / "new")])
    assert done.exit_code == 0
    assert "Nothing in the knowledge base fits" in done.stdout
    assert "Keywords only" in done.stderr
    assert "agentassist model add" in done.stderr


def test_a_search_shows_strength_title_and_key(with_model: Path) -> None:
    done = run(kb.app, ["search", "no connection at home", "--data-dir", str(with_model)])
    assert done.exit_code == 0
    assert "My home internet is down (router)" in done.stdout
    assert "Keywords only" not in done.stderr


def test_a_search_as_json(with_model: Path) -> None:
    done = run(kb.app, ["search", ASKED, "--json", "--data-dir", str(with_model)])
    found = json.loads(done.stdout)
    assert (found["mode"], found["cards"][0]["article"]) == ("full", "router")


def test_a_run_ranks_every_query(data_dir: Path, tmp_path: Path) -> None:
    queries, out = tmp_path / "q.jsonl", tmp_path / "run.jsonl"
    lines = [{"id": "a", "text": ASKED}, {"id": 2, "text": "zebra"}]
    queries.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    done = run(
        kb.app,
        ["search", "--queries", str(queries), "--run", str(out), "--data-dir", str(data_dir)],
    )
    assert done.exit_code == 0
    ranked = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert ranked == [{"id": "a", "ranked": ["router"]}, {"id": "2", "ranked": []}]


def test_a_run_names_what_would_be_shown_first(with_model: Path, tmp_path: Path) -> None:
    queries, out = tmp_path / "q.jsonl", tmp_path / "run.jsonl"
    lines = [{"id": "a", "text": "my home internet is down"}, {"id": "b", "text": "thanks, bye"}]
    queries.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    files = ["--queries", str(queries), "--run", str(out), "--labels"]
    assert run(kb.app, ["search", *files, "--data-dir", str(with_model)]).exit_code == 0
    sure, unsure = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (sure["id"], sure["label"]) == ("a", "router")
    assert (unsure["id"], unsure["label"]) == ("b", "__none__")
    assert sure["confidence"] > unsure["confidence"] >= 0


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": 1}'])
def test_a_bad_line_is_named(data_dir: Path, tmp_path: Path, line: str) -> None:
    queries = tmp_path / "q.jsonl"
    queries.write_text('{"id": 1, "text": "x"}\n' + line, encoding="utf-8")
    done = run(
        kb.app,
        [
            "search",
            "--queries",
            str(queries),
            "--run",
            str(tmp_path / "r"),
            "--data-dir",
            str(data_dir),
        ],
    )
    assert done.exit_code == 1
    assert f"{queries}:2" in done.stderr


@pytest.mark.parametrize("given", [[], ["x", "--labels"], ["--queries", "q"], ["--run", "r"]])
def test_a_search_for_nothing_says_what_to_give(data_dir: Path, given: list[str]) -> None:
    done = run(kb.app, ["search", *given, "--data-dir", str(data_dir)])
    assert done.exit_code == 1
    assert "Give a text" in done.stderr


def test_the_index_tells_how_it_stands_and_is_rebuilt(with_model: Path) -> None:
    before = run(index.app, ["status", "--json", "--data-dir", str(with_model)])
    assert json.loads(before.stdout)["waiting"] == 2
    done = run(index.app, ["rebuild", "--data-dir", str(with_model)])
    assert done.exit_code == 0
    after = json.loads(run(index.app, ["status", "--json", "--data-dir", str(with_model)]).stdout)
    assert (after["articles"], after["vectors"], after["waiting"]) == (1, 2, 0)


def test_the_index_names_what_waits_apart_from_the_passages(with_model: Path) -> None:
    data = ["--data-dir", str(with_model)]
    before = run(index.app, ["status", *data]).stdout
    assert re.search(r"^passages +1$", before, re.MULTILINE)
    assert re.search(r"^texts waiting +2 \(passages, titles, questions\)$", before, re.MULTILINE)
    assert re.search(r"^search +keyword only$", before, re.MULTILINE)
    assert json.loads(run(index.app, ["status", "--json", *data]).stdout)["mode"] == "keyword only"
    after = run(index.app, ["rebuild", *data]).stdout
    assert re.search(r"^texts waiting +0$", after, re.MULTILINE)
    assert re.search(r"^search +full$", after, re.MULTILINE)


def test_without_a_model_nothing_is_said_to_wait(data_dir: Path) -> None:
    told = run(index.app, ["status", "--data-dir", str(data_dir)])
    assert re.search(r"^texts waiting +- \(no model\)$", told.stdout, re.MULTILINE)


def test_models_are_listed_and_verified(with_model: Path) -> None:
    listed = run(model.app, ["list", "--data-dir", str(with_model)])
    assert "all-MiniLM-L6-v2" in listed.stdout
    verified = run(model.app, ["verify", "--data-dir", str(with_model)])
    assert "every file is right" in verified.stdout


def test_without_a_model_the_commands_say_how_to_add_one(data_dir: Path) -> None:
    assert "model add" in run(model.app, ["list", "--data-dir", str(data_dir)]).stdout
    failed = run(model.app, ["verify", "--data-dir", str(data_dir)])
    assert failed.exit_code == 1
    assert "model add" in failed.stderr
