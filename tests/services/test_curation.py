# SPDX-License-Identifier: Apache-2.0
from datetime import date
from pathlib import Path

import pytest

from agentassist.domain.curation import LintRule
from agentassist.domain.importing import Progress
from agentassist.errors import BadInput, Cancelled
from agentassist.places import samples
from agentassist.services.article_lint import lint
from agentassist.services.curation import all_articles, import_articles
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge

TODAY = date(2026, 11, 23)


def _page(folder: Path, key: str, **changed: str) -> Path:
    fields = {
        "title": f"How do I {key}?",
        "state": "published",
        "owner": "team",
        "verify_by": "2027-03-31",
        "short_answer": "Like this.",
        "questions": f"[{key} now, {key} later, {key} maybe]",
    } | changed
    body = fields.pop("body", f"Do {key} like this.")
    front = "\n".join(f"{name}: {value}" for name, value in fields.items() if value)
    path = folder / f"{key}.md"
    path.write_text(f"---\nid: {key}\n{front}\n---\n{body}\n", encoding="utf-8")
    return path


def test_files_become_articles_with_passages(database: Database, tmp_path: Path) -> None:
    _page(tmp_path, "dance")
    report = import_articles(database, tmp_path)
    assert (report.new, report.faults) == (1, ())
    with database.reading() as connection:
        article = Knowledge(connection).by_key("dance")
        assert article is not None
        passages = Knowledge(connection).passages_of(article.id)
    assert [passage.text for passage in passages] == ["Do dance like this."]


def test_only_changed_files_make_versions(database: Database, tmp_path: Path) -> None:
    _page(tmp_path, "dance")
    gone = _page(tmp_path, "sing")
    import_articles(database, tmp_path)
    again = import_articles(database, tmp_path)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)
    gone.unlink()
    _page(tmp_path, "dance", body="Do it better.")
    report = import_articles(database, tmp_path)
    assert (report.new, report.updated, report.unchanged) == (0, 1, 0)
    found = {article.key: article for article in all_articles(database)}
    assert (found["dance"].version, found["sing"].version) == (2, 1)
    with database.reading() as connection:
        passages = Knowledge(connection).passages_of(found["dance"].id)
    assert [passage.text for passage in passages] == ["Do it better."]


def test_a_dry_run_writes_nothing(database: Database, tmp_path: Path) -> None:
    _page(tmp_path, "dance")
    assert import_articles(database, tmp_path, dry_run=True).new == 1
    assert all_articles(database) == ()


def test_a_bad_file_is_named_and_the_others_come_in(database: Database, tmp_path: Path) -> None:
    _page(tmp_path, "dance")
    _page(tmp_path, "sing", state="loud")
    report = import_articles(database, tmp_path)
    assert (report.new, report.skipped) == (1, 1)
    assert (report.faults[0].place.line, report.faults[0].place.field) == (4, "state")


def test_an_import_can_be_stopped(database: Database, tmp_path: Path) -> None:
    _page(tmp_path, "dance")
    with pytest.raises(Cancelled):
        import_articles(database, tmp_path, cancelled=lambda: True)
    assert all_articles(database) == ()


BROKEN = [
    ({"title": "Dancing"}, LintRule.TITLE_IS_QUESTION, 3),
    ({"body": "word " * 451}, LintRule.ONE_PAGE, 0),
    ({"questions": "[one, two]"}, LintRule.HAS_QUESTIONS, 8),
    ({"short_answer": ""}, LintRule.HAS_SHORT_ANSWER, 1),
    ({"short_answer": "x" * 141}, LintRule.SHORT_ANSWER_FITS, 7),
    ({"owner": ""}, LintRule.HAS_OWNER, 1),
    ({"verify_by": ""}, LintRule.HAS_VERIFY_BY, 1),
    ({"verify_by": "2026-11-22"}, LintRule.CHECKED_IN_TIME, 6),
    ({"body": "See [that](kb:nowhere)."}, LintRule.LINKS_LEAD_SOMEWHERE, 0),
    ({"state": "loud"}, LintRule.UNREADABLE, 4),
]


@pytest.mark.parametrize(("changed", "rule", "line"), BROKEN, ids=[str(b[1]) for b in BROKEN])
def test_each_rule_is_checked(
    tmp_path: Path, changed: dict[str, str], rule: LintRule, line: int
) -> None:
    _page(tmp_path, "dance", **changed)
    [finding] = lint(tmp_path, TODAY)
    assert (finding.rule, finding.place.line) == (rule, line)


def test_two_articles_may_not_claim_one_phrase(tmp_path: Path) -> None:
    _page(tmp_path, "dance")
    _page(tmp_path, "sing", questions="[dance NOW!, b, c]")
    [finding] = lint(tmp_path, TODAY)
    assert (finding.rule, finding.detail) == (LintRule.NO_DUPLICATE, "dance now (dance)")


def test_an_empty_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        lint(tmp_path, TODAY)


def test_the_sample_articles_are_in_order() -> None:
    assert lint(samples(), TODAY) == ()


def test_json_lines_become_articles_and_come_back_unchanged(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(
        '{"id": "plug", "text": "Pull the plug."}\n'
        '{"id": "bad"}\n'
        '{"id": "1", "text": "no net", "label": "net_down"}\n'
        '{"id": "2", "text": "offline", "label": "net_down"}\n',
        encoding="utf-8",
    )
    told: list[Progress] = []
    assert import_articles(database, path, dry_run=True).new == 2
    assert all_articles(database) == ()
    report = import_articles(database, path, progress=told.append)
    assert (report.new, report.skipped, report.faults[0].place.line) == (2, 1, 2)
    assert (told[-1].done, told[-1].total) == (path.stat().st_size, path.stat().st_size)
    assert [article.key for article in all_articles(database)] == ["net_down", "plug"]
    again = import_articles(database, path)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 2)
