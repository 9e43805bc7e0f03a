# SPDX-License-Identifier: Apache-2.0
"""Articles keep their versions, passages their ids, and every change moves the revision."""

from dataclasses import replace
from datetime import date

import pytest

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import (
    ArticleHeader,
    ArticleState,
    Audience,
    Feedback,
    FeedbackKind,
    Gap,
)
from agentassist.errors import UserError
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from agentassist.storage.saving import SaveOutcome
from tests.storage.build import NOON, article, at, passages

BEGIN = int(NOON.timestamp() * 1_000_000)
NEW, UPDATED, UNCHANGED = SaveOutcome.NEW, SaveOutcome.UPDATED, SaveOutcome.UNCHANGED


def test_an_article_comes_back_whole(database: Database) -> None:
    made = article(
        title="반품은 언제까지 되나요?",
        audience=Audience.PUBLIC,
        labels=("returns", "refund"),
        products=("all",),
        questions=("can I still send this back",),
        short_answer="30 days.",
        owner="returns-team",
        verify_by=date(2027, 3, 31),
        extra={"reviewed": True, "nested": {"a": [1, "x"]}},
    )
    with database.transaction() as connection:
        Knowledge(connection).save_article(made, passages(made, "one", "two"))
    with database.reading() as connection:
        knowledge = Knowledge(connection)
        assert knowledge.article(made.id) == made
        assert knowledge.by_key(made.key) == made
        assert knowledge.articles() == (made,)
        assert knowledge.articles(ArticleState.DRAFT) == ()
        assert knowledge.by_key("other") is None
        read = knowledge.passages_of(made.id)
        assert [item.text for item in read] == ["one", "two"]
        assert knowledge.passages([read[1].id, new_id()]) == {read[1].id: read[1]}


def test_saving_again_makes_a_version_only_when_content_changed(database: Database) -> None:
    first = article(body="30 days")
    with database.transaction() as connection:
        knowledge = Knowledge(connection, now=lambda: NOON)
        assert knowledge.save_article(first, passages(first, "a", "b")).outcome is NEW
        before = knowledge.passages_of(first.id)

        same = replace(first, id=new_id())
        again = knowledge.save_article(same, passages(same, "a", "b"))
        assert (again.article, again.outcome) == (first, UNCHANGED)
        assert knowledge.passages_of(first.id) == before
        assert knowledge.revision() == BEGIN + 1

        changed = replace(same, body="60 days")
        saved = knowledge.save_article(changed, passages(changed, "new", "b", "a"))
        assert saved.outcome is UPDATED
        assert saved.article == replace(changed, id=first.id, version=2)
        after = knowledge.passages_of(first.id)
        assert [item.id for item in after[1:]] == [before[1].id, before[0].id]
        assert knowledge.revision() == BEGIN + 2
        versions = knowledge.versions(first.id)
    assert [(item.article, item.saved_at) for item in versions] == [
        (saved.article, NOON),
        (replace(first, version=1), NOON),
    ]


def test_a_new_state_is_a_change_but_no_version(database: Database) -> None:
    made = article(state=ArticleState.DRAFT)
    with database.transaction() as connection:
        knowledge = Knowledge(connection, now=lambda: NOON)
        knowledge.save_article(made, passages(made, "a"))
        assert list(knowledge.all_passages()) == []
        published = replace(made, state=ArticleState.PUBLISHED)
        saved = knowledge.save_article(published, passages(made, "a"))
        assert (saved.outcome, saved.article.version) == (UPDATED, 1)
        assert len(list(knowledge.all_passages())) == 1
        other = knowledge.save_article(published, passages(made, "a", "cut anew"))
        assert (other.outcome, other.article.version) == (UPDATED, 1)
        assert knowledge.revision() == BEGIN + 3


def test_a_retired_article_is_readable_but_not_found(database: Database) -> None:
    made, kept = article(), article("other", labels=("x",))
    with database.transaction() as connection:
        knowledge = Knowledge(connection, now=lambda: NOON)
        for item in (made, kept):
            knowledge.save_article(item, passages(item, item.key))
        assert knowledge.count_passages() == 2
        knowledge.retire(made.id)
        found = list(knowledge.all_passages())
        assert [header for _, header in found] == [
            ArticleHeader(kept.id, "other", kept.title, "en", kept.audience, kept.state, ("x",))
        ]
        assert knowledge.article(made.id) == replace(made, state=ArticleState.RETIRED)
        assert knowledge.revision() == BEGIN + 3
        with pytest.raises(UserError, match="no longer there"):
            knowledge.retire(new_id())


def test_feedback_and_gaps_are_stored_once_and_come_newest_first(database: Database) -> None:
    made = article()
    with database.transaction() as connection:
        knowledge = Knowledge(connection)
        knowledge.save_article(made, ())
        call_id = new_id()
        acts = [
            Feedback(new_id(), made.id, kind, "lamp", at(n), call_id, new_id(), "why")
            for n, kind in enumerate(FeedbackKind)
        ]
        gaps = [Gap(new_id(), f"question {n}", "en", at(n), call_id) for n in range(3)]
        for act in (*acts, *acts):
            knowledge.add_feedback(act)
        for gap in (*gaps, *gaps):
            knowledge.add_gap(gap)
        assert knowledge.feedback(made.id) == tuple(reversed(acts))
        assert knowledge.feedback_of_call(call_id) == tuple(acts)
        flagged = [act for act in acts if act.kind is FeedbackKind.FLAGGED]
        assert knowledge.flags() == tuple(flagged)
        assert knowledge.gaps(2) == (gaps[2], gaps[1])
