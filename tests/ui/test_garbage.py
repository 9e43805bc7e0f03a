# SPDX-License-Identifier: Apache-2.0
import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal

from agentassist.ui.garbage import collect_rarely


class Settling(QObject):
    settled = Signal()


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_collections_are_rare_from_the_start() -> None:
    collect_rarely(())
    assert gc.isenabled()
    assert gc.get_threshold()[0] > 10_000


def test_what_is_there_when_it_settles_is_not_gone_through_again(qapp: QObject) -> None:
    part = Settling()
    collect_rarely([part.settled])
    assert gc.get_freeze_count() == 0
    part.settled.emit()
    assert gc.get_freeze_count() > 1000
