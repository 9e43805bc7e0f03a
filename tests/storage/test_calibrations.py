# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime

from sqlalchemy import update

from agentassist.domain.thresholds import Thresholds
from agentassist.storage.calibrations import Calibrations
from agentassist.storage.database import Database
from agentassist.storage.schema.policies import calibrations

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LEARNT = Thresholds(0.71, 0.48, 0.05, {"hotel.breakfast.late": 0.68}, 0.6, 0.98, 0.9)


def test_what_was_learnt_is_found_for_its_model_and_examples(database: Database) -> None:
    with database.transaction() as connection:
        Calibrations(connection).save("m1", "e1", LEARNT, NOON)
    with database.reading() as connection:
        stored = Calibrations(connection)
        assert stored.find("m1", "e1") == LEARNT
        assert stored.find("m2", "e1") is None
        assert stored.find("m1", "e2") is None


def test_the_same_again_takes_its_place(database: Database) -> None:
    other = Thresholds(0.5, 0.4)
    for learnt in (LEARNT, other):
        with database.transaction() as connection:
            Calibrations(connection).save("m1", "e1", learnt, NOON)
    with database.reading() as connection:
        assert Calibrations(connection).find("m1", "e1") == other


def test_what_cannot_be_read_is_learnt_again(database: Database) -> None:
    with database.transaction() as connection:
        Calibrations(connection).save("m1", "e1", LEARNT, NOON)
        connection.execute(update(calibrations).values(thresholds={"show": "high"}))
    with database.reading() as connection:
        assert Calibrations(connection).find("m1", "e1") is None
