# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime

from agentassist.domain.history import Channel, Interaction
from agentassist.domain.identifiers import new_id
from agentassist.storage.database import Database
from agentassist.storage.history import History
from agentassist.storage.pulls import Pulls
from agentassist.storage.restating import restate

BLANK = {"text": "", "subject": "", "author": "", "status": "", "attributes": {}}


def _interaction(key: str) -> Interaction:
    return Interaction(
        new_id(),
        None,
        Channel.EMAIL,
        "where is it?",
        datetime(2026, 11, 1, tzinfo=UTC),
        status="open",
        source="zendesk",
        source_ref=key,
        attributes={"ticket": "1"},
    )


def test_what_changed_is_changed_and_nothing_else(database: Database) -> None:
    one, two = _interaction("a"), _interaction("b")
    with database.transaction() as connection:
        History(connection).add_interactions([one, two])
        given = {
            "a": BLANK | {"status": "solved"},
            "b": BLANK | {"text": "where is it?"},
            "c": BLANK | {"status": "solved"},
        }
        assert restate(connection, "zendesk", given) == {one.id}
        assert restate(connection, "zendesk", given) == frozenset()
        assert restate(connection, "freshdesk", given) == frozenset()
        changed = History(connection).interaction(one.id)
        assert changed is not None
        assert (changed.status, changed.text, changed.attributes) == (
            "solved",
            "where is it?",
            {"ticket": "1"},
        )
        assert changed.occurred_at == one.occurred_at


def test_a_pull_goes_on_where_it_ended(database: Database) -> None:
    with database.transaction() as connection:
        pulls = Pulls(connection)
        assert pulls.cursor("zendesk", "https://a") == {}
        pulls.save("zendesk", "https://a", {"tickets": "c1"})
        pulls.save("zendesk", "https://a", {"tickets": "c2", "users": "u"})
        pulls.save("zendesk", "https://b", {"tickets": "x"})
    with database.reading() as connection:
        assert Pulls(connection).cursor("zendesk", "https://a") == {"tickets": "c2", "users": "u"}
