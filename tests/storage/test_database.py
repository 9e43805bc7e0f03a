# SPDX-License-Identifier: Apache-2.0
from agentassist.storage.database import Database


def test_a_migrated_database_is_sound(database: Database) -> None:
    assert database.up_to_date
    assert database.check() == []
