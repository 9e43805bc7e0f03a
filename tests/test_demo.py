# SPDX-License-Identifier: Apache-2.0
"""The demonstration fills a folder of its own and never somebody's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agentassist.demo import demo_settings, prepare
from agentassist.errors import UserError
from agentassist.services.customers import find_customers
from agentassist.settings import Settings
from agentassist.storage.database import opened
from tests.storage.build import stored

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return demo_settings(Settings(data_dir=tmp_path), tmp_path)


def found(settings: Settings, name: str) -> int:
    with opened(settings.url) as database:
        return len(find_customers(database, name, "US"))


def test_a_day_later_the_sample_is_loaded_anew(settings: Settings) -> None:
    said: list[str] = []
    prepare(settings, NOW, said.append)
    assert (len(said), found(settings, "Grace Whitfield")) == (2, 1)
    prepare(settings, NOW, said.append)
    assert len(said) == 2
    prepare(settings, NOW + timedelta(days=1), said.append)
    assert (len(said), found(settings, "Grace Whitfield")) == (4, 1)


def test_data_of_somebody_stays(settings: Settings) -> None:
    with opened(settings.url) as database:
        database.upgrade()
        with database.transaction() as connection:
            mine = stored(connection)
    with pytest.raises(UserError, match="--data-dir"):
        prepare(settings, NOW)
    assert found(settings, mine.name) == 1


def test_a_preparation_that_was_cut_off_starts_over(settings: Settings) -> None:
    def stop(text: str) -> None:
        raise KeyboardInterrupt(text)

    with pytest.raises(KeyboardInterrupt):
        prepare(settings, NOW, stop)
    prepare(settings, NOW)
    assert found(settings, "Grace Whitfield") == 1


def test_by_default_it_lies_beside_the_real_data(tmp_path: Path) -> None:
    chosen = demo_settings(Settings(data_dir=tmp_path, database_url="postgresql+psycopg://x/y"))
    assert chosen.data_dir == tmp_path / "demo"
    assert chosen.database_url == ""
