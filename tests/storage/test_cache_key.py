# SPDX-License-Identifier: Apache-2.0
"""The key of the caches is made once, whoever asks first."""

from concurrent.futures import ThreadPoolExecutor

from agentassist.storage.cache_key import cache_key
from agentassist.storage.database import Database, opened


def test_the_key_stays_the_same(database: Database, database_url: str) -> None:
    key = cache_key(database)
    assert len(key) == 32
    assert cache_key(database) == key
    with opened(database_url) as again:
        assert cache_key(again) == key


def test_who_asks_at_the_same_time_gets_the_same_key(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: cache_key(database), range(8)))
    assert len(keys) == 1


def test_another_database_has_another_key(database: Database, empty_url: str) -> None:
    with opened(empty_url) as other:
        other.upgrade()
        assert cache_key(other) != cache_key(database)
