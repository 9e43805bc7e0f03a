# SPDX-License-Identifier: Apache-2.0
"""Lanes: off the UI thread, back on it, latest wins, and a clean end."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from agentassist.errors import Cancelled, UserError
from agentassist.ui.task_runner import Lane, TaskRunner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def test_the_job_runs_elsewhere_and_the_result_comes_home(runner: TaskRunner, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    runner.submit(
        Lane.STORE, threading.get_ident, lambda worker: seen.append((worker, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, home = seen[0]
    assert worker != home == threading.get_ident()


def test_the_newest_of_a_key_wins(runner: TaskRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    shown: list[str] = []

    def slow() -> str:
        gate.wait(5)
        return "old"

    runner.submit(Lane.MODEL, slow, shown.append, key="suggest")
    for text in ("newer", "newest"):
        runner.submit(Lane.MODEL, lambda text=text: text, shown.append, key="suggest")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert shown == ["newest"]


def test_work_of_second_rank_waits_for_the_paint_and_may_be_superseded(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    order: list[str] = []
    runner.submit_after_paint(Lane.READ, lambda: "never", order.append, key="late")
    runner.submit_after_paint(Lane.READ, lambda: "late", order.append, key="late")
    runner.submit(Lane.READ, lambda: "first", order.append)
    assert not runner.idle
    qtbot.waitUntil(lambda: runner.idle)
    assert order == ["first", "late"]


def test_work_that_waits_for_the_paint_ends_with_the_runner(qtbot: QtBot) -> None:
    closing = TaskRunner()
    begun: list[int] = []
    closing.submit_after_paint(Lane.READ, lambda: begun.append(1))
    closing.close()
    qtbot.wait(150)
    assert not begun


def test_superseded_work_that_waits_is_never_begun(runner: TaskRunner, qtbot: QtBot) -> None:
    gate, begun = threading.Event(), []
    runner.submit(Lane.MODEL, lambda: gate.wait(5))
    for place in range(50):
        runner.submit(Lane.MODEL, lambda place=place: begun.append(place), key="k")  # type: ignore[misc]
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert begun == [49]


def test_a_lane_keeps_order(runner: TaskRunner, qtbot: QtBot) -> None:
    done: list[int] = []
    for i in range(30):
        runner.submit(Lane.STORE, lambda i=i: i, done.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 30)
    assert done == list(range(30))


def test_failures_have_a_default_place(runner: TaskRunner, qtbot: QtBot) -> None:
    def fail() -> None:
        raise UserError("Choose a file.")

    with qtbot.waitSignal(runner.failed) as caught:
        runner.submit(Lane.IO, fail)
    assert str(caught.args[0]) == "Choose a file."


def test_a_cancel_by_the_person_is_silent(runner: TaskRunner, qtbot: QtBot) -> None:
    def stop() -> None:
        raise Cancelled

    reported: list[object] = []
    runner.failed.connect(reported.append)
    runner.submit(Lane.IO, stop)
    qtbot.waitUntil(lambda: runner.idle)
    assert reported == []


def test_after_close_nothing_starts(qtbot: QtBot) -> None:
    runner = TaskRunner()
    runner.close()
    task = runner.submit(Lane.STORE, lambda: pytest.fail("ran"))
    assert task.cancelled()


def test_what_waits_for_the_store_is_written_before_the_end(qtbot: QtBot) -> None:
    runner = TaskRunner()
    written: list[int] = []
    for i in range(20):
        runner.submit(Lane.STORE, lambda i=i: written.append(i))  # type: ignore[misc]
    runner.close()
    assert written == list(range(20))
