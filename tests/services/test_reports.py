# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace

from agentassist.domain.identifiers import new_id
from agentassist.domain.knowledge import Feedback, FeedbackKind, Gap
from agentassist.services.reports import flags, gaps
from agentassist.storage.database import Database
from agentassist.storage.knowledge import Knowledge
from tests.storage.build import article, at


def asked(database: Database, *queries: tuple[str, str]) -> None:
    with database.transaction() as connection:
        for minute, (query, language) in enumerate(queries):
            Knowledge(connection).add_gap(Gap(new_id(), query, language, at(minute)))


def test_equal_gaps_are_one_with_their_number(database: Database) -> None:
    asked(
        database,
        ("lamp flickers", "en"),
        ("Träger fehlt", "de"),
        (" Lamp  FLICKERS", "en"),
        ("lamp flickers", "ko"),
        ("조명이 깜빡여요", "ko"),
    )
    found = gaps(database)
    assert [(gap.query, gap.language, gap.last, gap.times) for gap in found] == [
        ("조명이 깜빡여요", "ko", at(4), 1),
        ("lamp flickers", "ko", at(3), 1),
        ("Lamp FLICKERS", "en", at(2), 2),
        ("Träger fehlt", "de", at(1), 1),
    ]
    assert gaps(database, limit=1) == found[:1]


def test_flags_come_newest_first_with_their_article(database: Database) -> None:
    made = article("return-late")
    with database.transaction() as connection:
        knowledge = Knowledge(connection)
        knowledge.save_article(made, ())
        used = Feedback(new_id(), made.id, FeedbackKind.USED, "lamp", at(0))
        first = replace(used, id=new_id(), kind=FeedbackKind.FLAGGED, reason="30 days, not 14")
        for act in (used, first, replace(first, id=new_id(), at=at(5), reason="")):
            knowledge.add_feedback(act)
        knowledge.retire(made.id)
    found = flags(database)
    assert [(flag.key, flag.title, flag.query) for flag in found] == [
        ("return-late", made.title, "lamp")
    ] * 2
    assert [(flag.at, flag.reason) for flag in found] == [(at(5), ""), (at(0), "30 days, not 14")]
    assert flags(database, limit=1) == found[:1]


def test_without_reports_there_is_nothing(database: Database) -> None:
    assert (gaps(database), flags(database)) == ((), ())
