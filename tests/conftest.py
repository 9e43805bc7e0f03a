# SPDX-License-Identifier: Apache-2.0
"""What every test gets: a database of each kind, and the duty to be silent.

`--database sqlite|postgresql|both` chooses the kinds; by default both, where a
PostgreSQL can be started. A test that logs a warning, or leaves a thread, fails.
"""

import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from agentassist.storage.database import Database, opened
from tests import mail_servers, servers

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

settings.register_profile("quiet", deadline=None, print_blob=True)
settings.load_profile("quiet")

_KINDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
_ON_DATABASE = {"database", "database_url", "empty_url", "sample_on_each"}
_GRACE_SECONDS = 2.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=sorted(_KINDS), help="databases to test on")


def pytest_configure(config: pytest.Config) -> None:
    for line in (
        "logs(pattern): log lines of WARNING or above that match are expected",
        "leaves_threads: threads that stay behind are expected",
    ):
        config.addinivalue_line("markers", line)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if _ON_DATABASE & set(metafunc.fixturenames):
        chosen = metafunc.config.getoption("--database") or "both"
        metafunc.parametrize("database_kind", _KINDS[chosen], scope="session")


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[servers.PostgresServer]:
    """Start one PostgreSQL for all tests; they are skipped where there is none."""
    try:
        server = servers.start()
    except servers.NoServer as error:
        if pytestconfig.getoption("--database"):
            raise
        pytest.skip(f"no PostgreSQL here: {error}")
    yield server
    server.close()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "agentassist.db"
    with opened(f"sqlite:///{path}") as database:
        database.upgrade()
    return path


@pytest.fixture
def empty_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the URL of a database without tables."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.empty()
    yield url
    server.drop(url)


@pytest.fixture
def database_url(
    database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Give the URL of a database of its own with the schema, for tests that open it themselves."""
    if database_kind == "sqlite":
        path = tmp_path / "agentassist.db"
        shutil.copyfile(request.getfixturevalue("_sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres")
    url = server.migrated()
    yield url
    server.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give an open database of its own with the schema, once on each kind."""
    with opened(database_url) as made:
        yield made


@pytest.fixture(scope="session")
def dovecot() -> Iterator[mail_servers.Dovecot]:
    """Start one real IMAP server for all tests; they are skipped where there is none."""
    if not mail_servers.AVAILABLE:
        pytest.skip(mail_servers.MISSING)
    server = mail_servers.Dovecot()
    yield server
    server.close()


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _silent_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a log line of WARNING or above that no `logs` marker expects."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("logs")]
    stray = [
        line for line in collector.lines if not any(re.search(item, line) for item in expected)
    ]
    assert stray == [], "unexpected log lines"


@pytest.fixture(autouse=True)
def _no_leaked_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when a thread that was started in the test outlives it."""
    before = set(threading.enumerate())
    yield
    if request.node.get_closest_marker("leaves_threads"):
        return
    deadline = time.monotonic() + _GRACE_SECONDS
    while (left := _started(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [thread.name for thread in left] == [], "threads outlived the test"


def _started(before: set[threading.Thread]) -> set[threading.Thread]:
    # A dummy stands for a thread that Qt or a library made and ends by itself.
    dummy = threading._DummyThread  # there is no public name
    return {item for item in threading.enumerate() if not isinstance(item, dummy)} - before
