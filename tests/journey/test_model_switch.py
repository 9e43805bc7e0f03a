# SPDX-License-Identifier: Apache-2.0
"""A running desk goes over to the model that somebody chooses, and answers all the time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agentassist import settings as layers
from agentassist.domain.knowledge import SearchMode
from agentassist.settings import Settings, write_user
from tests.journey.conftest import Desk, wait_for
from tests.small_model import small_folder, small_source

__all__ = ["small_folder", "small_source"]


def test_a_desk_goes_over_to_another_model_by_itself(
    sample: Settings,
    open_desk: Callable[..., Desk],
    small_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = tmp_path / "settings.toml"
    monkeypatch.setattr(layers, "user_file", lambda: user)
    monkeypatch.setattr(layers, "machine_policy_file", lambda: tmp_path / "policy.toml")
    application = open_desk(sample).application
    assert application.desk is not None
    index = application.desk.index
    first = index.status().model
    chips: list[str] = []
    assert application._starter is not None
    application._starter.state_changed.connect(lambda text, _: chips.append(text))
    write_user("model", str(small_folder))
    application._starter._refresh()
    modes = set()

    def gone_over() -> bool:
        modes.add(index.status().mode)
        return index.status().model != first

    wait_for(gone_over)
    assert (index.status().model, index.status().waiting) == (small_folder.name, 0)
    assert modes == {SearchMode.FULL}
    wait_for(lambda: "search is ready" in chips)
    assert any(text.startswith("reading articles: ") for text in chips)
